"""Who protects whom: keys, rounding, criteria, flow, axioms. It takes no money as input.

Values stand here. Verbs are asked of the module named after them: `registry` (rules by id),
`by_key` (place), `rounding` (apportion), `capacity` (fill), `gate` (eligible, excluded), `axioms`.
"""

from commonhaven.allocation.question import (
    Cohort,
    Host,
    Placement,
    Question,
    Scores,
    Tie,
)
from commonhaven.allocation.rule import (
    Figures,
    Key,
    KeyUndefined,
    Parameter,
    Rule,
    Settings,
)

__all__ = [
    "Cohort",
    "Figures",
    "Host",
    "Key",
    "KeyUndefined",
    "Parameter",
    "Placement",
    "Question",
    "Rule",
    "Scores",
    "Settings",
    "Tie",
]
