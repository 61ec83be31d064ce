"""Promises and what happens to them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from commonhaven.commitments import Act, Book, book, check
from commonhaven.commitments import Commitment as Value
from commonhaven.reading import Problem, dump
from commonhaven.web.commitments.bounds import check_act, check_promise
from commonhaven.web.commitments.matches import settle
from commonhaven.web.commitments.models import Commitment, Share, Step
from commonhaven.web.commitments.policy import may_promise, may_step
from commonhaven.web.commitments.values import (
    act_of,
    code,
    decimal,
    setting_of,
    value_of,
    written,
)
from commonhaven.web.commitments.words import named
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.decisions.queries import stands
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import MEMBERS, Placing, hold, write
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.policy import no_wider

AMOUNTS = ("announced", "committed", "delivered", "received", "verified", "withdrawn", "released",
           "disputed")  # fmt: skip
RECORDED = {
    "announced": "promise announced", "committed": "promise signed",
    "delivered": "delivery reported", "passed on": "delivery passed on",
    "received": "receipt confirmed", "verified": "delivery verified",
    "withdrawn": "promise withdrawn", "condition met": "condition met",
    "postponed": "instalment postponed", "disputed": "delivery disputed",
    "replied": "dispute answered", "settled": "dispute settled",
}  # fmt: skip
"""Step → the act as the record calls it."""


@transaction.atomic
def promise(
    *,
    group: Group,
    value: Value,
    by: Seat,
    at: datetime,
    placing: Placing = MEMBERS,
    situation: Situation | None = None,
    obligation: Obligation | None = None,
    announce: bool = True,
) -> Commitment:
    """Enter a promise; the party that enters it announces its own share with it, if it has one.

    Partners announce theirs themselves. Raises Problem for a promise that does not make sense,
    Conflict where it would show a situation or duty to more people.
    """
    may_promise(by, value)
    check_promise(value)
    for finding in check(value):
        if finding.severity == "error":
            raise finding.problem()
    if situation is not None:
        no_wider(placing, than=situation, what="the situation")
    if obligation is not None:
        no_wider(placing, than=obligation, what="the duty")
        if obligation.party not in value.givers:
            raise Problem(
                f"the duty is {obligation.party}'s, who gives nothing in it", where="obligation",
                fix="Name a duty of a giver, or leave it out.",
            )  # fmt: skip
    row = Commitment.objects.create(
        group=group, title=value.title[:200], kind=value.kind, unit=value.unit, party=by.party,
        ends=value.ends, situation=situation, obligation=obligation, created_at=at,
        audience=placing.audience, caucus=placing.caucus, release_at=placing.release_at,
    )  # fmt: skip
    named = replace(value, id=code(row.pk))
    row.value = written(named)
    row.save(update_fields=["value"])
    for share in named.shares:
        Share.objects.create(commitment=row, giver=share.giver, promised=decimal(share.quantity))
    body = {
        "title": row.title, "kind": row.kind, "unit": row.unit,
        "shares": {share.giver: share.quantity for share in named.shares}, "to": named.to,
        "ends": named.ends.isoformat() if named.ends else "",
    }  # fmt: skip
    write(group, "promise entered", body, by=by, at=at, subject=row.subject, placing=placing)
    if announce and by.party in named.givers:
        quantity = named.share(by.party).value
        step(commitment=row, by=by, at=at, kind="announced", giver=by.party, quantity=quantity)
    return row


@transaction.atomic
def step(*, commitment: Commitment, by: Seat, at: datetime, kind: str, **fields: Any) -> Step:  # noqa: ANN401
    """Take one step of a promise; ``fields`` are those of the room's Act.

    Raises Refused where the seat may not, Conflict where the book refuses it: out of turn, more
    than there is, without the evidence that it needs.
    """
    hold(commitment.group)
    locked = Commitment.objects.select_for_update(of=("self",)).select_related("group").get(
        pk=commitment.pk
    )  # fmt: skip
    done = [act_of(each) for each in locked.steps.all()]
    number = len(done) + 1
    name = code(locked.pk)
    act = Act(id=f"{name}.{number}", kind=kind, commitment=name, at=at, by=by.party, **fields)  # type: ignore[arg-type]
    may_step(by, act)
    check_act(act)
    stands(act.decision, locked)
    if done and at < done[-1].at:
        raise Conflict(
            "another step was taken meanwhile", fix="Look at the promise, then take yours again."
        )
    found = _book(locked, [*done, act], at)
    if refused := [one for one in found.refused if one.act is act]:
        why, fix = (named(said, locked.title) for said in (refused[0].why, refused[0].fix))
        raise Conflict(why, fix=fix)
    row = Step.objects.create(
        commitment=locked, number=number, kind=kind, party=by.party, capacity=by.capacity, at=at,
        said=act.says, value=written(act),
    )  # fmt: skip
    keep(locked, found)
    if kind == "withdrawn":
        settle(locked.group, locked.unit, at)
    body = {k: v for k, v in dump(act).items() if k not in {"commitment", "at", "by"}}  # type: ignore[union-attr]
    write(
        locked.group, RECORDED[kind], {"title": locked.title, "unit": locked.unit, **body}, by=by,
        at=at, subject=locked.subject, placing=Placing.of(locked),
    )  # fmt: skip
    return row


def _book(row: Commitment, acts: list[Act], at: datetime) -> Book:
    return book([value_of(row)], acts, at, setting_of(row.group, acts[:-1], at))


def keep(row: Commitment, found: Book) -> None:
    """Save how far each share has come, and when a dispute next lapses."""
    for share in row.shares.all():
        promise_ = next(p for p in found.promises if p.giver == share.giver)
        for name in AMOUNTS:
            setattr(share, name, decimal(getattr(promise_, name).value))
        share.stage = promise_.stage
        share.save()
    open_ = [one.due for one in found.disputes if one.open and one.replied_at is None]
    row.lapses_at = min(open_, default=None)
    row.save(update_fields=["lapses_at"])
