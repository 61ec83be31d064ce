"""One state's part of a plan in sentences: what, why, from which figures, under which article."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.parties import find_state
from commonhaven.parties import name as name_of
from commonhaven.reading import Problem, decimal_text
from commonhaven.regime.evidence import YES_OR_NO
from commonhaven.regime.fitness import CRITERIA
from commonhaven.regime.plan import CohortPart, Money, Plan, StatePart
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
    part = part_of(plan, state)
    code = part.state
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


def answer(plan: Plan, state: str) -> tuple[str, ...]:
    """What a state is to do and pays, without the reasons; needs no working and no figures."""
    part = part_of(plan, state)
    return (
        *people_sentences(plan, part),
        *money_sentences(plan, part),
        *residual_sentences(plan, part),
    )


def part_of(plan: Plan, state: str) -> StatePart:
    """A state's part, by its code or name; Problem where it has none."""
    code = find_state(state, "explain").code
    part = plan.state(code)
    if part is None:
        raise Problem(
            f"{name_of(code)} has no part in this plan",
            where="explain",
            fix=f"States with a part: {', '.join(p.state for p in plan.result.states)}.",
        )
    return part


def people_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    name, result = name_of(part.state), plan.result
    if part.state == plan.inputs.situation.origin:
        yield (
            f"{name} is the country fled from: nobody is placed there, and it takes part in "
            "neither the placement nor the costs of this situation."
        )
        return
    share = Fraction(part.placed, result.in_question) if result.in_question else Fraction(0)
    yield (
        f"{name} ({part.tier}) is to protect {people_word(part.placed)}, "
        f"{decimal_text(share * 100, 1)} % of the {count(result.in_question)} in question."
    )
    yield there_now(plan, part)
    if part.per_1000 is not None:
        yield f"That is {decimal_text(part.per_1000, 1)} for every 1,000 inhabitants."
    yield from capacity_sentences(plan, part)


def there_now(plan: Plan, part: StatePart) -> str:
    """Where the people of the situation who are in the state now would be protected."""
    kept = plan.result.outside.get(part.state)
    if kept:
        return (
            f"{people_word(kept).capitalize()} of this situation are there already and not in "
            f"question: it stays responsible for them. {count(part.arrive)} would come."
        )
    if not part.present:
        return f"None of these people are there now; {count(part.arrive)} would come."
    left = (
        f"; {people_word(part.unplaced)} have no place anywhere and stay its responsibility"
        if part.unplaced
        else ""
    )
    return (
        f"People of this situation there now: {count(part.present)}. Of these {count(part.stay)} "
        f"would be protected there and {count(part.leave)} elsewhere{left}. "
        f"{count(part.arrive)} would come from elsewhere."
    )


def capacity_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    limits = plan.inputs.charter.responsibility.limits
    limit = next((limit for limit in limits if limit.state == part.state), None)
    if limit is not None and limit.exempt:
        yield f"It is exempt by decision: {limit.decision}."
        return
    if part.capacity is not None:
        full = " It is full." if part.placed and part.placed >= part.capacity else ""
        yield f"It can receive {count(part.capacity)} people ({part.capacity_source}).{full}"


def reasons(plan: Plan, part: StatePart) -> Iterator[str]:
    """Why this number, cohort by cohort: the gate's reason, or the rule's working."""
    yield from gate_sentences(plan, part)
    for cohort in plan.result.cohorts:
        open_to = part.state not in cohort.excluded
        if open_to and (cohort.placed.get(part.state) or present(plan, cohort.id, part.state)):
            yield from cohort_sentences(plan, cohort, part.state)
    if part.target is not None:
        exact = decimal_text(part.target, 2)
        yield f"Its exact number under the rule, before rounding, is {exact}."
    own = f".{part.state}."
    for line in plan.trace:
        if line.id.startswith((f"key.{plan.result.rule}.", "pool.", "obligation.")) and (
            own in f"{line.id}."
        ):
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
    """How many of a cohort, and, where the rule goes by scores, the scores and class behind it."""
    placed = people_word(cohort.placed.get(state, 0))
    yield f"Of the cohort {cohort.id} ({count(cohort.people)} people): {placed}."
    start = f"{plan.result.rule}.{cohort.id}.{state}."
    lines = {line.id: line for line in plan.trace}
    special = lines.get(f"{start}special-needs")
    if special is not None:
        yield f"{special.what}: {shown(special)}{cited(special)}"
    general = lines.get(f"{start}people")
    if special is not None and general is None:
        return
    own = [line for name, line in lines.items() if name.startswith(start)]
    if not own:
        return
    scores = [
        f"{name} {shown(lines[f'score.{cohort.id}.{state}.{name}'], 2)}"
        for name in CRITERIA
        if f"score.{cohort.id}.{state}.{name}" in lines
    ]
    yield f"Its scores for them: {', '.join(scores)}."
    for line in own:
        if not line.id.endswith((".people", ".special-needs")):
            yield f"{line.what}: {shown(line)}{cited(line)}"


