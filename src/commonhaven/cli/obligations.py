"""``obligations``: who owes what by when under a plan that the group adopted."""

import json
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import click

from commonhaven.cli.options import output_format, read_day
from commonhaven.cli.tables import Cell, as_csv, grouped, paragraph, table
from commonhaven.parties import short_name, states
from commonhaven.reading import Problem, dump
from commonhaven.regime import Obligation, obligations, read_moves, settle, standing_plan
from commonhaven.regime.moves import standing
from commonhaven.regime.offers import check_states


@click.command("obligations")
@click.argument("plan", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option("--decided", metavar="DATE", required=True, help="Day on which it was adopted.")
@click.option(
    "--offers", "moves", metavar="MOVES.csv", type=click.Path(path_type=Path),
    help="The moves of the talks, for their offers of money.",
)  # fmt: skip
@click.option("--state", metavar="CODE", help="Only those of one state.")
@output_format
def command(plan: Path, decided: str, moves: Path | None, state: str | None, form: str) -> None:
    """Turn PLAN.json, adopted on a day, into obligations: people, money, places, reports.

    The plan is computed again first; one that does not stand is refused.

    \b
    Example:
      commonhaven share west-africa liberia-1990 --out plan
      commonhaven obligations plan/plan.json --decided 2026-11-25
    """
    adopted = standing_plan(plan)
    day = read_day(decided, "--decided")
    if day is None:
        raise Problem("no day is given", where="--decided", fix="Write 2026-01-31.")
    made = read_moves(moves) if moves else ()
    check_states(adopted, made)
    settlement = settle(adopted, standing(made)[-1] if made else ())
    owed = obligations(adopted, decided=day, settlement=settlement)
    if state is not None:
        owed = of_state(owed, state)
    if form == "json":
        click.echo(json.dumps(dump(owed), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(csv_of(owed), nl=False)
    else:
        show(owed)


def of_state(owed: Sequence[Obligation], state: str) -> tuple[Obligation, ...]:
    """Those of one state; Problem where it owes nothing."""
    from commonhaven.parties import find_state

    code = find_state(state, "--state").code
    found = tuple(one for one in owed if one.state == code)
    if not found:
        raise Problem(
            f"{code} owes nothing under this plan", where="--state", fix="Name another state."
        )
    return found


CSV = ("id", "state", "what", "quantity", "unit", "due", "counterpart", "measured", "confirmed_by",
       "about", "cite", "plan")  # fmt: skip


def csv_of(owed: Sequence[Obligation]) -> str:
    rows: list[list[Cell]] = []
    for one in owed:
        values = {name: getattr(one, name) for name in CSV}
        rows.append([*(str(values[n]) if n == "due" else values[n] for n in CSV)])
    return as_csv(CSV, rows)


def show(owed: Sequence[Obligation]) -> None:
    order = {one.state: at for at, one in reversed(list(enumerate(owed)))}
    for state, own in groupby(sorted(owed, key=lambda o: (order[o.state], o.due)), by_state):
        rows = [[one.what, quantity(one), one.unit, str(one.due), one.id] for one in own]
        click.echo(f"\n{short_name(state) if state in states() else state.capitalize()}")
        click.echo(table(["What", "Quantity", "Unit", "Due", "Obligation"], rows))
    click.echo()
    click.echo(
        paragraph(
            "Due days: instruments/obligations.toml (our proposal). To whom, measured how and "
            "confirmed by whom: --format csv or json."
        )
    )
    click.echo(f"Plan {owed[0].plan[:16]}." if owed else "Nobody owes anything under this plan.")


def by_state(one: Obligation) -> str:
    return one.state


def quantity(one: Obligation) -> str:
    return grouped(one.quantity, 2 if isinstance(one.quantity, Decimal) else 0)
