"""A write sent twice with one key is done once: the second gets the first one's answer."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from commonhaven.reading import digest
from commonhaven.web.api.errors import fault
from commonhaven.web.api.models import Answered
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.kit.visit import Visit

KEPT = timedelta(days=7)
LONGEST = 120
Answer = Callable[[HttpRequest], HttpResponseBase]


def once(request: Visit, owner: str, at: datetime, answer: Answer) -> HttpResponseBase:
    """The answer to a write with a key: kept with what it did, in one transaction.

    Only done writes are kept; a refused one changed nothing and may be tried again with its key.
    An answer is given again to who still has the part in which the write was done.
    """
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > LONGEST or not key.isprintable():
        return fault(
            400, "the Idempotency-Key cannot be used", where="Idempotency-Key",
            fix=f"Write up to {LONGEST} printable signs, such as a UUID.",
        )  # fmt: skip
    said = _said(request)
    try:
        with transaction.atomic():
            Answered.objects.filter(made_at__lt=at - KEPT, owner=owner).delete()
            row = Answered.objects.create(owner=owner, key=key, request=said, made_at=at)
            response = answer(request)
            if not isinstance(response, HttpResponse) or not 200 <= response.status_code < 300:
                transaction.set_rollback(True)
                return response
            row.status, row.body = response.status_code, response.content.decode()
            row.group, row.part = request.group, part_of(request.viewer, request.group)
            row.save(update_fields=["status", "body", "group", "part"])
            return response
    except IntegrityError:
        return _again(request.viewer, owner, key, said)


def part_of(viewer: Viewer, group: Group | None) -> str:
    """What a person is in a group, or anywhere, as a hash: seats, their standing, caucuses."""
    seats = viewer.seats if group is None else viewer.seats_in(group.pk)
    caucuses = {key: sorted(ids) for key, ids in viewer.caucuses.items()
                if group is None or key == group.pk}  # fmt: skip
    told = [[asdict(seat) for seat in seats], sorted(caucuses.items()), viewer.administrator]
    return digest(told)


def _said(request: HttpRequest) -> str:
    text = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(text).hexdigest()


def _again(viewer: Viewer, owner: str, key: str, said: str) -> HttpResponseBase:
    row = Answered.objects.select_related("group").filter(owner=owner, key=key).first()
    if row is None:
        return fault(
            409, "the write conflicts with another one", fix="Read what stands now and try again."
        )
    if row.request != said:
        return fault(
            409, "this Idempotency-Key was used for another request", where="Idempotency-Key",
            fix="Use a new key for every new write.",
        )  # fmt: skip
    if row.part != part_of(viewer, row.group):
        return fault(
            403, "it was done, and your part has changed since", where="Idempotency-Key",
            fix="Read what stands now, as far as you may see it.",
        )  # fmt: skip
    response = HttpResponse(row.body, status=row.status, content_type="application/json")
    response["Idempotent-Replayed"] = "true"
    return response
