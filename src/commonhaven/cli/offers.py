"""``offers``: rounds of offers and counter-offers, shares anew after every move."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import click

from commonhaven.cli.inputs import read_inputs, source
from commonhaven.cli.options import on_day, output_format, read_day, stored
from commonhaven.cli.tables import Cell, as_csv, grouped, paragraph, table
from commonhaven.parties import short_name
from commonhaven.reading import Problem, dump
from commonhaven.reading.canonical import Plain
from commonhaven.regime import Round, StateChange, read_moves, rounds, write
from commonhaven.regime.offer_words import own_move


@click.command("offers")
@click.argument("charter")
@click.argument("situation")
@click.argument("moves", metavar="MOVES.csv", type=click.Path(path_type=Path))
@on_day
@click.option("--out", metavar="FOLDER", help="Folder for the plan of the last round.")
@stored
@output_format
def command(
    charter: str,
    situation: str,
    moves: Path,
    day: str | None,
    out: str | None,
    store: str | None,
    form: str,
) -> None:
    """Play the offers, opt-outs and deductions in MOVES.csv, one after the other.

    Columns: move, state, kind, people, money, withdraws, decision, reason. Kinds: offer people,
    offer money, opt out, deduction, withdraw.

    \b
    Example:
      commonhaven offers west-africa liberia-1990 moves.csv
      commonhaven offers eu kosovo-1999 moves.csv --format csv
    """
    if out is not None and not out.strip():
        raise Problem("no folder is named", where="--out", fix="Write --out plan.")
    agreed, crisis = read_inputs(charter, situation)
    made = rounds(agreed, crisis, source(store), read_moves(moves), on=read_day(day))
    written = () if out is None else write(made[-1].plan, Path(out))
    if form == "json":
        click.echo(json.dumps([as_table(one) for one in made], ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(csv_of(made), nl=False)
    else:
        for one in made:
            show(one)
        for path in written:
            click.echo(f"Written: {path}")


def as_table(one: Round) -> dict[str, Plain]:
    """A round as plain values, its plan by its totals and its hash."""
    result = one.plan.result
    return {
        "round": one.number,
        "move": dump(one.move) if one.move else None,
        "in_force": list(one.in_force),
        "plan": one.plan.manifest.plan,
        "placed": result.placed,
        "unplaced": result.unplaced,
        "currency": result.currency,
        "states": dump(one.states),
        "settlement": dump(one.settlement),
        "deducted": dump(one.deducted),
        "notes": list(one.notes),
        "lines": dump(one.lines),
    }


CSV = ("round", "move", "state", "people", "people_change", "people_from_start", "currency",
       "pays", "pays_change", "pays_from_start", "permanent_places", "sentence")  # fmt: skip


def csv_of(made: tuple[Round, ...]) -> str:
    rows: list[tuple[Cell, ...]] = [
        (
            one.number, one.move.id if one.move else None, part.state, part.people,
            part.people_change, part.people_from_start, one.plan.result.currency, part.pays,
            part.pays_change, part.pays_from_start, part.permanent_places, part.sentence,
        )
        for one in made
        for part in one.states
    ]  # fmt: skip
    return as_csv(CSV, rows)


def show(one: Round) -> None:
    result = one.plan.result
    if one.move is None:
        click.echo(f"Without moves, under {result.rule}")
    else:
        does = own_move(one.move, None, result.currency)
        click.echo(paragraph(f"\nMove {one.move.id}: {short_name(one.move.state)} {does}"))
    click.echo(paragraph(f"{result.placed:,} people are placed and {result.unplaced:,} unplaced."))
    moved = [part for part in one.states if part.people_change or part.pays_change]
    rows = [row(part, start=False) for part in (moved or ())]
    if one.number == 0:
        rows = [row(part, start=True) for part in one.states if part.people or part.pays]
    if rows:
        head = ["State", "Protects", "Change", "In all", "Pays", "Change", "In all"]
        click.echo(table(head, rows))
        click.echo(f"Pays: million {result.currency} a year, below 0 where it receives.")
    else:
        click.echo("Nothing changes for anybody.")
    own = one.state(one.move.state) if one.move else None
    for said in [*([own.sentence] if own else []), *one.notes]:
        click.echo(paragraph(f"- {said}", "  "))


def row(part: StateChange, *, start: bool) -> list[str]:
    return [
        short_name(part.state),
        grouped(part.people),
        "" if start else signed(part.people_change),
        "" if start else signed(part.people_from_start),
        millions(part.pays),
        "" if start else signed(Fraction(part.pays_change) / 10**6, 2),
        "" if start else signed(Fraction(part.pays_from_start) / 10**6, 2),
    ]


def signed(number: int | Fraction, places: int = 0) -> str:
    return ("+" if number > 0 else "") + grouped(number, places)


def millions(money: Decimal) -> str:
    return grouped(Fraction(money) / 10**6, 2)
