"""Any key as a placement: behind the gate, within capacities, whole people, nobody lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from commonhaven.allocation.adjust import credited, deduct
from commonhaven.allocation.axioms import broken
from commonhaven.allocation.flow.augment import Cells
from commonhaven.allocation.flow.staying import staying
from commonhaven.allocation.gate import excluded
from commonhaven.allocation.joint import Seats, by_state, seat
from commonhaven.allocation.question import Host, Placement, Question, Tie
from commonhaven.allocation.rounding import WHOLE, Apportionment, apportion, ranks
from commonhaven.allocation.rule import Rule, Settings
from commonhaven.reading import Problem
from commonhaven.working import Line

OURS = "Our proposal: the key of each cohort over the states open to it, capacities held jointly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """Exact targets by cohort and state, and the working of the keys they come from.

    Cohorts that are open to the same states are shared by one key; ``keys``: cohort → the start of
    the ids of its key's lines.
    """

    targets: Mapping[str, Mapping[str, Fraction]]
    keys: Mapping[str, str]
    working: tuple[Line, ...]


def place(question: Question, rule: Rule, settings: Settings) -> Placement:
    """Place the cohorts by any rule, key or placement.

    Problem for a scale of money, and for an answer that breaks an axiom, whoever wrote the rule.
    """
    if rule.kind == "scale":
        raise Problem(
            f"{rule.id} shares money, not people", fix="Name a rule of kind key or placement."
        )
    verb = rule.place
    answer = verb(question, settings) if verb else place_by_key(question, rule, settings)
    if failed := broken(question, answer):
        raise Problem(
            f"the answer of the rule {rule.id} does not keep: {', '.join(failed)}",
            where=f"rule {rule.id}",
            fix="No plan may follow it. Its authors must mend the rule.",
        )
    return answer


def place_by_key(question: Question, rule: Rule, settings: Settings) -> Placement:
    """Each cohort among the states open to it, by the key computed over those states.

    Capacities hold over all cohorts together; what a full state cannot take goes to the others by
    the key. As many are placed as gates and capacities allow in states that have a share, except
    for deductions by decision, which stay a declared shortfall. A state without a share under the
    key has no duty and receives nobody. The key settles the states' numbers; who goes where within
    them moves as few people as possible.
    """
    shut = excluded(question)
    pools = pools_of(question, rule, settings, shut)
    rank = ranks([host.state for host in question.hosts], question.tie_order)
    order = tuple(sorted(rank, key=lambda state: rank[state]))
    seats = Seats(
        targets=pools.targets,
        totals=by_state(pools.targets, order),
        people={cohort.id: cohort.people for cohort in question.cohorts},
        most={h.state: h.capacity for h in question.hosts if h.capacity is not None},
        order=order,
    )
    hosts = {host.state: host for host in question.hosts}
    targets = wanted(question, seats, hosts)
    least, notes, ties = floors(hosts, targets, order)
    numbers, cells = seated(question, seats, targets, least)
    deductions = {s: hosts[s].deduction for s in targets if hosts[s].deduction}
    if deductions and settings.get("reassign_deductions"):
        kept = deduct(received(cells, targets), deductions).people
        limits = {state: kept[state] for state in deductions}
        least = {state: min(number, limits.get(state, number)) for state, number in least.items()}
        seats = replace(seats, most={**seats.most, **limits})
        numbers, cells = seated(question, seats, targets, least)
        notes.append("People deducted by decision are passed on to the other states.")
    elif deductions:
        notes += take_off(cells, deductions, order)
    cells = staying(cells, pools.targets, {c.id: c.present for c in question.cohorts}, order)
    notes += shortfalls(hosts, received(cells, targets), least)
    notes += rounding_notes(question, targets)
    return Placement(
        people={c: {s: n for s, n in sorted(row.items()) if n} for c, row in cells.items()},
        unplaced={c.id: c.people - sum(cells[c.id].values()) for c in question.cohorts},
        excluded=shut,
        targets=dict(sorted(targets.items())),
        ties=(*ties, *numbers.ties),
        notes=tuple(notes),
        working=(*pools.working, *lines(question, rule, pools, targets, cells)),
    )


def pools_of(
    question: Question, rule: Rule, settings: Settings, shut: Mapping[str, Mapping[str, str]]
) -> Pools:
    """One key for each set of cohorts that are open to the same states; exact targets from it."""
    figures = {host.state: host.figures for host in question.hosts}
    pools: dict[tuple[str, ...], list[str]] = {}
    people = {cohort.id: cohort.people for cohort in question.cohorts}
    for cohort in people:
        open_states = tuple(sorted(state for state in figures if state not in shut[cohort]))
        pools.setdefault(open_states, []).append(cohort)
    targets: dict[str, dict[str, Fraction]] = {cohort: {} for cohort in people}
    keys: dict[str, str] = {}
    working: list[Line] = []
    several = len([states for states in pools if states]) > 1
    for states, cohorts in pools.items():
        if not states:
            continue
        total = sum(people[cohort] for cohort in cohorts)
        key = rule.key({state: figures[state] for state in states}, settings, total)
        start = f"pool.{cohorts[0]}." if several else ""
        working += [renamed(line, start) for line in key.working]
        for cohort in cohorts:
            keys[cohort] = f"{start}key.{rule.id}"
            targets[cohort] = {s: people[cohort] * k for s, k in key.shares.items() if k}
    return Pools(targets=targets, keys=keys, working=tuple(working))


def renamed(line: Line, start: str) -> Line:
    """The line of one of several keys, with its pool in front of its id and of those it uses."""
    if not start:
        return line
    uses = tuple(f"{start}{use}" if use.startswith("key.") else use for use in line.uses)
    return replace(line, id=f"{start}{line.id}", uses=uses)


def wanted(question: Question, seats: Seats, hosts: Mapping[str, Host]) -> dict[str, Fraction]:
    """State → exact number over all cohorts, after credit for people hosted where that counts."""
    if not question.credit_hosted:
        return dict(seats.totals)
    return credited(seats.totals, {state: hosts[state].hosted for state in seats.totals})


def floors(
    hosts: Mapping[str, Host], targets: Mapping[str, Fraction], order: tuple[str, ...]
) -> tuple[dict[str, int], list[str], tuple[Tie, ...]]:
    """The floors that can be asked of these people; lowered in proportion where they are more."""
    least = {s: host.at_least for s, host in hosts.items() if host.at_least and s in targets}
    notes = [
        f"{state}: its floor of {host.at_least:,} is not applied, since nobody can be placed there."
        for state, host in hosts.items()
        if host.at_least and state not in targets
    ]
    people = int(sum(targets.values(), Fraction(0)))
    asked = sum(least.values())
    ties: tuple[Tie, ...] = ()
    if asked > people:
        shares = {state: Fraction(number, asked) for state, number in least.items()}
        lowered = apportion(shares, people, order=order)
        least, ties = dict(lowered.people), lowered.ties
        notes.append(
            f"The floors ask for {asked:,} people and there are {people:,}: they are lowered in "
            "proportion."
        )
    return least, notes, ties


def seated(
    question: Question, seats: Seats, targets: Mapping[str, Fraction], least: Mapping[str, int]
) -> tuple[Apportionment, Cells]:
    """Whole numbers by state, and the cohorts seated in them."""
    people = sum(targets.values(), Fraction(0))
    if not people:
        nobody = Apportionment(people={}, targets={}, method=question.rounding)
        return nobody, {cohort: {} for cohort in seats.targets}
    shares = {state: target / people for state, target in targets.items()}
    method = question.rounding if question.rounding in WHOLE else WHOLE[0]
    numbers = apportion(
        shares, int(people), method, seats.order, at_most=seats.most, at_least=least
    )
    return numbers, seat(seats, numbers.people)


def received(cells: Cells, states: Mapping[str, Fraction]) -> dict[str, int]:
    """People by state over all cohorts, 0 where a state has a target and receives nobody."""
    return {state: sum(row.get(state, 0) for row in cells.values()) for state in states}


def take_off(cells: Cells, deductions: Mapping[str, int], order: tuple[str, ...]) -> list[str]:
    """Take the deductions off, cohort by cohort in proportion; they stay unplaced, and are said."""
    notes = []
    placed = received(cells, dict.fromkeys(deductions, Fraction(0)))
    for state, number in deduct(placed, deductions).deducted.items():
        there = {cohort: row[state] for cohort, row in cells.items() if row.get(state)}
        shares = {cohort: Fraction(people, placed[state]) for cohort, people in there.items()}
        less = apportion(shares, number, order=order, at_most=there).people
        for cohort, people in less.items():
            cells[cohort][state] -= people
        notes.append(
            f"{state}: {number:,} people are deducted by decision; no other state takes them over, "
            "so they are unplaced."
        )
    return notes


def shortfalls(
    hosts: Mapping[str, Host], placed: Mapping[str, int], least: Mapping[str, int]
) -> list[str]:
    """Sentences for floors that could not be kept."""
    return [
        f"{state}: receives {placed[state]:,}, fewer than its floor of {hosts[state].at_least:,}."
        for state in sorted(least)
        if placed[state] < hosts[state].at_least
    ]


def rounding_notes(question: Question, targets: Mapping[str, Fraction]) -> list[str]:
    """A sentence where the charter's rounding gives obligations that do not add up to people."""
    people = sum(targets.values(), Fraction(0))
    if question.rounding in WHOLE or not people:
        return []
    shares = {state: target / people for state, target in targets.items()}
    asked = sum(apportion(shares, int(people), question.rounding).people.values())
    note = (
        f"Rounded by the method {question.rounding}, the states' numbers add up to {asked:,} for "
        f"{int(people):,} people; they are obligations. The people themselves are placed by "
        f"{WHOLE[0]}."
    )
    return [note]


