"""Forms that say what is wrong beside the field, and how they are drawn."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Audience, Viewer


class Renderer(TemplatesSetting):
    """Draws a form field by field with the label above and the error beside."""

    form_template_name = "kit/form.html"
    field_template_name = "kit/field.html"


class AudienceFields(forms.Form):
    """For whom an item is, and from when it is public; asked for last."""

    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices, initial="members")
    caucus = forms.ModelChoiceField(
        Caucus.objects.none(), label=_("Caucus"), required=False, empty_label=_("None")
    )
    release_at = forms.DateTimeField(
        label=_("Public from"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In UTC. Left empty, it stays with its audience."),
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in AudienceFields.base_fields])
        own = viewer.caucuses.get(group.pk, frozenset())
        field = self.fields["caucus"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = Caucus.objects.filter(group=group, pk__in=own)
        if not own:
            del self.fields["caucus"]
            audience = self.fields["audience"]
            assert isinstance(audience, forms.ChoiceField)  # noqa: S101 - declared above
            audience.choices = [c for c in Audience.choices if c[0] != Audience.CAUCUS]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("audience") == Audience.CAUCUS and not cleaned.get("caucus"):
            self.add_error("caucus", _("Name the caucus."))
        if cleaned.get("audience") != Audience.CAUCUS:
            cleaned["caucus"] = None
        return cleaned

    def placing(self) -> dict[str, Any]:
        """The fields of an Item, to pass to an action."""
        return {name: self.cleaned_data.get(name) for name in ("audience", "caucus", "release_at")}
