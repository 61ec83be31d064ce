"""Double-entry books: an entry whose two sides differ cannot be made, so the books balance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from commonhaven.costs.money import Money, from_minor_units
from commonhaven.reading import Problem

Side = Literal["asset", "liability", "income", "expense"]
SIDES: Mapping[str, Side] = {
    "cash": "asset", "called": "asset", "signed": "asset", "owed": "liability",
    "credit": "liability", "assessed": "income", "voluntary": "income", "in kind": "income",
    "granted": "expense", "used in kind": "expense",
}  # fmt: skip
"""Kind of account → its side of the books."""
UPWARD = frozenset({"asset", "expense"})


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One account: its kind, and the party or request it is kept for, if any.

    ``cash``; ``called`` and ``signed``: what a party owes by call or agreement; ``owed``: what was
    granted to a request and not paid; ``credit``: what a party paid too much; the others are what
    came in and what was granted.
    """

    kind: str
    whose: str = ""

    @property
    def side(self) -> Side:
        return SIDES[self.kind]

    def __str__(self) -> str:
        return f"{self.kind}: {self.whose}" if self.whose else self.kind


CASH = Account("cash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event in the books: minor units by account, debits above nought, credits below.

    Raises Problem where they do not add up to nought.
    """

    act: str
    at: datetime
    what: str
    units: Mapping[Account, int]

    def __post_init__(self) -> None:
        if sum(self.units.values()):
            said = "the two sides of the entry differ"
            raise Problem(said, where=f"entry {self.act}", fix="Debit as much as is credited.")


def transfer(
    act: str, at: datetime, what: str, *, to: Account, out_of: Account, units: int
) -> Entry:
    """An entry that debits one account and credits another."""
    return Entry(act=act, at=at, what=what, units={to: units, out_of: -units})


@dataclass(slots=True, kw_only=True)
class Ledger:
    """All entries in one currency, in the order in which they were made."""

    currency: str
    entries: list[Entry] = field(default_factory=list)
    sums: dict[Account, int] = field(default_factory=lambda: defaultdict(int))

    def post(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.entries.append(entry)
            for account, units in entry.units.items():
                self.sums[account] += units

    def units(self, account: Account) -> int:
        """What an account holds, in minor units, counted upwards on its own side."""
        held = self.sums.get(account, 0)
        return held if account.side in UPWARD else -held

    def of(self, kind: str) -> int:
        """What all accounts of a kind hold together, in minor units."""
        return sum(self.units(account) for account in self.sums if account.kind == kind)

    def money(self, units: int) -> Money:
        return from_minor_units(units, self.currency)


def trial_balance(entries: Iterable[Entry]) -> dict[Account, int]:
    """Every account with its debits less credits, in minor units; they add up to nought."""
    sums: dict[Account, int] = defaultdict(int)
    for entry in entries:
        for account, units in entry.units.items():
            sums[account] += units
    return dict(sorted((account, units) for account, units in sums.items() if units))
