"""``record``: check a group's record, and show what is open in it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from commonhaven.cli.tables import one_line
from commonhaven.record import Content, Entry, Fault, Header, Line, check, walk

FILE = click.Path(path_type=Path)
STEP = 5_000


@click.group("record")
def command() -> None:
    """Check a group's record, or show what is open in it.

    A record is a file of JSON lines that a group exports from its platform.

    \b
    Example:
      commonhaven record verify record.jsonl --head 3f0c...
    """


@command.command("verify")
@click.argument("file", type=FILE)
@click.option(
    "--extends", "older", type=FILE, metavar="OLDER",
    help="An older export: its entries must be the beginning of FILE.",
)  # fmt: skip
@click.option("--head", metavar="HASH", default="", help="The last hash as the group published it.")
@click.option("--plans", is_flag=True, help="Compute every open plan in the record again.")
def verify(file: Path, older: Path | None, head: str, plans: bool) -> int:
    """Check every seal, link and line of FILE, sealed entries included.

    Exit code 0: the record stands; 1: it does not, and the first fault is named; 2: FILE cannot be
    read or is no export of a record.

    \b
    Example:
      commonhaven record verify record.jsonl
      commonhaven record verify record.jsonl --extends last-year.jsonl --plans
    """
    told: list[str] = []
    broken: list[int] = []

    def seen(line: Line) -> None:
        if plans:
            computed_again(line, told, broken)
        progress(line)

    progress = counter()
    finding = check(file, extends=older, head=head, seen=seen)
    wipe()
    for sentence in (*finding.sentences(), *told):
        click.echo(one_line(sentence))
    if plans and finding.stands and not told:
        click.echo("No open entry holds a whole plan.")
    return 0 if finding.stands and not broken else 1


def computed_again(line: Line, told: list[str], broken: list[int]) -> None:
    """Say of the plan in an entry, if there is one, whether it stands."""
    from commonhaven.regime.recorded import recorded_plan

    plan = recorded_plan(line)
    if plan is None:
        return
    told.append(f"Entry {plan.number}, {plan.act}: {' '.join(plan.sentences)}")
    if not plan.stands:
        broken.append(plan.number)


def counter() -> Callable[[Line], None]:
    """Counts entries on a terminal, and is silent in a pipe."""
    if not sys.stderr.isatty():
        return lambda _line: None

    def count(line: Line) -> None:
        if line.number % STEP == 0:
            click.echo(f"\r{line.number:,} entries checked", nl=False, err=True)

    return count


def wipe() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)


@command.command("show")
@click.argument("file", type=FILE)
@click.option("--act", metavar="TEXT", help="Only acts of this name, such as 'meeting convened'.")
@click.option("--subject", metavar="TEXT", help="Only acts about this, such as meeting/7.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table",
    show_default=True, help="How to print; json gives a line an entry, with its body.",
)  # fmt: skip
def show(file: Path, act: str | None, subject: str | None, form: str) -> int:
    """Show the acts in FILE, one line each, checking it on the way.

    Sealed entries are counted: they say neither act nor subject. Exit code 1 where the record
    does not stand; what was shown before the fault holds.

    \b
    Example:
      commonhaven record show record.jsonl --act "decision adopted"
    """
    sealed = 0
    try:
        for line in walk(file):
            if isinstance(line, Header):
                announce(line, form)
            elif not isinstance(line, Entry):
                sealed += 1
            elif act in {None, line.content.act} and subject in {None, line.content.subject}:
                click.echo(as_json(line) if form == "json" else as_row(line.content))
    except Fault as fault:
        click.echo(one_line(f"The record does not stand. {fault}"), err=form == "json")
        return 1
    if form == "table":
        count = "1 entry is" if sealed == 1 else f"{sealed:,} entries are"
        click.echo(f"{count} sealed in this export.")
    return 0


def announce(header: Header, form: str) -> None:
    if form == "table":
        said = (
            f"The record of {header.group}, {header.entries:,} entries, exported for "
            f"{header.audience} on {header.exported}."
        )
        click.echo(one_line(said))


def as_row(content: Content) -> str:
    """One act in a line: number, time, act, subject, who in which capacity, for whom."""
    who = f"{content.party} ({content.capacity})" if content.capacity else content.party
    about = f", {content.subject}" if content.subject else ""
    by = f", by {who}" if who else ""
    return one_line(
        f"{content.number}  {content.at[:19]}Z  {content.act}{about}{by} [{content.audience}]"
    )


def as_json(line: Entry) -> str:
    table = {**line.content.table(), "seal": line.seal, "hash": line.hash}
    return json.dumps(table, ensure_ascii=False)
