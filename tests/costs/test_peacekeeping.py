from fractions import Fraction

import pytest

from commonhaven.allocation import KeyUndefined
from commonhaven.costs import scale
from commonhaven.costs.peacekeeping import level_of, premium

RULE = scale("un-peacekeeping")
SETTINGS = RULE.settings({})

PUBLISHED = {
    "2022-24": (
        {"USA": "22.000", "CHN": "15.254", "GBR": "4.375", "FRA": "4.318", "RUS": "1.866"},
        Fraction("1.224968"),
        {"USA": "26.9493", "CHN": "18.6857", "GBR": "5.3592", "FRA": "5.2894", "RUS": "2.2858"},
    ),
    "2025-27": (
        {"USA": "22.000", "CHN": "20.004", "GBR": "3.991", "FRA": "3.858", "RUS": "2.094"},
        Fraction("1.189018"),
        {"USA": "26.1584", "CHN": "23.7851", "GBR": "4.7454", "FRA": "4.5872", "RUS": "2.4898"},
    ),
}
"""Period → regular rates (resolutions on the scale), premium, effective rates as reported."""


@pytest.mark.parametrize("period", PUBLISHED)
def test_permanent_members_carry_one_premium_as_published(period: str) -> None:
    """The discounts of all others are given as one, since their levels were not published here."""
    regular, factor, effective = PUBLISHED[period]
    members = {state: Fraction(rate) for state, rate in regular.items()}
    others = 100 - sum(members.values())
    discount = (factor - 1) * sum(members.values()) / others
    figures = {
        state: {"un_scale_percent": rate, "peacekeeping_level": Fraction(1)}
        for state, rate in members.items()
    }
    figures["OTH"] = {"un_scale_percent": others, "peacekeeping_level": Fraction(9)}
    shares = RULE.key(figures, RULE.settings({"discount_i": discount}), 0).shares
    assert {state: round(shares[state] * 100, 4) for state in regular} == {
        state: Fraction(rate) for state, rate in effective.items()
    }
    assert sum(shares.values()) == 1


def test_level_is_told_from_income_against_the_average() -> None:
    ratios = {
        "RIC": "2.0", "DDD": "1.99", "EEE": "1.79", "FFF": "1.59", "GGG": "1.39", "HHH": "1.19",
        "III": "0.99", "AVG": "1",
    }  # fmt: skip
    figures = {
        state: {"gni_per_capita": Fraction(ratio) * 1000, "ldc": Fraction(0)}
        for state, ratio in ratios.items()
    }
    figures["USA"] = {"gni_per_capita": Fraction(1), "ldc": Fraction(0)}
    figures["KWT"] = {"ldc": Fraction(0)}
    figures["TGO"] = {"ldc": Fraction(1)}
    found = level_of(figures, RULE.settings({"average": "1000"}))
    assert found == {
        "RIC": "B", "DDD": "D", "EEE": "E", "FFF": "F", "GGG": "G", "HHH": "H", "III": "I",
        "AVG": "H", "USA": "A", "KWT": "C", "TGO": "J",
    }  # fmt: skip


def test_average_is_weighted_by_inhabitants_where_not_given() -> None:
    def state(income: int, people: int) -> dict[str, Fraction]:
        return {
            "gni_per_capita": Fraction(income),
            "population": Fraction(people),
            "ldc": Fraction(0),
        }

    assert level_of({"BIG": state(100, 9), "FEW": state(1100, 1)}, SETTINGS) == {
        "BIG": "I",
        "FEW": "B",
    }


def test_given_level_goes_before_the_figures() -> None:
    figures = {"USA": {"peacekeeping_level": Fraction(3)}}
    assert level_of(figures, SETTINGS) == {"USA": "C"}


def test_group_without_a_permanent_member_is_renormalised() -> None:
    figures = {
        "WEL": {"un_scale_percent": Fraction(3), "peacekeeping_level": Fraction(2)},
        "LDC": {"un_scale_percent": Fraction(10), "peacekeeping_level": Fraction(10)},
    }
    key = RULE.key(figures, SETTINGS, 0)
    assert key.shares == {"LDC": Fraction(1, 4), "WEL": Fraction(3, 4)}
    assert key.working[0].value == "none: no state of level A"


def test_premium_needs_a_carrier() -> None:
    half = {"A": Fraction(1, 2), "B": Fraction(1, 2)}
    off = {"A": Fraction(0), "B": Fraction(1, 5)}
    assert premium(half, {"A": "A", "B": "D"}, off) == Fraction(6, 5)
    assert premium(half, {"A": "B", "B": "D"}, off) is None


def test_missing_figure_says_what_to_give() -> None:
    figures = {"GHA": {"un_scale_percent": Fraction(1)}}
    with pytest.raises(KeyUndefined) as caught:
        RULE.key(figures, RULE.settings({"average": "1000"}), 0)
    assert str(caught.value) == (
        "GHA: un-peacekeeping needs ldc for GHA. "
        "Give it, or give peacekeeping_level (1 for A to 10 for J)."
    )


@pytest.mark.parametrize("level", ["0", "11", "1.5"])
def test_unknown_level_is_refused(level: str) -> None:
    figures = {"GHA": {"un_scale_percent": Fraction(1), "peacekeeping_level": Fraction(level)}}
    with pytest.raises(KeyUndefined, match="is no peacekeeping level"):
        RULE.key(figures, SETTINGS, 0)


def test_everyone_discounted_to_nothing_is_refused() -> None:
    figures = {"GHA": {"un_scale_percent": Fraction(1), "peacekeeping_level": Fraction(10)}}
    with pytest.raises(KeyUndefined, match="every state is discounted to nothing"):
        RULE.key(figures, RULE.settings({"discount_j": "1"}), 0)
