"""The World Bank's own formats: its indicators API (version 2, JSON) and its bulk CSV."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from commonhaven.parties.figures.catalogue import shipped_indicators
from commonhaven.parties.figures.fetch import Answer, Connection, fetch
from commonhaven.parties.figures.observed import (
    Column,
    Haul,
    kept,
    known_states,
    mappings,
    merged,
    plausible,
    records,
    sha256,
)
from commonhaven.reading import Problem, exact, whole

BASE = "https://api.worldbank.org/v2"
SOURCE = "world-bank"
BULK = re.compile(r"API_([A-Z0-9.]+)_DS\d+_en_csv_v2_.*\.csv")
Heard = Callable[[str], None]
Cells = dict[tuple[str, int], Fraction]


def silent(_: str) -> None:
    """Hears of progress and says nothing."""


def codes() -> dict[str, str]:
    """Our indicators that the World Bank publishes → its code."""
    return {about.id: about.world_bank for about in shipped_indicators() if about.world_bank}


def read_api(
    indicators: Iterable[str],
    *,
    on: date,
    base: str = BASE,
    per_page: int = 20_000,
    connection: Connection | None = None,
    heard: Heard = silent,
) -> Haul:
    """Every value of the indicators, all states and years, page by page.

    Raises Problem where an indicator has no World Bank code, and where an answer is incomplete.
    """
    columns: list[Column] = []
    read: dict[str, str] = {}
    skipped: dict[str, str] = {}
    for name in indicators:
        code = _code(name)
        heard(f"World Bank {code}")
        items: list[Mapping[str, Any]] = []
        for answer in _pages(f"{base}/country/all/indicator/{code}", per_page, connection):
            read[answer.url] = sha256(answer.raw)
            items += _items(answer)
        cells = (_cell(item, code) for item in items)
        columns.append(_column(name, cells, on, skipped))
    return Haul(source=SOURCE, columns=merged(columns), read=read, skipped=skipped)


def _code(name: str) -> str:
    known = codes()
    if name in known:
        return known[name]
    raise Problem(
        f"the World Bank does not publish {name}", fix=f"It publishes: {', '.join(known)}."
    )


def _pages(address: str, per_page: int, connection: Connection | None) -> Iterable[Answer]:
    page, pages, found, total = 0, 1, 0, 0
    while page < pages:
        page += 1
        query = urlencode({"format": "json", "per_page": per_page, "page": page})
        answer = fetch(f"{address}?{query}", connection or Connection())
        head, here = _head(answer), len(_items(answer))
        pages, total = whole(head["pages"], answer.url), whole(head["total"], answer.url)
        if page < pages and not here:
            raise Problem("a page before the last one is empty", where=answer.url)
        found += here
        yield answer
    if found != total:
        raise Problem(
            f"{found} values came where {total} were announced",
            where=address,
            fix="The publisher may be updating: try again later.",
        )


def _head(answer: Answer) -> Mapping[str, Any]:
    """The first part of an answer; errors come as a message under status 200."""
    body = answer.json
    head = body[0] if isinstance(body, list) and body else {}
    if isinstance(head, Mapping) and "message" in head:
        said = "; ".join(str(m.get("value", m)) for m in head["message"] if isinstance(m, Mapping))
        raise Problem(f"the World Bank says: {said}", where=answer.url)
    if not (isinstance(head, Mapping) and {"pages", "total"} <= head.keys()):
        raise Problem("the answer has not the form of the World Bank's", where=answer.url)
    return head


def _items(answer: Answer) -> list[Mapping[str, Any]]:
    body = answer.json
    return mappings(body[1] or [], answer.url) if len(body) > 1 else []


def _cell(item: Mapping[str, Any], code: str) -> tuple[str, str, str, str]:
    try:
        value = item["value"]
        state, year = str(item["countryiso3code"]), str(item["date"])
    except KeyError as error:
        raise Problem(f"an item lacks {error}", where=code) from None
    text = "" if value is None else str(value)
    return state, year, text, f"{code}, {state or 'no code'} {year}"


def _column(
    name: str,
    cells: Iterable[tuple[str, str, str, str]],
    on: date,
    skipped: dict[str, str],
) -> Column:
    about = next(about for about in shipped_indicators() if about.id == name)
    states = known_states()
    values: Cells = {}
    for state, year, text, where in cells:
        if state not in states:
            skipped[state or "(no code)"] = "not a state: an aggregate of the publisher"
        elif text.strip():
            if not year.isdecimal():
                raise Problem(f'"{year}" is not a year', where=where)
            value = plausible(name, exact(text, where), where)
            values[state, int(year)] = kept(name, value)
    return Column(
        indicator=name, unit=about.unit, source=SOURCE, publisher="World Bank",
        licence="CC BY 4.0", retrieved=on, note=f"World Bank {about.world_bank}", values=values,
    )  # fmt: skip


def bulk_code(path: Path) -> str | None:
    """The World Bank's code in the name of a bulk CSV file; None for any other file."""
    found = BULK.fullmatch(path.name)
    return found[1] if found else None


def read_bulk(paths: Iterable[Path], *, on: date) -> Haul:
    """Bulk CSV files as downloaded (``API_SP.POP.TOTL_DS2_en_csv_v2_*.csv``).

    Each has four lines before its header. Raises Problem naming file and row.
    """
    names = {code: name for name, code in codes().items()}
    columns: list[Column] = []
    read: dict[str, str] = {}
    skipped: dict[str, str] = {}
    for path in sorted(paths):
        code = bulk_code(path) or ""
        if code in names:
            columns.append(_column(names[code], _bulk_cells(path, read), on, skipped))
        else:
            skipped[path.name] = f"no indicator of ours has the code {code}"
    return Haul(source=SOURCE, columns=merged(columns), read=read, skipped=skipped)


def _bulk_cells(path: Path, read: dict[str, str]) -> Iterable[tuple[str, str, str, str]]:
    for row, where in records(path, ("Country Name", "Country Code"), read):
        for year, text in row.items():
            if year.isdecimal():
                yield row["Country Code"], year, text, f"{where}, column {year}"
