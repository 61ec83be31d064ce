"""Charter, situation and figures framed as the question that a rule answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from commonhaven.allocation import Cohort, Host, Question, Rule, Settings
from commonhaven.allocation.registry import rules
from commonhaven.charter import Charter, Limit, Member
from commonhaven.instruments import entry
from commonhaven.regime.evidence import Evidence
from commonhaven.regime.fitness import fitness
from commonhaven.regime.words import count
from commonhaven.saying import Number, parties, say
from commonhaven.situations import CohortGroup, Situation
from commonhaven.working import Line

ALWAYS = ("population", "gdp", "land_area_km2")
HOSTED = "refugees_hosted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that a question is framed from."""

    charter: Charter
    situation: Situation
    members: Mapping[str, Member]
    evidence: Evidence
    rule: Rule
    settings: Settings

    @property
    def states(self) -> tuple[str, ...]:
        """The members, without the country fled from."""
        return tuple(state for state in self.members if state != self.situation.origin)

    def limit(self, state: str) -> Limit | None:
        limits = self.charter.responsibility.limits
        return next((limit for limit in limits if limit.state == state), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The question, people outside it, where capacities come from, working and notes."""

    question: Question
    outside: Mapping[str, int]
    capacity_sources: Mapping[str, str]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def frame(brief: Brief) -> Frame:
    """Frame the question: members as hosts, people in the region as cohorts.

    The country fled from is no host. People in states of the outer core or outside the group are
    not in question: those states stay responsible for them.
    """
    terms = brief.charter.responsibility
    capacities = {state: capacity(brief, state) for state in brief.states}
    wanted = indicators(brief.rule, brief.settings, brief.charter.protection.residual_key)
    scored = fitness(brief.situation, brief.states, brief.evidence)
    cohorts, outside = cohorts_of(brief, scored.cohorts)
    question = Question(
        hosts=tuple(host(brief, state, wanted, capacities[state]) for state in brief.states),
        cohorts=cohorts,
        security_floor=terms.security_floor,
        rounding=terms.rounding,
        tie_order=tie_order(brief),
        credit_hosted=terms.credit_hosted,
    )
    return Frame(
        question=question,
        outside=outside,
        capacity_sources={state: found.source for state, found in capacities.items()},
        lines=(
            floor_line(terms.security_floor),
            *(line for found in capacities.values() for line in found.lines),
            *scored.lines,
        ),
        notes=(*scored.notes, *outside_note(brief, outside)),
    )


def indicators(rule: Rule, settings: Settings, residual_key: str) -> tuple[str, ...]:
    """Every indicator that the rule, the key it breaks ties by, and the residual key ask for."""
    known = rules()
    named = [known[str(value)] for value in settings.values() if str(value) in known]
    named.append(known[residual_key])
    wanted = [*ALWAYS, *rule.indicators]
    if len(named) == 1:
        wanted += rule.optional_indicators
    for each in named:
        wanted += [*each.indicators, *each.optional_indicators]
    return tuple(dict.fromkeys(wanted))


def host(brief: Brief, state: str, wanted: Sequence[str], found: "Capacity") -> Host:
    limit = brief.limit(state)
    return Host(
        state=state,
        tier=brief.members[state].tier,
        figures=brief.evidence.values(state, wanted),
        capacity=found.people,
        hosted=hosted(brief, state),
        takes_part=not (limit and limit.exempt),
        at_least=(limit.at_least or 0) if limit else 0,
        deduction=(limit.deduction or 0) if limit else 0,
    )


def hosted(brief: Brief, state: str) -> int:
    """People in need of protection there before this situation, where credit is given for them.

    The figure of the last ended year counts as before, unless it is of the situation's own year
    or later: then the people of the situation are taken off.
    """
    used = (*brief.rule.indicators, *brief.rule.optional_indicators)
    if not (brief.charter.responsibility.credit_hosted or HOSTED in used):
        return 0
    stock = floor(brief.evidence.need(state, HOSTED, "credit for people already hosted"))
    figure = brief.evidence.figure(state, HOSTED)
    if figure is None or figure.period < brief.situation.on.year:
        return stock
    here = sum(cohort.present.get(state, 0) for cohort in brief.situation.cohorts)
    return max(0, stock - here)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How many people a state can receive, who says so, and the working."""

    people: int | None
    source: str
    lines: tuple[Line, ...]


def capacity(brief: Brief, state: str) -> Capacity:
    """By decision, else as declared, else by population under the charter's or default ratio."""
    limit = brief.limit(state)
    if limit is not None and limit.at_most is not None:
        return stated(state, limit.at_most, f"by decision: {limit.decision}")
    for declared in brief.situation.capacities:
        if declared.state == state:
            return stated(state, declared.people, say("declared: {source}", source=declared.source))
    ratio, source, cite = ratio_of(brief.charter, brief.rule)
    if ratio is None:
        return Capacity(people=None, source=source, lines=())
    population = brief.evidence.need(state, "population", "its default capacity")
    people = floor(population * ratio / 1000)
    line = Line(
        id=f"capacity.{state}", value=people, unit="people",
        what=f"People that {state} can receive, where it has declared no number",
        formula="population × capacity per 1,000 / 1,000, rounded down", cite=cite,
        uses=(f"figure:{state}/population", "parameter:capacity/per_1000"),
    )  # fmt: skip
    parameter = Line(
        id="parameter:capacity/per_1000", value=ratio, unit="people per 1,000 inhabitants",
        what="Default capacity", cite=cite,
    )  # fmt: skip
    return Capacity(people=people, source=source, lines=(parameter, line))


def ratio_of(charter: Charter, rule: Rule) -> tuple[Fraction | None, str, str]:
    """The default ratio, where it comes from in words, and its citation."""
    own = charter.responsibility.capacity_per_1000
    if own is not None:
        said = say("{ratio} per 1,000 inhabitants, by the charter", ratio=Number(own))
        return own, said, "the charter, responsibility.capacity_per_1000"
    if rule.kind == "key":
        return None, say("no limit"), ""
    default = entry("capacity", "per_1000")
    said = say("{ratio} per 1,000 inhabitants, our default: none is declared", ratio=default.value)
    return default.number, said, f"instruments/capacity.toml ({default.standing})"


def stated(state: str, people: int, source: str) -> Capacity:
    line = Line(
        id=f"capacity.{state}", value=people, unit="people",
        what=f"People that {state} can receive", cite=source,
    )  # fmt: skip
    return Capacity(people=people, source=source, lines=(line,))


def cohorts_of(
    brief: Brief, scored: Mapping[str, Cohort]
) -> tuple[tuple[Cohort, ...], dict[str, int]]:
    """The cohorts in question, and the people in states outside the region.

    In question are people in the inner core. Nobody is moved from a state of the outer core, or
    from outside the group, into the region: that would let states send away those who reached
    them (Hathaway and Neve 1997, 206-07).
    """
    inside: list[Cohort] = []
    outside: dict[str, int] = {}
    region = [s for s in brief.states if brief.members[s].tier == "inner core"]
    for group in brief.situation.cohorts:
        here = {s: n for s, n in sorted(group.present.items()) if s in region and n}
        for state, people in sorted(group.present.items()):
            if state not in here and people:
                outside[state] = outside.get(state, 0) + people
        if here:
            inside.append(in_question(brief, group, here, scored[group.id]))
    return tuple(inside), dict(sorted(outside.items()))


def in_question(
    brief: Brief, group: CohortGroup, here: Mapping[str, int], scored: Cohort
) -> Cohort:
    """The part of a cohort that is in states of the group, with its needs and wishes."""
    people = sum(here.values())
    share = group.special_needs
    if share is None:
        share = Fraction(str(brief.settings.get("special_needs_share", 0)))
    wishes = group.wishes
    return replace(
        scored,
        people=people,
        special_needs=ceil(people * share),
        wishes={s: w for s, w in sorted(wishes.shares.items()) if s in brief.states}
        if wishes
        else {},
        asked=wishes.asked if wishes else 0,
        present=here,
    )


def tie_order(brief: Brief) -> tuple[str, ...]:
    terms = brief.charter.responsibility.tie_break
    if terms.order == "drawn lots":
        return terms.lots
    if terms.order == "alphabetical":
        return tuple(sorted(brief.states))
    evidence = brief.evidence
    return tuple(sorted(brief.states, key=lambda s: (-(evidence.value(s, "population") or 0), s)))


def floor_line(security_floor: Fraction) -> Line:
    return Line(
        id="parameter:charter/security_floor", value=security_floor, unit="score",
        what="Least security of a state that may receive anyone",
        cite="the charter, responsibility.security_floor",
    )  # fmt: skip


def outside_note(brief: Brief, outside: Mapping[str, int]) -> tuple[str, ...]:
    """Who is not in question, in the outer core and outside the group."""
    members = {state: n for state, n in outside.items() if state in brief.members}
    others = {state: n for state, n in outside.items() if state not in brief.members}
    told = []
    if members:
        told.append(
            say(
                "{people} people are in states of the outer core ({states}); those states stay "
                "responsible for them, and nobody is moved from there into the region.",
                people=count(sum(members.values())), states=parties(members),
            )
        )  # fmt: skip
    if others:
        told.append(
            say(
                "{people} people are in states outside the group ({states}); those states stay "
                "responsible for them, and the plan does not move them.",
                people=count(sum(others.values())), states=parties(others),
            )
        )  # fmt: skip
    return tuple(told)
