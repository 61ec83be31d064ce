"""``explain``: one state's part of a plan, in sentences."""

import json

import click

from commonhaven.cli.inputs import plan_of
from commonhaven.cli.options import on_day, stored
from commonhaven.cli.tables import paragraph
from commonhaven.reading import dump
from commonhaven.regime import explain


@click.command("explain")
@click.argument("charter")
@click.argument("situation")
@click.argument("state")
@on_day
@stored
@click.option("--trace", is_flag=True, help="Also print every line of working behind it.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(
    charter: str,
    situation: str,
    state: str,
    day: str | None,
    store: str | None,
    trace: bool,
    form: str,
) -> None:
    """Explain what STATE is to do under CHARTER in SITUATION, and why.

    \b
    Example:
      commonhaven explain west-africa liberia-1990 CIV
      commonhaven explain eu ukraine-2022 Germany --trace
    """
    told = explain(plan_of(charter, situation, day, store), state)
    if form == "json":
        click.echo(json.dumps(dump(told), ensure_ascii=False, indent=1))
        return
    click.echo(f"{told.name} ({told.state})")
    for title, sentences in told.sections:
        click.echo(f"\n{title}")
        for sentence in sentences:
            click.echo(paragraph(sentence, "  "))
    if trace:
        click.echo("\nWorking")
        for line in told.lines:
            value = json.loads(json.dumps(dump(line)))["value"]
            click.echo(f"  {line.id} = {value} {line.unit}".rstrip())
            for extra in (line.formula, line.cite, " ".join(line.uses)):
                if extra:
                    click.echo(paragraph(extra, "      "))
