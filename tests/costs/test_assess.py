from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.costs import Assessment, HostCost, MoneyProblem, assess, money
from commonhaven.costs.relief import under_ceiling
from commonhaven.reading import Problem

STATES = tuple(f"{letter}AA" for letter in "ABCDEFGH")
ON = date(2024, 6, 30)


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    states = STATES[: draw(st.integers(1, len(STATES)))]
    weights = [draw(st.integers(0, 1000)) for _ in states]
    if not any(weights):
        weights[0] = 1
    return {
        "people": {s: draw(st.integers(0, 10**6)) for s in states},
        "unit_costs": {
            s: Decimal(draw(st.integers(0, 10**7))).scaleb(-draw(st.integers(0, 4))) for s in states
        },
        "common_costs": Decimal(draw(st.integers(0, 10**9))).scaleb(-2),
        "scale": {
            s: Fraction(weight, sum(weights)) for s, weight in zip(states, weights, strict=True)
        },
        "full_at": draw(st.fractions(Fraction(11, 10), 20, max_denominator=100)),
        "ceiling": draw(st.fractions(Fraction(1, 100), 1, max_denominator=100)),
        "currency": draw(st.sampled_from(["USD", "JPY", "KWD"])),
    }


@given(terms())
def test_net_and_shortfall_add_up_to_the_common_costs(given_terms: dict[str, Any]) -> None:
    result = assess(**given_terms)
    net = sum((part.net for part in result.states.values()), money(0, result.currency))
    assert net + result.shortfall == money(result.common_costs.amount, result.currency)


@given(terms())
def test_gross_and_shortfall_add_up_to_the_total(given_terms: dict[str, Any]) -> None:
    result = assess(**given_terms)
    gross = sum(part.gross.in_minor_units for part in result.states.values())
    assert gross + result.shortfall.in_minor_units == result.total.in_minor_units


@given(terms())
def test_who_hosts_its_share_or_less_has_no_relief(given_terms: dict[str, Any]) -> None:
    for part in assess(**given_terms).states.values():
        if part.hosting_ratio is not None and part.hosting_ratio <= 1:
            assert part.relief == 0


@given(terms())
def test_who_hosts_much_is_assessed_nothing(given_terms: dict[str, Any]) -> None:
    for part in assess(**given_terms).states.values():
        if part.hosting_ratio is None or part.hosting_ratio >= given_terms["full_at"]:
            assert (part.relief, part.gross.amount) == (1, 0)


@given(terms())
def test_nobody_is_assessed_above_the_ceiling(given_terms: dict[str, Any]) -> None:
    result = assess(**given_terms)
    most = ceil(given_terms["ceiling"] * result.total.in_minor_units)
    assert max(part.gross.in_minor_units for part in result.states.values()) <= most


@given(terms())
def test_shortfall_stands_only_where_every_payer_is_at_the_ceiling(
    given_terms: dict[str, Any],
) -> None:
    result = assess(**given_terms)
    payers = [part for part in result.states.values() if part.scale * (1 - part.relief)]
    assert payers
    short = result.ceiling * result.total.exact * len(payers) < result.total.exact
    assert (result.shortfall.amount > 0) == short
    assert not short or all(part.at_ceiling for part in payers)


@given(terms(), st.permutations(STATES))
def test_names_of_states_do_not_matter(given_terms: dict[str, Any], names: list[str]) -> None:
    order = sorted(given_terms["scale"])
    new = dict(zip(STATES, names, strict=True))
    renamed = {
        **given_terms,
        **{
            name: {new[state]: value for state, value in given_terms[name].items()}
            for name in ("people", "unit_costs", "scale")
        },
    }
    before = assess(**given_terms, order=order)
    after = assess(**renamed, order=[new[state] for state in order])
    assert {new[s]: part.net for s, part in before.states.items()} == {
        s: part.net for s, part in after.states.items()
    }


