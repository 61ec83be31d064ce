"""The state of a fund at an instant: what is there, what may be granted, who owes what."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Literal

from commonhaven.commitments.fund.acts import FundAct, Keeping
from commonhaven.commitments.fund.ledger import CASH, Account, Entry, Ledger, trial_balance
from commonhaven.commitments.fund.take import Asked, Books, Called, take
from commonhaven.commitments.running import Refused
from commonhaven.costs.fund import Arrears, Call, arrears
from commonhaven.costs.money import Money
from commonhaven.reading import Problem

OF_PARTIES = frozenset({"called", "signed", "credit", "assessed", "voluntary"})
RequestStage = Literal["asked", "reviewed", "granted", "paid", "confirmed", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to the fund and how far it has come."""

    id: str
    by: str
    what: str
    asked: Money
    released: Money
    granted: Money
    paid: Money
    confirmed: Money
    spent: Money
    returned: Money
    stage: RequestStage
    reviewed: bool

    @property
    def left(self) -> Money:
        """What of it is neither released nor granted."""
        return self.asked - self.released - self.granted


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRefusal:
    """An act that changed nothing: why, and what to do."""

    act: FundAct
    why: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundState:
    """All of it; ``authority`` is what may still be granted.

    ``announced`` is told beside it and is part of no sum.
    """

    at: datetime
    currency: str
    cash: Money
    announced: Money
    signed: Money
    owed_by_parties: Money
    owed_to_requests: Money
    authority: Money
    requests: tuple[Request, ...]
    calls: tuple[tuple[str, Call], ...]
    entries: tuple[Entry, ...]
    refused: tuple[FundRefusal, ...]

    @property
    def balance(self) -> dict[Account, int]:
        """The trial balance, in minor units; it adds up to nought."""
        return trial_balance(self.entries)

    @property
    def parties(self) -> frozenset[str]:
        """Who has an account with the fund: called upon, signed, or paid."""
        return frozenset(
            account.whose
            for entry in self.entries
            for account in entry.units
            if account.kind in OF_PARTIES
        )

    def arrears(self, party: str, on: date) -> Arrears:
        """What a party owes past its day; what is signed in agreements is told as calls are."""
        own = [call for whose, call in self.calls if whose == party]
        return arrears(own, on=on, currency=self.currency)


def fund(rules: Keeping, acts: Iterable[FundAct], now: datetime) -> FundState:
    """The state of a fund at ``now``.

    Acts are taken in order of time; those after ``now`` have not happened yet. An act that may not
    be is refused with a reason and changes nothing. Raises Problem for a ``now`` without a zone.
    """
    if now.tzinfo is None:
        raise Problem("the present time has no zone", where="now", fix="Write 2026-01-31T12:00Z.")
    books = Books(rules=rules, ledger=Ledger(currency=rules.currency))
    refused = []
    for act in sorted(acts, key=lambda act: _instant(act.at)):
        if _instant(act.at) > now:
            break
        try:
            take(books, act)
        except Refused as no:
            refused.append(FundRefusal(act=act, why=no.what, fix=no.fix))
    return _state(books, now, tuple(refused))


