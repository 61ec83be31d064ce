"""Positions on a draft charter, and its adoption."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from commonhaven.charter import Charter
from commonhaven.reading import Problem, few
from commonhaven.web.groups import policy
from commonhaven.web.groups.consent import POSITIONS, Standing, check_succession, standing
from commonhaven.web.groups.drafting import locked_draft
from commonhaven.web.groups.models import CharterConsent, CharterVersion, Group, Membership
from commonhaven.web.groups.queries import value_of
from commonhaven.web.kit.audience import Audience, Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.kit.saying import instant_in_words
from commonhaven.web.record.actions import Placing, write


@transaction.atomic
def consent(
    *, charter: CharterVersion, choice: str, revision: int, by: Seat, at: datetime
) -> CharterConsent:
    """Declare a party's position on the text as it stands; the last one counts."""
    policy.may_bind(by)
    locked = _at_revision(charter, revision)
    return _position(locked, by.party, choice, "", by, at)


@transaction.atomic
def deposit_consent(
    *, charter: CharterVersion, party: str, reference: str, revision: int, by: Seat, at: datetime
) -> CharterConsent:
    """The secretariat, as depositary, records a state's instrument of consent by its reference.

    Vienna Convention on the Law of Treaties, arts 11, 16 and 77: consent may be expressed by an
    instrument deposited with the depositary.
    """
    policy.must_run(by)
    locked = _at_revision(charter, revision)
    if not reference.strip():
        fix = "Write the reference of the note or instrument that you hold."
        raise Problem("no instrument is named", where="reference", fix=fix)
    return _position(locked, party, "yes", reference.strip(), by, at)


def _at_revision(charter: CharterVersion, revision: int) -> CharterVersion:
    locked = locked_draft(charter)
    if locked.revision != revision:
        raise Conflict(
            f"the draft was changed meanwhile: you read revision {revision}, it is now at "
            f"{locked.revision}",
            fix="Read the new text first.",
        )
    return locked


def _position(  # noqa: PLR0917 - one row, one entry
    locked: CharterVersion, party: str, choice: str, reference: str, by: Seat, at: datetime
) -> CharterConsent:
    if choice not in POSITIONS:
        fix = f"Choose one of: {', '.join(POSITIONS)}."
        raise Problem(f'"{choice[:40]}" is no position', where="position", fix=fix)
    if party not in standing(locked, at).asked:
        fix = "Members decide, and states that the draft names consent; others comment."
        raise Refused(f"{party} is not asked for its consent to this draft", fix=fix)
    made = CharterConsent.objects.create(
        charter=locked, party=party, choice=choice, reference=reference,
        revision=locked.revision, said_at=at,
    )  # fmt: skip
    body = {
        "version": locked.version, "revision": locked.revision, "hash": locked.digest,
        "party": party, "position": choice, "instrument": reference,
    }  # fmt: skip
    write(
        locked.group, "position on charter declared", body, by=by, at=at, subject=locked.subject,
        placing=Placing.of(locked),
    )  # fmt: skip
    return made


@transaction.atomic
def adopt_charter(*, charter: CharterVersion, by: Seat, at: datetime) -> CharterVersion:
    """Adopt a draft to which all have consented who must; from now on it never changes.

    Who is a member is laid out by date; an adopted charter is public.
    """
    policy.must_run(by)
    Group.objects.select_for_update().get(pk=charter.group_id)
    locked = locked_draft(charter)
    where = standing(locked, at)
    _must_be_ready(locked, where)
    check_succession(locked, where.replaces, at.date())
    _must_be_kept(value_of(locked))
    if CharterVersion.objects.filter(
        group=locked.group, status="adopted", version=locked.version
    ).exists():
        fix = "Give the amended charter a new version."
        raise Conflict(f"version {locked.version} was adopted already", fix=fix)
    locked.status, locked.adopted_at = CharterVersion.Status.ADOPTED, at
    locked.audience, locked.caucus, locked.replaces = Audience.PUBLIC, None, where.replaces
    locked.save()
    _name_group(locked)
    lay_out(locked)
    write(
        locked.group, "charter adopted", _adopted(locked, where), by=by, at=at,
        subject=locked.subject, placing=Placing.of(locked),
    )  # fmt: skip
    return locked


