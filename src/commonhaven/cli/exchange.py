"""``commitments import``, ``export``, ``template`` and ``totals``: files of money in and out."""

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import click

from commonhaven.cli.options import as_it_stood, end_of, output_format
from commonhaven.cli.refusals import tell_refused
from commonhaven.cli.tables import Cell, as_csv, grouped, one_line, table
from commonhaven.commitments import BookFile, book
from commonhaven.exchange import (
    BadFile,
    Organisation,
    Rounding,
    Sums,
    activities,
    book_as_csv,
    flows,
    flows_of,
    lost,
    read_book_file,
    taken,
    totals,
    write_book_xlsx,
    write_file,
    write_flat,
    write_folder,
    write_fts,
    write_iati,
    write_rows,
    write_text,
)
from commonhaven.exchange.cells import plain
from commonhaven.exchange.codes import ORGANISATION_CODES
from commonhaven.exchange.files import Progress
from commonhaven.exchange.totals import FIELDS
from commonhaven.exchange.transaction import Stage
from commonhaven.reading import Problem, dump
from commonhaven.reading.toml_text import toml_text

NEW = click.Path(path_type=Path)


@click.command("import")
@click.argument("file")
@click.option("--out", type=NEW, required=True, help="BOOK.toml, or a folder for CSV tables.")
@click.option("--errors", type=NEW, help="A CSV for the mistakes, if there are any.")
@click.option(
    "--round", "rounded", is_flag=True,
    help="Round amounts to the minor unit of their currency, ties to even, and say by how much.",
)  # fmt: skip
def import_(file: str, out: Path, errors: Path | None, *, rounded: bool) -> int:
    """Make a book of promises of FILE: IATI, FTS, flows, tables (folder or zip), or a workbook.

    Where anything in FILE is wrong, all mistakes are told, a line each, and nothing is written:
    exit code 2.

    \b
    Example:
      commonhaven commitments import flows.csv --out book.toml
      commonhaven commitments import book.xlsx --out book.toml --errors mistakes.csv
    """
    rounding = Rounding() if rounded else None
    try:
        with progress(file) as told:
            found = taken(file, told, rounding)
    except BadFile as bad:
        click.echo(bad.lines(), err=True)
        if errors is not None:
            write_text(errors, [bad.table()])
        number = len(bad.mistakes)
        click.echo(f"{file}: {number} to mend; nothing was written.", err=True)
        return 2
    write_book(found.file, out)
    for sentence in found.left_out:
        click.echo(one_line(sentence), err=True)
    number, acts = len(found.file.commitments), len(found.file.acts)
    click.echo(f"Written: {out}, commitments: {number:,}, acts: {acts:,}.")
    for sentence in rounding.told() if rounding else ():
        click.echo(one_line(sentence))
    return 0


def write_book(file: BookFile, out: Path) -> None:
    if out.suffix.lower() == ".toml":
        plain = dump(file)
        assert isinstance(plain, dict)  # noqa: S101 - a model is a table
        write_text(out, [toml_text(plain)])
    else:
        write_folder(out, book_as_csv(file))


@click.command("export")
@click.argument("name", metavar="BOOK")
@click.option(
    "--to", "form", required=True, type=click.Choice(["iati", "fts", "flows", "csv", "xlsx"]),
    help="The format: money alone for the first three, the whole book for csv and xlsx.",
)  # fmt: skip
@click.option("--out", type=NEW, required=True, help="The file to make; a folder for csv.")
@as_it_stood("The book")
@click.option("--reporter", metavar="REF", default="", help="IATI: who reports, by identifier.")
@click.option("--reporter-name", metavar="NAME", default="", help="IATI: the reporter's name.")
@click.option(
    "--reporter-type", type=click.Choice(list(ORGANISATION_CODES)), default="other",
    show_default=True, metavar="WORDS", help="IATI: what the reporter is.",
)  # fmt: skip
@click.option("--seen-by", metavar="PARTY", default="", help="IATI: the party that reports.")
def export(
    name: str,
    form: str,
    out: Path,
    day: str | None,
    reporter: str,
    reporter_name: str,
    reporter_type: str,
    seen_by: str,
) -> int:
    """Write a book as IATI 2.03, FTS flows, plain flows, CSV tables or a workbook.

    What the format cannot hold is said on standard error. BOOK: a TOML file, tables (folder or
    zip), a workbook, or the name of one that ships. Exit code 1 where an act of the book is
    refused.

    \b
    Example:
      commonhaven commitments export school-places --to xlsx --out book.xlsx
      commonhaven commitments export school-places --to iati --reporter XM-DAC-41121 --out out.xml
    """
    told = {"--reporter": reporter, "--reporter-name": reporter_name, "--seen-by": seen_by}
    if form in {"csv", "xlsx"}:
        refuse_unread(form, {"--on": day or "", **told})
    elif form == "fts":
        refuse_unread(form, told)
    file = read_book_file(name)
    if form in {"csv", "xlsx"}:
        write_whole(file, form, out)
        click.echo(f"Written: {out}.")
        return 0
    if form == "iati" and not reporter.strip():
        fix = "Write --reporter XM-DAC-41121, the identifier that it publishes under."
        raise Problem("IATI asks who reports", where="--reporter", fix=fix)
    now = end_of(day)
    found = book(file.commitments, file.acts, now, file.setting())
    org = Organisation(reporter_name or reporter, reporter or "book", reporter_type)
    reported = activities(found, file.acts, org, seen_by)
    if form == "iati":
        write_text(out, write_iati(reported, now))
    elif form == "fts":
        write_text(out, write_rows(write_fts(flows(found))))
    else:
        each = (one for _, transactions in reported for one in transactions)
        write_text(out, write_rows(write_flat(each)))
    tell_refused(found.refused)
    for sentence in lost(found):
        click.echo(one_line(sentence), err=True)
    click.echo(f"Written: {out}.")
    return 1 if found.refused else 0


