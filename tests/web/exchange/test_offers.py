"""Observer status and invitations to present, from offer to end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from commonhaven.reading import Problem
from commonhaven.web.exchange import offers
from commonhaven.web.exchange.models import Offer
from commonhaven.web.exchange.offers import Offered
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.home.queries import desks
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.record.actions import Placing
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Viewers = Callable[[str], Viewer]
Clients = Callable[[str], Client]


@pytest.fixture
def offered(east: Group, now: datetime) -> Offered:
    return Offered(kind="observer", to=east, title="Sit with us", since=now.date(), mutual=True)


@pytest.fixture
def offer(group: Group, offered: Offered, seat: Seats, now: datetime) -> Offer:
    return offers.offer(group=group, offered=offered, by=seat("secretariat"), at=now)


def test_offer_is_accepted_and_ended_on_both_records(
    offer: Offer, group: Group, east: Group, seat: Seats, eastern: Seats, now: datetime
) -> None:
    there = eastern("secretariat")
    offers.step(offer=offer, kind="accept", text="", by=there, at=now)
    with pytest.raises(Problem):
        offers.step(offer=offer, kind="end", text=" ", by=seat("secretariat"), at=now)
    done = offers.step(offer=offer, kind="end", text="It is over", by=seat("secretariat"), at=now)
    assert (done.status, done.answer) == ("ended", "It is over")
    acts = list(Entry.objects.filter(group=east).order_by("number").values_list("act", flat=True))
    assert acts == [
        "other group: observer status offered", "observer status accepted",
        "other group: observer status ended",
    ]  # fmt: skip


def test_nobody_answers_its_own_offer_nor_twice(
    offer: Offer, seat: Seats, eastern: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict):
        offers.step(offer=offer, kind="accept", text="", by=seat("secretariat"), at=now)
    with pytest.raises(Conflict):
        offers.step(offer=offer, kind="withdraw", text="", by=eastern("secretariat"), at=now)
    with pytest.raises(Refused):
        offers.step(offer=offer, kind="accept", text="", by=eastern("delegate"), at=now)
    offers.step(offer=offer, kind="decline", text="No", by=eastern("secretariat"), at=now)
    with pytest.raises(Conflict):
        offers.step(offer=offer, kind="accept", text="", by=eastern("secretariat"), at=now)
    with pytest.raises(Problem):
        offers.step(offer=offer, kind="moon", text="", by=eastern("secretariat"), at=now)


def test_same_is_not_offered_twice_from_either_side(
    offer: Offer, offered: Offered, group: Group, east: Group, seat: Seats, eastern: Seats,
    now: datetime,
) -> None:  # fmt: skip
    with pytest.raises(Conflict):
        offers.offer(group=group, offered=offered, by=seat("secretariat"), at=now)
    back = replace(offered, to=group)
    with pytest.raises(Conflict):
        offers.offer(group=east, offered=back, by=eastern("secretariat"), at=now)
    offers.step(offer=offer, kind="withdraw", text="", by=seat("secretariat"), at=now)
    offers.offer(group=east, offered=back, by=eastern("secretariat"), at=now)


def test_what_cannot_be_offered(
    offered: Offered, group: Group, seat: Seats, now: datetime
) -> None:  # fmt: skip
    caucus = Caucus.objects.create(group=group, name="Coast", parties=["GHA"])
    by, yesterday = seat("secretariat"), now.date() - timedelta(days=1)
    talk = replace(offered, kind="presentation", mutual=False, theme="skills")
    for wrong in (
        replace(offered, title=" "), replace(offered, until=yesterday),
        replace(offered, kind="moon"), replace(talk, mutual=True), replace(talk, theme=""),
        replace(talk, since=yesterday), replace(offered, to=group),
    ):  # fmt: skip
        with pytest.raises(Problem):
            offers.offer(group=group, offered=wrong, by=by, at=now)
    placing = Placing(audience="caucus", caucus=caucus)
    with pytest.raises(Conflict):
        offers.offer(group=group, offered=offered, by=by, at=now, placing=placing)
    assert not Offer.objects.exists()


def test_meeting_of_an_invitation_is_told_to_whoever_may_see_it(
    group: Group, east: Group, seat: Seats, now: datetime, in_east: Clients, signed_in: Clients
) -> None:
    meeting = Meeting.objects.create(
        group=group, number=1, title="Closed talks", procedure="hathaway-neve", party="GHA",
        created_at=now,
    )  # fmt: skip
    made = offers.offer(
        group=group, by=seat("secretariat"), at=now,
        offered=Offered(kind="presentation", to=east, title="Tell us", theme="skills",
                        since=now.date(), meeting=meeting),
    )  # fmt: skip
    assert "Closed talks" in signed_in("ghana").get(made.get_absolute_url()).content.decode()
    page = in_east("delegate").get(made.url_in(east)).content.decode()
    assert "Tell us" in page
    assert "Closed talks" not in page


def test_offer_waits_for_the_other_group(
    offer: Offer, east: Group, there: Viewers, viewer: Viewers, group: Group
) -> None:
    def waiting(one: Viewer, of: Group) -> list[str]:
        held = next(desk for desk in desks(one) if desk.group == of)
        return [str(task.what) for task in held.tasks if "observer" in str(task.what)]

    assert waiting(there("secretariat"), east) == ["Answer an offer of observer status"]
    assert waiting(there("delegate"), east) == []
    assert waiting(viewer("secretariat"), group) == []


def test_forms_offer_and_answer(
    group: Group, east: Group, signed_in: Clients, in_east: Clients, now: datetime
) -> None:
    given = {"kind": "observer", "to": east.pk, "title": "Sit with us", "audience": "members",
             "since": now.date().isoformat()}  # fmt: skip
    url = "/groups/west-africa/exchange/offer/"
    assert signed_in("secretariat").post(url, given).status_code == 302
    made = Offer.objects.get()
    step = f"{made.url_in(east)}step/"
    assert in_east("secretariat").post(step, {"step": "decline"}).status_code == 422
    assert in_east("secretariat").post(step, {"step": "accept"}).status_code == 302
    made.refresh_from_db()
    assert made.status == "accepted"
    assert signed_in("ghana").post(step.replace("east", "west-africa")).status_code == 403