@given(terms())
def test_gross_follows_the_formula_where_the_ceiling_is_not_reached(
    given_terms: dict[str, Any],
) -> None:
    result = assess(**{**given_terms, "ceiling": Fraction(1)})
    weights = {s: part.scale * (1 - part.relief) for s, part in result.states.items()}
    for state, part in result.states.items():
        exact = result.total.in_minor_units * weights[state] / sum(weights.values())
        assert abs(part.gross.in_minor_units - exact) < 1


@given(terms())
def test_working_has_each_id_once_and_cites_only_lines_that_stand(
    given_terms: dict[str, Any],
) -> None:
    working = assess(**given_terms).working
    ids = [line.id for line in working]
    assert len(ids) == len(set(ids))
    assert {used for line in working for used in line.uses} <= set(ids)


@given(terms())
def test_working_ends_in_the_numbers_of_the_result(given_terms: dict[str, Any]) -> None:
    result = assess(**given_terms)
    values = {line.id: line.value for line in result.working}
    for state, part in result.states.items():
        assert values[f"costs.{state}.gross"] == part.gross.amount
        assert values[f"costs.{state}.net"] == part.net.amount
        assert values[f"costs.{state}.relief"] == part.relief


@given(
    st.integers(0, 10**9),
    st.dictionaries(st.sampled_from(STATES), st.fractions(0, 1), min_size=1).filter(
        lambda found: sum(found.values()) > 0
    ),
    st.fractions(Fraction(1, 100), 1),
)
def test_ceiling_agrees_with_cutting_one_state_at_a_time(
    total: int, weights: dict[str, Fraction], most: Fraction
) -> None:
    """The second algorithm: cut the largest, one by one, in order of weight."""
    quotas = under_ceiling(total, weights, most)
    left, expected = Fraction(total), dict.fromkeys(weights, Fraction(0))
    payers = sorted((w, s) for s, w in weights.items() if w)
    if quotas.shortfall:
        assert most * len(payers) < 1
        return
    while payers:
        weight, state = payers[-1]
        if left * weight / sum(w for w, _ in payers) <= most * total:
            expected |= {s: left * w / sum(w for w, _ in payers) for w, s in payers}
            break
        expected[state] = most * total
        left -= most * total
        payers.pop()
    assert quotas.parts == expected


def plain(**changes: Any) -> Assessment:
    given_terms: dict[str, Any] = {
        "people": {"HOS": 30, "RIC": 70},
        "unit_costs": {"HOS": 10, "RIC": 10},
        "common_costs": 0,
        "scale": {"HOS": Fraction(1, 10), "RIC": Fraction(9, 10)},
        "full_at": Fraction(5),
        "ceiling": Fraction(1),
        "currency": "USD",
        "on": ON,
    }
    return assess(**{**given_terms, **changes})


def test_capital_and_recurrent_cost_are_kept_apart() -> None:
    each = HostCost(recurrent=money("100", "USD"), capital=money("40.50", "USD"), source="survey")
    host = plain(unit_costs={"HOS": each, "RIC": 10}).states["HOS"]
    assert (host.recurrent, host.capital, host.cost) == (
        money("3000", "USD", ON),
        money("1215", "USD", ON),
        money("4215", "USD", ON),
    )
    assert host.unit_cost == Decimal("140.50")


def test_host_without_a_share_of_the_scale_is_relieved_in_full() -> None:
    result = plain(scale={"HOS": Fraction(0), "RIC": Fraction(1)})
    host = result.states["HOS"]
    assert (host.hosting_ratio, host.relief, host.gross.amount) == (None, 1, 0)
    assert result.notes == ("HOS hosts and has no share of the scale: it is relieved in full.",)


def test_nobody_to_protect_leaves_the_common_costs_by_scale() -> None:
    result = plain(people={}, unit_costs={}, common_costs=money("100", "USD"))
    assert {s: part.net.amount for s, part in result.states.items()} == {"HOS": 10, "RIC": 90}


