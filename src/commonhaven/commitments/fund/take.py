"""What each act of a fund needs, who may do it, and which entries it makes.

What may be granted is what is there and what is signed, never what is only announced; requests
pass from asking through review and decision to payment and report, as in the Green Climate Fund
and IFRC's emergency fund (PEERS rows 64 and 65). Limits and clocks: instrument standing-fund.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import floor

from commonhaven.commitments.fund.acts import FundAct, Keeping
from commonhaven.commitments.fund.ledger import CASH, Account, Entry, Ledger, transfer
from commonhaven.commitments.running import Refused
from commonhaven.costs.money import Money, nearest
from commonhaven.reading import Problem


@dataclass(slots=True, kw_only=True)
class Asked:
    """A request while the acts are read; amounts in minor units."""

    act: FundAct
    units: int
    reviewed: str = ""
    granted: int = 0
    released: int = 0
    paid: int = 0
    confirmed: int = 0
    spent: int = 0
    returned: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One call upon one member, or one agreement: its day and amount in minor units."""

    act: str
    party: str
    kind: str
    due: date
    units: int
    year: int


@dataclass(slots=True, kw_only=True)
class Books:
    """All of it."""

    rules: Keeping
    ledger: Ledger
    announced: dict[str, int] = field(default_factory=dict)
    signed: dict[str, int] = field(default_factory=dict)
    calls: list[Called] = field(default_factory=list)
    requests: dict[str, Asked] = field(default_factory=dict)
    early: dict[datetime, int] = field(default_factory=dict)
    """Convening → what was released on it without a decision."""
    seen: set[str] = field(default_factory=set)

    def money(self, units: int) -> Money:
        return self.ledger.money(units)

    def authority(self) -> int:
        """What may still be granted: cash and what is signed or called, less what is granted.

        Nothing before enough of what was announced is signed.
        """
        announced, signed = sum(self.announced.values()), sum(self.signed.values())
        if announced and signed < self.rules.opens_at * announced:
            return 0
        there = self.ledger.units(CASH) + self.ledger.of("signed") + self.ledger.of("called")
        return max(0, there - self.ledger.of("owed"))


def take(books: Books, act: FundAct) -> None:
    """Let one act take effect. Raises Refused where it cannot, and then changes nothing."""
    if act.at.tzinfo is None:
        raise Refused("the time has no zone", fix="Give it with its zone.")
    if not act.id or act.id in books.seen:
        raise Refused(f"there is an act {act.id or 'without a name'} already", fix="Name it anew.")
    decided = books.rules.decisions
    if act.decision and decided is not None and act.decision not in decided:
        raise Refused(
            f"the group has taken no decision {act.decision}", fix="Name one that stands."
        )
    entries = list(TAKEN[act.kind](books, act))
    books.ledger.post(entries)
    books.seen.add(act.id)


def _called(books: Books, act: FundAct) -> Iterator[Entry]:
    _keeper(books, act)
    if act.due is None or act.year is None or not act.shares:
        raise Refused("a call needs its year, its day and whom it calls on", fix="Give all three.")
    if strangers := sorted({*act.shares} - books.rules.members):
        raise Refused(f"{', '.join(strangers)} is no member", fix="Call on members only.")
    units = {party: _units(books, money) for party, money in act.shares.items()}
    for party, amount in units.items():
        books.calls.append(
            Called(act=act.id, party=party, kind="called", due=act.due, units=amount, year=act.year)
        )
    for party, amount in units.items():
        yield transfer(act.id, act.at, f"call of {act.year}", to=Account("called", party),
                       out_of=Account("assessed", party), units=amount)  # fmt: skip
    for party, amount in units.items():
        held = books.ledger.units(Account("credit", party))
        if settled := min(held, amount):
            yield transfer(act.id, act.at, "credit carried over", to=Account("credit", party),
                           out_of=Account("called", party), units=settled)  # fmt: skip


def _announced(books: Books, act: FundAct) -> Iterator[Entry]:
    """Nothing enters the books: a promise is not a delivery."""
    party, units = _giver(books, act), _units(books, act.amount)
    books.announced[party] = books.announced.get(party, 0) + units
    yield from ()


def _signed(books: Books, act: FundAct) -> Iterator[Entry]:
    party = _giver(books, act)
    _proved(act, "the signed agreement")
    units = _units(books, act.amount)
    books.signed[party] = books.signed.get(party, 0) + units
    books.announced[party] = max(books.announced.get(party, 0), books.signed[party])
    if act.due is not None:
        books.calls.append(
            Called(act=act.id, party=party, kind="signed", due=act.due, units=units,
                   year=act.due.year)
        )  # fmt: skip
    yield transfer(act.id, act.at, "agreement signed", to=Account("signed", party),
                   out_of=Account("voluntary", party), units=units)  # fmt: skip


