"""Maps of a plan: who protects whom, who pays and who receives."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from commonhaven.figures.blank import blank
from commonhaven.figures.canvas import Land, canvas, visible
from commonhaven.figures.numbers import count, decimal, millions, signed
from commonhaven.figures.picture import Picture
from commonhaven.figures.placing import LARGEST, Entry, Mark
from commonhaven.figures.projection import Frame, around, world
from commonhaven.figures.reproduce import Names, Way, of_plan
from commonhaven.figures.shapes import places
from commonhaven.figures.words import disclaimer, listed, say
from commonhaven.parties import name as name_of
from commonhaven.parties import short_name
from commonhaven.regime import Plan, StatePart

View = Literal["auto", "region", "world"]
LEADING = 3
UNBROKEN = "\N{NO-BREAK SPACE}"
BEYOND = 5
COUNTED_WITH = {"SRB": ("XKX",)}
"""Whose people UNHCR's figures hold under another code; docs/explanation/naming-policy.md."""
MOST_BEYOND = Fraction(1, 4)
"""Part of the placed people beyond a map of the region from which the whole world is shown."""


def hosts_map(
    plan: Plan, *, language: str = "en", names: Names | None = None, view: View = "auto"
) -> Picture:
    """Circles for the people whom each state protects, rings for those who are there now.

    ``names``: by which the charter and situation are called again. ``view``: the region of the
    group, the world, or what shows more.
    """
    parts = sorted(plan.result.states, key=lambda p: (-p.placed, -p.present, p.state))
    frame = hosts_frame(plan, view)
    situation = plan.inputs.situation.called(language)
    return Picture(
        id="hosts",
        title=say("hosts-title", language, situation=situation),
        spec=hosts_spec(plan, parts, frame, language),
        alternative=hosts_alternative(plan, parts, language),
        columns=tuple(
            say(key, language) for key in ("state", "there-now", "protects", "no-place", "per-1000")
        ),
        rows=tuple(hosts_row(part, language) for part in parts),
        reproduce=of_plan(Way(kind="hosts", function="hosts_map"), plan, names, language),
        note=" ".join((*outside(plan, language), disclaimer(language))),
    )


def outside(plan: Plan, language: str) -> list[str]:
    """A sentence on those who fled and are not in question, where there are some."""
    people = sum(plan.result.outside.values())
    return [say("outside-note", language, n=count(people, language))] if people else []


def hosts_row(part: StatePart, language: str) -> tuple[str, ...]:
    rate = "" if part.per_1000 is None else decimal(part.per_1000, language, 1)
    numbers = (count(n, language) for n in (part.present, part.placed, part.unplaced))
    return (name_of(part.state, language), *numbers, rate)


def leading(amounts: Mapping[str, str], language: str) -> str:
    """The first few states with their numbers."""
    first = [f"{name_of(state, language)} {said}" for state, said in amounts.items()][:LEADING]
    return listed(first, language)


def hosts_alternative(plan: Plan, parts: Sequence[StatePart], language: str) -> str:
    if not any(part.placed or part.present for part in parts):
        return say("nobody", language)
    return say(
        "hosts-alt",
        language,
        placed=count(plan.result.placed, language),
        unplaced=count(plan.result.unplaced, language),
        list=leading({p.state: count(p.placed, language) for p in parts if p.placed}, language),
    )


def hosts_frame(plan: Plan, view: View) -> Frame:
    """The region: the inner core, the country fled from and wherever people are now."""
    if view == "world":
        return world()
    near = {plan.inputs.situation.origin} | {
        part.state for part in plan.result.states if part.tier == "inner core" or part.present
    }
    frame = around(places()[state].box for state in sorted(near) if state in places())
    beyond = sum(p.placed for p in plan.result.states if not visible(frame, p.state))
    if view == "auto" and beyond > plan.result.placed * MOST_BEYOND:
        return world()
    return frame


def hosts_spec(
    plan: Plan, parts: Sequence[StatePart], frame: Frame, language: str
) -> dict[str, Any]:
    if not any(part.placed or part.present for part in parts):
        return blank(say("nobody", language))
    most = max(max(part.placed, part.present) for part in parts)
    amounts = {
        "present": {part.state: part.present for part in parts},
        "placed": {part.state: part.placed for part in parts},
        "unplaced": {part.state: part.unplaced for part in parts},
    }
    symbols = {kind: marks(frame, values, most) for kind, values in amounts.items()}
    texts = {
        p.state: (label_name(p.state, language), count(p.placed, language))
        for p in parts
        if p.placed or p.present * 100 > most
    }
    largest = {p.state: max(p.placed, p.present) for p in parts}
    away = {p.state: count(p.placed, language) for p in parts
            if p.placed and not visible(frame, p.state)}  # fmt: skip
    entries = [
        Entry(kind="placed", text=say("protects", language)),
        Entry(kind="present", text=say("there-now", language)),
        *([Entry(kind="unplaced", text=say("no-place", language))] if symbols["unplaced"] else []),
        *ground_entries(language),
        *beyond(away, language),
    ]
    return canvas(
        land_of(plan, frame),
        {kind: found for kind, found in symbols.items() if found},
        marks(frame, largest, most, texts),
        entries,
    )


