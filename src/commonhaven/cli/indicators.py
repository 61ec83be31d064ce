"""``indicators``: of the Global Compact on Refugees; burden, fairness; what a source restated."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commonhaven.cli.amounts import as_json
from commonhaven.cli.indicators_options import (
    based_on,
    basis_of,
    by_year,
    of_whom,
    one_year,
    vintage,
    years_of,
)
from commonhaven.cli.options import output_format, stored
from commonhaven.reading import Problem, as_csv, closest, exact

if TYPE_CHECKING:
    from commonhaven.indicators import Result, Scope


@click.group("indicators")
def command() -> None:
    """Show and work out indicators: of the world, a region, a group or a state, by year.

    \b
    Example:
      commonhaven indicators compute returns --of igad --year 2023
    """


def chosen(names: tuple[str, ...]) -> list[str]:
    """Measures by id, or all of an indicator by its number; every one where none is named."""
    from commonhaven.indicators import framework, measure, measures

    if not names:
        return list(measures())
    numbers = {each.id for each in framework().indicators}
    found: dict[str, None] = {}
    for name in names:
        if name in numbers:
            found.update(dict.fromkeys(m.id for m in measures().values() if m.indicator == name))
        else:
            found[measure(name).id] = None
    return list(found)


@command.command("list")
@output_format
def listed(form: str) -> None:
    """List the compact's indicators, how each can be had, and every measure.

    \b
    Example:
      commonhaven indicators list
    """
    from commonhaven.cli.indicators_page import show_list
    from commonhaven.indicators import catalogue, framework

    if form == "json":
        click.echo(as_json({"framework": framework(), "catalogue": catalogue()}))
    else:
        show_list(form)


@command.command("show")
@click.argument("name", metavar="INDICATOR")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def shown(name: str, form: str) -> None:
    """Tell everything about INDICATOR: a number of the compact, or a measure by its id.

    \b
    Example:
      commonhaven indicators show 4.2.1
      commonhaven indicators show top-ten-share
    """
    from commonhaven.cli.indicators_page import show_indicator, show_measure
    from commonhaven.indicators import framework, measure, measures

    numbers = {each.id: each for each in framework().indicators}
    if name not in numbers and not name[:1].isdigit():
        about = measure(name)
        click.echo(as_json(about)) if form == "json" else show_measure(about)
        return
    if name not in numbers:
        raise Problem(f'there is no indicator "{name[:40]}"', fix=closest(name, numbers))
    if form == "json":
        near = [each for each in measures().values() if each.indicator == name]
        click.echo(as_json({"indicator": numbers[name], "measures": near}))
    else:
        show_indicator(numbers[name])


@command.command("compute")
@click.argument("names", metavar="[MEASURE]...", nargs=-1)
@of_whom
@by_year
@based_on
@click.option(
    "--entries", metavar="FILE",
    help="Entered values beside the computed ones: a TOML file, or published.",
)  # fmt: skip
@output_format
def computed(
    names: tuple[str, ...],
    of: str,
    year: str | None,
    folder: Path | None,
    store: str | None,
    entries: str | None,
    form: str,
) -> None:
    """Work out every MEASURE, by id or by the number of an indicator; all where none is named.

    What cannot be worked out is missing, with its reason. JSON holds the exact values.

    \b
    Example:
      commonhaven indicators compute returns hosted --of igad --year 2016-2025
      commonhaven indicators compute top-ten-share --year 2024
      commonhaven indicators compute 1.1.1 --year 2019 --entries published
    """
    from commonhaven.cli.indicators_page import show_results
    from commonhaven.indicators import compute, results_sheet, scope

    basis = basis_of(folder, store)
    whom, years = scope(of), years_of(year, basis)
    found = [compute(name, whom, each, basis) for each in years for name in chosen(names)]
    found += entered_of(entries, names, whom, years) if entries else []
    if not found:
        said = f"there is no value of {', '.join(names)}: no public table measures it"
        fix = "Enter it with its evidence, and give the file: --entries FILE."
        raise Problem(said, where="indicators compute", fix=fix)
    if form == "json":
        click.echo(as_json(found))
    elif form == "csv":
        click.echo(as_csv(*results_sheet(found)), nl=False)
    else:
        show_results(found, whom)


def entered_of(file: str, names: tuple[str, ...], whom: "Scope", years: range) -> "list[Result]":
    """The entries of the scope whose years touch those asked for, each once."""
    from commonhaven.indicators import as_result, entered, framework, read_entries

    held = read_entries(file).entries
    wanted = {name for name in names if name[:1].isdigit()}
    numbers = wanted or {each.id for each in framework().indicators}
    found = {
        id(entry): entry
        for number in sorted(numbers)
        for year in years
        for entry in entered(held, number, whom.id, year)
    }
    return [as_result(entry) for entry in found.values()]


@command.command("card")
@of_whom
@by_year
@based_on
@click.option("--entries", metavar="FILE", help="Entered values: a TOML file, or published.")
@output_format
def card_of(
    of: str, year: str | None, folder: Path | None, store: str | None, entries: str | None,
    form: str,
) -> None:  # fmt: skip
    """Tell how every indicator of the compact stands for one scope and year.

    Measured, entered, approximated, or missing with the reason.

    \b
    Example:
      commonhaven indicators card --of igad --year 2024
      commonhaven indicators card --year 2019 --entries published
    """
    from commonhaven.cli.indicators_page import show_card
    from commonhaven.indicators import card, card_sheet, read_entries, scope

    basis = basis_of(folder, store)
    whom, on = scope(of), one_year(year, basis)
    found = card(whom, on, read_entries(entries).entries if entries else (), basis)
    if form == "json":
        click.echo(as_json(found))
    elif form == "csv":
        click.echo(as_csv(*card_sheet(found)), nl=False)
    else:
        click.echo(f"Of {whom.title}, {on}\n")
        show_card(found)


@command.command("check")
@click.argument("file")
def checked(file: str) -> int:
    """Check a FILE of entered values and list everything to mend.

    Exit code 0: nothing wrong; 2: errors. Advice does not count as an error.

    \b
    Example:
      commonhaven indicators check published
    """
    from commonhaven.cli.findings import tell
    from commonhaven.indicators.entries import findings

    return tell(file, findings(file))


@command.command("fair-share")
@click.argument("need")
@of_whom
@by_year
@click.option(
    "--in", "kind", type=click.Choice(["dollars", "places"]), default="dollars", show_default=True,
    help="NEED is dollars to give, or registered refugees a tenth of whom need places.",
)  # fmt: skip
@based_on
@output_format
def fair_share(
    need: str,
    of: str,
    year: str | None,
    kind: str,
    folder: Path | None,
    store: str | None,
    form: str,
) -> None:
    """Set what states gave beside their fair share of NEED by gross national income.

    After Oxfam's analyses. To report, never to allocate by.

    \b
    Example:
      commonhaven indicators fair-share 10714000000 --of high-income --year 2022
      commonhaven indicators fair-share 4800000 --in places --of high-income --year 2016
    """
    from commonhaven.cli.indicators_page import show_fair_shares
    from commonhaven.indicators import fair_shares_sheet, of_funding, of_resettlement, scope

    basis = basis_of(folder, store)
    on = one_year(year, basis)
    wanted: Fraction = exact(need, "NEED")
    rule = of_funding if kind == "dollars" else of_resettlement
    found = rule(wanted, scope(of), on, basis)
    if form == "json":
        click.echo(as_json(found))
    elif form == "csv":
        click.echo(as_csv(*fair_shares_sheet(found)), nl=False)
    else:
        show_fair_shares(found)


@command.command("restated")
@click.argument("before")
@click.argument("after")
@of_whom
@by_year
@stored
@output_format
def restatement(
    before: str, after: str, of: str, year: str | None, store: str | None, form: str
) -> None:
    """Compare two vintages: which values changed, by how much, and which measures follow.

    BEFORE and AFTER are each a folder of the publishers' files, an edition of the store
    (`--store`), or shipped.

    \b
    Example:
      commonhaven indicators restated shipped shipped
    """
    from commonhaven.cli.indicators_page import restated_csv, show_restated
    from commonhaven.indicators import restated, scope

    old, new = vintage(before, store), vintage(after, store)
    years = None if year is None else years_of(year, new)
    found = restated(old, new, scope(of), years)
    if form == "json":
        click.echo(as_json(found))
    elif form == "csv":
        click.echo(restated_csv(found), nl=False)
    else:
        show_restated(found)
