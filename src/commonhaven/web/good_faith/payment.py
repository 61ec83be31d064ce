"""Divide an incentive fund by a closed year's scores, and book it in the fund's books."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from commonhaven.costs import Incentive, Money, incentive, money, pot_of
from commonhaven.reading import Problem
from commonhaven.web.funds.actions import act_on
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.policy import may_keep
from commonhaven.web.good_faith import policy
from commonhaven.web.good_faith.actions import latest, locked, undivided
from commonhaven.web.good_faith.facts import conduct, read
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.actions import Placing, write
from commonhaven.web.situations.policy import no_wider


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What is divided: 5 % of a year's cost, or the pot as the group decided it; and its source."""

    cost: Fraction | None = None
    pot: Fraction | None = None
    source: str

    def amount(self, currency: str) -> Money:
        """The pot. Problem where neither is given, both are, or they have no source."""
        if (self.cost is None) == (self.pot is None):
            raise Problem(
                "give either the year's cost or the pot", where="cost",
                fix="5 % of the cost is divided, or the pot that the group decided.",
            )  # fmt: skip
        if not self.source.strip():
            raise Problem("the amount has no source", where="source", fix="Name it.")
        if self.cost is not None:
            return pot_of(money(self.cost, currency))
        found = money(self.pot or 0, currency)
        _ = found.in_minor_units
        return found


def divided(row: Assessment, pot: Money) -> Incentive:
    """Scores and payments as the versions in force, the people and the waivers give them."""
    forgone = set(row.forgone.values_list("state", flat=True))
    return incentive(
        [
            conduct(state, read(version.facts), people=row.people[state],
                    forgoes=state in forgone)
            for state, version in latest(row).items()
        ],
        pot=pot,
    )  # fmt: skip


@transaction.atomic
def pay_incentive(
    *, assessment: Assessment, fund: Fund, whole: Whole, decision: str, by: Seat, at: datetime
) -> Assessment:
    """Award each state its payment out of an incentive fund, once; all of it or nothing.

    Each award then is paid out and confirmed as any grant of the fund. Raises Conflict where the
    fund has too little, or anything that the payments follow from is missing.
    """
    may_keep(by)
    row = locked(assessment)
    policy.in_status(row, Assessment.Status.CLOSED)
    undivided(row)
    _fits(row, fund)
    found = divided(row, whole.amount(fund.currency))
    for state, payment in found.payments.items():
        if payment.amount:
            act_on(
                fund=fund, kind="awarded", by=by, at=at, party=state, amount=payment.exact,
                decision=decision, says=row.title, evidence=row.subject,
            )  # fmt: skip
    row.fund, row.pot, row.pot_source = fund, f"{found.pot.amount:f}", whole.source[:300]
    row.payments = {state: f"{payment.amount:f}" for state, payment in found.payments.items()}
    row.save(update_fields=["fund", "pot", "pot_source", "payments"])
    body = {
        "title": row.title, "fund": fund.pk, "currency": fund.currency, "pot": row.pot,
        "kept": f"{found.kept.amount:f}", "payments": row.payments, "source": whole.source,
        "decision": decision,
    }  # fmt: skip
    write(
        row.group, "incentive divided", body, by=by, at=at, subject=fund.subject,
        placing=Placing.of(fund),
    )  # fmt: skip
    return row


def _fits(row: Assessment, fund: Fund) -> None:
    """Conflict where the fund is not one for good faith, or shows what the assessment keeps."""
    if fund.group_id != row.group_id or fund.kind != Fund.Kind.INCENTIVE:
        raise Conflict("the fund is none for good faith", fix="Open an incentive fund.")
    no_wider(Placing.of(fund), than=row, what="the assessment")
    if not row.people:
        raise Conflict(
            "it is not said how many people each state protects", fix="UNHCR enters it first."
        )
