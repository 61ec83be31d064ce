"""Scores measured from figures: the worst part decides, what is missing is said."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation.criteria.profile import CohortProfile, Fact, HostProfile, Way
from commonhaven.allocation.criteria.scores import Scored, constants, scored
from commonhaven.reading import Problem

FLOOR = Fraction(3, 5)


def fact(value: object, name: str = "some") -> Fact:
    return Fact(value=Fraction(str(value)), use=f"figure:AAA/{name}")


def host(**given: object) -> HostProfile:
    return HostProfile(state="AAA", **{name: fact(value, name) for name, value in given.items()})


COHORT = CohortProfile(id="families", origin="OOO")


def security(**given: object) -> Fraction:
    found = scored(host(**given), COHORT, Way()).scores
    assert found is not None
    return found.security


def test_state_at_war_is_below_the_usual_floor() -> None:
    war = {"conflict_intensity": 2, "population": 215_000_000, "conflict_deaths": 2_900}
    assert security(**war) == Fraction("0.55")
    assert security(**{**war, "population": 22_000_000, "conflict_deaths": 76_500}) < Fraction(
        "0.03"
    )


def test_peaceful_state_is_above_nine_tenths() -> None:
    assert security(population=38_000_000, conflict_deaths=2, conflict_intensity=0) > Fraction(
        "0.99"
    )
    assert security(political_stability="0.4") == 1


def test_state_at_war_abroad_only_is_not_unsafe() -> None:
    assert security(population=290_000_000, conflict_deaths=0, conflict_intensity=2) == 1


def test_minor_conflict_lies_between() -> None:
    assert security(population=76_000_000, conflict_deaths=75, conflict_intensity=1) == Fraction(
        "0.8"
    )


def test_neighbour_that_hosts_despite_unrest_passes_the_gate() -> None:
    unrest = security(
        population=5_000_000, conflict_deaths=179, conflict_intensity=0, political_stability="-1.7"
    )
    assert FLOOR < unrest < Fraction("0.9")


def test_worst_part_decides_security_however_good_the_others() -> None:
    peaceful = host(
        population=10**7, conflict_deaths=0, conflict_intensity=0, political_stability=1
    )
    attacked = replace(peaceful, camp_attack=Fact(value=Fraction(7, 10), use="", cite="the group"))
    found = scored(attacked, COHORT, Way()).scores
    assert found is not None
    assert found.security == Fraction(3, 10)


def test_state_of_whose_security_nothing_is_known_has_no_scores() -> None:
    found = scored(host(), COHORT, Way(land_border=fact(1)))
    assert found.scores is None
    assert "security.conflict-deaths" in found.missing
    assert not any(line.id.endswith(".security") for line in found.working)


def test_every_part_that_is_missing_is_named_and_none_counts_as_zero() -> None:
    found = scored(host(political_stability=0, convention=1), COHORT, Way(land_border=fact(1)))
    assert found.scores is not None
    assert found.scores.functional == 1
    assert found.missing == (
        "security.conflict-deaths",
        "security.conflict-level",
        "security.government-killings",
        "functional.livelihood",
        "functional.language",
        "functional.settlement",
        "cultural.kin",
        "cultural.religion",
        "cultural.language",
        "cultural.diaspora",
    )
    assert found.assumed == ("Nothing is known of the cultural criterion of AAA: it counts 0.",)


def full() -> Scored:
    sectors = ("agriculture", "industry", "services")
    state = HostProfile(
        state="AAA",
        population=fact(10**7),
        conflict_deaths=fact(0),
        convention=fact(0),
        protocol=fact(0),
        employment={s: fact(v) for s, v in zip(sectors, (50, 20, 30), strict=True)},
        languages={"Wolof": fact("0.5"), "French": fact(1)},
        religions={"muslim": fact("0.9"), "christian": fact("0.1")},
        urban=fact(40),
    )
    people = CohortProfile(
        id="families",
        origin="OOO",
        languages=("Wolof", "Mende"),
        religions={"muslim": Fraction("0.6"), "animist": Fraction("0.4")},
        kin=("AAA",),
        livelihoods=dict(zip(sectors, map(Fraction, ("0.7", "0.1", "0.2")), strict=True)),
        rural=Fraction("0.8"),
        diaspora={"AAA": 2_500},
    )
    return scored(state, people, Way(distance_km=fact(500), land_border=fact(0)))


def test_functional_score_is_the_mean_of_four_parts() -> None:
    found = full().scores
    assert found is not None
    parts = (Fraction("0.25"), Fraction("0.8"), Fraction("0.5"), Fraction("0.8"))
    assert found.functional == sum(parts) / 4


def test_cultural_score_joins_ties_by_their_strengths() -> None:
    found = full().scores
    assert found is not None
    kin, language = 1 - Fraction("0.75"), 1 - Fraction("0.75") * Fraction("0.5")
    religion, diaspora = 1 - Fraction("0.5") * Fraction("0.6"), 1 - Fraction("0.5") / 4
    assert found.cultural == 1 - kin * language * religion * diaspora


def test_proximity_falls_with_distance_to_six_places() -> None:
    found = full().scores
    assert found is not None
    assert found.proximity == Fraction(Decimal("0.606531"))


def test_land_border_is_as_near_as_can_be() -> None:
    found = scored(
        host(political_stability=0), COHORT, Way(land_border=fact(1), distance_km=fact(9))
    )
    assert found.scores is not None
    assert found.scores.proximity == 1


def test_assessment_takes_the_place_of_what_is_computed_and_is_cited() -> None:
    given = {"security": Fact(value=Fraction("0.7"), use="", cite="Meeting of 3 May")}
    found = scored(host(political_stability=0), COHORT, Way(land_border=fact(1)), given)
    assert found.scores is not None
    assert found.scores.security == Fraction("0.7")
    assert found.working[0].cite == "Meeting of 3 May"


@pytest.mark.parametrize("given", [{"security": fact("1.2")}, {"welcome": fact("0.5")}])
def test_assessment_out_of_range_or_unknown_is_refused(given: dict[str, Fact]) -> None:
    with pytest.raises(Problem):
        scored(host(political_stability=0), COHORT, Way(), given)


def test_every_constant_and_line_that_is_used_stands_in_the_working() -> None:
    found = full()
    known = {line.id for line in (*found.working, *constants())}
    used = {use for line in found.working for use in line.uses}
    assert {use for use in used - known if not use.startswith("figure:")} == set()


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from([0, 1, 2]),
    st.integers(1, 10**9),
    st.fractions(-4, 3),
)
def test_more_deaths_never_make_a_state_safer(
    deaths: int, more: int, level: int, population: int, stability: Fraction
) -> None:
    rest = {"population": population, "conflict_intensity": level, "political_stability": stability}
    few = security(conflict_deaths=deaths, **rest)
    many = security(conflict_deaths=deaths + more, **rest)
    assert 0 <= many <= few <= 1
