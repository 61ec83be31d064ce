"""All rules side by side on one situation: who gains, who loses, how evenly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from commonhaven.allocation import Rule
from commonhaven.allocation.registry import rules as known_rules
from commonhaven.charter import Charter
from commonhaven.reading import Problem, closest
from commonhaven.regime.compute import compute
from commonhaven.regime.evidence import Source
from commonhaven.regime.plan import Plan
from commonhaven.situations import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one rule gives: people by state, how evenly, how many unplaced, who pays.

    ``net``: what each state pays (below zero: receives) under the charter's scale.
    ``gini``: of people against population, 0 all alike, 1 all in one state.
    ``moved``: people who would be protected elsewhere than where they are. ``warning``: the rule's
    own, such as that it is a scenario which no charter may choose.
    """

    rule: str
    title: str
    kind: str
    people: Mapping[str, int]
    per_1000: Mapping[str, Fraction]
    per_billion_gdp: Mapping[str, Fraction]
    net: Mapping[str, Decimal]
    unplaced: int
    moved: int
    gini: Fraction | None
    warning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The charter's rule first, then the others; the rules that could not run, and why."""

    charter_rule: str
    currency: str
    present: Mapping[str, int]
    columns: tuple[Column, ...]
    not_run: Mapping[str, str]

    def changes(self, rule: str) -> dict[str, int]:
        """State → people more (or fewer) than under the charter's rule."""
        base = self.columns[0].people
        other = next(column for column in self.columns if column.rule == rule).people
        states = sorted({*base, *other})
        return {state: other.get(state, 0) - base.get(state, 0) for state in states}


def compare(
    charter: Charter,
    situation: Situation,
    source: Source,
    *,
    on: date | None = None,
    names: Sequence[str] = (),
) -> Comparison:
    """Run the charter's rule and every other (or those named) on the same question.

    A rule that cannot run, for want of a figure say, is listed with the reason. Raises Problem for
    a name that is no rule, or where the charter's own rule cannot run.
    """
    known = known_rules()
    for name in names:
        if name not in known:
            raise Problem(f"no rule {name}", where="--rules", fix=closest(name, known))
    own = charter.responsibility.rule
    first = compute(charter, situation, source, on=on)
    present = {part.state: part.present for part in first.result.states}
    columns, not_run = [column(known[own], first)], {}
    for rule in [known[name] for name in names] if names else sorted(known.values(), key=order):
        if rule.id == own:
            continue
        try:
            plan = compute(charter, situation, source, on=on, rule=rule.id)
        except Problem as problem:
            not_run[rule.id] = str(problem)
            continue
        columns.append(column(rule, plan))
    return Comparison(
        charter_rule=own,
        currency=charter.costs.currency,
        present=present,
        columns=tuple(columns),
        not_run=not_run,
    )


def order(rule: Rule) -> tuple[int, str]:
    return (("placement", "key", "scenario", "scale").index(rule.kind), rule.id)


def column(rule: Rule, plan: Plan) -> Column:
    states = plan.result.states
    populations = {
        figure.state: figure.value
        for figure in plan.inputs.figures
        if figure.indicator == "population"
    }
    people = {part.state: part.placed for part in states}
    return Column(
        rule=rule.id,
        title=rule.title,
        kind=rule.kind,
        people=people,
        per_1000={part.state: part.per_1000 for part in states if part.per_1000 is not None},
        per_billion_gdp={
            part.state: part.per_billion_gdp for part in states if part.per_billion_gdp is not None
        },
        net={part.state: part.money.net for part in states if part.money is not None},
        unplaced=plan.result.unplaced,
        moved=sum(part.arrive for part in states),
        gini=gini(people, populations),
        warning=rule.warning,
    )


def gini(people: Mapping[str, int], population: Mapping[str, Fraction]) -> Fraction | None:
    """Gini of people protected against inhabitants, exact; None where nobody is placed.

    States stand in order of people per inhabitant; F and L are running shares of inhabitants and
    of people: G = 1 - Σ (F_i - F_{i-1})(L_i + L_{i-1}).
    """
    states = sorted(state for state in people if population.get(state))
    placed = sum(people[state] for state in states)
    inhabitants = sum((population[state] for state in states), Fraction(0))
    if placed == 0 or inhabitants == 0:
        return None
    states.sort(key=lambda state: (people[state] / population[state], state))
    result, before = Fraction(1), Fraction(0)
    for state in states:
        after = before + Fraction(people[state], placed)
        result -= population[state] / inhabitants * (after + before)
        before = after
    return result
