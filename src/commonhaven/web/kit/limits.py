"""How often somebody may ask for what takes long to compute."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from commonhaven.web.kit import clock
from commonhaven.web.kit.refused import TooMany

WINDOW = 600
"""Seconds over which what one asks for is counted."""
KEPT = 24 * 3600
"""Seconds for which what was computed is kept."""
Found = TypeVar("Found")


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: behind HTTPS, the address that the nearest proxy names."""
    named = str(request.headers.get("X-Forwarded-For", "")) if request.is_secure() else ""
    return named.rsplit(",", maxsplit=1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))


def asker(request: HttpRequest, user: int | None = None) -> str:
    """Who asks: the person signed in, else a keyed hash of the address, which is kept nowhere."""
    return f"person-{user}" if user else salted_hmac("asker", address_of(request)).hexdigest()[:32]


def count(what: str, owner: str, most: int) -> None:
    """Count one computation that somebody asked for; TooMany where they had their number.

    The count is forgotten after minutes.
    """
    window = int(clock.now().timestamp()) // WINDOW
    key = f"{what}-{window}-{owner}"
    cache.add(key, 0, 2 * WINDOW)
    if cache.incr(key) > most:
        raise TooMany(
            f"{most} computations in ten minutes is the most that one may ask for here",
            fix="Wait some minutes, or use the command line.",
        )


def once_a_day(
    key: str, compute: Callable[[], Found], *, what: str, owner: str, most: int
) -> Found:
    """What is computed, or was in the last day; what has to be computed counts for who asks."""
    found: Found | None = cache.get(key)
    if found is None:
        count(what, owner, most)
        found = compute()
        cache.set(key, found, KEPT)
    return found
