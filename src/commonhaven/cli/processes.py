"""``processes``: list, show, compare consultative processes; measures and evaluation beside."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from commonhaven.cli.as_json import as_json, plain
from commonhaven.cli.findings import tell
from commonhaven.cli.options import Command, on_day, output_format, read_day
from commonhaven.cli.processes_evaluation import diagnosed, followed, questionnaire, scored
from commonhaven.cli.processes_measures import (
    bridging,
    lacking,
    overlapping,
    seated,
    suggested,
)
from commonhaven.cli.tables import Cell, as_csv, paragraph, table
from commonhaven.parties import find_state
from commonhaven.processes import (
    POINTS,
    Comparison,
    Filter,
    Process,
    Roster,
    chosen,
    compare,
    exchanges,
    findings,
    json_schema,
    load,
    point,
    process,
    processes,
    roster,
    shipped,
    unknown,
)
from commonhaven.reading import load_toml

TYPES = click.Choice(["RCP", "IRF", "refugee framework", "global"])


@click.group("processes")
def command() -> None:
    """Consultative processes: who sits where, on what they work, whom they could learn from.

    \b
    Example:
      commonhaven processes suggest bali
    """


for each in (
    overlapping, seated, suggested, lacking, bridging, scored, diagnosed, questionnaire, followed,
):  # fmt: skip
    command.add_command(each)


def filtered(function: Command) -> Command:
    for option in (
        click.option("--state", metavar="CODE", help="Only where it is a member or observer."),
        click.option("--theme", metavar="ID", help="Only those that work on it."),
        click.option("--region", metavar="ID", help="Only those of the region."),
        click.option("--type", "kind", type=TYPES, help="Only those of the type."),
    ):
        function = option(function)
    return function


def today() -> date:
    return datetime.now(UTC).date()


def only(kind: str | None, region: str | None, theme: str | None, state: str | None) -> Filter:
    code = find_state(state, "--state").code if state else ""
    return Filter(type=kind or "", region=region or "", theme=theme or "", state=code)


@command.command("list")
@filtered
@on_day
@output_format
def listed(
    kind: str | None, region: str | None, theme: str | None, state: str | None, day: str | None,
    form: str,
) -> None:  # fmt: skip
    """List the processes, how many states sit in each, and how much of it is not known.

    \b
    Example:
      commonhaven processes list --theme skills
    """
    on = read_day(day) or today()
    found = chosen(processes().values(), only(kind, region, theme, state), on)
    if form == "json":
        click.echo(as_json([{"process": plain(e), "roster": plain(roster(e, on))} for e in found]))
    elif form == "csv":
        header = ("process", "name", "type", "founded", "status", "states", "complete", "unknown")
        click.echo(as_csv(header, [line(each, roster(each, on)) for each in found]), nl=False)
    else:
        rows = [short(each, roster(each, on)) for each in found]
        heads = ("Process", "Name", "Type", "Began", "States", "Not known")
        click.echo(table(heads, rows, left=3))
        click.echo("\n+ the list of members is not complete, or does not describe the day.")


def line(each: Process, held: Roster) -> list[Cell]:
    return [
        each.id, each.name, each.type, each.founded or None, each.status,
        None if held.open_to_all else len(held.states), "yes" if held.complete else "no",
        len(unknown(each)),
    ]  # fmt: skip


def short(each: Process, held: Roster) -> list[str]:
    states = "all" if held.open_to_all else str(len(held.states))
    states += "" if held.complete else " +"
    return [each.id, each.name, each.type, each.founded, states, str(len(unknown(each)))]


@command.command("show")
@click.argument("name", metavar="PROCESS")
@on_day
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def shown(name: str, day: str | None, form: str) -> None:
    """Tell all that is known of PROCESS on a day, with its sources, and what is not known.

    PROCESS is the id or name of one that ships, or a TOML file.

    \b
    Example:
      commonhaven processes show prague
    """
    on = read_day(day) or today()
    each = found(name)
    if form == "json":
        click.echo(as_json({"process": plain(each), "roster": plain(roster(each, on))}))
        return
    click.echo(f"{each.id}: {each.name} ({each.type}, {each.status})")
    if each.aka:
        click.echo(paragraph(f"Also: {', '.join(each.aka)}", "  "))
    told = compare([each], on, done=exchanges())
    for about, cell in zip(told.points, told.cells[each.id], strict=True):
        source = f" [{cell.standing}: {cell.source}]" if cell.source else ""
        click.echo(f"\n{about.title}\n{paragraph(cell.shown + source, '  ')}")
    held = roster(each, on)
    for title, parties in (
        ("Member states", held.states),
        ("Suspended", held.suspended),
        ("Not known whether they take part", held.uncertain),
    ):
        if parties:
            click.echo(f"\n{title}\n{paragraph(', '.join(parties), '  ')}")
    for remark in (*held.warnings, each.note):
        if remark:
            click.echo("\n" + paragraph(f"Mind: {remark}"))


def found(name: str) -> Process:
    """One that ships by its id or name, else a file."""
    return load(name) if name.endswith(".toml") or "/" in name else process(name)


@command.command("compare")
@click.argument("names", metavar="[PROCESS]...", nargs=-1)
@click.option("--points", metavar="A,B,...", help="Only these points of comparison.")
@filtered
@on_day
@output_format
def compared(
    names: Sequence[str], points: str | None, kind: str | None, region: str | None,
    theme: str | None, state: str | None, day: str | None, form: str,
) -> None:  # fmt: skip
    """Processes side by side, point by point as at the workshop of 2005.

    Without PROCESS, all that pass the filters.

    \b
    Example:
      commonhaven processes compare budapest prague --points chairs,secretariat,funding
    """
    on = read_day(day) or today()
    asked = [found(name) for name in names] if names else list(processes().values())
    passed = chosen(asked, only(kind, region, theme, state), on)
    wanted = [point(name.strip()) for name in points.split(",")] if points else POINTS
    told = compare(passed, on, points=wanted, done=exchanges())
    if form == "json":
        click.echo(as_json(plain(told)))
    elif form == "csv":
        click.echo(csv_of(told), nl=False)
    else:
        side_by_side(told)


def csv_of(told: Comparison) -> str:
    rows: list[list[Cell]] = [
        [name, about.id, about.para, cell.text or None, cell.standing, cell.source]
        for name, cells in told.cells.items()
        for about, cell in zip(told.points, cells, strict=True)
    ]
    return as_csv(("process", "point", "para", "known", "standing", "source"), rows)


def side_by_side(told: Comparison) -> None:
    for number, about in enumerate(told.points):
        click.echo(f"{about.title} (2005, para. {about.para})")
        for name, cells in told.cells.items():
            click.echo(paragraph(f"{name}: {cells[number].shown}", "  "))
        click.echo()
    click.echo("Sources: --format csv or json. What is not known is left open, not guessed.")


@command.command("check")
@click.argument("name", metavar="FILE")
def checked(name: str) -> int:
    """Check the file of a process, or one that ships, and list everything to mend.

    Exit code 0: nothing wrong; 2: errors. Advice does not count as an error.

    \b
    Example:
      commonhaven processes check prague
    """
    path = shipped().get(name, Path(name))
    return tell(name, findings(load_toml(path, name), name))


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of a process.

    \b
    Example:
      commonhaven processes schema
    """
    click.echo(as_json(json_schema()))
