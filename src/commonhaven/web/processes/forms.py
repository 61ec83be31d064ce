"""What may be asked of the registry: filters, two processes, a day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonhaven.processes import Filter, processes, vocabulary
from commonhaven.web.processes.facts import all_points
from commonhaven.web.processes.queries import choices, states_seated

TYPES = ("RCP", "IRF", "refugee framework", "global")
STATUSES = ("active", "dormant", "ended")


class DayForm(forms.Form):
    """The day of which the answer is."""

    on = forms.DateField(
        label=_("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def day(self, today: date) -> date:
        """The day asked for; today where none is, or none that is understood."""
        given = self.cleaned_data.get("on") if self.is_bound and self.is_valid() else None
        return given or today


class FilterForm(DayForm):
    """Which processes."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    type = forms.ChoiceField(label=_("Type of process"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    status = forms.ChoiceField(label=_("Whether it meets"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "on"])
        self._offer("region", choices("regions", vocabulary().regions))
        self._offer("type", choices("types", TYPES))
        self._offer("theme", choices("themes", vocabulary().themes))
        self._offer("status", choices("statuses", STATUSES))

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = offered

    def only(self) -> Filter:
        """The filter; where a field is not understood, none."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        names = ("type", "region", "theme", "state", "status")
        return Filter(**{name: given.get(name) or "" for name in names})


class RegistryForm(FilterForm):
    """Words, and which processes."""

    q = forms.CharField(
        label=_("Words"), max_length=200, required=False,
        help_text=_("Names, themes, regions, members. All words are looked for."),
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )  # fmt: skip
    field_order = ("q",)

    def text(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_bound and self.is_valid() else ""


class MatrixForm(FilterForm):
    """Which processes, and which points of comparison."""

    state = forms.ChoiceField(label=_("Where this state sits"), required=False)
    points = forms.MultipleChoiceField(
        label=_("Points"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._offer("state", states_seated(today))
        self._offer("points", [(name, title) for name, title, _para in all_points()])

    def points_asked(self) -> list[str]:
        """The points chosen; all where none is."""
        given = self.cleaned_data.get("points") if self.is_bound and self.is_valid() else None
        return list(given or (name for name, _title, _para in all_points()))


class PairForm(DayForm):
    """Two processes."""

    a = forms.ChoiceField(label=_("One process"))
    b = forms.ChoiceField(label=_("The other"))
    field_order = ("a", "b", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        offered = [(each.id, each.name) for each in processes().values()]
        offered.sort(key=lambda pair: pair[1].casefold())
        for name in ("a", "b"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", "–"), *offered]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if given.get("a") and given.get("a") == given.get("b"):
            self.add_error("b", _("Choose another process than the first."))
        return given
