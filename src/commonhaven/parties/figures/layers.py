"""The newest edition over the older ones over the shipped table, and what each revised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from commonhaven.parties.figures import catalogue
from commonhaven.parties.figures.archive import (
    Edition,
    edition,
    editions,
    home,
    table,
    up_to,
    values,
)
from commonhaven.parties.figures.catalogue import find, shipped_indicators, unlisted
from commonhaven.parties.figures.figure import Figure, Indicator
from commonhaven.parties.figures.shipped import Shipped, check_state, reference
from commonhaven.parties.figures.store import Figures
from commonhaven.reading import Problem, exact


def open_store(path: Path | None = None, *, edition: str | None = None) -> Figures:
    """The user's figures, newest edition first, over the table that ships.

    ``edition`` pins the store as it stood when that edition was the newest; "reference" leaves the
    shipped table alone. Raises Problem where a folder is named that holds no figures, or there is
    no such edition.
    """
    check_store(path)
    counted = up_to(edition, path)
    return Figures(Layered(path, tuple(reversed(counted)))) if counted else reference()


def check_store(path: Path | None) -> None:
    """Problem where a folder is named that is absent or holds no edition."""
    if path is None:
        return
    fix = "Pull figures into it first (`commonhaven figures pull`), or leave it out."
    if not home(path).is_dir():
        raise Problem("there is no such folder of figures", where=str(path), fix=fix)
    if not editions(path):
        raise Problem("this folder holds no edition of figures", where=str(path), fix=fix)


class Layered:
    """The source behind `open_store`."""

    def __init__(self, path: Path | None, newest_first: Sequence[Edition]) -> None:
        self._path = path
        self._editions = newest_first
        self._shipped = Shipped()

    def about(self, name: str) -> Indicator:
        shipped = find(name)
        if shipped is not None:
            return shipped
        for held in self._holding(name):
            column = held.indicators[name]
            return replace(
                unlisted(name), unit=column.unit, source=column.source,
                publisher=column.publisher, licence=column.licence,
                retrieved=column.retrieved, edition=held.id,
            )  # fmt: skip
        return catalogue.indicator(name)

    def periods(self, state: str, name: str) -> Sequence[int]:
        check_state(state)
        found = set(self._shipped.periods(state, name)) if find(name) else set()
        for held in self._holding(name):
            found.update(int(period) for period in table(self._path, held.id, name).row(state))
        return sorted(found)

    def figure(self, state: str, name: str, period: int) -> Figure:
        for held in self._holding(name):
            text = table(self._path, held.id, name).row(state).get(str(period))
            if text is not None:
                return _figure(held, state, name, period, text)
        return self._shipped.figure(state, name, period)

    def indicators(self) -> tuple[Indicator, ...]:
        own = {name for held in self._editions for name in held.indicators if find(name) is None}
        known = [*shipped_indicators(), *(self.about(name) for name in own)]
        return tuple(sorted(known, key=lambda about: about.id))

    def states(self, name: str) -> tuple[str, ...]:
        found = set(self._shipped.states(name)) if find(name) else set()
        for held in self._holding(name):
            found.update(table(self._path, held.id, name).states)
        return tuple(sorted(found))

    def stands_in(self, figure: Figure) -> bool:
        about = find(figure.indicator)
        return about is not None and about.slow

    def _holding(self, name: str) -> Iterable[Edition]:
        return (held for held in self._editions if name in held.indicators)


def _figure(held: Edition, state: str, name: str, period: int, text: str) -> Figure:
    column = held.indicators[name]
    shipped = find(name)
    note = shipped.note(state, name.partition("/")[2]) if shipped and period else ""
    return Figure(
        state=state, indicator=name, period=period, value=exact(text), unit=column.unit,
        source=column.source, retrieved=column.retrieved, revision=held.id,
        note=" ".join(part for part in (column.note, note) if part),
    )  # fmt: skip


def revisions(
    state: str, indicator: str, period: int, path: Path | None = None
) -> tuple[Figure, ...]:
    """Every value that the figure has had, oldest first, the shipped one included.

    An edition that repeats the value before it is no revision. Raises Problem where a folder is
    named that holds no figures.
    """
    check_store(path)
    layers: list[Edition | None] = [None] if find(indicator) else []
    layers += [held for held in editions(path) if indicator in held.indicators]
    if not layers:
        catalogue.indicator(indicator)
    found: list[Figure] = []
    for held in layers:
        figure = _one(path, held, state, indicator, period)
        if figure is not None and (not found or found[-1].value != figure.value):
            found.append(figure)
    return tuple(found)


def _one(
    path: Path | None, held: Edition | None, state: str, name: str, period: int
) -> Figure | None:
    if held is None:
        return reference().series(state, name).get(period)
    text = table(path, held.id, name).row(state).get(str(period))
    return None if text is None else _figure(held, state, name, period, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure that an edition revised; ``new`` is None where the source withdrew it."""

    state: str
    indicator: str
    period: int
    old: Fraction
    new: Fraction | None


def changes(name: str, path: Path | None = None) -> tuple[Change, ...]:
    """What an edition revised, compared with all that stood before it: old → new.

    Values that are simply new are not listed. Withdrawn: held by the edition before it of the same
    source, and no longer; the older value still answers, under its older edition.
    """
    check_store(path)
    new = edition(name, path)
    before = [held for held in editions(path) if held.id < new.id]
    found: list[Change] = []
    for about in sorted(new.indicators):
        now = values(path, new, about)
        old = _standing(path, before, about)
        same = [held for held in before if held.source == new.source and about in held.indicators]
        gone = values(path, same[-1], about).keys() - now.keys() if same else set()
        touched = sorted((now.keys() & old.keys()) | gone)
        revised = (key for key in touched if now.get(key) != old[key])
        found += [_change(key, about, old[key], now.get(key)) for key in revised]
    return tuple(found)


def _change(key: tuple[str, int], about: str, old: Fraction, new: Fraction | None) -> Change:
    return Change(state=key[0], period=key[1], indicator=about, old=old, new=new)


def _standing(
    path: Path | None, before: Sequence[Edition], name: str
) -> dict[tuple[str, int], Fraction]:
    """Every value that stood before: the shipped ones, then edition over edition."""
    found: dict[tuple[str, int], Fraction] = {}
    if find(name):
        store = reference()
        for state in store.states(name):
            found.update({(state, p): f.value for p, f in store.series(state, name).items()})
    for held in before:
        found.update(values(path, held, name))
    return found
