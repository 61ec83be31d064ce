"""A plan under the moves in force: first opt-outs, then deductions, then offers of people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from commonhaven.allocation.registry import rule as rule_named
from commonhaven.charter import Charter, Limit
from commonhaven.regime.moves import Move
from commonhaven.regime.plan import Plan
from commonhaven.working import Line

CITE = "our proposal: docs/explanation/offers.md"
Compute = Callable[[Charter], Plan]
"""The plan of the situation under a charter with other limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderMoves:
    """The plan, the plans on the way to it, and what the moves became under the charter's rule.

    ``after_opt_outs`` gives the shares that deductions are taken off, ``after_deductions`` those
    that offers go beyond. No offer of money enters.
    """

    plan: Plan
    after_opt_outs: Plan
    after_deductions: Plan
    lines: tuple[Line, ...]


def under_moves(charter: Charter, compute: Compute, moves: Sequence[Move]) -> UnderMoves:
    """Compute the plan of a charter with the moves in force as limits of their states.

    A deduction comes off the share under the opt-outs; an offer goes beyond the share under
    opt-outs and deductions, so that no offer is eaten up by a share that rises meanwhile.
    """
    out = opted_out(charter, moves)
    first = compute(out)
    key = rule_named(charter.responsibility.rule).kind == "key"
    less, taken = deducted(out, first, by_state(moves, "deduction"), key=key)
    second = first if less == out else compute(less)
    more, beyond = offered(less, second, by_state(moves, "offer people"), key=key)
    third = second if more == less else compute(more)
    return UnderMoves(
        plan=third, after_opt_outs=first, after_deductions=second, lines=(*taken, *beyond)
    )


def by_state(moves: Sequence[Move], kind: str) -> dict[str, list[Move]]:
    found: dict[str, list[Move]] = {}
    for move in moves:
        if move.kind == kind:
            found.setdefault(move.state, []).append(move)
    return dict(sorted(found.items()))


def opted_out(charter: Charter, moves: Sequence[Move]) -> Charter:
    for state, made in by_state(moves, "opt out").items():
        charter = with_limit(
            charter, Limit(state=state, exempt=True, decision=f"opts out: {made[0].reason}")
        )
    return charter


def deducted(
    charter: Charter, plan: Plan, moves: Mapping[str, Sequence[Move]], *, key: bool
) -> tuple[Charter, tuple[Line, ...]]:
    """Deductions as the charter's own; under a placement rule, as places that are not there."""
    lines = []
    for state, made in moves.items():
        people = sum(move.people for move in made)
        before = limit_of(charter, state)
        words = "; ".join(dict.fromkeys(move.decision for move in made))
        held = placed(plan, state)
        if key:
            number = (before.deduction or 0) + people
            limit = replace(before, deduction=number, decision=joined(before, words))
            lines.append(line(f"{state}.deduction", number, "people", "Deducted from its number"))
        else:
            room = max(0, held - people)
            limit = replace(before, at_most=room, decision=joined(before, words))
            lines.append(
                line(
                    f"{state}.places-after-deduction", room, "people",
                    "Places left after the deduction; the rule passes the people on where it can",
                    "share under the opt-outs - deduction, not below 0",
                )
            )  # fmt: skip
        charter = with_limit(charter, limit)
    return charter, tuple(lines)


def offered(
    charter: Charter, plan: Plan, moves: Mapping[str, Sequence[Move]], *, key: bool
) -> tuple[Charter, tuple[Line, ...]]:
    """Offers of people as floors under a key; under a placement rule, as more places."""
    lines = []
    for state, made in moves.items():
        people = sum(move.people for move in made)
        before = limit_of(charter, state)
        words = joined(before, f"offers {people:,} people beyond its share")
        part = plan.state(state)
        capacity = part.capacity if part else None
        if key:
            number = floor_of(plan, state, people)
            most = None if capacity is None else max(capacity, number + (before.deduction or 0))
            limit = replace(
                before, at_least=number + (before.deduction or 0), at_most=most, decision=words
            )
            lines.append(
                line(f"{state}.floor", number, "people", "Least number by its offer",
                     "share under opt-outs and deductions + people offered")
            )  # fmt: skip
        else:
            number = (capacity or 0) + people
            limit = replace(before, at_most=number, decision=words)
            lines.append(
                line(f"{state}.places-with-offer", number, "people",
                     "Places with its offer; the rule decides who needs them",
                     "capacity + people offered")
            )  # fmt: skip
        charter = with_limit(charter, limit)
    return charter, tuple(lines)


def floor_of(plan: Plan, state: str, people: int) -> int:
    """Its share and what it offers, not above a ceiling that the key sets for every state."""
    ceiling = int(plan.result.settings.get("ceiling", "0"))
    number = placed(plan, state) + people
    return min(number, ceiling) if ceiling else number


def placed(plan: Plan, state: str) -> int:
    part = plan.state(state)
    return part.placed if part else 0


def limit_of(charter: Charter, state: str) -> Limit:
    limits = charter.responsibility.limits
    found = next((limit for limit in limits if limit.state == state), None)
    return found or Limit(state=state, decision="")


def joined(before: Limit, words: str) -> str:
    return "; ".join(part for part in (before.decision, words) if part)


def with_limit(charter: Charter, limit: Limit) -> Charter:
    terms = charter.responsibility
    others = tuple(each for each in terms.limits if each.state != limit.state)
    return replace(charter, responsibility=replace(terms, limits=(*others, limit)))


def line(name: str, value: int, unit: str, what: str, formula: str = "") -> Line:
    return Line(id=f"offers.{name}", value=value, unit=unit, what=what, formula=formula, cite=CITE)
