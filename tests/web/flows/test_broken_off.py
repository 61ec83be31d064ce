"""A reading that is killed at any point goes on to the same rows and sums, and is seen by nobody.

Real processes on real databases: each is killed where it stands, as by a power cut.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import servers
from flows_world import flat, some

FLOWS = 17_000
SET_UP = """
import sys
sys.path.insert(0, {here!r})
from cast import founded, person_in
from datetime import UTC, datetime
from commonhaven.web.groups.models import Group
group = founded(datetime.now(UTC))
for who in ("treasurer", "unhcr", "ghana"):
    person_in(group, who, datetime.now(UTC))
"""
KILLED = """
import itertools, os, signal, sys
from django.db import connection
from commonhaven.cli import main
from commonhaven.web.flows import staging
calls = itertools.count(1)
def watch(execute, sql, params, many, context):
    found = execute(sql, params, many, context)
    if {mark!r} in sql and next(calls) == {time}:
        os.kill(os.getpid(), signal.SIGKILL)
    return found
with connection.execute_wrapper(watch):
    sys.argv = ["commonhaven", *{words!r}]
    main()
"""
STANDS = """
import json
from commonhaven.web.flows.models import Flow, FlowFile, Line, Load
from commonhaven.web.record.models import Entry
from commonhaven.web.search.models import Entry as Indexed
names = [f.attname for f in Line._meta.concrete_fields if f.attname not in ("id", "load_id")]
print(json.dumps({
    "loads": list(Load.objects.values_list("state", "position")),
    "lines": sorted(Line.objects.values_list(*names)),
    "flows": [[n, line.year, line.provider, a, v, r] for n, line, a, v, r in (
        (f.number, f.line, f.activity, f.value, f.rest)
        for f in Flow.objects.select_related("line").order_by("number"))],
    "seen": [FlowFile.objects.count(), Entry.objects.filter(act="flows taken in").count(),
             Indexed.objects.filter(kind="flows").count()],
}))
"""
HERE = str(Path(servers.__file__).parent)
Stands = Callable[[], dict[str, Any]]


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> servers.Platform:
    """An installation with a group and its treasurer, not served."""
    if request.param == "sqlite":
        made = servers.copied(request.getfixturevalue("tables"), tmp_path / "platform")
    else:
        address = request.getfixturevalue("tables_there")
        made = servers.Platform(tmp_path / "platform", servers.database(address, address))
    servers.Run(made.config)(SET_UP.format(here=HERE))
    return made


@pytest.fixture
def stands(installation: servers.Platform) -> Stands:
    run = servers.Run(installation.config)
    return lambda: json.loads(run(STANDS))  # type: ignore[no-any-return]


def words(installation: servers.Platform, path: Path, who: str = "treasurer") -> list[str]:
    return ["platform", "import", str(path), "--group", "west-africa", "--by", f"{who}@example.org",
            "--title", "Flows", "--source", "A source", "--config",
            str(installation.config)]  # fmt: skip


def taken(installation: servers.Platform, path: Path, who: str = "treasurer") -> Any:
    return subprocess.run(
        [sys.executable, "-m", "commonhaven", *words(installation, path, who)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def killed(installation: servers.Platform, path: Path, mark: str, time: int) -> None:
    """Start to take a file in, and kill the process right after a statement."""
    start = (
        "from pathlib import Path\n"
        "from commonhaven.web.operation.start import ready\n"
        f"ready(Path({str(installation.config)!r}))\n"
    )
    code = KILLED.format(mark=mark, time=time, words=words(installation, path))
    done = subprocess.run([sys.executable, "-c", start + code], capture_output=True, check=False)
    assert done.returncode == -9, done.stderr


POINTS = [
    ('INSERT INTO "flows_load"', 1, 0), ('INSERT INTO "flows_line"', 1, 0),
    ('INSERT INTO "flows_flow" ', 3, 10_000), ('UPDATE "flows_load"', 2, 15_000),
    ('UPDATE "flows_line"', 1, FLOWS), ('INSERT INTO "flows_flowfile"', 1, FLOWS),
    ('INSERT INTO "record_entry"', 1, FLOWS),
]  # fmt: skip
"""After which statement, the how manieth of its kind → flows that are kept then.

Without --whole: in the midst of the flows, and when all is about to be seen.
"""


def test_killed_at_any_point_it_goes_on_to_the_same(
    installation: servers.Platform, stands: Stands, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = flat(tmp_path / "flows.csv", some(FLOWS))
    for mark, time, kept in POINTS if request.config.getoption("--whole") else POINTS[2::4]:
        killed(installation, path, mark, time)
        now = stands()
        assert now["seen"] == [0, 0, 0], mark
        assert now["loads"] in ([], [["reading", kept]]), mark
        assert len(now["flows"]) == kept, mark
    other = flat(tmp_path / "other.csv", some(20, seed=2))
    refused = taken(installation, other)
    assert (refused.returncode, "another file is being taken in" in refused.stderr) == (2, True)
    done = taken(installation, path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Taken in: {FLOWS:,} flows, /groups/west-africa/flows/")
    broken = stands()
    assert broken["seen"] == [1, 1, 1]
    again = taken(installation, path)
    assert (again.returncode, "taken in already" in again.stderr) == (2, True)
    run = servers.Run(installation.config)
    run(TAKE_OUT)
    assert stands()["flows"] == []
    whole = taken(installation, path, "unhcr")
    assert whole.returncode == 0, whole.stderr
    unbroken = stands()
    assert unbroken["lines"] == broken["lines"]
    assert unbroken["flows"] == broken["flows"]


TAKE_OUT = """
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.flows.actions import take_out
from commonhaven.web.flows.models import FlowFile
from commonhaven.web.kit import clock
user = User.objects.get(email="treasurer@example.org")
file = FlowFile.objects.get()
take_out(file=file, why="again", by=viewer_of(user, clock.now()).seats[0], at=clock.now())
"""


def test_mistakes_told_by_the_command_leave_nothing(
    installation: servers.Platform, stands: Stands, tmp_path: Path
) -> None:
    path = flat(tmp_path / "flows.csv", some(FLOWS))
    lines = path.read_text().splitlines()
    lines[16_000] = lines[16_000].replace("EUR", "euro").replace("USD", "dollar").replace(
        "JPY", "yen")  # fmt: skip
    lines[16_500] = lines[16_500].replace("20", "2O")
    path.write_text("\n".join(lines))
    done = taken(installation, path)
    assert done.returncode == 2
    assert "row 16001, column currency" in done.stderr
    assert "row 16501" in done.stderr
    assert stands() == {"loads": [], "lines": [], "flows": [], "seen": [0, 0, 0]}
    for who, said in (("ghana", "takes no files"), ("nobody", "has no seat")):
        refused = taken(installation, path, who)
        assert (refused.returncode, said in refused.stderr) == (2, True), refused.stderr


def test_what_was_broken_off_can_be_forgotten(
    installation: servers.Platform, stands: Stands, tmp_path: Path
) -> None:
    path = flat(tmp_path / "flows.csv", some(FLOWS))
    killed(installation, path, 'INSERT INTO "flows_flow" ', 2)
    words_ = ("--group", "west-africa", "--by", "treasurer@example.org")
    done = installation.command("platform", "forget-import", *words_)
    assert done.stdout == "Forgotten: flows.csv, 5,000 flows.\n"
    assert stands() == {"loads": [], "lines": [], "flows": [], "seen": [0, 0, 0]}
    again = installation.command("platform", "forget-import", *words_)
    assert again.stdout == "Nothing was broken off.\n"
