"""Forms of the slice."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.web.decisions.actions import MOST, Question
from commonhaven.web.decisions.models import Decision, Vote
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import adopted, binding_of, value_of
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.kit.templatetags.kit import party
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.models import Plan


class PutPlanForm(forms.Form):
    """A plan that is before a meeting, put to its vote."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label=_("Plan"), empty_label=_("Choose"))
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text of the decision"), widget=forms.Textarea, required=False,
        help_text=_("What the group adopts besides the plan itself, if anything."),
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        rows = Plan.objects.filter(group=group, status="tabled", next__isnull=True)
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = visible(rows, viewer).defer("text", "talks")
        named = str(self.initial.get("plan") or "")
        chosen = field.queryset.filter(pk=named).first() if named.isdecimal() else None
        if chosen is not None:
            self.initial["title"] = chosen.title

    def question(self) -> Question:
        given = self.cleaned_data
        return Question(kind="plan", title=given["title"], text=given["text"], plan=given["plan"])


class PutForm(AudienceFields):
    """Another question: a deduction, a change of the charter in words, anything else."""

    kind = forms.ChoiceField(
        label=_("About"), choices=[c for c in Decision.Kind.choices if c[0] != "plan"]
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)
    state = forms.ChoiceField(label=_("State that gets the deduction"), required=False)
    people = forms.IntegerField(
        label=_("People deducted"), min_value=1, max_value=MOST, required=False
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Meeting"), required=False,
        empty_label=_("In writing, outside a meeting"),
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label=_("Vote closes"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In UTC. Left empty, the chair or the secretariat closes it."),
    )  # fmt: skip
    field_order = ["kind", "title", "text", "state", "people", "meeting", "closes_at"]

    def __init__(self, *args: Any, group: Group, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, group=group, viewer=viewer, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)  # noqa: S101 - declared above
        state.choices = [("", _("None")), *states(group, viewer.at.date())]
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        rows = Meeting.objects.filter(group=group, closed_at__isnull=True)
        field.queryset = visible(rows, viewer)

    def question(self) -> Question:
        names = ("kind", "title", "text", "people", "closes_at")
        given = {name: self.cleaned_data[name] for name in names}
        return Question(state=self.cleaned_data["state"], **given)


def states(group: Group, day: date) -> list[tuple[str, str]]:
    """The members under the charter in force, by name."""
    agreed = binding_of(list(adopted(group)), day)
    codes = value_of(agreed).members_on(day) if agreed else ()
    return sorted(((code, party(code)) for code in codes), key=lambda each: each[1])


class VoteForm(forms.Form):
    """A position on the question, with an explanation where the party wants one on record."""

    choice = forms.ChoiceField(
        label=_("Position"), choices=Vote.Choice.choices, widget=forms.RadioSelect
    )
    explanation = forms.CharField(
        label=_("Explanation of vote"), widget=forms.Textarea, required=False
    )


class DoneForm(forms.Form):
    """A party's report that it has done what it owes."""

    note = forms.CharField(
        label=_("What was done, where and when"), max_length=300,
        help_text=_("Your own report: it is not a confirmation by those to whom it is owed."),
    )  # fmt: skip
