"""Tables and JSON of amounts, as books of promises and funds print them."""

import json
from collections.abc import Sequence
from fractions import Fraction

import click

from commonhaven.cli.tables import Cell, as_csv, grouped, table
from commonhaven.commitments import Quantity
from commonhaven.costs import Money
from commonhaven.reading import dump

Cells = Sequence[object]


def printed(header: Sequence[str], rows: Sequence[Cells], form: str, *, left: int) -> None:
    """A table to read, or CSV with bare numbers."""
    if form == "csv":
        plain: list[list[Cell]] = [[_bare(cell) for cell in row] for row in rows]
        click.echo(as_csv(header, plain), nl=False)
        return
    click.echo(table(header, [[_shown(cell) for cell in row] for row in rows], left=left))


def _bare(cell: object) -> Cell:
    if isinstance(cell, Quantity):
        return cell.value
    if isinstance(cell, Money):
        return cell.amount
    return cell if isinstance(cell, Fraction) else str(cell)


def _shown(cell: object) -> str:
    if isinstance(cell, Quantity):
        return amount(cell.value)
    if isinstance(cell, Money):
        return money_text(cell)
    return amount(cell) if isinstance(cell, Fraction) else str(cell)


def amount(number: Fraction) -> str:
    return grouped(number, 0 if number.denominator == 1 else 2)


def money_text(money: Money) -> str:
    digits = -int(money.amount.as_tuple().exponent)
    return grouped(money.amount, max(0, digits))


def as_json(value: object) -> str:
    return json.dumps(dump(value), ensure_ascii=False, indent=1)
