"""Fora that ship, programmes, answers to several calls, and who signed."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonhaven.processes import process, roster
from commonhaven.processes.fora import (
    Contribution,
    Fact,
    Forum,
    Section,
    SignOff,
    answers,
    calls_of,
    calls_on,
    example_fora,
    findings,
    fora,
    forum,
    load,
    programme,
    read,
    read_contribution,
    shipped,
    standing,
    upcoming,
)
from commonhaven.processes.fora.answers import check_contribution
from commonhaven.reading import Problem, dump, load_toml

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAY = date(2026, 11, 25)


@pytest.mark.parametrize("name", [*shipped(), *example_fora()])
def test_forum_is_read_and_nothing_is_to_mend(name: str) -> None:
    path = {**shipped(), **example_fora()}[name]
    found = read(load_toml(path), name)
    assert found.id == name
    assert read(dump(found), name) == found
    assert [e for e in findings(load_toml(path), name) if e.severity == "error"] == []


def test_only_examples_are_made_up() -> None:
    assert not any(each.synthetic for each in fora().values())
    assert all(load(name).synthetic for name in example_fora())


def test_uncertain_meetings_are_marked() -> None:
    told = [e.where for e in findings(load_toml(shipped()["grf"]), "grf.toml")]
    assert told == ["grf.toml, cycle grf-2027, certain"]


def test_programme_of_2021_has_a_panel_for_every_priority() -> None:
    cycle = forum("hlom").cycle("hlom-2021")
    assert cycle is not None
    panels = [each.priorities for each in cycle.sessions if each.kind == "panel"]
    assert panels == [("expand-support",), ("advance-pledges",), ("areas-of-need",)]
    found = programme(cycle)
    assert (found.parts, len(found.without_slots)) == ((), len(cycle.sessions))


def test_what_lies_ahead_is_told_nearest_first() -> None:
    names = [cycle.id for _, cycle in upcoming(fora(), DAY)]
    assert names == ["imrf-2026", "grf-2027", "idm-2027", "hlom-2029", "imrf-2030", "gfmd-16"]


@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        (date(2026, 11, 30), "not open yet", 91),
        (date(2026, 12, 1), "open", 90),
        (date(2027, 2, 28), "open", 1),
        (date(2027, 3, 1), "closed", None),
    ],
)
def test_call_is_open_from_its_first_day_to_its_last(
    day: date, state: str, left: int | None
) -> None:
    (found,) = calls_on([load("example-forum-a")], day)
    assert (found.state, found.days_left) == (state, left)


def test_call_whose_first_day_is_not_known_is_not_called_open() -> None:
    (found,) = calls_on([forum("global-meetings")], date(2019, 10, 1))
    assert (found.state, found.days_left) == ("not known", 16)


def test_outcomes_of_a_session_are_kept_and_their_indicators_checked() -> None:
    outcome = {"text": "Agreed", "indicators": ["gcr:3.1.1"], "source": "Made up"}
    found = read(changed("sessions", 0, "outcomes", value=[outcome]), "a.toml")
    assert found.cycles[0].sessions[0].outcomes[0].indicators == ("gcr:3.1.1",)
    outcome["indicators"] = ["3.1.1"]
    with pytest.raises(Problem, match=r"Write gcr:3\.1\.1\."):
        read(changed("sessions", 0, "outcomes", value=[outcome]), "a.toml")


def test_forum_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(Problem, match=r"Did you mean grf\?"):
        forum("gfr")


def test_shares_of_speaking_time_and_seats_worked_by_hand() -> None:
    found = programme(load("example-forum-a").cycles[0])
    assert [(p.kind, p.of_minutes, p.of_seats) for p in found.parts] == [
        ("state", Fraction(60, 100), Fraction(5, 9)),
        ("process", Fraction(20, 100), Fraction(2, 9)),
        ("private sector", Fraction(10, 100), Fraction(1, 9)),
        ("refugee-led organization", Fraction(10, 100), Fraction(1, 9)),
    ]


def table() -> dict[str, Any]:
    return deepcopy(load_toml(example_fora()["example-forum-a"]))


def changed(*path: str | int, value: object) -> dict[str, Any]:
    found = table()
    place: Any = found["cycles"][0]
    for each in path[:-1]:
        place = place[each]
    place[path[-1]] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            ("sessions", 0, "priorities"), [],
            "a.toml, cycle a-2027, session panel-skills: the panel serves 0 priorities. "
            "Every panel serves exactly one priority.",
        ),
        (
            ("sessions", 0, "priorities"), ["skills", "protection"],
            "a.toml, cycle a-2027, session panel-skills: the panel serves 2 priorities. "
            "Every panel serves exactly one priority.",
        ),
        (
            ("sessions", 0, "priorities"), ["skill"],
            "a.toml, cycle a-2027, session panel-skills: "
            'there is no priority "skill". Did you mean skills?',
        ),
        (
            ("sessions", 0, "phase"), "meting",
            "a.toml, cycle a-2027, session panel-skills: "
            'there is no phase "meting". Did you mean meeting?',
        ),
        (
            ("sessions", 0, "minutes"), 40,
            "a.toml, cycle a-2027, session panel-skills: "
            "50 minutes are given out, and the session has 40. "
            "Shorten a slot, or lengthen the session.",
        ),
        (
            ("until",), "2027-05",
            "a.toml, cycle a-2027, since: "
            "2027-05 is before 2027-06-01. Is one of the days mistyped?",
        ),
        (
            ("calls", 0, "questions", 1, "id"), "who",
            "a.toml, cycle a-2027, call input, questions: "
            "2 are called who. Give each its own id.",
        ),
        (
            ("calls", 0, "questions", 0, "asks"), ["members"],
            'a.toml, cycles 1, calls 1, questions 1, asks 1: "members" cannot stand here. Write '
            "theme:skills, gcr:3.1.1 (indicator), gcm:6 (objective), fact:members or free:words.",
        ),
    ],
)  # fmt: skip
def test_wrong_programme_is_told(path: tuple[str | int, ...], value: object, said: str) -> None:
    with pytest.raises(Problem) as raised:
        read(changed(*path, value=value), "a.toml")
    assert str(raised.value) == said


def test_priority_without_panel_and_silence_of_refugees_are_pointed_out() -> None:
    found = table()
    cycle = found["cycles"][0]
    cycle["sessions"] = cycle["sessions"][1:]
    told = [(e.severity, e.where) for e in findings(found, "a.toml")]
    assert told[-2:] == [
        ("advice", "a.toml, cycle a-2027, priority skills"),
        ("advice", "a.toml, cycle a-2027, sessions"),
    ]


def both() -> list[Any]:
    return [each for name in example_fora() for each in calls_of(load(name))]


def test_one_draft_answers_two_fora_and_counts_what_was_not_written_anew() -> None:
    found = answers(read_contribution("example-contribution", DAY), both())
    told = [(e.forum, e.question, e.whole, e.without_new_writing) for e in found.answered]
    assert told == [
        ("example-forum-a", "who", True, False),
        ("example-forum-a", "skills", True, False),
        ("example-forum-a", "results", False, False),
        ("example-forum-b", "members", True, True),
        ("example-forum-b", "objective-18", True, True),
        ("example-forum-b", "refugees", False, False),
    ]
    assert found.reuse == Fraction(1, 2)
    assert [each.question for each in found.open] == ["results", "refugees"]
    (piece,) = found.answered[3].pieces
    assert piece.reused_from == "example-forum-a/input/who"


def test_facts_come_from_the_registry_with_their_source() -> None:
    draft = read_contribution("example-contribution", DAY)
    facts = {each.id: each for each in draft.facts}
    assert facts["add-founded"].value == "2008"
    assert facts["colombo-members"].value == "12 states (list of 2024-06-29)"
    assert facts["colombo-members"].source.startswith("Ministry of External Affairs of India")
    assert draft.digest == read_contribution("example-contribution", date(2027, 3, 1)).digest
    before = read_contribution("example-contribution", date(2024, 6, 29))
    assert before.digest != draft.digest
    text = answers(draft, both()).answered[0].pieces[0].text
    assert "{" not in text
    assert "12 states" in text


def test_answer_that_is_too_long_is_not_whole() -> None:
    long = Contribution(
        id="long", title="Long", processes=("add",),
        sections=(Section(id="all", covers=("fact:members",), text="word " * 70),),
    )  # fmt: skip
    first = answers(long, calls_of(load("example-forum-a"))).answered[0]
    assert (first.whole, first.too_long) == (False, 10)


codes = st.sampled_from(["theme:skills", "fact:members", "free:results", "gcm:18"])
drafts = st.lists(st.frozensets(codes, min_size=1), max_size=4).map(
    lambda all_: Contribution(
        id="draft",
        title="Draft",
        processes=("add",),
        sections=tuple(
            Section(id=f"s{i}", covers=tuple(sorted(own)), text=f"Text {i}")
            for i, own in enumerate(all_)
        ),
    )
)


@calm
@given(drafts)
def test_nothing_is_re_used_in_the_first_call_beyond_its_own_questions(
    draft: Contribution,
) -> None:
    found = answers(draft, both())
    seen: set[str] = set()
    for each in found.answered:
        for piece in each.pieces:
            assert bool(piece.reused_from) == (piece.section in seen)
        seen |= {piece.section for piece in each.pieces}
    twice = answers(draft, [*both(), *both()])
    whole = [each for each in found.answered if each.whole]
    if whole:
        assert twice.reuse is not None
        assert found.reuse is not None
        assert twice.reuse >= found.reuse


def test_text_that_quotes_what_is_no_fact_is_told() -> None:
    wrong = Contribution(
        id="draft", title="Draft", processes=("add",),
        facts=(Fact(id="workshops", value="3", source="Report"),),
        sections=(Section(id="one", covers=("theme:skills",), text="{workshop} held"),),
    )  # fmt: skip
    with pytest.raises(Problem) as raised:
        check_contribution(wrong, "draft.toml")
    assert str(raised.value) == (
        "draft.toml, section one: the text quotes {workshop}, which is no fact. "
        "Did you mean workshops?"
    )


def draft() -> Contribution:
    return read_contribution("example-contribution", DAY)


ROSTERS = {name: roster(process(name), DAY) for name in ("add", "colombo")}


def sign(party: str, of: Contribution, name: str = "colombo", **more: Any) -> SignOff:
    plain = {"on": date(2026, 12, 1), "position": "agreed", "text": of.digest}
    return SignOff(process=name, party=party, **{**plain, **more})


def test_every_delegation_of_every_process_signs_for_each() -> None:
    text = draft()
    found = standing(text, [], ROSTERS)
    assert (len(found.of("add")), len(found.of("colombo"))) == (19, 12)
    assert (found.ready, found.count("awaited")) == (False, 31)
    signed = [sign(p, text, name) for name in ROSTERS for p in ROSTERS[name].states]
    assert standing(text, signed, ROSTERS).ready
    assert not standing(text, signed[1:], ROSTERS).ready


def test_a_changed_text_asks_all_again() -> None:
    text = draft()
    signed = [sign(p, text, name) for name in ROSTERS for p in ROSTERS[name].states]
    later = replace(text, title="Another title")
    assert standing(later, signed, ROSTERS).count("earlier text") == 31


def test_a_later_word_replaces_an_earlier_one_and_an_objection_holds_up() -> None:
    text = draft()
    signed = [sign(p, text, name) for name in ROSTERS for p in ROSTERS[name].states]
    against = sign(
        "PAK", text, position="objected", reservation="The second text", on=date(2026, 12, 2)
    )
    assert not standing(text, [against, *signed], ROSTERS).ready
    again = sign("PAK", text, position="agreed with reservation", reservation="The second text",
                 on=date(2026, 12, 3))  # fmt: skip
    found = standing(text, [*signed, again, against], ROSTERS)
    assert (found.ready, found.count("agreed with reservation")) == (True, 1)


@pytest.mark.parametrize(
    ("party", "name", "more", "said"),
    [
        ("PAK", "bali", {}, "sign-offs 1: bali does not speak in example-contribution."),
        ("QAT", "colombo", {}, "sign-offs 1: QAT is no member of colombo."),
        ("PAK", "colombo", {"position": "objected"}, "sign-offs 1: PAK says objected"),
    ],
)
def test_sign_off_that_is_not_possible_is_refused(
    party: str, name: str, more: dict[str, Any], said: str
) -> None:
    text = draft()
    with pytest.raises(Problem) as raised:
        standing(text, [sign(party, text, name, **more)], ROSTERS)
    assert str(raised.value).startswith(said)


def test_incomplete_lists_leave_a_warning_on_the_sign_off() -> None:
    assert any("Abu Dhabi" in text for text in standing(draft(), [], ROSTERS).warnings)


def test_forum_knows_its_cycles() -> None:
    found: Forum = forum("grf")
    assert found.cycle("grf-2023") is not None
    assert found.cycle("grf-1999") is None
