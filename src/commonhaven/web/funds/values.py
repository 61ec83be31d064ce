"""Rows as values of the room, and the state of a fund that they make."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from commonhaven.commitments.fund import FundAct, FundState, Keeping, fund, keeping
from commonhaven.commitments.fund.file import ActTable, Claim, FundFile, PlannedLine
from commonhaven.reading import Problem, build, canonical, dump, exact
from commonhaven.web.funds.models import Fund, FundStep
from commonhaven.web.groups.models import Membership
from commonhaven.web.groups.queries import charter_on, members_on

YEAR = re.compile(r"(19|20|21)[0-9]{2}")
MOST = 10**15
"""The largest amount of a line."""

BY_KEEPERS = frozenset({"called", "paid", "reviewed", "awarded"})
"""Acts that show who kept the books."""


@lru_cache(maxsize=4096)
def _table(text: str) -> ActTable:
    return build(ActTable, json.loads(text), "act")


def written(table: ActTable) -> str:
    """An act as its row keeps it. Problem for one that could not be read back."""
    text = canonical(dump(table))
    build(ActTable, json.loads(text), "act")
    return text


def act_of(step: FundStep, currency: str) -> FundAct:
    return _table(step.value).act(currency)


def rules_of(row: Fund, done: Iterable[FundAct], at: datetime) -> Keeping:
    """The rules by the charter in force; whoever was called upon or kept the books before, stays.

    A new act is checked by the policy before it comes here.
    """
    release = charter_on(row.group, at.date()).fund.emergency_release
    return rules_by(row, done, members_on(row.group, at.date()), release, at)


def rules_by(
    row: Fund, done: Iterable[FundAct], places: Iterable[Membership], release: Fraction | None,
    at: datetime,
) -> Keeping:  # fmt: skip
    """The same, where the group's members and the part for emergencies are known already."""
    acts = tuple(done)
    standing = {each.party: each.standing for each in places}
    members = {party for party, tier in standing.items() if tier.endswith(("core", "contributor"))}
    keepers = {party for party, tier in standing.items() if tier == "secretariat"}
    called = {party for act in acts for party in act.shares}
    return keeping(
        row.currency, frozenset(members | called),
        frozenset(keepers | {act.by for act in acts if act.kind in BY_KEEPERS}),
        release_part=release, on=at.date(),
    )  # fmt: skip


def state_of(row: Fund, at: datetime, more: tuple[FundAct, ...] = ()) -> FundState:
    """The state of a fund at an instant, with acts that are only tried."""
    done = [act_of(step, row.currency) for step in row.steps.all()]
    return fund(rules_of(row, done, at), [*done, *more], at)


def claims_of(text: str) -> tuple[Claim, ...]:
    """Claims of past years: year; what; amount, one a line."""
    return tuple(Claim(year=year, what=what, amount=amount) for year, what, amount in _lines(text))


def budget_of(text: str) -> tuple[PlannedLine, ...]:
    """Budget lines: year; what for; amount, one a line."""
    return tuple(
        PlannedLine(year=year, line=what, amount=amount) for year, what, amount in _lines(text)
    )


def _lines(text: str) -> Iterable[tuple[int, str, Fraction]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split(";")]
        if len(parts) != 3 or not YEAR.fullmatch(parts[0]) or not parts[1]:
            raise Problem(
                f'"{line[:60]}" is not year; what; amount', where=f"line {number}",
                fix="Write: 2024; northern arrivals; 12500000",
            )  # fmt: skip
        yield int(parts[0]), parts[1], _amount(parts[2], f"line {number}")


def _amount(text: str, where: str) -> Fraction:
    found = exact(text.replace(" ", ""), where)
    if not 0 <= found <= MOST:
        raise Problem(
            f"{text[:40]} is no amount of a fund", where=where, fix="Give 0 to a million billion."
        )
    return found


def file_of(row: Fund) -> FundFile:
    """The basis of a fund as the room's file has it: for its target and its budget."""
    return FundFile(
        title=row.title, currency=row.currency, members=(), keepers=(), last_year=row.last_year,
        claims=claims_of(row.claims), budget=budget_of(row.budget),
    )  # fmt: skip
