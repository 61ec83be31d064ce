"""Two vintages compared: which values a source changed, by how much, and what follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.indicators.ask import OLDEST
from commonhaven.indicators.basis import Basis
from commonhaven.indicators.catalogue import measures
from commonhaven.indicators.compute import compute
from commonhaven.indicators.donors import Donors
from commonhaven.indicators.scope import Scope
from commonhaven.parties.figures import Figures
from commonhaven.reading import Problem, described

Values = dict[tuple[str, int], Fraction]
DONORS = "donors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One value that differs; absent before: new; absent after: withdrawn."""

    figure: str = described("Which figure; donors: what a donor gave")
    of: str = described("The state, or the donor")
    year: int = described("The year")
    before: Fraction | None = described("In the earlier vintage", default=None)
    after: Fraction | None = described("In the later one", default=None)

    @property
    def by(self) -> Fraction | None:
        """After - before; None where one is absent."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def relative(self) -> Fraction | None:
        """By how many parts of the value before; None where that is absent or zero."""
        return None if self.by is None or not self.before else self.by / self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One measure that differs because values do."""

    measure: str = described("Id of the measure")
    indicator: str = described("Number of the compact's indicator it stands for", default="")
    scope: str = described("Id of the scope")
    year: int = described("The year")
    unit: str = described("Its unit")
    before: Fraction | None = described("In the earlier vintage", default=None)
    after: Fraction | None = described("In the later one", default=None)
    figures: tuple[str, ...] = described("The figures that changed under it", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """What changed from one vintage to the other.

    ``revised`` are values that both hold and that differ; ``new`` and ``withdrawn`` only one holds.
    """

    before: str = described("Name of the earlier vintage")
    after: str = described("Name of the later one")
    revised: tuple[Changed, ...] = described("Values that differ", default=())
    new: tuple[Changed, ...] = described("Values only of the later one", default=())
    withdrawn: tuple[Changed, ...] = described("Values only of the earlier one", default=())
    followed: tuple[Followed, ...] = described("Measures that differ", default=())


def restated(
    before: Basis, after: Basis, of: Scope, years: Iterable[int] | None = None
) -> Restatement:
    """Compare two vintages: every value that a measure needs, and the measures of a scope.

    Measures are worked out for the years given, else for every year in which a value differs and,
    as rates rest on the year before, the year after. Raises Problem where a year is beyond all
    tables.
    """
    changed = [*_figures(before.figures, after.figures), *_donors(before.donors, after.donors)]
    touched: dict[int, set[str]] = {}
    for change in changed:
        for year in range(change.year, change.year + OLDEST + 1):
            touched.setdefault(year, set()).add(change.figure)
    wanted = sorted(set(years)) if years is not None else _years(changed)
    followed = [
        each
        for year in wanted
        for each in _followed(before, after, of, year, touched.get(year, set()))
    ]
    return Restatement(
        before=before.label, after=after.label,
        revised=tuple(c for c in changed if c.before is not None and c.after is not None),
        new=tuple(c for c in changed if c.before is None),
        withdrawn=tuple(c for c in changed if c.after is None),
        followed=tuple(followed),
    )  # fmt: skip


def _years(changed: Iterable[Changed]) -> list[int]:
    years = {change.year for change in changed}
    return sorted(years | {year + 1 for year in years})


def needed() -> tuple[str, ...]:
    """Every figure that a measure needs, once."""
    return tuple(dict.fromkeys(name for each in measures().values() for name in each.figures))


def _figures(before: Figures, after: Figures) -> list[Changed]:
    found = []
    for name in sorted(needed()):
        found += _different(name, _values(before, name), _values(after, name))
    return found


def _values(figures: Figures, name: str) -> Values:
    try:
        states = figures.states(name)
    except Problem:
        return {}
    return {
        (state, year): figure.value
        for state in states
        for year, figure in figures.series(state, name).items()
    }


def _donors(before: Donors, after: Donors) -> list[Changed]:
    return _different(DONORS, _gifts(before), _gifts(after))


def _gifts(donors: Donors) -> Values:
    return {(gift.donor, gift.year): gift.usd for gift in donors.gifts}


def _different(name: str, before: Values, after: Values) -> list[Changed]:
    return [
        Changed(figure=name, of=key[0], year=key[1], before=before.get(key), after=after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def _followed(
    before: Basis, after: Basis, of: Scope, year: int, figures: set[str]
) -> Iterable[Followed]:
    for each in measures().values():
        under = set(each.figures) or {DONORS}
        if not under & figures:
            continue
        old, new = compute(each.id, of, year, before), compute(each.id, of, year, after)
        if old.value != new.value:
            yield Followed(
                measure=each.id, indicator=each.indicator, scope=of.id, year=year,
                unit=each.unit, before=old.value, after=new.value,
                figures=tuple(sorted(under & figures)),
            )  # fmt: skip


def by_figure(changes: Iterable[Changed]) -> Mapping[str, int]:
    """How many values of each figure changed."""
    found: dict[str, int] = {}
    for change in changes:
        found[change.figure] = found.get(change.figure, 0) + 1
    return found
