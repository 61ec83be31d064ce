"""Needs and commitments brought together: suggestions with reasons, matches that both accept.

The score is RULES D2's, our proposal: same kind and unit, a place in common, how much of the need
the offer could meet, and how much of the need's time it covers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from math import lcm
from typing import Literal

from commonhaven.commitments.assignment import assign
from commonhaven.commitments.model import Commitment
from commonhaven.commitments.needs import Need
from commonhaven.commitments.quantity import Quantity, nothing, total
from commonhaven.commitments.value import Book
from commonhaven.reading import Problem, decimal_text
from commonhaven.saying import Number, parties, say

Status = Literal["proposed", "agreed", "declined", "ended"]
NONE = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAct:
    """One step of a match; ``match`` is its id, given by the act that proposes it."""

    match: str
    kind: Literal["proposed", "accepted", "declined", "ended"]
    at: datetime
    by: str
    commitment: str = ""
    need: str = ""
    quantity: Fraction | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """So much of a commitment for a need: agreed once a giver and who states the need accept.

    ``covers``: what of it the commitment still stands for, where some was withdrawn since.
    """

    id: str
    commitment: str
    need: str
    quantity: Quantity
    covers: Quantity
    status: Status
    accepted_by: tuple[str, ...]
    agreed_at: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A match that would fit, how well, and why."""

    commitment: str
    need: str
    quantity: Quantity
    score: Fraction
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """All matches, what is left on both sides, and what was refused."""

    matches: tuple[Match, ...]
    unmet: Mapping[str, Quantity]
    uncalled: Mapping[str, Quantity]
    refused: tuple[tuple[MatchAct, str], ...]


def matched(needs: Iterable[Need], book: Book, acts: Iterable[MatchAct], now: datetime) -> Matched:
    """Where the matches stand at ``now``, and the gap that remains, need by need.

    A match is agreed when a giver of the commitment and the party that states the need have both
    accepted; proposing is accepting. It is refused where all matches agreed would give more than
    the need is for, or more than was promised. What is withdrawn of a commitment afterwards is
    missing first from what was agreed last.
    """
    stated = {need.id: need for need in needs}
    gives = {one.id: one for one in book.commitments}
    left = {name: need.amount for name, need in stated.items()}
    offered = {name: one.quantity for name, one in gives.items()}
    found: dict[str, Match] = {}
    refused: list[tuple[MatchAct, str]] = []
    for act in sorted(acts, key=lambda act: act.at):
        if act.at > now:
            break
        before = found.get(act.match)
        try:
            one = _follow(act, before, stated, gives)
            if one.status == "agreed" and (before is None or before.status != "agreed"):
                _fits(one, left[one.need], offered[one.commitment])
                left[one.need] -= one.quantity
                offered[one.commitment] -= one.quantity
            elif one.status == "ended" and before is not None and before.status == "agreed":
                left[one.need] += one.quantity
                offered[one.commitment] += one.quantity
            found[act.match] = one
        except Problem as problem:
            refused.append((act, f"{problem}"))
    return _covered(tuple(found.values()), stated, book, tuple(refused))


def _covered(
    matches: tuple[Match, ...],
    needs: Mapping[str, Need],
    book: Book,
    refused: tuple[tuple[MatchAct, str], ...],
) -> Matched:
    """What still stands of each commitment goes to its agreed matches, the earliest first."""
    free = {one.id: _stands(book, one.id) for one in book.commitments}
    unmet = {name: need.amount for name, need in needs.items()}
    covered: dict[str, Quantity] = {}
    for one in sorted(matches, key=lambda one: one.agreed_at or datetime.max.replace(tzinfo=UTC)):
        if one.status == "agreed":
            covers = covered[one.id] = min(one.quantity, free[one.commitment])
            free[one.commitment] -= covers
            unmet[one.need] -= covers
    found = [replace(one, covers=covered.get(one.id, one.covers)) for one in matches]
    return Matched(matches=tuple(found), unmet=unmet, uncalled=free, refused=refused)


def _stands(book: Book, name: str) -> Quantity:
    """What of a commitment still stands, of all givers."""
    promises = book.of(name)
    return total((one.announced for one in promises), promises[0].announced.unit)


def _follow(
    act: MatchAct, one: Match | None, needs: Mapping[str, Need], gives: Mapping[str, Commitment]
) -> Match:
    """A match after one act."""
    where = f"match {act.match}"
    if act.kind == "proposed":
        if one is not None:
            raise Problem("it was proposed already", where=where, fix="Propose another.")
        return _proposed(act, needs, gives, where)
    if one is None:
        raise Problem("nobody proposed it", where=where, fix="Propose it first.")
    sides = {*gives[one.commitment].givers}, {needs[one.need].by}
    if act.by not in sides[0] | sides[1]:
        fix = "A giver of the commitment and who states the need accept, decline and end it."
        raise Problem(f"{act.by} is on neither side", where=where, fix=fix)
    if one.status in {"declined", "ended"}:
        raise Problem(f"it is {one.status}", where=where, fix="Propose it anew.")
    if act.kind == "accepted":
        by = tuple(dict.fromkeys((*one.accepted_by, act.by)))
        both = all(side & {*by} for side in sides)
        return (
            _agreed(replace(one, accepted_by=by), act.at) if both else replace(one, accepted_by=by)
        )
    if act.kind == "declined" and one.status == "agreed":
        raise Problem("it is agreed", where=where, fix="End it, with the reason.")
    return replace(one, status="declined" if act.kind == "declined" else "ended")


