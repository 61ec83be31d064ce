"""The record of a placement by Hathaway and Neve: its audit for every state, and its notes."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from commonhaven.allocation.criteria.bands import (
    CRITERIA,
    Class,
    edge_distance,
    highest,
    separated_by,
    widths,
)
from commonhaven.allocation.criteria.rows import Split
from commonhaven.allocation.flow.network import gains
from commonhaven.allocation.flow.stage import Stage, order_notes
from commonhaven.allocation.question import Cohort, Question, Scores
from commonhaven.allocation.rule import Settings
from commonhaven.reading import decimal_text
from commonhaven.saying import Number, Party, Said, parties, say
from commonhaven.working import Line

CITE = "Hathaway and Neve 1997, 204-05"
START = "hathaway-neve"
GAINS = ("placed", "with special needs in the outer core", "in the region", *CRITERIA)


def working(  # noqa: PLR0917 - everything that was decided
    question: Question,
    scores: Mapping[str, Mapping[str, Scores]],
    classes: Mapping[str, Mapping[str, Class]],
    settings: Settings,
    found: Mapping[str, Split],
    made: Stage,
) -> tuple[Line, ...]:
    """The class of every state for every cohort, why, and what followed from it."""
    width = widths(settings)
    unmoved = {cohort.id: cohort.scores for cohort in question.cohorts}
    lines: list[Line] = []
    for cohort in sorted(classes):
        moved = scores[cohort] != unmoved[cohort]
        lines += _class_lines(cohort, scores[cohort], classes[cohort], width, moved=moved)
        lines += _people_lines(cohort, found[cohort], made)
    for told in made.told:
        lines += told.lines
    lines += _state_lines(question, made)
    return tuple(lines)


def _class_lines(
    cohort: str,
    scores: Mapping[str, Scores],
    classes: Mapping[str, Class],
    width: Mapping[str, Fraction],
    *,
    moved: bool,
) -> Iterator[Line]:
    """``moved``: whether wishes moved the scores."""
    ordered = sorted(set(classes.values()), reverse=True)
    following = dict(pairwise(ordered))
    parameters = ("band_width", "security_band_width", *(("wish_weight",) if moved else ()))
    for state, found in classes.items():
        start = f"{START}.{cohort}.{state}"
        yield Line(
            id=f"{start}.class",
            value="-".join(str(number) for number in found),
            what=say(
                "Class of {state} for {cohort}: bands of security, functional, cultural and "
                "proximity scores",
                state=Party(state),
                cohort=cohort,
            ),
            formula=_formula(width, moved=moved),
            cite=CITE,
            uses=(
                *(f"score.{cohort}.{state}.{name}" for name in CRITERIA),
                *(f"parameter:{START}/{name}" for name in parameters),
            ),
        )
        yield from _edge(start, state, cohort, scores[state], width)
        if found in following:
            yield Line(
                id=f"{start}.separated-by",
                value=separated_by(found, following[found]),
                what=say(
                    "Criterion that puts {state} before the next class for {cohort}",
                    state=Party(state),
                    cohort=cohort,
                ),
                uses=(f"{start}.class",),
            )


def _formula(width: Mapping[str, Fraction], *, moved: bool) -> str:
    """How a class follows from scores, with the widths that were used."""
    bands = "; ".join(
        f"{name} min(floor(score / {decimal_text(width[name])}), {highest(width[name])})"
        for name in CRITERIA
    )
    wishes = "(1 - wish_weight) × score + wish_weight × wish / greatest wish"
    return f"{bands}; with functional, cultural and proximity scores {wishes}" if moved else bands


def _edge(
    start: str, state: str, cohort: str, scores: Scores, width: Mapping[str, Fraction]
) -> Iterator[Line]:
    """How near a score is to the edge of its band; a criterion with a single band has no edge."""
    edges = {
        name: edge_distance(getattr(scores, name), width[name])
        for name in CRITERIA
        if highest(width[name])
    }
    if edges:
        nearest = min(edges, key=lambda name: (edges[name], CRITERIA.index(name)))
        yield Line(
            id=f"{start}.edge",
            value=edges[nearest],
            what=say(
                "Least distance of a score of {state} for {cohort} to a band edge: {criterion}",
                state=Party(state),
                cohort=cohort,
                criterion=Said(nearest),
            ),
            uses=(f"{start}.class",),
        )


def _people_lines(cohort: str, found: Split, made: Stage) -> Iterator[Line]:
    for state, number in found.special.items():
        yield Line(
            id=f"{START}.{cohort}.{state}.special-needs",
            value=number,
            what=say("People with special needs, placed in the outer core before classes count"),
            unit="people",
            formula="the target made whole; as few people as possible move",
            cite=CITE,
            uses=(*_key_uses(made, state), f"{START}.{state}.target"),
        )
    for state, number in found.by_class.items():
        yield Line(
            id=f"{START}.{cohort}.{state}.people",
            value=number,
            what=say("People placed by class, and by the key among similarly positioned states"),
            unit="people",
            formula="the target made whole; as few people as possible move",
            cite=CITE,
            uses=(
                f"{START}.{cohort}.{state}.class",
                *_key_uses(made, state),
                f"{START}.{state}.target",
            ),
        )


def _key_uses(part: Stage, state: str) -> tuple[str, ...]:
    return tuple(told.line(state) for told in part.told if state in told.shares)


def _state_lines(question: Question, made: Stage) -> Iterator[Line]:
    prices = gains(made.transport, _numbered(made))
    capacity = {host.state: host.capacity for host in question.hosts}
    for column, state in enumerate(sorted(capacity)):
        received = made.received(state)
        yield Line(
            id=f"{START}.{state}.target",
            value=made.targets[state],
            what="Exact number of people before rounding, special needs included",
            unit="people",
            formula="people of the best classes up to capacities, divided among similarly "
            "positioned states by the key",
            cite=CITE,
            uses=_key_uses(made, state),
        )
        if received and received == capacity[state]:
            yield Line(
                id=f"{START}.{state}.full",
                value=received,
                what="Full: its capacity bound" + _gain(prices, column),
                unit="people",
                uses=(f"{START}.{state}.target",),
            )


def _gain(prices: Mapping[int, tuple[int, ...]], column: int) -> str:
    """What one more place would bring, in words; nothing where it brings nothing.

    One more person with special needs in the outer core has no class there, so bands are then not
    compared.
    """
    if column not in prices:
        return ""
    values = prices[column][:2] if prices[column][1] else prices[column]
    parts = [f"{n:+d} {name}" for name, n in zip(GAINS, values, strict=False) if n]
    return f". One more place would bring, in bands summed over people: {', '.join(parts)}"


def _numbered(part: Stage) -> tuple[dict[int, int], ...]:
    states = {s: at for at, s in enumerate(sorted(part.targets))}
    last = len(states)
    return tuple(
        {states[s]: n for s, n in part.people[g].items()}
        | ({last: part.unplaced[g]} if part.unplaced[g] else {})
        for g in sorted(part.people)
    )


def notes(
    question: Question,
    gates: Mapping[str, tuple[str, ...]],
    found: Mapping[str, Split],
    made: Stage,
    *,
    region_first: bool,
) -> tuple[str, ...]:
    """Sentences for the record: where the rule had to fall back, and what the meeting must see."""
    tiers = {host.state: host.tier for host in question.hosts}
    said: list[str] = []
    for cohort in sorted(question.cohorts, key=lambda cohort: cohort.id):
        open_, part = {tiers[state] for state in gates[cohort.id]}, found[cohort.id]
        if region_first and open_ and "inner core" not in open_:
            said.append(
                say(
                    "No state of the inner core is eligible for {cohort}: members outside the "
                    "region receive it on the same footing.",
                    cohort=cohort.id,
                )
            )
        said += _special_note(cohort, gates[cohort.id], found, question)
        if part.unplaced:
            said.append(
                say(
                    "{people} people of {cohort} are not placed: the eligible states have no room "
                    "for them, and the group must meet.",
                    people=Number(part.unplaced, grouped=True),
                    cohort=cohort.id,
                )
            )
    said += order_notes(made, question)
    limited = sorted(host.state for host in question.hosts if host.at_least or host.deduction)
    if limited:
        said.append(
            say(
                "Floors and deductions of {states} belong to keys; this rule does not use them.",
                states=parties(limited),
            )
        )
    return tuple(said)


def _special_note(
    cohort: Cohort, states: Sequence[str], found: Mapping[str, Split], question: Question
) -> list[str]:
    """Who of a cohort's special needs is not in the outer core, and why; ``states``: open to it."""
    number = cohort.special_needs - sum(found[cohort.id].special.values())
    if not number:
        return []
    outer = {h.state: h.capacity for h in question.hosts if h.tier == "outer core"}
    held = {s: sum(part.special.get(s, 0) for part in found.values()) for s in outer}
    open_ = [state for state in states if state in outer]
    who = say(
        "{people} people of {cohort} with special needs",
        people=Number(number, grouped=True), cohort=cohort.id,
    )  # fmt: skip
    if not open_:
        return [
            say(
                "The outer core has no eligible state for {who}: they count with the others.",
                who=who,
            )
        ]
    if all(held[state] == outer[state] for state in open_):
        return [say("The outer core has no room for {who}: they count with the others.", who=who)]
    return [
        say(
            "{who} are not in the outer core: no more fit there without leaving somebody else "
            "without a place, or others with special needs giving way. They count with the others.",
            who=who,
        )
    ]
