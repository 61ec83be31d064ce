"""Read a file of promises and needs, and enter what it holds: all of it, or nothing."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import Q

from commonhaven.commitments import Act, BookFile, Draw
from commonhaven.commitments import Commitment as Value
from commonhaven.exchange import BadFile, Bounds, Tabled, read_handed_in
from commonhaven.instruments import entry
from commonhaven.reading import Problem
from commonhaven.web.commitments import lines
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.filed import Desk, Filed, Promised
from commonhaven.web.commitments.models import Commitment, Need
from commonhaven.web.commitments.needs import state_need
from commonhaven.web.commitments.policy import may_act
from commonhaven.web.commitments.values import code, need_code
from commonhaven.web.commitments.weighing import Weighing
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, Viewer, allowed
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import Placing, hold

UNPACKED = 20_000_000
"""Bytes to which a file may unpack."""
GIVEN = tuple(
    field.name
    for field in fields(Act)
    if field.name not in {"id", "kind", "commitment", "at", "by"}
)
"""Fields of an act that its entry takes from the file."""


def largest() -> int:
    """Bytes of a file at most."""
    return int(entry("platform", "promises_file_bytes").number)


def most_rows() -> int:
    """Rows of a file's tables at most."""
    return int(entry("platform", "promises_file_rows").number)


def filed(content: bytes, name: str, desk: Desk) -> Filed:
    """What a workbook or a zip of tables would enter in a seat, checked as if it were typed.

    Problem for what is no such file, is larger than is taken, or holds nothing to enter.
    """
    if len(content) > largest():
        raise Problem(
            f"the file is larger than {largest():,} bytes",
            fix="Make several files of it, each with what belongs together.",
        )
    digest = sha256(content).hexdigest()
    try:
        return Weighing(_read(content, name), desk).done(digest)
    except BadFile as bad:
        return Filed(digest=digest, mistakes=bad.mistakes)


def _read(content: bytes, name: str) -> Tabled:
    ending = PurePosixPath(name).suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{ending if ending in {'.xlsx', '.zip'} else ''}"
        path.write_bytes(content)
        found = read_handed_in(path, Bounds(unpacked=UNPACKED, rows=most_rows()))
    return replace(found, file=_called(found.file))


def _called(file: BookFile) -> BookFile:
    """The book with its parties as the platform writes them: states by their codes."""
    party: Callable[[str], str] = cache(lines.party)

    def promise(one: Value) -> Value:
        return replace(
            one, to=tuple(map(party, one.to)),
            shares=tuple(replace(part, giver=party(part.giver)) for part in one.shares),
            instalments=tuple(replace(part, giver=party(part.giver)) for part in one.instalments),
            conditions=tuple(replace(part, by=party(part.by)) for part in one.conditions),
        )  # fmt: skip

    return replace(
        file, commitments=tuple(map(promise, file.commitments)),
        acts=tuple(replace(one, by=party(one.by), giver=party(one.giver), to=party(one.to))
                   for one in file.acts),
        needs=tuple(replace(one, by=party(one.by)) for one in file.needs),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What was entered from a file."""

    promises: tuple[Commitment, ...]
    needs: tuple[Need, ...]


def not_before(digest: str, group: Group, party: str, viewer: Viewer) -> None:
    """Conflict for a file that was taken in before, by the party or where the viewer sees it."""
    for model in (Commitment, Need):
        rows = model.objects.filter(Q(party=party) | allowed(viewer), group=group, file=digest)
        if row := rows.first():
            raise Conflict(
                f"this very file was taken in on {row.created_at.date()}",
                fix="What it holds stands in the list; change the file where something is new.",
            )


@transaction.atomic
def bring_in(
    *, group: Group, filed: Filed, by: Seat, viewer: Viewer, at: datetime, placing: Placing
) -> Brought:
    """Enter every need and promise of a file with its acts, each as if it were typed.

    Raises Problem where the file has mistakes, Conflict where it was taken in before.
    """
    may_act(by)
    if filed.mistakes:
        raise Problem("the file has mistakes", where="file", fix="Mend them, then bring it in.")
    hold(group)
    not_before(filed.digest, group, by.party, viewer)
    needs = {
        one.value.id: state_need(
            group=group, value=one.value, by=by, at=at, placing=placing, bundle=one.bundle
        )
        for one in filed.needs
    }
    codes = {name: need_code(row.pk) for name, row in needs.items()}
    promises = []
    for one in filed.promises:
        value = replace(one.value, need=codes.get(one.value.need, one.value.need))
        row = promise(
            group=group, value=value, by=by, at=at, placing=placing, announce=one.announces
        )
        _steps(one, row, by, at)
        promises.append(row)
    for model, rows in ((Commitment, promises), (Need, list(needs.values()))):
        model.objects.filter(pk__in=[row.pk for row in rows]).update(file=filed.digest)
    return Brought(promises=tuple(promises), needs=tuple(needs.values()))


def _steps(one: Promised, row: Commitment, by: Seat, at: datetime) -> None:
    """Take the acts of a promise in order; those that name another name its step."""
    names: dict[str, str] = {}
    for act in one.acts:
        given: dict[str, Any] = {name: getattr(act, name) for name in GIVEN}
        given["of"] = names.get(act.of, act.of)
        given["draws"] = tuple(
            Draw(transfer=names.get(draw.transfer, draw.transfer), quantity=draw.quantity)
            for draw in act.draws
        )
        done = step(commitment=row, by=by, at=at, kind=act.kind, **given)
        names[act.id] = f"{code(row.pk)}.{done.number}"
