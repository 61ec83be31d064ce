"""Where the unplaced are: they stay where they fled to, and that state stays responsible."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from commonhaven.allocation import Placement, Question
from commonhaven.allocation.rounding import apportion
from commonhaven.regime.words import count
from commonhaven.saying import say
from commonhaven.working import Line


def stranded(question: Question, placement: Placement) -> dict[str, dict[str, int]]:
    """Cohort → state → unplaced people who stay there.

    A state that has more of a cohort than are placed there keeps some of those in excess. Which of
    them are the unplaced the rule does not say: by convention they are counted in proportion to
    the excess, largest remainder, so that no state is singled out.
    """
    found: dict[str, dict[str, int]] = {}
    for cohort in question.cohorts:
        unplaced = placement.unplaced.get(cohort.id, 0)
        placed = placement.people.get(cohort.id, {})
        excess = {
            state: people - placed.get(state, 0)
            for state, people in sorted(cohort.present.items())
            if people > placed.get(state, 0)
        }
        found[cohort.id] = divided(excess, unplaced, question.tie_order)
    return found


def divided(excess: Mapping[str, int], unplaced: int, order: Sequence[str]) -> dict[str, int]:
    total = sum(excess.values())
    if not total or not unplaced:
        return {}
    shares = {state: Fraction(people, total) for state, people in excess.items()}
    made = apportion(shares, min(unplaced, total), "largest-remainder", order, at_most=excess)
    return {state: people for state, people in made.people.items() if people}


def by_state(where: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """State → unplaced people there, over all cohorts."""
    totals: dict[str, int] = {}
    for states in where.values():
        for state, people in states.items():
            totals[state] = totals.get(state, 0) + people
    return dict(sorted(totals.items()))


def lines(where: Mapping[str, Mapping[str, int]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            id=f"stranded.{cohort}.{state}", value=people, unit="people",
            what=f"Unplaced people of {cohort} who stay in {state}",
            formula="unplaced × (present - placed) / Σ (present - placed), over the states that "
            "have more than are placed there; largest remainder, by convention",
            cite="A person stays the responsibility of the state where he or she is until another "
            "has admitted him or her (docs/explanation/hathaway-neve.md, step 0)",
        )
        for cohort, states in where.items()
        for state, people in states.items()
    )  # fmt: skip


def note(where: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    people = sum(by_state(where).values())
    if not people:
        return ()
    return (
        say(
            "{people} people have no place. They stay where they are, counted by convention in "
            "proportion to the people whom each state has beyond those placed there; what they "
            "cost counts there too. This calls a meeting of the group.",
            people=count(people),
        ),
    )
