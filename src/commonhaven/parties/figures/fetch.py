"""An answer from a publisher over HTTP: complete, or a Problem that says what went wrong."""

import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from commonhaven.reading import Problem

LARGEST = 100_000_000
AGAIN = (408, 425, 429, 500, 502, 503, 504)
"""Answers after which it is worth asking again (RFC 9110, section 15; RFC 6585)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How patient to be: seconds for one answer, how often to try, seconds between tries."""

    timeout: float = 60
    tries: int = 4
    wait: float = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the bytes, and the same as JSON with exact decimals."""

    url: str
    raw: bytes
    json: Any


def fetch(url: str, connection: Connection) -> Answer:
    """Ask for ``url`` and read a complete JSON answer, trying again where that may help.

    Raises Problem, naming the address, for an HTTP error, no connection, an answer that breaks off
    and one that is not JSON.
    """
    if not url.startswith(("https://", "http://")):
        raise Problem(f"{url} is not a web address", fix="Write it with https:// in front.")
    problem = Problem("no try was allowed", where=url, fix="Allow at least one.")
    for attempt in range(connection.tries):
        if attempt:
            time.sleep(connection.wait * attempt)
        try:
            return _once(url, connection)
        except _Passing as passing:
            problem = passing.problem
    raise problem


class _Passing(Exception):
    """A reason to try again."""

    def __init__(self, what: str, url: str) -> None:
        super().__init__(what)
        fix = "Try again later, or give a folder of downloaded files."
        self.problem = Problem(what, where=url, fix=fix)


def _once(url: str, connection: Connection) -> Answer:
    headers = {"User-Agent": "commonhaven", "Accept": "application/json"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - scheme checked in fetch
    try:
        with urllib.request.urlopen(request, timeout=connection.timeout) as answer:  # noqa: S310 - the same
            raw = answer.read(LARGEST + 1)
            _complete(url, raw, answer.headers.get("Content-Length"))
    except urllib.error.HTTPError as error:
        error.close()
        raise _refused(url, error.code, str(error.reason)) from None
    except http.client.IncompleteRead:
        raise _Passing("the answer broke off", url) from None
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", None) or error
        raise _Passing(f"no answer ({reason})", url) from None
    return Answer(url=url, raw=raw, json=_json(url, raw))


def _complete(url: str, raw: bytes, promised: str | None) -> None:
    if len(raw) > LARGEST:
        raise Problem(f"the answer is larger than {LARGEST:,} bytes", where=url)
    if promised and promised.isdecimal() and len(raw) < int(promised):
        raise _Passing(f"the answer broke off after {len(raw):,} of {promised} bytes", url)


def _refused(url: str, code: int, reason: str) -> Exception:
    said = f"the publisher answered {code} {reason}".strip()
    if code in AGAIN:
        return _Passing(said, url)
    return Problem(said, where=url, fix="Check the address, or give a folder of downloaded files.")


def _json(url: str, raw: bytes) -> Any:  # noqa: ANN401 - JSON of any shape
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise _Passing("the answer is not UTF-8 text", url) from None
    except json.JSONDecodeError as error:
        raise _Passing(f"the answer is not complete JSON (line {error.lineno})", url) from None
