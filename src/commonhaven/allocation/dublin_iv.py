"""The Dublin IV proposal as a rule: people stay where they are, save above 150 % of its number."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.allocation.corrective import CITE, Standing, standings
from commonhaven.allocation.flow.stage import (
    Ask,
    Stage,
    moved_on,
    open_to_somebody,
    order_notes,
    places,
    stage,
)
from commonhaven.allocation.gate import excluded
from commonhaven.allocation.keys.ammr import AMMR_2024
from commonhaven.allocation.question import Cohort, Placement, Question
from commonhaven.allocation.rounding import apportion, ranks, settled_by
from commonhaven.allocation.rule import Parameter, Rule, Settings
from commonhaven.allocation.tie_break import Told, told_apart
from commonhaven.working import Line

Cells = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """The question with the reference key, the standing of each state and who is where."""

    question: Question
    gates: Mapping[str, tuple[str, ...]]
    room: Mapping[str, int]
    here: Mapping[str, Mapping[str, int]]
    standing: Mapping[str, Standing]
    trigger: Fraction
    told: Told | None


def place(question: Question, settings: Settings) -> Placement:
    """People stay where they are; those above 150 % of a state's number go to states below theirs.

    A state's load is the people it hosts already and those of the cohorts present there. Whoever
    finds no state below its number stays if the gate is open there, else goes where there is room,
    by the key. A state that nobody may enter has no number.
    """
    shut = excluded(question)
    start = _start(question, shut, Fraction(settings["trigger"]))
    cells, stays = _staying(start)
    sent = stage(_sending(start, cells), question, AMMR_2024)
    _add(cells, sent)
    rest = stage(_rest(start, cells), question, AMMR_2024)
    _add(cells, rest)
    unplaced, moves = moved_on(question, shut, cells, rest.unplaced)
    return Placement(
        people={g: {s: n for s, n in sorted(row.items()) if n} for g, row in sorted(cells.items())},
        unplaced=unplaced,
        excluded=shut,
        ties=(*sent.ties, *rest.ties),
        notes=(
            *_notes(start, sent, unplaced),
            *stays,
            *order_notes(sent, question),
            *order_notes(rest, question),
            *moves,
        ),
        working=(
            *_lines(start),
            *(line for part in (sent, rest) for t in part.told for line in t.lines),
        ),
    )


def _start(question: Question, shut: Mapping[str, Mapping[str, str]], trigger: Fraction) -> _Start:
    hosts = sorted(question.hosts, key=lambda host: host.state)
    partners = open_to_somebody(shut, hosts)
    rank = ranks([host.state for host in hosts], question.tie_order)
    here = {cohort.id: _here(cohort, rank) for cohort in question.cohorts}
    loads = {
        host.state: host.hosted + sum(row.get(host.state, 0) for row in here.values())
        for host in partners
    }
    hosted = sum(host.hosted for host in partners)
    told = told_apart(AMMR_2024, partners, question.people, "dublin-iv.key") if partners else None
    return _Start(
        question=question,
        gates={
            g: tuple(h.state for h in hosts if h.state not in reasons)
            for g, reasons in shut.items()
        },
        room=places(question),
        here=here,
        standing=standings(loads, told.shares, trigger, hosted + question.people) if told else {},
        trigger=trigger,
        told=told,
    )


def _here(cohort: Cohort, rank: Mapping[str, int]) -> dict[str, int]:
    """Where the cohort's people are among the hosts, never more than it has."""
    found: dict[str, int] = {}
    left = cohort.people
    for state in sorted(set(cohort.present) & set(rank), key=rank.__getitem__):
        found[state] = min(left, cohort.present[state])
        left -= found[state]
    return found


def _staying(start: _Start) -> tuple[Cells, list[str]]:
    """Who stays: all, but for those above the trigger, behind the gate or beyond the room."""
    cells: Cells = {g: dict.fromkeys(states, 0) for g, states in sorted(start.gates.items())}
    notes = _here_notes(start)
    for state, standing in start.standing.items():
        here = {g: start.here[g].get(state, 0) for g in cells if state in cells[g]}
        together = sum(here.values())
        relieved = standing.excess(start.trigger) if standing.triggered else 0
        stay = min(start.room[state], max(0, together - relieved))
        if stay:
            parts = {g: Fraction(number, together) for g, number in here.items()}
            made = apportion(parts, stay, at_most=here)
            for g, number in made.people.items():
                cells[g][state] = number
            notes += [
                f"{', '.join(tie.states)} had an equal claim to the last places of those who stay "
                f"in {state}; {', '.join(tie.settled_for)} got them, by {tie.by} of cohorts."
                for tie in made.ties
            ]
    return cells, notes


