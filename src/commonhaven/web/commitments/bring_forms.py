"""Forms by which promises and needs are brought in from a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.forms import AudienceFields


class BringForm(AudienceFields):
    """A file of promises and needs, and for whom they are."""

    file = forms.FileField(
        label=_("File"), max_length=200,
        help_text=_("The workbook (.xlsx), or the CSV tables in one .zip."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.zip"}),
    )  # fmt: skip
    field_order = ("file", "audience", "caucus", "release_at")


class EnterForm(AudienceFields):
    """The file that was looked at, carried along by the page itself."""

    held = forms.CharField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.HiddenInput()
