"""The first page, what this is, the demonstration's clock, health."""

from datetime import timedelta

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from commonhaven import __version__
from commonhaven.web.groups.queries import groups_for
from commonhaven.web.kit import clock
from commonhaven.web.kit.visit import Visit, demonstration_only

STEPS = {"1", "24", "48", "168"}


def home(request: Visit) -> HttpResponse:
    """What is new and due for whoever is signed in; what is public for everybody else."""
    return render(request, "home/home.html", {"groups": groups_for(request.viewer)})


def about(request: Visit) -> HttpResponse:
    """What this is, and what names of territories mean here."""
    return render(request, "home/about.html")


@require_POST
@demonstration_only
def move_clock(request: Visit) -> HttpResponse:
    """Move the demonstration's clock forward by one of a few steps."""
    hours = request.POST.get("hours", "")
    if hours in STEPS:
        clock.move(timedelta(hours=int(hours)))
    to = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return redirect(to if safe else "/")


@require_GET
def health(request: Visit) -> JsonResponse:  # noqa: ARG001
    """Whether the platform and its database answer; for monitors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})
