"""Plans, meetings, obligations and the record speak the reader's language; a vote is news once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from talks_cast import Room

from commonhaven.saying import Said
from commonhaven.web.decisions.actions import Question, cast_vote, close_decision, put_decision
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.home.queries import desks
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.moves import Wish, make_move
from commonhaven.web.plans.talks import talk_of
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
MINUTE = timedelta(minutes=1)
LANGUAGES = ("ar", "es", "fr", "ru", "zh-hans")
ENGLISH = (
    "is to protect", "It neither pays", "Its assessment is", "there now keep protection",
    "answers the request", "The meeting sits", "Nobody gave notice", "gave no reply",
)  # fmt: skip


@pytest.fixture
def adopted(seen: Plan, room: Room, seat: Seats) -> Decision:
    made = put_decision(
        group=seen.group, question=Question(kind="plan", title="Adopt the plan", plan=seen),
        by=seat("ghana"), at=room.at + MINUTE,
    )  # fmt: skip
    cast_vote(decision=made, choice="yes", by=seat("guinea"), at=room.at + 2 * MINUTE)
    return close_decision(decision=made, by=seat("secretariat"), at=room.at + 3 * MINUTE)


def page(client: Client, url: str, language: str) -> str:
    client.cookies["django_language"] = language
    answer = client.get(url)
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.text
    return answer.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Qui protège qui", "doit protéger 128\u202f687 personnes", "Sa quote-part est de")),
        ("es", ("Quién protege a quién", "ha de proteger a 128.687 personas", "Su cuota es de")),
        ("ar", ("من يحمي من", "عليها حماية 128,687 شخصا", "نصيبها المقرر")),
        ("ru", ("Кто кого защищает", "под защиту принимается 128\xa0687 человек", "Начислено")),
        ("zh-hans", ("谁保护谁", "应保护128,687人", "其摊款为")),
    ],
)
def test_why_a_state_protects_and_pays(
    plan: Plan, signed_in: Clients, language: str, words: tuple[str, ...]
) -> None:
    text = page(signed_in("ghana"), f"{plan.get_absolute_url()}states/GIN/", language)
    for one in words:
        assert one in text
    assert [one for one in ENGLISH if one in text] == []
    assert ('dir="rtl"' in text) == (language == "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_owed_and_where_a_meeting_stands(
    adopted: Decision, room: Room, signed_in: Clients, language: str
) -> None:
    client = signed_in("ghana")
    owed = Obligation.objects.filter(decision=adopted)
    kinds = {one.kind: one for one in owed}
    assert len(kinds) >= 6
    for one in kinds.values():
        text = page(client, one.get_absolute_url(), language)
        assert one.what not in text
        assert one.measured not in text
    text = page(client, room.meeting.get_absolute_url(), language)
    assert [one for one in ENGLISH if one in text] == []
    counted = page(client, adopted.get_absolute_url(), language)
    for one in ("members with a vote", "The quorum is", "stands back", ": adopted."):
        assert one not in counted


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Guinea voted on Adopt the plan: yes.", "Emergency meeting: UNHCR opened the")),
        ("fr", ("Adopt the plan : oui", "Emergency meeting : HCR : ouverture de la réunion")),
        ("zh-hans", ("Adopt the plan", "难民署宣布开会")),
    ],
)
def test_the_record_tells_acts_by_the_sentences_of_notices(
    adopted: Decision, signed_in: Clients, language: str, words: tuple[str, ...]
) -> None:
    text = page(signed_in("ghana"), f"/groups/{adopted.group.slug}/record/?page=1", language)
    text += page(signed_in("ghana"), f"/groups/{adopted.group.slug}/record/?page=2", language)
    for one in words:
        assert one in text
    assert "procedure: close-vote." not in text


def test_a_decision_in_a_meeting_is_news_once(
    adopted: Decision, viewer: Callable[[str], Viewer], now: datetime
) -> None:
    acts = set(Entry.objects.filter(group=adopted.group).values_list("act", flat=True))
    assert {"procedure: put", "procedure: vote", "procedure: close-vote"} <= acts
    desk = desks(viewer("ghana"))[0]
    told = [one.sentence for one in desk.news]
    assert sum("Adopt the plan" in one for one in told) == 2, (
        "the vote and the count, not its own act"
    )
    assert not [one for one in told if "closed the decision" in one or "took its position" in one]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Guinée : offre de protéger 1\u202f000 personnes au-delà de sa part. Résultat : "),
        ("es", "Guinea: oferta de proteger a 1.000 personas más allá de su parte. Resultado: "),
        ("zh-hans", "几内亚提出在其份额之外保护1,000人。结果：保护"),
    ],
)
def test_moves_and_what_follows_from_them(
    proposal: Plan, seat: Seats, signed_in: Clients, now: datetime, language: str, words: str
) -> None:
    moved = make_move(
        plan=proposal, wish=Wish(kind="offer people", people=1000), by=seat("guinea"), at=now
    )
    told = [part.sentence for part in talk_of(moved).parts]
    assert told
    assert [one for one in told if not isinstance(one, Said)] == []
    text = page(signed_in("ghana"), f"{moved.get_absolute_url()}states/GIN/", language)
    assert words in text
    withdrawn = make_move(
        plan=moved, wish=Wish(kind="withdraw", withdraws=1), by=seat("guinea"),
        at=now + MINUTE,
    )  # fmt: skip
    assert [p for p in talk_of(withdrawn).parts if not isinstance(p.sentence, Said)] == []
