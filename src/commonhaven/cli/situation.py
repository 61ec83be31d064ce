"""``situation``: list, show, check situations; their schema."""

import json
from pathlib import Path

import click

from commonhaven import situations
from commonhaven.cli.findings import tell
from commonhaven.cli.options import as_file
from commonhaven.cli.tables import paragraph, table
from commonhaven.parties import name as name_of
from commonhaven.reading import load_toml
from commonhaven.reading.toml import read_text


@click.group("situation")
def command() -> None:
    """Check and show situations: displacements with their cohorts.

    \b
    Example:
      commonhaven situation show liberia-1990
    """


@command.command("list")
def listed() -> None:
    """List the situations that ship.

    \b
    Example:
      commonhaven situation list
    """
    rows = []
    for name in situations.shipped():
        each = situations.load(name)
        rows.append((name, each.called(), str(each.on), f"{each.people:,}"))
    click.echo(table(["Situation", "Name", "On", "People"], rows, left=3))


@command.command("show")
@click.argument("situation")
@as_file
def shown(situation: str, form: str) -> None:
    """Show SITUATION: who fled, where they are, from which sources; or its file, to copy.

    \b
    Example:
      commonhaven situation show ukraine-2022
      commonhaven situation show ukraine-2022 --format toml > mine.toml
    """
    each = situations.load(situation)
    if form == "toml":
        path = situations.shipped().get(situation, Path(situation))
        click.echo(read_text(path, situation), nl=False)
        return
    click.echo(f"{each.called()}, {each.on}: {each.people:,} people from {name_of(each.origin)}")
    click.echo(paragraph(each.about))
    for cohort in each.cohorts:
        click.echo(f"\n{cohort.id}: {cohort.name}, {cohort.people:,} people [{cohort.source}]")
        places = sorted(cohort.present.items(), key=lambda item: (-item[1], item[0]))
        click.echo(paragraph(", ".join(f"{name_of(s)} {n:,}" for s, n in places), "  "))
    click.echo("\nSources")
    for source in each.sources:
        click.echo(paragraph(f"[{source.id}] {source.title} {source.url}".strip(), "  "))
        if source.note:
            click.echo(paragraph(source.note, "      "))


@command.command("check")
@click.argument("situation")
def checked(situation: str) -> int:
    """Check SITUATION and list everything to mend.

    Exit code 0: nothing wrong; 2: errors. Advice does not count as an error.

    \b
    Example:
      commonhaven situation check liberia-1990
    """
    path = situations.shipped().get(situation, Path(situation))
    return tell(situation, situations.findings(load_toml(path, situation), situation))


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of a situation.

    \b
    Example:
      commonhaven situation schema
    """
    click.echo(json.dumps(situations.json_schema(), ensure_ascii=False, indent=2))
