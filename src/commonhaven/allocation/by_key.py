"""Any key as a placement: behind the gate, within capacities, whole people, nobody lost."""

from collections.abc import Mapping
from dataclasses import replace

from commonhaven.allocation.adjust import credited, reduced
from commonhaven.allocation.axioms import broken
from commonhaven.allocation.by_key_record import Told, lines, owed, received, rounding_notes
from commonhaven.allocation.flow.staying import staying
from commonhaven.allocation.gate import excluded
from commonhaven.allocation.joint import Seats, by_state, seat
from commonhaven.allocation.pools import Pools, pools_of
from commonhaven.allocation.question import Host, Placement, Question, Tie
from commonhaven.allocation.rounding import WHOLE, ranks
from commonhaven.allocation.rule import Rule, Settings
from commonhaven.reading import Problem
from commonhaven.saying import Number, Party, parties, say

OPEN = say(
    "Which cohort goes to which state is not settled by the states' numbers alone; the declared "
    "order of states and the names of the cohorts settled it."
)


def place(question: Question, rule: Rule, settings: Settings) -> Placement:
    """Place the cohorts by any rule, key or placement.

    Problem for a scale of money, and for an answer that breaks an axiom, whoever wrote the rule.
    """
    if rule.kind == "scale":
        raise Problem(
            f"{rule.id} shares money, not people", fix="Name a rule of kind key or placement."
        )
    question, verb = in_order(question), rule.place
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

    Ceilings (capacities, and a rule's parameter ``ceiling`` for every state) hold over all cohorts
    together; what a full state cannot take goes to the others by the key. As many are placed as
    gates and ceilings allow in states that have a share, except for deductions by decision, which
    stay a declared shortfall unless the rule's parameter ``reassign_deductions`` passes them on. A
    state without a share under the key has no duty and receives nobody. The key settles the states'
    numbers; who goes where within them moves as few people as possible.
    """
    question = in_order(question)
    shut = excluded(question)
    pools = pools_of(question, rule, settings, shut)
    hosts = {host.state: host for host in question.hosts}
    ceiling = int(str(settings.get("ceiling", 0)))
    seats = seats_of(question, pools, most=ceiling)
    targets = dict(sorted(seats.weights.items()))
    notes = floor_notes(hosts, seats)
    deductions = {s: hosts[s].deduction for s in targets if hosts[s].deduction and targets[s]}
    obligations = owed(question, targets)
    ties: tuple[Tie, ...] = ()
    if deductions:
        rest = reduced(seats, deductions, pass_on=bool(settings.get("reassign_deductions")))
        seats, ties, obligations = rest.seats, rest.ties, obligations or dict(rest.owed)
        notes += rest.notes
    seated = seat(seats)
    people = {cohort.id: cohort.present for cohort in question.cohorts}
    cells, choice = staying(seated.cells, pools.targets, people, seats.order)
    notes += [*seated.notes, *([OPEN] if choice else [])]
    told = Told(
        targets=targets,
        owed=obligations,
        placed=received(cells, targets),
        ceiling=(f"parameter:{rule.id}/ceiling",) if ceiling else (),
    )
    notes += ceiling_notes(told.placed, ceiling)
    notes += shortfalls(hosts, told.placed, seats.least)
    notes += rounding_notes(question, targets)
    return Placement(
        people={c: {s: n for s, n in sorted(row.items()) if n} for c, row in cells.items()},
        unplaced={c.id: c.people - sum(cells[c.id].values()) for c in question.cohorts},
        excluded=shut,
        targets=targets,
        ties=(*ties, *seated.ties),
        notes=tuple(notes),
        working=(*pools.working, *lines(question, rule, pools, told)),
    )


def in_order(question: Question) -> Question:
    """The same question with hosts and cohorts by name: the order of the input decides nothing."""
    return replace(
        question,
        hosts=tuple(sorted(question.hosts, key=lambda host: host.state)),
        cohorts=tuple(sorted(question.cohorts, key=lambda cohort: cohort.id)),
    )


def seats_of(question: Question, pools: Pools, *, most: int) -> Seats:
    """What is to be seated; ``most``: a ceiling for every state, 0 for none."""
    hosts = {host.state: host for host in question.hosts}
    rank = ranks(hosts, question.tie_order)
    order = tuple(sorted(rank, key=lambda state: rank[state]))
    totals = by_state(pools.targets, order)
    hosted = {state: hosts[state].hosted for state in totals}
    room = {s: [n for n in (hosts[s].capacity, most or None) if n is not None] for s in totals}
    return Seats(
        targets=pools.targets,
        totals=totals,
        weights=credited(totals, hosted) if question.credit_hosted else totals,
        people={cohort.id: cohort.people for cohort in question.cohorts},
        most={state: min(limits) for state, limits in room.items() if limits},
        least={s: hosts[s].at_least for s in totals if hosts[s].at_least},
        order=order,
        declared=question.tie_order,
        method=question.rounding if question.rounding in WHOLE else WHOLE[0],
    )


def floor_notes(hosts: Mapping[str, Host], seats: Seats) -> list[str]:
    """Sentences for floors that cannot be asked for, or not in full."""
    notes: list[str] = [
        say(
            "{state}: its floor of {floor} is not applied, since nobody can be placed there.",
            state=Party(state),
            floor=Number(host.at_least, grouped=True),
        )
        for state, host in hosts.items()
        if host.at_least and state not in seats.totals
    ]
    people, asked = int(sum(seats.totals.values())), sum(seats.least.values())
    if asked > people:
        notes.append(
            say(
                "The floors ask for {asked} people and there are {people}: they are lowered in "
                "proportion.",
                asked=Number(asked, grouped=True),
                people=Number(people, grouped=True),
            )
        )
    return notes


def ceiling_notes(placed: Mapping[str, int], ceiling: int) -> list[str]:
    """A sentence where the key's own ceiling holds states back."""
    full = sorted(state for state, number in placed.items() if number == ceiling)
    if not ceiling or not full:
        return []
    return [
        say(
            "The key's ceiling of {ceiling} people a state is reached by {states}.",
            ceiling=Number(ceiling, grouped=True), states=parties(full),
        )
    ]  # fmt: skip


def shortfalls(
    hosts: Mapping[str, Host], placed: Mapping[str, int], least: Mapping[str, int]
) -> list[str]:
    """Sentences for floors that could not be kept."""
    return [
        say(
            "{state}: receives {people}, fewer than its floor of {floor}.",
            state=Party(state),
            people=Number(placed[state], grouped=True),
            floor=Number(hosts[state].at_least, grouped=True),
        )
        for state in sorted(least)
        if placed[state] < hosts[state].at_least
    ]
