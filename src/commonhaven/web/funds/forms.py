"""Forms of the slice: one for each kind of act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.commitments.fund import FundState
from commonhaven.commitments.fund.file import RateTable
from commonhaven.web.commitments import lines
from commonhaven.web.commitments.forms import Amount, day, text, typed
from commonhaven.web.commitments.policy import ACTS
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.policy import KEPT, keeps_books
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.kit.templatetags.kit import party as party_name

Choices = list[tuple[str, str]]
MONEY_IN = ("amount", "original", "currency", "rate", "rate_on", "rate_source")


class OpenForm(AudienceFields):
    """A new fund."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Fund.Kind.choices)
    title = forms.CharField(label=_("What it is called"), max_length=200)
    currency = forms.CharField(
        label=_("Currency of its books"), max_length=3, min_length=3, initial="USD",
        help_text=_("Its code of three letters, such as USD. Payments in others are converted at a "
                    "dated rate."),
    )  # fmt: skip


class DivideForm(forms.Form):
    """A sum to divide among the members."""

    total = Amount(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


class BasisForm(forms.Form):
    """What target and budget rest on."""

    claims = text(
        _("Claims of past years"), _("One a line: 2024; northern arrivals; 12500000"),
    )  # fmt: skip
    last_year = forms.IntegerField(
        label=_("Last of the ten years"), required=False, min_value=1950, max_value=2199,
        help_text=_("The target is the ninth highest of ten years' claims, and never less than "
                    "the largest single claim."),
    )  # fmt: skip
    budget = text(_("Budget"), _("One a line: 2026; meetings; 180000"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of act: how it is offered and what it asks for."""

    says: Any
    asks: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "called": Kind(says=_("Call upon members"), asks=("year", "due", "shares")),
    "paid": Kind(says=_("Record a payment received"), asks=("party", "new_party", *MONEY_IN)),
    "announced": Kind(says=_("Announce a contribution"), asks=("amount",)),
    "signed": Kind(says=_("Record a signed agreement"), asks=("amount", "due", "evidence")),
    "given in kind": Kind(says=_("Record a gift in kind"), asks=("amount", "says")),
    "asked": Kind(says=_("Ask the fund for money"), asks=("amount", "says", "meeting")),
    "reviewed": Kind(says=_("Review a request"), asks=("request", "says")),
    "released": Kind(says=_("Release money at once"), asks=("request", "amount")),
    "granted": Kind(says=_("Grant by decision"), asks=("request", "amount", "decision")),
    "paid out": Kind(says=_("Record a payment made"), asks=("request", "amount")),
    "confirmed": Kind(says=_("Confirm that money came"), asks=("request", "amount")),
    "reported": Kind(says=_("Report what was spent"), asks=("request", "amount", "evidence")),
    "closed": Kind(says=_("Close a request"), asks=("request",)),
    "awarded": Kind(
        says=_("Award money by decision"),
        asks=("party", "new_party", "amount", "says", "evidence", "decision"),
    ),
    "waived": Kind(says=_("Lift a call by decision"), asks=("party", "amount", "decision")),
}  # fmt: skip


def requests_for(kind: str, state: FundState, seat: Seat) -> Choices:
    """The requests that an act of a kind can be about now."""
    found: Choices = []
    for one in state.requests:
        mine = one.by == seat.party
        open_, left = one.stage != "closed", one.left.amount > 0
        fits = {
            "reviewed": open_ and not one.reviewed and not mine,
            "released": open_ and left,
            "granted": open_ and one.reviewed and left,
            "paid out": (one.granted + one.released - one.paid).amount > 0,
            "confirmed": mine and (one.paid - one.confirmed).amount > 0,
            "reported": open_ and mine and (one.confirmed - one.spent - one.returned).amount > 0,
            "closed": open_ and one.confirmed.amount == one.paid.amount,
        }.get(kind, False)
        if fits:
            found.append((one.id, f"{party_name(one.by)}: {one.asked}, {one.what[:80]}"))
    return found


def offers(state: FundState, seat: Seat | None, decided: Choices) -> Iterator[tuple[str, Any]]:
    """The kinds of act that a seat can do now."""
    if seat is None or not seat.accepted or seat.capacity not in ACTS or not seat.standing:
        return
    for name, kind in KINDS.items():
        if name in KEPT and not keeps_books(seat):
            continue
        if "request" in kind.asks and not requests_for(name, state, seat):
            continue
        if "decision" in kind.asks and not decided:
            continue
        yield name, kind.says


SAYS = {
    "reviewed": _("What the review found"),
    "given in kind": _("What was given, and how its value was found"),
}
"""Kind of act → what it is asked to say, where that is not what the money is for."""


class ActForm(forms.Form):
    """The fields that one kind of act asks for."""

    request = forms.ChoiceField(label=_("Which request"))
    party = forms.CharField(
        label=_("Which party"), max_length=120,
        help_text=_("A state by its name or code; others as the group calls them."),
    )  # fmt: skip
    new_party = forms.BooleanField(
        label=_("A new party"), required=False,
        help_text=_("Only where it is no state, never had a part in the group and has no account "
                    "here yet: its account begins."),
    )  # fmt: skip
    year = forms.IntegerField(label=_("For the year"), min_value=1950, max_value=2199)
    due = day(_("Due on"))
    shares = forms.CharField(
        label=_("Who is called upon, for how much"), widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One a line: France; 4200000. Divide a sum by the charter's scale to begin "
                    "with its shares."),
    )  # fmt: skip
    amount = Amount(label=_("How much"))
    original = Amount(
        label=_("What was paid in another currency"), required=False,
        help_text=_("Only where it was; then the four fields below are needed too."),
    )  # fmt: skip
    currency = forms.CharField(
        label=_("That currency"), max_length=3, required=False,
        help_text=_("Its code of three letters, such as USD."),
    )  # fmt: skip
    rate = Amount(label=_("Rate: units of the fund's currency for one"), required=False)
    rate_on = day(_("Day of the rate"))
    rate_source = forms.CharField(label=_("Who published the rate"), max_length=200,
                                  required=False)  # fmt: skip
    meeting = forms.ChoiceField(
        label=_("Meeting that was called on it"), required=False,
        help_text=_("Within 48 hours of a convening a part of the fund can go out at once."),
    )  # fmt: skip
    decision = forms.ChoiceField(label=_("Decision that it carries out"))
    says = text(_("What for, and how it adds up"), required=True)
    evidence = forms.CharField(label=_("Where it can be read"), max_length=300)

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - Django's own
        *,
        kind: str,
        choices: Mapping[str, Choices],
        currency: str,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.kind = kind
        for name in tuple(self.fields):
            if name not in KINDS[kind].asks:
                del self.fields[name]
        for name, given in choices.items():
            if name in self.fields:
                self.fields[name].choices = given  # type: ignore[attr-defined]
        if "due" in self.fields:
            self.fields["due"].required = kind == "called"
        if "says" in self.fields:
            self.fields["says"].label = SAYS.get(kind, self.fields["says"].label)
        if "amount" in self.fields:
            self.fields["amount"].label = _("How much, in %(currency)s") % {"currency": currency}

    def clean_shares(self) -> dict[str, Fraction]:
        found = typed(lines.shares, self.cleaned_data["shares"])
        if not found:
            raise forms.ValidationError(_("Name at least one member."))
        shares = {share.giver: share.quantity for share in found}
        if len(shares) < len(found):
            raise forms.ValidationError(_("Name each member once, with its whole sum."))
        return shares

    def clean_party(self) -> str:
        return lines.party(self.cleaned_data["party"])

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        named = [name for name in MONEY_IN[1:] if given.get(name)]
        if named and len(named) < len(MONEY_IN) - 1:
            self.add_error("original", _("A payment in another currency needs that currency, the "
                                         "rate, its day and who published it."))  # fmt: skip
        return given

    def fields_of_act(self) -> dict[str, Any]:
        """What the room's table of acts is made of; the meeting is left to the view."""
        given = {k: v for k, v in self.cleaned_data.items() if v not in (None, "")}
        rate, on = given.pop("rate", None), given.pop("rate_on", None)
        source = given.pop("rate_source", "")
        if rate is not None:
            given["rate"] = RateTable(value=rate, on=on, source=source)
        return given
