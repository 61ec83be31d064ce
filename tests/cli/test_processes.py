"""``processes`` and ``fora`` as a person meets them: pages, tables, what is wrong with a file."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from commonhaven.processes import processes
from commonhaven.processes.fora import fora

Run = Callable[..., subprocess.CompletedProcess[str]]


def good(run: Run, *words: str) -> str:
    done = run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rows(run: Run, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(good(run, *words, "--format", "csv"))))


def bad(run: Run, *words: str) -> str:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


def test_list_names_every_process_and_filters(run: Run) -> None:
    told = json.loads(good(run, "processes", "list", "--format", "json"))
    assert [each["process"]["id"] for each in told] == list(processes())
    assert [each["process"] for each in rows(run, "processes", "list", "--theme", "skills")] == [
        "add",
        "colombo",
        "prague",
    ]
    (niger,) = rows(run, "processes", "list", "--state", "niger", "--type", "RCP")
    assert niger["process"] == "pafom"
    assert "all" in good(run, "processes", "list", "--type", "global")


def test_page_says_what_is_known_from_where_and_what_is_not(run: Run) -> None:
    told = good(run, "processes", "show", "Prague Process", "--on", "2023-06-01")
    assert "Funding\n  not known" in told
    assert "CZE [sourced: IOM, Prague Process" in told
    assert "Suspended\n  BLR, RUS" in told
    held = json.loads(good(run, "processes", "show", "prague", "--format", "json"))
    assert held["process"]["funding"] is None
    assert held["roster"]["suspended"] == ["BLR", "RUS"]


def test_comparison_has_a_row_for_every_process_and_point(run: Run) -> None:
    found = rows(run, "processes", "compare", "budapest", "prague", "--points", "funding,chairs")
    assert [(e["process"], e["point"], e["known"]) for e in found] == [
        ("budapest", "funding", ""),
        ("budapest", "chairs", "TUR and HUN (days not known)"),
        ("prague", "funding", ""),
        ("prague", "chairs", "CZE"),
    ]
    assert found[3]["standing"] == "sourced"
    assert "Funding (2005, para. 20)" in good(run, "processes", "compare", "rcm")


def test_overlap_of_two_of_one_and_of_all(run: Run) -> None:
    pair = ("processes", "overlap", "budapest", "prague", "--on", "2021-12-31")
    assert "49 of 50 states sit in both, 0.9800." in good(run, *pair)
    assert "Mind: Budapest Process:" in good(run, *pair)
    (found,) = json.loads(good(run, *pair, "--format", "json"))
    assert found["jaccard"] == "49/50"
    of_one = rows(run, "processes", "overlap", "sacm")
    assert all("sacm" in (each["a"], each["b"]) for each in of_one)
    assert len(rows(run, "processes", "overlap")) > len(of_one)
    assert "not known" in good(run, "processes", "overlap", "gfmd", "prague")


def test_seats_of_a_state_and_of_all(run: Run) -> None:
    told = good(run, "processes", "seats", "Ghana", "--on", "2024-06-01")
    assert told == "Member of: midwa, pafom, rabat.\nObserver in: none.\n"
    assert "Spain" in good(run, "processes", "seats", "--top", "1")
    found = rows(run, "processes", "seats")
    assert int(found[0]["processes"]) >= int(found[1]["processes"])
    assert "no process that we know" in good(run, "processes", "seats", "ISR")


def test_suggestions_come_with_reasons_and_warnings(run: Run) -> None:
    found = json.loads(good(run, "processes", "suggest", "bali", "--format", "json"))
    assert len(found) == 10
    (each,) = (one for one in found if "add" in (one["a"], one["b"]))
    assert each["reasons"][1] == "14 states are members of both, of 50 in either."
    told = good(run, "processes", "suggest", "prague", "--theme", "skills", "--top", "1")
    assert "add and prague" in told
    assert "Mind: Abu Dhabi Dialogue" in told
    (first, *_) = rows(run, "processes", "suggest", "--top", "3")
    assert first["rank"] == "1"


def test_gaps_and_bridges_are_told(run: Run) -> None:
    told = good(run, "processes", "gaps", "--on", "2005-04-15")
    assert "Caribbean, in none: ATG" in told
    assert "Mind: Themes have no date" in told
    found = rows(run, "processes", "gaps")
    assert {each["kind"] for each in found} == {"region", "theme"}
    assert "Mind: The lists of" in good(run, "processes", "bridges", "--top", "2")
    joined = rows(run, "processes", "bridges")
    numbers = [float(each["betweenness"]) for each in joined]
    assert numbers == sorted(numbers, reverse=True)


def test_check_and_schema(run: Run, tmp_path: Path) -> None:
    assert good(run, "processes", "check", "prague").endswith("0 to mend, 0 to consider.\n")
    schema = json.loads(good(run, "processes", "schema"))
    assert "founded" in schema["properties"]
    wrong = tmp_path / "mine.toml"
    wrong.write_text(
        'id = "mine"\nname = "Mine"\ntype = "RCP"\nregions = ["moon"]\nstatus = "active"\n'
        'complete = true\nparts = [{ party = "XYZ", role = "member", source = "compiled" }]\n',
        encoding="utf-8",
    )
    done = run("processes", "check", "mine.toml")
    assert done.returncode == 2
    assert done.stdout.splitlines()[-1] == "mine.toml: 2 to mend, 1 to consider."
    assert bad(run, "processes", "show", "mine.toml").startswith(
        'commonhaven: mine.toml, process mine, regions: there is no region "moon".'
    )


REVIEW = """\
process = "rcm"
year = 2024
members = 11
searched = true
source = "Made up"
"""


def test_scores_and_rows(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rcm.toml").write_text(REVIEW, encoding="utf-8")
    other = REVIEW.replace("rcm", "sacm") + (
        '[[changes]]\nkind = "law amended"\nstates = ["PER"]\non = 2024-01-01\nwhat = "A law"\n'
        'grade = 2\nclaim = "It names the conference"\nsource = "Made up"\n'
    )
    (tmp_path / "sacm.toml").write_text(other, encoding="utf-8")
    told = good(run, "processes", "score", "rcm.toml", "sacm.toml", "--by", "C")
    assert "Row 1: sacm 2024." in told
    assert "Row 2: rcm 2024. Behind sacm." in told
    found = rows(run, "processes", "score", "sacm.toml")
    assert {each["figure"]: each["value"] for each in found}["grade"] == "2"
    said = bad(run, "processes", "score", "rcm.toml", "--by", "A")
    assert said == (
        "commonhaven: --by: processes are not ranked by their agenda alone. "
        "Activity does not equal impact: add C, or another of B, D, E."
    )


def test_questions_are_a_file_that_can_be_answered(run: Run, tmp_path: Path) -> None:
    text = good(run, "processes", "questions")
    path = tmp_path / "answers.toml"
    path.write_text(text.replace('funding = "not known"', 'funding = "no"'), encoding="utf-8")
    (first, *_) = rows(run, "processes", "diagnose", "rcm", "--answers", "answers.toml")
    assert (first["question"], first["verdict"]) == ("funding", "weakness")
    assert "weakness: secretariat" in good(run, "processes", "diagnose", "5plus5")
    assert bad(run, "processes", "diagnose", "sacm", "--answers", "answers.toml") == (
        "commonhaven: answers.toml: the answers are of rcm, not of sacm. "
        "Give the file of this process."
    )


REGISTER = """\
[[recommendations]]
id = "focal-points"
process = "rcm"
meeting = "Tenth"
on = 2024-01-01
due = 2024-06-30
text = "Name a focal point"
addressed = ["CRI", "PAN"]

