"""Pages of the global fora: what lies ahead, programmes, calls, a calendar."""

import hashlib

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonhaven.processes import processes
from commonhaven.processes.fora import calls_on, fora, upcoming
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.visit import Visit
from commonhaven.web.notices.ical import file_of
from commonhaven.web.processes import meetings
from commonhaven.web.processes.forms import DayForm
from commonhaven.web.processes.views import status, today


def index(request: Visit) -> HttpResponse:
    """The fora, what lies ahead, and the calls for input."""
    form = DayForm(request.GET or None)
    day = form.day(today(request))
    shown = {
        "form": form, "day": day, "ahead": upcoming(fora(), day),
        "calls": calls_on(fora().values(), day), "fora": fora().values(),
        "made_up": meetings.made_up().values(),
    }  # fmt: skip
    return render(request, "fora/index.html", shown, status=status(form))


def show(request: Visit, name: str) -> HttpResponse:
    """A forum with its meetings, their roadmaps and programmes, and its calls."""
    if name not in meetings.shipped():
        raise Unknown("there is no such forum", fix="Look in the list of fora.")
    found, form = meetings.shipped()[name], DayForm(request.GET or None)
    day = form.day(today(request))
    shown = {
        "forum": found, "form": form, "day": day, "meetings": meetings.meetings(found, day),
        "in_registry": name in processes(),
    }  # fmt: skip
    return render(request, "fora/show.html", shown, status=status(form))


@require_safe
def calendar(request: Visit) -> HttpResponse:
    """Meetings of the fora and deadlines of their calls, for any program that keeps a calendar."""
    body = file_of(_("Global fora"), meetings.calendar(fora()))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="fora.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=900"
    patch_vary_headers(response, ["Accept-Language"])
    return response