def lines(
    question: Question,
    rule: Rule,
    pools: Pools,
    targets: Mapping[str, Fraction],
    cells: Cells,
) -> list[Line]:
    """The working from shares to exact numbers to people, state by state."""
    start = f"placement.{rule.id}"
    placed = received(cells, targets)
    hosts = {host.state: host for host in question.hosts}
    found = [
        Line(
            id=f"cohort.{cohort.id}.people",
            value=cohort.people,
            what="People of the cohort in need of protection",
            unit="people",
        )
        for cohort in question.cohorts
    ]
    for state in sorted(targets):
        facts = limits_of(hosts[state], credit=question.credit_hosted)
        hosted = [line.id for line in facts if line.id.startswith("hosted.")]
        limits = [line.id for line in facts if line.id not in hosted]
        found += facts
        found.append(target_line(state, targets[state], pools, f"{start}.{state}.target", hosted))
        found.append(
            Line(
                id=f"{start}.{state}.people",
                value=placed[state],
                what="People placed",
                unit="people",
                formula=f"the target made whole ({question.rounding}), within its limits, with its "
                "part of what full states cannot take",
                cite=OURS,
                uses=(f"{start}.{state}.target", *limits),
            )
        )
    return found


def limits_of(host: Host, *, credit: bool) -> list[Line]:
    """A line for each fact of a host that bears on its number."""
    facts = {
        "capacity": (host.capacity, "People that it can receive"),
        "floor": (host.at_least or None, "Least number by decision"),
        "deduction": (host.deduction or None, "People taken off its number by decision"),
        "hosted": (host.hosted if credit else None, "People in need that it already hosts"),
    }
    return [
        Line(id=f"{name}.{host.state}", value=number, what=what, unit="people")
        for name, (number, what) in facts.items()
        if number is not None
    ]


def target_line(state: str, target: Fraction, pools: Pools, name: str, hosted: list[str]) -> Line:
    """The exact number of a state, from the cohorts open to it and their keys."""
    cohorts = [cohort for cohort, row in pools.targets.items() if state in row]
    shares = sorted({f"{pools.keys[cohort]}.{state}.share" for cohort in cohorts})
    plain, credit = "Σ over cohorts: people × share", "max(0, share × (people + hosted) - hosted)"
    return Line(
        id=name,
        value=target,
        what="Exact number by the key"
        + (", after credit for people already hosted" if hosted else ""),
        unit="people",
        formula=f"{credit}, as a part of all people" if hosted else plain,
        cite=OURS,
        uses=(*[f"cohort.{cohort}.people" for cohort in cohorts], *shares, *hosted),
    )
