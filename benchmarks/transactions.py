"""A million flows of money: sums and import, beside pandas and DuckDB on the same CSV.

The same file is taken into a platform on SQLite, and its page of sums is asked for: that page is
beside pandas and DuckDB too, which have to read the file for their answer.

Each reading is a process of its own, so that its memory is its own. Ours checks every cell and adds
exactly; pandas and DuckDB read types and add floats. All must come to the same sums, to the cent.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from commonhaven.exchange import (
    Organisation,
    Transaction,
    by_activity,
    write_flat,
    write_iati,
    write_rows,
)
from commonhaven.exchange.transaction import STAGE

RUNS = 3
SIZE = 1_000_000
IMPORTED = 100_000
DONORS, PER_ACTIVITY = 300, 500
FIRST = date(2016, 1, 1)
KINDS = ("incoming commitment", "outgoing commitment", "disbursement", "incoming funds",
         "outgoing pledge")  # fmt: skip
REPORTER = Organisation("Example agency", "XX-EXAMPLE-1", "multilateral")
END = """
import json, resource
print(json.dumps([found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""
OURS = """
import sys
from datetime import datetime, UTC
from commonhaven.exchange import flows_of, totals
sums = totals(flows_of(sys.argv[1], datetime.now(UTC)).flows, by=("year", "provider", "kind"))
found = [len(sums), str(sum(one.stages[s] for one in sums.values() for s in one.stages))]
"""
IMPORT = """
import sys
from commonhaven.exchange import taken
file = taken(sys.argv[1]).file
found = [len(file.commitments), str(len(file.acts))]
"""
TAKEN = """
import sys, tempfile
from pathlib import Path
folder = Path(sys.argv[1]).parent / "platform"
folder.mkdir()
(folder / "platform.toml").write_text('data = "."\\n')
from commonhaven.web.operation.start import ready
ready(folder / "platform.toml")
from commonhaven.web.operation.database import upgrade
upgrade()
sys.path.insert(0, "{tests}")
from cast import founded, person_in
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.flows import actions, staging
from commonhaven.web.flows.models import FlowFile
from commonhaven.web.kit import clock
now = clock.now()
group = founded(now)
user = person_in(group, "treasurer", now)
import time
start = time.perf_counter()
load = staging.stage(Path(sys.argv[1]), "flows.csv", group=group, person=user.pk,
                     among=FlowFile.objects.none())
seat = viewer_of(user, now).seats_in(group.pk)[0]
row = actions.take_in(load=load, title="F", source="S", by=seat, at=clock.now())
found = [row.flows, time.perf_counter() - start]
"""
PAGES = """
import statistics, sys, time
from decimal import Decimal
from pathlib import Path
from commonhaven.web.operation.start import ready
ready(Path(sys.argv[1]).parent / "platform" / "platform.toml")
from django.test import Client
from commonhaven.web.accounts.models import User
from commonhaven.web.flows.models import FlowFile, Line
client = Client(headers={"host": "localhost"})
client.force_login(User.objects.get(), "allauth.account.auth_backends.AuthenticationBackend")
row = FlowFile.objects.get()
own = row.get_absolute_url()
found = {}
for name, address in (
    ("sums by year", own), ("sums by giver, ranked", own + "?by=provider&sort=-delivered"),
    ("one giver", own + "?provider=Donor+7"), ("flows behind the whole", own + "flows/"),
    ("flows behind a giver", own + "flows/?provider=Donor+7&stage=delivered"),
):
    took = []
    for _ in range(11):
        start = time.perf_counter()
        answer = client.get(address)
        took.append(time.perf_counter() - start)
        assert answer.status_code == 200 and len(answer.content) > 5000
    found[name] = statistics.median(took)
sums = {}
for line in Line.objects.filter(load=row.load):
    key = line.year, line.provider, line.kind, line.currency
    sums[key] = sums.get(key, 0) + Decimal(line.total)
found = [found, [len(sums), str(sum(sums.values()))]]
"""
TESTS = Path(__file__).resolve().parents[1] / "tests" / "web"
PANDAS = """
import sys
import pandas
table = pandas.read_csv(sys.argv[1], parse_dates=["date"], keep_default_na=False)
keys = [table["date"].dt.year, "provider", "kind", "currency"]
sums = table.groupby(keys)["value"].sum()
found = [len(sums), f"{sums.sum():.2f}"]
"""
DUCKDB = """
import sys
import duckdb
duckdb.sql("SET enable_progress_bar = false")
sums = duckdb.sql(f\"\"\"
    SELECT year(date) AS y, provider, kind, currency, sum(value) AS total
    FROM read_csv('{sys.argv[1]}', all_varchar=false) GROUP BY ALL
\"\"\").fetchall()
found = [len(sums), f"{sum(row[4] for row in sums):.2f}"]
"""


def transactions(number: int) -> Iterator[Transaction]:
    """Flows from a seed, activity by activity, pledges and commitments before deliveries."""
    chance = random.Random(number)
    donors = [Organisation(f"Donor {n}", f"XM-DAC-{n}", "government") for n in range(DONORS)]
    for place in range(number):
        donor = donors[chance.randrange(DONORS)]
        kind = KINDS[chance.randrange(len(KINDS))]
        comes_in = STAGE[kind] != "delivered"
        yield Transaction(
            activity=f"XX-EXAMPLE-1-{place // PER_ACTIVITY}", kind=kind,
            on=FIRST + timedelta(days=chance.randrange(3000)),
            value=Decimal(chance.randrange(1, 10**9)).scaleb(-2),
            currency=("USD", "EUR", "CHF")[chance.randrange(3)], ref=str(place), provider=donor,
            receiver=REPORTER if comes_in else Organisation("Example partner"),
            about="Contribution as announced", aid_type="B03", earmarking="softly earmarked",
        )  # fmt: skip


def written(folder: Path, number: int) -> tuple[Path, Path]:
    table, xml = folder / f"{number}.csv", folder / f"{number}.xml"
    with table.open("w", encoding="utf-8", newline="") as out:
        out.writelines(write_rows(write_flat(transactions(number))))
    made = datetime(2026, 1, 1, tzinfo=UTC)
    with xml.open("w", encoding="utf-8", newline="") as out:
        out.writelines(write_iati(by_activity(transactions(number), REPORTER), made))
    return table, xml


def timed(program: str, path: Path) -> tuple[float, int, list[Any]]:
    """Seconds of a whole process, its megabytes at most, and what it found."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program + END, str(path)], check=True, capture_output=True, text=True
    )
    took = time.perf_counter() - start
    found, memory = json.loads(done.stdout)
    return took, memory, found


def told(what: str, program: str, path: Path, runs: int) -> tuple[float, list[object]]:
    each = [timed(program, path) for _ in range(runs)]
    took = statistics.median(seconds for seconds, _, _ in each)
    print(f"  {what:<28} {took:7.2f} s   {max(memory for _, memory, _ in each):6,} MB", flush=True)
    return took, each[0][2]


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--size", type=int, default=SIZE)
    arguments.add_argument("--runs", type=int, default=RUNS)
    asked = arguments.parse_args()
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        table, xml = written(Path(folder), asked.size)
        print(
            f"{asked.size:,} flows, {asked.runs} runs each; CSV {table.stat().st_size / 1e6:.0f} "
            f"MB, IATI {xml.stat().st_size / 1e6:.0f} MB: median seconds, memory"
        )
        ours, sums = told("sums of the CSV, ours", OURS, table, asked.runs)
        _, of_xml = told("sums of the IATI file, ours", OURS, xml, asked.runs)
        worst = max(worst, same("ours of IATI", of_xml, sums))
        for name, program in (("pandas", PANDAS), ("DuckDB", DUCKDB)):
            took, found = told(f"sums of the CSV, {name}", program, table, asked.runs)
            print(f"    ours / {name}: {ours / took:.1f}")
            worst = max(worst, same(name, found, sums))
        worst = max(worst, platform(table, sums))
        few = min(IMPORTED, asked.size)
        table, xml = written(Path(folder), few)
        told(f"book of {few:,} in CSV", IMPORT, table, asked.runs)
        told(f"book of {few:,} in IATI", IMPORT, xml, asked.runs)
    return worst


def platform(table: Path, sums: list[object]) -> int:
    """Take the file into a platform of its own, once, and ask for its pages."""
    _, memory, (flows, took) = timed(TAKEN.replace("{tests}", str(TESTS)), table)
    held = (table.parent / "platform" / "platform.sqlite3").stat().st_size / 1e6
    print(f"  {'taken into the platform':<28} {took:7.2f} s   {memory:6,} MB   {flows:,} flows, "
          f"database {held:.0f} MB", flush=True)  # fmt: skip
    _, memory, (pages, found) = timed(PAGES, table)
    for name, each in pages.items():
        print(f"    page: {name:<26} {each:5.2f} s   {memory:6,} MB")
    return same("the platform", found, sums)


def same(name: str, found: list[object], sums: list[object]) -> int:
    """Nought where another comes to our sums: as many of them, together the same to the cent."""
    if found[0] == sums[0] and abs(Decimal(str(found[1])) - Decimal(str(sums[1]))) < 1:
        return 0
    print(f"  {name} finds {found}, not {sums}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
