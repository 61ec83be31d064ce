"""What each member would owe under a draft charter, before it is adopted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from commonhaven.charter import Change, Charter, diff
from commonhaven.costs.money import EXACT
from commonhaven.reading import Problem
from commonhaven.regime.compute import compute
from commonhaven.regime.evidence import Source
from commonhaven.regime.plan import Plan, StatePart
from commonhaven.situations import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What one member owes: people to protect, money a year (below zero: it receives), places.

    ``pays`` is None where the scale does not know the state.
    """

    people: int
    pays: Decimal | None
    permanent_places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRun:
    """One member in one situation, under the draft and under the charter in force.

    ``draft`` or ``current`` is None where it is no member under that charter; differences then
    count it as owing nothing. ``pays_change`` is None where the two are in different currencies or
    unknown. ``rank``: its place among the members by people under the draft, 1 for the most; who
    protects as many has the same place.
    """

    state: str
    draft: Owed | None
    current: Owed | None
    people_change: int
    pays_change: Decimal | None
    places_change: int
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A plan's totals."""

    people: int
    placed: int
    unplaced: int
    cost: Decimal
    permanent_places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationRun:
    """One situation: what every member owes, or why it cannot be computed.

    ``why_not``: the reason where the draft cannot be computed; ``why_not_current``: the same of
    the charter in force, whose columns are then empty. ``draft_plan``, ``current_plan``: hashes.
    """

    situation: str
    why_not: str = ""
    why_not_current: str = ""
    draft_plan: str = ""
    current_plan: str = ""
    draft: Totals | None = None
    current: Totals | None = None
    members: tuple[MemberRun, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTotal:
    """One member over all situations that could be computed under both charters."""

    state: str
    situations: int
    people: int
    people_change: int
    pays: Decimal
    pays_change: Decimal | None
    permanent_places: int
    places_change: int
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """The articles that change, what each member owes situation by situation, and in all."""

    draft: str
    current: str
    currency: str
    changes: tuple[Change, ...]
    situations: tuple[SituationRun, ...]
    members: tuple[MemberTotal, ...]
    notes: tuple[str, ...]


def dry_run(
    current: Charter | None, draft: Charter, situations: Sequence[Situation], source: Source
) -> DryRun:
    """Play situations under a draft and, where there is one, under the charter in force.

    Each charter is played on its own first day or the situation's, whichever is later, as
    `compute` does. A situation that cannot be computed has its reason; none stops the others.
    Raises Problem where no situation is given.
    """
    if not situations:
        raise Problem(
            "no situation is named", where="dry run", fix="Name one that touches the group."
        )
    runs = tuple(one_situation(current, draft, situation, source) for situation in situations)
    same_money = current is None or current.costs.currency == draft.costs.currency
    return DryRun(
        draft=f"{draft.group.id} {draft.group.version}",
        current=f"{current.group.id} {current.group.version}" if current else "",
        currency=draft.costs.currency,
        changes=tuple(diff(current, draft)) if current else (),
        situations=runs,
        members=in_all(runs, compared=current is not None, same_money=same_money),
        notes=notes(runs, same_money=same_money),
    )


def one_situation(
    current: Charter | None, draft: Charter, situation: Situation, source: Source
) -> SituationRun:
    new, why_not = tried(draft, situation, source)
    old, why_not_current = tried(current, situation, source) if current else (None, "")
    if new is None:
        return SituationRun(
            situation=situation.id, why_not=why_not, why_not_current=why_not_current,
            current_plan=old.manifest.plan if old else "", current=totals(old) if old else None,
        )  # fmt: skip
    return SituationRun(
        situation=situation.id,
        why_not_current=why_not_current,
        draft_plan=new.manifest.plan,
        current_plan=old.manifest.plan if old else "",
        draft=totals(new),
        current=totals(old) if old else None,
        members=members(new, old),
    )


def tried(charter: Charter, situation: Situation, source: Source) -> tuple[Plan | None, str]:
    """The plan, or the reason why there is none."""
    try:
        return compute(charter, situation, source), ""
    except Problem as problem:
        return None, str(problem)


def totals(plan: Plan) -> Totals:
    result = plan.result
    return Totals(
        people=result.in_question,
        placed=result.placed,
        unplaced=result.unplaced,
        cost=result.total_cost,
        permanent_places=sum(part.residual_places for part in result.states),
    )


def members(new: Plan, old: Plan | None) -> tuple[MemberRun, ...]:
    after = {part.state: owed(part) for part in new.result.states}
    before = {part.state: owed(part) for part in old.result.states} if old else {}
    same_money = old is None or old.result.currency == new.result.currency
    ranks = ranked({state: each.people for state, each in after.items()})
    return tuple(
        MemberRun(
            state=state,
            draft=after.get(state),
            current=before.get(state),
            people_change=people(after.get(state)) - people(before.get(state)) if old else 0,
            pays_change=pays_change(after.get(state), before.get(state))
            if old and same_money
            else None,
            places_change=places(after.get(state)) - places(before.get(state)) if old else 0,
            rank=ranks.get(state),
        )
        for state in sorted({*after, *before})
    )


def owed(part: StatePart) -> Owed:
    return Owed(
        people=part.placed + part.unplaced,
        pays=part.money.net if part.money else None,
        permanent_places=part.residual_places,
    )


def people(one: Owed | None) -> int:
    return one.people if one else 0


def places(one: Owed | None) -> int:
    return one.permanent_places if one else 0


def pays_change(after: Owed | None, before: Owed | None) -> Decimal | None:
    """None where a scale does not know the state; a state that is no member pays nothing."""
    new = after.pays if after else Decimal(0)
    old = before.pays if before else Decimal(0)
    return None if new is None or old is None else EXACT.subtract(new, old)


def ranked(numbers: Mapping[str, int]) -> dict[str, int]:
    """State → its place, 1 for the most; equal numbers share a place."""
    ordered = sorted(numbers.values(), reverse=True)
    return {state: ordered.index(number) + 1 for state, number in numbers.items()}


def in_all(
    runs: Sequence[SituationRun], *, compared: bool, same_money: bool
) -> tuple[MemberTotal, ...]:
    """Every member over the situations that count: those computed under both, if there are two."""
    counted = [run for run in runs if run.draft and (run.current or not compared)]
    rows: dict[str, list[MemberRun]] = {}
    for run in counted:
        for member in run.members:
            rows.setdefault(member.state, []).append(member)
    ranks = ranked({state: sum(people(row.draft) for row in own) for state, own in rows.items()})
    return tuple(
        MemberTotal(
            state=state,
            situations=len(own),
            people=sum(people(row.draft) for row in own),
            people_change=sum(row.people_change for row in own),
            pays=added(row.draft.pays if row.draft else None for row in own),
            pays_change=added(row.pays_change for row in own) if compared and same_money else None,
            permanent_places=sum(places(row.draft) for row in own),
            places_change=sum(row.places_change for row in own),
            rank=ranks[state],
        )
        for state, own in sorted(rows.items())
    )


def added(amounts: Iterable[Decimal | None]) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount or Decimal(0))
    return total


def notes(runs: Sequence[SituationRun], *, same_money: bool) -> tuple[str, ...]:
    said = []
    if not same_money:
        said.append("The two charters keep their accounts in different currencies: no differences.")
    unknown = sorted(
        {
            member.state
            for run in runs
            for member in run.members
            for side in (member.draft, member.current)
            if side is not None and side.pays is None
        }
    )
    if unknown:
        said.append(
            "Neither assessed nor paid in at least one situation, so that no money is counted "
            f"there: {', '.join(unknown)}."
        )
    return tuple(said)
