"""One state's part of a plan in sentences: what, why, from which figures, under which article."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.parties import find_state
from commonhaven.parties import name as name_of
from commonhaven.reading import Problem, decimal_text
from commonhaven.regime.fitness import CRITERIA
from commonhaven.regime.plan import CohortPart, Plan, StatePart
from commonhaven.regime.words import amount, count, people_word
from commonhaven.working import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The sentences by heading, and the lines of working that stand behind them."""

    state: str
    name: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    lines: tuple[Line, ...]


def explain(plan: Plan, state: str) -> Explanation:
    """A state's part of a plan, by its code or name.

    Raises Problem for an unknown state or one that has no part in the plan.
    """
    code = find_state(state, "explain").code
    part = plan.state(code)
    if part is None:
        raise Problem(
            f"{name_of(code)} has no part in this plan",
            where="explain",
            fix=f"States with a part: {', '.join(p.state for p in plan.result.states)}.",
        )
    sections = (
        ("Who protects whom", tuple(people_sentences(plan, part))),
        ("Why", tuple(reasons(plan, part))),
        ("Who pays what", tuple(money_sentences(plan, part))),
        ("Permanent places", tuple(residual_sentences(plan, part))),
        ("Figures used", tuple(figure_sentences(plan, part))),
    )
    return Explanation(
        state=code,
        name=name_of(code),
        sections=tuple((title, text) for title, text in sections if text),
        lines=tuple(lines_of(plan, code)),
    )


def people_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    name, result = name_of(part.state), plan.result
    share = Fraction(part.placed, result.in_question) if result.in_question else Fraction(0)
    yield (
        f"{name} ({part.tier}) is to protect {people_word(part.placed)}, "
        f"{decimal_text(share * 100, 1)} % of the {count(result.in_question)} in question."
    )
    yield (
        f"{people_word(part.present).capitalize()} of this situation are there now: "
        f"{count(part.stay)} stay, {count(part.leave)} would be protected elsewhere and "
        f"{count(part.arrive)} would come from elsewhere."
    )
    if part.per_1000 is not None:
        yield f"That is {decimal_text(part.per_1000, 1)} for every 1,000 inhabitants."
    if part.capacity is not None:
        full = " It is full." if part.placed >= part.capacity else ""
        yield f"Its capacity is {people_word(part.capacity)} ({part.capacity_source}).{full}"


def reasons(plan: Plan, part: StatePart) -> Iterator[str]:
    """Why this number, cohort by cohort: the gate's reason, or the rule's working."""
    yield from gate_sentences(plan, part)
    for cohort in plan.result.cohorts:
        open_to = part.state not in cohort.excluded
        if open_to and (cohort.placed.get(part.state) or present(plan, cohort.id, part.state)):
            yield from cohort_sentences(plan, cohort, part.state)
    if part.target is not None:
        yield (
            "The rule's exact number before rounding and capacity is "
            f"{decimal_text(part.target, 2)}."
        )
    for line in plan.trace:
        if line.id.startswith(f"key.{plan.result.rule}.{part.state}."):
            yield f"{line.what}: {shown(line)}{cited(line)}"


def gate_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    closed: dict[str, list[str]] = {}
    for cohort in plan.result.cohorts:
        if part.state in cohort.excluded:
            closed.setdefault(cohort.excluded[part.state], []).append(cohort.id)
    for reason, cohorts in closed.items():
        which = "every cohort" if len(cohorts) == len(plan.result.cohorts) else ", ".join(cohorts)
        yield f"The gate is shut for {which}: {reason}"


def present(plan: Plan, cohort: str, state: str) -> int:
    groups = plan.inputs.situation.cohorts
    return next((group.present.get(state, 0) for group in groups if group.id == cohort), 0)


def cohort_sentences(plan: Plan, cohort: CohortPart, state: str) -> Iterator[str]:
    """How many of a cohort, and the scores and class that led to it."""
    placed = people_word(cohort.placed.get(state, 0))
    yield f"Of {cohort.id}: {placed}, of {count(cohort.people)}."
    lines = {line.id: line for line in plan.trace}
    scores = [
        f"{name} {shown(lines[f'score.{cohort.id}.{state}.{name}'], 2)}"
        for name in CRITERIA
        if f"score.{cohort.id}.{state}.{name}" in lines
    ]
    yield f"Its scores for them: {', '.join(scores)}."
    start = f"{plan.result.rule}.{cohort.id}.{state}."
    for line in plan.trace:
        if line.id.startswith(start) and not line.id.endswith((".people", ".special-needs")):
            yield f"{line.what}: {shown(line)}{cited(line)}"


def money_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    money, currency = part.money, plan.result.currency
    if money is None:
        return
    if part.placed:
        yield (
            f"Protecting {people_word(part.placed)} costs it {amount(money.cost, currency)} a "
            f"year, at {amount(money.unit_cost, currency)} a person ({money.unit_cost_source})."
        )
    yield (
        f"By the scale {plan.result.scale} it would bear {decimal_text(money.scale * 100, 3)} % of "
        f"the group's {amount(plan.result.total_cost, currency)}."
    )
    if money.relief and money.hosting_ratio is not None:
        yield (
            f"It hosts {decimal_text(money.hosting_ratio, 1)} times its share of that scale, so "
            f"{decimal_text(money.relief * 100, 1)} % of its part is taken off."
        )
    yield f"Its assessment is {amount(money.gross, currency)}."
    if money.net < 0:
        received = amount(-money.net, currency)
        yield f"Since it bears more than that by hosting, it receives {received}."
    elif money.net > 0:
        yield f"After what it bears by hosting, it pays {amount(money.net, currency)}."
    else:
        yield "It neither pays nor receives."


def residual_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    if part.residual_places:
        years = plan.inputs.charter.protection.years
        yield (
            f"It guarantees {count(part.residual_places)} permanent places for people who cannot "
            f"return in safety after {years} years."
        )


def figure_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    for figure in plan.inputs.figures:
        if figure.state == part.state and figure.period:
            later = " (a later figure stands in)" if figure.stand_in else ""
            value = decimal_text(figure.value, None if figure.value.denominator == 1 else 4)
            about = f"{value} {figure.unit}, {figure.period}, {figure.source}"
            yield f"{figure.indicator}: {about}{later}"


def lines_of(plan: Plan, state: str) -> Iterator[Line]:
    for line in plan.trace:
        if f".{state}." in f"{line.id}." or line.id.startswith(f"figure:{state}/"):
            yield line


def shown(line: Line, places: int = 6) -> str:
    """The value with its unit; a fraction without end is rounded for reading."""
    if isinstance(line.value, Fraction):
        exact = decimal_text(line.value)
        short = "/" not in exact and len(exact) <= places + 2
        value = exact if short else decimal_text(line.value, places)
    else:
        value = str(line.value)
    return f"{value} {line.unit}".strip()


def cited(line: Line) -> str:
    return f" ({line.cite})" if line.cite else ""