def money_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    """What it bears, what it is assessed and why, what it pays or receives."""
    money, currency = part.money, plan.result.currency
    if money is None:
        if part.state != plan.inputs.situation.origin:
            yield (
                f"There are no figures for it under {plan.result.scale}: it is neither assessed "
                "nor paid, and bears itself what it hosts."
            )
        return
    if money.people:
        once = f", of which {amount(money.capital, currency)} once" if money.capital else ""
        yield (
            f"Protecting {people_word(money.people)} costs it {amount(money.cost, currency)} in a "
            f"year{once}, at {amount(money.unit_cost, currency)} a person "
            f"({money.unit_cost_source})."
        )
    yield (
        f"By the scale {plan.result.scale} it would bear {decimal_text(money.scale * 100, 3)} % of "
        f"the group's {amount(plan.result.total_cost, currency)}."
    )
    yield from relief_sentences(plan, money)
    yield f"Its assessment is {amount(money.gross, currency)}."
    if money.net < 0:
        received = amount(-money.net, currency)
        yield f"Since it bears more than that by hosting, it receives {received}."
    elif money.net > 0:
        after = "After what it bears by hosting, it" if money.cost else "It"
        yield f"{after} pays {amount(money.net, currency)}."
    else:
        yield "It neither pays nor receives."


def relief_sentences(plan: Plan, money: Money) -> Iterator[str]:
    """Relief for hosting, and what the ceiling or the relief of others adds."""
    if money.relief and money.hosting_ratio is not None:
        yield (
            f"It hosts {decimal_text(money.hosting_ratio, 1)} times its share of that scale, so "
            f"{decimal_text(money.relief * 100, 1)} % of its part is taken off."
        )
    total = Fraction(plan.result.total_cost)
    if not total:
        return
    ceiling = plan.inputs.charter.costs.ceiling
    bears = Fraction(money.gross) / total
    if bears and abs(bears - ceiling) * total < 1:
        yield f"It is at the ceiling of {decimal_text(ceiling * 100)} % of the cost."
    elif bears > money.scale:
        yield (
            f"It bears {decimal_text(bears * 100, 3)} %, since what hosts are relieved of and what "
            "exceeds the ceiling of others falls to those who pay."
        )


def residual_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    if part.residual_places:
        years = plan.inputs.charter.protection.years
        yield (
            f"It guarantees {count(part.residual_places)} permanent places for people who cannot "
            f"return in safety after {years} years."
        )


def figure_sentences(plan: Plan, part: StatePart) -> Iterator[str]:
    """The figures that lines of the trace rest on, with year, source and what they feed."""
    feeds: dict[str, list[str]] = {}
    for line in plan.trace:
        for used in line.uses:
            if used.startswith(f"figure:{part.state}/"):
                feeds.setdefault(used, []).append(feed(line))
    for figure in plan.inputs.figures:
        if figure.state != part.state or figure.cite not in feeds:
            continue
        later = " (a later figure stands in)" if figure.stand_in else ""
        if figure.unit == YES_OR_NO:
            yield f"{figure.indicator}: {'yes' if figure.value else 'no'}, {figure.source}"
            continue
        value = grouped_text(figure.value)
        year = f", {figure.period}" if figure.period else ""
        into = ", ".join(dict.fromkeys(feeds[figure.cite]))
        yield f"{figure.indicator}: {value} {figure.unit}{year}, {figure.source}{later}; for {into}"


def feed(line: Line) -> str:
    """What a line is part of, in a word: capacity, costs, or the criterion of a score."""
    parts = line.id.split(".")
    return parts[3] if parts[0] == "score" and len(parts) > 3 else parts[0]


def grouped_text(value: Fraction) -> str:
    """With commas between thousands; a fraction to four places."""
    text = decimal_text(value, None if value.denominator == 1 else 4)
    whole, point, rest = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"


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
