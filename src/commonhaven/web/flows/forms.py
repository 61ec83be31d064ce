"""Forms of the slice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.forms import AudienceFields


class TakeForm(AudienceFields):
    """A file of flows, what it is and who published it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(
        label=_("Who published it, and where"), max_length=300,
        help_text=_("Such as: UNHCR, iatiregistry.org, read on 2026-11-20."),
    )  # fmt: skip
    about = forms.CharField(
        label=_("What it is"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), max_length=200,
        help_text=_("IATI activities (.xml), flows as FTS has them, or flows as this program "
                    "writes them (.csv)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,.csv"}),
    )  # fmt: skip

    field_order = ("title", "source", "about", "file", "audience", "caucus", "release_at")


class OutForm(forms.Form):
    """Why a file is taken out."""

    why = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
