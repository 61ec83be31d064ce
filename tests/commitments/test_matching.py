"""Matches: suggested with reasons, agreed by both sides, never more than there is."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from commitments_world import START, Story
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.commitments import (
    Commitment,
    MatchAct,
    Need,
    Share,
    check_need,
    difference,
    matched,
    suggestions,
)
from commonhaven.commitments.assignment import assign

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def need(name: str, quantity: int, **more: Any) -> Need:
    fields = {"by": "GHA", "places": ("GHA",), "kind": "financial", "unit": "USD", **more}
    return Need(id=name, title=name, quantity=Fraction(quantity), **fields)


def offer(name: str, quantity: int, **more: Any) -> Commitment:
    fields = {"places": ("GHA",), "kind": "financial", "unit": "USD", **more}
    share = Share(giver=fields.pop("giver", "FRA"), quantity=Fraction(quantity))
    return Commitment(id=name, title=name, shares=(share,), **fields)


def announced(*offers: Commitment) -> Story:
    story = Story(*offers)
    for one in offers:
        giver = one.givers[0]
        story.then("announced", commitment=one.id, by=giver, giver=giver,
                   quantity=one.quantity.value)  # fmt: skip
    return story


def step(kind: str, by: str, match: str = "m", hours: int = 1, **more: Any) -> MatchAct:
    return MatchAct(match=match, kind=kind, at=START + timedelta(hours=hours), by=by, **more)  # type: ignore[arg-type]


def proposed(by: str, quantity: int, match: str = "m", hours: int = 0) -> MatchAct:
    return step("proposed", by, match, hours, commitment="o", need="n", quantity=Fraction(quantity))


def test_both_sides_accept_and_the_gap_stays_in_sight() -> None:
    book = announced(offer("o", 100)).book()
    acts = [proposed("IOM", 60)]
    state = matched([need("n", 90)], book, acts, NOW)
    assert (state.matches[0].status, state.unmet["n"].value) == ("proposed", 90)
    acts += [step("accepted", "FRA"), step("accepted", "GHA", hours=2)]
    state = matched([need("n", 90)], book, acts, NOW)
    assert state.matches[0].status == "agreed"
    assert (state.unmet["n"].value, state.uncalled["o"].value) == (30, 40)
    acts.append(step("ended", "GHA", hours=3))
    assert matched([need("n", 90)], book, acts, NOW).unmet["n"].value == 90


@pytest.mark.parametrize(
    ("acts", "why"),
    [
        ([proposed("GHA", 91), step("accepted", "FRA")], "only 90.00 USD of the need are open"),
        ([proposed("GHA", 10), step("accepted", "DEU")], "DEU is on neither side"),
        ([proposed("GHA", 0)], "it does not say how much"),
        ([proposed("GHA", 10), proposed("GHA", 10, hours=1)], "it was proposed already"),
        ([step("accepted", "GHA")], "nobody proposed it"),
    ],
)
def test_what_is_refused(acts: list[MatchAct], why: str) -> None:
    state = matched([need("n", 90)], announced(offer("o", 100)).book(), acts, NOW)
    assert why in state.refused[-1][1]


def test_what_is_withdrawn_is_missing_from_what_was_agreed_last() -> None:
    story = announced(offer("o", 100))
    acts = [
        proposed("GHA", 60, "first"), step("accepted", "FRA", "first"),
        proposed("GHA", 30, "second", 2), step("accepted", "FRA", "second", 3),
    ]  # fmt: skip
    story.then("withdrawn", commitment="o", by="FRA", giver="FRA", quantity=30, says="budget")
    state = matched([need("n", 90)], story.book(), acts, NOW)
    assert [(m.status, m.covers.value) for m in state.matches] == [("agreed", 60), ("agreed", 10)]
    assert (state.unmet["n"].value, state.uncalled["o"].value) == (20, 0)


def test_suggestions_say_why_and_cover_the_most() -> None:
    """The one offer that fits both needs goes where the other offer cannot."""
    needs = [need("school", 50), need("well", 50, places=("GIN",), by="GIN")]
    book = announced(offer("any", 50, places=()), offer("only-school", 50)).book()
    found = suggestions(needs, book, matched(needs, book, [], NOW))
    assert {(one.commitment, one.need) for one in found} == {
        ("any", "well"), ("only-school", "school"),
    }  # fmt: skip
    assert "Both are for GHA." in next(one.why for one in found if one.need == "school")


def test_time_in_common_counts() -> None:
    year = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}
    half = {"starts": date(2026, 7, 1), "ends": date(2027, 6, 30)}
    needs = [need("n", 100, **year)]
    book = announced(offer("o", 50, **half)).book()
    one = suggestions(needs, book, matched(needs, book, [], NOW))[0]
    assert one.score == Fraction(1, 2) * Fraction(184, 365)
    late = announced(offer("o", 50, starts=date(2027, 1, 1))).book()
    assert suggestions(needs, late, matched(needs, late, [], NOW)) == ()


def test_a_giver_is_not_matched_with_its_own_need() -> None:
    needs = [need("n", 100, by="FRA")]
    book = announced(offer("o", 50)).book()
    assert suggestions(needs, book, matched(needs, book, [], NOW)) == ()


def test_a_version_of_a_need_beside_the_one_before() -> None:
    before, after = need("n", 100), need("n", 120, version=2, ends=date(2027, 1, 1))
    assert [(c.field, c.before, c.after) for c in difference(before, after)] == [
        ("quantity", 100, 120), ("ends", None, date(2027, 1, 1)),
    ]  # fmt: skip


def test_needs_are_checked() -> None:
    said = [str(one) for one in check_need(need("n", 0, unit="people", places=("XYZ",)))]
    assert any("it needs nothing" in one for one in said)
    assert any('not counted in "people"' in one for one in said)
    assert any('"XYZ" is no code of a state' in one for one in said)


small = st.integers(0, 3)
games = st.tuples(
    st.lists(small, min_size=1, max_size=3), st.lists(small, min_size=1, max_size=3),
    st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=9, max_size=9),
)  # fmt: skip


def of(game: Any) -> tuple[dict[str, int], dict[str, int], dict[tuple[str, str], int]]:
    offers, needs, worth = game
    supply = {f"o{n}": size for n, size in enumerate(offers)}
    demand = {f"n{n}": size for n, size in enumerate(needs)}
    pairs = zip(product(supply, demand), worth, strict=False)
    return supply, demand, {pair: value for pair, value in pairs if value is not None}


def result(taken: dict[tuple[str, str], int], worth: dict[tuple[str, str], int]) -> tuple[int, int]:
    return sum(taken.values()), sum(worth[pair] * units for pair, units in taken.items())


def every_way(
    supply: dict[str, int], demand: dict[str, int], pairs: list[tuple[str, str]]
) -> list[dict[tuple[str, str], int]]:
    if not pairs:
        return [{}]
    (offer_, need_), rest = pairs[0], pairs[1:]
    found = []
    for units in range(min(supply[offer_], demand[need_]) + 1):
        left = {**supply, offer_: supply[offer_] - units}
        open_ = {**demand, need_: demand[need_] - units}
        found += [{pairs[0]: units, **way} for way in every_way(left, open_, rest)]
    return found


@settings(deadline=None)
@given(games)
def test_the_assignment_is_the_best_of_all(game: Any) -> None:
    """Against every way there is on small cases; a greedy method is only ever as good or worse."""
    supply, demand, worth = of(game)
    taken = assign(supply, demand, worth)
    for names, sizes, place in ((supply, supply, 0), (demand, demand, 1)):
        for name in names:
            assert sum(u for pair, u in taken.items() if pair[place] == name) <= sizes[name]
    best = result(taken, worth)
    assert best == max(result(way, worth) for way in every_way(supply, demand, list(worth)))
    assert best >= result(greedy(supply, demand, worth), worth)


def greedy(
    supply: dict[str, int], demand: dict[str, int], worth: dict[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    left, open_, taken = dict(supply), dict(demand), {}
    for pair in sorted(worth, key=lambda pair: -worth[pair]):
        units = min(left[pair[0]], open_[pair[1]])
        taken[pair] = units
        left[pair[0]] -= units
        open_[pair[1]] -= units
    return taken
