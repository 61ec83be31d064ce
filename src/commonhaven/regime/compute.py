"""From charter, situation and figures to a plan: the chain's middle, a pure function."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from commonhaven.allocation import Placement, Question, Rule, Settings, Tie
from commonhaven.allocation.by_key import place
from commonhaven.allocation.registry import rule as rule_named
from commonhaven.charter import Charter, Member
from commonhaven.reading import Problem
from commonhaven.reading.canonical import plain
from commonhaven.regime.bill import Account, Bill, bill
from commonhaven.regime.evidence import Evidence, Source
from commonhaven.regime.frame import Brief, Frame, frame
from commonhaven.regime.manifest import manifest
from commonhaven.regime.plan import FORMAT, CohortPart, Inputs, Money, Plan, Result, StatePart
from commonhaven.regime.residual import residual
from commonhaven.regime.stranded import by_state, note, stranded
from commonhaven.regime.stranded import lines as lines_of
from commonhaven.regime.trace import joined, parameter_lines, with_defaults
from commonhaven.situations import Situation


def compute(
    charter: Charter,
    situation: Situation,
    source: Source,
    *,
    on: date | None = None,
    rule: str | None = None,
) -> Plan:
    """Compute the plan of a situation under a charter.

    ``on``: the day whose members and rules apply; left out, the later of the charter's entry into
    force and the situation's day, so that a past crisis can be played under today's charter.
    Figures are always those of the situation's day. ``rule``: another rule than the charter's, for
    a comparison. Raises Problem where the charter does not bind on that day, no member takes part
    or a figure that the rules need is missing.
    """
    day = binding_day(charter, situation, on)
    members = members_of(charter, situation, day)
    evidence = Evidence(source, situation.on)
    chosen = rule_named(rule or charter.responsibility.rule)
    own = given(charter, chosen)
    settings = chosen.settings(own, "charter, responsibility.parameters")
    framed = frame(
        Brief(
            charter=charter, situation=situation, members=members, evidence=evidence, rule=chosen,
            settings=settings,
        )
    )  # fmt: skip
    placement = place(framed.question, chosen, settings)
    permanent = residual(charter, framed.question, placement)
    where = stranded(framed.question, placement)
    costs = bill(
        Account(
            charter=charter, situation=situation, members=members, evidence=evidence,
            placed=placement.received(), stranded=where,
            working=placement.working, tie_order=framed.question.tie_order,
        )
    )  # fmt: skip
    parts = Parts(
        charter=charter, situation=situation, day=day, rule=chosen, settings=settings,
        members=members, framed=framed, placement=placement, permanent=permanent.places,
        costs=costs, evidence=evidence, stranded=where,
        ties=(*placement.ties, *permanent.ties, *costs.ties),
        notes=(
            *framed.notes, *placement.notes, *note(where), *permanent.notes, *costs.notes,
        ),
    )  # fmt: skip
    result = parts.result()
    lines = joined(
        parameter_lines(chosen, settings, own),
        costs.parameters,
        evidence.lines(),
        framed.lines,
        placement.working,
        lines_of(where),
        permanent.lines,
        costs.lines,
    )
    trace = with_defaults(lines)
    inputs = Inputs(
        charter=charter, situation=situation, rule=chosen.id, asked_for=on,
        figures=tuple(figure for _, figure in sorted(evidence.used.items())),
        missing=tuple(f"{state}/{name}" for state, name in sorted(evidence.missing)),
    )  # fmt: skip
    return Plan(
        format=FORMAT, manifest=manifest(inputs, result, trace), inputs=inputs, result=result,
        trace=trace,
    )  # fmt: skip


def given(charter: Charter, rule: Rule) -> dict[str, str]:
    """What the charter says of a rule's parameters; another rule than its own has the defaults."""
    terms = charter.responsibility
    own = dict(terms.parameters) if rule.id == terms.rule else {}
    if any(parameter.name == "tie_break_key" for parameter in rule.parameters):
        own.setdefault("tie_break_key", terms.tie_break.key)
    return own


def binding_day(charter: Charter, situation: Situation, on: date | None) -> date:
    """The day whose members and rules apply; Problem where the charter does not bind then."""
    start, end = charter.group.in_force, charter.group.ends
    day = on or max(start, situation.on)
    if day < start:
        raise Problem(
            f"the charter is in force from {start}, not yet on {day}", where="--on",
            fix="Give a later day, or leave it out to play the situation under today's charter.",
        )  # fmt: skip
    if end is not None and day > end:
        fix = "Use the version that follows it."
        raise Problem(f"the charter ended on {end}, before {day}", where="--on", fix=fix)
    return day


