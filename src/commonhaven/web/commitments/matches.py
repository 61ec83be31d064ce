"""Bring needs and promises together: propose, accept, decline, end."""

from datetime import datetime

from django.db import transaction

from commonhaven.reading import Problem, exact
from commonhaven.web.commitments.models import Commitment, Match, MatchStep, Need
from commonhaven.web.commitments.policy import in_status, may_answer, may_match
from commonhaven.web.commitments.values import book_of, decimal, matched_of, need_code, value_of
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import Placing, hold, write
from commonhaven.web.situations.policy import no_wider


@transaction.atomic
def propose_match(
    *, commitment: Commitment, need: Need, quantity: object, why: str, by: Seat, at: datetime
) -> Match:
    """Propose so much of a promise for an open need; proposing is accepting for one's own side.

    A match is for whom the need is, so that what of it is covered tells nobody of a match that is
    hidden. Conflict where the promise is for fewer people than the need.
    """
    hold(need.group)
    locked = Need.objects.select_for_update(of=("self",)).select_related("group").get(pk=need.pk)
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    may_match(by, value_of(held), locked)
    in_status(locked, Need.Status.OPEN)
    if held.unit != locked.unit:
        raise Conflict(
            f"{held.unit} do not meet a need for {locked.unit}", fix="Match what is counted alike."
        )
    amount = exact(quantity, "quantity")
    if amount <= 0:
        raise Problem("it does not say how much", where="quantity", fix="Give a number above 0.")
    placing = Placing.of(locked)
    no_wider(placing, than=held, what="the promise")
    row = Match.objects.create(
        group=locked.group, commitment=held, need=locked, party=by.party, why=why,
        quantity=decimal(amount), created_at=at, audience=placing.audience,
        caucus=placing.caucus, release_at=placing.release_at,
    )  # fmt: skip
    return _answer(row, "proposed", by, at, why)


@transaction.atomic
def answer_match(*, match: Match, kind: str, by: Seat, at: datetime, why: str = "") -> Match:
    """Accept, decline or end a match. Conflict where it would go beyond either side."""
    hold(match.group)
    above = ("need", "commitment", "group")
    locked = Match.objects.select_for_update(of=("self",)).select_related(*above).get(pk=match.pk)
    may_answer(by, value_of(locked.commitment), locked)
    if kind == "accepted":
        in_status(locked.need, Need.Status.OPEN)
    return _answer(locked, kind, by, at, why)


def _answer(row: Match, kind: str, by: Seat, at: datetime, why: str) -> Match:
    MatchStep.objects.create(match=row, kind=kind, party=by.party, at=at, said=why)
    refused = settle(row.group, row.need.unit, at)
    if mine := refused.get(row.pk):
        raise Conflict(mine, fix="See what is open on both sides.")
    row.refresh_from_db()
    body = {
        "title": row.need.title, "promise": row.commitment.title, "unit": row.need.unit,
        "quantity": exact(str(row.quantity)), "status": row.status, "why": why,
    }  # fmt: skip
    write(
        row.group, f"match {kind}", body, by=by, at=at, subject=row.subject, placing=Placing.of(row)
    )
    return row


def settle(group: Group, unit: str, at: datetime) -> dict[int, str]:
    """Bring all matches of a group in one unit up to date; what was refused, by match.

    A promise that was withdrawn in part is missing from what was agreed last.
    """
    matches = list(Match.objects.filter(group=group, need__unit=unit).prefetch_related("steps"))
    if not matches:
        return {}
    commitments = Commitment.objects.filter(pk__in={m.commitment_id for m in matches})
    needs = list(Need.objects.filter(pk__in={m.need_id for m in matches}))
    found = book_of(commitments.prefetch_related("steps"), group, at)
    state = matched_of(needs, found, matches, at)
    by_name = {one.id: one for one in state.matches}
    for row in matches:
        one = by_name.get(f"m{row.pk}")
        if one is not None:
            row.status, row.covers = one.status, decimal(one.covers.value)
            row.save(update_fields=["status", "covers"])
    for need in needs:
        open_ = state.unmet[need_code(need.pk)].value
        need.covered = decimal(exact(str(need.quantity)) - open_)
        need.save(update_fields=["covered"])
    return {int(act.match.removeprefix("m")): said for act, said in state.refused}
