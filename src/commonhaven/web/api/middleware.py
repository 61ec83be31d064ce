"""What every request to the API passes: who asks, how often, whether again, whether changed."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from ninja.utils import check_csrf

from commonhaven.web.accounts.second_factor import missing
from commonhaven.web.api.actions import token_of, viewer_with
from commonhaven.web.api.errors import NOTHING, fault, unsigned
from commonhaven.web.api.idempotency import once
from commonhaven.web.api.limits import (
    guessed_of,
    note_guess,
    owner_of,
    seconds_after_guesses,
    seconds_to_wait,
)
from commonhaven.web.api.models import Token
from commonhaven.web.kit.visit import Visit

PREFIX = "/api/v1/"
READS = frozenset({"GET", "OPTIONS"})


class Asked(Visit):
    """A request to the API: ``token`` is None where a session, or nobody, asks."""

    token: Token | None


class ApiMiddleware:
    """Recognise the token, count, repeat a repeated write, say when nothing changed."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: Asked) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.answer(request)
        if request.method == "HEAD":  # answered as GET is; the server sends no body
            request.method = "GET"
        response = self._stopped(request) or self._answered(request)
        response = _in_form(response)
        patch_vary_headers(response, ["Authorization", "Cookie"])
        response.setdefault("Cache-Control", "private, no-cache")
        if request.method == "GET":
            return _unless_same(request, response)
        return response

    def _stopped(self, request: Asked) -> HttpResponse | None:
        """An answer that needs no operation: a token that does not hold, too many requests."""
        request.token = None
        if request.headers.get("Authorization") and (stopped := self._recognised(request)):
            return stopped
        if wait := seconds_to_wait(_owner(request), request.now):
            return _later(wait)
        if request.token is None and missing(request):
            return fault(
                403, "your part asks for a second factor", fix="Set it up at /account/2fa/ first."
            )
        if request.token is None and request.method not in READS and request.viewer.user:
            return _forged(request)
        return None

    def _recognised(self, request: Asked) -> HttpResponse | None:
        """Take the request for its token's owner's; an answer where the token does not hold."""
        guessed = guessed_of(request)
        if wait := seconds_after_guesses(guessed, request.now):
            return _later(wait)
        kind, _, secret = request.headers["Authorization"].partition(" ")
        request.token = token_of(secret.strip(), request.now) if kind == "Bearer" else None
        if request.token is None:
            note_guess(guessed, request.now)
            return unsigned()
        request.user = request.token.user
        request.viewer = viewer_with(request.token, request.now)
        return None

    def _answered(self, request: Asked) -> HttpResponseBase:
        keyed = request.headers.get("Idempotency-Key") and request.viewer.user is not None
        if request.method in READS or not keyed:
            return self.answer(request)
        owner = _owner(request)
        return once(request, owner, request.now, self.answer)


def _owner(request: Asked) -> str:
    return owner_of(request, request.token.pk if request.token else None, request.viewer.user)


def _later(wait: int) -> HttpResponse:
    response = fault(429, "too many requests", fix=f"Wait {wait} seconds.")
    response["Retry-After"] = str(wait)
    return response


def _forged(request: Asked) -> HttpResponse | None:
    """A refusal where a session writes without the sign that its own page sent it."""
    if check_csrf(request) is None:
        return None
    return fault(
        403, "the request carries no valid CSRF token", where="X-CSRFToken",
        fix="Send it with the session, or use a token of the API.",
    )  # fmt: skip


def _in_form(response: HttpResponseBase) -> HttpResponseBase:
    """Errors that come from outside the operations, in the same form as theirs."""
    kind = response.headers.get("Content-Type", "")
    if response.status_code < 400 or kind.startswith("application/json"):
        return response
    if response.status_code == 404:
        return fault(404, NOTHING[0], fix=NOTHING[1])
    if response.status_code == 405:
        made = fault(405, "the address takes no such method", fix="See the Allow header.")
        made["Allow"] = response.headers.get("Allow", "")
        return made
    return fault(response.status_code, "the request was not done")


def _unless_same(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """304 where the reader holds the same answer already."""
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return response
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    named = [each.strip().removeprefix("W/") for each in
             request.headers.get("If-None-Match", "").split(",")]  # fmt: skip
    if tag in named or "*" in named:
        same = HttpResponse(status=304)
        same["Vary"] = response.headers.get("Vary", "")
        same["Cache-Control"] = response.headers.get("Cache-Control", "")
        same["ETag"] = tag
        return same
    response["ETag"] = tag
    return response
