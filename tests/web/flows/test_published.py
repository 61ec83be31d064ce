"""What UNHCR publishes of itself, taken in: its years and its donors, to the dollar."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from flows_world import Taken, flat

from commonhaven.exchange import Organisation, Transaction
from commonhaven.web.flows import queries
from commonhaven.web.flows.models import Load
from commonhaven.web.flows.queries import BY, Wanted

HOME = Path(__file__).resolve()
UNHCR = Organisation("UNHCR", "XM-DAC-41121", "multilateral")


def rows(name: str) -> Iterator[dict[str, str]]:
    """A table of the folder shared/data beside the project; skips where there is none."""
    found = (folder / "shared" / "data" / name for folder in HOME.parents)
    path = next((path for path in found if path.is_file()), None)
    if path is None:
        pytest.skip(f"no {name} beside the project: not compared with what is published")
    opened: Any = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def published() -> Iterator[Transaction]:
    """UNHCR's transactions; in dollars where it states them."""
    for row in rows("unhcr_iati_transactions.csv.gz"):
        comes_in = row["transaction_type"] == "Incoming Commitment"
        kind: Any = row["transaction_type"].lower()
        earmarking: Any = row["earmarking"].lower() or None
        donor = Organisation(row["provider"], row["provider_ref"], "", row["provider_iso3"])
        yield Transaction(
            activity=row["iati_identifier"], kind=kind, value=Decimal(row["value_usd"] or
                                                                      row["value_orig"]),
            on=date.fromisoformat(row["transaction_date"]), ref=row["transaction_ref"],
            currency="USD" if row["value_usd"] else row["currency"],
            provider=donor if comes_in else UNHCR, receiver=UNHCR if comes_in else Organisation(),
            about=" ".join(row["description"].split()), earmarking=earmarking,
            year=int(row["year"]),
        )  # fmt: skip


def contributed(load: Load, year: int) -> dict[str, Decimal]:
    """Donor → dollars signed for in a year, as the platform adds them up."""
    lines = [one for one in Wanted(year=year, stage="committed").lines(load)
             if one.kind == "incoming commitment"]  # fmt: skip
    found: dict[str, Decimal] = defaultdict(Decimal)
    for donor, sums in queries.sums(lines, BY["provider"]).items():
        found[donor] += sums.stages["committed"]
    return found


def test_years_and_donors_are_those_published(
    taken: Taken, signed_in: Callable[[str], Client], tmp_path: Path
) -> None:
    row = taken(flat(tmp_path / "unhcr.csv", published()))
    assert row.load is not None
    assert row.flows == 40_782
    expected: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    parts: dict[int, int] = defaultdict(int)
    for each in rows("unhcr_contributions_by_donor.csv"):
        expected[int(each["year"])][each["provider"]] += int(each["value_usd"])
        parts[int(each["year"])] += 1
    for year in range(2016, 2024):
        found = contributed(row.load, year)
        ranked = [sorted(of, key=lambda name: (-round(of[name]), name))[:50]
                  for of in (found, expected[year])]  # fmt: skip
        assert ranked[0] == ranked[1]
        assert abs(sum(found.values()) - sum(expected[year].values())) < parts[year]
    largest = max(expected[2022], key=lambda name: expected[2022][name])
    page = signed_in("ghana").get(
        f"{row.get_absolute_url()}?currency=USD&year=2022&stage=committed"
    ).content.decode()  # fmt: skip
    first = page.partition('id="largest"')[2].partition("</li>")[0]
    assert largest in first