def _instant(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _state(books: Books, now: datetime, refused: tuple[FundRefusal, ...]) -> FundState:
    ledger = books.ledger
    owing = ledger.of("called") + ledger.of("signed")
    return FundState(
        at=now, currency=ledger.currency, cash=ledger.money(ledger.units(CASH)),
        announced=ledger.money(sum(books.announced.values())),
        signed=ledger.money(sum(books.signed.values())),
        owed_by_parties=ledger.money(owing), owed_to_requests=ledger.money(ledger.of("owed")),
        authority=ledger.money(books.authority()),
        requests=tuple(_request(books, name, one) for name, one in books.requests.items()),
        calls=tuple(_calls(books)), entries=tuple(ledger.entries), refused=refused,
    )  # fmt: skip


def _request(books: Books, name: str, one: Asked) -> Request:
    stages: tuple[tuple[RequestStage, bool], ...] = (
        ("closed", one.closed),
        ("confirmed", bool(one.paid) and one.confirmed == one.paid == one.granted + one.released),
        ("paid", bool(one.paid) and one.paid == one.granted + one.released),
        ("granted", bool(one.granted)),
        ("reviewed", bool(one.reviewed)),
    )
    return Request(
        id=name, by=one.act.by, what=one.act.says, asked=books.money(one.units),
        reviewed=bool(one.reviewed),
        stage=next((stage for stage, holds in stages if holds), "asked"),
        **{
            part: books.money(getattr(one, part))
            for part in ("released", "granted", "paid", "confirmed", "spent", "returned")
        },
    )  # fmt: skip


def _calls(books: Books) -> Iterator[tuple[str, Call]]:
    """Every call and agreement with its day; what came in meets the earliest of its kind first.

    An agreement without a day is met last. What was lifted of the earliest calls is left out.
    """
    by: dict[tuple[str, str], list[Called]] = {}
    for called in books.calls:
        by.setdefault((called.party, called.kind), []).append(called)
    lifted = _lifted(books.ledger.entries)
    for (party, kind), calls in by.items():
        asked = books.signed[party] if kind == "signed" else sum(call.units for call in calls)
        left = asked - books.ledger.units(Account(kind, party))
        for call in sorted(calls, key=lambda call: call.due):
            met = min(call.units, max(0, left))
            left -= met
            gone = min(met, lifted[party]) if kind == "called" else 0
            lifted[party] -= gone
            amount, received = books.money(call.units - gone), books.money(met - gone)
            yield party, Call(due=call.due, amount=amount, received=received)


def _lifted(entries: Iterable[Entry]) -> Counter[str]:
    """Party → what of its calls was lifted by decision, in minor units."""
    found: Counter[str] = Counter()
    for entry in entries:
        for account, units in entry.units.items():
            if account.kind == "assessed":
                found[account.whose] += max(0, units)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One party's account with the fund over a year: what it owed before, what came, what is left.

    ``opening + called + signed - lifted - received = closing``; below nought it is in credit. A
    gift that came without an agreement is signed by coming.
    """

    party: str
    year: int
    opening: Money
    called: Money
    signed: Money
    lifted: Money
    received: Money
    closing: Money


def statement(state: FundState, party: str, year: int) -> Statement:
    """One party's statement for a calendar year (UTC)."""
    ledger = Ledger(currency=state.currency)
    sums = dict.fromkeys(("opening", "called", "signed", "lifted", "received", "closing"), 0)
    for entry in state.entries:
        if entry.at.astimezone(UTC).year == year:
            gift = -entry.units.get(Account("voluntary", party), 0) if CASH in entry.units else 0
            sums["signed"], sums["received"] = sums["signed"] + gift, sums["received"] - gift
        for account, units in entry.units.items():
            if account.whose != party or account.kind not in {"called", "signed", "credit"}:
                continue
            when = entry.at.astimezone(UTC).year
            if when < year:
                sums["opening"] += units
            elif when == year:
                sums[_column(entry, account, units)] += units
            if when <= year:
                sums["closing"] += units
    sums["received"], sums["lifted"] = -sums["received"], -sums["lifted"]
    return Statement(
        party=party, year=year, **{name: ledger.money(units) for name, units in sums.items()}
    )


def _column(entry: Entry, account: Account, units: int) -> str:
    if units > 0 and account.kind in {"called", "signed"}:
        return account.kind
    lifted = any(other.kind == "assessed" and n > 0 for other, n in entry.units.items())
    return "lifted" if lifted else "received"


def _returns(entry: Entry) -> bool:
    """Whether money comes back that the fund had granted: that is no income."""
    return any(account.kind == "granted" for account in entry.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What was in the fund after an entry."""

    at: datetime
    cash: Money


def levels(state: FundState) -> tuple[Level, ...]:
    """The cash of the fund over time, entry by entry."""
    held, found = 0, []
    ledger = Ledger(currency=state.currency)
    for entry in state.entries:
        if change := entry.units.get(CASH, 0):
            held += change
            found.append(Level(at=entry.at, cash=ledger.money(held)))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """What a group means to spend on something in a year."""

    line: str
    planned: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Funded:
    """A budget beside what is signed and what came: the part of it that is covered."""

    planned: Money
    signed: Money
    received: Money
    in_kind: Money
    covered: Fraction | None


def funded(state: FundState, budget: Iterable[BudgetLine], year: int) -> Funded:
    """A year's budget beside its income; gifts in kind count, since groups live on them.

    RULES E and the consultative processes' own account (seed 004, paragraph 20): secretariats and
    meetings are paid by voluntary and in-kind contributions.
    """
    ledger = Ledger(currency=state.currency)
    planned = sum((line.planned for line in budget), ledger.money(0))
    sums = dict.fromkeys(("signed", "cash", "in kind"), 0)
    for entry in state.entries:
        if entry.at.astimezone(UTC).year == year:
            for account, units in entry.units.items():
                if account.kind == "signed":
                    sums["signed"] += max(0, units)
                if account == CASH and not _returns(entry):
                    sums["cash"] += max(0, units)
                if account.kind == "in kind":
                    sums["in kind"] -= units
    came = ledger.money(sums["cash"] + sums["in kind"])
    return Funded(
        planned=planned, signed=ledger.money(sums["signed"]), received=ledger.money(sums["cash"]),
        in_kind=ledger.money(sums["in kind"]),
        covered=came.exact / planned.exact if planned.amount else None,
    )  # fmt: skip
