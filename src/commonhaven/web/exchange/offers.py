"""Offer observer status, invite to present; accept, decline, withdraw, end."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from commonhaven.reading import Problem, closest
from commonhaven.web.exchange.actions import theme_known
from commonhaven.web.exchange.both import Ends
from commonhaven.web.exchange.models import Offer
from commonhaven.web.exchange.policy import may_address, may_speak
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.saying import day_text
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.record.actions import MEMBERS, Placing

OFFERED, ACCEPTED, DECLINED, WITHDRAWN, ENDED = Offer.Status
STEPS = {"accept": ACCEPTED, "decline": DECLINED, "withdraw": WITHDRAWN, "end": ENDED}
FROM = {ACCEPTED: OFFERED, DECLINED: OFFERED, WITHDRAWN: OFFERED, ENDED: ACCEPTED}
"""What an offer becomes → what it has to be before."""
ACTS = {
    ("observer", OFFERED): "observer status offered",
    ("observer", ACCEPTED): "observer status accepted",
    ("observer", DECLINED): "observer status declined",
    ("observer", WITHDRAWN): "offer of observer status withdrawn",
    ("observer", ENDED): "observer status ended",
    ("presentation", OFFERED): "invited to present",
    ("presentation", ACCEPTED): "invitation to present accepted",
    ("presentation", DECLINED): "invitation to present declined",
    ("presentation", WITHDRAWN): "invitation to present withdrawn",
    ("presentation", ENDED): "presentation called off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What is offered to whom, for when."""

    kind: str
    to: Group
    title: str
    since: date
    until: date | None = None
    text: str = ""
    theme: str = ""
    mutual: bool = False
    meeting: Meeting | None = None


@transaction.atomic
def offer(
    *, group: Group, offered: Offered, by: Seat, at: datetime, placing: Placing = MEMBERS
) -> Offer:
    """Offer observer status, or invite to present; it holds when the other group accepts it."""
    may_speak(by, group)
    may_address(group, offered.to, placing)
    _sound(offered, group, at)
    ends = Ends(own=group, other=offered.to)
    ends.hold()
    if offered.kind == Offer.Kind.OBSERVER:
        _once(group, offered)
    row = Offer.objects.create(
        group=group, to=offered.to, kind=offered.kind, title=offered.title[:200],
        text=offered.text, theme=offered.theme, since=offered.since, until=offered.until,
        mutual=offered.mutual, meeting=offered.meeting, party=by.party, created_at=at,
        audience=placing.audience, release_at=placing.release_at,
    )  # fmt: skip
    _record(row, ends, by, at)
    return row


def _sound(offered: Offered, group: Group, at: datetime) -> None:
    presents = offered.kind == Offer.Kind.PRESENTATION
    if offered.kind not in Offer.Kind.values:
        fix = closest(offered.kind, Offer.Kind.values)
        raise Problem("there is no such offer", where="kind", fix=fix)
    if not offered.title.strip():
        raise Problem("it has no title", where="title", fix="Say in a line what is offered.")
    theme_known(offered.theme, needed=presents)
    if offered.until is not None and offered.until < offered.since:
        fix = "Is one of the days mistyped?"
        raise Problem(f"{day_text(offered.until)} is before the first day", where="until", fix=fix)
    if presents and offered.since < at.astimezone(UTC).date():
        fix = "Give a day that is still to come."
        raise Problem(f"{day_text(offered.since)} is past", where="since", fix=fix)
    if presents and offered.mutual:
        raise Problem(
            "only observer status is mutual", where="mutual", fix="Let the other invite as well."
        )
    if offered.meeting is not None and (not presents or offered.meeting.group_id != group.pk):
        fix = "Name a meeting of your own group, in an invitation to present."
        raise Problem("the meeting does not fit", where="meeting", fix=fix)


def _once(group: Group, offered: Offered) -> None:
    """Conflict where an offer of the same is open or holds between the two."""
    held = Offer.objects.filter(kind=Offer.Kind.OBSERVER, status__in=[OFFERED, ACCEPTED])
    same = held.filter(group=group, to=offered.to)
    back = held.filter(group=offered.to, to=group, mutual=True)
    if same.exists() or back.exists():
        raise Conflict(
            "observer status is offered or held already", fix="Answer or end that one first."
        )


@transaction.atomic
def step(*, offer: Offer, kind: str, text: str, by: Seat, at: datetime) -> Offer:
    """Accept or decline an offer; withdraw it while it is open; end it, from either side."""
    if kind not in STEPS:
        raise Problem("there is no such step", where="step", fix=closest(kind, STEPS))
    status = STEPS[kind]
    mine = by.group == offer.group_id
    own, other = (offer.group, offer.to) if mine else (offer.to, offer.group)
    if own is None or other is None:
        raise Conflict("it is addressed to nobody", fix="Make an offer to a group.")
    may_speak(by, own)
    if status in {ACCEPTED, DECLINED} and mine:
        raise Conflict("nobody answers its own offer", fix="The other group does.")
    if status == WITHDRAWN and not mine:
        raise Conflict("only who made an offer withdraws it", fix="Decline it.")
    ends = Ends(own=own, other=other)
    ends.hold()
    rows = Offer.objects.select_for_update(of=("self",)).select_related("group", "to")
    row = rows.get(pk=offer.pk)
    if row.status != FROM[status]:
        said = f"the offer is {row.get_status_display()}"
        raise Conflict(said, where=row.title, fix="See its page for what can be done now.")
    if status in {DECLINED, ENDED} and not text.strip():
        raise Problem("no reason is given", where="text", fix="Give one, in a sentence.")
    row.status, row.answer = status, text or row.answer
    if status == ENDED:
        row.ended_at = at
    else:
        row.answered_at = at
    row.save(update_fields=["status", "answer", "answered_at", "ended_at"])
    _record(row, ends, by, at, text=text)
    return row


def _record(row: Offer, ends: Ends, by: Seat, at: datetime, text: str = "") -> None:
    body = {"title": row.title, "text": text or row.text, "until": row.since.isoformat()}
    ends.record(
        ACTS[row.kind, Offer.Status(row.status)], body, by=by, at=at, subject=row.subject,
        placing=Placing.of(row),
    )  # fmt: skip