def _must_be_kept(charter: Charter) -> None:
    """Problem where the charter names nobody who keeps the group's affairs."""
    if not any(one.role == "secretariat" for one in charter.participants):
        fix = 'Name one among the participants, with role = "secretariat".'
        raise Problem("the charter names no secretariat", where="participants", fix=fix)


def _must_be_ready(draft: CharterVersion, where: Standing) -> None:
    if where.ready:
        return
    if where.tally is not None and not where.tally.adopted:
        fix = "Bring in another text, or let those who objected say yes."
        said = f"the members have not adopted it: {' '.join(where.tally.working)}"
        raise Conflict(said, fix=fix)
    fix = "Each declares its position on the draft's page."
    if where.opens is not None and set(where.missing).isdisjoint(where.must):
        fix = f"Silence is read as no objection from {instant_in_words(where.opens)} on."
    raise Conflict(f"revision {draft.revision} has no consent of {few(where.missing)} yet", fix=fix)


def _adopted(row: CharterVersion, where: Standing) -> dict[str, Any]:
    return {
        "version": row.version, "in_force": row.in_force, "hash": row.digest, "toml": row.toml,
        "charter": row.value, "positions": dict(where.positions), "mode": where.mode,
        "working": list(where.tally.working) if where.tally else [],
        "replaces": where.replaces.digest if where.replaces else "",
    }  # fmt: skip


def _name_group(row: CharterVersion) -> None:
    """The group is called, and counts its days, as its charter says."""
    charter, group = value_of(row), row.group
    group.name, group.kind = dict(charter.group.name), charter.group.kind
    if charter.convening.zone != "UTC":
        group.zone = charter.convening.zone
    group.save(update_fields=["name", "kind", "zone"])


Term = tuple[str, str, bool, str]
"""Party, standing, whether it may convene, situation: what makes one membership the same."""


def lay_out(row: CharterVersion) -> None:
    """End and begin memberships as an adopted charter says; what was, stays as it was.

    A membership that goes on unchanged keeps its first day. The charter binds from its own first
    day on, so that no membership by it begins earlier.
    """
    charter = value_of(row)
    start, eve = charter.group.in_force, charter.group.in_force - timedelta(days=1)
    open_rows = Membership.objects.filter(group=row.group).exclude(until__lt=start)
    going = {_term(one): one for one in open_rows if one.since < start}
    Membership.objects.filter(group=row.group, since__gte=start).delete()
    for made in _memberships(row, charter):
        kept = going.pop(_term(made), None) if made.since == start else None
        if kept is None:
            made.save()
        elif kept.until != made.until:
            kept.until = made.until
            kept.save(update_fields=["until"])
    for ended in going.values():
        ended.until = eve
        ended.save(update_fields=["until"])


def _term(row: Membership) -> Term:
    return (row.party, row.standing, row.may_convene, row.situation)


def _memberships(row: CharterVersion, charter: Charter) -> list[Membership]:
    """The memberships of a charter from its first day on, not yet saved."""
    start, ends = charter.group.in_force, charter.group.ends
    found = [
        Membership(
            group=row.group, charter=row, party=member.state, standing=member.tier,
            may_convene=True, situation=member.situation or "", since=max(member.since, start),
            until=min((day for day in (member.until, ends) if day), default=None),
        )
        for member in charter.members
        if member.until is None or member.until >= start
    ]  # fmt: skip
    found += [
        Membership(
            group=row.group, charter=row, party=each.party, standing=each.role,
            may_convene=each.may_convene, since=start, until=ends,
        )
        for each in charter.participants
    ]  # fmt: skip
    return found
