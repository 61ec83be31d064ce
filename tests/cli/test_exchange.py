"""Files of money on the command line: in, out, added up, and nothing half-written."""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from commonhaven.commitments import read_book
from commonhaven.exchange import read_book_csv

Run = Callable[..., subprocess.CompletedProcess[str]]
LAST = ("--on", "2027-01-01")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_whole_book_goes_out_and_comes_back(run: Run, form: str, tmp_path: Path) -> None:
    there, back = tmp_path / f"book.{form}", tmp_path / "again.toml"
    done = run("commitments", "export", "school-places", "--to", form, "--out", str(there))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", f"Written: {there}.\n")
    done = run("commitments", "import", str(there), "--out", str(back))
    assert (done.returncode, done.stderr) == (0, "")
    assert read_book(str(back)) == read_book("school-places")


def test_a_book_as_a_folder_of_tables(run: Run, tmp_path: Path) -> None:
    book, folder = tmp_path / "book.xlsx", tmp_path / "tables"
    run("commitments", "export", "eu-pool-2026", "--to", "xlsx", "--out", str(book))
    done = run("commitments", "import", str(book), "--out", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert read_book_csv(folder) == read_book("eu-pool-2026")


def test_a_workbook_and_a_zip_of_tables_are_checked_as_they_are(run: Run, tmp_path: Path) -> None:
    book, folder, packed = (tmp_path / name for name in ("book.xlsx", "tables", "tables.zip"))
    run("commitments", "export", "school-places", "--to", "xlsx", "--out", str(book))
    run("commitments", "export", "school-places", "--to", "csv", "--out", str(folder))
    said = [run("commitments", "check", str(one)) for one in ("school-places", book, folder)]
    assert [(one.returncode, one.stdout) for one in said] == [(0, said[0].stdout)] * 3
    shares = folder / "shares.csv"
    shares.write_text(shares.read_text().replace("FRA", "FRA,"), encoding="utf-8")
    with zipfile.ZipFile(packed, "w") as out:
        for path in folder.iterdir():
            out.write(path, path.name)
    done = run("commitments", "check", str(packed))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{packed}, shares.csv, row 2" in done.stderr


@pytest.mark.parametrize("form", ["iati", "fts", "flows"])
def test_the_money_of_a_book_adds_up_the_same_in_every_format(
    run: Run, form: str, tmp_path: Path
) -> None:
    path = tmp_path / ("out.xml" if form == "iati" else "out.csv")
    reporter = [] if form == "fts" else ["--reporter", "XX-EXAMPLE-1"]
    done = run("commitments", "export", "school-places", "--to", form, "--out", str(path),
               *reporter, *LAST)  # fmt: skip
    assert done.returncode == 0
    assert "2 of places, goods, expertise, policy or law, which is no money." in done.stderr
    sums = [
        list(csv.DictReader(io.StringIO(
            run("commitments", "totals", name, "--by", "", "--format", "csv", *LAST).stdout)))
        for name in (str(path), "school-places")
    ]  # fmt: skip
    if form == "fts":
        delivered = [one["delivered"] for (one,) in sums]
        assert delivered[0] == delivered[1]
        return
    assert sums[0] == sums[1]
    assert int(sums[0][0]["announced"]) == 10_000_000


def test_totals_are_told_apart_as_asked(run: Run) -> None:
    done = run("commitments", "totals", "school-places", "--by", "provider", "--format", "json",
               *LAST)  # fmt: skip
    told = json.loads(done.stdout)
    assert {one["provider"] for one in told if one["announced"] != "0"} == {"France", "Germany"}
    done = run("commitments", "totals", "school-places", *LAST)
    assert done.stdout.splitlines()[0].split()[:4] == ["year", "provider", "currency", "announced"]
    assert done.stdout.splitlines()[-1] == (
        "Help given is what was delivered; what was announced is none."
    )
    assert done.stderr == ""


def test_totals_show_every_digit_of_an_amount(run: Run, tmp_path: Path) -> None:
    flows = tmp_path / "flows.csv"
    flows.write_text(
        "activity,kind,date,value,currency,provider,receiver\n"
        "A,outgoing commitment,2026-01-10,995603.365,USD,X,Y\n"
        "A,disbursement,2026-02-01,30.5,USD,X,Y\nA,incoming funds,2026-03-01,20.00,USD,X,Y\n",
        encoding="utf-8",
    )
    done = run("commitments", "totals", str(flows), "--by", "provider")
    assert done.stdout.splitlines()[2].split() == [
        "X", "USD", "0", "995,603.365", "30.50", "20", "0",
    ]  # fmt: skip


def test_all_mistakes_are_told_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    flows, out, errors = (tmp_path / name for name in ("flows.csv", "book.toml", "errors.csv"))
    flows.write_text(
        "activity,kind,date,value,currency\nA,gift,2026-01-01,5,USD\nB,disbursement,soon,5,USD\n",
        encoding="utf-8",
    )
    done = run("commitments", "import", str(flows), "--out", str(out), "--errors", str(errors))
    assert done.returncode == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        f"{flows}, row 2, column kind", f"{flows}, row 3, column date", str(flows),
    ]  # fmt: skip
    assert not out.exists()
    with errors.open(encoding="utf-8", newline="") as file:
        assert [(row["row"], row["column"]) for row in csv.DictReader(file)] == [
            ("2", "kind"), ("3", "date"),
        ]  # fmt: skip


