"""``key``: shares of states under a key, from a CSV of figures."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from commonhaven.allocation import Key, KeyUndefined, Rule, Tie
from commonhaven.allocation.registry import rules
from commonhaven.allocation.rounding import METHODS, WHOLE, Apportionment, apportion
from commonhaven.cli.options import output_format, read_parameters
from commonhaven.cli.tables import as_csv, grouped, paragraph, percent, table
from commonhaven.costs.registry import scales
from commonhaven.reading import Problem, Table, closest, decimal_text, dump, read_table, whole
from commonhaven.reading.numbers import brief
from commonhaven.reading.table import Row

MOST_PEOPLE = 10**10
MOST = {
    "population": Fraction(10**10),
    "gdp": Fraction(10**16),
    "gni": Fraction(10**16),
    "tax_revenue": Fraction(10**16),
    "land_area_km2": Fraction(2 * 10**7),
    "unemployment_percent": Fraction(100),
    "applications_per_million": Fraction(10**6),
}
"""Greatest value of a column that is no slip of the pen."""
NEVER_ZERO = ("population", "gdp")
"""Columns in which no state has zero."""


@click.command("key")
@click.argument("rule")
@click.argument("states", metavar="STATES.csv", type=click.Path(path_type=Path))
@click.option("--total", metavar="N", required=True, help="People to share.")
@click.option(
    "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="See `rules RULE`."
)
@click.option(
    "--rounding", type=click.Choice(list(METHODS)), help="The rule's own method if left out."
)
@output_format
def command(
    rule: str,
    states: Path,
    total: str,
    parameters: tuple[str, ...],
    rounding: str | None,
    form: str,
) -> None:
    """Share N people between the states of a CSV file under the key RULE.

    The file has a column `state` and one column per indicator that the rule needs, such as
    population, gdp, land_area_km2, unemployment_percent, applications_per_million, tax_revenue.

    \b
    Example:
      commonhaven key ammr-2024 states.csv --total 21000
      commonhaven key eu-2015 states.csv --total 120000 --param cap_base=mean --format csv
    """
    chosen = find(rule)
    people = read_total(total)
    settings = read_settings(chosen, parameters)
    read = read_table(states, required=["state"])
    figures = read_figures(read, chosen, settings)
    try:
        found = chosen.key(figures, settings, people)
    except KeyUndefined as problem:
        raise problem.within(str(states)) from None
    key = replace(found, shares={state: found.shares[state] for state in figures})
    order = sorted(figures, key=lambda s: (-figures[s].get("population", Fraction(0)), s))
    most = ceilings(chosen, settings, figures)
    result = apportion(key.shares, people, rounding or chosen.rounding, order, at_most=most)
    result = replace(result, ties=tuple(replace(tie, by=told(tie, figures)) for tie in result.ties))
    show(chosen, settings, key, result, form)


def ceilings(
    chosen: Rule, settings: Mapping[str, Any], states: Iterable[str]
) -> dict[str, int] | None:
    """State → its ceiling, where the key has one in people; None where it has none."""
    whole = any(each.name == "ceiling" and each.kind == "whole" for each in chosen.parameters)
    return dict.fromkeys(states, settings["ceiling"]) if whole and settings["ceiling"] else None


def told(tie: Tie, figures: Mapping[str, Mapping[str, Fraction]]) -> str:
    """By what a tie was settled: the order of this command, not one that a charter declared."""
    known = any("population" in figures[state] for state in tie.states)
    return "larger population, then the alphabet" if known else "the alphabet"


def read_settings(chosen: Rule, pairs: tuple[str, ...]) -> dict[str, Any]:
    """Every parameter's value; Problem naming the one that cannot be used."""
    given = read_parameters(pairs)
    for name, value in given.items():
        chosen.settings({name: value}, f"--param {name}")
    return chosen.settings(given, "--param")


def find(name: str) -> Rule:
    """The key of that name, else the scale; Problem for a placement or an unknown name."""
    known = {**scales(), **rules()}
    if name not in known:
        raise Problem(f"no rule {name}", where="key", fix=closest(name, known))
    if known[name].kind == "scenario":
        said = f"{name} is a scenario: it may be compared, never used as a key"
        fix = f"Use `compare CHARTER SITUATION --rules {name}`."
        raise Problem(said, where="key", fix=fix)
    if known[name].shares is None:
        said = f"{name} places cohorts; it is not a key of states"
        raise Problem(said, where="key", fix="Use `share CHARTER SITUATION`.")
    return known[name]


