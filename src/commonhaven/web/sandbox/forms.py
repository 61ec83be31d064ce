"""What a visitor fills in to try a charter, with what is wrong beside it."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonhaven.allocation.registry import rules
from commonhaven.charter import Charter
from commonhaven.charter import load as load_charter
from commonhaven.charter import shipped as shipped_charters
from commonhaven.reading import Problem
from commonhaven.reading.finding import Finding
from commonhaven.situations import Situation
from commonhaven.situations import load as load_situation
from commonhaven.situations import shipped as shipped_situations
from commonhaven.web.sandbox import asked
from commonhaven.web.sandbox.bounds import bound

OWN = ""
PASTED = _("My own, pasted below")


def _text(label: Any, name: str) -> forms.CharField:  # noqa: ANN401 - a lazy text
    return forms.CharField(
        label=label, required=False, max_length=bound("characters"), strip=False,
        help_text=_("TOML, as in the library. It counts where your own is chosen above."),
        widget=forms.Textarea(attrs={"class": "code", "rows": 12, "spellcheck": "false",
                                     "dir": "ltr", "id": f"id_{name}"}),
    )  # fmt: skip


def _part(label: Any, low: float, high: float, explained: Any = "") -> forms.DecimalField:  # noqa: ANN401
    return forms.DecimalField(
        label=label, required=False, min_value=low, max_value=high, decimal_places=4,
        help_text=explained,
    )  # fmt: skip


def named(text: str) -> tuple[str, ...]:
    """Codes of the states named in a field."""
    try:
        return asked.states_named(text)
    except Problem as problem:
        raise forms.ValidationError(str(problem)) from None


class TrialForm(forms.Form):
    """A charter, a situation, and what to change in the charter."""

    charter = forms.ChoiceField(label=_("Charter"), required=False)
    charter_text = _text(_("Text of your own charter"), "charter_text")
    situation = forms.ChoiceField(label=_("Situation"), required=False)
    situation_text = _text(_("Text of your own situation"), "situation_text")
    rule = forms.ChoiceField(label=_("Rule"), required=False)
    security_floor = _part(
        _("Floor of security"), 0.5, 1, _("Nobody is placed in a state below it; 0.5 to 1.")
    )
    wish_weight = _part(
        _("Weight of people's wishes"), 0, 1, _("Under the rule hathaway-neve; 0 to 1.")
    )
    ceiling = _part(
        _("Ceiling"), 0.01, 1, _("Greatest part of the cost that one state bears; 0.01 to 1.")
    )
    host_relief_full_at = _part(
        _("Hosting from which a host pays nothing"), 1.1, 1000,
        _("As a multiple of its fair share; 1.1 or more."),
    )  # fmt: skip
    residual_share = _part(
        _("Part who cannot return"), 0, 1,
        _("For whom permanent places are guaranteed; 0 to 1."),
    )  # fmt: skip
    opt_out = forms.CharField(
        label=_("States that opt out"), required=False, max_length=400,
        help_text=_("Names or codes, with commas between them."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    deduction_state = forms.CharField(
        label=_("State that is granted a deduction"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    deduction_people = forms.IntegerField(
        label=_("People deducted"), required=False, min_value=0, max_value=10**9
    )

    MAIN = ("charter", "charter_text", "situation", "situation_text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.findings: dict[str, list[Finding]] = {}
        language = (get_language() or "en").split("-")[0]
        charters = [(n, load_charter(n).group.called(language)) for n in shipped_charters()]
        crises = [(n, load_situation(n).called(language)) for n in shipped_situations()]
        own = [(each.id, each.title) for each in rules().values() if each.kind != "scenario"]
        self._choose("charter", [*charters, (OWN, PASTED)])
        self._choose("situation", [*crises, (OWN, PASTED)])
        self._choose("rule", [("", _("As the charter says")), *own])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def changes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.MAIN]

    @property
    def changed(self) -> bool:
        """Whether something is filled in beyond charter and situation."""
        return any(field.value() for field in self.changes) or any(f.errors for f in self.changes)

    def clean_opt_out(self) -> tuple[str, ...]:
        return named(self.cleaned_data["opt_out"])

    def clean_deduction_state(self) -> str:
        found = named(self.cleaned_data["deduction_state"])
        if len(found) > 1:
            raise forms.ValidationError(_("Name one state."))
        return found[0] if found else ""

    def clean(self) -> dict[str, Any] | None:
        """Read both, then the charter with its changes; whatever is wrong stands beside it."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("deduction_state")) != (cleaned.get("deduction_people") is not None):
            self.add_error("deduction_people", _("Give the state and the number of people."))
        charter = self._read("charter", asked.charter_of, asked.charter_remarks)
        self.read_situation = self._read("situation", asked.situation_of, asked.situation_remarks)
        self.read_charter = charter
        if charter is not None and not self.errors:
            try:
                self.read_charter = asked.changed(charter, self.asked_changes())
            except Problem as problem:
                self.add_error(None, str(problem))
        return cleaned

    read_charter: Charter | None = None
    read_situation: Situation | None = None

    def _read(self, name: str, read: Any, remarks: Any) -> Any:  # noqa: ANN401 - of two kinds
        chosen = self.cleaned_data.get(name) or ""
        text = self.cleaned_data.get(f"{name}_text") or ""
        if not chosen and not text.strip():
            self.add_error(name, _("Choose one, or paste the text of your own."))
            return None
        if not chosen:
            self.findings[name] = remarks(text)
        try:
            return read(chosen, text)
        except Problem as problem:
            if not any(each.severity == "error" for each in self.findings.get(name, ())):
                self.add_error(f"{name}_text", str(problem))
            else:
                self.add_error(f"{name}_text", _("There is something to mend: see beside it."))
            return None

    def asked_changes(self) -> asked.Changes:
        """What is to be changed in the charter."""
        given = self.cleaned_data
        numbers = {
            name: None if given.get(name) is None else Fraction(given[name])
            for name in ("wish_weight", *(each for each, _where in asked.NUMBERS))
        }
        return asked.Changes(
            rule=given.get("rule") or "", opt_out=given.get("opt_out") or (),
            deduction_state=given.get("deduction_state") or "",
            deduction_people=given.get("deduction_people"), **numbers,
        )  # fmt: skip

    def filled(self) -> dict[str, str]:
        """What was filled in, to be filled in again."""
        return {name: str(self.data.get(name, "")) for name in self.fields if self.data.get(name)}
