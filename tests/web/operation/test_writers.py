"""Many writers at once lose nothing; a power cut in the middle leaves a record that stands."""

import json
import subprocess
import sys
import time
from pathlib import Path

import servers

WRITER = Path(__file__).with_name("writer.py")
GROUP = """
from datetime import UTC, datetime
from commonhaven.web.groups.models import Group
Group.objects.create(slug="harbour", name={"en": "Harbour"}, created_at=datetime.now(UTC))
"""
CHAIN = """
import json
from commonhaven.web.operation.chains import broken_chains
from commonhaven.web.record.models import Entry
ends, broken = broken_chains()
rows = dict(Entry.objects.filter(group__slug="harbour").values_list("number", "hash"))
print(json.dumps([ends.get("harbour"), list(broken), rows]))
"""


def start(config: Path, told: Path, *, threads: int, acts: int) -> "subprocess.Popen[bytes]":
    with told.with_suffix(".log").open("wb") as log:
        return subprocess.Popen(
            [
                sys.executable, str(WRITER), str(config), "harbour", str(threads), str(acts),
                str(told),
            ],
            stderr=log,
        )  # fmt: skip


def read(told: Path) -> dict[int, str]:
    """What writers were told stands; a last line that breaks off was not told."""
    lines = told.read_text(encoding="utf-8").split("\n")[:-1] if told.exists() else []
    return {int(number): hash_ for number, hash_ in (line.split() for line in lines)}


def test_fifty_writers_lose_nothing(
    installation: servers.Platform, run: servers.Run, tmp_path: Path
) -> None:
    run(GROUP)
    told = [tmp_path / f"told-{i}" for i in range(5)]
    writers = [start(installation.config, each, threads=10, acts=4) for each in told]
    for writer in writers:
        assert writer.wait(timeout=120) == 0
    end, broken, rows = json.loads(run(CHAIN))
    assert (end[0], broken) == (200, [])
    stands = {}
    for each in told:
        stands |= read(each)
    assert stands == {int(number): hash_ for number, hash_ in rows.items()}


def test_power_cut_leaves_a_record_that_stands(
    installation: servers.Platform, run: servers.Run, tmp_path: Path
) -> None:
    run(GROUP)
    told = tmp_path / "told"
    writer = start(installation.config, told, threads=10, acts=100_000)
    for _ in range(600):
        if len(read(told)) >= 50:
            break
        time.sleep(0.05)
    writer.kill()
    writer.wait(timeout=20)
    time.sleep(0.5)
    end, broken, rows = json.loads(run(CHAIN))
    assert broken == []
    assert end[0] == len(rows)
    stands = read(told)
    assert len(stands) >= 50
    assert {number: rows[str(number)] for number in stands} == stands
