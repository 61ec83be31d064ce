"""How a key is written down: steps from the states' figures to their shares, each explained."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.allocation.keys.column import Column, column
from commonhaven.allocation.rule import Figures, Key, KeyUndefined, Settings
from commonhaven.reading import Problem, decimal_text
from commonhaven.saying import say
from commonhaven.working import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The figures of the states that share, as columns in alphabetical order of the states."""

    rule: str
    states: tuple[str, ...]
    figures: Figures

    def of(self, indicator: str) -> Column:
        """An indicator; KeyUndefined where a state has no figure or a negative one."""
        try:
            found = [self.figures[state][indicator] for state in self.states]
        except KeyError:
            lacking = next(s for s in self.states if indicator not in self.figures[s])
            raise KeyUndefined(
                f"{self.rule} needs {indicator} for {lacking}",
                where=lacking,
                fix="Give the figure, or leave the state out by decision.",
            ) from None
        values = column(found)
        if min(values.values) < 0:
            state = self.states[values.values.index(min(values.values))]
            raise KeyUndefined(
                f"{indicator} is negative for {state}", where=state, fix="Check the figure."
            )
        return values

    def positive(self, indicator: str) -> Column:
        """An indicator by which the formula divides; KeyUndefined naming a state where it is 0."""
        values = self.of(indicator)
        if 0 in values.values:
            state = self.states[values.values.index(0)]
            raise KeyUndefined(
                f"{self.rule} divides by {indicator}, which is 0 for {state}",
                where=state,
                fix="Give the figure with more decimals, leave the state out by decision, or "
                "choose a key or weights that do not use it.",
            )
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A number that concerns all states at once, such as the sum of their populations."""

    name: str
    value: Fraction
    what: str
    formula: str
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One column of a key: what it is, its formula and article, and what went in.

    ``uses`` names earlier steps and bases, or ``figure:population``, or ``parameter:cap``.
    """

    name: str
    column: Column
    what: str
    formula: str
    cite: str
    uses: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()


Steps = Callable[[Sheet, Settings, int], tuple[Step, ...]]
"""From figures, settings and people to steps, of which the last is the share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The verb of a key: steps that lead from the figures to a share for every state."""

    rule: str
    steps: Steps

    def __call__(self, figures: Figures, settings: Settings, total: int) -> Key:
        """The key with its effects and its working."""
        sheet = self.sheet(figures)
        steps = self.steps(sheet, settings, total)
        columns = {step.name: step.column.fractions() for step in steps}
        shares = dict(zip(sheet.states, columns[steps[-1].name], strict=True))
        effects = {
            state: {step.name: columns[step.name][at] for step in steps[:-1]}
            for at, state in enumerate(sheet.states)
        }
        lines = tuple(self._lines(sheet, steps, columns))
        return Key(shares=shares, effects=effects, working=lines)

    def shares(self, figures: Figures, settings: Settings, total: int) -> dict[str, Fraction]:
        """The same shares, as exact, without the working: for sweeps over many figures."""
        sheet = self.sheet(figures)
        last = self.steps(sheet, settings, total)[-1].column
        return dict(zip(sheet.states, last.fractions(), strict=True))

    def sheet(self, figures: Figures) -> Sheet:
        return Sheet(rule=self.rule, states=tuple(sorted(figures)), figures=figures)

    def _lines(
        self, sheet: Sheet, steps: tuple[Step, ...], columns: Mapping[str, tuple[Fraction, ...]]
    ) -> Iterator[Line]:
        start = f"key.{self.rule}"
        seen: set[str] = set()
        for step in steps:
            for basis in step.bases:
                if basis.name not in seen:
                    seen.add(basis.name)
                    yield self._basis_line(sheet, basis)
        for at, state in enumerate(sheet.states):
            for step in steps:
                yield Line(
                    id=f"{start}.{state}.{step.name}",
                    value=columns[step.name][at],
                    what=step.what,
                    formula=step.formula,
                    cite=step.cite,
                    uses=tuple([self._use(name, state, seen) for name in step.uses]),
                )

    def _basis_line(self, sheet: Sheet, basis: Basis) -> Line:
        uses = [
            self._use(name, state, set())
            for name in basis.uses
            for state in (sheet.states if not name.startswith("parameter:") else sheet.states[:1])
        ]
        return Line(
            id=f"key.{self.rule}.{basis.name}",
            value=basis.value,
            what=basis.what,
            formula=basis.formula,
            uses=tuple(uses),
        )

    def _use(self, name: str, state: str, bases: set[str]) -> str:
        if name.startswith("figure:"):
            return f"figure:{state}/{name.removeprefix('figure:')}"
        if name.startswith("parameter:"):
            return f"parameter:{self.rule}/{name.removeprefix('parameter:')}"
        if name in bases:
            return f"key.{self.rule}.{name}"
        return f"key.{self.rule}.{state}.{name}"


def size_effect(sheet: Sheet, indicator: str, cite: str) -> Step:
    """A state's part of the sum over all states of an extensive figure: ``v / Σ v``."""
    values = sheet.of(indicator)
    total = values.total()
    if total == 0:
        raise KeyUndefined(
            f"{sheet.rule} has nothing to share by: {indicator} is 0 for every state",
            where=indicator,
            fix="Check the figures, or choose another key.",
        )
    word = indicator.removesuffix("_km2").replace("_", "-")
    basis = Basis(
        name=f"sum-{word}",
        value=total,
        what=f"{indicator}, all states that share",
        formula=f"Σ {indicator}",
        uses=(f"figure:{indicator}",),
    )
    return Step(
        name=f"{word}-effect",
        column=values.parts(),
        what=say("Its part of the {indicator} of all states that share", indicator=indicator),
        formula=f"{indicator} / Σ {indicator}",
        cite=cite,
        uses=(f"figure:{indicator}", basis.name),
        bases=(basis,),
    )


def inverse_effect(sheet: Sheet, indicator: str, cite: str) -> Step:
    """A state's part by the inverse of an intensive figure: ``(1/z) / Σ (1/z)``."""
    inverse = sheet.positive(indicator).inverse()
    word = indicator.replace("_", "-")
    basis = Basis(
        name=f"sum-inverse-{word}",
        value=inverse.total(),
        what=f"1 / {indicator}, summed over all states that share",
        formula=f"Σ 1/{indicator}",
        uses=(f"figure:{indicator}",),
    )
    return Step(
        name=f"{word}-inverse-effect",
        column=inverse.parts(),
        what=f"Its part by the inverse of {indicator}: the lower the figure, the larger the part",
        formula=f"(1/{indicator}) / Σ (1/{indicator})",
        cite=cite,
        uses=(f"figure:{indicator}", basis.name),
        bases=(basis,),
    )


def must_add_up(rule: str, weights: Mapping[str, Fraction]) -> None:
    """Problem where weights do not add up to one."""
    total = sum(weights.values(), Fraction(0))
    if total != 1:
        listed = ", ".join(f"{name} = {decimal_text(value)}" for name, value in weights.items())
        raise Problem(
            f"the weights of {rule} add up to {decimal_text(total)}, not 1 ({listed})",
            where=f"rule {rule}",
            fix="Give each its part of the whole, such as 0.4, 0.4, 0.1 and 0.1.",
        )


def number(settings: Settings, name: str) -> Fraction:
    """A setting that is a number, as a Fraction."""
    value = settings[name]
    return value if isinstance(value, Fraction) else Fraction(value)
