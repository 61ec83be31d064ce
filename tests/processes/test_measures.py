"""Overlap, likeness, bridges, gaps, suggestions: figures, laws, and second opinions."""

from collections import deque
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonhaven.processes import (
    Covers,
    Exchange,
    Filter,
    Part,
    Process,
    Roster,
    bridges,
    chosen,
    compare,
    equal_weights,
    exchanges,
    gaps,
    likeness,
    overlap,
    overlaps,
    point,
    process,
    processes,
    rarity,
    reasons,
    roster,
    seats,
    suggestions,
    vocabulary,
)
from commonhaven.processes.bridges import Graph, betweenness, membership_graph
from commonhaven.processes.likeness import Weights, root
from commonhaven.reading import Problem, dump

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAY = date(2026, 11, 25)
STATES = ("DEU", "GHA", "NGA", "JPN", "PER", "FJI", "TUN")
THEMES = tuple(vocabulary().themes)[:6]


def made(name: str, states: frozenset[str], themes: frozenset[str] = frozenset()) -> Process:
    return Process(
        id=name, name=name, type="RCP", regions=("world",), status="active", complete=True,
        parts=tuple(Part(party=s, role="member", source="compiled") for s in sorted(states)),
        themes=tuple(Covers(theme=t, source="compiled") for t in sorted(themes)),
    )  # fmt: skip


some_states = st.frozensets(st.sampled_from(STATES))
some_themes = st.frozensets(st.sampled_from(THEMES))
worlds = st.lists(st.tuples(some_states, some_themes), min_size=2, max_size=5).map(
    lambda all_: {f"p{i}": made(f"p{i}", s, t) for i, (s, t) in enumerate(all_)}
)


def held(world: Mapping[str, Process]) -> dict[str, Roster]:
    return {name: roster(each, DAY) for name, each in world.items()}


@calm
@given(some_states, some_states)
def test_overlap_is_jaccard_s_and_the_same_both_ways(a: frozenset[str], b: frozenset[str]) -> None:
    first, second = roster(made("a", a), DAY), roster(made("b", b), DAY)
    found, back = overlap(first, second), overlap(second, first)
    assert found.jaccard == back.jaccard
    if not a | b:
        assert found.jaccard is None
        return
    assert found.jaccard == Fraction(len(a & b), len(a | b))
    assert (found.jaccard == 1) == (a == b)
    assert set(found.common) | set(found.only_a) | set(found.only_b) == a | b


@calm
@given(worlds)
def test_likeness_lies_between_nothing_and_all(world: dict[str, Process]) -> None:
    for weights in (rarity(world.values()), equal_weights(world.values())):
        for a, b in combinations(world.values(), 2):
            found = likeness(a, b, weights)
            assert found.squared == likeness(b, a, weights).squared
            if found.squared is not None:
                assert 0 <= found.squared <= 1
                shared_weight = any(weights[theme] for theme in found.shared)
                assert (found.squared > 0) == shared_weight


def test_likeness_of_hand_worked_vectors() -> None:
    a = made("a", frozenset(), frozenset(THEMES[:2]))
    b = made("b", frozenset(), frozenset(THEMES[1:3]))
    c = made("c", frozenset(), frozenset(THEMES[1:2]))
    assert likeness(a, b, equal_weights([a, b])).squared == Fraction(1, 4)
    assert likeness(a, b, equal_weights([a, b])).cosine == Decimal("0.5")
    weights = rarity([a, b, c])
    assert weights[THEMES[1]] == 0
    assert weights[THEMES[0]] == Fraction("1.098612")
    assert likeness(a, b, weights).squared == 0
    assert likeness(a, made("d", frozenset()), weights).squared is None


@calm
@given(st.fractions(min_value=0, max_value=1))
def test_root_is_right_to_six_places(squared: Fraction) -> None:
    found = Fraction(root(squared))
    step = Fraction(1, 2_000_000)
    assert max(found - step, Fraction(0)) ** 2 <= squared <= (found + step) ** 2


def naive_betweenness(graph: Graph) -> dict[str, Fraction]:
    """Every shortest way between every pair, listed one by one."""
    found = dict.fromkeys(graph, Fraction(0))
    for a, b in combinations(graph, 2):
        ways = shortest_ways(graph, a, b)
        for way in ways:
            for node in way[1:-1]:
                found[node] += Fraction(1, len(ways))
    return found


def shortest_ways(graph: Graph, a: str, b: str) -> list[list[str]]:
    queue, done = deque([[a]]), []
    while queue:
        way = queue.popleft()
        if done and len(way) > len(done[0]):
            break
        if way[-1] == b:
            done.append(way)
        else:
            queue.extend([*way, node] for node in graph[way[-1]] if node not in way)
    return done