def refuse_unread(form: str, options: Mapping[str, str]) -> None:
    """Problem for an option that a format would pass over in silence."""
    for option, given in options.items():
        if given:
            said = f"{form} does not read it"
            raise Problem(said, where=option, fix="Leave it out, or choose another format.")


def write_whole(file: BookFile, form: str, out: Path) -> None:
    if form == "csv":
        write_folder(out, book_as_csv(file))
    else:
        write_file(out, lambda held: write_book_xlsx(file, held))


@click.command("template")
@click.option("--to", "form", required=True, type=click.Choice(["csv", "xlsx"]), help="Format.")
@click.option("--out", type=NEW, required=True, help="The file to make; a folder for csv.")
def template(form: str, out: Path) -> None:
    """Write an empty book to fill in: a workbook with lists to choose from, or CSV tables.

    \b
    Example:
      commonhaven commitments template --to xlsx --out book.xlsx
    """
    write_whole(BookFile(commitments=()), form, out)
    click.echo(f"Written: {out}.")


STAGES: tuple[Stage, ...] = ("announced", "committed", "delivered", "received")


@click.command("totals")
@click.argument("file")
@click.option(
    "--by", default="year,provider", show_default=True, metavar="FIELDS",
    help=f"What sums are told apart by, beside the currency: {', '.join(FIELDS)}.",
)  # fmt: skip
@as_it_stood("A book")
@output_format
def totals_(file: str, by: str, day: str | None, form: str) -> int:
    """Add up FILE in one pass: announced, committed, delivered, received, each by itself.

    Help given is what was delivered: no announcement is in it, and what is passed on stands apart.
    FILE: IATI, FTS, flows, or a book in any form. Exit code 1 where an act of the book is refused.

    \b
    Example:
      commonhaven commitments totals school-places --by provider
    """
    parts = tuple(part.strip() for part in by.split(",") if part.strip())
    with progress(file) as told:
        source = flows_of(file, end_of(day), told)
        found = totals(source.flows, parts)
    tell_refused(source.refused)
    if form == "json":
        click.echo(json.dumps([as_table(parts, *one) for one in found.items()], indent=1))
    elif form == "csv":
        header = (*parts, "currency", "flows", *STAGES, "passed_on", "other")
        rows: list[list[Cell]] = [
            [*key, sums.number, *amounts(sums)] for key, sums in found.items()
        ]
        click.echo(as_csv(header, rows), nl=False)
    else:
        header = (*parts, "currency", *STAGES, "passed on")
        shown = [[*key, *(money(value) for value in amounts(sums)[:-1])]
                 for key, sums in found.items()]  # fmt: skip
        click.echo(table(header, shown, left=len(parts) + 1))
        click.echo("Help given is what was delivered; what was announced is none.")
    return 1 if source.refused else 0


def amounts(sums: Sums) -> list[Decimal]:
    return [*(sums.stages[stage] for stage in STAGES), sums.passed_on, sums.stages["other"]]


def money(value: Decimal) -> str:
    """All the digits of an amount, two at least where it is not whole: 995,603.365.

    >>> money(Decimal("995603.365")), money(Decimal("0.50")), money(Decimal("250000.00"))
    ('995,603.365', '0.50', '250,000')
    """
    digits = len(plain(value).partition(".")[2])
    return grouped(value, max(2, digits) if digits else 0)


def as_table(parts: tuple[str, ...], key: tuple[str, ...], sums: Sums) -> dict[str, object]:
    names = (*STAGES, "passed_on", "other")
    return {
        **dict(zip((*parts, "currency"), key, strict=True)), "flows": sums.number,
        **{name: format(value, "f") for name, value in zip(names, amounts(sums), strict=True)},
    }  # fmt: skip


@contextlib.contextmanager
def progress(file: str) -> Iterator[Progress | None]:
    """A bar of the bytes read on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty() or not Path(file).is_file():
        yield None
        return
    with click.progressbar(length=Path(file).stat().st_size, label=file, file=sys.stderr) as bar:
        yield bar.update
