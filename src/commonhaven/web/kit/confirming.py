"""After an act, one line on the next page says what was done."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from commonhaven.web.kit.audience import sees

if TYPE_CHECKING:
    from commonhaven.web.kit.visit import Visit

LAST = 20
"""Entries at the end of a record among which those of one request are looked for."""


def confirm(request: "Visit", answer: HttpResponseBase) -> None:
    """Say what a form did, in the record's words, where its view says nothing of its own.

    A page that says so is kept by no cache: seen again, it would say it again.
    """
    storage = messages.get_messages(request)
    assert isinstance(storage, BaseStorage)  # noqa: S101 - the middleware made it
    if storage.used:
        answer.headers.setdefault("Cache-Control", "private, no-store")
    leads = request.method == "POST" and answer.status_code == 302
    if leads and not storage.added_new and (said := done(request)):
        messages.success(request, said)


def done(request: "Visit") -> str:
    """The first act that the request wrote into its group's record; empty where it wrote none."""
    from commonhaven.web.record.models import Entry  # noqa: PLC0415 - apps load first
    from commonhaven.web.record.sentences import sentences  # noqa: PLC0415 - apps load first

    if request.group is None or request.viewer.user is None:
        return ""
    latest = Entry.objects.filter(group=request.group).order_by("-number")[:LAST]
    own = [
        one
        for one in latest
        if one.person_id == request.viewer.user and one.created_at >= request.now
    ]
    if not own:
        return ""
    if not sees(request.viewer, own[-1]):
        return _("It is done, and stands in the record.")
    return sentences(own[-1:], request.viewer)[0]
