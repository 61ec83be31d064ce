"""Mail notices: in the reader's language and zone, several as one, only what he or she may see."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewers_of
from commonhaven.web.kit.audience import Viewer, sees
from commonhaven.web.notices.models import Notice, Post
from commonhaven.web.notices.reminder import period

log = logging.getLogger(__name__)
UNSENT = "django.core.mail.backends.dummy.EmailBackend"
LISTED = 40
"""Notices that one mail tells at most; the page has the rest."""


def send_waiting(at: datetime) -> int:
    """Send the notices that wait, one mail a person; how many mails went.

    What was read on the page meanwhile is not mailed, nor what the person may not see any more.
    """
    if settings.EMAIL_BACKEND == UNSENT:
        return 0
    since = at - timedelta(days=period("told_late_days", at))
    waiting = Notice.objects.filter(
        mailed_at__isnull=True, read_at__isnull=True, created_at__gte=since,
        user__mail_notices=True, user__is_active=True,
    )  # fmt: skip
    by_user: dict[int, list[Notice]] = {}
    for row in waiting.select_related("user", "group").order_by("created_at", "pk"):
        by_user.setdefault(row.user_id, []).append(row)
    posts = {post.user_id: post for post in Post.objects.filter(user__in=by_user)}
    for pk in by_user:
        posts.setdefault(pk, Post(user_id=pk))
    ready = {pk: rows for pk, rows in by_user.items() if _is_time(rows, posts[pk], at)}
    sight = viewers_of([rows[0].user for rows in ready.values()], at)
    return sum(_send_to(sight[pk], rows, posts[pk], at) for pk, rows in ready.items())


def _send_to(viewer: Viewer, rows: Sequence[Notice], post: Post, at: datetime) -> int:
    user, seen = rows[0].user, [row for row in rows if sees(viewer, row)]
    seen.sort(key=lambda row: (not row.to_do, row.created_at, row.pk))
    if seen and not _sent(user, seen, post, at):
        return 0
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=at)
    if seen:
        post.sent_at, post.tries, post.next_at = at, 0, None
        post.save()
    return 1 if seen else 0


def _is_time(rows: Sequence[Notice], post: Post, at: datetime) -> bool:
    """Whether the next mail may go: soon where it asks for something, else with the day's."""
    if post.next_at is not None and at < post.next_at:
        return False
    if post.sent_at is None:
        return True
    asks = any(row.to_do for row in rows)
    apart = (
        timedelta(minutes=period("mail_apart_minutes", at))
        if asks
        else timedelta(hours=period("digest_hours", at))
    )
    return at >= post.sent_at + apart


def _sent(user: User, rows: Sequence[Notice], post: Post, at: datetime) -> bool:
    """Hand one mail to the server; where that fails, try again later, each time twice as late."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject, text = letter(user, rows)
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
    except (OSError, SMTPException) as error:  # what it says names the address
        post.tries += 1
        said = type(error).__name__
        log.error("mail to user %s failed, try %s: %s", user.pk, post.tries, said)  # noqa: TRY400
        if post.tries < period("mail_tries", at):
            post.next_at = at + timedelta(minutes=2**post.tries)
        else:
            Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=at)
            post.tries, post.next_at = 0, None
        post.save()
        return False
    return True


def letter(user: User, rows: Sequence[Notice]) -> tuple[str, str]:
    """Subject and text of a mail, in the language in force."""
    if len(rows) == 1:
        subject = " ".join(rows[0].text.split())[:120]
    else:
        subject = ngettext("%(count)s notice", "%(count)s notices", len(rows)) % {
            "count": len(rows)
        }
    parts = [_paragraph(user, row) for row in rows[:LISTED]]
    left = len(rows) - LISTED
    if left > 0:
        more = ngettext("%(count)s more is on the page.", "%(count)s more are on the page.", left)
        parts.append(more % {"count": left})
    page = f"{_address()}/notices/"
    parts.append("-- \n" + _("All notices, and how to switch off this mail:") + f"\n{page}")
    return subject, "\n\n".join(parts) + "\n"


def _paragraph(user: User, row: Notice) -> str:
    lines = [f"{row.group.called(translation.get_language() or 'en')}: {row.text}"]
    if row.due_at:
        lines.append(_("By: %(due)s") % {"due": instant(row.due_at, user.zone or row.group.zone)})
    if row.url:
        lines.append(_address() + row.url)
    return "\n".join(lines)


def _address() -> str:
    return settings.PLATFORM.address.rstrip("/")


def instant(at: datetime, zone: str) -> str:
    """An instant as plain text on a clock, with the zone named."""
    there = at.astimezone(ZoneInfo(zone or "UTC"))
    locale = (translation.get_language() or "en").replace("-hans", "_Hans").replace("-", "_")
    text = format_datetime(there, "d MMM yyyy, HH:mm", locale=locale)
    return f"{text} {there.tzname() or zone}"
