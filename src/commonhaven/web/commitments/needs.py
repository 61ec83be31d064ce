"""State a need, change it, submit it, review it, close it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from commonhaven.commitments import Need as Value
from commonhaven.commitments import check_need, difference
from commonhaven.reading import Problem, exact
from commonhaven.web.commitments.bounds import check_need_held
from commonhaven.web.commitments.models import Need, NeedVersion
from commonhaven.web.commitments.policy import in_status, may_review, may_state
from commonhaven.web.commitments.values import decimal, need_code, need_of, written
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import MEMBERS, Placing, hold, write
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.policy import no_wider

DRAFT = (Need.Status.DRAFT, Need.Status.RETURNED)


@transaction.atomic
def state_need(
    *,
    group: Group,
    value: Value,
    by: Seat,
    at: datetime,
    placing: Placing = MEMBERS,
    situation: Situation | None = None,
    bundle: str = "",
) -> Need:
    """State a need as a draft. Raises Problem for one that does not make sense."""
    may_state(by, value.by)
    _sound(value)
    if situation is not None:
        no_wider(placing, than=situation, what="the situation")
    row = Need.objects.create(
        group=group, title=value.title[:200], party=value.by, kind=value.kind, unit=value.unit,
        quantity=decimal(value.quantity), situation=situation, bundle=bundle[:120],
        created_at=at, audience=placing.audience, caucus=placing.caucus,
        release_at=placing.release_at,
    )  # fmt: skip
    _version(row, replace(value, id=need_code(row.pk), version=1), by=by, at=at)
    _record(row, "need stated", by, at)
    return row


@transaction.atomic
def revise_need(
    *, need: Need, value: Value, note: str, after: int, by: Seat, at: datetime
) -> NeedVersion:
    """Change a need while it is a draft or was returned; the earlier versions stay.

    Conflict where another version came meanwhile, nothing changed, or a review holds it locked.
    """
    locked = _locked(need)
    may_state(by, locked.party)
    in_status(locked, *DRAFT)
    last = locked.versions.latest("number")
    if after != last.number:
        raise Conflict(
            f"version {last.number} came meanwhile", fix="Look at what changed, then give yours."
        )
    named = replace(value, id=need_code(locked.pk), by=locked.party, version=last.number + 1)
    _sound(named)
    if not difference(need_of(last), named):
        raise Conflict("nothing changed", fix="Change something, or leave it.")
    locked.title, locked.kind, locked.unit = named.title[:200], named.kind, named.unit
    locked.quantity = decimal(named.quantity)
    locked.save()
    row = _version(locked, named, by=by, at=at, note=note)
    _record(locked, "need changed", by, at, version=row.number, note=note)
    return row


@transaction.atomic
def submit_need(*, need: Need, by: Seat, at: datetime) -> Need:
    """Hand a need in for review; from then on it is locked."""
    locked = _locked(need)
    may_state(by, locked.party)
    in_status(locked, *DRAFT)
    return _to(locked, Need.Status.SUBMITTED, "need submitted", by, at)


@transaction.atomic
def review_need(*, need: Need, accepted: bool, found: str, by: Seat, at: datetime) -> Need:
    """Say what a review found: the need is open to promises, or goes back to whoever stated it."""
    locked = _locked(need)
    may_review(by, locked)
    in_status(locked, Need.Status.SUBMITTED)
    if not found.strip():
        raise Problem("the review finds nothing", where="review", fix="Say what was found.")
    locked.review, locked.reviewed_by, locked.reviewed_at = found, by.party, at
    to = Need.Status.OPEN if accepted else Need.Status.RETURNED
    act = "need accepted" if accepted else "need returned"
    return _to(locked, to, act, by, at, found=found)


@transaction.atomic
def close_need(*, need: Need, because: str, by: Seat, at: datetime) -> Need:
    """Close a need that is met or no longer there; its matches stay as they are."""
    locked = _locked(need)
    may_state(by, locked.party)
    in_status(locked, Need.Status.OPEN, *DRAFT)
    if not because.strip():
        raise Problem("no reason is given", where="close", fix="Say why it is closed.")
    return _to(locked, Need.Status.CLOSED, "need closed", by, at, reason=because)


def _locked(need: Need) -> Need:
    """The need as it stands now; the group's chain is locked first, as everywhere."""
    hold(need.group)
    return Need.objects.select_for_update(of=("self",)).select_related("group").get(pk=need.pk)


def _sound(value: Value) -> None:
    check_need_held(value)
    for finding in check_need(value):
        if finding.severity == "error":
            raise finding.problem()


def _version(row: Need, value: Value, *, by: Seat, at: datetime, note: str = "") -> NeedVersion:
    return NeedVersion.objects.create(
        need=row, number=value.version, party=by.party, given_at=at, note=note[:300],
        value=written(value),
    )  # fmt: skip


def _to(need: Need, status: str, act: str, by: Seat, at: datetime, **more: object) -> Need:
    need.status = status
    need.save()
    _record(need, act, by, at, **more)
    return need


def _record(need: Need, act: str, by: Seat, at: datetime, **more: object) -> None:
    body = {
        "title": need.title, "kind": need.kind, "unit": need.unit, "of": need.party,
        "quantity": exact(str(need.quantity)), **more,
    }  # fmt: skip
    write(need.group, act, body, by=by, at=at, subject=need.subject, placing=Placing.of(need))
