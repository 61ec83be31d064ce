"""Forms of the slice."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Need as NeedValue
from commonhaven.commitments import Share, check
from commonhaven.reading import Problem, exact
from commonhaven.reading.finding import Finding
from commonhaven.web.commitments import lines
from commonhaven.web.commitments.models import KINDS, Commitment
from commonhaven.web.commitments.words import named
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.kit.saying import in_language, listed
from commonhaven.web.kit.templatetags.kit import begun
from commonhaven.web.kit.templatetags.kit import day as day_name
from commonhaven.web.situations.models import Situation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Told = str | _StrPromise

ADDITIONAL = {
    "not said": _("Not said"), "new": _("New"), "partly new": _("Partly new"),
    "existing": _("Existing"),
}  # fmt: skip
EARMARKING = {
    "unearmarked": _("Unearmarked"), "softly earmarked": _("Softly earmarked"),
    "earmarked": _("Earmarked"), "tightly earmarked": _("Tightly earmarked"),
}  # fmt: skip
SPENT = {
    "receiving country": _("Where refugees are hosted"),
    "giving country": _("In the giving country (told apart from help to hosts)"),
}
OBJECTIVES = {
    "1": _("Ease pressures on host countries"), "2": _("Enhance refugee self-reliance"),
    "3": _("Expand access to third-country solutions"),
    "4": _("Support conditions in countries of origin for return"),
}  # fmt: skip
ROWS = {"rows": 3}


def typed(read: Callable[[str], Any], text: str) -> Any:  # noqa: ANN401
    """What a field says; its problem as the field's own."""
    try:
        return read(text)
    except Problem as problem:
        raise forms.ValidationError(str(problem)) from None


class Amount(forms.CharField):
    """An exact number above nought, as typed; thousands may be set apart by spaces."""

    def clean(self, value: object) -> Any:  # noqa: ANN401
        text = str(super().clean(value))
        if not text:
            return None
        number = typed(lambda told: exact(told.replace(" ", "")), text)
        if not 0 < number < 10**20:
            raise forms.ValidationError(_("Give a number above 0."))
        return number


def day(label: "Told", help_text: "Told" = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


def text(label: "Told", help_text: "Told" = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs=ROWS)
    )


def _duty(row: Obligation) -> str:
    """A duty as a choice: what it asks, and by when."""
    told = begun(in_language(row.what))
    return listed([told, strip_tags(day_name(row.due))]) if row.due else told


