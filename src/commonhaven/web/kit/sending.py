"""A form that is sent: its act is done once, and what was typed stays where it cannot be done."""

from collections.abc import Callable
from hashlib import sha256

from django.contrib import messages
from django.core.cache import cache
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commonhaven.reading import Problem
from commonhaven.web.kit.refused import Refused, Unknown
from commonhaven.web.kit.visit import Visit

KEPT = 3600
"""Seconds for which a form that was sent is remembered."""
WORKING = "…"


def sent(request: Visit, form: Form, act: Callable[[], str]) -> HttpResponse | None:
    """Do what a whole form says and go where ``act`` leads; None where it is to be shown again.

    The same page sent twice, as by two clicks, is done once: the second goes where the first went.
    A Problem is shown in the form; Refused and Unknown are pages of their own.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    key = _key(request)
    if key and not cache.add(key, WORKING, KEPT):
        before = cache.get(key)
        if before not in {None, WORKING}:
            messages.success(request, _("This was sent twice, and is done once."))
            return redirect(before)
        form.add_error(None, _("This was sent already and is being done. Look before you send it "
                               "again."))  # fmt: skip
        return None
    to = ""
    try:
        to = act()
    except (Refused, Unknown):
        raise
    except Problem as problem:
        form.add_error(None, str(problem))
        return None
    finally:
        if key and to:
            cache.set(key, to, KEPT)
        elif key:
            cache.delete(key)
    return redirect(to)


def _key(request: Visit) -> str:
    """One page that was shown to one person, filled in one way; empty where the page is unknown.

    Every page has a token of its own against forged requests.
    """
    if not request.POST.get("csrfmiddlewaretoken"):
        return ""
    told = f"{request.viewer.user}\n{request.path}\n{request.POST.urlencode()}"
    return f"sent-{sha256(told.encode()).hexdigest()}"
