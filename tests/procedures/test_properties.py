"""What holds for every procedure, whatever the record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.procedures import Event, Setting, State, procedure, procedures, state

START = datetime(2026, 1, 30, 22, tzinfo=UTC)
PARTIES = (
    "AAA",
    "BBB",
    "CCC",
    "DDD",
    "UNHCR",
    "chair",
    "Commission",
    "Council",
    "Presidency",
    "",
    "X",
)
ZONES = ("UTC", "Europe/Brussels", "America/New_York", "Asia/Kathmandu", "America/St_Johns")
WORDS = (
    "yes", "no", "abstain", "objection", "AAA BBB", "ZZZ", "overwhelmed", "", "{party}",
    "2026-04-30T12:00:00+00:00", "2026-04-30",
)  # fmt: skip
GROUPS = [
    Setting(
        members=PARTIES[:4], convenors=("UNHCR",), secretariat=("UNHCR",), origin="CCC", zone=zone,
        options=options,
    )
    for zone in ZONES
    for options in (
        {},
        {"default_on_deadlock": "yes", "recuse_origin": "no"},
        {"mode": "simple-majority", "quorum": "3/4"},
    )
]  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> tuple[str, list[Event]]:
    """A procedure and events that belong to it more often than not, at different instants."""
    name = draw(st.sampled_from(sorted(procedures())))
    acts = procedure(name).acts
    kinds = [act.kind for act in acts] + ["nonsense"]
    fields = sorted({datum.name for act in acts for datum in act.data})
    minutes = draw(
        st.lists(
            st.integers(0, 60 * 24 * 40) | st.integers(0, 60 * 24 * 4), max_size=14, unique=True
        )
    )
    events = []
    for number, minute in enumerate(minutes):
        first = number == 0
        kind = acts[0].kind if first else draw(st.sampled_from(kinds))
        data = {name: draw(st.sampled_from(WORDS)) for name in fields if draw(st.booleans())}
        at = START + timedelta(minutes=minute)
        events.append(Event(kind=kind, at=at, party=draw(st.sampled_from(PARTIES)), data=data))
    return name, events


def at(found: str, events: list[Event], now: datetime, group: Setting) -> State:
    return state(procedure(found), events, now, group)


@settings(deadline=None)
@given(records(), st.sampled_from(GROUPS), st.integers(0, 90), st.integers(0, 400))
def test_later_question_changes_no_earlier_line(
    record: tuple[str, list[Event]], group: Setting, first: int, more: int
) -> None:
    name, events = record
    early = at(name, events, START + timedelta(days=first), group)
    late = at(name, events, START + timedelta(days=first + more), group)
    assert late.log[: len(early.log)] == early.log
    assert late.refused[: len(early.refused)] == early.refused


@settings(deadline=None)
@given(records(), st.sampled_from(GROUPS))
def test_asking_once_after_a_year_equals_asking_at_every_event(
    record: tuple[str, list[Event]], group: Setting
) -> None:
    """Each event is given to the engine as a person would record it, one by one."""
    name, events = record
    end = START + timedelta(days=365)
    seen: list[Event] = []
    log: tuple[object, ...] = ()
    for event in sorted(events, key=lambda event: event.at):
        seen.append(event)
        step = at(name, seen, event.at, group)
        assert step.log[: len(log)] == log
        log = step.log
    whole = at(name, events, end, group)
    assert whole == at(name, seen, end, group)
    assert whole.log[: len(log)] == log


@settings(deadline=None)
@given(records(), st.sampled_from(GROUPS))
def test_refused_events_change_nothing(record: tuple[str, list[Event]], group: Setting) -> None:
    name, events = record
    now = START + timedelta(days=100)
    found = at(name, events, now, group)
    refused = [refusal.event for refusal in found.refused]
    kept = [event for event in events if event not in refused]
    assert replace(found, refused=()) == at(name, kept, now, group)
    assert all(refusal.why for refusal in found.refused)


@settings(deadline=None)
@given(records(), st.sampled_from(GROUPS), st.randoms())
def test_order_in_which_events_are_given_is_irrelevant(
    record: tuple[str, list[Event]], group: Setting, chance: object
) -> None:
    name, events = record
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    now = START + timedelta(days=60)
    assert at(name, events, now, group) == at(name, shuffled, now, group)


@settings(deadline=None)
@given(records(), st.sampled_from(GROUPS), st.integers(0, 1500))
def test_state_is_well_formed(record: tuple[str, list[Event]], group: Setting, days: int) -> None:
    name, events = record
    now = START + timedelta(days=days)
    found = at(name, events, now, group)
    ids = [deadline.id for deadline in found.deadlines]
    assert len(ids) == len(set(ids))
    assert all(one.at <= other.at for one, other in pairwise(found.log))
    assert all(step.at <= now for step in found.log)
    assert all(step.cite and step.sentence for step in found.log)
    for deadline in found.deadlines:
        assert deadline.due.utcoffset() == timedelta(0)
        assert deadline.status != "open" or deadline.due >= now
        assert deadline.status != "missed" or deadline.due < now
        assert deadline.status != "met" or (
            deadline.met_at is not None and deadline.met_at <= deadline.due
        )
    for permission in found.may:
        assert permission.closes is None or permission.closes >= now


@settings(deadline=None)
@given(records(), st.sampled_from(GROUPS), st.integers(0, 60))
def test_what_is_permitted_now_is_accepted_now(
    record: tuple[str, list[Event]], group: Setting, days: int
) -> None:
    """So a page that offers what `may` lists never leads a delegate into a refusal."""
    name, events = record
    now = START + timedelta(days=days)
    found = at(name, events, now, group)
    filled = {"position": "yes", "ground": "protracted", "state": "AAA"}
    for permission in found.may:
        if permission.opens and permission.opens > now:
            continue
        data = {
            datum.name: filled.get(datum.name, "text") for datum in permission.data
            if datum.required and datum.form != "instant"
        }  # fmt: skip
        if any(datum.form == "instant" for datum in permission.data):
            data["until"] = "2199-01-01T00:00:00+00:00"
        for party in permission.by or ("anyone",):
            event = Event(kind=permission.act, at=now, party=party, data=data)
            after = at(name, [*events, event], now, group)
            assert event not in [refusal.event for refusal in after.refused], permission


@given(
    st.lists(
        st.builds(
            Event,
            kind=st.sampled_from(("request", "reply", "second", "launch", "propose")) | st.text(),
            at=st.datetimes(timezones=st.sampled_from([UTC, None])),
            party=st.sampled_from(PARTIES) | st.text(),
            data=st.dictionaries(st.text(), st.text(), max_size=3),
        ),
        max_size=8,
    ),
    st.sampled_from(sorted(procedures())),
)
def test_no_record_is_too_strange(events: list[Event], name: str) -> None:
    found = at(name, events, datetime(2199, 12, 31, tzinfo=UTC), GROUPS[0])
    happened = {id(event) for event in events}
    assert len(found.refused) + sum(not step.automatic for step in found.log) <= len(happened)


@pytest.mark.parametrize("name", sorted(procedures()))
def test_nothing_happens_without_an_event(name: str) -> None:
    found = at(name, [], START, GROUPS[0])
    assert (found.stage, found.log, found.deadlines) == (procedure(name).first, (), ())
    assert found.may
