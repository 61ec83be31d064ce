"""What a rule is: its description, its parameters, its verb; it does not register without them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from commonhaven.allocation.keys.column import column
from commonhaven.allocation.question import Placement, Question
from commonhaven.instruments import Entry, entry
from commonhaven.reading import Problem, closest, decimal_text, exact
from commonhaven.working import Line

Figures = Mapping[str, Mapping[str, Fraction]]
"""State → indicator → value; a value that is missing is absent."""

Value = Fraction | int | str | bool
Settings = Mapping[str, Value]
"""Parameter → value, complete and checked (see `Rule.settings`)."""


class KeyUndefined(Problem):
    """A key that has no value for a state: a figure is missing or cannot be divided by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A share for every state, adding up to one, with its working.

    ``effects`` are the intermediate columns (state → name → value) that a table prints.
    """

    shares: Mapping[str, Fraction]
    effects: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    working: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number or choice that a charter may set, with its range and its default.

    The default stands in an instrument (``instrument``/``entry``), never in code.
    """

    name: str
    kind: Literal["number", "whole", "choice", "yes or no"]
    meaning: str
    instrument: str
    entry: str
    low: Fraction | int | None = None
    high: Fraction | int | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.meaning:
            raise ValueError(f"The parameter {self.name} says nothing of its meaning.")
        if self.kind in ("number", "whole") and self.low is None and self.high is None:
            raise ValueError(f"The parameter {self.name} has no range.")
        if self.kind == "choice" and not self.choices:
            raise ValueError(f"The parameter {self.name} has no choices.")

    @property
    def source(self) -> Entry:
        """The instrument's entry that gives the default."""
        return entry(self.instrument, self.entry)

    def default(self) -> Value:
        return self.read(self.source.value, f"{self.instrument}/{self.entry}")

    def read(self, given: object, where: str) -> Value:
        """The value as the rule wants it; Problem where it is of the wrong kind or out of range."""
        if self.kind == "yes or no":
            return self._yes_or_no(given, where)
        if self.kind == "choice":
            if given in self.choices:
                return str(given)
            fix = f"Choose one of: {', '.join(self.choices)}."
            raise Problem(f'"{given}" is not a choice for {self.name}', where=where, fix=fix)
        number = exact(given, where)
        low, high = self.low, self.high
        if (low is not None and number < low) or (high is not None and number > high):
            span = f"{'' if low is None else low} to {'' if high is None else high}".strip()
            said = f"{self.name} = {decimal_text(number)} is outside its range"
            raise Problem(said, where=where, fix=f"Allowed: {span}. {self.meaning}")
        if self.kind == "whole" and number.denominator != 1:
            raise Problem(f"{self.name} must be a whole number", where=where)
        return number.numerator if self.kind == "whole" else number

    def _yes_or_no(self, given: object, where: str) -> bool:
        words = {"yes": True, "true": True, "no": False, "false": False}
        if isinstance(given, bool):
            return given
        if str(given).lower() in words:
            return words[str(given).lower()]
        raise Problem(f"{self.name} is yes or no, not {given}", where=where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of responsibility or cost sharing, with what a delegate must know before choosing it.

    ``kind``: a *key* gives every state a share of people; a *scale* gives every state a share of
    money; a *placement* places cohorts itself; a *scenario* may be compared, never chosen.
    ``shares`` (keys, scales) or ``place`` (placements, scenarios) is its verb. ``promises`` names
    the properties that the contract tests hold it to, beyond those every rule keeps:
    ``rises with X`` (more of indicator X never lowers the own share), ``falls with X``,
    ``splits alike`` (dividing a state in two identical halves leaves their joint share).
    """

    id: str
    title: str
    kind: Literal["key", "scale", "placement", "scenario"]
    principle: str
    value_judgement: str
    source: str
    standing: Literal["sourced", "reported", "our proposal"]
    indicators: tuple[str, ...] = ()
    optional_indicators: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    presets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weaknesses: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    warning: str = ""
    rounding: str = "largest-remainder"
    shares: Callable[[Figures, Settings, int], Key] | None = None
    place: Callable[[Question, Settings], Placement] | None = None

    def __post_init__(self) -> None:
        for name in ("title", "principle", "value_judgement", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"The rule {self.id} does not say its {name}: it cannot register.")
        if (self.shares is None) == (self.place is None):
            raise ValueError(f"The rule {self.id} must have one verb: shares or place.")
        if (self.kind in ("key", "scale")) != (self.shares is not None):
            raise ValueError(f"The rule {self.id} is a {self.kind}, which its verb does not fit.")

    def settings(self, given: Mapping[str, object], where: str = "") -> dict[str, Value]:
        """Every parameter's value: what is given, else the preset's, else the default.

        ``preset`` in ``given`` names one of the rule's presets. Raises Problem for an unknown
        parameter or preset, or a value out of range.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        where = where or f"rule {self.id}"
        chosen = {name: value for name, value in given.items() if name != "preset"}
        for name in chosen:
            if name not in known:
                said = f"the rule {self.id} has no parameter {name}"
                raise Problem(said, where=where, fix=closest(name, known) or "It has none.")
        preset = given.get("preset")
        if preset is not None and preset not in self.presets:
            said = f"the rule {self.id} has no preset {preset}"
            raise Problem(said, where=where, fix=closest(str(preset), self.presets))
        start = self.presets[str(preset)] if preset is not None else {}
        return {
            name: parameter.read({**start, **chosen}[name], where)
            if name in {**start, **chosen}
            else parameter.default()
            for name, parameter in known.items()
        }

    def key(self, figures: Figures, settings: Settings, total: int) -> Key:
        """The key for these states; Problem where an indicator is missing for one of them.

        Problem, too, where the verb does not share among exactly these states: shares are exact,
        not negative, and add up to one.
        """
        if self.shares is None:
            raise Problem(f"{self.id} is not a key", fix="Use a rule of kind key or scale.")
        if not figures:
            raise Problem(f"no states to share between under {self.id}", fix="Name some.")
        for state, values in figures.items():
            for indicator in self.indicators:
                if indicator not in values:
                    raise KeyUndefined(f"{self.id} needs {indicator} for {state}", where=state)
        key = self.shares(figures, settings, total)
        if said := _flaw(key.shares, figures):
            raise Problem(
                f"the rule {self.id} gives shares that cannot be used: {said}",
                where=f"rule {self.id}",
                fix="Its authors must mend it: exact shares of 0 or more for the states asked, "
                "adding up to 1.",
            )
        return key


def _flaw(shares: Mapping[str, Fraction], figures: Figures) -> str:
    """What is wrong with a key's shares among these states, as a sentence; empty where nothing."""
    if set(shares) != set(figures):
        odd = ", ".join(sorted(set(shares) ^ set(figures)))
        return f"they are not those of the states asked ({odd})"
    inexact = sorted(s for s, share in shares.items() if not isinstance(share, Fraction | int))
    if inexact:
        return f"the share of {inexact[0]} is not an exact number"
    below = sorted(state for state, share in shares.items() if share < 0)
    if below:
        return f"the share of {below[0]} is below zero"
    total = column(shares.values()).total()
    return "" if total == 1 else f"they add up to {decimal_text(total)}"
