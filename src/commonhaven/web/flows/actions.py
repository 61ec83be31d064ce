"""Take a file of flows in, once all of it has been read, and out again."""

from datetime import datetime

from django.db import transaction

from commonhaven.web.flows.models import FlowFile, Load
from commonhaven.web.flows.policy import may_place, may_take
from commonhaven.web.flows.staging import sweep
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import MEMBERS, Placing, write


@transaction.atomic
def take_in(
    *, load: Load, title: str, source: str, about: str = "", by: Seat, at: datetime,
    placing: Placing = MEMBERS,
) -> FlowFile:  # fmt: skip
    """Make a file of what was read: from now on whoever belongs to its audience sees it.

    Raises Refused where the seat may not, Conflict where the reading is no longer there.
    """
    may_take(by)
    may_place(by, placing)
    if not Load.objects.filter(pk=load.pk, state=Load.State.READING, position=load.position).update(
        state=Load.State.WHOLE, touched_at=at
    ):
        raise Conflict("what was read of the file is gone", fix="Take it in again.")
    row = FlowFile.objects.create(
        group=load.group, title=title[:200], source=source[:300], about=about, name=load.name,
        form=load.form, sha256=load.sha256, size=load.size, flows=load.position, party=by.party,
        load=load, created_at=at, audience=placing.audience, caucus=placing.caucus,
        release_at=placing.release_at,
    )  # fmt: skip
    body = {
        "title": row.title, "source": row.source, "about": row.about, "file": row.name,
        "form": row.form, "sha256": row.sha256, "bytes": row.size, "flows": row.flows,
    }  # fmt: skip
    write(
        load.group, "flows taken in", body, by=by, at=at, subject=row.subject, placing=placing
    )  # fmt: skip
    return row


def take_out(*, file: FlowFile, why: str, by: Seat, at: datetime) -> FlowFile:
    """Take a file's flows off the platform; that they were there, and why not now, stays.

    Raises Refused where the seat may not, Conflict where it is out already.
    """
    may_take(by)
    with transaction.atomic():
        rows = FlowFile.objects.select_for_update(of=("self",)).select_related("group", "caucus")
        locked = rows.get(pk=file.pk)
        if locked.status != FlowFile.Status.READY or locked.load_id is None:
            raise Conflict("the file was taken out already", fix="Nothing is left to do.")
        Load.objects.filter(pk=locked.load_id).update(state=Load.State.DROPPED)
        locked.status, locked.load, locked.why = FlowFile.Status.WITHDRAWN, None, why
        locked.withdrawn_at, locked.withdrawn_by = at, by.party
        locked.save()
        body = {"title": locked.title, "why": why, "sha256": locked.sha256, "flows": locked.flows}
        write(
            locked.group, "flows taken out", body, by=by, at=at, subject=locked.subject,
            placing=Placing.of(locked),
        )  # fmt: skip
    sweep()
    return locked
