"""A meeting over the API: agenda, floor, outcome document and summary record, to the end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from commonhaven.web.groups.models import Group
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.record.actions import Placing

Callers = Callable[..., Any]
Done = Callable[..., Any]


@pytest.fixture
def meeting(group: Group, seat: Callable[[str], Any], now: datetime) -> Meeting:
    placing = Placing(audience="consultative")
    return meetings.convene(group=group, title="M", by=seat("ghana"), at=now, placing=placing)


@pytest.fixture
def done(meeting: Meeting, caller: Callers) -> Done:
    """Do one act in the meeting; the answer, where its status is the one expected."""

    def act(who: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = caller(who).post(f"/groups/west-africa/meetings/{meeting.pk}{path}", body)
        assert (who, path, answer.status_code) == (who, path, status), answer.content
        return answer.json()

    return act


@pytest.fixture
def seen(meeting: Meeting, caller: Callers) -> Done:
    def read(path: str, who: str = "ngo") -> Any:
        return caller(who).get(f"/groups/west-africa/meetings/{meeting.pk}{path}").json()

    return read


def test_agenda_is_ordered_and_points_are_removed(done: Done, seen: Done) -> None:
    one = done("ghana", "/agenda", {"title": "One"}, 201)["id"]
    two = done("guinea", "/agenda", {"title": "Two"}, 201)["id"]
    done("ghana", "/agenda/order", {"points": [two, one]}, 403)
    done("secretariat", "/agenda/order", {"points": [two]}, 409)
    ordered = done("secretariat", "/agenda/order", {"points": [two, one]})
    assert [(each["title"], each["number"]) for each in ordered] == [("Two", 1), ("One", 2)]
    done("guinea", f"/agenda/{one}/remove", None, 403)
    assert done("ghana", f"/agenda/{one}/remove")["status"] == "removed"
    assert {each["title"]: each["status"] for each in seen("/agenda")}["One"] == "removed"


def test_speakers_are_placed_heard_and_hand_in_their_text(
    done: Done, seen: Done, forward: Callable[[timedelta], None]
) -> None:
    forward(timedelta(hours=98))
    done("secretariat", "/acts", {"kind": "open-meeting"}, 201)
    ghana = done("ghana", "/floor", {}, 201)["id"]
    guinea = done("guinea", "/floor", {}, 201)["id"]
    done("guinea", f"/floor/{guinea}/place", {"place": 1}, 403)
    done("secretariat", f"/floor/{guinea}/place", {"place": 1})
    assert [one["party"] for one in seen("/interventions")["items"]] == ["GIN", "GHA"]
    given = done("secretariat", f"/floor/{guinea}/give?seconds=45")
    assert given["seconds"] == 45
    done("guinea", f"/interventions/{guinea}/text", {"text": "Early"}, 409)
    done("secretariat", f"/floor/{guinea}/end")
    done("ghana", f"/interventions/{guinea}/text", {"text": "Not mine"}, 403)
    told = done("guinea", f"/interventions/{guinea}/text", {"text": "Nous", "language": "fr"})
    assert (told["text"], told["language"]) == ("Nous", "fr")
    assert done("ghana", f"/floor/{ghana}/withdraw")["withdrawn_at"] is not None


def test_outcome_is_sponsored_moved_and_withdrawn(done: Done, seen: Done) -> None:
    done("ghana", "/outcome", {"text": "One"}, 201)
    first, second = (
        one["id"] for one in done("ghana", "/outcome", {"text": "Two"}, 201)["paragraphs"]
    )
    done("ngo", f"/outcome/{first}/sponsor", None, 403)
    shown = done("france", f"/outcome/{first}/sponsor")
    assert shown["paragraphs"][0]["sponsors"] == ["GHA", "FRA"]
    done("ghana", f"/outcome/{second}/place", {"place": 1}, 403)
    moved = done("secretariat", f"/outcome/{second}/place", {"place": 1})
    assert [one["text"] for one in moved["paragraphs"]] == ["Two", "One"]
    change = done("guinea", f"/outcome/{first}/amendments", {"text": "Uno"}, 201)["id"]
    sponsored = done("france", f"/amendments/{change}/sponsor")["paragraphs"]
    assert [each["sponsors"] for one in sponsored for each in one["amendments"]] == [["GIN", "FRA"]]
    done("france", f"/amendments/{change}/unsponsor")
    done("france", f"/amendments/{change}/withdraw", None, 403)
    done("guinea", f"/amendments/{change}/withdraw")
    (amended,) = next(one for one in seen("/outcome")["paragraphs"] if one["id"] == first)[
        "amendments"
    ]
    assert (amended["sponsors"], amended["status"]) == ([], "withdrawn")
    left = done("ghana", f"/outcome/{second}/withdraw")
    assert {one["text"]: one["status"] for one in left["paragraphs"]} == {
        "Two": "withdrawn", "One": "proposed",
    }  # fmt: skip


def test_position_is_withdrawn_by_its_own_party(done: Done, seen: Done) -> None:
    done("ghana", "/outcome", {"text": "One"}, 201)
    body = {"kind": "objection", "text": "Too soon"}
    held = done("france", "/positions", body, 201)["id"]
    done("ghana", f"/positions/{held}/withdraw", None, 403)
    assert done("france", f"/positions/{held}/withdraw")["withdrawn_at"] is not None
    done("france", f"/positions/{held}/withdraw", None, 409)


def test_summary_is_corrected_settled_adopted_and_released(
    done: Done, seen: Done, caller: Callers
) -> None:
    first = done("secretariat", "/summary", {"text": "The group met."}, 201)["id"]
    at = f"/summary/{first}/corrections"
    better = done("ngo", at, {"text": "The group met twice."}, 201)["id"]
    worse = done("ghana", at, {"text": "Nothing."}, 201)["id"]
    done("secretariat", "/summary/adopt", None, 409)
    done("ngo", f"/summary/{better}/settle", {"accept": True}, 403)
    assert done("secretariat", f"/summary/{better}/settle", {"accept": True})["status"] == (
        "accepted"
    )
    done("secretariat", f"/summary/{worse}/settle", {"accept": True}, 409)
    done("ngo", f"/summary/{worse}/withdraw", None, 403)
    assert done("ghana", f"/summary/{worse}/withdraw")["status"] == "withdrawn"
    adopted = done("secretariat", "/summary/adopt")
    assert [one["text"] for one in adopted["value"]["paragraphs"]] == ["The group met twice."]
    text = f"/groups/west-africa/texts/{adopted['id']}"
    assert caller("nobody").get(text).status_code == 404
    assert caller("ngo").post(f"{text}/release", {}).status_code == 403
    assert caller("secretariat").post(f"{text}/release", {}).status_code == 200
    assert caller("nobody").get(text).json()["hash"] == adopted["hash"]
    assert caller("nobody").get("/groups/west-africa/texts").json()["count"] == 1
