"""The calendar of the fora holds what has a day or a month, and says what is uncertain."""

from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from commonhaven.processes.fora import Call, Cycle, Forum, Question, fora
from commonhaven.web.notices.ical import file_of
from commonhaven.web.processes.meetings import calendar

GRF = "forum-grf-grf-2023"


def events(body: bytes) -> dict[str, dict[str, object]]:
    found = {}
    for event in Calendar.from_ical(body).walk("VEVENT"):
        told = {key: event.decoded(key) for key in ("dtstart", "dtend", "summary", "transp")}
        found[str(event["uid"]).partition("@")[0]] = {**told, "status": event.get("status")}
    return found


def made(**given: object) -> list[Cycle]:
    return [Cycle(id="c", title="T", source="S", **given)]  # type: ignore[arg-type]


def forum_with(cycles: list[Cycle]) -> dict[str, Forum]:
    one = Forum(
        id="grf", name="F", convenor="C", rhythm="R", rhythm_standing="reported",
        rhythm_source="S", cycles=tuple(cycles),
    )  # fmt: skip
    return {"grf": one}


def test_calendar_answers_everybody_and_is_not_sent_twice(db: None) -> None:
    first = Client().get("/fora/calendar.ics")
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    held = events(first.content)
    assert held[GRF]["dtstart"] == date(2023, 12, 13)
    assert held[GRF]["dtend"] == date(2023, 12, 16)
    assert held[GRF]["status"] is None
    again = Client().get("/fora/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_calendar_holds_what_has_at_least_a_month(db: None) -> None:
    held = events(Client().get("/fora/calendar.ics").content)
    dated = {
        f"forum-{each.id}-{cycle.id}" for each in fora().values() for cycle in each.cycles
        if "-" in cycle.since
    }  # fmt: skip
    assert {uid for uid in held if uid.startswith("forum-")} == dated


@pytest.mark.parametrize(
    ("given", "days", "status", "busy"),
    [
        ({"since": "2027-06-01", "until": "2027-06-02", "certain": True},
         (date(2027, 6, 1), date(2027, 6, 3)), None, b"OPAQUE"),
        ({"since": "2027-06-01", "certain": False},
         (date(2027, 6, 1), date(2027, 6, 2)), "TENTATIVE", b"TRANSPARENT"),
        ({"since": "2027-02", "certain": True},
         (date(2027, 2, 1), date(2027, 3, 1)), None, b"TRANSPARENT"),
    ],
)  # fmt: skip
def test_uncertain_and_inexact_meetings_take_no_time(
    given: dict[str, object], days: tuple[date, date], status: str | None, busy: bytes
) -> None:
    (event,) = events(file_of("F", calendar(forum_with(made(**given))))).values()
    assert (event["dtstart"], event["dtend"]) == days
    assert event["status"] == status
    assert event["transp"] == busy.decode()


def test_deadline_of_a_call_is_a_day_of_the_calendar() -> None:
    call = Call(id="k", title="K", deadline=date(2027, 1, 31), source="S",
                questions=(Question(id="q", text="Why?", asks=("free:why",)),))  # fmt: skip
    held = events(
        file_of("F", calendar(forum_with(made(since="2027", certain=True, calls=(call,)))))
    )
    (event,) = held.values()
    assert event["dtstart"] == date(2027, 1, 31)
    assert event["summary"] == "Last day for answers: K"
