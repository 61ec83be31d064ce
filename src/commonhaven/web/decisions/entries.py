"""What the record says of a decision."""

import json
from datetime import datetime

from commonhaven.web.decisions.models import Decision
from commonhaven.web.kit.audience import Seat
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.queries import opinion_missing, unhcr_opinion
from commonhaven.web.record.actions import Placing, write


def whole_plan(decision: Decision) -> dict[str, object]:
    """The plan in full where it binds, so that an outsider can compute it again."""
    if decision.plan is None or decision.status != Decision.Status.ADOPTED:
        return {}
    return {"plan": json.loads(decision.plan.text), "moves": json.loads(decision.plan.moves)}


def opinion_on(plan: Plan | None) -> object:
    """UNHCR's opinion on the plan, or that none came, in the words of the record."""
    if plan is None:
        return None
    opinion = unhcr_opinion(plan)
    if opinion is None:
        return "none in time, as noted" if not opinion_missing(plan) else "none"
    return {"finding": opinion.finding, "text": opinion.text}


def enter(decision: Decision, act: str, by: Seat | None, at: datetime, **more: object) -> None:
    """Write an act about a decision into the record, with what was asked and what it is about."""
    plan = decision.plan
    body = {
        "number": decision.number, "kind": decision.kind, "title": decision.title,
        "text": decision.text, "mode": decision.mode, "state": decision.state,
        "people": decision.people, "plan_number": plan.number if plan else None,
        "plan_hash": plan.name if plan else "",
        "charter_hash": decision.charter.digest if decision.charter else "", **more,
    }  # fmt: skip
    write(
        decision.group, act, body, by=by, at=at, subject=decision.subject,
        placing=Placing.of(decision),
    )  # fmt: skip
