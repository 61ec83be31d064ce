"""``compare``: every rule side by side on one situation."""

import json
from collections.abc import Sequence
from fractions import Fraction

import click

from commonhaven.cli.inputs import read_inputs, source
from commonhaven.cli.options import on_day, output_format, read_day, stored
from commonhaven.cli.tables import as_csv, grouped, paragraph, table
from commonhaven.parties import short_name
from commonhaven.reading import Problem, decimal_text, dump
from commonhaven.regime import Column, Comparison, compare

ACROSS = 5


@click.command("compare")
@click.argument("charter")
@click.argument("situation")
@click.option("--rules", "names", metavar="A,B,C", help="Only these rules, beside the charter's.")
@on_day
@stored
@output_format
def command(
    charter: str,
    situation: str,
    names: str | None,
    day: str | None,
    store: str | None,
    form: str,
) -> None:
    """Run every rule on SITUATION among the members of CHARTER, side by side.

    \b
    Example:
      commonhaven compare west-africa liberia-1990
      commonhaven compare eu ukraine-2022 --rules eu-2015,grech-2016,equal
    """
    agreed, crisis = read_inputs(charter, situation)
    given = [name.strip() for name in names.split(",")] if names is not None else []
    wanted = list(dict.fromkeys(given))
    if any(not name for name in wanted):
        raise Problem("a rule's name is empty", where="--rules", fix="Write eu-2015,equal.")
    found = compare(agreed, crisis, source(store), on=read_day(day), names=wanted)
    if form == "json":
        click.echo(json.dumps(dump(found), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(csv_of(found), nl=False)
    else:
        show(found)


def csv_of(found: Comparison) -> str:
    rows = [
        (column.rule, state, people, column.per_1000.get(state), column.per_billion_gdp.get(state),
         found.changes(column.rule)[state], column.net.get(state))
        for column in found.columns
        for state, people in column.people.items()
    ]  # fmt: skip
    header = [
        "rule", "state", "people", "per_1000", "per_billion_gdp", "against_charter_rule", "net",
    ]  # fmt: skip
    return as_csv(header, rows)


def show(found: Comparison) -> None:
    click.echo("People protected in each state, rule by rule (the charter's rule first)")
    for block in blocks(found):
        click.echo()
        click.echo(table(["", *(column.rule[:13] for column in block)], people_rows(found, block)))
    show_changes(found)
    click.echo(
        f"\nWho pays (+) or receives (-), million {found.currency} a year, by the charter's scale"
    )
    for block in blocks(found):
        click.echo()
        click.echo(table(["", *(column.rule[:13] for column in block)], money_rows(found, block)))
    click.echo()
    for column in found.columns:
        if column.warning:
            click.echo(paragraph(f"{column.rule}: {column.warning}", "  "))
    for rule, why in found.not_run.items():
        click.echo(paragraph(f"{rule} did not run: {why}", "  "))
    click.echo("\nGini: 0 when all host alike per inhabitant, 1 when one state hosts all.")
    click.echo("People per 1,000 inhabitants and per billion of GDP: --format csv.")


def blocks(found: Comparison) -> list[tuple[Column, ...]]:
    """As many rules side by side as fit in 80 columns."""
    return [found.columns[at : at + ACROSS] for at in range(0, len(found.columns), ACROSS)]


def people_rows(found: Comparison, block: Sequence[Column]) -> list[list[str]]:
    rows = [
        [short_name(state), *(f"{column.people.get(state, 0):,}" for column in block)]
        for state in sorted(found.present, key=lambda s: (-found.columns[0].people.get(s, 0), s))
        if found.present[state] or any(column.people.get(state) for column in found.columns)
    ]
    ginis = ["-" if c.gini is None else decimal_text(c.gini, 3) for c in block]
    return [
        *rows,
        ["Unplaced", *(f"{column.unplaced:,}" for column in block)],
        ["Protected elsewhere", *(f"{column.moved:,}" for column in block)],
        ["Gini, per inhabitant", *ginis],
    ]


def money_rows(found: Comparison, block: Sequence[Column]) -> list[list[str]]:
    first = found.columns[0].net
    return [
        [
            short_name(state),
            *(
                "-" if state not in c.net else grouped(Fraction(c.net[state]) / 10**6, 1)
                for c in block
            ),
        ]
        for state in sorted(first, key=lambda s: (-first[s], s))
    ]


def millions(column: Column, state: str) -> str:
    if state not in column.net:
        return "-"
    return grouped(Fraction(column.net[state]) / 10**6, 1)


def show_changes(found: Comparison) -> None:
    click.echo(f"\nAgainst {found.charter_rule}: who protects most more, who most fewer")
    for column in found.columns[1:]:
        changes = sorted(found.changes(column.rule).items(), key=lambda item: (item[1], item[0]))
        fewer = [f"{state} {number:,}" for state, number in changes[:3] if number < 0]
        more = [f"{state} +{number:,}" for state, number in reversed(changes[-3:]) if number > 0]
        text = "; ".join(part for part in (", ".join(more), ", ".join(fewer)) if part) or "the same"
        click.echo(paragraph(f"{column.rule}: {text}", "  "))
