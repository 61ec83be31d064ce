"""A market in quotas as a scenario: states trade people until one more costs all the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

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
from commonhaven.allocation.keys.equal import EQUAL
from commonhaven.allocation.question import Host, Placement, Question, Tie
from commonhaven.allocation.rounding import apportion
from commonhaven.allocation.rule import KeyUndefined, Rule, Settings
from commonhaven.allocation.tie_break import KEYS, told_apart
from commonhaven.instruments import entry
from commonhaven.reading import Problem
from commonhaven.working import Line

CITE = "Fernández-Huertas Moraga and Rapoport, Journal of Public Economics 115 (2014) 94-108"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Cost of hosting q people: ``first × q + rise × q² / 2``; one more costs first + rise × q."""

    first: Fraction
    rise: Fraction

    def of(self, people: Fraction) -> Fraction:
        return self.first * people + self.rise * people**2 / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The price at which nobody gains by trading on, who hosts how many, and what each pays.

    A state pays ``price × (quota - people)``; below zero it receives. Payments add up to zero.
    """

    price: Fraction
    people: Mapping[str, Fraction]
    payments: Mapping[str, Fraction]


def market(costs: Mapping[str, Cost], quotas: Mapping[str, Fraction]) -> Market:
    """Trade quotas until the marginal cost of every host equals the price, exact.

    ``price = (Q + Σ first/rise) / Σ 1/rise`` over the states that host; a state whose first person
    costs more than the price hosts nobody and pays. Problem where a cost does not rise.
    """
    for state, cost in costs.items():
        if cost.rise <= 0 or cost.first < 0:
            raise Problem("the cost must rise", where=state, fix="Give a rise above 0.")
    total = sum(quotas.values(), Fraction(0))
    hosting = sorted(costs)
    while True:
        slope = sum((1 / costs[state].rise for state in hosting), Fraction(0))
        offset = sum((costs[state].first / costs[state].rise for state in hosting), Fraction(0))
        price = (total + offset) / slope
        dear = [state for state in hosting if costs[state].first > price]
        if not dear:
            break
        hosting = [state for state in hosting if state not in dear]
    people = {
        state: (price - costs[state].first) / costs[state].rise if state in hosting else Fraction(0)
        for state in costs
    }
    payments = {state: price * (quotas[state] - people[state]) for state in costs}
    return Market(price=price, people=people, payments=payments)


def place(question: Question, _settings: Settings) -> Placement:
    """Quotas by the key, traded; then people within what each state hosts, behind the gate.

    Whom the traded numbers cannot take goes to states with room beyond them, all alike; whoever
    then still waits is placed by moving others. States that nobody may enter do not trade.
    """
    shut = excluded(question)
    traded = _traded(question, open_to_somebody(shut, question.hosts))
    room = places(question)
    numbers = {state: min(number, room[state]) for state, number in traded.people.items()}
    first = _stage(question, shut, numbers, "traded")
    rest = _stage(question, shut, {s: room[s] - first.received(s) for s in room}, "rest", first)
    people = {g: _sum(first.people[g], rest.people[g]) for g in sorted(first.people)}
    unplaced, moves = moved_on(question, shut, people, rest.unplaced)
    told = (line for part in (first, rest) for told in part.told for line in told.lines)
    return Placement(
        people={g: {s: n for s, n in sorted(row.items()) if n} for g, row in people.items()},
        unplaced=unplaced,
        excluded=shut,
        ties=(*traded.ties, *first.ties, *rest.ties),
        notes=(
            WARNING,
            *order_notes(first, question),
            *order_notes(rest, question),
            *moves,
        ),
        working=(*traded.lines, *told),
    )


def _stage(
    question: Question,
    shut: Mapping[str, Mapping[str, str]],
    room: Mapping[str, int],
    name: str,
    before: Stage | None = None,
) -> Stage:
    waiting = before.unplaced if before else {c.id: c.people for c in question.cohorts}
    levels: dict[str, dict[str, tuple[int, ...]]] = {
        g: {state: () for state in room if state not in reasons} for g, reasons in shut.items()
    }
    ask = Ask(name=f"moraga-rapoport.{name}", people=waiting, places=room, levels=levels)
    return stage(ask, question, EQUAL)


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {s: one.get(s, 0) + other.get(s, 0) for s in sorted({*one, *other})}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traded:
    """State → whole people after trade, with ties and working."""

    people: Mapping[str, int]
    ties: tuple[Tie, ...]
    lines: tuple[Line, ...]


def _traded(question: Question, partners: list[Host]) -> _Traded:
    if not partners or not question.people:
        return _Traded(people={}, ties=(), lines=())
    key = KEYS[entry("moraga-rapoport", "initial_key").value]
    told = told_apart(key, partners, question.people, "moraga-rapoport.key")
    quotas = {state: share * question.people for state, share in told.shares.items()}
    found = market({host.state: cost(host) for host in partners}, quotas)
    shares = {state: number / question.people for state, number in found.people.items()}
    made = apportion(shares, question.people, order=question.tie_order)
    price = Line(
        id="moraga-rapoport.price",
        value=found.price,
        what="Price of a place: what one more person costs every state that hosts",
        formula="(people + Σ first/rise) / Σ 1/rise",
        cite=CITE,
    )
    states = [
        Line(
            id=f"moraga-rapoport.{state}.{name}",
            value=value,
            what=what,
            cite=CITE,
            uses=("moraga-rapoport.price", told.line(state)),
        )
        for state in quotas
        for name, value, what in (
            ("people", found.people[state], "People it hosts after trade"),
            ("payment", found.payments[state], "What it pays for places elsewhere, or receives"),
        )
    ]
    return _Traded(people=made.people, ties=made.ties, lines=(*told.lines, price, *states))


def cost(host: Host) -> Cost:
    """A state's assumed cost: its figures ``first_cost`` and ``cost_rise``, else by its GDP."""
    first, rise = host.figures.get("first_cost"), host.figures.get("cost_rise")
    if rise is None:
        if not host.figures.get("gdp"):
            raise KeyUndefined(
                f"moraga-rapoport needs gdp for {host.state}, or its cost_rise",
                where=host.state,
                fix="Give the figure.",
            )
        rise = entry("moraga-rapoport", "cost_rise").number / host.figures["gdp"]
    return Cost(
        first=entry("moraga-rapoport", "first_cost").number if first is None else first, rise=rise
    )


WARNING = (
    "A scenario for comparison: states would buy and sell the duty to protect people, whom nobody "
    "asked, at costs that are assumed. No charter may adopt it."
)
MORAGA_RAPOPORT = Rule(
    id="moraga-rapoport",
    title="Market in quotas (Moraga and Rapoport)",
    kind="scenario",
    principle="Quotas by a key are traded until one more person costs every state the same.",
    value_judgement="A duty to protect people may be bought and sold if that is cheaper for all.",
    source=f"{CITE}; CESifo Economic Studies 61 (2015) 638-672; costs by GDP are our assumption",
    standing="reported",
    indicators=("population", "gdp", "land_area_km2"),
    optional_indicators=("first_cost", "cost_rise"),
    weaknesses=(
        "Rich states can buy themselves out of receiving anyone.",
        "People go where they cost least, not where they are safest or wish to be.",
        "Nobody has measured the costs that it needs.",
    ),
    warning=WARNING,
    place=place,
)
