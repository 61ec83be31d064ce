"""Draft charters: begun, revised, commented on, withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from commonhaven.charter import Charter
from commonhaven.reading import Problem, canonical, digest, dump
from commonhaven.web.groups import policy
from commonhaven.web.groups.models import Caucus, CharterComment, CharterVersion, Group
from commonhaven.web.groups.texts import charter_of
from commonhaven.web.kit.audience import Audience, Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import Placing, write

LONGEST = 400_000
"""Letters of a charter's text; the largest that ships has some five thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """For whom a draft is."""

    audience: str = Audience.MEMBERS
    caucus: Caucus | None = None
    release_at: datetime | None = None


MEMBERS = For()


@transaction.atomic
def draft_charter(
    *, group: Group, text: str, by: Seat, at: datetime, placing: For = MEMBERS
) -> CharterVersion:
    """Bring in a draft. It must read as a charter; what else is wrong is left to the comments."""
    policy.may_draft(by)
    charter = _charter(text)
    made = CharterVersion.objects.create(
        group=group, audience=placing.audience, caucus=placing.caucus,
        release_at=placing.release_at, created_at=at, revised_at=at, party=by.party,
        **_written(text, charter),
    )  # fmt: skip
    write(
        group, "charter drafted", _body(made), by=by, at=at, subject=made.subject,
        placing=Placing.of(made),
    )  # fmt: skip
    return made


@transaction.atomic
def revise_charter(
    *, charter: CharterVersion, text: str, revision: int, by: Seat, at: datetime
) -> CharterVersion:
    """Change a draft's text; ``revision`` is the one that was read, so that no change is lost.

    Positions on the text before count no more: they were taken on another text.
    """
    policy.may_change(by, charter)
    locked = locked_draft(charter)
    if locked.revision != revision:
        raise Conflict(
            f"the draft was changed meanwhile: you began from revision {revision}, it is now at "
            f"{locked.revision}",
            fix="Compare the two texts, bring your changes into the newer one, and save again.",
        )
    for name, value in _written(text, _charter(text)).items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.revised_at = at
    locked.save()
    write(
        locked.group, "charter revised", _body(locked), by=by, at=at, subject=locked.subject,
        placing=Placing.of(locked),
    )  # fmt: skip
    return locked


@transaction.atomic
def comment(
    *, charter: CharterVersion, article: str, text: str, by: Seat, at: datetime
) -> CharterComment:
    """Say something of one article of a draft, or of the whole."""
    policy.may_speak(by)
    locked = locked_draft(charter)
    if not text.strip():
        raise Problem("the comment is empty", where="comment", fix="Write a sentence.")
    made = CharterComment.objects.create(
        charter=locked, party=by.party, capacity=by.capacity, article=article.strip(),
        text=text.strip(), revision=locked.revision, said_at=at,
    )  # fmt: skip
    body = {
        "version": locked.version, "revision": locked.revision, "article": made.article,
        "text": made.text, "hash": locked.digest,
    }  # fmt: skip
    write(
        locked.group, "charter commented on", body, by=by, at=at, subject=locked.subject,
        placing=Placing.of(locked),
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw_charter(*, charter: CharterVersion, by: Seat, at: datetime) -> None:
    """Withdraw a draft; it stays readable for whom it was."""
    policy.may_change(by, charter)
    locked = locked_draft(charter)
    locked.status = CharterVersion.Status.WITHDRAWN
    locked.save(update_fields=["status"])
    body = {"version": locked.version, "revision": locked.revision, "hash": locked.digest}
    write(
        locked.group, "charter withdrawn", body, by=by, at=at, subject=locked.subject,
        placing=Placing.of(locked),
    )  # fmt: skip


def locked_draft(charter: CharterVersion) -> CharterVersion:
    """The draft, held against changes by others; Conflict where it is none any more."""
    rows = CharterVersion.objects.select_for_update(of=("self",)).select_related("group", "caucus")
    locked = rows.get(pk=charter.pk)
    if locked.status != CharterVersion.Status.DRAFT:
        fix = "An adopted version never changes: amend it by a new draft."
        raise Conflict(f"version {locked.version} is no draft any more: {locked.status}", fix=fix)
    return locked


def _charter(text: str) -> Charter:
    if len(text) > LONGEST:
        said = f"the text has {len(text):,} letters, more than {LONGEST:,}"
        raise Problem(said, where="charter", fix="Is it the right text?")
    return charter_of(text)


def _written(text: str, charter: Charter) -> dict[str, Any]:
    """The fields of a version that follow from its text."""
    value = dump(charter)
    return {
        "toml": text, "value": canonical(value), "digest": digest(value),
        "version": charter.group.version, "in_force": charter.group.in_force,
    }  # fmt: skip


def _body(row: CharterVersion) -> dict[str, Any]:
    return {
        "version": row.version, "revision": row.revision, "in_force": row.in_force,
        "hash": row.digest, "toml": row.toml,
    }  # fmt: skip
