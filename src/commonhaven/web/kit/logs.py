"""Structured logs: one JSON object a line, without personal data."""

import json
import logging
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

KEPT = ("request", "method", "route", "status", "milliseconds")
NUMBER = "commonhaven.request"
"""Where a request carries its number."""
log = logging.getLogger("commonhaven.requests")


class JsonLines(logging.Formatter):
    """A log record as one line of JSON; addresses, names and query texts never enter it."""

    kept: ClassVar[tuple[str, ...]] = KEPT

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str | int | float] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": _what(record),
        }
        given = {name: getattr(record, name, None) for name in self.kept}
        line |= {name: v for name, v in given.items() if isinstance(v, str | int | float)}
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and NUMBER in request.META:
            line["request"] = request.META[NUMBER]
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _what(record: logging.LogRecord) -> str:
    """The message; where Django names the address of a request in it, its route instead."""
    said, request = record.getMessage(), getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or len(request.path) < 2:
        return said
    return said.replace(request.path, _route(request))


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.route if match else "-"


class RequestLog:
    """Log every request by its route, not its address: routes hold no tokens and no searches."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        start = time.perf_counter()
        name = request.META[NUMBER] = uuid.uuid4().hex[:12]
        response = self.answer(request)
        response["X-Request-Id"] = name
        log.info(
            "request",
            extra={
                "request": name,
                "method": request.method,
                "route": _route(request),
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - start) * 1000, 1),
            },
        )
        return response
