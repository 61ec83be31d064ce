"""The first page, what this is, the demonstration's clock, health."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from commonhaven import __version__
from commonhaven.web.accounts.models import Invitation
from commonhaven.web.groups.queries import group_for
from commonhaven.web.home import actions, queries
from commonhaven.web.kit import clock
from commonhaven.web.kit.places import url_of
from commonhaven.web.kit.visit import Visit, demonstration_only

STEPS = {"1", "24", "48", "168"}


def home(request: Visit) -> HttpResponse:
    """What is due and new for whoever is signed in; what is public for everybody else."""
    desks = queries.desks(request.viewer)
    if desks:
        shown = {
            "desks": desks, "next": desks[0].due, "zone": desks[0].group.zone,
            "most": queries.SHOWN,
            "waiting": sum(desk.waits for desk in desks), "invitations": _invited(request),
        }  # fmt: skip
        return render(request, "home/own.html", shown)
    page = queries.public_window(request.viewer)
    decisions = [(row, url_of(f"decision/{row.pk}", row.group.slug)) for row in page.decisions]
    documents = [(row, url_of(f"document/{row.pk}", row.group.slug)) for row in page.documents]
    public = {"groups": page.groups, "decisions": decisions, "documents": documents,
              "invitations": _invited(request)}  # fmt: skip
    return render(request, "home/public.html", public)


def _invited(request: Visit) -> list[Invitation]:
    if request.viewer.user is None:
        return []
    return list(queries.invitations_to(request.user.email, request.now))


@require_POST
def take_note(request: Visit, slug: str) -> HttpResponse:
    """What was shown of a group is no news any more."""
    group = group_for(slug, request.viewer)
    if group is None or request.viewer.user is None or not request.viewer.seats_in(group.pk):
        raise Http404
    until = _instant(request.POST.get("until", "")) or request.now
    actions.take_note(user=request.viewer.user, group=group, until=until, at=request.now)
    return redirect("home:home")


def _instant(text: str) -> datetime | None:
    """The instant that was written with its zone, None where it is none of UTC's calendar."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


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


@require_safe
def health(request: Visit) -> JsonResponse:  # noqa: ARG001
    """Whether the platform and its database answer; for monitors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})
