"""What may be asked of the search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.web.groups.queries import groups_for
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.search.catalogue import KINDS
from commonhaven.web.search.queries import Asked


class SearchForm(forms.Form):
    """Words, and where and when to look."""

    q = forms.CharField(
        label=_("Words"), max_length=200, required=False,
        help_text=_("In any of the six languages of the United Nations. All words are looked for; "
                    "the beginning of a word is enough."),
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )  # fmt: skip
    group = forms.ChoiceField(label=_("Group"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, viewer: Viewer, language: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        known = [(one.slug, one.called(language)) for one in groups_for(viewer)]
        group, kind = self.fields["group"], self.fields["kind"]
        assert isinstance(group, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - declared above
        group.choices = [("", _("All groups")), *known]
        kinds = [(each.id, each.label) for each in KINDS]
        kind.choices = [("", _("All kinds")), *kinds, ("library", _("Library"))]

    def asked(self) -> Asked:
        """The question; fields that are not understood are left out of it."""
        given = self.cleaned_data if self.is_bound and not self.errors else {}
        return Asked(
            text=given.get("q") or "", group=given.get("group") or "",
            kind=given.get("kind") or "", since=given.get("since"), until=given.get("until"),
        )  # fmt: skip
