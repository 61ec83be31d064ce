"""The record of a placement by Hathaway and Neve: its audit for every state, and its notes."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from commonhaven.allocation.criteria.bands import (
    CRITERIA,
    Class,
    edge_distance,
    separated_by,
    widths,
)
from commonhaven.allocation.flow.network import gains
from commonhaven.allocation.flow.stage import Stage
from commonhaven.allocation.question import Question, Scores
from commonhaven.allocation.rule import Settings
from commonhaven.working import Line

CITE = "Hathaway and Neve 1997, 204-05"
START = "hathaway-neve"
GAINS = ("placed", "in the region", *CRITERIA)


def working(  # noqa: PLR0917 - everything that was decided
    question: Question,
    scores: Mapping[str, Mapping[str, Scores]],
    classes: Mapping[str, Mapping[str, Class]],
    settings: Settings,
    special: Stage,
    general: Stage,
) -> tuple[Line, ...]:
    """The class of every state for every cohort, why, and what followed from it."""
    width = widths(settings)
    lines: list[Line] = []
    for cohort in sorted(classes):
        lines += _class_lines(cohort, scores[cohort], classes[cohort], width)
        lines += _people_lines(cohort, special, general)
    for part in (special, general):
        for told in part.told:
            lines += told.lines
    lines += _state_lines(question, special, general)
    return tuple(lines)


def _class_lines(
    cohort: str,
    scores: Mapping[str, Scores],
    classes: Mapping[str, Class],
    width: Mapping[str, Fraction],
) -> Iterator[Line]:
    ordered = sorted(set(classes.values()), reverse=True)
    following = dict(pairwise(ordered))
    for state, found in classes.items():
        start = f"{START}.{cohort}.{state}"
        yield Line(
            id=f"{start}.class",
            value="-".join(str(number) for number in found),
            what=f"Class of {state} for {cohort}: bands of security, functional, cultural and "
            "proximity scores",
            formula="floor(score / band_width), scores two to four moved towards wishes",
            cite=CITE,
            uses=(
                *(f"score.{cohort}.{state}.{name}" for name in CRITERIA),
                "parameter:hathaway-neve/band_width",
                "parameter:hathaway-neve/security_band_width",
                "parameter:hathaway-neve/wish_weight",
            ),
        )
        edges = {
            name: edge_distance(getattr(scores[state], name), width[name]) for name in CRITERIA
        }
        nearest = min(edges, key=lambda name: (edges[name], CRITERIA.index(name)))
        yield Line(
            id=f"{start}.edge",
            value=edges[nearest],
            what=f"Least distance of a score of {state} for {cohort} to a band edge: {nearest}",
            uses=(f"{start}.class",),
        )
        if found in following:
            yield Line(
                id=f"{start}.separated-by",
                value=separated_by(found, following[found]),
                what=f"Criterion that puts {state} before the next class for {cohort}",
                uses=(f"{start}.class",),
            )


def _people_lines(cohort: str, special: Stage, general: Stage) -> Iterator[Line]:
    for state, number in special.people[cohort].items():
        yield Line(
            id=f"{START}.{cohort}.{state}.special-needs",
            value=number,
            what="People with special needs, placed in the outer core before anyone else",
            unit="people",
            cite=CITE,
            uses=_key_uses(special, state),
        )
    for state, number in general.people[cohort].items():
        yield Line(
            id=f"{START}.{cohort}.{state}.people",
            value=number,
            what="People placed by class, and by the key among similarly positioned states",
            unit="people",
            cite=CITE,
            uses=(
                f"{START}.{cohort}.{state}.class",
                *_key_uses(general, state),
                f"{START}.{state}.target",
            ),
        )


def _key_uses(part: Stage, state: str) -> tuple[str, ...]:
    return tuple(told.line(state) for told in part.told if state in told.shares)


def _state_lines(question: Question, special: Stage, general: Stage) -> Iterator[Line]:
    prices = gains(general.transport, _numbered(general))
    capacity = {host.state: host.capacity for host in question.hosts}
    for column, state in enumerate(sorted(capacity)):
        target = special.targets[state] + general.targets[state]
        received = special.received(state) + general.received(state)
        yield Line(
            id=f"{START}.{state}.target",
            value=target,
            what="Exact number of people before rounding, special needs included",
            unit="people",
            uses=(*_key_uses(special, state), *_key_uses(general, state)),
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
    """What one more place would bring, in words; nothing where it brings nothing."""
    if column not in prices:
        return ""
    parts = [
        f"{number:+d} {name}" for name, number in zip(GAINS, prices[column], strict=True) if number
    ]
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
    special: Stage,
    general: Stage,
    *,
    region_first: bool,
) -> tuple[str, ...]:
    """Sentences for the record: where the rule had to fall back, and what the meeting must see."""
    tiers = {host.state: host.tier for host in question.hosts}
    found: list[str] = []
    for cohort in sorted(question.cohorts, key=lambda cohort: cohort.id):
        open_ = {tiers[state] for state in gates[cohort.id]}
        if region_first and open_ and "inner core" not in open_:
            found.append(
                f"No state of the inner core is eligible for {cohort.id}: members outside the "
                "region receive it on the same footing."
            )
        found += _special_note(cohort.id, special.unplaced[cohort.id], "outer core" in open_)
        if general.unplaced[cohort.id]:
            found.append(
                f"{general.unplaced[cohort.id]:,} people of {cohort.id} are not placed: the "
                "eligible states have no room for them, and the group must meet."
            )
    for part in (special, general):
        found += _order_notes(part)
    limited = sorted(host.state for host in question.hosts if host.at_least or host.deduction)
    if limited:
        found.append(
            f"Floors and deductions of {', '.join(limited)} belong to keys; this rule does not "
            "use them."
        )
    return tuple(found)


def _special_note(cohort: str, number: int, outer: bool) -> list[str]:  # noqa: FBT001 - private
    if not number:
        return []
    why = "has no room for" if outer else "has no eligible state for"
    return [
        f"The outer core {why} {number:,} people of {cohort} with special needs: they are placed "
        "with the others."
    ]


def _order_notes(part: Stage) -> list[str]:
    found = [
        f"{', '.join(cohorts)} could change places between {', '.join(states)} without loss on any "
        "criterion; the declared order of cohorts and states settled who goes where."
        for cohorts, states in part.shared
    ]
    if part.bent:
        found.append(
            f"The rounded numbers of {', '.join(part.bent)} could not all be met; people went to "
            "the nearest numbers that could, in the declared order of states."
        )
    return found
