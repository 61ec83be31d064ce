"""What every page of a meeting begins with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from commonhaven.reading import Problem
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Refused, Unknown
from commonhaven.web.kit.visit import Visit, seated
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.policy import acts, may_propose, may_take_position, runs
from commonhaven.web.meetings.queries import meetings_for


def meeting_for(request: Visit, group: Group, pk: int) -> Meeting:
    """A meeting of the group; Unknown where the viewer may not see it."""
    found = meetings_for(request.viewer).filter(group=group, pk=pk).first()
    if found is None:
        raise Unknown("there is no such meeting", fix="Look in the list of meetings.")
    return found


def acting(request: Visit, group: Group) -> tuple[Seat, ...]:
    """The seats in which the person can act in the group."""
    return tuple(seat for seat in request.viewer.seats_in(group.pk) if acts(seat))


def _can(check: Callable[[Seat], None], seats: tuple[Seat, ...]) -> bool:
    for seat in seats:
        try:
            check(seat)
        except Refused:
            continue
        return True
    return False


def around(request: Visit, group: Group, meeting: Meeting, here: str) -> dict[str, Any]:
    """What the frame of a meeting's pages shows: the meeting, where one is, what one can do."""
    seats = acting(request, group)
    return {
        "meeting": meeting,
        "here": here,
        "seats": seats,
        "runs": any(runs(seat) for seat in seats),
        "proposes": _can(may_propose, seats),
        "positions": _can(may_take_position, seats),
        "parties": {seat.party for seat in seats},
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that a page lets people do: the form it takes, the act, what is said after it."""

    act: Callable[[Visit, Meeting, Seat, Mapping[str, Any]], object]
    done: Any
    form: Callable[..., Form] | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict)


def do(
    request: Visit, group: Group, meeting: Meeting, deeds: Mapping[str, Deed], to: str
) -> HttpResponse:
    """Do what the form's button says; what is wrong is said on the page to which it leads."""
    deed = deeds.get(request.POST.get("do", ""))
    if deed is None:
        raise Problem("the form names nothing that can be done here", fix="Open the page again.")
    seat = seated(request, group, acts)
    given: Mapping[str, Any] = request.POST.dict()
    if deed.form is not None:
        form = deed.form(request.POST, request.FILES)
        if not form.is_valid():
            return _told(request, form, to)
        given = {**given, **form.cleaned_data, "form": form}
    return attempted(request, partial(deed.act, request, meeting, seat, given), str(deed.done), to)


def _told(request: Visit, form: Form, to: str) -> HttpResponse:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        text = " ".join(str(error) for error in errors)
        messages.error(request, f"{label}: {text}" if label else text)
    return redirect(to)


def attempted(request: Visit, act: Callable[[], object], done: str, to: str) -> HttpResponse:
    """Do one act: Refused and Unknown are pages of their own, the rest is said where it leads."""
    try:
        act()
    except (Unknown, Refused):
        raise
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, done)
    return redirect(to)


def number(text: object) -> int:
    """A number that a form sends; Problem where it is none."""
    try:
        return int(str(text))
    except ValueError:
        fix = "Open the page again."
        raise Problem(f'"{str(text)[:20]}" is no number', fix=fix) from None


def child(rows: Any, pk: object) -> Any:  # noqa: ANN401 - rows of any table
    """One of the rows that the viewer sees; Unknown where it is none of them."""
    found = rows.filter(pk=number(pk)).first()
    if found is None:
        raise Unknown("there is no such thing", fix="Open the page again.")
    return found
