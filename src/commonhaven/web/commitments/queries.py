"""Promises, needs and matches as a viewer may see them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from django.db.models import QuerySet

from commonhaven.commitments import (
    Asking,
    Book,
    Change,
    Deduction,
    Pool,
    Staircase,
    Suggestion,
    all_together,
    askings,
    difference,
    suggestions,
    together,
)
from commonhaven.reading import exact
from commonhaven.web.commitments.dated import Ongoing, ongoing
from commonhaven.web.commitments.models import Commitment, Match, Need, NeedVersion
from commonhaven.web.commitments.values import book_of, matched_of, need_of, value_of
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer, visible

PAYS, RECEIVES = "pay", "receive"


def commitments_for(viewer: Viewer, group: Group) -> QuerySet[Commitment]:
    """The promises of a group that a viewer may see, the newest first, with their shares."""
    rows = visible(Commitment.objects.filter(group=group), viewer)
    return rows.select_related("group", "caucus").prefetch_related("shares")


def needs_for(viewer: Viewer, group: Group) -> QuerySet[Need]:
    """The needs of a group that a viewer may see, drafts among them, the newest first."""
    return visible(Need.objects.filter(group=group), viewer).select_related("group", "caucus")


def matches_for(viewer: Viewer, group: Group) -> QuerySet[Match]:
    """The matches that a viewer may see; both their sides are as narrow or wider."""
    rows = visible(Match.objects.filter(group=group), viewer)
    return rows.select_related("group", "commitment__group", "need__group")


def told_anew(rows: Sequence[Commitment], group: Group, at: datetime) -> None:
    """Bring shares up to date in memory where a dispute has lapsed since the last step."""
    stale = [row for row in rows if row.lapses_at is not None and row.lapses_at < at]
    if not stale:
        return
    full = Commitment.objects.filter(pk__in=[row.pk for row in stale]).prefetch_related("steps")
    found = book_of(full, group, at)
    by_key = {(p.commitment, p.giver): p for p in found.promises}
    for row in stale:
        for share in row.shares.all():
            one = by_key[f"c{row.pk}", share.giver]
            for name in ("delivered", "received", "verified", "disputed"):
                setattr(share, name, getattr(one, name).value)
            share.stage = one.stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What was promised in one unit, stage by stage; announced is told apart from help given."""

    unit: str
    announced: Fraction
    committed: Fraction
    delivered: Fraction
    received: Fraction
    verified: Fraction
    at_home: Fraction
    """Of it delivered in the giving country: no help to hosts."""


def totals(rows: Iterable[Commitment]) -> tuple[Totals, ...]:
    """The sums of some promises, unit by unit, the largest first."""
    sums: dict[str, dict[str, Fraction]] = {}
    for row in rows:
        one = sums.setdefault(row.unit, dict.fromkeys(Totals.__slots__, Fraction(0)))
        home = value_of(row).spent == "giving country"
        for share in row.shares.all():
            for name in ("announced", "committed", "delivered", "received", "verified"):
                if home:
                    one["at_home"] += exact(str(share.delivered)) if name == "delivered" else 0
                else:
                    one[name] += exact(str(getattr(share, name)))
    found = [
        Totals(unit=unit, **{n: v for n, v in one.items() if n != "unit"})
        for unit, one in sums.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.announced, one.unit)))


