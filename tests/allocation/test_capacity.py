"""Water-filling within floors and ceilings."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation.capacity import fill


@st.composite
def limited(draw: st.DrawFn) -> tuple[dict[str, Fraction], int, dict[str, int], dict[str, int]]:
    states = "ABCDE"[: draw(st.integers(1, 5))]
    share = {state: Fraction(draw(st.integers(0, 9)), 9) for state in states}
    most = {s: draw(st.integers(0, 60)) for s in states if draw(st.booleans())}
    least = {s: draw(st.integers(0, most.get(s, 20))) for s in states if draw(st.booleans())}
    return share, draw(st.integers(sum(least.values()), 300)), most, least


@given(limited())
def test_fill_gives_a_common_rate_between_the_limits(
    case: tuple[dict[str, Fraction], int, dict[str, int], dict[str, int]],
) -> None:
    share, total, most, least = case
    found = fill(share, total, most, least)
    assert sum(found.targets.values()) + found.leftover == total
    rate = {s: found.targets[s] / k for s, k in share.items() if k}
    could_rise = [r for s, r in rate.items() if s not in most or found.targets[s] < most[s]]
    could_fall = [r for s, r in rate.items() if found.targets[s] > least.get(s, 0)]
    assert not could_rise or not could_fall or min(could_rise) >= max(could_fall)
    assert found.leftover == 0 or (found.leftover > 0 and not could_rise)


def test_fill_passes_on_what_a_full_state_cannot_take() -> None:
    share = {"A": Fraction(1, 2), "B": Fraction(1, 4), "C": Fraction(1, 4)}
    found = fill(share, 100, {"A": 20})
    assert (dict(found.targets), found.leftover) == ({"A": 20, "B": 40, "C": 40}, 0)


def test_fill_returns_what_finds_no_room() -> None:
    found = fill({"A": Fraction(1)}, 100, {"A": 20})
    assert (dict(found.targets), found.leftover) == ({"A": 20}, 80)


def test_fill_gives_nothing_to_a_state_without_a_share() -> None:
    found = fill({"A": Fraction(1), "B": Fraction(0)}, 10, {"A": 4})
    assert (dict(found.targets), found.leftover) == ({"A": 4, "B": 0}, 6)
