from fractions import Fraction

import pytest

from commonhaven.costs import MoneyProblem, money
from commonhaven.costs.pledge_gap import Gap, Pledge, by_conference, by_donor
from commonhaven.reading import Problem


def pledge(donor: str, conference: str, pledged: int, paid: int, currency: str = "USD") -> Pledge:
    return Pledge(
        donor=donor, conference=conference,
        pledged=money(pledged, currency), paid=money(paid, currency),
    )  # fmt: skip


PLEDGES = (
    pledge("CAN", "first conference", 100, 150),
    pledge("DEU", "first conference", 100, 0),
    pledge("DEU", "second conference", 300, 300),
)


def test_gap_of_a_conference_shows_what_stays_open_beside_what_came_in_all() -> None:
    found = by_conference(PLEDGES)
    assert list(found) == ["first conference", "second conference"]
    assert found["first conference"] == Gap(
        name="first conference",
        pledged=money(200, "USD"),
        paid=money(150, "USD"),
        open=money(100, "USD"),
        part=Fraction(1, 4),
    )
    assert found["second conference"].part == 0


def test_gap_of_a_donor_is_over_all_conferences() -> None:
    found = by_donor(PLEDGES)
    assert {donor: gap.part for donor, gap in found.items()} == {
        "CAN": Fraction(-1, 2),
        "DEU": Fraction(1, 4),
    }


def test_nothing_pledged_has_no_gap() -> None:
    assert by_donor([pledge("CAN", "x", 0, 5)])["CAN"].part is None
    assert by_donor([]) == {}


def test_currencies_of_one_donor_do_not_add_up() -> None:
    with pytest.raises(MoneyProblem, match="do not add up"):
        by_donor([pledge("CAN", "x", 1, 1), pledge("CAN", "y", 1, 1, "EUR")])


def test_payment_below_zero_is_refused() -> None:
    with pytest.raises(Problem, match="CAN at x: a pledge or payment is below zero"):
        by_donor([pledge("CAN", "x", 1, -1)])