def read_total(text: str) -> int:
    number = whole(text, "--total")
    if not 0 <= number <= MOST_PEOPLE:
        said = f"{brief(str(number))} people cannot be shared"
        raise Problem(said, where="--total", fix=f"Give from 0 to {MOST_PEOPLE:,}.")
    return number


def read_figures(
    read: Table, chosen: Rule, settings: Mapping[str, Any]
) -> dict[str, dict[str, Fraction]]:
    """State → indicator → value, for the columns that the rule uses."""
    named = {value for value in settings.values() if isinstance(value, str)}
    wanted = [*chosen.indicators]
    for column in (*chosen.optional_indicators, *sorted(named & set(MOST))):
        if column in read.columns and column not in wanted:
            wanted.append(column)
    read.require(wanted)
    figures: dict[str, dict[str, Fraction]] = {}
    for row in read:
        state = read_label(row)
        if state in figures:
            where = row.where("state")
            raise Problem(f"{state} has two rows", where=where, fix="Keep one of them.")
        figures[state] = {
            column: read_figure(row, column)
            for column in wanted
            if column in chosen.indicators or not row.blank(column)
        }
        if (
            "population" in read.columns
            and "population" not in wanted
            and not row.blank("population")
        ):
            figures[state]["population"] = read_figure(row, "population")
    return figures


def read_label(row: Row) -> str:
    """The name of a row; Problem where it has signs that do not print."""
    label = row.text("state")
    if not label.isprintable():
        fix = "Write it in letters, digits and spaces on one line."
        raise Problem("the label has signs that do not print", where=row.where("state"), fix=fix)
    return label


def read_figure(row: Row, column: str) -> Fraction:
    """The figure, within its range; Problem where it is zero and no state has zero."""
    value = row.exact(column, low=0, high=MOST.get(column))
    if value == 0 and column in NEVER_ZERO:
        said = f"no state has a {column} of 0"
        raise Problem(said, where=row.where(column), fix="Give the figure, or leave the state out.")
    return value


def show(
    chosen: Rule, settings: Mapping[str, Any], key: Key, result: Apportionment, form: str
) -> None:
    if form == "csv":
        rows = [(s, decimal_text(share, 12), result.people[s]) for s, share in key.shares.items()]
        click.echo(as_csv(["state", "share", "people"], rows), nl=False)
        return
    if form == "json":
        click.echo(json.dumps(as_json(chosen, settings, key, result), indent=1, ensure_ascii=False))
        return
    show_table(chosen, key, result)


def as_json(
    chosen: Rule, settings: Mapping[str, Any], key: Key, result: Apportionment
) -> dict[str, Any]:
    return {
        "rule": chosen.id,
        "source": chosen.source,
        "parameters": dump(settings),
        "rounding": result.method,
        "states": [
            {
                "state": state,
                "share": decimal_text(share, 12),
                "share_exact": ratio(share),
                "people": result.people[state],
                "effects": dump(key.effects.get(state, {})),
            }
            for state, share in key.shares.items()
        ],
        "residue": result.residue,
        "ties": dump(result.ties),
        "trace": dump(key.working),
    }


def ratio(share: Fraction) -> str:
    """The share as a/b, however long."""
    text = decimal_text(share)
    return text if "/" in text else f"{share.numerator}/{share.denominator}"


def show_table(chosen: Rule, key: Key, result: Apportionment) -> None:
    click.echo(f"{chosen.title} ({chosen.id})")
    click.echo(paragraph(f"Source: {chosen.source}"))
    click.echo()
    rows = [
        (state, percent(share, 4), grouped(result.people[state]))
        for state, share in key.shares.items()
    ]
    total = (
        "Total",
        percent(sum(key.shares.values(), Fraction(0)), 4),
        grouped(sum(result.people.values())),
    )
    click.echo(table(["State", "Share", "People"], [*rows, total]))
    if result.residue < 0 and result.method in WHOLE:
        click.echo(f"\nThe ceiling leaves {grouped(-result.residue)} people without a place.")
    elif result.residue:
        more = "more" if result.residue > 0 else "fewer"
        said = f"gives {abs(result.residue)} people {more} than asked."
        click.echo(f"\nRounding ({result.method}) {said}")
    for tie in result.ties:
        click.echo()
        click.echo(paragraph(f"Tie: {tie.what}. For {', '.join(tie.settled_for)}, by {tie.by}."))
