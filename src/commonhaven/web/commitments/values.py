"""Rows as values of the room `commitments`, and the book that they make."""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from commonhaven.commitments import (
    Act,
    Book,
    MatchAct,
    Matched,
    Setting,
    book,
    days_on,
    matched,
)
from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Need as NeedValue
from commonhaven.reading import build, canonical, decimal_text, dump, exact
from commonhaven.web.commitments.models import Commitment, Match, MatchStep, Need, NeedVersion, Step
from commonhaven.web.groups.models import Group, Membership
from commonhaven.web.groups.queries import members_on


@lru_cache(maxsize=512)
def _value(text: str) -> Value:
    return build(Value, json.loads(text), "commitment")


@lru_cache(maxsize=2048)
def _act(text: str) -> Act:
    return build(Act, json.loads(text), "act")


@lru_cache(maxsize=512)
def _need(text: str) -> NeedValue:
    return build(NeedValue, json.loads(text), "need")


def written(value: Value | Act | NeedValue) -> str:
    """A value as its row keeps it. Problem for one that could not be read back."""
    text = canonical(dump(value))
    build(type(value), json.loads(text), "")
    return text


def value_of(row: Commitment) -> Value:
    return _value(row.value)


def act_of(row: Step) -> Act:
    return _act(row.value)


def need_of(version: NeedVersion) -> NeedValue:
    return _need(version.value)


def setting_of(group: Group, acts: Iterable[Act], at: datetime) -> Setting:
    """Who verifies and keeps the book: by the charter in force, and who did so before."""
    return setting_by(members_on(group, at.date()), acts, at)


def setting_by(members: Iterable[Membership], acts: Iterable[Act], at: datetime) -> Setting:
    """The same, where the group's members are known already.

    An act that was taken stays taken when the charter changes; a new one is checked by the
    policy before it comes here.
    """
    done = tuple(acts)
    by_role: dict[str, set[str]] = {}
    for row in members:
        by_role.setdefault(row.standing, set()).add(row.party)
    verifiers = by_role.get("organisation with consultative status", set()) | {"UNHCR"}
    keepers = by_role.get("secretariat", set())
    return Setting(
        verifiers=frozenset(verifiers | {act.by for act in done if act.kind == "verified"}),
        keepers=frozenset(keepers | {act.by for act in done if act.giver not in {"", act.by}}),
        reply_days=days_on(at.date()).reply,
    )


def book_of(rows: Iterable[Commitment], group: Group, at: datetime) -> Book:
    """The book of some promises at an instant, from their steps; ``steps`` may be prefetched."""
    held = tuple(rows)
    acts = [act_of(step) for row in held for step in row.steps.all()]
    return book([value_of(row) for row in held], acts, at, setting_of(group, acts, at))


def matched_of(
    needs: Iterable[Need], found: Book, matches: Iterable[Match], at: datetime
) -> Matched:
    """Where the matches of some needs stand, beside a book of the promises that they draw on."""
    values = {need.pk: need_of(max(need.versions.all(), key=lambda v: v.number)) for need in needs}
    steps = [match_act(match, step) for match in matches for step in match.steps.all()]
    return matched(values.values(), found, steps, at)


def match_act(match: Match, step: MatchStep) -> MatchAct:
    """A step of a match as the room has it; the first proposes."""
    first = step.kind == "proposed"
    return MatchAct(
        match=f"m{match.pk}", kind=step.kind, at=step.at, by=step.party,  # type: ignore[arg-type]
        commitment=code(match.commitment_id) if first else "",
        need=need_code(match.need_id) if first else "",
        quantity=exact(str(match.quantity)) if first else None, says=step.said,
    )  # fmt: skip


def decimal(value: Fraction) -> Decimal:
    """An exact number as the tables hold it; nothing is lost: units go to thousandths at most."""
    return Decimal(decimal_text(value, 4))


def code(number: int) -> str:
    """The name of a promise in the room."""
    return f"c{number}"


def need_code(number: int) -> str:
    return f"n{number}"
