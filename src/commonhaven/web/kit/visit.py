"""A request with all that a view needs to know: who looks, when, in which group, acting as whom."""

from collections.abc import Callable
from datetime import datetime
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation

from commonhaven.reading import Problem
from commonhaven.web.kit import clock
from commonhaven.web.kit.audience import Seat, Viewer, sees
from commonhaven.web.kit.confirming import confirm
from commonhaven.web.kit.refused import Conflict, Refused, TooMany, Unknown

if TYPE_CHECKING:
    from commonhaven.web.accounts.models import User
    from commonhaven.web.groups.models import Group

P = ParamSpec("P")
Answer = Callable[[HttpRequest], HttpResponseBase]
STATUS = ((Refused, 403), (Unknown, 404), (TooMany, 429), (Conflict, 409), (Problem, 422))


class Visit(HttpRequest):
    """A request after the middleware: ``viewer``, ``now``; in a group's pages ``group``."""

    viewer: Viewer
    now: datetime
    group: "Group | None"
    user: "User"


class VisitMiddleware:
    """Say who looks and when, and what was done; a Problem is a page that says what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Visit) -> HttpResponseBase:
        from commonhaven.web.accounts.queries import viewer_of  # noqa: PLC0415 - apps load first

        request.now = clock.now()
        request.group = None
        request.viewer = viewer_of(request.user, request.now)
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        answer = self.answer(request)
        confirm(request, answer)
        return answer

    def process_exception(self, request: Visit, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Problem):
            return None
        status = status_of(error)
        if status == 404:
            return render(request, "404.html", status=404)
        return render(request, "kit/problem.html", {"problem": error}, status=status)


def status_of(problem: Problem) -> int:
    """The HTTP status that says what kind of problem it is."""
    return next(status for kind, status in STATUS if isinstance(problem, kind))


def in_group(
    view: "Callable[Concatenate[Visit, Group, P], HttpResponseBase]",
) -> Callable[..., HttpResponseBase]:
    """A view of a group's page: the group by its short name, 404 where the viewer sees none."""

    def shown(request: Visit, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        from commonhaven.web.groups.queries import group_for  # noqa: PLC0415 - apps load first

        group = group_for(slug, request.viewer)
        if group is None:
            raise Http404
        request.group = group
        return view(request, group, *args, **kwargs)

    update_wrapper(shown, view)
    return shown


def seated(request: Visit, group: "Group", fits: Callable[[Seat], bool] = lambda _: True) -> Seat:
    """The seat in which the person acts in a group: the one chosen, else the first that fits.

    It is chosen in the form, or by the address of the page on which the form stands. Where none
    fits it is the first, and the action says who may. Raises Refused where the person has no seat,
    or not the one that was chosen: nobody acts for another party than the one named.
    """
    seats = request.viewer.seats_in(group.pk)
    if not seats:
        fix = "Sign in" if request.viewer.user is None else "Ask the secretariat for an invitation"
        raise Refused("only people with a seat in the group do this", fix=f"{fix}.")
    chosen = request.POST.get("seat") or request.GET.get("seat")
    if not chosen:
        return next((seat for seat in seats if fits(seat)), seats[0])
    named = next((seat for seat in seats if str(seat.id) == chosen), None)
    if named is None:
        raise Refused("that is no seat of yours in this group", fix="Open the page again.")
    return named


def found(item: object, viewer: Viewer) -> None:
    """Unknown where the viewer may not see the item; never says that it exists."""
    if item is None or not sees(viewer, item):  # type: ignore[arg-type]
        raise Unknown("there is no such page", fix="Look in the lists of the group.")


def attempt(request: Visit, act: Callable[[], object], done: str, to: str) -> HttpResponse:
    """Do one act and go to a page; a Problem is shown there in one sentence, nothing is changed."""
    try:
        act()
    except Unknown:
        raise
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, done)
    return redirect(to)


def demonstration_only(view: Callable[Concatenate[Visit, P], HttpResponseBase]) -> Callable[
    Concatenate[Visit, P], HttpResponseBase
]:  # fmt: skip
    """A view that exists in demonstration mode only."""

    def shown(request: Visit, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.DEMONSTRATION:
            raise Http404
        return view(request, *args, **kwargs)

    update_wrapper(shown, view)
    return shown
