"""Which steps a seat can take now on a promise, and the form that each needs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from commonhaven.commitments import Act, Book, Draw, Evidence, Quantity, Transfer
from commonhaven.commitments import Commitment as Value
from commonhaven.commitments.quantity import nothing, total
from commonhaven.reading import Problem
from commonhaven.web.commitments import lines
from commonhaven.web.commitments.forms import Amount, day, text
from commonhaven.web.commitments.policy import ACTS, keeps_book
from commonhaven.web.commitments.templatetags.promises import counted, step_name
from commonhaven.web.commitments.templatetags.promises import unit as unit_name
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.saying import listed
from commonhaven.web.kit.templatetags.kit import day as day_name
from commonhaven.web.kit.templatetags.kit import party as party_name
from commonhaven.web.situations.policy import runs_group

Choices = list[tuple[str, str]]
Acts = Mapping[str, Act]
"""The steps that were taken, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of step: how it is offered, what it asks for, and among what one chooses."""

    says: Any
    asks: tuple[str, ...]
    among: Callable[[Value, Book, Seat, Acts], Choices]


def _gives(value: Value, _book: Book, seat: Seat, _acts: Acts) -> Choices:
    """The shares that a seat may speak for."""
    own = value.givers if keeps_book(seat) or seat.party in value.to else (seat.party,)
    return [(giver, party_name(giver)) for giver in value.givers if giver in own]


def _withdraws(value: Value, _book: Book, seat: Seat, _acts: Acts) -> Choices:
    """The shares that a seat may withdraw, or release by decision."""
    own = value.givers if keeps_book(seat) else (seat.party,)
    return [(giver, party_name(giver)) for giver in value.givers if giver in own]


def _told(transfer: Transfer) -> str:
    told = {
        "amount": strip_tags(counted(transfer.delivered.value, transfer.delivered.unit)),
        "sender": party_name(transfer.sender), "receiver": party_name(transfer.receiver),
        "day": strip_tags(day_name(transfer.at.date())),
    }  # fmt: skip
    return _("%(amount)s from %(sender)s to %(receiver)s, %(day)s") % told


def _to_receive(_value: Value, book: Book, seat: Seat, _acts: Acts) -> Choices:
    return [(t.id, _told(t)) for t in book.transfers if t.receiver == seat.party and t.on_the_way]


def _held(_value: Value, book: Book, seat: Seat, _acts: Acts) -> Choices:
    return [(t.id, _told(t)) for t in book.transfers if t.receiver == seat.party and t.held]


def _to_verify(_value: Value, book: Book, seat: Seat, _acts: Acts) -> Choices:
    if seat.capacity not in {"unhcr", "ngo"}:
        return []
    return [
        (t.id, _told(t))
        for t in book.transfers
        if t.verified < t.received and seat.party not in {t.sender, t.receiver, t.giver}
    ]


LEVELS = {"delivered": "delivered", "passed on": "delivered", "received": "received",
          "verified": "verified"}  # fmt: skip
"""Step that claims something → the level of a delivery at which it does."""


def _to_doubt(_value: Value, book: Book, seat: Seat, acts: Acts) -> Choices:
    """What was sent, received or verified, as far as nothing rests on it, for who may doubt it."""
    by_id = {t.id: t for t in book.transfers}
    verifies = seat.capacity in {"unhcr", "ngo"}
    found: Choices = []
    for act in acts.values():
        hand = by_id.get(act.of or act.id)
        if act.kind not in LEVELS or hand is None or act.by == seat.party:
            continue
        mine = verifies or seat.party in {hand.sender, hand.giver, hand.receiver}
        if mine and _free(book, hand, LEVELS[act.kind]):
            found.append((act.id, _claimed(act, hand)))
    return found


def _free(book: Book, hand: Transfer, level: str) -> bool:
    """Whether something of a level of a delivery is left that nothing later rests on."""
    above = {
        "delivered": hand.received, "received": max(hand.passed_on, hand.verified),
        "verified": nothing(hand.verified.unit),
    }[level]  # fmt: skip
    doubted = [d.quantity for d in book.disputes if d.open and (d.transfer, d.level) ==
               (hand.id, level)]  # fmt: skip
    claimed: Quantity = getattr(hand, level)
    return total(doubted, above.unit) + above < claimed


def _claimed(act: Act, hand: Transfer) -> str:
    if act.kind in {"delivered", "passed on"}:
        return _told(hand)
    amount = strip_tags(counted(act.quantity or Fraction(0), hand.delivered.unit))
    told = (amount, party_name(act.by), strip_tags(day_name(act.at.date())))
    return f"{step_name(act.kind)}: {listed(told)}"


def _doubted(_value: Value, book: Book, seat: Seat, acts: Acts) -> Choices:
    by_id = {t.id: t for t in book.transfers}
    return [
        (d.id, _told(by_id[d.transfer]))
        for d in book.disputes
        if d.open and acts[d.against].by == seat.party and d.replied_at is None
    ]


def _open_disputes(_value: Value, book: Book, seat: Seat, acts: Acts) -> Choices:
    by_id = {t.id: t for t in book.transfers}
    return [
        (d.id, _told(by_id[d.transfer]))
        for d in book.disputes
        if d.open and (seat.party in {d.by, acts[d.against].by} or runs_group(seat))
    ]


def _conditions(value: Value, book: Book, seat: Seat, _acts: Acts) -> Choices:
    may = seat.party in value.givers or keeps_book(seat) or seat.capacity == "unhcr"
    met = {name for _, name in book.conditions_met}
    return [(c.id, c.what) for c in value.conditions if may and c.id not in met]


def _instalments(value: Value, book: Book, seat: Seat, _acts: Acts) -> Choices:
    """The instalments of which a giver still has something to deliver, or to announce."""
    may = seat.party in value.to or runs_group(seat)
    announces = {one.giver for one in book.of(value.id) if _more("announced", one)}
    waited = {d.instalment for d in book.dues if d.missing or d.giver in announces}
    return [
        (i.id, strip_tags(f"{day_name(i.due)}: {counted(i.quantity, value.unit)}"))
        for i in value.instalments
        if may and i.id in waited
    ]


KINDS: Mapping[str, Kind] = {
    "announced": Kind(
        says=_("Announce a share"), asks=("giver", "quantity", "evidence", "where"), among=_gives
    ),
    "committed": Kind(
        says=_("Record a signature"), asks=("giver", "quantity", "evidence", "where"),
        among=_gives,
    ),
    "delivered": Kind(
        says=_("Report a delivery"), asks=("giver", "quantity", "to", "evidence", "where"),
        among=_gives,
    ),
    "received": Kind(says=_("Confirm a receipt"), asks=("of", "quantity"), among=_to_receive),
    "passed on": Kind(says=_("Pass on what you hold"), asks=("of", "quantity", "to"), among=_held),
    "verified": Kind(
        says=_("Verify a delivery"), asks=("of", "quantity", "evidence", "where"),
        among=_to_verify,
    ),
    "disputed": Kind(
        says=_("Dispute a delivery"), asks=("of", "quantity", "says"), among=_to_doubt
    ),
    "replied": Kind(says=_("Answer a dispute"), asks=("of", "says"), among=_doubted),
    "settled": Kind(
        says=_("End a dispute"), asks=("of", "outcome", "decision"), among=_open_disputes
    ),
    "condition met": Kind(
        says=_("Say that a condition is met"), asks=("condition", "says"), among=_conditions
    ),
    "postponed": Kind(
        says=_("Grant more time"), asks=("instalment", "until", "says", "decision"),
        among=_instalments,
    ),
    "withdrawn": Kind(
        says=_("Withdraw a part"),
        asks=("giver", "quantity", "says", "decision", "evidence", "where"), among=_withdraws,
    ),
}  # fmt: skip


PROVED = frozenset({"committed", "delivered", "verified"})
"""Steps that rest on a document; others do where one party takes them for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A step that a seat can take now."""

    kind: str
    says: Any
    choices: Choices


def offers(value: Value, book: Book, acts: Acts, seat: Seat) -> Iterator[Offer]:
    """The steps that a seat can take now; none for whoever binds no party."""
    if not seat.accepted or seat.capacity not in ACTS or not seat.standing:
        return
    for name, kind in KINDS.items():
        choices = kind.among(value, book, seat, acts)
        if choices and _left(name, value, book, choices):
            yield Offer(kind=name, says=_says(kind, acts, choices), choices=choices)


def _says(kind: Kind, acts: Acts, choices: Choices) -> Any:  # noqa: ANN401
    """What a step is called: where every delivery has come, a doubt is about its receipt."""
    deliveries = any(acts[name].kind in {"delivered", "passed on"} for name, _ in choices
                     if name in acts)  # fmt: skip
    if kind.among is _to_doubt and not deliveries:
        return _("Dispute a receipt or a verification")
    return kind.says


def _left(name: str, value: Value, book: Book, choices: Choices) -> bool:
    """Whether anything is left of the shares that a giver's step is about."""
    if KINDS[name].among not in {_gives, _withdraws}:
        return True
    givers = {giver for giver, _ in choices}
    return any(one.giver in givers and _more(name, one) for one in book.of(value.id))


