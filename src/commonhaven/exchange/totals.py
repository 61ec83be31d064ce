"""Sums in one pass: what was announced, committed, delivered and received, by year and provider.

The stages are never added to one another, and what only moves on enters none of them: announced
money is no help given, and help that passes through three hands is given once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact, localcontext
from types import MappingProxyType

from commonhaven.exchange.transaction import STAGE, STAGES, Organisation, Stage, Transaction
from commonhaven.reading import Problem, closest

NONE = Decimal(0)
DIGITS = 80
"""Room for any sum of the amounts that are read: below 10^20, at most twelve decimals."""


def named(org: Organisation) -> str:
    """What an organisation is listed under: its name, else its state's code, else its reference."""
    return org.name or org.country or org.ref


FIELDS: Mapping[str, Callable[[Transaction], str]] = MappingProxyType(
    {
        "year": lambda one: str(one.reported),
        "provider": lambda one: named(one.provider),
        "provider-type": lambda one: one.provider.kind,
        "provider-country": lambda one: one.provider.country,
        "receiver": lambda one: named(one.receiver),
        "earmarking": lambda one: one.earmarking or "",
        "country": lambda one: one.country,
        "activity": lambda one: one.activity,
        "kind": lambda one: one.kind,
    }
)
"""What sums can be told apart by, beside the currency, by which they always are."""


@dataclass(slots=True, kw_only=True)
class Sums:
    """The sums of one line, stage by stage; ``passed_on`` stands apart from all of them."""

    number: int = 0
    stages: dict[Stage, Decimal] = field(default_factory=lambda: dict.fromkeys(STAGES, NONE))
    passed_on: Decimal = NONE

    @property
    def given(self) -> Decimal:
        """Help given: what was delivered, first hand. No announcement is in it."""
        return self.stages["delivered"]


Key = tuple[str, ...]


def totals(
    transactions: Iterable[Transaction], by: tuple[str, ...] = ("year", "provider")
) -> dict[Key, Sums]:
    """Sums by the fields named and by currency, the last part of each key, in order of the keys.

    Raises Problem for a field that is none of FIELDS.
    """
    for name in by:
        if name not in FIELDS:
            fix = closest(name, FIELDS)
            raise Problem(f'sums are not told apart by "{name[:40]}"', where="by", fix=fix)
    parts = [FIELDS[name] for name in by]
    found: dict[Key, Sums] = {}
    with localcontext(Context(prec=DIGITS, traps=[Inexact])):
        for one in transactions:
            key = (*(part(one) for part in parts), one.currency)
            sums = found.get(key)
            if sums is None:
                sums = found[key] = Sums()
            sums.number += 1
            if one.passed_on:
                sums.passed_on += one.value
            else:
                sums.stages[STAGE.get(one.kind, "other")] += one.value
    return dict(sorted(found.items()))
