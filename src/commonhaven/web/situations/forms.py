"""Forms of the slice."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonhaven.situations import load, shipped
from commonhaven.web.kit.forms import AudienceFields


def that_ship() -> list[tuple[str, str]]:
    """The situations that ship: name, and title in the page's language."""
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    return [(name, load(name).called(language)) for name in shipped()]


class OpenForm(AudienceFields):
    """A situation that ships, or a text of one's own."""

    shipped = forms.ChoiceField(
        label=_("A situation that ships"), required=False,
        help_text=_("A real displacement with published figures, to start from."),
    )  # fmt: skip
    toml = forms.CharField(
        label=_("Or a description of your own, as TOML"), required=False, strip=False,
        widget=forms.Textarea(attrs={"class": "code", "spellcheck": "false"}),
        help_text=_("Left empty, the situation chosen above is opened as it ships."),
    )  # fmt: skip
    field_order = ["shipped", "toml", "audience", "caucus", "release_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        field = self.fields["shipped"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Choose")), *that_ship()]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if bool(cleaned.get("shipped")) == bool((cleaned.get("toml") or "").strip()):
            self.add_error("toml", _("Choose a situation that ships, or describe one: not both."))
        return cleaned


class ReviseForm(forms.Form):
    """New figures of a situation."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("What changed, and why"), max_length=300)
    toml = forms.CharField(
        label=_("The figures, as TOML"), strip=False,
        widget=forms.Textarea(attrs={"class": "code", "spellcheck": "false"}),
    )  # fmt: skip


class CloseForm(forms.Form):
    """Why a situation is closed."""

    closed_because = forms.CharField(label=_("Why it is closed"), max_length=300)