def marks(
    frame: Frame,
    amounts: Mapping[str, int | Fraction],
    most: int | Fraction,
    texts: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Mark]:
    """A mark for every amount above zero in the frame, the largest first."""
    found = []
    for state, amount in sorted(amounts.items(), key=lambda item: (-item[1], item[0])):
        if amount <= 0 or not visible(frame, state):
            continue
        x, y = frame.place(places()[state].longitude, places()[state].latitude)
        text = (texts or {}).get(state, ())
        size = round(float(Fraction(amount) / Fraction(most)), 6)
        found.append(Mark(code=state, x=x, y=y, size=size, text=text, largest=LARGEST[frame.world]))
    return found


def label_name(state: str, language: str) -> str:
    return short_name(state) if language == "en" else name_of(state, language)


def land_of(plan: Plan, frame: Frame) -> Land:
    return Land(
        frame=frame,
        members=frozenset(part.state for part in plan.result.states),
        fled=origins(plan),
    )


def origins(plan: Plan) -> frozenset[str]:
    """Every country fled from: the situation's, and those of cohorts of another origin."""
    situation = plan.inputs.situation
    found = {situation.origin, *(cohort.origin for cohort in situation.cohorts if cohort.origin)}
    return frozenset(found | {part for code in found for part in COUNTED_WITH.get(code, ())})


def ground_entries(language: str) -> Iterable[Entry]:
    yield Entry(kind="member", text=say("member", language))
    yield Entry(kind="fled", text=say("fled", language))
    yield Entry(kind="unsettled", text=say("unsettled", language))


def beyond(amounts: Mapping[str, str], language: str) -> list[Entry]:
    """A line that names whom the map of the region does not show."""
    if not amounts:
        return []
    shown = [f"{label_name(state, language)} {said}" for state, said in amounts.items()]
    rest = len(shown) - BEYOND
    if rest > 1:
        shown = [*shown[:BEYOND], say("more", language, n=rest)]
    whole = [part.replace(" ", UNBROKEN) for part in shown]
    text = say("beyond", language, list=listed(whole, language))
    return [Entry(kind="", text=text)]


def payers_map(
    plan: Plan, *, language: str = "en", names: Names | None = None, view: View = "world"
) -> Picture:
    """Circles for what states pay, squares for what they receive, after their cost of hosting."""
    result = plan.result
    parts = sorted(
        (part for part in result.states if part.money),
        key=lambda p: (-(p.money.net if p.money else 0), p.state),
    )
    situation = plan.inputs.situation.called(language)
    columns = ("hosting-cost", "assessed", "net")
    return Picture(
        id="payers",
        title=say("payers-title", language, situation=situation),
        spec=payers_spec(plan, hosts_frame(plan, view), language),
        alternative=payers_alternative(plan, language),
        columns=(
            say("state", language),
            *(say(key, language, currency=result.currency) for key in columns),
        ),
        rows=tuple(payers_row(part, language) for part in parts),
        reproduce=of_plan(Way(kind="payers", function="payers_map"), plan, names, language),
        note=disclaimer(language),
    )


def payers_row(part: StatePart, language: str) -> tuple[str, ...]:
    money = part.money
    if money is None:
        return (name_of(part.state, language), "", "", "")
    return (
        name_of(part.state, language),
        decimal(money.cost, language, 2),
        decimal(money.gross, language, 2),
        signed(money.net, language, 2),
    )


def nets(plan: Plan, sign: Literal[1, -1]) -> dict[str, Fraction]:
    """State → what it pays (1) or receives (-1), the most first; only those that do."""
    found = {
        part.state: Fraction(part.money.net) * sign for part in plan.result.states if part.money
    }
    return {
        state: amount
        for state, amount in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        if amount > 0
    }


def in_millions(amounts: Mapping[str, Fraction], language: str) -> dict[str, str]:
    return {state: millions(amount, language) for state, amount in amounts.items()}


def payers_alternative(plan: Plan, language: str) -> str:
    pays, receives = nets(plan, 1), nets(plan, -1)
    if not pays and not receives:
        return say("nobody-pays", language)
    return say(
        "payers-alt",
        language,
        currency=plan.result.currency,
        total=millions(Fraction(plan.result.total_cost), language),
        givers=leading(in_millions(pays, language), language),
        hosts=leading(in_millions(receives, language), language),
    )


def payers_spec(plan: Plan, frame: Frame, language: str) -> dict[str, Any]:
    pays, receives = nets(plan, 1), nets(plan, -1)
    if not pays and not receives:
        return blank(say("nobody-pays", language))
    both = {**pays, **receives}
    most = max(both.values())
    said = in_millions(pays, language) | {
        state: f"−{text}" for state, text in in_millions(receives, language).items()
    }
    texts = {state: (label_name(state, language), text) for state, text in said.items()}
    away = {state: text for state, text in said.items() if not visible(frame, state)}
    entries = [
        Entry(kind="pays", text=say("pays", language, currency=plan.result.currency)),
        Entry(kind="receives", text=say("receives", language)),
        *ground_entries(language),
        *beyond(away, language),
    ]
    symbols = {"pays": marks(frame, pays, most), "receives": marks(frame, receives, most)}
    named = marks(frame, both, most, texts)
    return canvas(land_of(plan, frame), {k: v for k, v in symbols.items() if v}, named, entries)