class PromiseForm(AudienceFields):
    """A promise, so that one can tell later whether it was kept."""

    title = forms.CharField(
        label=_("Title, in a few words"), max_length=200,
        help_text=_("It is shown in every list: what, and for whom."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What is promised"), choices=KINDS.items())
    unit = forms.CharField(
        label=_("Counted in"), max_length=40,
        help_text=_("A currency such as USD; people or places; measures for laws and policies; or "
                    "what is counted."),
    )  # fmt: skip
    quantity = Amount(label=_("How much is yours"), help_text=_("A number only, such as 1500000."))
    partners = text(
        _("Partners and what each gives"),
        _("One a line: France; 4000000. Each partner announces its own share."),
    )
    to = forms.CharField(
        label=_("Who is to receive it"), required=False,
        help_text=_("States, agencies, organisations, separated by commas. Only a receiver can "
                    "confirm that it came."),
    )  # fmt: skip
    beneficiaries = text(_("For whom"), _("Cohorts and communities, never persons."))
    people = forms.IntegerField(
        label=_("How many people it is to reach"), required=False, min_value=0,
        max_value=1_000_000_000,
    )  # fmt: skip
    ends = day(_("Last day"), _("Without a day, or instalments, it is never due."))
    indicator = text(_("How one will know that it was done"),
                     _("What is counted, and by whom."))  # fmt: skip
    instalments = text(
        _("Instalments"), _("One a line: 2026-03-31; 5000000. Left empty, it is due on its last "
                            "day."),
    )  # fmt: skip
    conditions = text(_("Conditions"), _("One a line: what has to be met first."))
    about = text(_("What is done with it"))
    starts = day(_("First day"))
    places = forms.CharField(
        label=_("Where it is used"), required=False, help_text=_("States, separated by commas.")
    )
    objectives = forms.MultipleChoiceField(
        label=_("Objectives of the Compact"), required=False, choices=OBJECTIVES.items(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    additional = forms.ChoiceField(label=_("Is it new?"), choices=ADDITIONAL.items())
    earmarking = forms.ChoiceField(label=_("How tightly its use is bound"),
                                   choices=EARMARKING.items())  # fmt: skip
    spent = forms.ChoiceField(label=_("Where it is spent"), choices=SPENT.items())
    event = forms.CharField(label=_("Meeting or forum where it was made"), required=False,
                            max_length=200)  # fmt: skip
    consulted = text(_("How refugees were consulted"))
    source = forms.CharField(label=_("Where it can be read"), required=False, max_length=300)
    situation = forms.ModelChoiceField(
        Situation.objects.none(), label=_("Situation"), required=False, empty_label=_("None")
    )
    obligation = forms.ModelChoiceField(
        Obligation.objects.none(), label=_("Duty that it is given under"), required=False,
        empty_label=_("None"),
    )  # fmt: skip

    def __init__(self, *args: Any, situations: Any, obligations: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name, rows in (("situation", situations), ("obligation", obligations)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
            field.queryset = rows
        self.fields["obligation"].label_from_instance = _duty  # type: ignore[attr-defined]

    def clean_partners(self) -> Any:  # noqa: ANN401
        return typed(lines.shares, self.cleaned_data["partners"])

    def clean_instalments(self) -> Any:  # noqa: ANN401
        return typed(lines.instalments, self.cleaned_data["instalments"])

    def clean_conditions(self) -> Any:  # noqa: ANN401
        return lines.conditions(self.cleaned_data["conditions"])

    def value(self, giver: str) -> Value:
        """The promise that was typed, its first share the giver's; a name is given on entry."""
        given = dict(self.cleaned_data)
        same = ("title", "kind", "beneficiaries", "people", "starts", "ends", "indicator", "about",
                "instalments", "conditions", "additional", "earmarking", "spent", "event",
                "consulted", "source")  # fmt: skip
        own = (Share(giver=giver, quantity=given["quantity"]),)
        return Value(
            id="promise", unit=given["unit"].strip(), shares=own + given["partners"],
            to=lines.parties(given["to"]), places=lines.parties(given["places"]),
            objectives=tuple(int(number) for number in given["objectives"]),
            **{name: given[name] for name in same},
        )  # fmt: skip

    def advice(self, value: Value) -> list[Finding]:
        """What to weigh in what was typed; errors go to their fields first."""
        try:
            found = check(value)
        except Problem as problem:
            self.add_error("quantity", f"{begun(problem.what)}. {problem.fix}")
            return []
        for one in found:
            if one.severity == "error":
                name = one.where.rpartition(", ")[2]
                said = named(f"{begun(one.what)}. {one.fix}", value.title)
                self.add_error(name if name in self.fields else None, said)
        return [] if self.errors else [one for one in found if one.severity == "advice"]


class NeedForm(forms.Form):
    """What is lacking, where, for how long and at what cost."""

    title = forms.CharField(
        label=_("Title, in a few words"), max_length=200,
        help_text=_("It is shown in every list: what, and for whom."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What is needed"), choices=KINDS.items())
    unit = forms.CharField(
        label=_("Counted in"), max_length=40,
        help_text=_("A currency such as USD; people or places; or what is counted."),
    )  # fmt: skip
    quantity = Amount(label=_("How much"), help_text=_("A number only, such as 1500000."))
    places = forms.CharField(
        label=_("Where"), required=False, help_text=_("States, separated by commas.")
    )
    starts = day(_("First day"))
    ends = day(_("Last day"))
    people = forms.IntegerField(label=_("For how many people"), required=False, min_value=0,
                                max_value=1_000_000_000)  # fmt: skip
    cost = Amount(label=_("What it costs, where it is no money"), required=False)
    currency = forms.CharField(
        label=_("Currency of the cost"), required=False, max_length=3,
        help_text=_("Its code of three letters, such as USD."),
    )  # fmt: skip
    about = text(_("What for"))
    basis = text(_("How it was worked out"), _("Figures and their source."))

    def value(self, party: str) -> NeedValue:
        """The need that was typed; its name is given on entry."""
        given = dict(self.cleaned_data)
        same = ("title", "kind", "quantity", "starts", "ends", "people", "about", "basis", "cost")
        return NeedValue(
            id="need", by=party, unit=given["unit"].strip(),
            currency=given["currency"].strip(), places=lines.parties(given["places"]),
            **{name: given[name] for name in same},
        )  # fmt: skip


class StateNeedForm(NeedForm, AudienceFields):
    """A first version, with its audience."""

    situation = forms.ModelChoiceField(
        Situation.objects.none(), label=_("Situation"), required=False, empty_label=_("None")
    )
    bundle = forms.CharField(
        label=_("Support platform"), required=False, max_length=120,
        help_text=_("Needs of one name are presented and followed together."),
    )  # fmt: skip

    def __init__(self, *args: Any, situations: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["situation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = situations


class ReviseNeedForm(NeedForm):
    """A later version."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("What changed, and why"), max_length=300)


class ReviewForm(forms.Form):
    """What a review found."""

    found = text(_("What the review found"), required=True)
    accepted = forms.ChoiceField(
        label=_("Outcome"), widget=forms.RadioSelect,
        choices=[("yes", _("Open it to promises")), ("no", _("Return it, to be changed"))],
    )  # fmt: skip


class MatchForm(forms.Form):
    """So much of a promise for a need."""

    commitment = forms.ModelChoiceField(queryset=Commitment.objects.none(), label=_("Promise"))
    quantity = Amount(label=_("How much"))
    why = text(_("Why they fit"))

    def __init__(self, *args: Any, commitments: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **{"auto_id": "match_%s", **kwargs})
        field = self.fields["commitment"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = commitments


class ReasonForm(forms.Form):
    """Why."""

    why = text(_("Reason"), required=True)
