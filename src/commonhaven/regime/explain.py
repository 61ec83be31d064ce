"""One state's part of a plan in sentences: what, why, from which figures, under which article."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from commonhaven.parties import find_state
from commonhaven.parties import name as name_of
from commonhaven.parties.figures import Figure
from commonhaven.reading import Problem, decimal_text
from commonhaven.regime.evidence import YES_OR_NO
from commonhaven.regime.fitness import CRITERIA
from commonhaven.regime.plan import CohortPart, Money, Plan, StatePart
from commonhaven.regime.words import amount, count, people_word, state_word
from commonhaven.saying import Number, Parts, Said, Value, say, together
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
        (say("Who protects whom"), tuple(people_sentences(plan, part))),
        (say("Why"), tuple(reasons(plan, part))),
        (say("Who pays what"), tuple(money_sentences(plan, part))),
        (say("Permanent places"), tuple(residual_sentences(plan, part))),
        (say("Figures used"), tuple(figure_sentences(plan, part))),
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


def people_sentences(plan: Plan, part: StatePart) -> Iterator[Said]:
    name, result = state_word(part.state), plan.result
    if part.state == plan.inputs.situation.origin:
        yield say(
            "{state} is the country fled from: nobody is placed there, and it takes part in "
            "neither the placement nor the costs of this situation.",
            state=name,
        )
        return
    share = Fraction(part.placed, result.in_question) if result.in_question else Fraction(0)
    yield say(
        "{state} ({tier}) is to protect {people}, {share} % of the {all} in question.",
        state=name, tier=Said(part.tier), people=people_word(part.placed),
        share=Number(share * 100, 1), all=count(result.in_question),
    )  # fmt: skip
    yield there_now(plan, part)
    if part.per_1000 is not None:
        yield say("That is {ratio} for every 1,000 inhabitants.", ratio=Number(part.per_1000, 1))
    yield from capacity_sentences(plan, part)


def there_now(plan: Plan, part: StatePart) -> Said:
    """Where the people of the situation who are in the state now would be protected."""
    kept, arrive = plan.result.outside.get(part.state), count(part.arrive)
    if kept:
        return say(
            "{people} of this situation are there already and not in question: it stays "
            "responsible for them. {arrive} would come.",
            people=people_word(kept), arrive=arrive,
        )  # fmt: skip
    if not part.present:
        return say("None of these people are there now; {arrive} would come.", arrive=arrive)
    numbers = {
        "present": count(part.present), "stay": count(part.stay), "leave": count(part.leave),
        "arrive": arrive,
    }  # fmt: skip
    if part.unplaced:
        return say(
            "People of this situation there now: {present}. Of these {stay} would be protected "
            "there and {leave} elsewhere; {unplaced} have no place anywhere and stay its "
            "responsibility. {arrive} would come from elsewhere.",
            unplaced=people_word(part.unplaced), **numbers,
        )  # fmt: skip
    return say(
        "People of this situation there now: {present}. Of these {stay} would be protected there "
        "and {leave} elsewhere. {arrive} would come from elsewhere.",
        **numbers,
    )


def capacity_sentences(plan: Plan, part: StatePart) -> Iterator[Said]:
    limits = plan.inputs.charter.responsibility.limits
    limit = next((limit for limit in limits if limit.state == part.state), None)
    if limit is not None and limit.exempt:
        yield say("It is exempt by decision: {decision}.", decision=limit.decision)
        return
    if part.capacity is not None:
        room = say(
            "It can receive {room} people ({source}).",
            room=count(part.capacity), source=Said(part.capacity_source),
        )  # fmt: skip
        full = part.placed and part.placed >= part.capacity
        yield together((room, say("It is full."))) if full else room


def reasons(plan: Plan, part: StatePart) -> Iterator[Said]:
    """Why this number, cohort by cohort: the gate's reason, or the rule's working."""
    yield from gate_sentences(plan, part)
    for cohort in plan.result.cohorts:
        open_to = part.state not in cohort.excluded
        if open_to and (cohort.placed.get(part.state) or present(plan, cohort.id, part.state)):
            yield from cohort_sentences(plan, cohort, part.state)
    if part.target is not None:
        yield say(
            "Its exact number under the rule, before rounding, is {target}.",
            target=Number(part.target, 2),
        )
    own = f".{part.state}."
    for line in plan.trace:
        if line.id.startswith((f"key.{plan.result.rule}.", "pool.", "obligation.")) and (
            own in f"{line.id}."
        ):
            yield line_sentence(line)


def line_sentence(line: Line) -> Said:
    """A line of working: what it is, its value, its source."""
    if line.cite:
        return say(
            "{what}: {value} ({source})", what=Said(line.what), value=shown(line), source=line.cite
        )
    return say("{what}: {value}", what=Said(line.what), value=shown(line))


def gate_sentences(plan: Plan, part: StatePart) -> Iterator[Said]:
    closed: dict[str, list[str]] = {}
    for cohort in plan.result.cohorts:
        if part.state in cohort.excluded:
            closed.setdefault(cohort.excluded[part.state], []).append(cohort.id)
    for reason, cohorts in closed.items():
        if len(cohorts) == len(plan.result.cohorts):
            yield say("The gate is shut for every cohort: {reason}", reason=Said(reason))
        else:
            yield say(
                "The gate is shut for {cohorts}: {reason}",
                cohorts=Parts(tuple(cohorts)), reason=Said(reason),
            )  # fmt: skip


def present(plan: Plan, cohort: str, state: str) -> int:
    groups = plan.inputs.situation.cohorts
    return next((group.present.get(state, 0) for group in groups if group.id == cohort), 0)


def cohort_sentences(plan: Plan, cohort: CohortPart, state: str) -> Iterator[Said]:
    """How many of a cohort, and, where the rule goes by scores, the scores and class behind it."""
    yield say(
        "Of the cohort {cohort} ({all} people): {people}.",
        cohort=cohort.id, all=count(cohort.people), people=people_word(cohort.placed.get(state, 0)),
    )  # fmt: skip
    start = f"{plan.result.rule}.{cohort.id}.{state}."
    lines = {line.id: line for line in plan.trace}
    special = lines.get(f"{start}special-needs")
    if special is not None:
        yield line_sentence(special)
    general = lines.get(f"{start}people")
    if special is not None and general is None:
        return
    own = [line for name, line in lines.items() if name.startswith(start)]
    if not own:
        return
    scores = [
        together((Said(name), shown(lines[f"score.{cohort.id}.{state}.{name}"], 2)))
        for name in CRITERIA
        if f"score.{cohort.id}.{state}.{name}" in lines
    ]
    yield say("Its scores for them: {scores}.", scores=Parts(tuple(scores)))
    for line in own:
        if not line.id.endswith((".people", ".special-needs")):
            yield line_sentence(line)


def money_sentences(plan: Plan, part: StatePart) -> Iterator[Said]:
    """What it bears, what it is assessed and why, what it pays or receives."""
    money, currency = part.money, plan.result.currency
    if money is None:
        if part.state != plan.inputs.situation.origin:
            yield say(
                "There are no figures for it under {scale}: it is neither assessed nor paid, and "
                "bears itself what it hosts.",
                scale=plan.result.scale,
            )
        return
    if money.people:
        yield hosting_sentence(money, currency)
    yield say(
        "By the scale {scale} it would bear {share} % of the group's {total}.",
        scale=plan.result.scale, share=Number(money.scale * 100, 3),
        total=amount(plan.result.total_cost, currency),
    )  # fmt: skip
    yield from relief_sentences(plan, money)
    yield say("Its assessment is {sum}.", sum=amount(money.gross, currency))
    if money.net < 0:
        yield say(
            "Since it bears more than that by hosting, it receives {sum}.",
            sum=amount(-money.net, currency),
        )
    elif money.net > 0:
        paid = amount(money.net, currency)
        yield (
            say("After what it bears by hosting, it pays {sum}.", sum=paid)
            if money.cost
            else say("It pays {sum}.", sum=paid)
        )
    else:
        yield say("It neither pays nor receives.")


def hosting_sentence(money: Money, currency: str) -> Said:
    """What protecting people costs a state, and from what cost of a person that follows."""
    values: dict[str, Value] = {
        "people": people_word(money.people), "cost": amount(money.cost, currency),
        "each": amount(money.unit_cost, currency), "source": Said(money.unit_cost_source),
    }  # fmt: skip
    if money.capital:
        return say(
            "Protecting {people} costs it {cost} in a year, of which {once} once, at {each} a "
            "person ({source}).",
            once=amount(money.capital, currency), **values,
        )  # fmt: skip
    return say("Protecting {people} costs it {cost} in a year, at {each} a person ({source}).",
               **values)  # fmt: skip


def relief_sentences(plan: Plan, money: Money) -> Iterator[Said]:
    """Relief for hosting, and what the ceiling or the relief of others adds."""
    if money.relief and money.hosting_ratio is not None:
        yield say(
            "It hosts {ratio} times its share of that scale, so {relief} % of its part is taken "
            "off.",
            ratio=Number(money.hosting_ratio, 1), relief=Number(money.relief * 100, 1),
        )  # fmt: skip
    total = Fraction(plan.result.total_cost)
    if not total:
        return
    ceiling = plan.inputs.charter.costs.ceiling
    bears = Fraction(money.gross) / total
    if bears and abs(bears - ceiling) * total < 1:
        yield say("It is at the ceiling of {part} % of the cost.", part=Number(ceiling * 100))
    elif bears > money.scale:
        yield say(
            "It bears {part} %, since what hosts are relieved of and what exceeds the ceiling of "
            "others falls to those who pay.",
            part=Number(bears * 100, 3),
        )


def residual_sentences(plan: Plan, part: StatePart) -> Iterator[Said]:
    if part.residual_places:
        yield say(
            "It guarantees {places} permanent places for people who cannot return in safety after "
            "{years} years.",
            places=count(part.residual_places), years=plan.inputs.charter.protection.years,
        )  # fmt: skip


def figure_sentences(plan: Plan, part: StatePart) -> Iterator[Said]:
    """The figures that lines of the trace rest on, with year, source and what they feed."""
    feeds: dict[str, list[str]] = {}
    for line in plan.trace:
        for used in line.uses:
            if used.startswith(f"figure:{part.state}/"):
                feeds.setdefault(used, []).append(feed(line))
    for figure in plan.inputs.figures:
        if figure.state == part.state and figure.cite in feeds:
            yield figure_sentence(figure, tuple(dict.fromkeys(feeds[figure.cite])))


def figure_sentence(figure: Figure, feeds: tuple[str, ...]) -> Said:
    if figure.unit == YES_OR_NO:
        answer = say("yes") if figure.value else say("no")
        return say(
            "{indicator}: {answer}, {source}",
            indicator=figure.indicator, answer=answer, source=figure.source,
        )  # fmt: skip
    places = None if figure.value.denominator == 1 else 4
    value = together((Number(figure.value, places, grouped=True), Said(figure.unit)))
    source = Said(figure.source)
    return say(
        "{indicator}: {value}, {source}; for {uses}",
        indicator=figure.indicator,
        value=Parts((value, str(figure.period))) if figure.period else value,
        source=say("{source} (a later figure stands in)", source=figure.source)
        if figure.stand_in
        else source,
        uses=Parts(tuple(Said(use) for use in feeds)),
    )


def feed(line: Line) -> str:
    """What a line is part of, in a word: capacity, costs, or the criterion of a score."""
    parts = line.id.split(".")
    return parts[3] if parts[0] == "score" and len(parts) > 3 else parts[0]


def lines_of(plan: Plan, state: str) -> Iterator[Line]:
    for line in plan.trace:
        if f".{state}." in f"{line.id}." or line.id.startswith(f"figure:{state}/"):
            yield line


def shown(line: Line, places: int = 6) -> Said:
    """The value with its unit; a fraction without end is rounded for reading."""
    value: Number | Said
    if isinstance(line.value, str):
        value = Said(line.value)
    elif isinstance(line.value, Fraction):
        exact = decimal_text(line.value)
        short = "/" not in exact and len(exact) <= places + 2
        value = Number(line.value, None if short else places)
    elif isinstance(line.value, Decimal):
        value = Number(line.value, max(0, -int(line.value.as_tuple().exponent)))
    else:
        value = Number(line.value)
    return together((value, Said(line.unit)) if line.unit else (value,))
