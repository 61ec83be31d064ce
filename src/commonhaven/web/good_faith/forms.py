"""Forms of the slice."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.web.commitments import lines
from commonhaven.web.commitments.forms import Amount, text, typed
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith.actions import Said
from commonhaven.web.good_faith.models import Criterion
from commonhaven.web.kit.audience import Audience
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.kit.templatetags.kit import party as party_name
from commonhaven.web.meetings.models import Document
from commonhaven.web.plans.models import Plan

Choices = Sequence[tuple[str, str]]
NO_PERSONS = _("Cohorts and documents, never a person.")
WHERE = _("An address, or the symbol of a document.")


class OpenForm(AudienceFields):
    """A year to assess."""

    title = forms.CharField(label=_("What it is called"), max_length=200)
    ends = forms.DateField(
        label=_("Last day of the year"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The twelve months up to that day are assessed."),
    )  # fmt: skip

    field_order = ["title", "ends", "audience", "release_at"]

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.fields.pop("caucus", None)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 - declared above
        audience.choices = [c for c in Audience.choices if c[0] != Audience.CAUCUS]
        audience.initial = Audience.CONSULTATIVE
        audience.help_text = _(
            "Facts are taken only from what all of these see. Organisations bring evidence to what "
            "they see: choose consultative or public for that."
        )


class ClaimForm(forms.Form):
    """What is said under a criterion, and what it rests on."""

    criterion = forms.ChoiceField(label=_("About"), choices=Criterion.choices)
    text = text(_("What was found"), NO_PERSONS, required=True)
    where = forms.CharField(
        label=_("Where it can be read"), max_length=300, required=False, help_text=WHERE
    )
    document = forms.ModelChoiceField(
        Document.objects.none(), label=_("A document of the platform"), required=False,
        empty_label=_("none"),
    )  # fmt: skip

    def __init__(self, *args: Any, documents: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        field = self.fields["document"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = documents

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(**{name: given[name] for name in ("criterion", "text", "where", "document")})


class FindingForm(ClaimForm):
    """What UNHCR found of some states."""

    states = forms.MultipleChoiceField(
        label=_("Of which states"), widget=forms.CheckboxSelectMultiple
    )
    kept = forms.ChoiceField(
        label=_("It was"), widget=forms.RadioSelect,
        choices=[("yes", _("kept; no refoulement verified")),
                 ("no", _("missed; refoulement verified"))],
        help_text=_("A verified refoulement needs evidence beside the sentence."),
    )  # fmt: skip

    field_order = ["criterion", "states", "kept", "text", "where", "document"]

    def __init__(self, *args: Any, states: Sequence[str], **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        field = self.fields["states"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(state, party_name(state)) for state in sorted(states, key=party_name)]


class ReplyForm(forms.Form):
    """A state's own words."""

    text = text(_("Your reply"), NO_PERSONS, required=True)


class PeopleForm(forms.Form):
    """How many people each state protects."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=_("As a decided plan has it"), required=False,
        empty_label=_("none"),
    )  # fmt: skip
    people = text(_("Or by another source"), _("One a line: Ghana; 21000"))
    source = forms.CharField(label=_("That source"), max_length=300, required=False)

    def __init__(self, *args: Any, plans: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = plans

    def clean_people(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for share in typed(lines.shares, self.cleaned_data["people"]):
            if share.quantity.denominator != 1:
                raise forms.ValidationError(_("Give whole numbers of people."))
            found[share.giver] = int(share.quantity)
        return found

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if not given.get("plan") and not given.get("people") and not self.errors:
            self.add_error("plan", _("Choose a plan, or give the numbers with their source."))
        return given


class PayForm(forms.Form):
    """Which fund is divided, and what of it."""

    fund = forms.ModelChoiceField(Fund.objects.none(), label=_("Incentive fund"), empty_label=None)
    cost = Amount(
        label=_("Cost of the year"), required=False,
        help_text=_("In the fund's currency; 5 % of it are divided."),
    )  # fmt: skip
    pot = Amount(label=_("Or the pot, as the group decided it"), required=False)
    source = forms.CharField(label=_("Source of that amount"), max_length=300)
    decision = forms.ChoiceField(label=_("Decision that it carries out"))

    def __init__(self, *args: Any, funds: Any, decisions: Choices, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        fund = self.fields["fund"]
        assert isinstance(fund, forms.ModelChoiceField)  # noqa: S101 - declared above
        fund.queryset = funds
        self.fields["decision"].choices = decisions  # type: ignore[attr-defined]
