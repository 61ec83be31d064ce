"""Pages of the slice."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST, require_safe

from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import group_for
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.visit import Visit
from commonhaven.web.notices import actions
from commonhaven.web.notices.calendar import entries
from commonhaven.web.notices.ical import file_of
from commonhaven.web.notices.models import Feed
from commonhaven.web.notices.queries import notices_for, unread


@login_required
def notices_list(request: Visit) -> HttpResponse:
    """What you were told: unread first; of one group where the address names it."""
    rows = notices_for(request.viewer)
    chosen = request.GET.get("group", "")
    groups = Group.objects.filter(pk__in=request.viewer.groups)
    if chosen:
        rows = rows.filter(group__slug=chosen)
    if request.GET.get("unread"):
        rows = rows.filter(read_at__isnull=True)
    context = {
        "rows": page_of(request, rows), "groups": groups, "chosen": chosen,
        "only_unread": bool(request.GET.get("unread")), "waiting": unread(request.viewer),
        "mailed": settings.MAIL is not None,
    }  # fmt: skip
    return render(request, "notices/list.html", context)


@login_required
@require_POST
def read(request: Visit, pk: int) -> HttpResponse:
    """Mark one notice as read."""
    actions.mark_read(pk=pk, by=request.viewer, at=request.now)
    return redirect("notices:list")


@login_required
@require_POST
def read_all(request: Visit) -> HttpResponse:
    """Mark all notices as read, or those of one group."""
    group = request.POST.get("group", "")
    actions.mark_all_read(by=request.viewer, at=request.now, group=group)
    return redirect("notices:list")


@login_required
@require_safe
def calendar_page(request: Visit) -> HttpResponse:
    """The address of your calendar: make it, renew it, withdraw it."""
    shown = request.session.pop("calendar", "")
    feed = Feed.objects.filter(user=request.user).first()
    listed = Group.objects.filter(pk__in=request.viewer.groups, listed=True)
    context = {
        "feed": feed, "address": _full(shown) if shown and feed else "",
        "public": [(group, _full_public(group)) for group in listed],
    }  # fmt: skip
    response = render(request, "notices/calendar.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _full(token: str) -> str:
    address = settings.PLATFORM.address.rstrip("/")
    return f"{address}{reverse('notices:own_calendar', args=[token])}"


def _full_public(group: Group) -> str:
    address = settings.PLATFORM.address.rstrip("/")
    return f"{address}{reverse('notices:public_calendar', args=[group.slug])}"


@login_required
@require_POST
@csrf_protect
def make_calendar(request: Visit) -> HttpResponse:
    """Make the address, or a new one in place of the old; it is shown once."""
    request.session["calendar"] = actions.make_feed(user=request.user, at=request.now)
    return redirect("notices:calendar")


@login_required
@require_POST
@csrf_protect
def withdraw_calendar(request: Visit) -> HttpResponse:
    """End the address."""
    actions.withdraw_feed(user=request.user)
    messages.success(request, _("Your calendar's address is withdrawn: it answers nobody now."))
    return redirect("notices:calendar")


@require_safe
def own_calendar(request: Visit, token: str) -> HttpResponse:
    """A person's calendar by its secret address, with what he or she may see at this moment."""
    user = actions.feed_owner(token)
    if user is None:
        raise Http404
    viewer = viewer_of(user, request.now)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return _answer(request, _("Commonhaven"), viewer, viewer.groups)


@require_safe
def public_calendar(request: Visit, slug: str) -> HttpResponse:
    """What is public of a group's calendar, for everybody alike."""
    nobody = Viewer(at=request.now)
    group = group_for(slug, nobody)
    if group is None:
        raise Http404
    return _answer(request, group.called(), nobody, (group.pk,))


def _answer(
    request: HttpRequest, name: str, viewer: Viewer, groups: tuple[int, ...]
) -> HttpResponse:
    body = file_of(name, entries(viewer, groups))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="commonhaven.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Accept-Language"])
    return response
