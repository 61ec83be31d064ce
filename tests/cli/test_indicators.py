"""Indicators on the command line."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
SOLVED = (
    "Year,Country of origin (ISO),Country of asylum (ISO),Returned refugees,Resettlement arrivals,"
    "Naturalisation\n"
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_names_every_indicator_and_how_it_can_be_had(run: Run) -> None:
    listed = {row["id"]: row for row in rows(run("indicators", "list", "--format", "csv").stdout)}
    assert listed["4.2.1"]["relation"] == "computed, entered"
    assert listed["1.1.1"]["relation"] == "approximated, entered"
    assert listed["2.1.1"]["relation"] == "entered"
    assert listed["returns"]["indicator"] == "4.2.1"
    told = run("indicators", "list").stdout
    assert "refugee-burden-index: Refugee Burden Index" in told
    assert "could not be established" in told
    held = json.loads(run("indicators", "list", "--format", "json").stdout)
    assert len(held["framework"]["indicators"]) == 15


def test_an_indicator_is_told_with_what_its_measures_are_not(run: Run) -> None:
    told = " ".join(run("indicators", "show", "3.1.1").stdout.split())
    assert "Measured by: UNHCR, resettlement data" in told
    assert "Not UNHCR's departures" in told
    one = json.loads(run("indicators", "show", "top-ten-share", "--format", "json").stdout)
    assert one["relation"] == "index"
    both = json.loads(run("indicators", "show", "4.2.1", "--format", "json").stdout)
    assert [each["id"] for each in both["measures"]] == ["returns", "returns-from-host"]


def test_a_series_of_the_world_as_csv(run: Run) -> None:
    done = run("indicators", "compute", "returns", "--year", "2016-2025", "--format", "csv")
    found = {row["year"]: row["value"] for row in rows(done.stdout)}
    assert (found["2016"], found["2025"], len(found)) == ("552219", "4362272", 10)


def test_one_value_is_told_in_full(run: Run) -> None:
    told = " ".join(run("indicators", "compute", "top-ten-share", "--year", "2024").stdout.split())
    assert "top-ten-share of the world, 2024: 53.5345 percent" in told
    assert "Türkiye: 2,940,735" in told
    assert "Source: refugees_under_mandate: UNHCR, unhcr-2025.12.1" in told


def test_json_holds_exact_values_and_reasons(run: Run) -> None:
    words = ("indicators", "compute", "top-ten-share", "complementary-pathways", "--year", "2024",
             "--format", "json")  # fmt: skip
    share, pathways = json.loads(run(*words).stdout)
    assert round(Fraction(share["value"]), 4) == Fraction("53.5345")
    assert "value" not in pathways
    assert "No table of first_permits ships" in pathways["why_missing"]


def test_the_latest_year_is_taken_where_none_is_named(run: Run) -> None:
    done = run("indicators", "compute", "hosted", "--of", "igad", "--format", "csv")
    assert rows(done.stdout)[0]["year"] == "2025"


def test_all_measures_of_a_group_have_a_value_or_a_reason(run: Run) -> None:
    done = run("indicators", "compute", "--of", "igad", "--year", "2022", "--format", "csv")
    found = rows(done.stdout)
    assert len(found) > 30
    assert all(bool(row["value"]) != bool(row["why_missing"]) for row in found)
    told = run("indicators", "compute", "--of", "igad", "--year", "2022").stdout
    assert "missing: in-donor-costs 2022: No table of in_donor_refugee_costs ships." in told


def test_files_of_a_folder_are_worked_from(run: Run, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "solutions.csv").write_text(SOLVED + "2030,SSD,UGA,12,0,0\n")
    words = ("indicators", "compute", "4.2.1", "--from", "files", "--year", "2030", "--format",
             "csv")  # fmt: skip
    found = {row["measure"]: row["value"] for row in rows(run(*words).stdout)}
    assert found == {"returns": "12", "returns-from-host": "12"}


def test_entered_values_stand_beside_the_computed_ones(run: Run) -> None:
    words = ("indicators", "compute", "1.1.1", "--year", "2018-2019", "--entries", "published")
    found = [(r["measure"], r["year"], r["value"]) for r in
             rows(run(*words, "--format", "csv").stdout)]  # fmt: skip
    assert found[-1] == ("entered-1.1.1", "2019", "24200000000")
    assert [row[0] for row in found].count("entered-1.1.1") == 1
    assert "Of 2018 to 2019 together." in run(*words).stdout


def test_entered_values_are_checked(run: Run, tmp_path: Path) -> None:
    assert (
        run("indicators", "check", "published").stdout == "published: 0 to mend, 0 to consider.\n"
    )
    (tmp_path / "mine.toml").write_text(
        'title = "Mine"\n[[entries]]\nindicator = "1.2.1"\nscope = "UGA"\nfirst_year = 2024\n'
        'last_year = 2024\nvalue = "120"\nunit = "percent"\nmethod = "By channel"\n'
        'role = "analyst"\nentered = 2026-01-10\n'
    )
    done = run("indicators", "check", "mine.toml")
    assert done.returncode == 2
    assert "entries 1, value: 120 percent is more than all." in done.stdout
    assert done.stdout.endswith("mine.toml: 2 to mend, 0 to consider.\n")


def test_fair_shares_as_csv_sum_to_the_need(run: Run) -> None:
    words = ("indicators", "fair-share", "10000000000", "--of", "high-income", "--year", "2022")
    found = rows(run(*words, "--format", "csv").stdout)
    assert round(sum(Fraction(row["fair"]) for row in found)) == 10_000_000_000
    assert {row["state"]: row["band"] for row in found}["NOR"] == "met"
    assert "Without a known economy:" in run(*words).stdout


def test_a_card_tells_how_every_indicator_stands(run: Run) -> None:
    words = ("indicators", "card", "--year", "2019", "--entries", "published")
    found = rows(run(*words, "--format", "csv").stdout)
    standing = {row["indicator"]: row["standing"] for row in found}
    assert len(standing) == 15
    assert standing["4.2.1"] == "measured"
    assert standing["1.1.1"] == standing["1.1.2"] == "entered"
    assert standing["3.1.1"] == "approximated"
    assert standing["2.1.1"] == "missing"
    told = run(*words).stdout
    assert "3.1.1 is resettlement-arrivals. Not UNHCR's departures" in told
    assert "2.1.1 is missing: No public table measures it" in told
    assert len(json.loads(run(*words, "--format", "json").stdout)) == 15


def test_two_folders_are_compared(run: Run, tmp_path: Path) -> None:
    for name, count in (("old", 12), ("new", 15)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "solutions.csv").write_text(SOLVED + f"2024,SSD,UGA,{count},0,0\n")
    told = run("indicators", "restated", "old", "new").stdout
    assert told.startswith("From old to new: 2 values revised, 0 new, 0 withdrawn.\n")
    assert "25.0 %" in told
    found = rows(run("indicators", "restated", "old", "new", "--format", "csv").stdout)
    follows = {row["figure_or_measure"]: row["change"] for row in found if row["what"] == "follows"}
    assert follows["returns"] == "3"
    assert follows["returns-from-host"] == "3"
    assert "return-rate" in follows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "9.9.9"), 'there is no indicator "9.9.9"'),
        (("show", "fitted-share"), "is not worked out"),
        (("compute", "retruns"), "Did you mean returns"),
        (("compute", "--of", "Atlantis"), 'no scope "Atlantis"'),
        (("compute", "--year", "2025-2016"), "are no years in order"),
        (("compute", "--year", "next"), '"next" is no year'),
        (("compute", "--from", "none"), "there is no such folder"),
        (("compute", "--from", ".", "--store", "x"), "both --from and --store are given"),
        (("compute", "--entries", "none"), 'there is no file of entries "none"'),
        (("fair-share", "much"), '"much" is not a number'),
        (("fair-share", "5", "--year", "2016-2017"), "this is of one year"),
        (("card", "--year", "2016-2017"), "this is of one year"),
        (("compute", "2.1.1"), "no public table measures it"),
        (("fair-share", "5", "--year", "2025"), "held for 2016 to 2023, not 2025"),
        (("restated", "a", "shipped"), '"a" is no folder'),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_two(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    done = run("indicators", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
