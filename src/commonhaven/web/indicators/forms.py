"""Of whom, of which years, and by which key: what pages of indicators ask."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonhaven.reading import Problem
from commonhaven.web.indicators.whom import Whom, choices, whom
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.visit import Visit

FIRST, LAST = 1951, 2100
MOST_YEARS = 30
"""Years of one series: a page's worth, and a second's work."""
BY = {
    "gini-of-hosting": _("States: each counts alike"),
    "gini-by-population": _("Inhabitants"),
    "gini-by-gdp": _("GDP"),
    "concentration-by-wealth": _("Inhabitants, from the poorest state to the richest"),
}
"""Measure of inequality → the key that its curve stands over."""


class OfWhom(forms.Form):
    """Of whom; what is not filled in is as the page begins."""

    of = forms.CharField(label=_("Of whom"), max_length=1200, widget=forms.Select)

    def __init__(self, request: Visit, first: Mapping[str, Any]) -> None:
        given = {name: request.GET.get(name, "") for name in self.base_fields}
        filled = {name: text or first.get(name, "") for name, text in given.items()}
        super().__init__(filled)
        self.request, self.whom = request, None
        listed = list(choices(request.viewer))
        known = {value for name, inner in listed for value, _label in
                 (inner if isinstance(inner, list) else [(name, inner)])}  # fmt: skip
        of = filled["of"]
        widget = self.fields["of"].widget
        assert isinstance(widget, forms.Select)  # noqa: S101 - declared above
        widget.choices = [*listed, *([] if of in known else [(of, of)])]

    whom: Whom | None

    def clean_of(self) -> str:
        text: str = self.cleaned_data["of"]
        try:
            self.whom = whom(text, self.request.viewer, self.request.now)
        except Unknown:
            raise
        except Problem as problem:
            raise ValidationError(f"{problem.what}. {problem.fix}") from None
        return text

    def asked(self) -> Whom:
        """Whom the form asks about, once it is valid."""
        assert self.whom is not None  # noqa: S101 - a valid form knows
        return self.whom


def year_field(label: Any) -> forms.IntegerField:  # noqa: ANN401 - a lazy text
    return forms.IntegerField(label=label, min_value=FIRST, max_value=LAST)


class OverYears(OfWhom):
    """A series: from which year to which."""

    first = year_field(_("First year"))
    last = year_field(_("Last year"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first is not None and last is not None and not 0 <= last - first < MOST_YEARS:
            said = gettext("Write the earlier year first, and %(most)s years at most.")
            self.add_error("last", said % {"most": MOST_YEARS})
        return cleaned

    def years(self) -> range:
        """The years asked for."""
        return range(self.cleaned_data["first"], self.cleaned_data["last"] + 1)


class InYear(OfWhom):
    """One year."""

    year = year_field(_("Year"))


class Spread(InYear):
    """One year, and the key that hosting is laid beside."""

    by = forms.ChoiceField(label=_("Compared with"), choices=BY.items())


class Need(InYear):
    """A need to share: its size, and whether it is money or places."""

    kind = forms.ChoiceField(
        label=_("What is shared"),
        choices=[("dollars", _("Money, in US dollars")), ("places", _("Places of resettlement"))],
    )
    need = forms.DecimalField(
        label=_("The need"), required=False, min_value=1, max_digits=18, decimal_places=0
    )
    field_order = ("kind", "need", "of", "year")