def _here_notes(start: _Start) -> list[str]:
    hosts = {host.state for host in start.question.hosts}
    found = []
    for cohort in sorted(start.question.cohorts, key=lambda cohort: cohort.id):
        states = sorted(hosts & set(cohort.present))
        if len(states) > 1 and sum(cohort.present[s] for s in states) > cohort.people:
            by = settled_by(states, start.question.tie_order)
            found.append(
                f"More people of {cohort.id} are present than it has; {by} settled where they "
                "count as present."
            )
    return found


def _sending(start: _Start, cells: Cells) -> Ask:
    """Everybody else, to the states below their number that the gate leaves open."""
    return Ask(
        name="dublin-iv.sent",
        people=_waiting(start, cells),
        places={
            state: min(
                each.room, start.room[state] - sum(row.get(state, 0) for row in cells.values())
            )
            for state, each in start.standing.items()
        },
        levels={
            g: {s: () for s in states if start.standing[s].receives}
            for g, states in start.gates.items()
        },
    )


def _rest(start: _Start, cells: Cells) -> Ask:
    """Whoever is left: where they are, else wherever the gate is open and there is room."""
    return Ask(
        name="dublin-iv.rest",
        people=_waiting(start, cells),
        places={
            state: start.room[state] - sum(row.get(state, 0) for row in cells.values())
            for state in start.standing
        },
        levels={
            g: {s: (int(start.here[g].get(s, 0) > 0),) for s in states}
            for g, states in start.gates.items()
        },
    )


def _waiting(start: _Start, cells: Cells) -> dict[str, int]:
    return {c.id: c.people - sum(cells[c.id].values()) for c in start.question.cohorts}


def _add(cells: Cells, part: Stage) -> None:
    for cohort, row in part.people.items():
        for state, number in row.items():
            cells[cohort][state] += number


def _notes(start: _Start, sent: Stage, unplaced: Mapping[str, int]) -> tuple[str, ...]:
    relieved = sorted(state for state, each in start.standing.items() if each.triggered)
    found = [f"Relieved of people above the trigger: {', '.join(relieved)}."] if relieved else []
    left = sum(sent.unplaced.values())
    if left:
        found.append(
            f"{left:,} people found no state below its number: they stay where they are, or go "
            "wherever there is room."
        )
    found += [
        f"{number:,} people of {cohort} are not placed: the group must meet."
        for cohort, number in unplaced.items()
        if number
    ]
    return tuple(found)


def _lines(start: _Start) -> tuple[Line, ...]:
    lines = list(start.told.lines) if start.told else []
    for state, each in start.standing.items():
        name = f"dublin-iv.{state}"
        lines += [
            Line(id=f"{name}.load", value=each.load, unit="people", cite=CITE,
                 what="People for whom it is responsible: hosted already, and present"),
            Line(id=f"{name}.reference", value=each.reference, unit="people", cite=CITE,
                 what="Its reference number", formula="share × all people",
                 uses=(start.told.line(state),) if start.told else ()),
            Line(id=f"{name}.standing", value="relieved" if each.triggered else
                 "receives" if each.receives else "neither",
                 what="Relieved above the trigger, receives below its number", cite=CITE,
                 uses=(f"{name}.load", f"{name}.reference", "parameter:dublin-iv/trigger")),
        ]  # fmt: skip
    return tuple(lines)


DUBLIN_IV = Rule(
    id="dublin-iv",
    title="Corrective allocation of the Dublin IV proposal",
    kind="placement",
    principle="People stay in the state where they are; only a state far above its number is "
    "relieved, by those below theirs.",
    value_judgement="Where people first arrived is where they belong, up to half as much again as "
    "a key says; wishes and ties do not count.",
    source="COM(2016) 270 final, Arts 34-43; a state's load read from the people it hosts",
    standing="reported",
    indicators=("population", "gdp"),
    optional_indicators=("refugees_hosted",),
    parameters=(
        Parameter(
            name="trigger",
            kind="number",
            meaning="Part of its reference number above which a state is relieved.",
            instrument="dublin-iv",
            entry="trigger",
            low=Fraction(1),
            high=Fraction(10),
        ),
    ),
    weaknesses=(
        "Up to the trigger, geography alone decides who protects whom.",
        "The proposal let a state pay instead of receiving; this rule does not.",
    ),
    place=place,
)
