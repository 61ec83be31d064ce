from collections.abc import Callable
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.indicators import Basis, compute, concentration, lorenz, scope
from commonhaven.parties import states

Made = Callable[..., Basis]
WORLD = scope("world")
CODES = [code for code, one in states().items() if one.standing == "UN member"]
counts = st.integers(0, 10**7)
worlds = st.dictionaries(st.sampled_from(CODES), counts, min_size=2, max_size=30).filter(
    lambda hosts: any(hosts.values())
)
sizes = st.integers(1, 10**9)


def tables(hosts: dict[str, int], size: dict[str, int] | None = None) -> dict[str, dict[str, int]]:
    return {
        state: {
            "refugees_under_mandate": people,
            "other_protection_hosted": 0,
            "population": (size or {}).get(state, 1000),
            "gdp": (size or {}).get(state, 1000),
        }
        for state, people in hosts.items()
    }


@settings(deadline=1000)
@given(worlds)
def test_shares_of_the_states_sum_to_a_hundred(made: Made, hosts: dict[str, int]) -> None:
    basis = made(tables(hosts))
    shares = [compute("hosted-share", scope(state), 2020, basis).value for state in hosts]
    assert sum(share for share in shares if share is not None) == 100


@settings(deadline=1000)
@given(worlds, st.sampled_from(CODES))
def test_a_state_that_hosts_nobody_changes_no_sum_and_no_share(
    made: Made, hosts: dict[str, int], more: str
) -> None:
    wider = hosts if more in hosts else {**hosts, more: 0}
    for name in ("hosted", "refugees", "top-ten-share", "low-and-middle-share"):
        before = compute(name, WORLD, 2020, made(tables(hosts)))
        after = compute(name, WORLD, 2020, made(tables(wider)))
        assert (name, after.value) == (name, before.value)


@settings(deadline=1000)
@given(worlds, st.integers(2, 1000))
def test_indices_of_spread_do_not_change_with_the_scale(
    made: Made, hosts: dict[str, int], times: int
) -> None:
    larger = {state: people * times for state, people in hosts.items()}
    names = ("top-ten-share", "gini-of-hosting", "gini-by-gdp", "concentration-by-wealth")
    for name in names:
        before = compute(name, WORLD, 2020, made(tables(hosts))).value
        assert compute(name, WORLD, 2020, made(tables(larger))).value == before


@given(worlds)
def test_the_ten_largest_are_the_ten_largest(made: Made, hosts: dict[str, int]) -> None:
    found = compute("top-ten-share", WORLD, 2020, made(tables(hosts)))
    ten = sum(sorted(hosts.values())[-10:])
    assert found.value == Fraction(ten, sum(hosts.values())) * 100
    assert sum(found.parts.values()) == ten


@given(worlds, st.data())
def test_a_coefficient_lies_between_its_ends(
    made: Made, hosts: dict[str, int], data: st.DataObject
) -> None:
    size = {state: data.draw(sizes) for state in hosts}
    people = {state: Fraction(number) for state, number in hosts.items()}
    key = {state: Fraction(number) for state, number in size.items()}
    curve = lorenz(people, key)
    assert 0 <= curve.coefficient < 1
    assert curve.points[0] == (0, 0)
    assert curve.points[-1] == (1, 1)
    rank = {state: Fraction(data.draw(st.integers(1, 5))) for state in hosts}
    assert abs(concentration(people, key, rank).coefficient) <= curve.coefficient


@given(st.dictionaries(st.sampled_from(CODES), sizes, min_size=1, max_size=30))
def test_hosting_in_proportion_to_the_key_is_perfectly_even(size: dict[str, int]) -> None:
    key = {state: Fraction(number) for state, number in size.items()}
    people = {state: number * 3 for state, number in key.items()}
    assert lorenz(people, key).coefficient == 0


@given(worlds)
def test_gini_over_states_is_the_mean_difference(hosts: dict[str, int]) -> None:
    """A second way: half the mean absolute difference, relative to the mean."""
    people = {state: Fraction(number) for state, number in hosts.items()}
    differences = sum(abs(a - b) for a in people.values() for b in people.values())
    n, everyone = len(people), sum(people.values())
    wanted = differences / (2 * n * everyone)
    assert lorenz(people, dict.fromkeys(people, Fraction(1))).coefficient == wanted


@given(worlds, st.data())
def test_a_group_s_sum_is_the_sum_of_its_parts(
    made: Made, hosts: dict[str, int], data: st.DataObject
) -> None:
    basis = made(tables(hosts))
    chosen = data.draw(st.lists(st.sampled_from(sorted(hosts)), min_size=1, unique=True))
    whole = compute("hosted", scope("+".join(chosen)), 2020, basis).value
    assert whole == sum(hosts[state] for state in chosen)