def test_flows_become_a_book_that_keeps_the_rules(run: Run, tmp_path: Path) -> None:
    flows, out = tmp_path / "flows.csv", tmp_path / "book.toml"
    flows.write_text(
        "activity,kind,date,value,currency,provider,receiver\n"
        "A,outgoing pledge,2026-01-01,100,USD,X,Y\n"
        "A,disbursement,2026-02-01,30,USD,X,Y\nA,incoming funds,2026-03-01,20,USD,X,Y\n"
        "A,disbursement,2026-04-01,-5,USD,X,Y\nA,loan repayment,2026-04-01,5,USD,X,Y\n"
        "B,disbursement,2026-04-01,5,EUR,X,X\n",
        encoding="utf-8",
    )
    done = run("commitments", "import", str(flows), "--out", str(out))
    assert done.returncode == 0
    assert done.stdout == f"Written: {out}, commitments: 1, acts: 4.\n"
    assert done.stderr.splitlines() == [
        "1 repayments, investments and guarantees are left out.",
        "1 flows in which somebody gives to itself are left out.",
    ]
    shown = run("commitments", "show", str(out), "--format", "csv").stdout.splitlines()[1]
    assert shown.startswith("A,X,announced,100,25,25,20,0,")


BAD = {
    "absent": (["import", "absent.csv"], "absent.csv: no such file. Check the path."),
    "unknown": (["import", "README.md"], "README.md: this is no file of money that is known."),
    "columns": (["import", "other.csv"], "other.csv, row 1: the columns are of no known table."),
    "too much taken away": (
        ["import", "minus.csv"],
        "a correction of 2026-01-01 takes more away than a payment of X had brought before.",
    ),
    "part of a cent": (["import", "cents.csv"], "0.001 USD has parts of the currency's minor"),
    "no reporter": (
        ["export", "school-places", "--to", "iati"], "--reporter: IATI asks who reports.",
    ),
    "a day for the whole book": (
        ["export", "school-places", "--to", "csv", "--on", "2026-03-01"],
        "--on: csv does not read it. Leave it out, or choose another format.",
    ),
    "a reporter for FTS": (
        ["export", "school-places", "--to", "fts", "--reporter", "X"], "--reporter: fts does not",
    ),
    "a book rounded": (
        ["import", "school-places", "--round"], "the amounts of a book are not rounded.",
    ),
    "no book": (
        ["export", "good.csv", "--to", "csv"], "good.csv: these are flows of money, no book of",
    ),
    "there already": (
        ["export", "school-places", "--to", "csv", "--out", "full"],
        "full: there is something of this name already.",
    ),
    "no place": (
        ["export", "school-places", "--to", "xlsx", "--out", "absent/book.xlsx"],
        "absent/book.xlsx: cannot be written (No such file or directory).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_leaves_nothing(run: Run, name: str, tmp_path: Path) -> None:
    arguments, said = BAD[name]
    head = "activity,kind,date,value,currency,provider,receiver\nA,disbursement,2026-01-01,"
    files = {
        "README.md": "x", "other.csv": "a,b\n1,2\n", "minus.csv": f"{head}-5,USD,X,Y\n",
        "cents.csv": f"{head}0.001,USD,X,Y\n", "good.csv": f"{head}5,USD,X,Y\n", "full/x": "",
    }  # fmt: skip
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    if "--out" not in arguments:
        arguments = [*arguments, "--out", "made"]
    done = run("commitments", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_book_to_fill_in(run: Run, tmp_path: Path) -> None:
    for form in ("csv", "xlsx"):
        path = tmp_path / f"book.{form}"
        done = run("commitments", "template", "--to", form, "--out", str(path))
        assert (done.returncode, done.stderr) == (0, "")
        done = run("commitments", "import", str(path), "--out", str(tmp_path / f"{form}.toml"))
        assert done.stdout.endswith("commitments: 0, acts: 0.\n")
