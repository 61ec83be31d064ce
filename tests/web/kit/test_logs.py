"""Log lines are JSON whatever Django hangs on a record, and keep what is named only."""

import json
import logging

import pytest
from django.http import HttpRequest
from django.test import Client

from commonhaven.web.kit.logs import JsonLines


def test_line_holds_simple_values_only() -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "f", 1, "%s: %s", ("a", "b"), None)
    record.request, record.status, record.route = HttpRequest(), 500, "try/"  # type: ignore[attr-defined]
    record.address = "192.0.2.1"  # type: ignore[attr-defined]
    line = json.loads(JsonLines().format(record))
    assert {**line, "at": ""} == {
        "at": "", "level": "error", "from": "django.request", "what": "a: b", "status": 500,
        "route": "try/",
    }  # fmt: skip


def test_logs_name_routes_and_never_secret_addresses(
    db: None, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    address = "/account/invitation/a-secret-of-somebody/"
    with caplog.at_level(logging.INFO):
        refused = Client(enforce_csrf_checks=True).post(address)
    assert refused.status_code == 403
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert [(one["from"], one["request"]) for one in lines] == [
        ("django.security.csrf", refused["X-Request-Id"]),
        ("commonhaven.requests", refused["X-Request-Id"]),
    ]
    assert "account/invitation/<str:token>/" in lines[0]["what"]
    assert "a-secret" not in json.dumps(lines)
