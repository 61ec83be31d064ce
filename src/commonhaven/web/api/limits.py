"""Requests a minute for each token or address, counted in the database by all servers together."""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from commonhaven.web.api.models import Window
from commonhaven.web.kit.limits import address_of

COUNT = """
INSERT INTO api_window (owner, minute, count) VALUES (%s, %s, 1)
ON CONFLICT (owner, minute) DO UPDATE SET count = api_window.count + 1
RETURNING count
"""
KEPT = 10
"""Minutes after which counts are forgotten."""
GUESSES = 20
"""Tokens that do not hold, from one address in one minute, after which it has to wait."""


def owner_of(request: HttpRequest, token: int | None, user: int | None) -> str:
    """Who is counted: the token, the person signed in, else the address, kept as a hash only."""
    if token is not None:
        return f"token {token}"
    if user is not None:
        return f"person {user}"
    return str(salted_hmac("api", address_of(request)).hexdigest())


def seconds_to_wait(owner: str, at: datetime) -> int:
    """Count one request; 0 where it is within the limit, else how long to wait."""
    over = _counted(owner, at) > settings.PLATFORM.requests_per_minute
    return _left(at) if over else 0


def guessed_of(request: HttpRequest) -> str:
    """Under which name tokens that do not hold are counted: the address, as a hash only."""
    return str(salted_hmac("api tokens", address_of(request)).hexdigest())


def note_guess(owner: str, at: datetime) -> None:
    """Count one token that does not hold."""
    _counted(owner, at)


def seconds_after_guesses(owner: str, at: datetime) -> int:
    """How long an address waits that has sent many tokens that do not hold; 0 for any other.

    Meanwhile no token of it is looked at, so that it does not learn whether one holds.
    """
    minute = int(at.timestamp()) // 60
    tried = Window.objects.filter(owner=owner, minute=minute, count__gte=GUESSES)
    return _left(at) if tried.exists() else 0


def _counted(owner: str, at: datetime) -> int:
    minute = int(at.timestamp()) // 60
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [owner, minute])
        count = int(cursor.fetchone()[0])
    if count == 1:
        Window.objects.filter(owner=owner, minute__lt=minute - KEPT).delete()
    return count


def _left(at: datetime) -> int:
    return 60 - int(at.timestamp()) % 60