def _paid(books: Books, act: FundAct) -> Iterator[Entry]:
    """A receipt, confirmed by the treasurer: calls are met first, then agreements, then credit."""
    _keeper(books, act)
    _converted(act)
    left = _units(books, act.amount)
    if not act.party:
        raise Refused("it does not say who paid", fix="Name the party.")
    for kind in ("called", "signed"):
        account = Account(kind, act.party)
        if part := min(left, books.ledger.units(account)):
            left -= part
            yield transfer(act.id, act.at, "received", to=CASH, out_of=account, units=part)
    if left:
        member = act.party in books.rules.members
        rest = Account("credit" if member else "voluntary", act.party)
        yield transfer(act.id, act.at, "received", to=CASH, out_of=rest, units=left)


def _converted(act: FundAct) -> None:
    if act.original is None and act.rate is None:
        return
    amount, rate = act.amount, act.rate
    paid = act.original
    if paid is None or amount is None or rate is None or (rate.base, rate.quote) != (
        paid.currency, amount.currency,
    ):  # fmt: skip
        raise Refused(
            "it names no rate from what was paid", fix="Give the rate with day and source."
        )
    if nearest(paid.exact * rate.value, amount.currency).amount != amount.amount:
        raise Refused("amount, original and rate do not agree", fix="Mend the one that is wrong.")


def _in_kind(books: Books, act: FundAct) -> Iterator[Entry]:
    """Goods, rooms, people's time at a stated value: in and used at once, never cash."""
    party = _giver(books, act)
    if not act.says.strip():
        raise Refused("it does not say what was given", fix="Name it, and how its value was found.")
    yield transfer(act.id, act.at, act.says, to=Account("used in kind", party),
                   out_of=Account("in kind", party), units=_units(books, act.amount))  # fmt: skip


def _asked(books: Books, act: FundAct) -> Iterator[Entry]:
    if not act.says.strip():
        raise Refused(
            "it does not say what the money is for", fix="Say what for, and how it adds up."
        )
    _new_request(books, act)
    books.requests[act.request] = Asked(act=act, units=_units(books, act.amount))
    yield from ()


def _new_request(books: Books, act: FundAct) -> None:
    if not act.request or act.request in books.requests:
        raise Refused("the request has no name of its own", fix="Give it a new name.")


def _reviewed(books: Books, act: FundAct) -> Iterator[Entry]:
    _keeper(books, act)
    asked = _request(books, act)
    if act.by == asked.act.by:
        raise Refused("nobody reviews its own request", fix="Let another review it.")
    if not act.says.strip():
        raise Refused("the review finds nothing", fix="Say what was found.")
    asked.reviewed = act.id
    yield from ()


def _released(books: Books, act: FundAct) -> Iterator[Entry]:
    """At once, on the secretariat's sole authority, within 48 hours of a convening."""
    _keeper(books, act)
    asked, units = _request(books, act), _units(books, act.amount)
    convened = asked.act.convened
    if convened is None:
        raise Refused("no meeting was called on it", fix="Only a convening opens the release.")
    last = convened + timedelta(hours=books.rules.release_hours)
    if not convened <= act.at <= last:
        raise Refused(
            f"the release was open until {last.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
            fix="The meeting decides the rest.",
        )
    done = books.early.get(convened, 0)
    most = floor((books.ledger.units(CASH) + done) * books.rules.release_part)
    if done + units > most:
        raise Refused(
            f"{books.money(max(0, most - done))} may go out on this convening without a decision",
            fix="Release at most that; the meeting decides the rest.",
        )
    _within_asked(books, asked, units)
    asked.released += units
    asked.paid += units
    books.early[convened] = done + units
    yield transfer(act.id, act.at, "released at once", to=Account("granted", act.request),
                   out_of=CASH, units=units)  # fmt: skip


def _granted(books: Books, act: FundAct) -> Iterator[Entry]:
    asked, units = _request(books, act), _units(books, act.amount)
    if not act.decision:
        raise Refused("it names no decision", fix="Only the group grants: name its decision.")
    if not asked.reviewed:
        raise Refused("the request was not reviewed", fix="Review it first.")
    _within_asked(books, asked, units)
    _within_authority(books, units)
    asked.granted += units
    yield transfer(act.id, act.at, "granted", to=Account("granted", act.request),
                   out_of=Account("owed", act.request), units=units)  # fmt: skip


def _awarded(books: Books, act: FundAct) -> Iterator[Entry]:
    """What is due to a party by a rule of the group, without its asking; it confirms as if it had.

    The payments of an incentive fund are made so.
    """
    _keeper(books, act)
    _proved(act, "what it follows from")
    units = _units(books, act.amount)
    if not act.decision:
        raise Refused("it names no decision", fix="Only the group grants: name its decision.")
    if not act.party:
        raise Refused("it does not say to whom", fix="Name the party.")
    _new_request(books, act)
    _within_authority(books, units)
    books.requests[act.request] = Asked(
        act=replace(act, by=act.party), units=units, granted=units, reviewed=act.id
    )
    yield transfer(act.id, act.at, "awarded", to=Account("granted", act.request),
                   out_of=Account("owed", act.request), units=units)  # fmt: skip


def _within_authority(books: Books, units: int) -> None:
    if units > books.authority():
        raise Refused(
            f"only {books.money(books.authority())} may be granted now",
            fix="What is announced and not signed cannot be granted.",
        )


