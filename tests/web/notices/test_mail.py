"""Notices by mail: one mail for many, only what the reader may see, again where it failed."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.notices.mail import send_waiting
from commonhaven.web.notices.models import Notice, Post
from commonhaven.web.notices.rounds import tick
from commonhaven.web.record.actions import write

Cast = Callable[[str], User]
Places = Callable[[str], Place]


class Broken(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages: Any) -> int:  # noqa: ARG002
        raise smtplib.SMTPServerDisconnected("no server")


@pytest.fixture
def two(person: Cast) -> None:
    person("ghana")
    person("liberia")


def opened(group: Group, seat: Places, at: datetime, title: str = "Arrivals") -> None:
    write(group, "situation opened", {"title": title}, by=seat("ghana"), at=at)


def test_one_notice_is_one_mail(group: Group, two: None, seat: Places, now: datetime) -> None:
    opened(group, seat, now)
    assert tick(now).mailed == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["liberia@example.org"],
        "Ghana opened the situation Arrivals.",
    )
    assert "http://127.0.0.1:8000/notices/" in sent.body
    assert tick(now + timedelta(minutes=1)).mailed == 0


def test_many_notices_are_one_mail(group: Group, two: None, seat: Places, now: datetime) -> None:
    for number in range(45):
        opened(group, seat, now, f"No {number}.")
    assert tick(now).mailed == 1
    (sent,) = mail.outbox
    assert sent.subject == "45 notices"
    assert (sent.body.count("opened the situation"), "5 more are on the page." in sent.body) == (
        40,
        True,
    )


def test_mail_waits_for_the_day_unless_it_asks_something(
    group: Group, two: None, seat: Places, now: datetime
) -> None:
    opened(group, seat, now)
    tick(now)
    opened(group, seat, now + timedelta(minutes=20))
    assert tick(now + timedelta(minutes=20)).mailed == 0
    write(
        group, "meeting convened", {"title": "Emergency"}, by=seat("ghana"),
        at=now + timedelta(minutes=21),
    )  # fmt: skip
    assert tick(now + timedelta(minutes=21)).mailed == 1
    assert mail.outbox[1].subject == "2 notices"
    assert mail.outbox[1].body.index("convened") < mail.outbox[1].body.index("opened")
    write(
        group, "meeting convened", {"title": "Again"}, by=seat("ghana"),
        at=now + timedelta(minutes=22),
    )  # fmt: skip
    assert tick(now + timedelta(minutes=22)).mailed == 0
    assert tick(now + timedelta(minutes=36)).mailed == 1


def test_mail_holds_only_what_the_reader_may_see_when_it_goes(
    group: Group, two: None, seat: Places, person: Cast, now: datetime
) -> None:
    opened(group, seat, now, "Secret")
    Seat.objects.filter(user=person("liberia")).update(until=now.date() - timedelta(days=1))
    assert tick(now).mailed == 0
    assert mail.outbox == []
    assert Notice.objects.filter(mailed_at__isnull=True).count() == 0


def test_what_was_read_is_not_mailed(group: Group, two: None, seat: Places, now: datetime) -> None:
    opened(group, seat, now)
    Notice.objects.update(read_at=now)
    assert tick(now).mailed == 0


def test_person_who_wants_no_mail_gets_none(
    group: Group, two: None, seat: Places, person: Cast, now: datetime
) -> None:
    User.objects.filter(pk=person("liberia").pk).update(mail_notices=False)
    opened(group, seat, now)
    assert tick(now).mailed == 0
    assert Notice.objects.count() == 1


def test_mail_is_in_the_readers_language_and_zone(
    group: Group, two: None, seat: Places, person: Cast, now: datetime
) -> None:
    User.objects.filter(pk=person("liberia").pk).update(language="fr", zone="Asia/Kathmandu")
    Notice.objects.create(
        user=person("liberia"), group=group, kind="clock opened", subject="", key="k",
        facts={"title": "T", "what": "W"}, created_at=now, to_do=True,
        due_at=now.replace(year=2026, month=7, day=1, hour=12, minute=0),
    )  # fmt: skip
    tick(now)
    (sent,) = mail.outbox
    assert "1 juil. 2026, 17:45" in sent.body
    assert "Groupe exemple" in sent.body


def test_mail_that_failed_goes_later(
    group: Group, two: None, seat: Places, now: datetime, settings: Any,
) -> None:  # fmt: skip
    good = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    opened(group, seat, now)
    assert tick(now).mailed == 0
    assert Post.objects.get().next_at == now + timedelta(minutes=2)
    settings.EMAIL_BACKEND = good
    assert tick(now + timedelta(minutes=1)).mailed == 0
    assert tick(now + timedelta(minutes=2)).mailed == 1
    assert Post.objects.get().tries == 0


def test_mail_is_given_up_in_the_end(
    group: Group, two: None, seat: Places, now: datetime, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    opened(group, seat, now)
    for hours in range(9):
        tick(now + timedelta(hours=5 * hours))
    assert Notice.objects.get().mailed_at is not None
    assert Notice.objects.get().read_at is None


def test_installation_without_mail_sends_none(
    group: Group, two: None, seat: Places, now: datetime, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    opened(group, seat, now)
    assert tick(now).mailed == 0
    assert Notice.objects.get().mailed_at is None


def test_mail_reads_as_often_for_60_people_as_for_3(
    group: Group, two: None, seat: Places, now: datetime
) -> None:
    counts = []
    for people, at in ((3, now), (60, now + timedelta(days=2))):
        for number in range(User.objects.count() - 1, people):
            user = User.objects.create_user(f"delegate{number}@example.org", None, label="Delegate")
            Seat.objects.create(
                user=user, group=group, party="GIN", capacity="delegate", since=now.date(),
                accepted_at=now,
            )  # fmt: skip
        opened(group, seat, at)
        with CaptureQueriesContext(connection) as asked:
            assert send_waiting(at) == people
        counts.append(sum(each["sql"].startswith("SELECT") for each in asked))
    assert counts[0] == counts[1]
