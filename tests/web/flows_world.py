"""Files of flows for the tests."""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from commonhaven.exchange import (
    Flow,
    Organisation,
    Transaction,
    by_activity,
    write_flat,
    write_fts,
    write_iati,
    write_rows,
)
from commonhaven.exchange.codes import KIND_CODES
from commonhaven.web.flows.models import FlowFile

Taken = Callable[..., FlowFile]
AGENCY = Organisation("Agency", "XX-AGENCY", "multilateral")
MADE = datetime(2026, 11, 1, tzinfo=UTC)


def some(number: int, seed: int = 1) -> Iterator[Transaction]:
    """Flows of every kind, activity by activity, with amounts that no float holds."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    kinds = tuple(KIND_CODES)
    for place in range(number):
        kind = kinds[chance.randrange(len(kinds))]
        activity = f"XX-AGENCY-{place // 7}"
        hop = kind == "disbursement" and chance.random() < 0.3
        name = f"Donor {chance.randrange(12)}"
        yield Transaction(
            activity=activity, kind=kind, on=date(2019, 1, 1) + timedelta(place // 7 * 7 % 1500),
            value=Decimal(chance.randrange(-(10**6), 10**18)).scaleb(-chance.randrange(1, 12)),
            currency=("USD", "EUR", "JPY")[chance.randrange(3)], ref=str(place),
            provider=Organisation(name, "", "government", ("FRA", "")[chance.randrange(2)]),
            receiver=AGENCY if chance.random() < 0.5 else Organisation("Partner, Ltd"),
            provider_activity="XX-OTHER" if hop else "", about='For "classrooms" & = desks',
            earmarking="softly earmarked", humanitarian=chance.random() < 0.5, country="GHA",
            aid_type="B03", year=2019 + place // 7 % 5, passed_on=hop,
        )  # fmt: skip


def flat(path: Path, flows: Iterable[Transaction]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(write_rows(write_flat(flows)))
    return path


def iati(path: Path, flows: Iterable[Transaction]) -> Path:
    path.write_text("".join(write_iati(by_activity(flows, AGENCY), MADE)), encoding="utf-8")
    return path


def fts(path: Path, number: int) -> Path:
    chance = random.Random(number)  # noqa: S311 - no secret
    flows = (
        Flow(
            flow_id=str(place), date="2022-03-01", budget_year=str(2020 + place % 3),
            status=("pledge", "commitment", "paid")[chance.randrange(3)],  # type: ignore[arg-type]
            amount_usd=Decimal(chance.randrange(1, 10**9)).scaleb(-2),
            source_org=f"State {place % 4}, Government of", dest_org="UNICEF",
            boundary="internal" if place % 5 == 0 else "incoming",
        )
        for place in range(number)
    )  # fmt: skip
    path.write_text("".join(write_rows(write_fts(flows))), encoding="utf-8", newline="")
    return path
