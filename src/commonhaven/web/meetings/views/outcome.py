"""The outcome document by paragraphs, and texts as adopted."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from commonhaven.reading import Problem
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, visible
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.forms import AmendForm, PositionForm, ReleaseForm, TextForm
from commonhaven.web.meetings.models import (
    AdoptedText,
    Amendment,
    Meeting,
    OutcomeParagraph,
    Position,
)
from commonhaven.web.meetings.policy import acts, runs
from commonhaven.web.meetings.queries import has_room, present_at, quorum_of, standing_of
from commonhaven.web.meetings.views.common import (
    Deed,
    acting,
    around,
    attempted,
    child,
    do,
    meeting_for,
    number,
)
from commonhaven.web.meetings.words import changes


def _paragraph(meeting: Meeting, given: Mapping[str, Any]) -> OutcomeParagraph:
    rows = OutcomeParagraph.objects.filter(meeting=meeting).select_related("meeting__group")
    found: OutcomeParagraph = child(rows, given.get("id"))
    return found


def _what(meeting: Meeting, given: Mapping[str, Any]) -> OutcomeParagraph | Amendment:
    """The paragraph or the amendment that a button is about."""
    if given.get("of") != "amendment":
        return _paragraph(meeting, given)
    rows = Amendment.objects.filter(paragraph__meeting=meeting)
    found: Amendment = child(rows.select_related("paragraph__meeting__group"), given.get("id"))
    return found


def _settle(visit: Visit, meeting: Meeting, seat: Seat, given: Mapping[str, Any]) -> object:
    what = _what(meeting, {**given, "of": "amendment"})
    assert isinstance(what, Amendment)  # noqa: S101 - asked for as one
    accept = given.get("do") == "accept"
    return actions.settle_amendment(amendment=what, accept=accept, by=seat, at=visit.now)


def _sponsor(visit: Visit, meeting: Meeting, seat: Seat, given: Mapping[str, Any]) -> object:
    what = _what(meeting, given)
    withdraw = given.get("do") == "unsponsor"
    return actions.sponsor(what=what, by=seat, at=visit.now, withdraw=withdraw)


def _position(visit: Visit, meeting: Meeting, seat: Seat, given: Mapping[str, Any]) -> object:
    paragraph = _paragraph(meeting, given) if given.get("id") else None
    return actions.take_position(
        meeting=meeting, kind=given["kind"], text=given["text"], paragraph=paragraph,
        by=seat, at=visit.now,
    )  # fmt: skip


def _adopt(visit: Visit, meeting: Meeting, seat: Seat, given: Mapping[str, Any]) -> object:
    decision = number(given["decision"]) if given.get("decision") else None
    return actions.adopt_outcome(meeting=meeting, decision=decision, by=seat, at=visit.now)


DEEDS = {
    "propose": Deed(
        form=TextForm, done=_("The paragraph is proposed."),
        act=lambda visit, meeting, seat, given: actions.propose_paragraph(
            meeting=meeting, text=given["text"], by=seat, at=visit.now
        ),
    ),
    "place": Deed(
        done=_("The paragraph is moved."),
        act=lambda visit, meeting, seat, given: actions.place_paragraph(
            paragraph=_paragraph(meeting, given), place=number(given.get("place")),
            by=seat, at=visit.now,
        ),
    ),
    "amend": Deed(
        form=AmendForm, done=_("The amendment is proposed."),
        act=lambda visit, meeting, seat, given: actions.amend(
            paragraph=_paragraph(meeting, given), text=given["text"], by=seat, at=visit.now
        ),
    ),
    "accept": Deed(done=_("The amendment is agreed."), act=_settle),
    "reject": Deed(done=_("The amendment is not agreed."), act=_settle),
    "sponsor": Deed(done=_("Your party sponsors it."), act=_sponsor),
    "unsponsor": Deed(done=_("Your party sponsors it no more."), act=_sponsor),
    "withdraw": Deed(
        done=_("Your proposal is withdrawn, or its next sponsor has taken it over."),
        act=lambda visit, meeting, seat, given: actions.withdraw_proposal(
            what=_what(meeting, given), by=seat, at=visit.now
        ),
    ),
    "position": Deed(form=PositionForm, done=_("Your position is recorded."), act=_position),
    "unposition": Deed(
        done=_("Your position is withdrawn."),
        act=lambda visit, meeting, seat, given: actions.withdraw_position(
            position=child(Position.objects.filter(meeting=meeting), given.get("id")),
            by=seat, at=visit.now,
        ),
    ),
    "adopt": Deed(done=_("The outcome document is adopted and fixed."), act=_adopt),
}  # fmt: skip


@in_group
def outcome(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What the meeting is about to agree: every paragraph, every amendment, every position."""
    meeting = meeting_for(request, group, pk)
    if request.method == "POST":
        return do(
            request, group, meeting, DEEDS, reverse("meetings:outcome", args=[group.slug, pk])
        )
    rows = visible(OutcomeParagraph.objects.filter(meeting=meeting), request.viewer)
    live = Prefetch("amendments", Amendment.objects.order_by("made_at", "pk"))
    standing = standing_of(meeting, request.now)
    adopted = visible(AdoptedText.objects.filter(meeting=meeting, kind="outcome"), request.viewer)
    text = adopted.first()
    found = list(rows.prefetch_related(live))
    parties = {seat.party for seat in acting(request, group) if seat.member}
    return render(
        request, "meetings/outcome.html",
        around(request, group, meeting, "outcome") | {
            "shown": [
                _shown(one, parties) for one in found if one.status in ("proposed", "adopted")
            ],
            "gone": [one for one in found if one.status in ("withdrawn", "deleted")],
            "held": _held(meeting, found), "adopted": text,
            "until": actions.open_until(text) if text else None,
            "quorum": quorum_of(standing, present_at(meeting, request.now)),
            "has_room": has_room(meeting), "form": TextForm(auto_id="propose-%s"),
            "position_form": PositionForm(auto_id="position-%s"),
        },
    )  # fmt: skip


