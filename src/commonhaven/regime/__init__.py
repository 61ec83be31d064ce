"""Joins the rooms: plan, verify, compare, explain, offers, obligations, dry run."""

from commonhaven.regime.compare import Column, Comparison, compare
from commonhaven.regime.compute import compute
from commonhaven.regime.convening import setting
from commonhaven.regime.dry_run import DryRun, dry_run
from commonhaven.regime.due import Terms, terms_of, terms_on
from commonhaven.regime.evidence import WithFacts
from commonhaven.regime.explain import Explanation, answer, explain
from commonhaven.regime.moves import Move, read_moves
from commonhaven.regime.obligations import Obligation, obligations
from commonhaven.regime.offers import Round, StateChange, rounds
from commonhaven.regime.plan import CohortPart, Plan, StatePart
from commonhaven.regime.recorded import RecordedPlan, recorded_plan
from commonhaven.regime.replenish import Replenishment, replenish
from commonhaven.regime.settlement import Settlement, settle
from commonhaven.regime.verify import standing_plan, verify
from commonhaven.regime.write import plan_text, write

__all__ = [
    "CohortPart",
    "Column",
    "Comparison",
    "DryRun",
    "Explanation",
    "Move",
    "Obligation",
    "Plan",
    "RecordedPlan",
    "Replenishment",
    "Round",
    "Settlement",
    "StateChange",
    "StatePart",
    "Terms",
    "WithFacts",
    "answer",
    "compare",
    "compute",
    "dry_run",
    "explain",
    "obligations",
    "plan_text",
    "read_moves",
    "recorded_plan",
    "replenish",
    "rounds",
    "setting",
    "settle",
    "standing_plan",
    "terms_of",
    "terms_on",
    "verify",
    "write",
]
