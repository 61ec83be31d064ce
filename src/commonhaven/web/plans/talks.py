"""A round of the talks as plain values: each state's part, what changed and why."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from commonhaven.charter import Charter
from commonhaven.parties.figures import reference
from commonhaven.reading import canonical
from commonhaven.regime import Move, Plan, Round, Settlement, WithFacts, rounds, settle
from commonhaven.regime.moves import Kind
from commonhaven.regime.offer_words import Told, sentence
from commonhaven.situations import Situation
from commonhaven.web.plans.models import Plan as Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One state's part in a plan: people, money a year (below zero: received), permanent places."""

    state: str
    people: int
    pays: Decimal
    permanent_places: int
    people_change: int = 0
    pays_change: Decimal = Decimal(0)
    people_from_start: int = 0
    pays_from_start: Decimal = Decimal(0)
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What a plan's row keeps of the round that made it."""

    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    in_force: tuple[str, ...]
    to_fund: Decimal
    gap: Decimal

    def part(self, state: str) -> Part | None:
        return next((part for part in self.parts if part.state == state), None)


def source() -> WithFacts:
    """The figures from which the platform computes: those that ship."""
    return WithFacts(reference())


def next_round(
    charter: Charter, situation: Situation, moves: tuple[Move, ...], first: Plan
) -> Round:
    """The talks after all moves; the first plan's own day counts."""
    return rounds(charter, situation, source(), moves, on=first.inputs.asked_for)[-1]


def first_text(plan: Plan) -> str:
    """The text of a plan without moves."""
    settlement = settle(plan, ())
    parts = [
        {"state": part.state, "people": part.placed, "pays": str(pays(settlement, part.state)),
         "permanent_places": part.residual_places}
        for part in plan.result.states
    ]  # fmt: skip
    return canonical({"parts": parts, "notes": [], "in_force": [], **rest(settlement)})


def round_text(made: Round) -> str:
    """The text of a round."""
    parts = [
        {
            "state": each.state, "people": each.people, "pays": str(each.pays),
            "permanent_places": each.permanent_places, "people_change": each.people_change,
            "pays_change": str(each.pays_change), "people_from_start": each.people_from_start,
            "pays_from_start": str(each.pays_from_start), "sentence": each.sentence,
        }
        for each in made.states
    ]  # fmt: skip
    held = {"parts": parts, "notes": list(made.notes), "in_force": list(made.in_force)}
    return canonical(held | rest(made.settlement))


def rest(settlement: Settlement) -> dict[str, str]:
    return {"to_fund": str(settlement.to_fund), "gap": str(settlement.gap)}


def pays(settlement: Settlement, state: str) -> Decimal:
    found = settlement.states.get(state)
    return found.pays if found else Decimal(0)


def talk_of(row: Row) -> Talk:
    """The round that a row keeps, without reading its plan."""
    held = json.loads(row.talks)
    parts = [part_from(each) for each in held["parts"]]
    moves = moves_of(row) if any(part.sentence for part in parts) else ()
    return Talk(
        parts=tuple(retold(part, moves, row.currency) for part in parts),
        notes=tuple(held["notes"]),
        in_force=tuple(held["in_force"]),
        to_fund=Decimal(held["to_fund"]),
        gap=Decimal(held["gap"]),
    )


def part_from(held: dict[str, Any]) -> Part:
    """One state's part from plain values."""
    money = ("pays", "pays_change", "pays_from_start")
    return Part(**held | {name: Decimal(held[name]) for name in money if name in held})


def retold(part: Part, moves: Sequence[Move], currency: str) -> Part:
    """The part with its sentence made again from its numbers, so that it can be translated.

    What was kept stands: a sentence that does not come out the same is left as it is.
    """
    if not part.sentence:
        return part
    last = moves[-1] if moves else None
    back = last.withdraws if last is not None and last.kind == "withdraw" else ""
    told = Told(
        state=part.state, currency=currency, people=part.people, pays=part.pays,
        people_before=part.people - part.people_change, pays_before=part.pays - part.pays_change,
    )  # fmt: skip
    made = sentence(told, last, next((move for move in moves if move.id == back), None))
    return replace(part, sentence=made) if made == part.sentence else part


def moves_of(row: Row) -> tuple[Move, ...]:
    """All moves of the talks so far, in order."""
    return tuple(move_from(held) for held in json.loads(row.moves))


def move_from(held: Mapping[str, Any]) -> Move:
    return Move(
        id=held["id"], state=held["state"], kind=cast("Kind", held["kind"]),
        people=held["people"], money=Fraction(held["money"]), withdraws=held["withdraws"],
        decision=held["decision"], reason=held["reason"],
    )  # fmt: skip


def moves_text(moves: tuple[Move, ...]) -> str:
    """Moves as canonical JSON."""
    return canonical(
        [
            {"id": m.id, "state": m.state, "kind": m.kind, "people": m.people,
             "money": str(m.money), "withdraws": m.withdraws, "decision": m.decision,
             "reason": m.reason}
            for m in moves
        ]
    )  # fmt: skip


def settlement_of(row: Row, plan: Plan) -> Settlement:
    """Who pays what under the moves in force."""
    in_force = set(talk_of(row).in_force)
    return settle(plan, [move for move in moves_of(row) if move.id in in_force])
