"""Log lines are JSON whatever Django hangs on a record, and keep what is named only."""

import json
import logging

from django.http import HttpRequest

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
