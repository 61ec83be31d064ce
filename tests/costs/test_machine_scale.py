from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation import Figures, KeyUndefined
from commonhaven.costs.machine_scale import UN_MACHINE_SCALE, settle
from commonhaven.costs.published_scale import average_scales, base_period_mean, published
from commonhaven.reading import Problem

NAMES = tuple(f"S{number:02}" for number in range(12))
FLOOR, LDC, MOST = Fraction(1, 100_000), Fraction(1, 10_000), Fraction(22, 100)


@st.composite
def worlds(draw: st.DrawFn, least: int = 6) -> dict[str, dict[str, Fraction]]:
    found = {}
    for name in NAMES[: draw(st.integers(least, len(NAMES)))]:
        gni = draw(st.integers(10**5 if name in NAMES[:5] else 1, 10**6))
        found[name] = {
            "gni": Fraction(gni),
            "population": Fraction(draw(st.integers(1, 1000))),
            "external_debt": Fraction(draw(st.integers(0, gni * 7))),
            "ldc": Fraction(name not in NAMES[:5] and draw(st.booleans())),
        }
    return found


def scale_of(figures: Figures, **settings: object) -> dict[str, Fraction]:
    key = UN_MACHINE_SCALE.key(figures, UN_MACHINE_SCALE.settings(settings), 0)
    return dict(key.shares)


@given(worlds())
def test_shares_add_up_to_one_between_floor_and_ceilings(figures: Figures) -> None:
    """Five states of some size, not least developed, can bear the whole under 22 % each."""
    shares = scale_of(figures)
    assert sum(shares.values()) == 1
    assert min(shares.values()) >= FLOOR
    assert max(shares.values()) <= MOST
    assert all(shares[state] <= LDC for state, values in figures.items() if values["ldc"])


@given(worlds(least=2))
def test_shares_do_not_depend_on_the_unit_of_money(figures: Figures) -> None:
    thousands = {
        state: {
            **values,
            "gni": values["gni"] * 1000,
            "external_debt": values["external_debt"] * 1000,
        }
        for state, values in figures.items()
    }
    wide = {"ceiling": 1, "high_income_line": "1000"}
    assert scale_of(figures, **wide) == scale_of(thousands, **{**wide, "high_income_line": 10**6})


@given(worlds(least=2), st.integers(1, 10**6))
def test_more_income_never_lowers_the_share_before_debt_floor_and_ceilings(
    figures: dict[str, dict[str, Fraction]], more: int
) -> None:
    """Only track 1 without debt keeps this; the rule promises no more."""
    plain = {state: {**values, "ldc": Fraction(0)} for state, values in figures.items()}
    richer = {**plain, "S00": {**plain["S00"], "gni": plain["S00"]["gni"] + more}}
    terms = {"debt_part": 0, "floor": 0, "ceiling": 1, "track": "1"}
    assert scale_of(richer, **terms)["S00"] >= scale_of(plain, **terms)["S00"]


def test_more_income_can_lower_the_share_where_it_frees_another_from_the_ceiling() -> None:
    """The weakness that the rule states: a counterexample to monotonicity."""

    def world(income: int) -> Figures:
        gni = {"BIG": 200, "ME": income, "POO": 100, "RIC": 480}
        people = {"BIG": 4, "ME": 5, "POO": 100, "RIC": 10}
        return {
            state: {
                "gni": Fraction(gni[state]),
                "population": Fraction(people[state]),
                "ldc": Fraction(0),
            }
            for state in gni
        }

    terms = {"debt_part": 0, "floor": 0, "ceiling": "0.6"}
    shares = {income: scale_of(world(income), **terms)["ME"] for income in range(30, 200)}
    falls = [income for income in range(31, 200) if shares[income] < shares[income - 1]]
    assert falls != []


def test_one_rate_for_all_where_income_is_alike() -> None:
    figures = {
        name: {"gni": Fraction(n), "population": Fraction(n), "ldc": Fraction(0)}
        for n, name in enumerate(NAMES[:4], 1)
    }
    terms = {"debt_part": 0, "ceiling": 1}
    assert scale_of(figures, **terms) == {
        name: Fraction(n, 10) for n, name in enumerate(NAMES[:4], 1)
    }


def test_debt_counts_below_the_high_income_line_only() -> None:
    def state(income: int) -> dict[str, Fraction]:
        return {
            "gni": Fraction(income),
            "population": Fraction(1),
            "external_debt": Fraction(80),
            "ldc": Fraction(0),
        }

    terms = {"ceiling": 1, "gradient": 0, "high_income_line": 50}
    assert scale_of({"LOW": state(40), "TOP": state(60)}, **terms) == {
        "LOW": Fraction(1, 3),
        "TOP": Fraction(2, 3),
    }


