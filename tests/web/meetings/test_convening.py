"""Convening: by whom, how, once; what the record then holds."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import events_of, state_of
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.models import Situation

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
PAGE = "/groups/west-africa/meetings/convene/"


def test_a_member_convenes_without_seconding(convened: Meeting, now: datetime) -> None:
    assert (convened.number, convened.procedure, convened.party) == (1, "hathaway-neve", "GHA")
    assert state_of(convened, now).stage == "requested"
    acts = list(Entry.objects.values_list("number", "act", "subject", "party"))
    assert acts == [
        (1, "meeting convened", f"meeting/{convened.pk}", "GHA"),
        (2, "procedure: request", f"meeting/{convened.pk}", "GHA"),
    ]


def test_the_record_holds_what_an_outsider_needs(convened: Meeting) -> None:
    body = json.loads(Entry.objects.get(number=1).body)
    assert body["procedure"] == "hathaway-neve"
    assert body["charter"] == convened.charter.digest
    assert body["reason"] == "More than we can bear"


def test_events_are_read_back_from_the_record(convened: Meeting, now: datetime) -> None:
    found = events_of(convened)
    assert [(one.kind, one.party, one.at) for one in found] == [("request", "GHA", now)]


@pytest.mark.parametrize("who", ["unhcr", "secretariat", "france", "guinea"])
def test_whoever_may_convenes(group: Group, seat: Seats, now: datetime, who: str) -> None:
    made = actions.convene(group=group, title="Influx", by=seat(who), at=now)
    assert state_of(made, now).stage == "requested"


@pytest.mark.parametrize("who", ["ngo", "observer", "analyst", "administrator"])
def test_others_do_not_convene(group: Group, seat: Seats, now: datetime, who: str) -> None:
    with pytest.raises(Refused):
        actions.convene(group=group, title="Influx", by=seat(who), at=now)
    assert (Meeting.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_seat_without_accepted_credentials_does_not_convene(
    group: Group, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Refused, match="credentials"):
        actions.convene(
            group=group, title="Influx", by=replace(seat("ghana"), accepted=False), at=now
        )


def test_pressing_twice_convenes_once(convened: Meeting, seat: Seats, now: datetime) -> None:
    with pytest.raises(Conflict, match="just convened"):
        actions.convene(
            group=convened.group, title=convened.title, by=seat("ghana"),
            at=now + timedelta(seconds=2),
        )  # fmt: skip
    assert Meeting.objects.count() == 1


def test_numbers_run_on_in_the_group(convened: Meeting, seat: Seats, now: datetime) -> None:
    second = actions.convene(group=convened.group, title="Again", by=seat("france"), at=now)
    assert second.number == 2


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        ("annual review", "requested"), ("working meeting", "requested"),
        ("written procedure", "circulated"), ("silence procedure", "silence"),
        ("pathfinder", "forming"),
    ],
)  # fmt: skip
def test_other_kinds_run_their_own_procedure(
    group: Group, seat: Seats, now: datetime, kind: str, stage: str
) -> None:
    made = actions.convene(group=group, title="A text", kind=kind, by=seat("ghana"), at=now)
    assert state_of(made, now).stage == stage


def test_the_annual_review_has_longer_periods(group: Group, seat: Seats, now: datetime) -> None:
    made = actions.convene(
        group=group, title="Review", kind="annual review", by=seat("ghana"), at=now
    )
    state = state_of(made, now)
    due = {one.id: one.due - now for one in state.deadlines}
    assert due["answers"] == timedelta(days=14)
    assert json.loads(Entry.objects.get(number=1).body)["options"] == made.options


def test_the_page_tells_what_will_happen_and_convenes_with_one_press(
    signed_in: Clients, group: Group, situation: Situation
) -> None:
    client = signed_in("ghana")
    page = client.get(PAGE, {"situation": situation.pk})
    assert page.status_code == 200
    assert "33 members are bound" in page.text
    assert "Acknowledge the request with the data sheet" in page.text
    form = page.context["form"]
    sent = {
        "title": form.initial["title"], "reason": "Too many", "situation": situation.pk,
        "audience": form.initial["audience"],
    }  # fmt: skip
    answer = client.post(f"{PAGE}?situation={situation.pk}", sent)
    made = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.title, made.situation, made.audience) == (
        "Emergency meeting: People from Mali", situation, "consultative",
    )  # fmt: skip


def test_the_page_offers_procedures_that_the_party_may_start(
    signed_in: Clients, group: Group
) -> None:
    offered = [way.id for way in signed_in("ghana").get(PAGE).context["procedures"]]
    assert "berlin-1991" in offered
    assert "ammr-annual-cycle" not in offered


def test_a_wrong_form_keeps_what_was_typed(signed_in: Clients, group: Group) -> None:
    answer = signed_in("ghana").post(PAGE, {"title": "", "reason": "Kept", "audience": "members"})
    assert answer.status_code == 422
    assert "Kept" in answer.text
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("who", ["nobody", "ngo", "analyst"])
def test_the_page_is_refused_to_whoever_may_not(signed_in: Clients, group: Group, who: str) -> None:
    assert signed_in(who).get(PAGE).status_code == 403
    assert signed_in(who).post(PAGE, {"title": "x", "audience": "members"}).status_code == 403


def test_unknown_kinds_and_procedures_are_named(signed_in: Clients, group: Group) -> None:
    for query in ("kind=party", "procedure=party"):
        answer = signed_in("ghana").get(f"{PAGE}?{query}")
        assert answer.status_code == 422
        assert "party" in answer.text
