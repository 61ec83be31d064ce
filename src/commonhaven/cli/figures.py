"""``figures``: which are in use, how old, from whom; refresh them from their publishers."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from commonhaven.cli.inputs import opened
from commonhaven.cli.options import read_day, read_store, stored
from commonhaven.cli.tables import as_csv, paragraph, table
from commonhaven.parties import find_state
from commonhaven.parties.figures import describe, report
from commonhaven.reading import decimal_text

LATEST = date(2025, 12, 31)


@click.group("figures")
def command() -> None:
    """List, show and refresh the figures behind every plan.

    \b
    Example:
      commonhaven figures show GHA population --on 1990-12-31
    """


@command.command("list")
@stored
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table")
def listed(store: str | None, form: str) -> None:
    """List the indicators: unit, years, publisher and licence.

    \b
    Example:
      commonhaven figures list
    """
    rows = []
    for each in opened(store).indicators():
        years = "–".join(str(year) for year in each.years) or "static"
        rows.append((each.id, each.unit, years, each.publisher, each.licence))
    header = ["indicator", "unit", "years", "publisher", "licence"]
    if form == "csv":
        click.echo(as_csv(header, rows), nl=False)
        return
    click.echo(table(["Indicator", "Unit", "Years"], [row[:3] for row in rows], left=3))
    click.echo("\nPublishers and licences: commonhaven figures list --format csv")


@command.command("show")
@click.argument("state")
@click.argument("indicator")
@click.option("--on", "day", metavar="DATE", help="Which value was used for this day?")
@stored
def shown(state: str, indicator: str, day: str | None, store: str | None) -> None:
    """Tell which value of INDICATOR is used for STATE on a day, how old it is and its source.

    \b
    Example:
      commonhaven figures show GHA population --on 1990-12-31
      commonhaven figures show CIV distance_km/LBR
    """
    code = find_state(state, "figures show").code
    described = describe(code, indicator, read_day(day) or LATEST, opened(store))
    for line in report(described):
        click.echo(line if line.startswith("  ") else paragraph(line))


@command.command("pull")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    help="A folder of the publishers' files, instead of the network.",
)
@stored
def pulled(folder: Path | None, store: str | None) -> None:
    """Fetch figures from the World Bank and UNHCR into your own store, as new editions.

    Nothing is overwritten: `figures revisions` and `figures changes` tell what a source revised.
    Use them with `--store FOLDER` of `share`, `explain` and `compare`.

    \b
    Example:
      commonhaven figures pull --help
    """
    from commonhaven.parties.figures.pull import pull_all, pull_folder

    today = datetime.now(UTC).date()
    if folder is not None:
        brought = pull_folder(folder, on=today, store=read_store(store))
    else:
        brought = pull_all(on=today, store=read_store(store), heard=say)
    for each in brought:
        what = ", ".join(sorted(each.edition.indicators))
        news = "new" if each.new else "nothing new since"
        click.echo(paragraph(f"{each.edition.id}: {news}: {what}"))
        for code, why in each.edition.skipped.items():
            click.echo(paragraph(f"left out {code}: {why}", "  "))


def say(progress: str) -> None:
    """Progress on a terminal; nothing in a pipe."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{progress[:78]}", err=True, nl=False)


@command.command("changes")
@click.argument("edition")
@stored
def changed(edition: str, store: str | None) -> None:
    """List the values that EDITION revised or withdrew.

    \b
    Example:
      commonhaven figures changes --help
    """
    from commonhaven.parties.figures.pull import changes

    rows = [
        (
            each.state, each.indicator, str(each.period), decimal_text(each.old),
            "withdrawn" if each.new is None else decimal_text(each.new),
        )
        for each in changes(edition, read_store(store))
    ]  # fmt: skip
    if not rows:
        click.echo(f"{edition} revised nothing.")
        return
    click.echo(table(["State", "Indicator", "Period", "Before", "Now"], rows, left=2))


@command.command("revisions")
@click.argument("state")
@click.argument("indicator")
@click.argument("year", type=int)
@stored
def revised(state: str, indicator: str, year: int, store: str | None) -> None:
    """List every value that editions have given for STATE, INDICATOR and YEAR.

    \b
    Example:
      commonhaven figures revisions GHA population 2020
    """
    from commonhaven.parties.figures.pull import revisions

    code = find_state(state, "figures revisions").code
    rows = [
        (figure.revision, str(figure.retrieved), decimal_text(figure.value), figure.source)
        for figure in revisions(code, indicator, year, read_store(store))
    ]
    click.echo(table(["Edition", "Retrieved", "Value", "Source"], rows, left=4))
