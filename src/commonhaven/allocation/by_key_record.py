"""The record of a placement by a key: from shares to exact numbers to people, state by state."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.allocation.flow.augment import Cells
from commonhaven.allocation.pools import Pools
from commonhaven.allocation.question import Host, Question
from commonhaven.allocation.rounding import WHOLE, apportion
from commonhaven.allocation.rule import Rule
from commonhaven.saying import Number, say
from commonhaven.working import Line

OURS = "Our proposal: the key of each cohort over the states open to it, capacities held jointly"


def received(cells: Cells, states: Mapping[str, Fraction]) -> dict[str, int]:
    """People by state over all cohorts, 0 where a state has a target and receives nobody."""
    return {state: sum(row.get(state, 0) for row in cells.values()) for state in states}


def owed(question: Question, targets: Mapping[str, Fraction]) -> dict[str, int]:
    """State → its number by the charter's rounding, where those numbers need not add up.

    They are obligations before any ceiling or deduction: ``fair = ceil(share × people)`` under
    Regulation (EU) 2024/1351. Empty for roundings that add up: there the placement tells all.
    """
    people = sum(targets.values(), Fraction(0))
    if question.rounding in WHOLE or not people:
        return {}
    shares = {state: target / people for state, target in targets.items()}
    return dict(apportion(shares, int(people), question.rounding, question.tie_order).people)


def rounding_notes(question: Question, targets: Mapping[str, Fraction]) -> list[str]:
    """A sentence where the charter's rounding gives obligations that do not add up to people."""
    asked, people = owed(question, targets), int(sum(targets.values(), Fraction(0)))
    if not asked:
        return []
    return [
        say(
            "Rounded by the method {method}, the states' numbers add up to {sum} for {people} "
            "people; they are obligations. The people themselves are placed by {other}.",
            method=question.rounding, sum=Number(sum(asked.values()), grouped=True),
            people=Number(people, grouped=True), other=WHOLE[0],
        )
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """State → exact number, whole obligation (where it is told), people placed.

    ``ceiling``: the parameter that holds every state's number, where the rule has one.
    """

    targets: Mapping[str, Fraction]
    owed: Mapping[str, int]
    placed: Mapping[str, int]
    ceiling: tuple[str, ...] = ()


def lines(question: Question, rule: Rule, pools: Pools, told: Told) -> list[Line]:
    """The working from shares to exact numbers to people, state by state."""
    start = f"placement.{rule.id}"
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
    for state, target in sorted(told.targets.items()):
        facts = limits_of(hosts[state], credit=question.credit_hosted)
        hosted = [line.id for line in facts if line.id.startswith("hosted.")]
        limits = [line.id for line in facts if line.id not in hosted]
        found += facts
        found.append(target_line(state, target, pools, f"{start}.{state}.target", hosted))
        if state in told.owed:
            found.append(obligation_line(question, told, state, f"{start}.{state}.target"))
            limits.append(f"obligation.{state}")
        found.append(
            Line(
                id=f"{start}.{state}.people",
                value=told.placed[state],
                what=say("People placed"),
                unit="people",
                formula=f"the target made whole ({question.rounding}), within its limits, with its "
                "part of what full states cannot take",
                cite=OURS,
                uses=(f"{start}.{state}.target", *limits, *told.ceiling),
            )
        )
    return found


def limits_of(host: Host, *, credit: bool) -> list[Line]:
    """A line for each fact of a host that bears on its number."""
    facts = {
        "capacity": (host.capacity, say("People that it can receive")),
        "floor": (host.at_least or None, say("Least number by decision")),
        "deduction": (host.deduction or None, say("People taken off its number by decision")),
        "hosted": (host.hosted if credit else None, say("People in need that it already hosts")),
    }
    return [
        Line(id=f"{name}.{host.state}", value=number, what=what, unit="people")
        for name, (number, what) in facts.items()
        if number is not None
    ]


def obligation_line(question: Question, told: Told, state: str, target: str) -> Line:
    """The whole number that a state owes, before ceilings and deductions."""
    method = question.rounding
    return Line(
        id=f"obligation.{state}",
        value=told.owed[state],
        what=say(
            "People that it owes protection, before its capacity and deductions; the obligations "
            "add up to all people"
        )
        if method in WHOLE
        else say(
            "People that it owes protection, before its capacity and deductions; the obligations "
            "need not add up to the people"
        ),
        unit="people",
        formula=f"the target made whole ({method})",
        cite=OURS,
        uses=(target,),
    )


def target_line(state: str, target: Fraction, pools: Pools, name: str, hosted: list[str]) -> Line:
    """The exact number of a state, from the cohorts open to it and their keys."""
    cohorts = [cohort for cohort, row in pools.targets.items() if state in row]
    shares = sorted({f"{pools.keys[cohort]}.{state}.share" for cohort in cohorts})
    plain, credit = "Σ over cohorts: people × share", "max(0, share × (people + hosted) - hosted)"
    return Line(
        id=name,
        value=target,
        what=say("Exact number by the key, after credit for people already hosted")
        if hosted
        else say("Exact number by the key"),
        unit="people",
        formula=f"{credit}, as a part of all people" if hosted else plain,
        cite=OURS,
        uses=(*[f"cohort.{cohort}.people" for cohort in cohorts], *shares, *hosted),
    )
