"""A group asks another: who sees it on either side, who answers, what waits for whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from commonhaven.reading import Problem
from commonhaven.web.exchange import actions
from commonhaven.web.exchange.actions import Asked, Of
from commonhaven.web.exchange.models import Answer, Practice, Question
from commonhaven.web.exchange.queries import questions_for, suggested
from commonhaven.web.groups.models import Group
from commonhaven.web.home.queries import desks
from commonhaven.web.kit.audience import Seat, Viewer, sees
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.actions import PUBLIC, Placing
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Viewers = Callable[[str], Viewer]
Clients = Callable[[str], Client]


@pytest.fixture
def question(group: Group, asked: Asked, seat: Seats, now: datetime) -> Question:
    """Put by the first group to the other, for members."""
    return actions.ask(group=group, asked=asked, by=seat("secretariat"), at=now)


@pytest.mark.parametrize(
    ("audience", "here", "over_there"),
    [
        ("members", {"ghana", "secretariat"}, {"delegate", "secretariat"}),
        ("consultative", {"ghana", "secretariat", "observer"},
         {"delegate", "secretariat", "observer"}),
        ("public", {"ghana", "secretariat", "observer", "nobody", "outsider"},
         {"delegate", "secretariat", "observer"}),
    ],
)  # fmt: skip
def test_same_audience_sees_it_in_both_groups(
    audience: str, here: set[str], over_there: set[str], group: Group, asked: Asked, seat: Seats,
    now: datetime, viewer: Viewers, there: Viewers, east: Group,
) -> None:  # fmt: skip
    made = actions.ask(
        group=group, asked=asked, by=seat("secretariat"), at=now, placing=Placing(audience=audience)
    )
    for who in ("ghana", "secretariat", "observer", "nobody", "outsider"):
        found = questions_for(viewer(who), group).filter(pk=made.pk).exists()
        assert (who, found, sees(viewer(who), made)) == (who, who in here, who in here)
    for who in ("delegate", "secretariat", "observer"):
        found = questions_for(there(who), east).filter(pk=made.pk).exists()
        shown = who in over_there
        assert (who, found, sees(there(who), made)) == (who, shown, shown)


def test_third_group_sees_nothing(
    question: Question, there: Viewers, now: datetime, in_east: Clients, signed_in: Clients
) -> None:
    other = Group.objects.create(slug="third", name={"en": "Third"}, created_at=now)
    assert not questions_for(there("delegate"), other).exists()
    url = f"/groups/third/exchange/questions/{question.pk}/"
    assert in_east("secretariat").get(url).status_code == 404
    assert signed_in("nobody").get(question.get_absolute_url()).status_code == 404


def test_pages_stand_on_both_sides(
    question: Question, east: Group, in_east: Clients, signed_in: Clients
) -> None:
    assert signed_in("ghana").get(question.get_absolute_url()).status_code == 200
    url = question.url_in(east)
    assert in_east("delegate").get(url).status_code == 200
    assert in_east("observer").get(url).status_code == 404
    page = in_east("secretariat").get("/groups/east/exchange/").content.decode()
    assert question.title in page


def test_act_stands_in_both_records(question: Question, group: Group, east: Group) -> None:
    rows = Entry.objects.order_by("group__slug").values_list("group__slug", "act", "party")
    assert list(rows) == [
        ("east", "other group: question asked", ""),
        ("west-africa", "question asked", "UNHCR"),
    ]
    assert {row.audience for row in Entry.objects.all()} == {"members"}


def test_answer_of_the_asked_and_of_nobody_else(
    question: Question, group: Group, east: Group, seat: Seats, eastern: Seats, now: datetime,
    practice: Practice,
) -> None:  # fmt: skip
    with pytest.raises(Refused):
        actions.answer(question=question, group=east, text="A", by=eastern("delegate"), at=now)
    with pytest.raises(Conflict):
        actions.answer(question=question, group=group, text="A", by=seat("secretariat"), at=now)
    actions.answer(
        question=question, group=east, text="In an office", by=eastern("secretariat"), at=now,
        of=Of(practice=practice),
    )  # fmt: skip
    assert Answer.objects.get().practice == practice
    last = Entry.objects.filter(group=group).order_by("-number")[0]
    assert last.act == "other group: question answered"


def test_closed_question_is_answered_no_more(
    question: Question, east: Group, seat: Seats, eastern: Seats, now: datetime
) -> None:
    with pytest.raises(Problem):
        actions.close_question(question=question, closing=" ", by=seat("secretariat"), at=now)
    by = eastern("secretariat")
    with pytest.raises(Refused):
        actions.close_question(question=question, closing="A", by=by, at=now)
    actions.close_question(question=question, closing="Thanks", by=seat("secretariat"), at=now)
    with pytest.raises(Conflict):
        actions.answer(question=question, group=east, text="A", by=eastern("secretariat"), at=now)


def test_question_to_all_is_public_and_any_other_answers(
    group: Group, asked: Asked, seat: Seats, eastern: Seats, east: Group, now: datetime
) -> None:
    every = replace(asked, to=None)
    with pytest.raises(Conflict):
        actions.ask(group=group, asked=every, by=seat("secretariat"), at=now)
    made = actions.ask(group=group, asked=every, by=seat("secretariat"), at=now, placing=PUBLIC)
    actions.answer(question=made, group=east, text="A", by=eastern("secretariat"), at=now)
    assert made.answers.count() == 1


def test_what_cannot_be_asked(
    group: Group, asked: Asked, seat: Seats, now: datetime, east: Group
) -> None:
    by = seat("secretariat")
    for wrong in (
        replace(asked, title=" "), replace(asked, theme="moon"),
        replace(asked, due=now.date() - timedelta(days=1)), replace(asked, to=group),
    ):  # fmt: skip
        with pytest.raises(Problem):
            actions.ask(group=group, asked=wrong, by=by, at=now)
    east.listed = False
    east.save()
    with pytest.raises(Conflict):
        actions.ask(group=group, asked=replace(asked, to=east), by=by, at=now)
    assert not Question.objects.exists()
    assert not Entry.objects.exists()


def test_who_has_a_practice_is_suggested_first_with_the_reason(
    practice: Practice, viewer: Viewers, group: Group, east: Group
) -> None:
    first, second, *_rest = suggested(viewer("secretariat"), group, "skills", "tests")
    assert (first.group, first.name) == (east, "East")
    assert [str(each) for each in first.reasons] == ["It has 1 practice on the theme."]
    assert second.name == "Prague Process"


def test_members_practice_of_another_group_is_not_suggested(
    practice: Practice, viewer: Viewers, group: Group
) -> None:
    Practice.objects.update(audience="members")
    found = suggested(viewer("secretariat"), group, "skills", "tests")
    assert [each.group for each in found if each.group] == []


def waiting(viewer: Viewer, group: Group) -> list[str]:
    held = next(desk for desk in desks(viewer) if desk.group == group)
    return [str(task.what) for task in held.tasks if "question" in str(task.what)]


def test_question_waits_for_the_asked_then_for_the_asking(
    question: Question, group: Group, east: Group, viewer: Viewers, there: Viewers,
    eastern: Seats, now: datetime,
) -> None:  # fmt: skip
    assert waiting(there("secretariat"), east) == ["Answer a question of another group"]
    assert waiting(there("delegate"), east) == []
    assert waiting(viewer("secretariat"), group) == []
    actions.answer(question=question, group=east, text="A", by=eastern("secretariat"), at=now)
    assert waiting(there("secretariat"), east) == []
    assert waiting(viewer("secretariat"), group) == [
        "Close your question: say what you take from it"
    ]


def test_forms_ask_answer_and_close(
    group: Group, east: Group, signed_in: Clients, in_east: Clients, now: datetime,
    practice: Practice,
) -> None:  # fmt: skip
    client = signed_in("secretariat")
    page = client.get("/groups/west-africa/exchange/ask/?theme=skills&title=tests")
    assert "It has 1 practice on the theme." in page.content.decode()
    given = {"title": "How?", "theme": "skills", "to": east.pk, "audience": "members",
             "due": (now.date() + timedelta(days=9)).isoformat()}  # fmt: skip
    assert client.post("/groups/west-africa/exchange/ask/", given).status_code == 302
    made = Question.objects.get()
    answer = f"{made.url_in(east)}answer/"
    assert in_east("secretariat").post(answer, {"text": ""}).status_code == 422
    told = {"text": "So", "practice": practice.value_id}
    assert in_east("secretariat").post(answer, told).status_code == 302
    assert "So" in client.get(made.get_absolute_url()).content.decode()
    close = f"{made.get_absolute_url()}close/"
    assert client.post(close, {"closing": "Thanks"}).status_code == 302
    made.refresh_from_db()
    assert made.status == "closed"
