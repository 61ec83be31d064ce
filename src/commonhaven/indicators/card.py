"""The compact's indicators for one scope and year: what is measured, entered, near, missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from commonhaven.indicators.basis import Basis, shipped
from commonhaven.indicators.catalogue import measures
from commonhaven.indicators.compute import compute
from commonhaven.indicators.entries import Entry, as_result, entered
from commonhaven.indicators.framework import Indicator, framework
from commonhaven.indicators.result import Result
from commonhaven.indicators.scope import Scope
from commonhaven.reading import described
from commonhaven.saying import Parts, say

Standing = Literal["measured", "entered", "approximated", "missing"]
NOT_PUBLIC = say("No public table measures it: enter it with its evidence.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """How one indicator stands, with every value there is of it.

    A value that comes near never stands for one that is measured or entered: it stands behind them.
    """

    indicator: str = described("Number of the indicator")
    title: str = described("The indicator")
    unit: str = described("Its unit")
    standing: Standing = described("How it stands")
    results: tuple[Result, ...] = described("Measured, entered (newest first), near", default=())
    why: str = described("Why there is no value", default="")


def card(
    of: Scope, year: int, entries: Iterable[Entry] = (), basis: Basis | None = None
) -> tuple[CardLine, ...]:
    """A line for every indicator, in the order of the framework.

    Of less than the world, only measures count in which the states play the part that the
    indicator is about: what donors of a region gave says nothing of what its hosts received.
    """
    used, held = basis or shipped(), tuple(entries)
    return tuple(_line(each, of, year, held, used) for each in framework().indicators)


def _line(
    about: Indicator, of: Scope, year: int, entries: tuple[Entry, ...], basis: Basis
) -> CardLine:
    near = [m for m in measures().values() if m.indicator == about.id and m.relation != "context"]
    fit = [m for m in near if of.kind == "world" or m.acts_on == about.acts_on]
    tried = [compute(each.id, of, year, basis) for each in fit]
    found = {
        "measured": [one for one in tried if one.relation == "measures" and one.value is not None],
        "entered": [as_result(entry) for entry in entered(entries, about.id, of.id, year)],
        "approximated": [
            one for one in tried if one.relation == "approximates" and one.value is not None
        ],
    }
    said = [one.why_missing for one in tried if one.why_missing]
    said += [
        say(
            "{measure} tells of the {part}, not of the {other}.", measure=each.id,
            part=say(each.acts_on), other=say(about.acts_on),
        )
        for each in near if each not in fit
    ]  # fmt: skip
    why = say("{parts}", parts=Parts(tuple(dict.fromkeys(said)), " ")) if said else NOT_PUBLIC
    standing = _standing(found)
    return CardLine(
        indicator=about.id, title=about.title, unit=about.unit, standing=standing,
        results=tuple(one for results in found.values() for one in results),
        why=why if standing == "missing" else "",
    )  # fmt: skip


def _standing(found: dict[str, list[Result]]) -> Standing:
    if found["measured"]:
        return "measured"
    if found["entered"]:
        return "entered"
    return "approximated" if found["approximated"] else "missing"
