"""Set up a group, change its settings, make caucuses."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from commonhaven.reading import Problem
from commonhaven.web.accounts.actions import invite_secretariat
from commonhaven.web.accounts.models import Invitation
from commonhaven.web.groups import policy
from commonhaven.web.groups.models import Caucus, Group, Membership
from commonhaven.web.groups.queries import on_day
from commonhaven.web.kit.audience import Audience, Seat, Viewer
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import PUBLIC, Placing, hold, write

TAKEN = frozenset({"new"})
"""Short names that are addresses of the platform's own pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is known of a group before it has a charter."""

    slug: str
    name: str
    kind: str = "interest-convergence group"
    zone: str = "UTC"
    listed: bool = True


@transaction.atomic
def create_group(
    *, frame: Frame, email: str, party: str, label: str, by: Viewer, at: datetime
) -> tuple[Group, Invitation, str]:
    """Set up a group and offer its first secretariat a seat; returns also the link's secret."""
    policy.must_administer(by)
    _check_frame(frame)
    if frame.slug in TAKEN or Group.objects.filter(slug=frame.slug).exists():
        raise _taken(frame)
    try:
        with transaction.atomic():
            made = Group.objects.create(
                slug=frame.slug, name={"en": frame.name}, kind=frame.kind, zone=frame.zone,
                listed=frame.listed, created_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise _taken(frame) from None
    body = {"slug": frame.slug, "name": frame.name, "kind": frame.kind, "zone": frame.zone}
    write(made, "group set up", body, by=None, at=at, placing=PUBLIC)
    offered, token = invite_secretariat(
        group=made, email=email, label=label, party=party, by=by, at=at
    )
    return made, offered, token


def _taken(frame: Frame) -> Problem:
    said = f"there is a group {frame.slug} already"
    return Problem(said, where="slug", fix="Choose another.")


def _check_frame(frame: Frame) -> None:
    if not frame.slug or slugify(frame.slug) != frame.slug:
        fix = "Write lower-case letters, digits and hyphens, such as west-africa."
        raise Problem(f'"{frame.slug[:60]}" is no short name', where="slug", fix=fix)
    if frame.zone not in available_timezones():
        fix = "Write an IANA name, such as Africa/Dakar."
        raise Problem(f'"{frame.zone[:40]}" is no time zone', where="zone", fix=fix)


@transaction.atomic
def set_frame(*, group: Group, zone: str, listed: bool, by: Seat, at: datetime) -> None:
    """Change the zone in which the group counts days, and whether the public sees that it is."""
    policy.must_run(by)
    locked = Group.objects.select_for_update().get(pk=group.pk)
    if zone not in available_timezones():
        fix = "Write an IANA name, such as Africa/Dakar."
        raise Problem(f'"{zone[:40]}" is no time zone', where="zone", fix=fix)
    locked.zone, locked.listed = zone, listed
    locked.save(update_fields=["zone", "listed"])
    write(locked, "settings changed", {"zone": zone, "listed": listed}, by=by, at=at)


@transaction.atomic
def make_caucus(
    *, group: Group, name: str, parties: tuple[str, ...], by: Seat, at: datetime
) -> Caucus:
    """Let parties confer among themselves; those named see that it exists, nobody else does.

    The secretariat and the chair may make any; a member one that it belongs to. A name is taken
    where a caucus of one's own has it; others may have it too, and nobody is told. The same
    caucus made again by who does not belong to it is the one that there is.
    """
    if not policy.runs(by):
        policy.may_draft(by)
        if by.party not in parties:
            fix = "Name your own party among them, or ask the secretariat."
            raise Problem("you would not belong to the caucus", where="parties", fix=fix)
    held = Membership.objects.filter(on_day(at.date()), group=group)
    known = set(held.values_list("party", flat=True))
    strangers = sorted(set(parties) - known)
    if not parties or strangers:
        said = f"not in the group: {', '.join(strangers)}" if strangers else "no party is named"
        raise Problem(said, where="parties", fix="Name members and participants of today.")
    hold(group)
    named = list(Caucus.objects.filter(group=group, name=name.strip()))
    if not name.strip() or any(by.party in each.parties for each in named):
        fix = "Give it a name that no other caucus of yours has."
        raise Conflict("the caucus needs a name of its own", fix=fix)
    for each in named:
        if each.parties == sorted(set(parties)):
            return each
    made = Caucus.objects.create(group=group, name=name.strip(), parties=sorted(set(parties)))
    body = {"name": made.name, "parties": made.parties}
    placing = Placing(audience=Audience.CAUCUS, caucus=made)
    write(group, "caucus formed", body, by=by, at=at, placing=placing)
    return made
