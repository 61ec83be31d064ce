"""Files of every form into the tables: the same flows and the same sums, or nothing at all."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flows_world import Taken, flat, fts, iati, some

from commonhaven.exchange import BadFile, totals
from commonhaven.exchange.files import flows_of as read_flows
from commonhaven.exchange.totals import Sums
from commonhaven.reading import Problem
from commonhaven.web.flows import queries
from commonhaven.web.flows.actions import take_in, take_out
from commonhaven.web.flows.models import Flow, FlowFile, Line, Load
from commonhaven.web.flows.queries import Wanted, files_for, flows_of
from commonhaven.web.flows.staging import stage
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.notices.models import Notice
from commonhaven.web.record.models import Entry
from commonhaven.web.search.models import Entry as Indexed

Seats = Callable[[str], Seat]
MANY = 12_345
"""More than two batches."""


def made(form: str, folder: Path) -> Path:
    if form == "fts":
        return fts(folder / "fts.csv", 400)
    if form == "iati":
        return iati(folder / "iati.xml", some(400))
    return flat(folder / "flows.csv", some(MANY))


def sums_by(load: Load, by: str) -> dict[tuple[str, str], Sums]:
    """Every sum of the platform, currency by currency, as the command keys them."""
    return {
        (key, currency): one
        for currency in queries.currencies(load)
        for key, one in queries.sums(
            Wanted(currency=currency).lines(load), queries.BY[by]
        ).items()
    }  # fmt: skip


@pytest.mark.parametrize("form", ["iati", "fts", "flows"])
def test_sums_and_flows_are_those_of_the_file(taken: Taken, tmp_path: Path, form: str) -> None:
    path = made(form, tmp_path)
    row = taken(path)
    assert row.load is not None
    expected = list(read_flows(str(path), row.created_at).flows)
    assert list(flows_of(row.load, Wanted())) == expected
    assert (row.form, row.flows) == (form, len(expected))
    for by in queries.BY:
        assert sums_by(row.load, by) == totals(expected, by=(by,))


def test_amounts_that_no_float_holds_are_exact(taken: Taken, tmp_path: Path) -> None:
    values = ("99999999999999999999.000000000001", "0.000000000002", "-0.1", "1e3")
    text = "activity,kind,date,value,currency\n" + "".join(
        f"A,disbursement,2026-01-01,{value},USD\n" for value in values
    )
    path = tmp_path / "flows.csv"
    path.write_text(text)
    row = taken(path)
    assert row.load is not None
    (line,) = Line.objects.filter(load=row.load)
    assert Decimal(line.total) == Decimal("100000000000000000998.900000000003")


def test_nothing_is_seen_before_the_whole_is_there(
    group: Group, seat: Seats, viewer: Callable[[str], Viewer], tmp_path: Path, now: datetime
) -> None:
    before = (Entry.objects.count(), Indexed.objects.count(), Notice.objects.count())
    path, by = flat(tmp_path / "flows.csv", some(50)), seat("treasurer")
    load = stage(path, path.name, group=group, person=by.user,
                 among=files_for(viewer("treasurer"), group))  # fmt: skip
    assert not files_for(viewer("treasurer"), group).exists()
    assert (Entry.objects.count(), Indexed.objects.count(), Notice.objects.count()) == before
    take_in(load=load, title="Flows of 2026", source="UNHCR", by=by, at=now)
    assert files_for(viewer("ghana"), group).count() == 1
    entry = Entry.objects.get(act="flows taken in")
    assert (entry.party, entry.subject) == ("UNHCR", FlowFile.objects.get().subject)
    assert load.sha256 in entry.body
    assert Indexed.objects.get(kind="flows").title == "Flows of 2026"


@pytest.mark.parametrize("who", ["ghana", "france", "observer", "ngo", "analyst", "administrator"])
def test_who_takes_nothing_in_or_out(
    taken: Taken, group: Group, seat: Seats, tmp_path: Path, now: datetime, who: str
) -> None:
    row = taken(flat(tmp_path / "flows.csv", some(5)))
    load = Load.objects.create(
        group=group, person_id=seat("treasurer").user, name="x.csv", form="flows", sha256="0" * 64,
        size=1, touched_at=now,
    )  # fmt: skip
    with pytest.raises(Refused):
        take_in(load=load, title="F", source="S", by=seat(who), at=now)
    with pytest.raises(Refused):
        take_out(file=row, why="because", by=seat(who), at=now)
    assert Entry.objects.filter(act__startswith="flows").count() == 1


@pytest.mark.parametrize("who", ["unhcr", "secretariat", "treasurer"])
def test_who_does(
    group: Group, seat: Seats, viewer: Callable[[str], Viewer], tmp_path: Path, now: datetime,
    who: str,
) -> None:  # fmt: skip
    path, by = flat(tmp_path / "flows.csv", some(5)), seat(who)
    load = stage(path, path.name, group=group, person=by.user, among=files_for(viewer(who), group))
    row = take_in(load=load, title="F", source="S", by=by, at=now)
    take_out(file=row, why="replaced", by=by, at=now)
    row.refresh_from_db()
    assert (row.status, row.load, row.why) == ("withdrawn", None, "replaced")
    assert (Load.objects.count(), Line.objects.count(), Flow.objects.count()) == (0, 0, 0)
    with pytest.raises(Conflict, match="already"):
        take_out(file=row, why="again", by=by, at=now)


def test_all_mistakes_are_told_and_nothing_is_kept(taken: Taken, tmp_path: Path) -> None:
    lines = flat(tmp_path / "flows.csv", some(MANY)).read_text().splitlines()
    lines[11_000] = lines[11_000].replace("2019-", "2019/").replace("202", "2X2")
    lines[12_000] = lines[12_000].replace("GHA", "GHA") + ",one too many"
    path = tmp_path / "bad.csv"
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(BadFile) as bad:
        taken(path)
    first = bad.value.mistakes[0]
    assert (first.file, first.row, first.column) == ("bad.csv", 11_001, "date")
    assert "row 12001" in str(bad.value.mistakes[1])
    assert str(tmp_path) not in bad.value.lines()
    assert [m.objects.count() for m in (Load, Line, Flow, FlowFile)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.csv", "activity,kind,date,value,currency\n", "no flow"),
        ("cut.xml", '<iati-activities version="2.03"><iati-activity>', "not well-formed"),
        ("bomb.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><iati-activities/>", "document type"),
        ("year.csv", "flow_id,date,amount_usd,status,source_org,dest_org,budget_year\n"
         "1,2022-01-01,5,paid,A,B,99999999999\n", "is not a year"),
        ("nul.csv", "activity,kind,date,value,currency\nA\0,disbursement,2022-01-01,5,USD\n",
         r"U\+0000"),
        ("flows.toml", "a = 1\n", "no file of flows"),
        ("other.csv", "a,b\n1,2\n", "no known table"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_flows_leaves_nothing(
    taken: Taken, tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(Problem, match=said) as raised:
        taken(path)
    assert str(tmp_path) not in str(raised.value)
    assert [m.objects.count() for m in (Load, Line, Flow, FlowFile)] == [0, 0, 0, 0]


def test_a_file_is_taken_in_once_and_one_at_a_time(
    taken: Taken, group: Group, seat: Seats, tmp_path: Path, now: datetime
) -> None:
    path = flat(tmp_path / "flows.csv", some(9))
    row = taken(path)
    with pytest.raises(Conflict, match="taken in already, as Money of"):
        taken(path)
    Load.objects.create(
        group=group, person_id=seat("treasurer").user, name="other.csv", form="flows",
        sha256="0" * 64, size=1, touched_at=now, position=7,
    )  # fmt: skip
    with pytest.raises(Conflict, match=r"other\.csv, 7 flows so far"):
        taken(flat(tmp_path / "more.csv", some(9, seed=2)))
    assert list(FlowFile.objects.all()) == [row]


def test_one_reading_goes_on_where_another_stopped(
    group: Group, seat: Seats, viewer: Callable[[str], Viewer], tmp_path: Path
) -> None:
    path, by = flat(tmp_path / "flows.csv", some(MANY)), seat("treasurer")

    class Stopped(Exception):
        pass

    asked: list[int] = []

    def stop(read: int) -> None:
        asked.append(read)
        if len(asked) == 3:
            raise Stopped

    more: dict[str, Any] = {"group": group, "person": by.user,
                            "among": files_for(viewer("treasurer"), group)}  # fmt: skip
    with pytest.raises(Stopped):
        stage(path, path.name, progress=stop, **more)
    (broken,) = Load.objects.all()
    assert broken.position == 5000
    load = stage(path, path.name, **more)
    assert (load.pk, load.position) == (broken.pk, MANY)
    assert list(flows_of(load, Wanted())) == list(some(MANY))
