"""``charter``: list, show, check, compare charters; their schema."""

import json
from datetime import date
from pathlib import Path

import click

from commonhaven import charter as charters
from commonhaven.charter import Charter
from commonhaven.cli.dry_run import command as dry_run
from commonhaven.cli.findings import tell
from commonhaven.cli.options import as_file, on_day, read_day
from commonhaven.cli.tables import paragraph, table
from commonhaven.parties import name as name_of
from commonhaven.reading import load_toml
from commonhaven.reading.toml import read_text


@click.group("charter")
def command() -> None:
    """Check, show and compare charters.

    \b
    Example:
      commonhaven charter check my-charter.toml
      commonhaven charter diff hathaway-neve west-africa
    """


@command.command("list")
def listed() -> None:
    """List the charters that ship; all are examples.

    \b
    Example:
      commonhaven charter list
    """
    rows = []
    for name in charters.shipped():
        each = charters.load(name)
        members = len(each.members_on(each.group.in_force))
        rows.append((name, each.group.called(), each.responsibility.rule, str(members)))
    click.echo(table(["Charter", "Group", "Rule", "Members"], rows, left=3))


@command.command("show")
@click.argument("charter")
@on_day
@as_file
def shown(charter: str, day: str | None, form: str) -> None:
    """Show CHARTER: members by tier on a day, and its rules; or its file, to copy and change.

    \b
    Example:
      commonhaven charter show west-africa
      commonhaven charter show west-africa --format toml > mine.toml
    """
    each = charters.load(charter)
    if form == "toml":
        click.echo(read_text(charters.shipped().get(charter, Path(charter)), charter), nl=False)
        return
    on = read_day(day) or each.group.in_force
    click.echo(f"{each.group.called()}, version {each.group.version}, {each.group.kind}")
    if each.group.note:
        click.echo(paragraph(each.group.note))
    show_members(each, on)
    for title, rule, parameters in (
        ("Who protects whom", each.responsibility.rule, each.responsibility.parameters),
        ("Who pays what", each.costs.scale, each.costs.parameters),
    ):
        pairs = ", ".join(f"{key} = {value}" for key, value in parameters.items())
        click.echo(f"\n{title}: {rule}")
        click.echo(paragraph(f"Parameters: {pairs or 'the defaults'}", "  "))


def show_members(each: Charter, on: date) -> None:
    for tier in ("inner core", "outer core", "situation-specific contributor"):
        states = [code for code, member in each.members_on(on).items() if member.tier == tier]
        if states:
            click.echo(f"\n{tier.capitalize()} on {on}")
            click.echo(paragraph(", ".join(name_of(code) for code in states), "  "))
    for participant in each.participants:
        convenes = ", may convene" if participant.may_convene else ""
        click.echo(f"\n{participant.party}: {participant.role}{convenes}")


@command.command("check")
@click.argument("charter")
def checked(charter: str) -> int:
    """Check CHARTER and list everything a drafter should mend.

    Exit code 0: nothing wrong; 2: errors. Advice does not count as an error.

    \b
    Example:
      commonhaven charter check west-africa
    """
    path = charters.shipped().get(charter, Path(charter))
    return tell(charter, charters.findings(load_toml(path, charter), charter))


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of a charter.

    \b
    Example:
      commonhaven charter schema
    """
    click.echo(json.dumps(charters.json_schema(), ensure_ascii=False, indent=2))


@command.command("diff")
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Tell in words what changes from charter OLD to charter NEW.

    \b
    Example:
      commonhaven charter diff hathaway-neve west-africa
    """
    before, after = charters.load(old), charters.load(new)
    changes = charters.diff(before, after)
    for change in changes:
        click.echo(paragraph(f"- {change}"))
    if not changes:
        click.echo("The two are the same.")
    if before.group.id == after.group.id:
        for finding in charters.succession(before, after):
            click.echo(paragraph(f"{finding.severity}: {finding}"))


command.add_command(dry_run)
