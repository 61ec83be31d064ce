"""The equal key: every state the same."""

from commonhaven.allocation.keys.column import Column
from commonhaven.allocation.keys.formula import Basis, Formula, Sheet, Step
from commonhaven.allocation.rule import Rule, Settings
from commonhaven.saying import say

CITE = "Hathaway and Neve 1997, text at note 377 (roughly the same number for each state)"


def same(sheet: Sheet, _settings: Settings, _total: int) -> tuple[Step]:
    """One part in as many as there are states."""
    count = len(sheet.states)
    column = Column((1,) * count, count)
    basis = Basis(
        name="states",
        value=Column((count,)).total(),
        what="Number of states that share",
        formula="count of states",
    )
    return (
        Step(
            name="share",
            column=column,
            what=say("Its share of the people"),
            formula="1 / states",
            cite=CITE,
            uses=(basis.name,),
            bases=(basis,),
        ),
    )


EQUAL = Rule(
    id="equal",
    title="Equal numbers",
    kind="key",
    principle="Every state that takes part protects the same number of people.",
    value_judgement="Membership alone founds the duty: size, wealth and room do not count.",
    source=CITE,
    standing="sourced",
    weaknesses=(
        "It asks as much of a small and poor state as of a large and rich one.",
        "A state that splits in two doubles what its people owe.",
    ),
    shares=Formula(rule="equal", steps=same),
)