[[steps]]
recommendation = "focal-points"
party = "CRI"
on = 2024-02-01
status = "done"
what = "Named"
evidence = "Note of 1 February"
"""


def test_register_tells_what_is_open_and_refuses_what_cannot_be(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "register.toml"
    path.write_text(REGISTER, encoding="utf-8")
    told = good(run, "processes", "follow-up", "register.toml", "--on", "2024-07-01")
    assert "open for 182 days, overdue since 2024-06-30" in told
    assert "CRI: done; PAN: no answer" in told
    assert "1 of 1 are open." in told
    found = rows(run, "processes", "follow-up", "register.toml", "--on", "2024-07-01")
    assert [each["standing"] for each in found] == ["done", "no answer"]
    path.write_text(REGISTER.replace("Note of 1 February", ""), encoding="utf-8")
    assert bad(run, "processes", "follow-up", "register.toml") == (
        "commonhaven: register.toml, steps 1: CRI: done without evidence. "
        "Say where it can be read, or write in progress."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("suggest", "bally"), 'no process is called "bally". Did you mean bali?'),
        (("suggest", "--theme", "skill"), 'there is no theme "skill". Did you mean skills?'),
        (("suggest", "gfmd"), "gfmd is open to all: who comes is not held."),
        (("list", "--region", "carribean"), "Did you mean caribbean"),
        (("list", "--on", "soon"), '"soon" is not a date'),
        (("list", "--state", "Atlantis"), 'no state is called "Atlantis"'),
        (("compare", "--points", "chair"), 'there is no point "chair". Did you mean chairs?'),
        (("overlap", "a", "b", "c"), "more than two processes. Name one, two or none."),
        (("score", "none.toml"), "none.toml: "),
        (("follow-up", "none.toml"), "none.toml: "),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    assert said in bad(run, "processes", *words)


def test_fora_are_listed_and_shown(run: Run) -> None:
    assert [each["forum"] for each in rows(run, "fora", "list")] == list(fora())
    told = good(run, "fora", "show", "hlom")
    assert "panel: Panel on the first priority [expand-support]" in told
    assert "hlom-2029: Meeting two years after the Forum of 2027, 2029 (uncertain)" in told
    assert json.loads(good(run, "fora", "show", "grf", "--format", "json"))["id"] == "grf"
    assert bad(run, "fora", "show", "gfr").startswith('commonhaven: there is no forum "gfr".')


def test_what_lies_ahead_on_a_day(run: Run) -> None:
    found = rows(run, "fora", "upcoming", "--on", "2021-06-01")
    assert (found[0]["cycle"], found[0]["certain"]) == ("regional-reviews-2020", "no")
    assert {each["cycle"] for each in found} >= {"hlom-2021", "grf-2023"}
    assert "?" in good(run, "fora", "upcoming", "--on", "2026-11-25")


def test_calls_on_a_day(run: Run) -> None:
    words = ("fora", "calls", "example-forum-a", "example-forum-b")
    found = rows(run, *words, "--on", "2027-01-31")
    assert [(each["forum"], each["state"], each["days_left"]) for each in found] == [
        ("example-forum-a", "open", "29"),
        ("example-forum-b", "open", "90"),
    ]
    assert "not open yet" in good(run, *words, "--on", "2026-12-31")
    assert "closed" in good(run, "fora", "calls")
    assert good(run, "fora", "calls", "grf") == "No call for input is held of these fora.\n"


def test_programme_and_check_of_a_forum(run: Run, tmp_path: Path) -> None:
    found = rows(run, "fora", "programme", "example-forum-a", "a-2027")
    assert (found[0]["kind"], found[0]["of_minutes"]) == ("state", "0.6000000000")
    assert "Who speaks is not known in: roundtable-financing" in good(
        run, "fora", "programme", "hlom", "hlom-2021"
    )
    assert good(run, "fora", "check", "hlom").endswith("0 to mend, 1 to consider.\n")
    assert "has no meeting" in bad(run, "fora", "programme", "grf", "grf-1999")
    (tmp_path / "f.toml").write_text('id = "f"\n', encoding="utf-8")
    assert run("fora", "check", "f.toml").returncode == 2


ANSWERS = ("fora", "answers", "example-contribution", "example-forum-a", "example-forum-b")


def test_one_draft_for_two_fora(run: Run) -> None:
    told = good(run, *ANSWERS)
    assert "4 of 6 questions are answered whole, 2 of them without new writing." in told
    assert "[re-used from" in told
    assert json.loads(good(run, *ANSWERS, "--format", "json"))["reuse"] == "1/2"
    found = rows(run, *ANSWERS)
    assert [each["without_new_writing"] for each in found] == ["no", "no", "no", "yes", "yes", "no"]


def test_contribution_of_a_process_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    text = (
        'id = "d"\ntitle = "D"\nprocesses = ["bally"]\n'
        '[[sections]]\nid = "s"\ncovers = ["theme:skills"]\ntext = "Text"\n'
    )
    (tmp_path / "d.toml").write_text(text, encoding="utf-8")
    assert bad(run, "fora", "answers", "d.toml", "example-forum-a") == (
        'commonhaven: d.toml, processes: no process is called "bally". Did you mean bali?'
    )
    (tmp_path / "d.toml").write_text(
        text.replace("bally", "bali").replace('"Text"', '"{bali-member}"'), encoding="utf-8"
    )
    said = bad(run, "fora", "answers", "d.toml", "example-forum-a")
    assert said.startswith(
        "commonhaven: d.toml, section s: the text quotes {bali-member}, which is no fact."
    )


def test_forum_without_a_call_is_told(run: Run) -> None:
    assert bad(run, "fora", "answers", "example-contribution", "gfmd").startswith(
        "commonhaven: FORUM: no call for input of gfmd is held."
    )


def test_sign_off_by_table(run: Run, tmp_path: Path) -> None:
    words = ("fora", "signoff", "example-contribution", "--on", "2026-11-25")
    waiting = run(*words, "--format", "csv")
    assert (waiting.returncode, waiting.stderr) == (1, "")
    seats = list(csv.DictReader(io.StringIO(waiting.stdout)))
    text = run(*words).stdout.split("text ")[1][:16]
    path = tmp_path / "signed.csv"
    lines = [f"{each['process']},{each['party']},2026-12-01,agreed,{text}" for each in seats]
    path.write_text("\n".join(["process,party,on,position,text", *lines]), encoding="utf-8")
    assert good(run, *words, "--signed", "signed.csv").endswith("It can be handed in.\n")
    lines[0] = lines[0].replace(text, "0" * 16)
    path.write_text("\n".join(["process,party,on,position,text", *lines]), encoding="utf-8")
    late = run(*words, "--signed", "signed.csv")
    assert (late.returncode, "add, earlier text: AFG" in late.stdout) == (1, True)
    path.write_text("process,party,on,position,text\nadd,GHA,2026-12-01,agreed,x\n", "utf-8")
    assert "GHA is no member of add" in bad(run, *words, "--signed", "signed.csv")
