"""Flow charts of a plan: people from where they are to who protects them, money to hosts."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from commonhaven.figures import palette
from commonhaven.figures.blank import blank
from commonhaven.figures.maps import in_millions, label_name, leading, nets, outside
from commonhaven.figures.numbers import count, decimal, millions
from commonhaven.figures.picture import Picture
from commonhaven.figures.placing import text_width
from commonhaven.figures.reproduce import Names, Way, of_plan
from commonhaven.figures.sankey import Node, sankey
from commonhaven.figures.streams import (
    COMMON,
    MOVING,
    NO_PLACE,
    NOT_COVERED,
    SHARED,
    Stream,
    of_money,
    of_people,
    shortfall,
)
from commonhaven.figures.words import disclaimer, say
from commonhaven.parties import name as name_of
from commonhaven.regime import Plan

NO_STATE = frozenset({MOVING, NO_PLACE, SHARED, COMMON, NOT_COVERED})
LACKS = frozenset({NO_PLACE, NOT_COVERED})
FROM, THROUGH, TO = 0, 1, 2

Ends = Sequence[tuple[str, str, Stream]]


def called(node: str, language: str) -> str:
    """A state's name, or what a node that is none stands for."""
    return say(node, language) if node in NO_STATE else name_of(node, language)


def people_flow(plan: Plan, *, language: str = "en", names: Names | None = None) -> Picture:
    """From where people are to who protects them; those without a place have their own node."""
    streams = of_people(plan)
    situation = plan.inputs.situation.called(language)
    passing = any(stream.end == MOVING for stream in streams)
    notes = [say("flow-note", language, moving=say(MOVING, language))] if passing else []
    return Picture(
        id="people",
        title=say("people-flow-title", language, situation=situation),
        spec=drawn(streams, language, lambda n: count(int(n), language), say("nobody", language)),
        alternative=people_alternative(plan, streams, language),
        columns=tuple(say(key, language) for key in ("from", "to", "people")),
        rows=tuple(
            (called(s.start, language), called(s.end, language), count(int(s.amount), language))
            for s in largest_first(streams)
        ),
        reproduce=of_plan(Way(kind="people", function="people_flow"), plan, names, language),
        note=" ".join((*notes, *outside(plan, language), disclaimer(language))),
    )


def largest_first(streams: Sequence[Stream]) -> list[Stream]:
    return sorted(streams, key=lambda s: (-s.amount, s.start, s.end))


def people_alternative(plan: Plan, streams: Sequence[Stream], language: str) -> str:
    if not streams:
        return say("nobody", language)
    result = plan.result
    stay = sum(int(stream.amount) for stream in streams if stream.kind == "stays")
    most = sorted(result.states, key=lambda part: (-part.placed, part.state))
    return say(
        "people-flow-alt",
        language,
        people=count(result.in_question, language),
        stay=count(stay, language),
        move=count(result.placed - stay, language),
        unplaced=count(result.unplaced, language),
        list=leading({p.state: count(p.placed, language) for p in most if p.placed}, language),
    )


def money_flow(plan: Plan, *, language: str = "en", names: Names | None = None) -> Picture:
    """From those who pay, through the shared account, to those who host."""
    streams = of_money(plan)
    currency = plan.result.currency
    situation = plan.inputs.situation.called(language)
    return Picture(
        id="money",
        title=say("money-flow-title", language, situation=situation),
        spec=drawn(
            streams, language, lambda n: millions(n, language), say("nobody-pays", language)
        ),
        alternative=money_alternative(plan, language),
        columns=(
            say("from", language),
            say("to", language),
            say("amount", language, currency=currency),
        ),
        rows=tuple(
            (called(s.start, language), called(s.end, language), decimal(s.amount, language, 2))
            for s in largest_first(streams)
        ),
        reproduce=of_plan(Way(kind="money", function="money_flow"), plan, names, language),
        note=disclaimer(language),
    )


def money_alternative(plan: Plan, language: str) -> str:
    pays, receives = nets(plan, 1), nets(plan, -1)
    if not pays and not receives:
        return say("nobody-pays", language)
    return say(
        "money-flow-alt",
        language,
        currency=plan.result.currency,
        moved=millions(sum(pays.values(), Fraction(0)), language),
        shortfall=millions(Fraction(shortfall(plan)), language),
        givers=leading(in_millions(pays, language), language),
        hosts=leading(in_millions(receives, language), language),
    )


def drawn(
    streams: Sequence[Stream], language: str, told: Callable[[Fraction], str], nothing: str
) -> dict[str, object]:
    """The chart; a sentence where nothing flows."""
    if not streams:
        return blank(nothing)
    ends = [(f"{FROM}{s.start}", f"{TO}{s.end}", s) for s in streams]
    middle = {MOVING, SHARED}
    ends = [
        (
            f"{THROUGH}{s.start}" if s.start in middle else start,
            f"{THROUGH}{s.end}" if s.end in middle else end,
            s,
        )
        for start, end, s in ends
    ]
    return sankey(nodes(ends, language, told), ends)


def nodes(ends: Ends, language: str, told: Callable[[Fraction], str]) -> list[Node]:
    """The nodes by column, what is lacking at the bottom.

    Who protects most stands on top, and a state at the same height on both sides where it can.
    """
    leave: dict[str, Fraction] = {}
    enter: dict[str, Fraction] = {}
    for start, end, stream in ends:
        leave[start] = leave.get(start, Fraction(0)) + Fraction(stream.amount)
        enter[end] = enter.get(end, Fraction(0)) + Fraction(stream.amount)
    sums = enter | leave
    rank = {n[1:]: -enter[n] for n in enter if n[0] == str(TO)}
    order = sorted(
        sums, key=lambda n: (n[0], n[1:] in LACKS, rank.get(n[1:], Fraction(0)), -sums[n], n)
    )
    return [
        Node(
            id=node,
            column=int(node[0]),
            label=f"{short(node[1:], language)} {told(sums[node])}",
            narrow=shortened(short(node[1:], language), told(sums[node])),
            color=color(int(node[0]), node[1:]),
            open=node[1:] in LACKS,
        )
        for node in order
    ]


def short(node: str, language: str) -> str:
    return say(node, language) if node in NO_STATE else label_name(node, language)


NARROW = 150
"""Pixels for a label in a narrow picture."""


def shortened(named: str, number: str, pixels: int = NARROW) -> str:
    """The name cut so that it and the whole number fit; the table has the whole name."""
    room = pixels - text_width(f" {number}")
    if text_width(named) <= room:
        return f"{named} {number}"
    kept = next(named[:n] for n in range(len(named), -1, -1) if text_width(named[:n]) <= room - 7)
    return f"{kept.rstrip()}… {number}"


def color(column: int, node: str) -> str:
    if node in LACKS:
        return palette.SECOND
    return {FROM: palette.REST, THROUGH: palette.FOURTH, TO: palette.FIRST}[column]