def _more(name: str, one: Any) -> bool:  # noqa: ANN401 - a Promise
    gone = one.withdrawn + one.released
    if name == "announced":
        return bool(one.announced + gone < one.promised)
    if name == "committed":
        return bool(one.committed + gone < one.promised)
    if name == "delivered":
        return bool(one.delivered < one.committed)
    return bool(one.delivered < one.announced)


LABELS = {
    ("settled", "of"): _("Which dispute"), ("replied", "of"): _("Which dispute"),
    ("disputed", "of"): _("What is doubted"),
    ("replied", "says"): _("Your answer"), ("disputed", "says"): _("What is doubted, and why"),
    ("condition met", "says"): _("What shows that it is met"),
}  # fmt: skip
"""Kind of step and field → what the field is called there, where its usual label would not do."""


class StepForm(forms.Form):
    """The fields that one kind of step asks for."""

    giver = forms.ChoiceField(label=_("Whose share"))
    of = forms.ChoiceField(label=_("Which delivery"))
    condition = forms.ChoiceField(label=_("Which condition"))
    instalment = forms.ChoiceField(label=_("Which instalment"))
    quantity = Amount(label=_("How much"), help_text=_("A number only, such as 1500000."))
    to = forms.CharField(label=_("To whom"), help_text=_("It alone can confirm the receipt."))
    until = day(_("Until"), required=True)
    outcome = forms.ChoiceField(
        label=_("How it ends"), widget=forms.RadioSelect,
        choices=[("upheld", _("The doubt was right: it does not count")),
                 ("dropped", _("The delivery stands"))],
    )  # fmt: skip
    says = text(_("Reason"), required=True)
    evidence = forms.CharField(
        label=_("Evidence: what it is"), max_length=300,
        help_text=_("A document, never a person: signed agreement, bank advice, gazette."),
    )  # fmt: skip
    where = forms.CharField(
        label=_("Evidence: where it can be read"), max_length=300, required=False
    )
    decision = forms.ChoiceField(
        label=_("Decision of the group that it carries out"), required=False
    )

    def __init__(self, *args: Any, offer: Offer, unit: str, decisions: Choices) -> None:  # noqa: ANN401
        super().__init__(*args)
        asks = KINDS[offer.kind].asks
        self.kind = offer.kind
        for name in tuple(self.fields):
            if name not in asks or (name == "decision" and not decisions):
                del self.fields[name]
        self._choose(offer.choices, decisions)
        if "evidence" in self.fields:
            self.fields["evidence"].required = offer.kind in PROVED
        if "quantity" in self.fields:
            told = {"unit": strip_tags(unit_name(unit))}
            self.fields["quantity"].label = _("How much, in %(unit)s") % told
        for name, field in self.fields.items():
            field.label = LABELS.get((offer.kind, name), field.label)

    def _choose(self, offered: Choices, decisions: Choices) -> None:
        """Say what can be chosen in each field that is a choice."""
        given = dict.fromkeys(("giver", "of", "condition", "instalment"), offered)
        given["decision"] = [("", str(_("none"))), *decisions]
        for name in given.keys() & self.fields.keys():
            self.fields[name].choices = given[name]  # type: ignore[attr-defined]

    def fields_of_act(self) -> dict[str, Any]:
        """What the room's act is made of."""
        given = {k: v for k, v in self.cleaned_data.items() if v not in (None, "")}
        where = given.pop("where", "")
        if "evidence" in given:
            given["evidence"] = (Evidence(what=given["evidence"], where=where),)
        if "to" in given:
            given["to"] = lines.party(given["to"])
        if self.kind == "passed on":
            given["draws"] = (Draw(transfer=given.pop("of"), quantity=given["quantity"]),)
        return given


def chosen(value: Value, book: Book, acts: Acts, seat: Seat, kind: str) -> Offer:
    """The offer of that kind; Problem where the seat cannot take such a step now."""
    for offer in offers(value, book, acts, seat):
        if offer.kind == kind:
            return offer
    raise Problem(
        "this step cannot be taken now, or not by you", where=value.title,
        fix="The promise's page lists what you can do.",
    )  # fmt: skip
