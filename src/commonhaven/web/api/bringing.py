"""Promises and needs from a file."""

from typing import Any

from ninja import Router, Schema, Status

from commonhaven.reading import Problem
from commonhaven.web.api.asking import Placed, SeatId, Slug, acting, group_of, placing_of, write
from commonhaven.web.api.documents import Handed, bytes_of
from commonhaven.web.api.middleware import Asked
from commonhaven.web.commitments.bringing import bring_in, filed
from commonhaven.web.commitments.filed import Desk
from commonhaven.web.commitments.policy import may_act

router = Router(tags=["promises"])
TOLD = 200
"""Mistakes of a file that an answer tells."""


class BroughtIn(Placed):
    """A file of promises and needs: a workbook (.xlsx), or CSV tables in one .zip."""

    file: Handed


class AdviceShown(Schema):
    """Something to weigh in a promise or a need."""

    title: str
    what: str
    fix: str


class BroughtShown(Schema):
    """What was entered, in the order of the file."""

    promises: list[int]
    needs: list[int]
    advice: list[AdviceShown]


@write(router, "/groups/{slug}/bring-in", BroughtShown, made=True)
def bring_promises_in(request: Asked, slug: Slug, body: BroughtIn, seat: SeatId = None) -> Any:
    """Enter the promises, needs and acts of a file, all of them or none, as if each were sent.

    403 where the seat promises nothing; 409 where the file was taken in before; 422 names every
    mistake, a line each, with table, row, column and what to do.
    """
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    may_act(by)
    desk = Desk(group=group, seat=by, at=request.now, placing=placing)
    found = filed(bytes_of(body.file.base64), body.file.name, desk)
    if found.mistakes:
        told = "\n".join(str(one) for one in found.mistakes[:TOLD])
        raise Problem(told, where="file", fix="Nothing was entered: mend it all.")
    made = bring_in(
        group=group, filed=found, by=by, viewer=request.viewer, at=request.now, placing=placing
    )
    advice = [{"title": title, "what": one.what, "fix": one.fix} for title, one in found.advice]
    return Status(201, {
        "promises": [row.pk for row in made.promises], "needs": [row.pk for row in made.needs],
        "advice": advice,
    })  # fmt: skip
