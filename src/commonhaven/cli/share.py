"""``share``: the main job, who protects whom and who pays what."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import click

from commonhaven.cli.inputs import plan_of
from commonhaven.cli.options import on_day, output_format, stored
from commonhaven.cli.tables import Cell, as_csv, grouped, paragraph, table
from commonhaven.parties import name as name_of
from commonhaven.parties import short_name
from commonhaven.reading import Problem
from commonhaven.regime import Plan, StatePart, plan_text, write
from commonhaven.regime.write import OUTSIDE, outsiders


@click.command("share")
@click.argument("charter")
@click.argument("situation")
@on_day
@click.option("--out", metavar="FOLDER", help="Folder for plan, people, costs, trace.")
@stored
@output_format
def command(
    charter: str, situation: str, day: str | None, out: str | None, store: str | None, form: str
) -> None:
    """Compute who protects whom and who pays what for SITUATION under CHARTER.

    Each is a file or the name of one that ships: see `charter list` and `situation list`.

    \b
    Example:
      commonhaven share west-africa liberia-1990
      commonhaven share eu ukraine-2022 --out plan
    """
    if out is not None and not out.strip():
        raise Problem("no folder is named", where="--out", fix="Write --out plan.")
    plan = plan_of(charter, situation, day, store)
    written = () if out is None else write(plan, Path(out))
    if form == "json":
        click.echo(plan_text(plan), nl=False)
    elif form == "csv":
        click.echo(csv_of(plan), nl=False)
    else:
        show(plan, store)
        for path in written:
            click.echo(f"Written: {path}")


CSV = ("state", "tier", "present", "placed", "unplaced", "outside", "capacity", "residual_places",
       "currency", "cost", "gross", "net")  # fmt: skip


def csv_of(plan: Plan) -> str:
    """One row a state: placed, unplaced and outside (not in question) are all who fled."""
    rows: list[tuple[Cell, ...]] = []
    for part in plan.result.states:
        money = part.money
        rows.append(
            (
                part.state, part.tier, part.present, part.placed, part.unplaced,
                plan.result.outside.get(part.state, 0), part.capacity, part.residual_places,
                plan.result.currency, money.cost if money else None,
                money.gross if money else None, money.net if money else None,
            )
        )  # fmt: skip
    rest = (None,) * (len(CSV) - 6)
    rows += [
        (state, OUTSIDE, None, None, None, people, *rest)
        for state, people in outsiders(plan).items()
    ]
    return as_csv(CSV, rows)


def show(plan: Plan, store: str | None) -> None:
    header(plan)
    people(plan)
    unplaced(plan)
    costs(plan)
    remarks(plan, store)


def header(plan: Plan) -> None:
    charter, situation, result = plan.inputs.charter, plan.inputs.situation, plan.result
    click.echo(f"{situation.called()}  ·  {charter.group.called()}")
    if charter.group.example:
        click.echo(paragraph("An example charter: no organisation has adopted it."))
    click.echo(
        paragraph(
            f"Figures as of {result.figures_on}; members as of {result.members_on}. "
            f"Rule: {result.rule}. Scale of costs: {result.scale}."
        )
    )
    click.echo()
    elsewhere = sum(result.outside.values())
    said = f"{result.people:,} people fled. {result.in_question:,} are in the region of the group"
    said += (
        f", {elsewhere:,} in other states, whose responsibility they stay." if elsewhere else "."
    )
    click.echo(paragraph(said))
    click.echo(
        paragraph(
            f"The plan places {result.placed:,} and leaves {result.unplaced:,} unplaced."
            if result.unplaced
            else f"The plan places all {result.placed:,}."
        )
    )


TIERS = {
    "inner core": "Inner core: the region",
    "outer core": "Outer core: standing contributors",
    "situation-specific contributor": "Contributors to this situation",
}


def people(plan: Plan) -> None:
    click.echo("\nWho protects whom")
    shown = [part for part in plan.result.states if part.placed or part.present]
    rows = [
        (
            label(part),
            grouped(part.present),
            grouped(part.placed),
            change(part),
            "" if part.per_1000 is None else grouped(part.per_1000, 1),
            "no limit" if part.capacity is None else grouped(part.capacity),
        )
        for part in sorted(shown, key=lambda p: (-p.placed, -p.present, p.state))
    ]
    head = ["State", "There now", "Protects", "Change", "/1,000", "Capacity"]
    click.echo(table(head, rows))
    rest = [part for part in plan.result.states if not (part.placed or part.present)]
    if rest:
        names = ", ".join(part.state for part in rest)
        click.echo(paragraph(f"Nobody is there or placed in: {names}."))
    click.echo("/1,000: people protected for every 1,000 inhabitants.")


def label(part: StatePart) -> str:
    mark = {"inner core": "", "outer core": " *", "situation-specific contributor": " **"}
    return f"{short_name(part.state)}{mark[part.tier]}"


def change(part: StatePart) -> str:
    difference = part.placed - part.present
    return f"+{difference:,}" if difference > 0 else f"{difference:,}"


def unplaced(plan: Plan) -> None:
    if not plan.result.unplaced:
        return
    click.echo()
    where: dict[str, int] = {}
    for cohort in plan.result.cohorts:
        for state, number in cohort.stranded.items():
            where[state] = where.get(state, 0) + number
    places = ", ".join(f"{name_of(state)} {number:,}" for state, number in sorted(where.items()))
    click.echo(
        paragraph(
            f"UNPLACED: {plan.result.unplaced:,} people have no place under these rules. Where "
            f"they are ({places}), that state stays responsible until another admits them, and "
            "nobody may be returned. This calls a meeting of the group."
        )
    )


def costs(plan: Plan) -> None:
    result = plan.result
    paying = [(part, part.money) for part in result.states if part.money is not None]
    if not paying:
        return
    click.echo(f"\nWho pays what (million {result.currency} a year)")
    rows = [
        (
            label(part),
            millions(money.cost),
            millions(money.gross),
            millions(-money.net) if money.net < 0 else "",
            millions(money.net) if money.net > 0 else "",
            grouped(part.residual_places),
        )
        for part, money in sorted(paying, key=lambda pair: (pair[1].net, pair[0].state))
        if money.cost or money.gross
    ]
    head = ["State", "Hosting", "Assessed", "Receives", "Pays", "Permanent"]
    click.echo(table(head, rows))
    click.echo(f"The whole costs {millions(result.total_cost)} million {result.currency} a year.")
    if any(part.tier != "inner core" for part in result.states):
        click.echo("* outer core  ** contributor to this situation only")
    click.echo("Permanent: places guaranteed for those who cannot return.")


def millions(money: Decimal) -> str:
    return grouped(Fraction(money) / 10**6, 2)


def remarks(plan: Plan, store: str | None) -> None:
    for tie in plan.result.ties:
        told = f"Tie: {tie.what}. Settled for {', '.join(tie.settled_for)} by {tie.by}."
        click.echo("\n" + paragraph(told))
    if plan.result.notes:
        click.echo("\nNotes")
        for note in plan.result.notes:
            click.echo(paragraph(f"- {note}", "  "))
    click.echo(f"\nPlan {plan.manifest.plan[:16]}, engine {plan.manifest.engine}.")
    same = "charter and situation" if store is None else "charter, situation and --store"
    click.echo(f"Why: `explain` with the same {same}, and a state.")
