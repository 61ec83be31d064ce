"""What every page shows round its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from commonhaven import __version__
from commonhaven.web.kit.audience import Viewer


def page(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the group whose pages these are, direction of the script, the mode."""
    group = getattr(request, "group", None)
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "group": group,
        "own_seats": viewer.seats_in(group.pk) if viewer and group else (),
        "now": getattr(request, "now", None),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "demonstration": settings.DEMONSTRATION,
        "languages": settings.LANGUAGES,
        "version": __version__,
        "unread": lambda: _unread(viewer),
    }


def _unread(viewer: Viewer | None) -> int:
    """How many notices a person has not read: one query, and only where a page shows it."""
    from commonhaven.web.notices.queries import unread  # noqa: PLC0415 - apps load first

    return unread(viewer) if viewer else 0
