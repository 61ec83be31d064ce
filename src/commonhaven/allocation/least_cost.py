"""Atherton's ideal as a scenario: everybody where the relative cost is least."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from commonhaven.allocation.flow.stage import Ask, open_to_somebody, order_notes, places, stage
from commonhaven.allocation.gate import excluded
from commonhaven.allocation.keys.equal import EQUAL
from commonhaven.allocation.question import Host, Placement, Question
from commonhaven.allocation.rule import KeyUndefined, Rule, Settings
from commonhaven.instruments import entry
from commonhaven.working import Line

CITE = "Atherton 1989, 34-45, quoted by Hathaway and Neve 1997, note 375"


def place(question: Question, _settings: Settings) -> Placement:
    """The placement behind the gate with the least sum of relative costs, exact.

    As many as possible are placed. States of equal relative cost share alike. A state's relative
    cost is its figure ``relative_cost``, else one cost everywhere over its GDP per head; no figure
    is asked of a state that nobody may enter.
    """
    shut = excluded(question)
    costs = {host.state: relative_cost(host) for host in open_to_somebody(shut, question.hosts)}
    scale = lcm(*(cost.denominator for cost in costs.values()))
    most = max(costs.values(), default=Fraction(0))
    worth = {state: int((most - cost) * scale) for state, cost in costs.items()}
    made = stage(
        Ask(
            name="atherton",
            people={cohort.id: cohort.people for cohort in question.cohorts},
            places=places(question),
            levels={
                g: {state: (value,) for state, value in worth.items() if state not in reasons}
                for g, reasons in shut.items()
            },
        ),
        question,
        EQUAL,
    )
    return Placement(
        people=made.people,
        unplaced=made.unplaced,
        excluded=shut,
        targets=made.targets,
        ties=made.ties,
        notes=(WARNING, *order_notes(made, question)),
        working=(*_lines(costs), *(line for told in made.told for line in told.lines)),
    )


def relative_cost(host: Host) -> Fraction:
    """Cost of a person in relation to income per head; KeyUndefined where it cannot be told."""
    if "relative_cost" in host.figures:
        return host.figures["relative_cost"]
    for name in ("gdp", "population"):
        if not host.figures.get(name):
            raise KeyUndefined(
                f"atherton needs {name} for {host.state}, or its relative_cost",
                where=host.state,
                fix="Give the figure.",
            )
    cost = entry("atherton", "cost_per_person").number
    return cost * host.figures["population"] / host.figures["gdp"]


def _lines(costs: Mapping[str, Fraction]) -> tuple[Line, ...]:
    return tuple(
        Line(
            id=f"atherton.{state}.relative-cost",
            value=cost,
            what="Cost of a person in relation to income per head",
            formula="cost per person × population / gdp, unless given",
            cite=CITE,
        )
        for state, cost in costs.items()
    )


WARNING = (
    "A scenario for comparison: costs decide where people are, which no charter may adopt. Who "
    "protects whom is settled without money."
)
ATHERTON = Rule(
    id="atherton",
    title="Least relative cost (Atherton)",
    kind="scenario",
    principle="Everybody goes where protection costs least in relation to a state's income.",
    value_judgement="Whatever is saved can serve others; where people are is a matter of price.",
    source=CITE,
    standing="reported",
    indicators=("population", "gdp"),
    optional_indicators=("relative_cost",),
    weaknesses=(
        "The cheapest states fill up first and the others receive nobody.",
        "With one cost everywhere the richest state per head comes first, however small.",
    ),
    warning=WARNING,
    place=place,
)
