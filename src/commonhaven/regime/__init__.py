"""Joins the rooms: plan, trace, manifest, verify, compare, explain."""

from commonhaven.regime.compare import Column, Comparison, compare
from commonhaven.regime.compute import compute
from commonhaven.regime.convening import setting
from commonhaven.regime.evidence import WithFacts
from commonhaven.regime.explain import Explanation, explain
from commonhaven.regime.plan import CohortPart, Plan, StatePart
from commonhaven.regime.verify import verify
from commonhaven.regime.write import plan_text, write

__all__ = [
    "CohortPart",
    "Column",
    "Comparison",
    "Explanation",
    "Plan",
    "StatePart",
    "WithFacts",
    "compare",
    "compute",
    "explain",
    "plan_text",
    "setting",
    "verify",
    "write",
]
