"""Tables of UNHCR by country of origin and asylum: stocks in their parts, and solutions."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from commonhaven.parties.figures.catalogue import indicator
from commonhaven.parties.figures.observed import Column, kept, plausible
from commonhaven.parties.register import states
from commonhaven.reading import Problem, exact

SOURCE = "unhcr"
Item = Mapping[str, Any]
Cells = dict[tuple[str, int], Fraction]
Spellings = tuple[str, ...]

YEAR = ("year", "Year")
ORIGIN = ("coo_iso", "Country of origin (ISO)", "Country of Origin (ISO)")
ASYLUM = ("coa_iso", "Country of asylum (ISO)", "Country of Asylum (ISO)")
REFUGEES = ("refugees", "Refugees under UNHCR's mandate", "Refugees under UNHCR mandate")
OTHERS = ("oip", "Other people in need of international protection")
RETURNED = ("returned_refugees", "Returned refugees")
RESETTLED = ("resettlement", "Resettlement arrivals")
NATURALISED = ("naturalisation", "Naturalisation", "Naturalisations")
OTHERS_FROM = 2018

STOCKS: tuple[tuple[str, tuple[Spellings, ...]], ...] = (
    ("refugees_under_mandate", (REFUGEES,)),
    ("other_protection_hosted", (OTHERS,)),
)
SOLUTIONS: tuple[tuple[str, Spellings, Spellings], ...] = (
    ("refugee_returns", ORIGIN, RETURNED),
    ("refugee_returns_from_host", ASYLUM, RETURNED),
    ("resettlement_arrivals", ASYLUM, RESETTLED),
    ("resettlement_of_origin", ORIGIN, RESETTLED),
    ("naturalisations", ASYLUM, NATURALISED),
)
"""Indicator, by which country, and the column that is added up."""


def stocks(
    hosts: Sequence[tuple[Item, str]], origins: Sequence[tuple[Item, str]], on: date
) -> list[Column]:
    """Refugees and others by country of asylum, and together by country of origin."""
    found = [_column(name, _cells(hosts, name, ASYLUM, added), on) for name, added in STOCKS]
    fled = _cells(origins, "refugees_originating", ORIGIN, (REFUGEES, OTHERS))
    found.append(_column("refugees_originating", fled, on))
    return [column for column in found if column.values]


def solutions(rows: Sequence[tuple[Item, str]], on: date) -> list[Column]:
    """Returns, resettlement and naturalisation by country of origin and of asylum."""
    found = [_column(name, _cells(rows, name, by, (added,)), on) for name, by, added in SOLUTIONS]
    return [column for column in found if column.values]


def _cells(
    rows: Sequence[tuple[Item, str]], name: str, by: Spellings, added: tuple[Spellings, ...]
) -> Cells:
    """The sums; what is nowhere reported stays missing, and a code that is unknown is left out.

    UNHCR's labels for people of no state (UNK, XXA, TIB) are kept: the sum of all rows is its own
    total of the world.
    """
    cells: Cells = {}
    for item, where in rows:
        state, year = _text(item, by), _text(item, YEAR)
        if not (state in states() and year.isdecimal()):
            continue
        if name == "other_protection_hosted" and int(year) < OTHERS_FROM:
            continue
        for spellings in added:
            text = _text(item, spellings)
            if text not in ("", "-"):
                count = exact(text, f"{where}, {spellings[0]}")
                key = (state, int(year))
                cells[key] = cells.get(key, Fraction(0)) + count
    return cells


def check_solutions(item: Item, where: str) -> None:
    """Problem where a row of solutions lacks a column that is needed."""
    for spellings in (YEAR, ORIGIN, ASYLUM, RETURNED, RESETTLED):
        if not any(name in item for name in spellings):
            expected = " or ".join(f'"{name}"' for name in spellings)
            raise Problem(f"there is no {expected}", where=where, fix=f"It has: {', '.join(item)}.")


def _column(name: str, cells: Cells, on: date) -> Column:
    about = indicator(name)
    values = {
        (state, year): kept(name, plausible(name, value, f"{name}, {state} {year}"))
        for (state, year), value in cells.items()
    }
    return Column(
        indicator=name, unit=about.unit, source=SOURCE, publisher="UNHCR", licence="CC BY 4.0",
        retrieved=on, note="UNHCR Refugee Data Finder", values=values,
    )  # fmt: skip


def _text(item: Item, spellings: Spellings) -> str:
    found = next((item[name] for name in spellings if name in item), None)
    return "" if found is None else str(found).strip()
