"""Forms of the slice."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.allocation.registry import rules
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.models import Opinion, Plan
from commonhaven.web.situations.models import Situation

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ComputeForm(AudienceFields):
    """What to compute, and for whom."""

    situation = forms.ModelChoiceField(Situation.objects.none(), label=_("Situation"))
    charter = forms.ModelChoiceField(
        CharterVersion.objects.none(), label=_("Charter"), required=False,
        empty_label=_("The charter in force"),
        help_text=_("A plan under a draft is a dry look: it cannot be tabled."),
    )  # fmt: skip
    rule = forms.ChoiceField(
        label=_("Rule"), required=False,
        help_text=_("A plan by another rule than the charter's is for comparison only."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    field_order = ["situation", "charter", "rule", "title", "audience", "caucus", "release_at"]

    def __init__(self, *args: Any, group: Group, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, group=group, viewer=viewer, **kwargs)
        situations = Situation.objects.filter(group=group, closed_at__isnull=True)
        drafts = CharterVersion.objects.filter(group=group, status="draft")
        self._offer("situation", visible(situations, viewer))
        self._offer("charter", visible(drafts, viewer).select_related("group"))
        rule = self.fields["rule"]
        assert isinstance(rule, forms.ChoiceField)  # noqa: S101 - declared above
        rule.choices = [("", _("The charter's own")), *((r.id, r.title) for r in rules().values())]

    def _offer(self, name: str, rows: "QuerySet[Any]") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = rows


class TableForm(forms.Form):
    """Before which meeting a plan is laid."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Meeting"))

    def __init__(self, *args: Any, plan: Plan, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        rows = Meeting.objects.filter(group=plan.group_id, closed_at__isnull=True)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = visible(rows, viewer)


class OpinionForm(forms.Form):
    """An opinion on a plan."""

    finding = forms.ChoiceField(label=_("Finding"), choices=Opinion.Finding.choices)
    text = forms.CharField(
        label=_("Reasons, and conditions if there are any"), widget=forms.Textarea
    )