def due_for(viewer: Viewer, group: Group, today: date) -> tuple[tuple[Commitment, Asking], ...]:
    """What is missing of the instalments that a viewer may see, the earliest first."""
    rows = {f"c{row.pk}": row for row in commitments_for(viewer, group).prefetch_related("steps")}
    found = book_of(rows.values(), group, viewer.at)
    asked = sorted(askings(found, today), key=lambda one: (one.due.due, one.due.commitment))
    return tuple((rows[one.due.commitment], one) for one in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stairs:
    """The four numbers for one kind of duty under a decision."""

    decision: Decision
    kind: str
    each: tuple[Staircase, ...]
    whole: Staircase


def stairs(viewer: Viewer, group: Group, today: date) -> tuple[Stairs, ...]:
    """For every adopted decision: what each party owes in money and people, and what came of it.

    The fair shares are the decision's duties; what counts for them are the promises given under
    one of these; deductions are decisions of that kind on the same plan.
    """
    return stairs_in(viewer, [group.pk], today)


def stairs_in(viewer: Viewer, groups: Collection[int], today: date) -> tuple[Stairs, ...]:
    """The same for several groups; the number of queries depends on nothing."""
    decisions = visible(
        Decision.objects.filter(group__in=groups, status=Decision.Status.ADOPTED), viewer
    )
    adopted = list(decisions.select_related("group").order_by("decided_at", "number"))
    duties = visible(Obligation.objects.filter(decision__in=adopted), viewer)
    owed: dict[tuple[int, str, str], dict[str, Fraction]] = {}
    for duty in duties:
        if duty.kind in {PAYS, RECEIVES} and duty.quantity:
            key = (duty.decision_id, duty.kind, duty.unit)
            shares = owed.setdefault(key, {})
            shares[duty.party] = shares.get(duty.party, Fraction(0)) + exact(str(duty.quantity))
    rows = visible(Commitment.objects.filter(group__in=groups), viewer)
    given = ongoing(rows.filter(obligation__isnull=False).select_related("obligation"), viewer.at)
    held, found = [one.row for one in given], _joined(given, viewer.at)
    by_pk = {one.pk: one for one in adopted}
    made = []
    for (pk, kind, unit), shares in sorted(owed.items(), reverse=True):
        asked = _Duty(decision=by_pk[pk], kind=kind, unit=unit, shares=shares)
        pool = Pool(
            id=asked.name, unit=unit, shares=shares,
            deductions=tuple(_deductions(asked, adopted)),
        )  # fmt: skip
        each = together(pool, _inside(asked, held, found), today)
        made.append(
            Stairs(decision=asked.decision, kind=kind, each=each, whole=all_together(pool, each))
        )
    return tuple(made)


def _joined(given: Sequence[Ongoing], at: datetime) -> Book:
    """One book of several promises, with what the four numbers are made of."""
    return Book(
        at=at, commitments=tuple(one.value for one in given),
        promises=tuple(p for one in given for p in one.book.promises),
        dues=tuple(d for one in given for d in one.book.dues),
        transfers=(), disputes=(), conditions_met=frozenset(), refused=(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Duty:
    """All duties of one kind and unit under a decision: party → how much."""

    decision: Decision
    kind: str
    unit: str
    shares: dict[str, Fraction]

    @property
    def name(self) -> str:
        return f"decision-{self.decision.pk}"


def _inside(duty: _Duty, held: Sequence[Commitment], found: Book) -> Book:
    """The part of a book that counts for a duty."""
    ours = {
        f"c{row.pk}"
        for row in held
        if row.obligation
        and (row.obligation.decision_id, row.obligation.kind) == (duty.decision.pk, duty.kind)
        and row.unit == duty.unit
    }
    return Book(
        at=found.at,
        commitments=tuple(
            replace(value, under=duty.name) for value in found.commitments if value.id in ours
        ),
        promises=tuple(p for p in found.promises if p.commitment in ours),
        transfers=(), disputes=(), dues=tuple(d for d in found.dues if d.commitment in ours),
        conditions_met=frozenset(), refused=(),
    )  # fmt: skip


def _deductions(duty: _Duty, adopted: Sequence[Decision]) -> list[Deduction]:
    """What later decisions on the same plan have lifted of the places of a state, at most all."""
    found = []
    left = dict(duty.shares) if duty.kind == RECEIVES else {}
    for one in adopted:
        if one.kind != Decision.Kind.DEDUCTION or one.plan_id != duty.decision.plan_id:
            continue
        lifted = min(Fraction(one.people or 0), left.get(one.state, Fraction(0)))
        if lifted and _later(one, duty.decision):
            left[one.state] -= lifted
            name = f"decision {one.number}"
            found.append(
                Deduction(state=one.state, quantity=lifted, decision=name, reason=one.title)
            )
    return found


def _later(one: Decision, other: Decision) -> bool:
    return bool(one.decided_at and other.decided_at and one.decided_at >= other.decided_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A version of a need and what it changed against the one before."""

    version: NeedVersion
    changes: tuple[Change, ...]


def versions(need: Need) -> tuple[Followed, ...]:
    """All versions of a need, the newest first."""
    rows = list(need.versions.order_by("number"))
    before = [None, *rows[:-1]]
    made = [
        Followed(version=row, changes=difference(need_of(old), need_of(row)) if old else ())
        for old, row in zip(before, rows, strict=True)
    ]
    return tuple(reversed(made))


def suggested(viewer: Viewer, group: Group) -> tuple[tuple[Need, Commitment, Suggestion], ...]:
    """How what is free would best meet what is open, of all that the viewer may see."""
    needs = list(
        needs_for(viewer, group).filter(status=Need.Status.OPEN).prefetch_related("versions")
    )
    rows = list(commitments_for(viewer, group).prefetch_related("steps"))
    matches = list(matches_for(viewer, group).prefetch_related("steps"))
    known = {need.pk for need in needs}
    held = {row.pk for row in rows}
    matches = [m for m in matches if m.need_id in known and m.commitment_id in held]
    found = book_of(rows, group, viewer.at)
    state = matched_of(needs, found, matches, viewer.at)
    values = [need_of(max(need.versions.all(), key=lambda v: v.number)) for need in needs]
    by_need = {f"n{need.pk}": need for need in needs}
    by_row = {f"c{row.pk}": row for row in rows}
    return tuple(
        (by_need[one.need], by_row[one.commitment], one)
        for one in suggestions(values, found, state)
    )