def members_of(charter: Charter, situation: Situation, day: date) -> dict[str, Member]:
    """State → membership of those who take part; contributors only to their own situation."""
    members = {
        state: member
        for state, member in charter.members_on(day).items()
        if member.situation in (None, situation.id)
    }
    if not any(state != situation.origin for state in members):
        raise Problem(
            f"no member takes part on {day}", where=f"charter {charter.group.id}",
            fix="Check the members' dates, or give another day with --on.",
        )  # fmt: skip
    return members


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the rooms answered, on its way to a result."""

    charter: Charter
    situation: Situation
    day: date
    rule: Rule
    settings: Settings
    members: Mapping[str, Member]
    framed: Frame
    placement: Placement
    permanent: Mapping[str, int]
    costs: Bill
    evidence: Evidence
    stranded: Mapping[str, Mapping[str, int]]
    notes: tuple[str, ...]
    ties: tuple[Tie, ...]

    @property
    def question(self) -> Question:
        return self.framed.question

    def result(self) -> Result:
        cohorts = tuple(self.cohort(number) for number in range(len(self.question.cohorts)))
        return Result(
            charter=f"{self.charter.group.id} {self.charter.group.version}",
            situation=self.situation.id,
            members_on=self.day,
            figures_on=self.situation.on,
            rule=self.rule.id,
            settings=words(self.settings),
            scale=self.charter.costs.scale,
            scale_settings=words(self.costs.settings),
            currency=self.charter.costs.currency,
            people=self.situation.people,
            in_question=self.question.people,
            outside=self.framed.outside,
            placed=sum(self.placement.received().values()),
            unplaced=sum(self.placement.unplaced.values()),
            total_cost=self.costs.total,
            common_cost=self.costs.common,
            states=tuple(self.state(state) for state in self.members),
            cohorts=cohorts,
            ties=self.ties,
            notes=self.notes,
        )

    def cohort(self, number: int) -> CohortPart:
        cohort = self.question.cohorts[number]
        placed = {
            state: people
            for state, people in sorted(self.placement.people.get(cohort.id, {}).items())
            if people
        }
        unplaced = self.placement.unplaced.get(cohort.id, 0)
        return CohortPart(
            id=cohort.id,
            people=cohort.people,
            special_needs=cohort.special_needs,
            placed=placed,
            unplaced=unplaced,
            excluded=dict(sorted(self.placement.excluded.get(cohort.id, {}).items())),
            stranded=self.stranded[cohort.id],
        )

    def state(self, state: str) -> StatePart:
        present, placed, stay = self.movement(state)
        remain = by_state(self.stranded).get(state, 0)
        host = next((host for host in self.question.hosts if host.state == state), None)
        population = self.evidence.value(state, "population")
        gdp = self.evidence.value(state, "gdp")
        return StatePart(
            state=state,
            tier=self.members[state].tier,
            present=present,
            placed=placed,
            stay=stay,
            arrive=placed - stay,
            unplaced=remain,
            leave=present - stay - remain,
            capacity=None if host is None else host.capacity,
            capacity_source=self.framed.capacity_sources.get(state, ""),
            target=self.placement.targets.get(state),
            per_1000=None if not population else Fraction(placed * 1000) / population,
            per_billion_gdp=None if not gdp else Fraction(placed * 10**9) / gdp,
            residual_places=self.permanent.get(state, 0),
            money=self.money(state),
        )

    def movement(self, state: str) -> tuple[int, int, int]:
        """People there now, people placed there, and how many of these need not move."""
        present = placed = stay = 0
        for cohort in self.question.cohorts:
            here = cohort.present.get(state, 0)
            there = self.placement.people.get(cohort.id, {}).get(state, 0)
            present, placed, stay = present + here, placed + there, stay + min(here, there)
        return present, placed, stay

    def money(self, state: str) -> Money | None:
        return self.costs.states.get(state)


def words(settings: Mapping[str, object]) -> dict[str, str]:
    """Settings as text, in order."""
    shown = {}
    for name, value in sorted(settings.items()):
        one = plain(value)
        shown[name] = ("yes" if one else "no") if isinstance(one, bool) else str(one)
    return shown
