"""Open a fund, say what its target and budget rest on, and do acts on it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from commonhaven.commitments.fund.file import ActTable
from commonhaven.costs.money import minor_units
from commonhaven.reading import dump
from commonhaven.web.commitments.bounds import check_days
from commonhaven.web.commitments.words import named
from commonhaven.web.decisions.queries import stands
from commonhaven.web.funds.models import Fund, FundStep
from commonhaven.web.funds.parties import with_known
from commonhaven.web.funds.policy import may_do, may_keep
from commonhaven.web.funds.values import budget_of, claims_of, file_of, state_of, written
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import MEMBERS, Placing, hold, write

RECORDED = {
    "called": "contributions called", "announced": "contribution announced",
    "signed": "contribution signed", "paid": "payment received",
    "given in kind": "gift in kind received", "asked": "money asked of the fund",
    "reviewed": "request reviewed", "released": "money released at once",
    "granted": "money granted", "paid out": "money paid out", "confirmed": "payment confirmed",
    "reported": "use of money reported", "closed": "request closed", "waived": "call lifted",
    "awarded": "money awarded",
}  # fmt: skip
"""Act → as the record calls it."""


@transaction.atomic
def open_fund(
    *, group: Group, kind: str, title: str, currency: str, by: Seat, at: datetime,
    placing: Placing = MEMBERS,
) -> Fund:  # fmt: skip
    """Open a fund. Raises Problem for a currency that is none."""
    may_keep(by)
    minor_units(currency)
    row = Fund.objects.create(
        group=group, kind=kind, title=title[:200], currency=currency, party=by.party,
        created_at=at, audience=placing.audience, caucus=placing.caucus,
        release_at=placing.release_at,
    )  # fmt: skip
    body = {"title": row.title, "kind": row.kind, "currency": currency}
    write(group, "fund opened", body, by=by, at=at, subject=row.subject, placing=placing)
    return row


@transaction.atomic
def set_basis(
    *, fund: Fund, claims: str, last_year: int | None, budget: str, by: Seat, at: datetime
) -> Fund:
    """Say on which claims of past years the target rests, and what the budget is.

    Raises Problem, with the line, for what cannot be read, or years without claims.
    """
    may_keep(by)
    locked = _locked(fund)
    claims_of(claims)
    budget_of(budget)
    locked.claims, locked.last_year, locked.budget = claims, last_year, budget
    basis = file_of(locked)
    basis.target()
    for one in basis.budget:
        basis.planned(one.year)
    locked.save()
    body = {"title": locked.title, "claims": claims, "last_year": last_year, "budget": budget}
    write(
        locked.group, "basis of fund set", body, by=by, at=at, subject=locked.subject,
        placing=Placing.of(locked),
    )  # fmt: skip
    return locked


@transaction.atomic
def act_on(
    *, fund: Fund, kind: str, by: Seat, at: datetime, new_party: bool = False,
    **fields: Any,  # noqa: ANN401
) -> FundStep:  # fmt: skip
    """One act on a fund; ``fields`` are those of the room's table of acts.

    ``new_party``: it may begin the account of a party that nobody knows yet. Raises Refused where
    the seat may not, Conflict where the books refuse it or a party is not known.
    """
    locked = _locked(fund)
    may_do(by, kind)
    if locked.steps.filter(at__gt=at).exists():
        raise Conflict(
            "another act was done meanwhile", fix="Look at the fund, then do yours again."
        )
    fields = with_known(locked, kind, fields, new_party=new_party)
    number = locked.steps.count() + 1
    if kind in {"asked", "awarded"}:
        fields["request"] = f"r{number}"
    stands(fields.get("decision", ""), locked)
    check_days((fields.get("due"),))
    table = ActTable(id=f"f{locked.pk}.{number}", kind=kind, at=at, by=by.party, **fields)  # type: ignore[arg-type]
    tried = table.act(locked.currency)
    found = state_of(locked, at, (tried,))
    if refused := [one for one in found.refused if one.act is tried]:
        why, fix = (named(said, locked.title) for said in (refused[0].why, refused[0].fix))
        raise Conflict(why, fix=fix)
    step = FundStep.objects.create(
        fund=locked, number=number, kind=kind, party=by.party, capacity=by.capacity, at=at,
        said=table.says, value=written(table),
    )  # fmt: skip
    body = {k: v for k, v in dump(table).items() if k not in {"at", "by"}}  # type: ignore[union-attr]
    write(
        locked.group, RECORDED[kind], {"title": locked.title, "currency": locked.currency, **body},
        by=by, at=at, subject=locked.subject, placing=Placing.of(locked),
    )  # fmt: skip
    return step


def _locked(fund: Fund) -> Fund:
    """The fund as it stands now; the group's chain is locked first, as everywhere."""
    hold(fund.group)
    return Fund.objects.select_for_update(of=("self",)).select_related("group").get(pk=fund.pk)
