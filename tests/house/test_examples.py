"""The examples that the pages work out by hand come out the same."""

import re
from fractions import Fraction
from pathlib import Path

from commonhaven.allocation import Cohort, Host, Question, Scores
from commonhaven.allocation.registry import rule
from commonhaven.allocation.rounding import METHODS, apportion
from commonhaven.instruments import entry
from commonhaven.reading import decimal_text

EXPLANATION = Path(__file__).resolve().parents[2] / "docs" / "explanation"
CRITERIA = ("Security", "Functional", "Cultural", "Proximity")


def page(name: str) -> str:
    return (EXPLANATION / f"{name}.md").read_text(encoding="utf-8")


def tables(text: str) -> list[list[dict[str, str]]]:
    """Every Markdown table as rows of column → cell."""
    found = []
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        head, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()
        ]
        found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found


def number(cell: str) -> Fraction:
    return Fraction(cell.replace(",", ""))


def test_the_placement_worked_by_hand_is_the_rule_s() -> None:
    given, classes, placed = tables(page("hathaway-neve"))
    hosts = tuple(
        Host(
            state=row["State"],
            tier="inner core" if row["Tier"] == "inner" else "outer core",
            figures={
                "population": number(row["Population, m"]),
                "gdp": number(row["GDP, bn"]),
                "land_area_km2": number(row["Area, 1,000 km²"]),
            },
            capacity=int(number(row["Capacity"])),
        )
        for row in given
    )
    cohort = Cohort(
        id="all",
        origin="XXX",
        people=100_000,
        special_needs=5_000,
        asked=100,
        wishes={row["State"]: number(row["Wish"]) for row in given},
        scores={
            row["State"]: Scores(**{name.lower(): number(row[name]) for name in CRITERIA})
            for row in given
        },
    )
    question = Question(hosts=hosts, cohorts=(cohort,), security_floor=Fraction(3, 5))
    chosen = rule("hathaway-neve")
    assert chosen.place is not None
    placement = chosen.place(question, chosen.settings({}))
    expected = {row["State"]: int(number(row["Protects"])) for row in placed}
    assert {row["State"]: 0 for row in given} | placement.received() == expected
    assert placement.unplaced == {"all": 0}
    for row in classes:
        bands = [str(int(number(row[name]) * 10)) for name in CRITERIA]
        assert "-".join(bands) == row["Class"]


def test_ratios_on_the_page_on_capacity_follow_from_its_numbers() -> None:
    (rows,) = tables(page("capacity"))
    assert len(rows) > 10
    for row in rows:
        ratio = number(row["Refugees"]) * 1000 / number(row["Inhabitants"])
        assert decimal_text(ratio, 1) == row["Per 1,000"], row["State"]


def test_the_page_on_capacity_names_the_number_in_force() -> None:
    value = entry("capacity", "per_1000").value
    assert f"{value} people in need of protection per 1,000 inhabitants" in page("capacity")
    assert f"## Why {value}" in page("capacity")


def test_the_page_on_rounding_names_every_method_and_its_example_holds() -> None:
    (rows,) = tables(page("rounding-and-ties"))
    assert [row["Method"].strip("`") for row in rows] == list(METHODS)
    shares = {"A": Fraction(1, 2), "B": Fraction(1, 3), "C": Fraction(1, 6)}
    assert apportion(shares, 100).people == {"A": 50, "B": 33, "C": 17}
    (tie,) = apportion(dict.fromkeys("ABC", Fraction(1, 3)), 100).ties
    assert (tie.states, tie.places) == (("A", "B", "C"), 1)


def test_first_page_of_shares_worked_by_hand_is_the_key_s() -> None:
    figures = {
        "A": {"population": Fraction(40_000_000), "gdp": Fraction(100_000_000_000)},
        "B": {"population": Fraction(10_000_000), "gdp": Fraction(80_000_000_000)},
        "C": {"population": Fraction(30_000_000), "gdp": Fraction(60_000_000_000)},
    }
    chosen = rule("ammr-2024")
    key = chosen.key(figures, chosen.settings({}), 1000)
    assert key.shares["A"] == Fraction(11, 24)
    assert apportion(key.shares, 1000, chosen.rounding).people["A"] == 459
