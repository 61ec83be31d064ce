"""``procedure`` as a person meets it: lists, pages, states, and what is wrong with a record."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from commonhaven.procedures import procedures

Run = Callable[..., subprocess.CompletedProcess[str]]

RECORD = """\
kind,at,party,addressed
request,2026-03-01T12:00Z,GHA,NGA
reply,2026-03-02T13:00+01:00,NGA,
reply,2026-03-02T14:00Z,SLE,
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(RECORD, encoding="utf-8")
    return path


def state(run: Run, *more: str) -> tuple[int, str, str]:
    done = run("procedure", "state", "hathaway-neve", "events.csv", *more)
    return done.returncode, done.stdout, done.stderr


MEMBERS = ("--members", "GHA,NGA,SLE", "--now", "2026-03-02T15:00Z")


def test_list_names_every_procedure(run: Run) -> None:
    assert set(procedures()) <= set(run("procedure", "list").stdout.replace(":", " ").split())
    told = json.loads(run("procedure", "list", "--format", "json").stdout)
    assert [each["id"] for each in told] == list(procedures())


@pytest.mark.parametrize("name", sorted(procedures()))
def test_page_tells_stages_clocks_and_sources(run: Run, name: str) -> None:
    done = run("procedure", "show", name)
    assert (done.returncode, done.stderr) == (0, "")
    for part in (
        "Principle",
        "What silence means",
        "Source",
        "Stages",
        "Clocks",
        "Known weaknesses",
    ):
        assert part in done.stdout
    assert "{" not in done.stdout


@pytest.mark.usefixtures("record")
def test_state_tells_where_it_stands_and_what_was_refused(run: Run) -> None:
    code, out, err = state(run, *MEMBERS, "--zone", "Asia/Kathmandu")
    assert (code, err) == (0, "")
    words = " ".join(out.split())
    assert "Stage: clarified (The members have answered), since 2026-03-02 12:00:00 UTC" in words
    assert "2026-03-02 17:45:00 Asia/Kathmandu" in words
    assert "reply by SLE at 2026-03-02 14:00:00 UTC" in words


@pytest.mark.usefixtures("record")
def test_state_as_json_is_whole(run: Run) -> None:
    code, out, _ = state(run, *MEMBERS, "--format", "json")
    told = json.loads(out)
    assert (code, told["stage"], told["since"]) == (0, "clarified", "2026-03-02T12:00:00Z")
    assert [step["kind"] for step in told["log"]] == ["request", "reply"]
    assert told["refused"][0]["event"]["party"] == "SLE"
    assert {each["act"] for each in told["may"]} == {"notify", "withdraw"}
    assert next(d for d in told["deadlines"] if d["id"] == "reply:NGA")["status"] == "met"


@pytest.mark.usefixtures("record")
def test_charter_gives_members_and_convenors(run: Run) -> None:
    more = ("--charter", "west-africa", "--now", "2026-03-02T15:00Z", "--origin", "LBR")
    code, out, err = state(run, *more)
    assert (code, err) == (0, "")
    assert "notify, by UNHCR" in out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "procedure state: nobody says who the members are. Give --charter CHARTER, or "
             "--members GHA,NGA,SLE."),
        ((*MEMBERS[:2], "--now", "2026-03-02T15:00"),
         '--now: "2026-03-02T15:00" does not say in which time zone. Write it with its zone: '
         "2026-01-31T12:00Z or 2026-01-31T13:00+01:00."),
        ((*MEMBERS, "--zone", "Moon"),
         'zone: no time zone is called "Moon". Write an IANA name such as Africa/Accra, '
         "Asia/Kathmandu or UTC."),
        ((*MEMBERS, "--option", "reply_within"),
         '--option: "reply_within" is not NAME=VALUE. Write default_on_deadlock=yes.'),
        ((*MEMBERS, "--option", "reply_within=soon"),
         'option reply_within: "soon" is no number of hours. Write a whole number and its unit: '
         "3 hours."),
        (("--charter", "west-africa", "--now", "2020-01-01T00:00Z"),
         "--charter: the charter has no members on 2020-01-01. It binds from 2026-01-01: give "
         "--now, or --members."),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("record")
