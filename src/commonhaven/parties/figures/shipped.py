"""The table of figures that ships: one file an indicator, read row by row when asked."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files

from commonhaven.parties.figures.catalogue import indicator, shipped_indicators
from commonhaven.parties.figures.figure import STATIC, Figure, Indicator
from commonhaven.parties.figures.store import Figures
from commonhaven.parties.figures.wide import Table
from commonhaven.reading import Problem, closest, exact

__all__ = ["indicator", "languages", "reference", "shipped_indicators"]

LISTED = Fraction(1)
LESSER = Fraction(1, 2)
UNNAMED = Fraction(0)
NOWHERE = "The source names this language for no state: check its spelling."


@cache
def reference() -> Figures:
    """The figures that ship, for all states and years since 1946 where known."""
    return Figures(Shipped())


@cache
def languages() -> tuple[str, ...]:
    """Every language that the shipped table names, sorted: the spellings it understands."""
    table = _table("language")
    found: set[str] = set()
    for state in table.states:
        cells = table.row(state)
        found.update(_names(cells.get("spoken", "")), _names(cells.get("also", "")))
    return tuple(sorted(found))


@cache
def _table(name: str) -> Table:
    path = files("commonhaven.parties.figures").joinpath("tables", *f"{name}.csv".split("/"))
    return Table(path.read_text("utf-8"))


class Shipped:
    """The source behind `reference`."""

    def about(self, name: str) -> Indicator:
        return indicator(name)

    def periods(self, state: str, name: str) -> Sequence[int]:
        check_state(state)
        about = indicator(name)
        if about.layout in ("years", "members"):
            return [int(year) for year in _table(name).row(state)]
        return [STATIC] if _static(about, state) is not None else []

    def figure(self, state: str, name: str, period: int) -> Figure:
        about = indicator(name)
        note = about.note(state)
        if about.layout in ("years", "members"):
            value = exact(_table(name).row(state)[str(period)])
        else:
            value = _static(about, state) or UNNAMED
            note = _static_note(about, state)
        return Figure(
            state=state, indicator=name, period=period, value=value, unit=about.unit,
            source=about.source, retrieved=about.retrieved, revision=about.edition, note=note,
        )  # fmt: skip

    def indicators(self) -> tuple[Indicator, ...]:
        return shipped_indicators()

    def states(self, name: str) -> tuple[str, ...]:
        about = indicator(name)
        table = _table(name if about.layout in ("years", "members") else _base(name))
        return tuple(state for state in table.states if self.periods(state, name))

    def stands_in(self, figure: Figure) -> bool:
        return indicator(figure.indicator).slow


def check_state(state: str) -> None:
    if not (len(state) == 3 and state.isascii() and state.isupper()):
        fix = closest(state.upper(), _table("population").states)
        raise Problem(f'"{state}" is not a code of three capital letters', fix=fix)


def _base(name: str) -> str:
    return name.partition("/")[0]


def _static(about: Indicator, state: str) -> Fraction | None:
    base, _, part = about.id.partition("/")
    table = _table(base)
    row = table.row(state)
    if base == "distance_km":
        return exact(row[part]) if part in row else None
    if base == "land_border":
        both = state != part and state in covered(base) and part in covered(base)
        return Fraction(int(part in row.get("shares", "").split())) if both else None
    if part in _names(row.get("spoken", "")):
        return LISTED
    if part in _names(row.get("also", "")):
        return LESSER
    return exact(row["rest"]) if "rest" in row else None


@cache
def covered(name: str, year: int = STATIC) -> frozenset[str]:
    """The states in a table; where it goes by years, those with a value of that year."""
    table = _table(name)
    if year == STATIC or not table.columns[0].isdecimal():
        return frozenset(table.states)
    return frozenset(state for state in table.states if str(year) in table.row(state))


def _static_note(about: Indicator, state: str) -> str:
    base, _, part = about.id.partition("/")
    if base != "language":
        return about.note(state, part)
    nowhere = "" if part in languages() else NOWHERE
    return " ".join(text for text in (about.note(state), nowhere) if text)


def _names(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()
