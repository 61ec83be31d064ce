"""The estimates that the page on costs prints are those of the formula on the shipped figures."""

import re
from datetime import date
from pathlib import Path

import pytest

from commonhaven.costs import estimated
from commonhaven.parties import find_state
from commonhaven.parties.figures import reference

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "who-pays.md"
ROW = re.compile(r"^\| (\w+) \| (\d{4}) \| [\d,]+ \| ([\d,]+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_the_page_has_the_table() -> None:
    assert len(ROWS) == 12


@pytest.mark.parametrize(("state", "year", "printed"), ROWS)
def test_estimate_on_the_page_is_that_of_the_formula(state: str, year: str, printed: str) -> None:
    day = date(int(year), 12, 31)
    income = reference().at(find_state(state).code, "gni_per_capita", day)
    assert income is not None
    assert round(estimated(income.value, on=day).recurrent.amount) == int(printed.replace(",", ""))