def _can(what: OutcomeParagraph | Amendment, parties: set[str]) -> dict[str, bool]:
    """Whether one of the viewer's members may put its name to a text, or take it off."""
    names = set(what.sponsors)
    return {"sponsor": bool(parties - names), "unsponsor": bool(parties & names - {what.party})}


def _shown(one: OutcomeParagraph, parties: set[str]) -> dict[str, Any]:
    """A paragraph with its open amendments as changes, and those that were settled."""
    amendments = list(one.amendments.all())
    return {
        "paragraph": one,
        "can": _can(one, parties),
        "open": [
            {"row": each, "pieces": changes(one.text, each.text), "can": _can(each, parties)}
            for each in amendments
            if each.status == "proposed"
        ],
        "settled": [
            {"row": each, "pieces": changes(each.before or one.text, each.text)}
            for each in amendments
            if each.status != "proposed"
        ],
    }


def _held(meeting: Meeting, seen: list[OutcomeParagraph]) -> list[Position]:
    """Positions that stand, on the whole or on a paragraph that the viewer sees."""
    rows = Position.objects.filter(meeting=meeting, withdrawn_at__isnull=True)
    known = {one.pk for one in seen}
    return [
        one
        for one in rows.select_related("paragraph")
        if one.paragraph_id is None or one.paragraph_id in known
    ]


def adopted_for(request: Visit, group: Group, pk: int) -> AdoptedText:
    """An adopted text that the viewer may see; Unknown where it may not."""
    rows = visible(AdoptedText.objects.filter(group=group), request.viewer)
    found = rows.select_related("group", "meeting__group").filter(pk=pk).first()
    if found is None:
        raise Unknown("there is no such text", fix="Look on the meeting's page.")
    return found


@in_group
def adopted(request: Visit, group: Group, pk: int) -> HttpResponse:
    """A text as adopted, with its hash, to read and to take away."""
    row = adopted_for(request, group, pk)
    seats = acting(request, group)
    if request.method == "POST":
        form = ReleaseForm(request.POST)
        if not form.is_valid():
            raise Problem("this is no instant", fix="Write date and time in UTC.")
        when = form.cleaned_data["when"] or request.now
        seat = seated(request, group, acts)
        step = partial(actions.release, item=row, when=when, by=seat, at=request.now)
        to = row.get_absolute_url()
        return attempted(request, step, say("The release is recorded."), to)
    seen = visible(OutcomeParagraph.objects.filter(meeting=row.meeting), request.viewer)
    held = _held(row.meeting, list(seen)) if row.kind == "outcome" else []
    return render(
        request, "meetings/adopted.html",
        {
            "text": row, "value": json.loads(row.value), "seats": seats,
            "held": [one for one in held if one.kind != Position.Kind.OBJECTION],
            "runs": any(runs(seat) for seat in seats), "release_form": ReleaseForm(),
        },
    )  # fmt: skip


@in_group
def adopted_file(request: Visit, group: Group, pk: int, form: str) -> HttpResponse:
    """The adopted text as a file: ``json`` byte for byte what was hashed, or plain ``txt``."""
    row = adopted_for(request, group, pk)
    kind = "application/json" if form == "json" else "text/plain; charset=utf-8"
    body = row.value if form == "json" else plain(row)
    answer = HttpResponse(body, content_type=kind)
    name = f"{group.slug}-{row.meeting.number}-{row.kind}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def plain(row: AdoptedText) -> str:
    """The text in plain lines, with its hash at the end."""
    value = json.loads(row.value)
    lines = [value["title"], f"{value['kind']}, meeting {value['meeting']}", ""]
    for each in value["paragraphs"]:
        by = f" [{', '.join(each['sponsors'])}]" if each.get("sponsors") else ""
        lines += [f"{each['number']}. {each['text']}{by}", ""]
    return "\n".join([*lines, f"SHA-256 {row.digest}", ""])
