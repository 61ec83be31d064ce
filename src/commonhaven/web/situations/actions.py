"""Open a situation, follow its figures by versions, close it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from commonhaven.reading import canonical, digest, dump, parse_toml
from commonhaven.situations import Situation as Value
from commonhaven.situations import read, toml_text
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.actions import MEMBERS, Placing, hold, write
from commonhaven.web.situations.models import Situation, SituationVersion
from commonhaven.web.situations.policy import in_sight, may_open, open_still


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A situation's value and the text that it was given in."""

    value: Value
    text: str


def given(value: Value | None, toml: str | None) -> Given:
    """What was given, as value or as TOML; Problem where the text does not hold."""
    if value is not None:
        return Given(value=value, text=toml_text(value) if toml is None else toml)
    text = toml or ""
    return Given(value=read(parse_toml(text, "the text"), "the text"), text=text)


@transaction.atomic
def open_situation(
    *,
    group: Group,
    by: Seat,
    at: datetime,
    value: Value | None = None,
    toml: str | None = None,
    placing: Placing = MEMBERS,
) -> Situation:
    """Open a situation with its first figures, given as a value or as TOML.

    Raises Refused, Problem for a text that does not hold, and Conflict where there is a situation
    of that short name for the same audience.
    """
    may_open(by)
    if not in_sight(by, placing):
        fix = "Choose an audience that you belong to."
        raise Refused("this seat does not see what is for that audience", fix=fix)
    held = given(value, toml)
    hold(group)
    same = Situation.objects.filter(
        group=group, audience=placing.audience, caucus=placing.caucus, slug=held.value.id
    )
    if same.exists():
        raise Conflict(
            f"the group has opened {held.value.id} already",
            fix="Revise its figures, or give another id.",
        )
    situation = Situation.objects.create(
        group=group, slug=held.value.id, title=held.value.called(), party=by.party, created_at=at,
        audience=placing.audience, caucus=placing.caucus, release_at=placing.release_at,
    )  # fmt: skip
    version = _version(situation, held, number=1, by=by, at=at)
    _record(situation, version, "situation opened", by)
    return situation


@transaction.atomic
def revise_situation(
    *,
    situation: Situation,
    by: Seat,
    at: datetime,
    note: str,
    value: Value | None = None,
    toml: str | None = None,
    after: int | None = None,
) -> SituationVersion:
    """Add a version of the figures; the earlier ones stay.

    ``after``: the version that the change was made from. Raises Conflict where another came
    meanwhile or nothing changed, Problem for another origin or short name: that would be another
    situation.
    """
    may_open(by)
    locked = Situation.objects.select_for_update().get(pk=situation.pk)
    open_still(locked)
    last = locked.versions.first()
    assert last is not None  # noqa: S101 - a situation is opened with its first version
    held = given(value, toml)
    if after is not None and after != last.number:
        raise Conflict(
            f"version {last.number} came meanwhile, and the change was made from {after}",
            fix="Look at what changed, then give your figures again.",
        )
    if (held.value.id, held.value.origin) != (locked.slug, last.origin):
        raise Conflict(
            f"the text is of {held.value.id}, people from {held.value.origin}; this is "
            f"{locked.slug}, people from {last.origin}",
            fix="Open another situation for it.",
        )
    if digest(dump(held.value)) == last.digest:
        raise Conflict("nothing in the figures changed", fix="Change them, or leave it.")
    version = _version(locked, held, number=last.number + 1, by=by, at=at, note=note)
    _record(locked, version, "situation figures revised", by)
    return version


@transaction.atomic
def close_situation(*, situation: Situation, because: str, by: Seat, at: datetime) -> Situation:
    """Close a situation: no new figures, plans or meetings; all that was stays to be read."""
    may_open(by)
    locked = Situation.objects.select_for_update().get(pk=situation.pk)
    open_still(locked)
    locked.closed_at, locked.closed_because = at, because[:300]
    locked.save(update_fields=["closed_at", "closed_because"])
    body = {"situation": locked.slug, "reason": locked.closed_because}
    write(
        locked.group, "situation closed", body, by=by, at=at, subject=locked.subject,
        placing=Placing.of(locked),
    )  # fmt: skip
    return locked


def _version(
    situation: Situation, held: Given, *, number: int, by: Seat, at: datetime, note: str = ""
) -> SituationVersion:
    value = held.value
    return SituationVersion.objects.create(
        situation=situation, number=number, toml=held.text, value=canonical(dump(value)),
        digest=digest(dump(value)), day=value.on, origin=value.origin, people=value.people,
        party=by.party, note=note[:300], given_at=at,
    )  # fmt: skip


def _record(situation: Situation, version: SituationVersion, act: str, by: Seat) -> None:
    body = {
        "situation": situation.slug, "title": situation.title, "version": version.number,
        "hash": version.digest, "origin": version.origin, "people": version.people,
        "day": version.day.isoformat(), "note": version.note,
    }  # fmt: skip
    write(
        situation.group, act, body, by=by, at=version.given_at, subject=situation.subject,
        placing=Placing.of(situation),
    )  # fmt: skip
