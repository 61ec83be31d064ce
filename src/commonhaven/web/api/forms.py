"""What a person asks for when making a token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.web.api.actions import LONGEST, Wish
from commonhaven.web.api.scopes import ACT, ADMINISTER, READ
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer

MAY = (
    (READ, _("read")),
    (ACT, _("read and act for my parties")),
)


class TokenForm(forms.Form):
    """A token: what for, what it opens, where, how long."""

    name = forms.CharField(
        label=_("What it is for"), max_length=80,
        help_text=_("Such as: nightly export of obligations."),
    )  # fmt: skip
    may = forms.ChoiceField(label=_("It may"), choices=MAY, widget=forms.RadioSelect, initial=READ)
    groups = forms.MultipleChoiceField(
        label=_("Only in these groups"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: in all of yours, also those to come."),
    )  # fmt: skip
    administer = forms.BooleanField(label=_("It may administer the platform"), required=False)
    days = forms.IntegerField(
        label=_("Days for which it holds"), min_value=1, max_value=LONGEST, initial=90
    )

    def __init__(self, *args: Any, viewer: Viewer, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Group.objects.filter(pk__in=viewer.groups)
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(group.slug, group.called(language)) for group in own]
        if not field.choices:
            del self.fields["groups"]
        if not viewer.administrator:
            del self.fields["administer"]

    def wish(self) -> Wish:
        """The token asked for."""
        given = self.cleaned_data
        kind, groups = given["may"], given.get("groups") or []
        scopes = [f"{kind}:{group}" for group in groups] or [kind]
        if given.get("administer"):
            scopes.append(ADMINISTER)
        return Wish(name=given["name"], scopes=tuple(scopes), days=given["days"])
