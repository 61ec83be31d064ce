"""``charter dry-run``: what each member would owe under a draft, before it is adopted."""

import json
from decimal import Decimal
from fractions import Fraction

import click

from commonhaven import charter as charters
from commonhaven import situations
from commonhaven.charter import Charter
from commonhaven.cli.inputs import source
from commonhaven.cli.options import output_format, stored
from commonhaven.cli.tables import Cell, as_csv, grouped, paragraph, table
from commonhaven.parties import short_name
from commonhaven.reading import Problem, dump
from commonhaven.regime.dry_run import DryRun, MemberRun, Owed, SituationRun, dry_run
from commonhaven.situations import Situation


@click.command("dry-run")
@click.argument("draft")
@click.option("--against", metavar="CHARTER", help="The charter in force, to compare with.")
@click.option(
    "--situation", "names", metavar="SITUATION", multiple=True,
    help="A situation to play; several times for several. Left out: those in the draft's region.",
)  # fmt: skip
@stored
@output_format
def command(
    draft: str, against: str | None, names: tuple[str, ...], store: str | None, form: str
) -> None:
    """Tell what each member would owe under DRAFT: people, money, permanent places.

    \b
    Example:
      commonhaven charter dry-run west-africa
      commonhaven charter dry-run west-africa --against hathaway-neve --situation togo-1993
    """
    new = charters.load(draft)
    old = charters.load(against) if against else None
    found = dry_run(old, new, played(new, names), source(store))
    if form == "json":
        click.echo(json.dumps(dump(found), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(csv_of(found), nl=False)
    else:
        show(found)


def played(draft: Charter, names: tuple[str, ...]) -> tuple[Situation, ...]:
    """The situations named, each once; else those that ship and have people in the region."""
    if names:
        return tuple(situations.load(name) for name in dict.fromkeys(names))
    region = {member.state for member in draft.members if member.tier == "inner core"}
    found = tuple(
        each
        for each in map(situations.load, situations.shipped())
        if any(region & set(cohort.present) for cohort in each.cohorts)
    )
    if not found:
        raise Problem(
            "no situation that ships has people in the region of this draft", where=draft.group.id,
            fix="Name one with --situation, a file or the name of one that ships.",
        )  # fmt: skip
    return found


CSV = ("situation", "state", "people", "people_now", "people_change", "currency", "pays",
       "pays_now", "pays_change", "permanent_places", "permanent_places_now", "places_change",
       "rank", "why_not")  # fmt: skip


def csv_of(found: DryRun) -> str:
    rows: list[tuple[Cell, ...]] = []
    for run in found.situations:
        if run.why_not:
            rows.append((run.situation, *(None,) * (len(CSV) - 2), run.why_not))
        compared = run.current is not None
        rows += [csv_row(found, run, member, compared=compared) for member in run.members]
    return as_csv(CSV, rows)


def csv_row(
    found: DryRun, run: SituationRun, member: MemberRun, *, compared: bool
) -> tuple[Cell, ...]:
    new, old = sides(member.draft), sides(member.current)
    return (
        run.situation, member.state, new[0], old[0], member.people_change if compared else None,
        found.currency, new[1], old[1], member.pays_change, new[2], old[2],
        member.places_change if compared else None, member.rank, run.why_not_current or None,
    )  # fmt: skip


def sides(owed: Owed | None) -> tuple[int | None, Decimal | None, int | None]:
    return (None, None, None) if owed is None else (owed.people, owed.pays, owed.permanent_places)


def show(found: DryRun) -> None:
    click.echo(f"Draft: {found.draft}" + (f"   In force: {found.current}" if found.current else ""))
    if found.current:
        click.echo("\nWhat the draft changes")
        for change in found.changes:
            click.echo(paragraph(f"- {change}", "  "))
        if not found.changes:
            click.echo("  Nothing.")
    for run in found.situations:
        show_situation(found, run)
    show_totals(found)
    for note in found.notes:
        click.echo(paragraph(note))


def show_situation(found: DryRun, run: SituationRun) -> None:
    click.echo(f"\n{run.situation}")
    if run.why_not:
        click.echo(paragraph(f"The draft cannot be computed: {run.why_not}", "  "))
        return
    if run.why_not_current:
        said = f"The charter in force cannot be computed: {run.why_not_current}"
        click.echo(paragraph(said, "  "))
    if run.draft:
        before = f" ({run.current.unplaced:,} under the charter in force)" if run.current else ""
        click.echo(
            f"  {run.draft.placed:,} people placed, {run.draft.unplaced:,} unplaced{before}."
        )
    compared = run.current is not None
    rows = [row(member, compared=compared) for member in run.members if owes(member)]
    if rows:
        head = ["Member", "Rank", "Protects", "Change", "Pays", "Change", "Permanent", "Change"]
        click.echo(table(head, rows))
        click.echo(f"Pays: million {found.currency} a year, below 0 where it receives.")


def owes(member: MemberRun) -> bool:
    return any(
        side is not None and (side.people or side.pays or side.permanent_places)
        for side in (member.draft, member.current)
    )


def row(member: MemberRun, *, compared: bool) -> list[str]:
    new = member.draft or Owed(people=0, pays=Decimal(0), permanent_places=0)
    return [
        short_name(member.state) + ("" if member.draft else " (leaves)"),
        "" if member.rank is None else str(member.rank),
        grouped(new.people),
        signed(member.people_change) if compared else "",
        millions(new.pays),
        millions(member.pays_change, sign=True) if compared else "",
        grouped(new.permanent_places),
        signed(member.places_change) if compared else "",
    ]


def show_totals(found: DryRun) -> None:
    if not found.members or len(found.situations) < 2:
        return
    compared = bool(found.current)
    count = max(member.situations for member in found.members)
    click.echo(f"\nIn all {count} situations that could be computed")
    rows = [
        [
            short_name(each.state), str(each.rank), grouped(each.people),
            signed(each.people_change) if compared else "", millions(each.pays),
            millions(each.pays_change, sign=True) if compared else "",
            grouped(each.permanent_places), signed(each.places_change) if compared else "",
        ]
        for each in sorted(found.members, key=lambda m: (m.rank, m.state))
        if each.people or each.pays or each.permanent_places or each.people_change
    ]  # fmt: skip
    head = ["Member", "Rank", "Protects", "Change", "Pays", "Change", "Permanent", "Change"]
    click.echo(table(head, rows))


def signed(number: int) -> str:
    return f"{'+' if number > 0 else ''}{number:,}"


def millions(money: Decimal | None, *, sign: bool = False) -> str:
    if money is None:
        return "-"
    return ("+" if sign and money > 0 else "") + grouped(Fraction(money) / 10**6, 2)
