"""The chair: terms, rotation, and what passes from one to the next."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from commonhaven.reading import Problem, canonical, digest
from commonhaven.web.accounts.queries import seats_on
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups import policy
from commonhaven.web.groups.models import ChairTerm, CharterVersion, Group, Membership
from commonhaven.web.groups.queries import chair_on, on_day, version_on
from commonhaven.web.kit.audience import Item, Seat, Viewer, visible
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import standings
from commonhaven.web.record.actions import instant, write


@transaction.atomic
def seat_chair(
    *, group: Group, party: str, since: date, until: date | None, by: Seat, at: datetime
) -> ChairTerm:
    """Name the party that takes the chair over a period; two never chair on the same day."""
    policy.must_run(by)
    Group.objects.select_for_update().get(pk=group.pk)
    made = _term(group, party, since, until)
    body = {"party": party, "since": since, "until": until}
    write(group, "chair seated", body, by=by, at=at, subject=f"chair/{made.pk}")
    return made


def _term(group: Group, party: str, since: date, until: date | None) -> ChairTerm:
    if until is not None and until < since:
        raise Problem("the term ends before it begins", where="until", fix="Correct the days.")
    member = Membership.objects.filter(on_day(since), group=group, party=party).first()
    if member is None or member.standing not in {"inner core", "outer core"}:
        fix = "The chair is a member of the inner or outer core on its first day."
        raise Problem(f"{party[:80]} cannot take the chair", where="party", fix=fix)
    meeting = ChairTerm.objects.filter(group=group).exclude(until__lt=since)
    if until is not None:
        meeting = meeting.filter(since__lte=until)
    other = meeting.first()
    if other is not None:
        said = f"{other.party} holds the chair from {other.since}"
        fix = "Let it hand over, or name days on which nobody chairs."
        raise Conflict(f"{said} until {other.until or 'further notice'}", fix=fix)
    return ChairTerm.objects.create(group=group, party=party, since=since, until=until)


@transaction.atomic
def hand_over(*, group: Group, party: str, until: date | None, by: Seat, at: datetime) -> ChairTerm:
    """End the term in the chair and begin the next, with the pack as it stands at this instant.

    The day of handing over is the last day of the old chair; the new one begins the day after. A
    term that was seated ahead for the same party begins then, if it is the next one.
    """
    policy.must_run(by)
    Group.objects.select_for_update().get(pk=group.pk)
    now = chair_on(group, at.date())
    if now is None:
        fix = "Seat a chair instead."
        raise Conflict("nobody holds the chair today, so that nothing is handed over", fix=fix)
    if now.party == party:
        fix = "Name another member; a term can be prolonged by seating it anew."
        raise Problem(f"{party} holds the chair already", where="party", fix=fix)
    if now.handed_over_at is not None:
        fix = f"The next term begins on {at.date() + timedelta(days=1)}."
        raise Conflict("the chair was handed over today already", fix=fix)
    pack = pack_of(group, at)
    now.until, now.handed_over_at, now.pack = at.date(), at, canonical(pack)
    now.save(update_fields=["until", "handed_over_at", "pack"])
    following = _following(group, party, at.date() + timedelta(days=1), until)
    body = {
        "from": now.party, "to": party, "since": following.since, "until": following.until,
        "pack": digest(pack), "counts": {name: len(rows) for name, rows in _lists(pack)},
    }  # fmt: skip
    write(group, "chair handed over", body, by=by, at=at, subject=f"chair/{now.pk}")
    return following


def _following(group: Group, party: str, since: date, until: date | None) -> ChairTerm:
    """The next term: the one seated ahead for the party, else a new one."""
    ahead = ChairTerm.objects.filter(group=group, since__gte=since).order_by("since").first()
    if ahead is None or ahead.party != party:
        return _term(group, party, since, until)
    ahead.since, ahead.until = since, until or ahead.until
    ahead.save(update_fields=["since", "until"])
    return ahead


def _lists(pack: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    return [(name, rows) for name, rows in pack.items() if isinstance(rows, list)]


def pack_of(group: Group, at: datetime) -> dict[str, Any]:
    """What a chair passes on: everything open for members, nothing of any caucus, no address.

    A fixed number of queries, whatever is open.
    """
    viewer = _members_view(group, at)
    charter = version_on(group, at.date())
    chair = chair_on(group, at.date())
    return {
        "group": group.slug,
        "at": instant(at),
        "chair": chair.party if chair else "",
        "charter": _charter(charter) if charter else None,
        "drafts": [_charter(row) for row in _open(CharterVersion, viewer, status="draft")],
        "meetings": _meetings(viewer),
        "decisions": [
            {"number": row.number, "title": row.title, "mode": row.mode, "closes": _when(row)}
            for row in _open(Decision, viewer, status="open")
        ],
        "obligations": [_obligation(row) for row in _owed(viewer)],
        "credentials": _waiting(group, at.date()),
        "contacts": _contacts(group, at.date()),
    }


def _members_view(group: Group, at: datetime) -> Viewer:
    """Somebody who sees what every member sees, and no more."""
    seat = Seat(
        id=0, user=0, group=group.pk, party="", capacity="secretariat", standing="secretariat"
    )
    return Viewer(at=at, seats=(seat,))


def _open(model: type[Item], viewer: Viewer, **state: object) -> QuerySet[Any]:
    rows = model._default_manager.filter(group_id=viewer.seats[0].group, **state)  # noqa: SLF001
    return visible(rows, viewer)


def _owed(viewer: Viewer) -> QuerySet[Obligation]:
    rows: QuerySet[Obligation] = _open(Obligation, viewer, done_at=None)
    return rows.order_by(F("due").asc(nulls_last=True), "party", "code")


def _meetings(viewer: Viewer) -> list[dict[str, Any]]:
    """Open meetings, with the stage that each has reached and the clocks that run in it."""
    shown = _open(Meeting, viewer, closed_at=None)
    rows = list(shown.select_related("group", "charter", "situation", "caucus"))
    return [
        {
            "id": one.meeting.pk, "number": one.meeting.number, "title": one.meeting.title,
            "procedure": one.meeting.procedure, "stage": one.state.stage,
            "clocks": [
                {"what": clock.what, "due": instant(clock.due), "by": clock.by,
                 "status": clock.status}
                for clock in one.running
            ],
        }
        for one in standings(rows, viewer.at)
    ]  # fmt: skip


def _charter(row: CharterVersion) -> dict[str, Any]:
    return {
        "id": row.pk, "version": row.version, "in_force": row.in_force, "hash": row.digest,
        "revision": row.revision, "party": row.party,
    }  # fmt: skip


def _when(row: Decision) -> str:
    return instant(row.closes_at) if row.closes_at else ""


def _obligation(row: Obligation) -> dict[str, Any]:
    return {
        "party": row.party, "what": row.what, "quantity": row.quantity, "unit": row.unit,
        "due": row.due, "code": row.code,
    }  # fmt: skip


def _waiting(group: Group, day: date) -> list[dict[str, Any]]:
    rows = seats_on(day).filter(group=group, accepted_at__isnull=True)
    return [{"party": r.party, "capacity": r.capacity, "credentials": r.credentials} for r in rows]


def _contacts(group: Group, day: date) -> list[dict[str, Any]]:
    """Who acts for whom, by function: how to reach them is told by no pack."""
    rows = seats_on(day).filter(group=group, accepted_at__isnull=False).select_related("user")
    return [{"party": r.party, "capacity": r.capacity, "shown": r.user.label} for r in rows]
