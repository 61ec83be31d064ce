"""People who run a group or the platform show a second factor before they go on.

Outside demonstrations, and unless the installation's settings switch it off.
"""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commonhaven.web.kit.audience import Viewer
from commonhaven.web.kit.visit import Visit

OPEN = ("/account/", "/language/", "/static/", "/healthz", "/api/v1/")
"""Where a person without a second factor may still go; the API asks sessions by itself."""
ASKED = frozenset({"secretariat", "administrator"})
KNOWN = "second_factor"


class SecondFactorMiddleware:
    """Leads a secretariat or administrator without a second factor to the page that sets it up."""

    def __init__(self, answer: Callable[[Visit], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: Visit) -> HttpResponseBase:
        if not request.path.startswith(OPEN) and missing(request):
            text = _("Your part asks for a second factor. Set it up here, then go on.")
            messages.info(request, text)
            return redirect("mfa_activate_totp")
        return self.answer(request)


def missing(request: Visit) -> bool:
    """Whether the person has to set up a second factor first."""
    return settings.SECOND_FACTOR and asked(request.viewer) and not _set_up(request)


def _set_up(request: Visit) -> bool:
    """Whether there is one; asked of the database once in a session."""
    if request.session.get(KNOWN):
        return True
    enabled = bool(is_mfa_enabled(request.user))
    if enabled:
        request.session[KNOWN] = True
    return enabled


def asked(viewer: Viewer) -> bool:
    """Whether the viewer's part asks for a second factor."""
    return viewer.administrator or any(seat.capacity in ASKED for seat in viewer.seats)