def _within_asked(books: Books, asked: Asked, units: int) -> None:
    left = asked.units - asked.granted - asked.released
    if units > left:
        raise Refused(f"only {books.money(left)} more were asked for", fix="Grant at most that.")


def _paid_out(books: Books, act: FundAct) -> Iterator[Entry]:
    _keeper(books, act)
    asked, units = _request(books, act), _units(books, act.amount)
    owed = Account("owed", act.request)
    if units > books.ledger.units(owed):
        raise Refused(
            f"only {books.money(books.ledger.units(owed))} are owed", fix="Pay at most that."
        )
    if units > books.ledger.units(CASH):
        raise Refused(
            f"only {books.money(books.ledger.units(CASH))} are there", fix="Call for more."
        )
    asked.paid += units
    yield transfer(act.id, act.at, "paid out", to=owed, out_of=CASH, units=units)


def _confirmed(books: Books, act: FundAct) -> Iterator[Entry]:
    """The receiver's key: it says what came."""
    asked, units = _request(books, act), _units(books, act.amount)
    if act.by != asked.act.by:
        raise Refused(f"only {asked.act.by} can confirm it", fix="The receiver's key is its own.")
    if asked.confirmed + units > asked.paid:
        raise Refused("more is confirmed than was paid", fix="Confirm at most what was paid.")
    asked.confirmed += units
    yield from ()


def _reported(books: Books, act: FundAct) -> Iterator[Entry]:
    """What was spent of what came: an account with evidence."""
    asked, units = _request(books, act), _units(books, act.amount)
    _proved(act, "the account of what was spent")
    if act.by != asked.act.by:
        raise Refused(f"it is for {asked.act.by} to report", fix="The receiver reports.")
    if asked.spent + units > asked.confirmed - asked.returned:
        raise Refused("more is spent than came", fix="Confirm the receipt first.")
    asked.spent += units
    yield from ()


def _closed(books: Books, act: FundAct) -> Iterator[Entry]:
    """The end of a request: what was not paid is no longer owed, what was not spent comes back."""
    _keeper(books, act)
    asked = _request(books, act)
    if asked.confirmed < asked.paid:
        raise Refused("not all that was paid is confirmed", fix="Ask the receiver to confirm it.")
    back = asked.confirmed - asked.spent - asked.returned
    asked.returned += back
    asked.closed = True
    owed = Account("owed", act.request)
    granted = Account("granted", act.request)
    if unpaid := books.ledger.units(owed):
        yield transfer(act.id, act.at, "no longer owed", to=owed, out_of=granted, units=unpaid)
    if back:
        yield transfer(act.id, act.at, "returned unspent", to=CASH, out_of=granted, units=back)


def _waived(books: Books, act: FundAct) -> Iterator[Entry]:
    """A call that the group lifts, by decision: nothing else ends arrears but payment."""
    if not act.decision:
        raise Refused("it names no decision", fix="Only the group lifts what a member owes.")
    units, account = _units(books, act.amount), Account("called", act.party)
    if units > books.ledger.units(account):
        raise Refused(f"{act.party} owes less", fix="Lift at most what is open.")
    yield transfer(act.id, act.at, "lifted by decision", to=Account("assessed", act.party),
                   out_of=account, units=units)  # fmt: skip


def _keeper(books: Books, act: FundAct) -> None:
    if act.by not in books.rules.keepers:
        raise Refused(
            f"{act.by} does not keep the fund",
            fix=f"Kept by: {', '.join(sorted(books.rules.keepers))}.",
        )


def _giver(books: Books, act: FundAct) -> str:
    """Whose gift it is: its own word, or what a keeper enters for it."""
    if act.party and act.party != act.by:
        _keeper(books, act)
    return act.party or act.by


def _request(books: Books, act: FundAct) -> Asked:
    asked = books.requests.get(act.request)
    if asked is None:
        raise Refused(f"there is no request {act.request or 'named'}", fix="Enter it first.")
    if asked.closed:
        raise Refused(f"the request {act.request} is closed", fix="Ask anew.")
    return asked


def _units(books: Books, amount: Money | None) -> int:
    if amount is None or amount.currency != books.rules.currency or amount.amount <= 0:
        raise Refused(
            f"it gives no amount above 0 in {books.rules.currency}",
            fix="Give one; what is paid in another currency needs its rate beside it.",
        )
    try:
        return amount.in_minor_units
    except Problem as problem:
        raise Refused(problem.what, fix="Round it to the minor unit.") from None


def _proved(act: FundAct, what: str) -> None:
    if not act.evidence.strip():
        raise Refused("it names no evidence", fix=f"Say where one can read {what}.")


TAKEN: Mapping[str, Callable[[Books, FundAct], Iterator[Entry]]] = {
    "called": _called, "announced": _announced, "signed": _signed, "paid": _paid,
    "given in kind": _in_kind, "asked": _asked, "reviewed": _reviewed, "released": _released,
    "granted": _granted, "paid out": _paid_out, "confirmed": _confirmed, "reported": _reported,
    "closed": _closed, "waived": _waived, "awarded": _awarded,
}  # fmt: skip
