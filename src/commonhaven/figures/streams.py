"""What flows from where to where in a plan, exactly; nobody and no cent is lost on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from commonhaven.regime import CohortPart, Plan

NO_PLACE, MOVING, SHARED, COMMON, NOT_COVERED = (
    "no-place",
    "moving",
    "shared",
    "common",
    "not-covered",
)
"""Nodes that are no state; words.toml has their names."""

Kind = Literal[
    "stays", "moves", "leaves", "arrives", "no place", "pays", "receives",
    "gives", "passes on", "on the way",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """An amount on its way: people, or money in the plan's currency.

    ``kind``: people *stay*, *move* from one state to another, or *leave* for and *arrive* from the
    pool of those who move where the plan does not say who goes where; or have *no place*. Of what
    was promised: a giver *gives*, others *pass on*; *on the way* is what nobody received yet.
    """

    start: str
    end: str
    amount: int | Decimal
    kind: Kind


def of_people(plan: Plan) -> tuple[Stream, ...]:
    """From where people in question are to who protects them, over all cohorts.

    A plan says for every cohort how many are where and how many each state protects; those who are
    there and are placed there stay. Between several states that people leave and several that they
    go to it makes no pairs, and none are made up here: such people pass through one node.
    """
    present = {cohort.id: cohort.present for cohort in plan.inputs.situation.cohorts}
    totals: dict[tuple[str, str, Kind], int] = {}
    for cohort in plan.result.cohorts:
        inside = {
            state: people
            for state, people in present.get(cohort.id, {}).items()
            if state not in plan.result.outside
        }
        for start, end, people, kind in _of_cohort(cohort, inside):
            key = (start, end, kind)
            totals[key] = totals.get(key, 0) + people
    return tuple(
        Stream(start=start, end=end, kind=kind, amount=people)
        for (start, end, kind), people in sorted(totals.items())
        if people
    )


def _of_cohort(
    cohort: CohortPart, present: Mapping[str, int]
) -> Iterator[tuple[str, str, int, Kind]]:
    stay = {state: min(people, cohort.placed.get(state, 0)) for state, people in present.items()}
    leave = {
        state: people - stay[state] - cohort.stranded.get(state, 0)
        for state, people in present.items()
    }
    arrive = {state: people - stay.get(state, 0) for state, people in cohort.placed.items()}
    yield from ((state, state, people, "stays") for state, people in stay.items())
    yield from ((state, NO_PLACE, people, "no place") for state, people in cohort.stranded.items())
    leavers = {state: people for state, people in leave.items() if people}
    comers = {state: people for state, people in arrive.items() if people}
    if len(leavers) == 1:
        (start,) = leavers
        yield from ((start, end, people, "moves") for end, people in comers.items())
    elif len(comers) == 1:
        (end,) = comers
        yield from ((start, end, people, "moves") for start, people in leavers.items())
    else:
        yield from ((start, MOVING, people, "leaves") for start, people in leavers.items())
        yield from ((MOVING, end, people, "arrives") for end, people in comers.items())


def of_money(plan: Plan) -> tuple[Stream, ...]:
    """From payers to receivers through the shared account; both sides add up to the cent.

    Nobody pays another state by name under the charter's cost rule, so
    that no pairs are drawn. Costs that no host bears are paid from the account; what nobody may be
    asked for flows into it as not covered.
    """
    found = []
    for part in sorted(plan.result.states, key=lambda p: p.state):
        net = part.money.net if part.money else Decimal(0)
        if net > 0:
            found.append(Stream(start=part.state, end=SHARED, amount=net, kind="pays"))
        elif net < 0:
            found.append(Stream(start=SHARED, end=part.state, amount=-net, kind="receives"))
    if plan.result.common_cost:
        common = plan.result.common_cost
        found.append(Stream(start=SHARED, end=COMMON, amount=common, kind="receives"))
    if short := shortfall(plan):
        found.append(Stream(start=NOT_COVERED, end=SHARED, amount=short, kind="pays"))
    return tuple(found)


def shortfall(plan: Plan) -> Decimal:
    """What is received and spent in common beyond what is paid."""
    nets = sum((part.money.net for part in plan.result.states if part.money), start=Decimal(0))
    return plan.result.common_cost - nets