def test_shortfall_is_said_in_a_note() -> None:
    result = plain(ceiling=Fraction(22, 100))
    assert result.notes == (
        "At the ceiling of 22 % of the cost: HOS, RIC.",
        "What exceeds the ceiling goes to the others: up to 4.18 times what their weight asks for.",
        "Every state that pays is at the ceiling: 560.00 USD stay uncovered. They are a call on "
        "the standing fund and on situation-specific contributors.",
    )


def test_tie_for_the_last_cent_is_settled_by_the_order_and_noted() -> None:
    halves = {"HOS": Fraction(1, 2), "RIC": Fraction(1, 2)}
    result = plain(people={}, common_costs=Decimal("0.01"), scale=halves, order=["RIC"])
    assert result.states["RIC"].gross == money("0.01", "USD", ON)
    assert result.notes == (
        "Equal claims to the last 1 minor units between HOS, RIC: settled for RIC by the declared "
        "order.",
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"people": {"TUR": 1}},
            "assessment: TUR is not in the scale. Only states of the scale are assessed. "
            "Known: HOS, RIC.",
        ),
        (
            {"unit_costs": {"RIC": 10}},
            "assessment: no unit cost for HOS, which hosts. Give it, or estimate it. Known: RIC.",
        ),
        ({"people": {"HOS": -1}}, "assessment, HOS: -1 is no number of people."),
        ({"people": {"HOS": 1.5}}, "assessment, HOS: 1.5 is no number of people."),
        (
            {"scale": {"HOS": Fraction(1, 2)}},
            "assessment: the shares of the scale add up to 0.500000. They must be nought or more "
            "and add up to 1 exactly: divide each by their sum.",
        ),
        (
            {"scale": {"HOS": Fraction(2), "RIC": Fraction(-1)}},
            "assessment: the shares of the scale add up to 1.000000. They must be nought or more "
            "and add up to 1 exactly: divide each by their sum.",
        ),
        (
            {"full_at": Fraction(1)},
            "assessment: full relief at a hosting ratio of 1 leaves no slope above 1. Give a ratio "
            "above 1, such as 5.",
        ),
        (
            {"ceiling": Fraction(0)},
            "assessment: a ceiling of 0 is not a part of the cost. Give a part above 0 and up to "
            "1, such as 0.22.",
        ),
    ],
)
def test_terms_that_make_no_sense_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Problem) as caught:
        plain(**changes)
    assert str(caught.value) == said


def test_other_currency_is_refused() -> None:
    with pytest.raises(MoneyProblem, match="a unit cost in EUR where the account is kept in USD"):
        plain(unit_costs={"HOS": money(1, "EUR"), "RIC": 1})
    with pytest.raises(MoneyProblem, match="common costs in EUR where the account is kept in USD"):
        plain(common_costs=money(1, "EUR"))


def test_cost_below_zero_is_refused() -> None:
    with pytest.raises(MoneyProblem, match=r"a unit cost of -1 USD is below zero"):
        plain(unit_costs={"HOS": -1, "RIC": 1})
    with pytest.raises(MoneyProblem, match=r"common costs of -1 USD are below zero"):
        plain(common_costs=-1)


def test_ceiling_that_hardly_moves_anything_says_nothing_of_the_others() -> None:
    result = plain(people={}, common_costs=1000, ceiling=Fraction(9, 10))
    assert result.notes == ()


def test_ceiling_too_low_for_a_small_group_falls_on_its_smallest_and_says_so() -> None:
    scale = {"H3": Fraction(2, 1000), "R1": Fraction(407, 1000), "R2": Fraction(591, 1000)}
    result = plain(people={}, common_costs=1000, scale=scale, ceiling=Fraction(22, 100))
    assert result.states["H3"].gross == money("220", "USD", ON)
    assert result.notes[1] == (
        "What exceeds the ceiling goes to the others: up to 110 times what their weight asks for."
    )
