"""What an adopted decision does: its plan is decided, and becomes what each party owes."""

from commonhaven.regime import Obligation as Value
from commonhaven.regime import obligations
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.queries import value_of
from commonhaven.web.plans.talks import settlement_of


def take_effect(decision: Decision) -> list[dict[str, object]]:
    """Mark the plan as decided and lay down what is owed; the same in plain values."""
    if decision.plan is None:
        return []
    decision.plan.status = Plan.Status.DECIDED
    decision.plan.save(update_fields=["status"])
    return [plain(one) for one in owe(decision)]


def owe(decision: Decision) -> list[Value]:
    """Lay down what each party owes by when because of an adopted plan."""
    plan = decision.plan
    assert plan is not None and decision.decided_at is not None  # noqa: S101, PT018 - adopted plans
    value = value_of(plan)
    found = list(
        obligations(
            value,
            decided=decision.group.day_of(decision.decided_at),
            settlement=settlement_of(plan, value),
        )
    )
    for one in found:
        row(decision, one).save()
    return found


def row(decision: Decision, one: Value) -> Obligation:
    """One obligation as a row, shown where its decision is."""
    return Obligation(
        group=decision.group, decision=decision, code=one.id, party=one.state, kind=one.what,
        what=one.about, quantity=one.quantity, unit=one.unit, due=one.due,
        counterpart=one.counterpart, measured=one.measured, confirmed_by=one.confirmed_by,
        cite=one.cite, plan_hash=one.plan, audience=decision.audience, caucus=decision.caucus,
        release_at=decision.release_at, created_at=decision.created_at,
    )  # fmt: skip


def plain(one: Value) -> dict[str, object]:
    """One obligation for the record."""
    return {
        "id": one.id, "party": one.state, "what": one.what, "about": one.about,
        "quantity": str(one.quantity), "unit": one.unit, "due": one.due.isoformat(),
        "measured": one.measured,
    }  # fmt: skip