def test_missing_debt_below_the_line_is_said_and_above_it_not_needed() -> None:
    figures = {
        state: {"gni": income, "population": Fraction(1), "ldc": Fraction(0)}
        for state, income in (("LOW", Fraction(1)), ("TOP", Fraction(20_000)))
    }
    with pytest.raises(KeyUndefined) as caught:
        scale_of(figures, ceiling=1)
    assert str(caught.value) == (
        "LOW: un-machine-scale needs external_debt for LOW, which is below the high-income line. "
        "Give it, or set debt_part to 0."
    )
    assert sum(scale_of({"TOP": figures["TOP"]}, ceiling=1).values()) == 1


def test_debt_that_leaves_no_income_is_refused() -> None:
    figures = {
        "LOW": {
            "gni": Fraction(1),
            "population": Fraction(1),
            "external_debt": Fraction(8),
            "ldc": Fraction(0),
        }
    }
    with pytest.raises(KeyUndefined, match="debt leaves LOW no income"):
        scale_of(figures, ceiling=1)


def test_three_states_under_a_ceiling_of_22_percent_have_no_scale() -> None:
    figures = {
        name: {"gni": Fraction(1), "population": Fraction(1), "ldc": Fraction(0)}
        for name in NAMES[:3]
    }
    with pytest.raises(KeyUndefined, match="floor and ceilings leave no scale for 3 states"):
        UN_MACHINE_SCALE.key(figures, UN_MACHINE_SCALE.settings({"debt_part": "0"}), 0)


def test_given_threshold_is_used_and_must_be_given() -> None:
    figures = {
        name: {"gni": income, "population": Fraction(1), "ldc": Fraction(0)}
        for name, income in (("LOW", Fraction(5)), ("TOP", Fraction(15)))
    }
    terms = {"debt_part": 0, "ceiling": 1, "threshold": "given"}
    assert scale_of(figures, **terms, threshold_value=5) == {
        "LOW": Fraction(1, 4),
        "TOP": Fraction(3, 4),
    }
    with pytest.raises(KeyUndefined, match="the threshold is to be given"):
        scale_of(figures, **terms)


def test_working_has_each_id_once_and_cites_lines_or_figures() -> None:
    figures = {
        name: {"gni": Fraction(n), "population": Fraction(1), "ldc": Fraction(0)}
        for n, name in enumerate(NAMES, 1)
    }
    working = UN_MACHINE_SCALE.key(figures, UN_MACHINE_SCALE.settings({"debt_part": 0}), 0).working
    ids = [line.id for line in working]
    assert len(ids) == len(set(ids))
    used = {used for line in working for used in line.uses}
    assert {each for each in used if not each.startswith("figure:")} <= set(ids)


def test_settle_holds_what_is_fixed_and_scales_the_rest() -> None:
    shares = {"A": Fraction(1, 2), "B": Fraction(1, 4), "C": Fraction(1, 4)}
    found, held = settle(shares, {"A": Fraction(1, 5)}, lambda _, __: None)
    assert found == {"A": Fraction(1, 5), "B": Fraction(2, 5), "C": Fraction(2, 5)}
    assert held == {"A": Fraction(1, 5)}


@given(worlds())
def test_published_scale_adds_up_to_one_hundred(first: Figures) -> None:
    turned = [*list(first.values())[1:5], first["S00"], *list(first.values())[5:]]
    second = dict(zip(first, turned, strict=True))
    mean = average_scales(scale_of(first), scale_of(second))
    percent, _ = published(mean)
    assert sum(percent.values()) == 100
    assert all(abs(percent[s] - mean[s] * 100) < Fraction(1, 1000) for s in mean)
    assert min(percent.values()) >= Fraction(1, 1000)


def test_mean_of_two_scales() -> None:
    first = {"A": Fraction(1, 2), "B": Fraction(1, 2)}
    second = {"A": Fraction(1, 4), "B": Fraction(3, 4)}
    assert average_scales(first, second) == {"A": Fraction(3, 8), "B": Fraction(5, 8)}
    with pytest.raises(Problem, match="do not have the same states: B, C"):
        average_scales(first, {"A": Fraction(1, 4), "C": Fraction(3, 4)})


def test_published_settles_equal_remainders_by_the_order() -> None:
    thirds = {state: Fraction(1, 3) for state in "ABC"}
    percent, tie = published(thirds, order=["C"])
    assert percent == {"A": Fraction("33.333"), "B": Fraction("33.333"), "C": Fraction("33.334")}
    assert tie is not None
    assert tie.settled_for == ("C",)


def test_published_refuses_shares_that_are_not_one() -> None:
    with pytest.raises(Problem, match=r"add up to 0\.500000, not 1"):
        published({"A": Fraction(1, 2)})


def test_base_period_mean_needs_every_year() -> None:
    series = {2020: Fraction(3), 2021: Fraction(6), 2022: Fraction(12)}
    assert base_period_mean(series, 2022, 3) == 7
    with pytest.raises(Problem, match="no figure for 2017, 2018, 2019"):
        base_period_mean(series, 2022, 6)