def _agreed(one: Match, at: datetime) -> Match:
    return replace(one, status="agreed", agreed_at=one.agreed_at or at)


def _proposed(
    act: MatchAct, needs: Mapping[str, Need], gives: Mapping[str, Commitment], where: str
) -> Match:
    if act.commitment not in gives or act.need not in needs:
        said = "it names no commitment or no need of the book"
        raise Problem(said, where=where, fix="Name one of each.")
    commitment, need = gives[act.commitment], needs[act.need]
    if commitment.unit != need.unit:
        said = f"{commitment.unit} do not meet a need for {need.unit}"
        raise Problem(said, where=where, fix="Match what is counted alike.")
    if act.quantity is None or act.quantity <= 0:
        raise Problem("it does not say how much", where=where, fix="Give a number above 0.")
    sides = ({*commitment.givers}, {need.by})
    accepted = (act.by,) if any(act.by in side for side in sides) else ()
    one = Match(
        id=act.match, commitment=commitment.id, need=need.id,
        quantity=Quantity(value=act.quantity, unit=need.unit), covers=nothing(need.unit),
        accepted_by=accepted, status="proposed", why=act.says,
    )  # fmt: skip
    return _agreed(one, act.at) if all(act.by in side for side in sides) else one


def _fits(one: Match, left: Quantity, offered: Quantity) -> None:
    where = f"match {one.id}"
    if left < one.quantity:
        raise Problem(f"only {left} of the need are open", where=where, fix="Match at most that.")
    if offered < one.quantity:
        said = f"only {offered} of the commitment are free"
        raise Problem(said, where=where, fix="Match at most that.")


def suggestions(needs: Iterable[Need], book: Book, state: Matched) -> tuple[Suggestion, ...]:
    """How what is free would best meet what is open, all at once, the best matches first.

    Kind by kind and unit by unit the most is matched that can be, and among all ways to do so one
    with the greatest sum of score × quantity, exactly. Equal ways: by the order of entry.
    """
    open_ = [need for need in needs if state.unmet[need.id]]
    free = [one for one in book.commitments if state.uncalled[one.id]]
    found: list[Suggestion] = []
    for kind, unit in dict.fromkeys((need.kind, need.unit) for need in open_):
        found += _best(
            [need for need in open_ if (need.kind, need.unit) == (kind, unit)],
            [one for one in free if (one.kind, one.unit) == (kind, unit)],
            state,
        )
    return tuple(sorted(found, key=lambda one: (-one.score, one.need, one.commitment)))


def _best(needs: list[Need], gives: list[Commitment], state: Matched) -> Iterator[Suggestion]:
    scores = {
        (one.id, need.id): got
        for one in gives
        for need in needs
        if (got := score(need, one, state.unmet[need.id], state.uncalled[one.id]))
    }
    if not scores:
        return
    small = nothing(needs[0].unit).smallest
    scale = lcm(*(value.denominator for value in scores.values()))
    taken = assign(
        {one.id: int(state.uncalled[one.id].value * small) for one in gives},
        {need.id: int(state.unmet[need.id].value * small) for need in needs},
        {pair: int(value * scale) for pair, value in scores.items()},
    )
    by_id, offers = {need.id: need for need in needs}, {one.id: one for one in gives}
    for (offer, name), units in taken.items():
        need = by_id[name]
        yield Suggestion(
            commitment=offer, need=name, score=scores[offer, name],
            quantity=Quantity(value=Fraction(units, small), unit=need.unit),
            why=tuple(reasons(need, offers[offer], state.unmet[name], state.uncalled[offer])),
        )  # fmt: skip


def score(need: Need, one: Commitment, open_: Quantity, free: Quantity) -> Fraction:
    """How well a commitment fits a need, from 0 to 1: RULES D2, our proposal."""
    if (need.kind, need.unit) != (one.kind, one.unit) or not open_ or not free:
        return NONE
    if need.places and one.places and not {*need.places} & {*one.places}:
        return NONE
    if need.by in one.givers:
        return NONE
    return min(Fraction(1), free.value / open_.value) * overlap(need, one)


def overlap(need: Need, one: Commitment) -> Fraction:
    """The part of the need's days that the commitment's cover; days not stated limit nothing."""
    if need.starts is None or need.ends is None:
        return Fraction(1) if _meets(need, one) else NONE
    begin = max(need.starts, one.starts or date.min)
    end = min(need.ends, one.ends or date.max)
    days = (end - begin).days + 1
    return Fraction(max(0, days), (need.ends - need.starts).days + 1)


def _meets(need: Need, one: Commitment) -> bool:
    late = need.ends and one.starts and one.starts > need.ends
    early = need.starts and one.ends and one.ends < need.starts
    return not (late or early)


def reasons(need: Need, one: Commitment, open_: Quantity, free: Quantity) -> Iterator[str]:
    """Why they fit, in sentences."""
    shared = [code for code in need.places if code in one.places]
    yield (
        say("Both are for {places}.", places=parties(shared)) if shared
        else say("The promise names no place, or the need none.")
    )  # fmt: skip
    yield say(
        "{free} are free of it, {needed} are still needed.",
        free=Number(free.value, grouped=True), needed=Number(open_.value, grouped=True),
    )  # fmt: skip
    if need.starts and need.ends:
        part = decimal_text(overlap(need, one) * 100, 0)
        yield say("It covers {part} % of the days on which it is needed.", part=part)
