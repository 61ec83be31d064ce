"""UNHCR's own formats: the Refugee Data Finder API (JSON) and its CSV downloads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from commonhaven.parties.figures import unhcr_tables
from commonhaven.parties.figures.catalogue import indicator
from commonhaven.parties.figures.fetch import Connection, fetch
from commonhaven.parties.figures.observed import (
    Column,
    Haul,
    kept,
    known_states,
    mappings,
    plausible,
    records,
    sha256,
)
from commonhaven.parties.figures.store import Figures
from commonhaven.parties.figures.world_bank import Heard, silent
from commonhaven.reading import Problem, exact, whole

BASE = "https://api.unhcr.org/population/v1"
SOURCE = "unhcr"
FIRST_YEAR = 1951
SEEKERS_FROM = 2000
MEAN_OF = 5
NEW = ("N", "NR", "NA", "FA", "V")
"""Application types that count as new: new, new and repeated, and undivided."""
FIRST_INSTANCE = ("FI", "NA", "FA", "IN", "EO", "TA")
"""Levels of first instance, those of the United States (IN, EO) included."""
POPULATION = {
    "year": ("year", "Year"),
    "state": ("coa_iso", "Country of asylum (ISO)"),
    "refugees": ("refugees", "Refugees under UNHCR's mandate", "Refugees under UNHCR mandate"),
    "asylum_seekers": ("asylum_seekers", "Asylum-seekers"),
    "oip": ("oip", "Other people in need of international protection"),
}
APPLICATIONS = {
    "year": ("year", "Year"),
    "state": ("coa_iso", "Country of asylum (ISO)"),
    "type": ("app_type", "Application type"),
    "level": ("dec_level", "Stage of procedure"),
    "counted": ("app_pc", "Cases / Persons"),
    "applied": ("applied", "Applied"),
}
OPTIONAL = ("oip",)
APPLICATION_COLUMNS = ("procedure_type", "app_type", "app_pc", "dec_level", "applied")

Item = Mapping[str, Any]


def read_api(
    *,
    on: date,
    population: Figures,
    base: str = BASE,
    limit: int = 1000,
    since: int = FIRST_YEAR,
    connection: Connection | None = None,
    heard: Heard = silent,
) -> Haul:
    """End-year stocks, asylum applications and solutions of all countries, page by page.

    ``population`` gives the inhabitants by which applications are divided.
    """
    read: dict[str, str] = {}

    def rows(table: str, **more: object) -> list[tuple[Item, str]]:
        heard(f"UNHCR {table}")
        wanted = {"yearFrom": since, "yearTo": on.year, **more}
        return list(_pages(f"{base}/{table}/", wanted, limit, connection, read))

    stocks = rows("population", coa_all="true")
    claims = rows("asylum-applications", coa_all="true", yearFrom=max(since, SEEKERS_FROM),
                  **{"columns[]": APPLICATION_COLUMNS})  # fmt: skip
    origins = rows("population", coo_all="true")
    solved = rows("solutions", coa_all="true", coo_all="true")
    haul = _haul(stocks, claims, on, population, read)
    more = unhcr_tables.stocks(stocks, origins, on) + unhcr_tables.solutions(solved, on)
    return replace(haul, columns=(*haul.columns, *more))


def _pages(
    address: str,
    query: Mapping[str, object],
    limit: int,
    connection: Connection | None,
    read: dict[str, str],
) -> Iterable[tuple[Item, str]]:
    page, pages = 0, 1
    while page < pages:
        page += 1
        asked = urlencode({"limit": limit, "page": page, **query}, doseq=True)
        answer = fetch(f"{address}?{asked}", connection or Connection())
        body = answer.json
        if not (isinstance(body, Mapping) and {"items", "maxPages"} <= body.keys()):
            raise Problem("the answer has not the form of UNHCR's", where=answer.url)
        pages = whole(body["maxPages"], answer.url)
        read[answer.url] = sha256(answer.raw)
        items = mappings(body["items"] or [], answer.url)
        if page < pages and not items:
            raise Problem("a page before the last one is empty", where=answer.url)
        for number, item in enumerate(items, 1):
            yield item, f"{address}, page {page}, item {number}"


def read_files(
    stocks: Path | None,
    claims: Path | None,
    solutions: Path | None = None,
    *,
    on: date,
    population: Figures,
) -> Haul:
    """CSV files as downloaded (population, asylum-applications, solutions)."""
    read: dict[str, str] = {}
    header = ("Year", "Country of asylum (ISO)")
    rows = [list(records(p, header, read)) if p else [] for p in (stocks, claims, solutions)]
    for item, where in rows[2][:1]:
        unhcr_tables.check_solutions(item, where)
    haul = _haul(rows[0], rows[1], on, population, read)
    more = unhcr_tables.stocks(rows[0], rows[0], on) + unhcr_tables.solutions(rows[2], on)
    return replace(haul, columns=(*haul.columns, *more))


def _haul(
    stocks: Sequence[tuple[Item, str]],
    claims: Sequence[tuple[Item, str]],
    on: date,
    population: Figures,
    read: dict[str, str],
) -> Haul:
    skipped: dict[str, str] = {}
    columns: list[Column] = []
    if stocks:
        hosted, seekers = _stocks(stocks, skipped)
        columns += [_column("refugees_hosted", hosted, on)]
        columns += [_column("asylum_seekers_hosted", seekers, on)]
    if claims:
        rates = _per_million(_new(claims, skipped), population)
        columns += [_column("applications_per_million", rates, on)]
    filled = tuple(column for column in columns if column.values)
    return Haul(source=SOURCE, columns=filled, read=read, skipped=skipped)


Cells = dict[tuple[str, int], Fraction]


def _stocks(rows: Sequence[tuple[Item, str]], skipped: dict[str, str]) -> tuple[Cells, Cells]:
    hosted: Cells = {}
    seekers: Cells = {}
    for item, where in rows:
        key = _key(item, POPULATION, where, skipped)
        if key is None:
            continue
        people = [_count(item, POPULATION, name, where) for name in ("refugees", "oip")]
        _add(hosted, key, people)
        if key[1] >= SEEKERS_FROM:
            _add(seekers, key, [_count(item, POPULATION, "asylum_seekers", where)])
    return hosted, seekers


def _add(cells: Cells, key: tuple[str, int], parts: Iterable[Fraction | None]) -> None:
    """Add what is reported; a state of which nothing is reported stays missing."""
    for part in parts:
        if part is not None:
            cells[key] = cells.get(key, Fraction(0)) + part


def _new(rows: Sequence[tuple[Item, str]], skipped: dict[str, str]) -> Cells:
    """New applications in persons; a state-year reported in cases is left out, and said so."""
    persons: Cells = {}
    cases: set[tuple[str, int]] = set()
    for item, where in rows:
        key = _key(item, APPLICATIONS, where, skipped)
        new = _text(item, APPLICATIONS, "type", where) in NEW
        if (
            key is None
            or not new
            or _text(item, APPLICATIONS, "level", where) not in FIRST_INSTANCE
        ):
            continue
        _add(persons, key, [_count(item, APPLICATIONS, "applied", where)])
        if _text(item, APPLICATIONS, "counted", where) != "P":
            cases.add(key)
    for state, year in sorted(cases):
        skipped[f"{state} {year}"] = "applications reported in cases, not persons"
    return {key: count for key, count in persons.items() if key not in cases}


def _per_million(new: Cells, population: Figures) -> Cells:
    """Mean of five years per million inhabitants; only where all five years are reported."""
    found: Cells = {}
    for state, year in sorted(new):
        span = [new.get((state, year - back)) for back in range(MEAN_OF)]
        counts = [count for count in span if count is not None]
        people = population.series(state, "population").get(year)
        if len(counts) == MEAN_OF and people is not None:
            found[state, year] = sum(counts, Fraction(0)) / MEAN_OF * 1_000_000 / people.value
    return found


def _column(name: str, cells: Cells, on: date) -> Column:
    values = {
        (state, year): kept(name, plausible(name, value, f"{name}, {state} {year}"))
        for (state, year), value in cells.items()
    }
    about = indicator(name)
    return Column(
        indicator=name, unit=about.unit, source=SOURCE, publisher="UNHCR", licence="CC BY 4.0",
        retrieved=on, note="UNHCR Refugee Data Finder", values=values,
    )  # fmt: skip


def _key(
    item: Item, names: Mapping[str, tuple[str, ...]], where: str, skipped: dict[str, str]
) -> tuple[str, int] | None:
    state = _text(item, names, "state", where)
    year = _text(item, names, "year", where)
    if not year.isdecimal():
        raise Problem(f'"{year}" is not a year', where=where)
    if state in known_states():
        return state, int(year)
    skipped[state] = "not a state: a code of the publisher for unknown or various"
    return None


def _count(
    item: Item, names: Mapping[str, tuple[str, ...]], name: str, where: str
) -> Fraction | None:
    text = _text(item, names, name, where)
    if text in ("", "-"):
        return None
    return exact(text, f"{where}, {name}")


def _text(item: Item, names: Mapping[str, tuple[str, ...]], name: str, where: str) -> str:
    for spelling in names[name]:
        if spelling in item:
            value = item[spelling]
            return "" if value is None else str(value).strip()
    if name in OPTIONAL:
        return ""
    expected = " or ".join(f'"{spelling}"' for spelling in names[name])
    raise Problem(f"there is no {expected}", where=where, fix=f"It has: {', '.join(item)}.")