@calm
@given(worlds)
def test_betweenness_agrees_with_a_listing_of_every_way(world: dict[str, Process]) -> None:
    graph = membership_graph(held(world).values())
    assert betweenness(graph) == naive_betweenness(graph)


def test_state_that_alone_joins_two_processes_is_the_bridge() -> None:
    world = {
        "a": made("a", frozenset(("DEU", "GHA"))),
        "b": made("b", frozenset(("GHA", "PER"))),
    }
    found = bridges(held(world).values())
    assert [(each.state, each.betweenness) for each in found] == [
        ("GHA", 4),
        ("DEU", 0),
        ("PER", 0),
    ]
    assert found[0].share == Fraction(4, 6)
    assert found[0].processes == ("a", "b")


def test_who_sits_in_most_processes(rosters: Mapping[str, Roster]) -> None:
    found = {each.state: each for each in seats(rosters.values())}
    counted = {
        state: sum(state in each.states for each in rosters.values()) for state in ("ESP", "GHA")
    }
    assert {state: len(found[state].member_of) for state in counted} == counted
    assert "almaty" in found["PAK"].observer_in
    numbers = [len(each.member_of) for each in seats(rosters.values())]
    assert numbers == sorted(numbers, reverse=True)


def test_overlaps_leave_out_forums_open_to_all_and_empty_lists(
    rosters: Mapping[str, Roster],
) -> None:
    found = overlaps(list(rosters.values()))
    named = {name for each in found for name in (each.a, each.b)}
    assert not named & {"gfmd", "idm", "imrf", "grf", "hlom"}
    assert found[0].jaccard == 1
    assert {found[0].a, found[0].b} == {"acp-eu", "eu-celac"}
    assert found[0].warnings


def test_complete_lists_leave_no_warning() -> None:
    day = date(2017, 6, 30)
    found = overlap(roster(process("budapest"), day), roster(process("budapest"), day))
    assert found.warnings == ()


def test_gaps_of_2005_are_those_that_the_workshop_named(known: Mapping[str, Process]) -> None:
    """Parts of Africa, the Caribbean, the Middle East and the Gulf: paras 6 and 13."""
    day = date(2005, 4, 15)
    rosters = {name: roster(each, day) for name, each in known.items()}
    found = gaps(known, rosters, day)
    without = {each.region: each.without for each in found.regions}
    assert len(without["Caribbean"]) >= 10
    assert {"QAT", "KWT", "SAU"} <= set(without["Western Asia"])
    assert {"KEN", "ETH", "UGA"} <= set(without["Eastern Africa"])
    assert found.regions[0].region in {"Caribbean", "Eastern Africa"}
    assert without["Western Africa"] == ()


def test_theme_gaps_count_regions_that_no_process_reaches(
    known: Mapping[str, Process], rosters: Mapping[str, Roster]
) -> None:
    found = {each.theme: each for each in gaps(known, rosters, DAY).themes}
    assert found["statelessness"].processes == ("cmc",)
    assert "Western Europe" in found["statelessness"].regions_without
    assert "Caribbean" not in found["statelessness"].regions_without
    assert found["climate"].processes == ("sacm",)


@calm
@given(worlds)
def test_gaps_fall_when_a_process_is_added(world: dict[str, Process]) -> None:
    less = dict(list(world.items())[:-1])
    before = {e.region: e.without for e in gaps(less, held(less), DAY).regions}
    after = {e.region: e.without for e in gaps(world, held(world), DAY).regions}
    assert all(set(after[region]) <= set(before[region]) for region in before)


def test_pairs_in_touch_are_not_suggested(
    known: Mapping[str, Process], rosters: Mapping[str, Roster]
) -> None:
    found = suggestions(known, rosters, exchanges())
    pairs = {(each.a, each.b) for each in found}
    assert ("add", "colombo") not in pairs
    assert ("add", "bali") in pairs
    done = Exchange(a="bali", b="add", kind="presentation", what="Said", source="compiled")
    after = suggestions(known, rosters, (*exchanges(), done))
    assert {(each.a, each.b) for each in after} == pairs - {("add", "bali")}


def test_mutual_observers_are_not_suggested_and_one_sided_ones_are_named() -> None:
    themes = frozenset(THEMES[:1])
    one = made("one", frozenset(("DEU",)), themes)
    other = made("other", frozenset(("PER",)), themes)
    third = made("third", frozenset(("JPN",)), frozenset(THEMES[1:2]))

    def with_guest(host: Process, guest: str) -> Process:
        part = Part(party=f"process:{guest}", role="observer", source="compiled")
        return Process(
            id=host.id, name=host.name, type="RCP", regions=("world",), status="active",
            complete=True, parts=(*host.parts, part), themes=host.themes,
        )  # fmt: skip

    world = {"one": with_guest(one, "other"), "other": other, "third": third}
    (found,) = suggestions(world, held(world), ())
    assert found.observes == ("other",)
    assert "other already takes part in one: make it mutual." in reasons(found)
    world["other"] = with_guest(other, "one")
    assert suggestions(world, held(world), ()) == ()


