"""A write sent twice with one key is done once: the second gets the first one's answer."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from commonhaven.web.api.errors import fault
from commonhaven.web.api.models import Answered

KEPT = timedelta(days=7)
LONGEST = 120
Answer = Callable[[HttpRequest], HttpResponseBase]


def once(request: HttpRequest, owner: str, at: datetime, answer: Answer) -> HttpResponseBase:
    """The answer to a write with a key: kept with what it did, in one transaction.

    Only done writes are kept; a refused one changed nothing and may be tried again with its key.
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
            row.save(update_fields=["status", "body"])
            return response
    except IntegrityError:
        return _again(owner, key, said)


def _said(request: HttpRequest) -> str:
    text = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(text).hexdigest()


def _again(owner: str, key: str, said: str) -> HttpResponseBase:
    row = Answered.objects.filter(owner=owner, key=key).first()
    if row is None:
        return fault(
            409, "the write conflicts with another one", fix="Read what stands now and try again."
        )
    if row.request != said:
        return fault(
            409, "this Idempotency-Key was used for another request", where="Idempotency-Key",
            fix="Use a new key for every new write.",
        )  # fmt: skip
    response = HttpResponse(row.body, status=row.status, content_type="application/json")
    response["Idempotent-Replayed"] = "true"
    return response
