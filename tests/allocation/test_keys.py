"""Keys by hand: small figures whose shares a reader can check."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from commonhaven.allocation import Key, KeyUndefined
from commonhaven.allocation.registry import rule
from commonhaven.instruments import entry
from commonhaven.reading import Problem

NAMES = ("population", "gdp", "land_area_km2", "unemployment_percent", "applications_per_million")


def figures(**columns: tuple[object, ...]) -> dict[str, dict[str, Fraction]]:
    count = len(next(iter(columns.values())))
    return {
        "ABC"[at]: {name: Fraction(str(values[at])) for name, values in columns.items()}
        for at in range(count)
    }


def key(name: str, found: Mapping[str, Mapping[str, Fraction]], **given: object) -> Key:
    total = int(str(given.pop("total", 100)))
    chosen = rule(name)
    return chosen.key(found, chosen.settings(given), total)


SIZES = figures(population=(1, 3), gdp=(1, 1), land_area_km2=(4, 1))


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("equal", "1/2"),
        ("population", "1/4"),
        ("gdp", "1/2"),
        ("area", "4/5"),
        ("population-gdp-area", "31/60"),
        ("mixed", "3/8"),
        ("ammr-2024", "3/8"),
    ],
)
def test_key_of_size(name: str, share: str) -> None:
    found = key(name, SIZES)
    assert found.shares == {"A": Fraction(share), "B": 1 - Fraction(share)}


def test_mixed_inverts_rates() -> None:
    found = figures(population=(1, 3), unemployment_percent=(10, 5))
    weights = {
        "weight_population": "1/2",
        "weight_gdp": 0,
        "weight_unemployment": "1/2",
    }
    assert key("mixed", found, **weights).shares["A"] == Fraction(1, 8) + Fraction(1, 6)


def test_mixed_needs_no_figure_of_weight_zero() -> None:
    found = figures(population=(1, 3))
    assert key("mixed", found, weight_population=1, weight_gdp=0).shares["A"] == Fraction(1, 4)


@pytest.mark.parametrize("name", ["mixed", "svr-2013", "eu-2015", "ammr-2024", "koenigstein"])
def test_weights_that_do_not_add_up_are_refused(name: str) -> None:
    with pytest.raises(Problem, match=r"the weights of .* add up to .*, not 1"):
        key(name, everything(), weight_population="0.9")


def everything() -> dict[str, dict[str, Fraction]]:
    return figures(
        population=(1, 3),
        gdp=(1, 1),
        land_area_km2=(4, 1),
        unemployment_percent=(5, 10),
        applications_per_million=(100, 300),
        tax_revenue=(2, 1),
    )


@pytest.mark.parametrize(
    ("name", "indicator"),
    [
        ("eu-2015", "unemployment_percent"),
        ("eu-2015", "applications_per_million"),
        ("svr-2013", "unemployment_percent"),
    ],
)
def test_zero_rate_leaves_the_key_undefined_and_names_the_state(name: str, indicator: str) -> None:
    found = everything()
    found["B"][indicator] = Fraction(0)
    with pytest.raises(KeyUndefined) as problem:
        key(name, found)
    assert str(problem.value) == (
        f"B: {name} divides by {indicator}, which is 0 for B. Give the figure with more "
        "decimals, leave the state out by decision, or choose a key or weights that do not use it."
    )


def test_negative_figure_is_refused() -> None:
    found = everything()
    found["A"]["gdp"] = Fraction(-1)
    with pytest.raises(KeyUndefined, match="gdp is negative for A"):
        key("gdp", found)


def test_figures_that_are_all_zero_are_refused() -> None:
    with pytest.raises(KeyUndefined, match="gdp is 0 for every state"):
        key("gdp", figures(gdp=(0, 0)))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("mixed", {}),
        ("koenigstein", {}),
        ("grahl-madsen", {}),
        ("koenigstein", {"revenue_indicator": "gni"}),
    ],
)
def test_missing_figure_is_named(name: str, given: dict[str, object]) -> None:
    with pytest.raises(KeyUndefined, match=rf"{name} needs (gdp|tax_revenue|gni) for [AB]"):
        key(name, figures(population=(1, 2)), **given)


def test_grahl_madsen_merges_alike_only_where_the_exponents_differ_by_one() -> None:
    whole = figures(gni=(400, 100), population=(40, 10))
    halves = figures(gni=(200, 200, 100), population=(20, 20, 10))
    for preset, alike in [("gnp-times-wealth", True), ("scale-neutral", True), ("", False)]:
        given = {"preset": preset} if preset else {}
        before, after = key("grahl-madsen", whole, **given), key("grahl-madsen", halves, **given)
        joint = after.shares["A"] + after.shares["B"]
        assert (abs(joint - before.shares["A"]) < Fraction(1, 10**35)) is alike


def test_chimni_leaves_out_a_state_of_exactly_the_threshold() -> None:
    found = figures(land_area_km2=(20000, 20001, 50000), population=(10, 10, 10))
    shares = key("chimni", found, preset="equal-above-threshold").shares
    assert shares == {"A": 0, "B": Fraction(1, 2), "C": Fraction(1, 2)}


def test_chimni_adjusts_by_land_and_density_within_bounds() -> None:
    found = figures(land_area_km2=(10**5, 16 * 10**5, 10**5), population=(100, 1600, 100))
    shares = key("chimni", found, density_exponent=0).shares
    assert shares == {"A": Fraction(1, 4), "B": Fraction(1, 2), "C": Fraction(1, 4)}
    bounded = key("chimni", found, density_exponent=0, area_exponent="0.5").shares
    assert bounded == shares


def test_chimni_ceiling_passes_on_what_a_state_cannot_take() -> None:
    found = figures(land_area_km2=(10**5, 16 * 10**5, 10**5), population=(100, 1600, 100))
    shares = key("chimni", found, density_exponent=0, ceiling=40, total=100).shares
    assert shares == {"A": Fraction(3, 10), "B": Fraction(2, 5), "C": Fraction(3, 10)}
    low = key("chimni", found, density_exponent=0, ceiling=30, total=100).shares
    assert low == dict.fromkeys("ABC", Fraction(1, 3))


def test_chimni_needs_a_state_of_sufficient_size() -> None:
    with pytest.raises(KeyUndefined, match="no state has more than 20000 km² of land"):
        key("chimni", figures(land_area_km2=(20000, 300), population=(10, 10)))


def test_eu_1995_takes_credit_off_the_base_key() -> None:
    found = figures(population=(1, 1), credit=("0.1", "0.9"))
    shares = key("eu-1995", found, base_key="population").shares
    assert shares == {"A": Fraction(9, 16), "B": Fraction(7, 16)}


def test_eu_1995_without_credit_is_the_base_key() -> None:
    found = {state: {**row, "credit": Fraction(0)} for state, row in everything().items()}
    for base in ("equal", "population", "population-gdp-area", "eu-2015", "koenigstein"):
        assert key("eu-1995", found, base_key=base).shares == key(base, found).shares


def test_eu_1995_says_that_it_departs_from_the_model() -> None:
    assert "Contrary to Hathaway and Neve" in rule("eu-1995").warning


def test_eu_2015_without_the_correctives_is_size() -> None:
    weights = {
        "weight_population": "0.5",
        "weight_gdp": "0.5",
        "weight_applications": 0,
        "weight_unemployment": 0,
    }
    assert key("eu-2015", everything(), **weights).shares == key("ammr-2024", everything()).shares


def test_eu_2015_shows_its_effects() -> None:
    found = key("eu-2015", everything())
    assert found.effects["A"]["population-effect"] == Fraction(1, 4)
    assert found.effects["A"]["unemployment-percent-inverse-effect"] == Fraction(2, 3)
    assert found.effects["A"]["unemployment-percent-inverse-effect-capped"] == Fraction(9, 40)


def test_grech_2016_by_hand() -> None:
    found = figures(
        population=(1, 1),
        gdp=(1, 1),
        unemployment_percent=(5, 15),
        applications_per_million=(100, 100),
    )
    assert key("grech-2016", found).shares == {"A": Fraction(21, 40), "B": Fraction(19, 40)}


def test_grech_2016_allows_a_state_without_unemployment() -> None:
    found = figures(
        population=(1, 1),
        gdp=(1, 1),
        unemployment_percent=(0, 10),
        applications_per_million=(0, 0),
    )
    with pytest.raises(KeyUndefined, match="applications_per_million is 0 for every state"):
        key("grech-2016", found)
    found["B"]["applications_per_million"] = Fraction(100)
    weights = (Fraction(11, 10) ** 2, Fraction(9, 10) ** 2)
    assert key("grech-2016", found).shares["A"] == weights[0] / sum(weights)


def test_bovens_bartsch_by_hand() -> None:
    found = figures(
        population=(10, 10, 10),
        gdp_per_capita_ppp=(10, 20, 30),
        job_vacancy_percent=(1, 1, 3),
        aged_65_percent=(20, 15, 10),
    )
    assert key("bovens-bartsch", found).shares == {
        "A": Fraction(1, 4),
        "B": Fraction(1, 4),
        "C": Fraction(1, 2),
    }
    found["C"]["job_vacancy_percent"] = Fraction(1)
    with pytest.raises(KeyUndefined, match="job_vacancy_percent is the same for every state"):
        key("bovens-bartsch", found)


def test_koenigstein_weighs_revenue_twice() -> None:
    found = figures(population=(1, 3), tax_revenue=(2, 1), gdp=(1, 1))
    assert key("koenigstein", found).shares["A"] == Fraction(19, 36)
    assert key("koenigstein", found, revenue_indicator="gdp").shares["A"] == Fraction(5, 12)


def test_one_relocation_is_worth_the_same_in_the_regulation_and_in_the_first_pool() -> None:
    def number(name: str) -> Fraction:
        return entry("ammr-2024", name).number

    least = number("least_contributions_eur") / number("least_relocations")
    assert least == 20_000
    assert number("pool_2026_contributions_eur") / number("pool_2026_relocations") == least