@calm
@given(worlds)
def test_suggestions_are_ranked_by_a_score_that_falls_with_overlap(
    world: dict[str, Process],
) -> None:
    rosters = held(world)
    found = suggestions(world, rosters, ())
    scores = [each.squared for each in found]
    assert scores == sorted(scores, reverse=True)
    for each in found:
        same = overlap(rosters[each.a], rosters[each.b]).jaccard
        alike = each.likeness.squared
        assert same is not None
        assert alike is not None
        assert each.squared == alike * (1 - same) ** 2
        assert each.rank == 1 + sum(score > each.squared for score in scores)


def test_scores_that_are_equal_share_a_rank() -> None:
    themes = [frozenset(THEMES[:1])] * 2 + [frozenset(THEMES[1:2])] * 2
    world = {f"p{i}": made(f"p{i}", frozenset((STATES[i],)), own) for i, own in enumerate(themes)}
    found = suggestions(world, held(world), ())
    assert [(each.a, each.b, each.rank) for each in found] == [("p0", "p1", 1), ("p2", "p3", 1)]


def test_reasons_tell_every_part(
    known: Mapping[str, Process], rosters: Mapping[str, Roster]
) -> None:
    found = suggestions(known, rosters, exchanges(), of="bali")
    (each,) = (one for one in found if one.other("bali") == "add")
    assert [str(part) for part in reasons(each)] == [
        "Both work on 1 theme, the rarest first: Fair recruitment.",
        "14 states are members of both, of 50 in either.",
        "Neither is an observer of the other.",
        "No exchange between them is on record.",
    ]


def test_secretariat_of_both_is_named_as_a_channel(
    known: Mapping[str, Process], rosters: Mapping[str, Roster]
) -> None:
    found = suggestions(known, rosters, exchanges(), of="prague")
    (each,) = (one for one in found if one.other("prague") == "rabat")
    assert each.channel == ("ICMPD",)
    assert "ICMPD keeps the secretariat of both and can make the contact." in reasons(each)


def test_comparison_tells_what_is_not_known_and_where_the_rest_was_read() -> None:
    points = [point("secretariat"), point("funding"), point("members")]
    told = compare([process("5plus5")], DAY, points=points)
    secretariat, funding, members = told.cells["5plus5"]
    assert secretariat.text == "none. Rotating co-presidency with support of IOM"
    assert secretariat.standing == "reported"
    assert (funding.text, funding.shown) == ("", "not known")
    assert members.text == "10 states (list of 2020-12-31)"


def test_sources_of_observers_are_told() -> None:
    told = compare([process("rabat")], DAY, points=[point("observers")])
    (cell,) = told.cells["rabat"]
    assert cell.text == "DZA, ICMPD, IOM, LBY, UNHCR"
    assert cell.source.startswith("Our own compilation")
    assert cell.source.endswith("Rabat Process, Our partners")
    assert cell.standing == "reported"


def test_what_is_worked_out_can_be_written_down(
    known: Mapping[str, Process], rosters: Mapping[str, Roster]
) -> None:
    (first, *_) = suggestions(known, rosters, exchanges(), of="bali")
    told = dump(first)
    assert isinstance(told, dict)
    assert told["rank"] == 1
    assert dump(rosters["bali"]) == dump(roster(known["bali"], DAY))
    assert dump(gaps(known, rosters, DAY))


def test_comparison_is_filtered() -> None:
    known = processes().values()

    def names(only: Filter) -> list[str]:
        return [each.id for each in chosen(known, only, DAY)]

    assert names(Filter(theme="skills")) == ["add", "colombo", "prague"]
    assert names(Filter(theme="skills", type="IRF")) == ["add"]
    assert names(Filter(state="NER", type="RCP")) == ["pafom"]
    assert names(Filter(status="dormant")) == ["apc"]
    assert names(Filter(region="caribbean")) == ["acp-eu", "cmc", "eu-celac"]
    with pytest.raises(Problem, match=r"Did you mean caribbean\?"):
        names(Filter(region="caribean"))


def test_weights_by_rarity_bring_the_pair_of_the_note_into_the_first_ten(
    known: Mapping[str, Process], rosters: Mapping[str, Roster]
) -> None:
    def rank(weights: Weights | None) -> int:
        found = suggestions(known, rosters, exchanges(), of="bali", weights=weights)
        return next(each.rank for each in found if each.other("bali") == "add")

    assert rank(None) <= 10 < rank(equal_weights(known.values()))