def test_wrong_option_is_one_line(run: Run, more: tuple[str, ...], said: str) -> None:
    assert state(run, *more) == (2, "", f"commonhaven: {said}\n")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("request,2026-03-01T12:00,GHA",
         'events.csv, row 2, column at: "2026-03-01T12:00" does not say in which time zone. Write '
         "it with its zone: 2026-01-31T12:00Z or 2026-01-31T13:00+01:00."),
        ("request,yesterday,GHA",
         'events.csv, row 2, column at: "yesterday" is not a time. Write it with its zone: '
         "2026-01-31T12:00Z or 2026-01-31T13:00+01:00."),
        ("reqest,2026-03-01T12:00Z,GHA",
         'events.csv, row 2, column kind: "reqest" is no act of this procedure. Did you mean '
         "request?"),
        (",2026-03-01T12:00Z,GHA",
         "events.csv, row 2, column kind: the cell is empty. Fill it in."),
    ],
)  # fmt: skip
def test_wrong_row_is_named_with_its_place(run: Run, tmp_path: Path, rows: str, said: str) -> None:
    (tmp_path / "events.csv").write_text(f"kind,at,party\n{rows}\n", encoding="utf-8")
    assert state(run, *MEMBERS) == (2, "", f"commonhaven: {said}\n")


def test_unknown_procedure_offers_the_nearest(run: Run) -> None:
    done = run("procedure", "show", "berlin")
    assert done.returncode == 2
    assert done.stderr == (
        'commonhaven: procedure: no procedure is called "berlin". Did you mean berlin-1991?\n'
    )


@pytest.mark.usefixtures("record")
def test_left_out_now_is_the_present(run: Run) -> None:
    code, out, _ = state(run, "--members", "GHA,NGA,SLE", "--format", "json")
    assert (code, json.loads(out)["stage"]) == (0, "undecided")


def test_zone_left_out_is_that_of_the_institutions(run: Run, tmp_path: Path) -> None:
    rows = "propose,2022-03-02T12:00Z,Commission\ndecide,2022-03-04T10:00Z,Council\n"
    (tmp_path / "events.csv").write_text(f"kind,at,party\n{rows}", encoding="utf-8")
    words = ("procedure", "state", "temporary-protection-directive", "events.csv")
    done = run(*words, "--members", "BEL,FRA", "--now", "2022-06-01T00:00Z", "--format", "json")
    assert json.loads(done.stdout)["deadlines"][0]["due"] == "2023-03-04T22:59:59.999999Z"


def test_holidays_are_no_working_days(run: Run, tmp_path: Path) -> None:
    rows = "kind,at,party,text\npropose,2026-04-03T09:00Z,GHA,draft\n"
    (tmp_path / "events.csv").write_text(rows, encoding="utf-8")
    words = ("procedure", "state", "silence-procedure", "events.csv", "--members", "GHA,NGA")
    more = ("--option", "silence_lasts=2 working days", "--now", "2026-04-03T10:00Z")
    for days, due in (("2026-04-06", "2026-04-08"), ("2026-12-25", "2026-04-07")):
        done = run(*words, *more, "--format", "json", "--holidays", days)
        assert json.loads(done.stdout)["deadlines"][0]["due"] == f"{due}T23:59:59.999999Z"
    done = run(*words, *more, "--holidays", "Easter")
    assert done.stderr == (
        'commonhaven: --holidays: "Easter" is not a date. Write 2026-04-06,2026-05-01.\n'
    )


def test_weights_decide_a_weighted_vote(run: Run, tmp_path: Path) -> None:
    rows = (
        "circulate,2026-03-02T12:00Z,GHA,plan,\n"
        "vote,2026-03-02T13:00Z,GHA,,yes\nvote,2026-03-02T13:00Z,NGA,,no\n"
    )
    header = "kind,at,party,text,position\n"
    (tmp_path / "events.csv").write_text(header + rows, encoding="utf-8")
    words = ("procedure", "state", "written-procedure", "events.csv", "--members", "GHA,NGA")
    more = ("--option", "mode=weighted-majority", "--format", "json", "--now", "2026-03-03T00:00Z")
    for weights, stage in (("GHA=2,NGA=1", "adopted"), ("GHA=1,NGA=1", "rejected")):
        done = run(*words, *more, "--weights", weights)
        assert json.loads(done.stdout)["stage"] == stage
    for weights, said in (
        ("GHA", '--weights: "GHA" is not PARTY=NUMBER. Write GHA=3,NGA=2.'),
        ("GHA=1", "decision: no weight is given for NGA. Give every member's weight."),
    ):
        assert run(*words, *more, "--weights", weights).stderr == f"commonhaven: {said}\n"
