"""``commitments``: a book of promises: where they stand, what is due, the four numbers, matches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from commonhaven.cli.amounts import amount, as_json, printed
from commonhaven.cli.drawing import Wish, drawing, put
from commonhaven.cli.exchange import export, import_, template, totals_
from commonhaven.cli.options import as_it_stood, end_of, output_format
from commonhaven.cli.refusals import tell_refused
from commonhaven.cli.tables import as_csv, one_line
from commonhaven.commitments import (
    Book,
    BookFile,
    Need,
    Pool,
    Quantity,
    Staircase,
    Suggestion,
    all_together,
    askings,
    book,
    matched,
    read_book,
    shipped,
    suggestions,
    together,
)
from commonhaven.exchange import BadFile, read_book_file
from commonhaven.reading import Problem, closest

if TYPE_CHECKING:
    from commonhaven.figures import Picture


on_day = as_it_stood("The book")


@click.group("commitments")
def command() -> None:
    """Follow promises from announced to verified.

    BOOK is a TOML file of promises and of what happened to them, or the name of one that ships:
    see docs/reference/commitments.md.

    \b
    Example:
      commonhaven commitments staircase eu-pool-2026
    """


for one_more in (import_, export, template, totals_):
    command.add_command(one_more)


def opened(name: str, day: str | None) -> tuple[BookFile, Book, date]:
    """The file, the book at the end of a day (now where none is named), and that day."""
    file = read_book(name)
    now = end_of(day)
    found = book(file.commitments, file.acts, now, file.setting())
    tell_refused(found.refused)
    return file, found, now.date()


@command.command("show")
@click.argument("name", metavar="BOOK")
@on_day
@output_format
def show(name: str, day: str | None, form: str) -> int:
    """Show how far every promise has come, giver by giver.

    What is announced is no help given: the columns stand apart. Exit code 1 where an act of the
    book is refused; it is named.

    \b
    Example:
      commonhaven commitments show school-places --on 2026-09-30
    """
    _, found, _ = opened(name, day)
    header = ("commitment", "giver", "stage", "announced", "committed", "delivered", "received",
              "verified", "disputed", "unit")  # fmt: skip
    rows = [
        (one.commitment, one.giver, one.stage, one.announced, one.committed, one.delivered,
         one.received, one.verified, one.disputed, one.promised.unit)
        for one in found.promises
    ]  # fmt: skip
    if form == "json":
        click.echo(as_json(found.promises))
    else:
        printed(header, rows, form, left=3)
    return 1 if found.refused else 0


@command.command("due")
@click.argument("name", metavar="BOOK")
@on_day
@output_format
def due(name: str, day: str | None, form: str) -> int:
    """Show what is missing of each instalment, since when, and who asks after it.

    \b
    Example:
      commonhaven commitments due school-places --on 2026-09-30
    """
    _, found, today = opened(name, day)
    asked = sorted(askings(found, today), key=lambda one: (one.due.due, one.due.commitment))
    header = ("due", "commitment", "instalment", "giver", "missing", "unit", "step", "next")
    rows = [
        (str(one.due.due), one.due.commitment, one.due.instalment, one.due.giver, one.missing,
         one.missing.unit, one.step, str(one.next or ""))
        for one in asked
    ]  # fmt: skip
    if form == "json":
        click.echo(as_json(asked))
    elif rows or form == "csv":
        printed(header, rows, form, left=4)
    else:
        click.echo("Nothing is missing.")
    return 1 if found.refused else 0


@command.command("staircase")
@click.argument("name", metavar="BOOK")
@on_day
@click.option("--state", metavar="CODE", help="One state's; all together where none is named.")
@output_format
def stairs(name: str, day: str | None, state: str | None, form: str) -> int:
    """Show the four numbers, fair share, pledged, after deductions, delivered, and every step.

    \b
    Example:
      commonhaven commitments staircase eu-pool-2026
    """
    file, found, today = opened(name, day)
    pool = pool_of(file, name)
    each = together(pool, found, today)
    chosen = all_together(pool, each) if state is None else one_of(each, state)
    if form == "json":
        click.echo(as_json(chosen if state is not None else (*each, chosen)))
    elif form == "csv":
        numbers = ("fair_share", "pledged", "after_deductions", "delivered", "received", "verified")
        rows = [(one.state, *(getattr(one, n) for n in numbers), one.unit) for one in each]
        click.echo(as_csv(("state", *numbers, "unit"), rows), nl=False)
    else:
        click.echo(told(chosen))
    return 1 if found.refused else 0


def one_of(each: Sequence[Staircase], state: str) -> Staircase:
    """One state's staircase; Problem for one that is not in the pool."""
    for one in each:
        if one.state.casefold() == state.casefold():
            return one
    known = ", ".join(one.state for one in each)
    raise Problem(f"{state} is not in the pool", where="--state", fix=f"In it: {known}.")


def told(one: Staircase) -> str:
    """A staircase in lines: each number, and below it what leads to the next."""
    lines = [] if not one.to_fair_share else [("Reference number", one.reference)]
    numbers = (
        (one.to_fair_share, "Fair share", one.fair_share),
        (one.to_pledged, "Pledged", one.pledged),
        (one.to_after, "After deductions", one.after_deductions),
        (one.to_delivered, "Delivered", one.delivered),
    )
    for steps, what, number in numbers:
        lines += [(f"  {s.reason}{f' ({s.decision})' if s.decision else ''}", s.change)
                  for s in steps]  # fmt: skip
        lines.append((what, number))
    lines += [("  of it received", one.received), ("  of it verified", one.verified)]
    wide = max(len(what) for what, _ in lines)
    digits = max(len(amount(number)) for _, number in lines)
    body = [f"{what:<{wide}}  {amount(number):>{digits}}" for what, number in lines]
    return "\n".join([f"In {one.unit}, {one.state or 'all states together'}:", "", *body])


KINDS = ("staircase", "gifts", "dues")


@command.command("picture")
@click.argument("name", metavar="BOOK")
@click.option("--kind", metavar="KIND", required=True, help="staircase, gifts or dues.")
@click.option("--unit", metavar="UNIT", help="For gifts: of what, where the book has several.")
@on_day
@drawing
def picture(name: str, kind: str, unit: str | None, day: str | None, wish: Wish) -> int:
    """Draw a picture of BOOK.

    \b
    KIND:
      staircase  fair share, pledged, after deductions, delivered: bars for each party
      gifts      flows: from givers, through those who pass on, to who holds it
      dues       what is overdue, and what falls due in twelve months, by giver

    \b
    Example:
      commonhaven commitments picture eu-pool-2026 --kind staircase --out staircase.svg
      commonhaven commitments picture school-places --kind gifts --on 2026-09-30 --language fr
    """
    if kind not in KINDS:
        raise Problem(f"no picture {kind}", where="--kind", fix=closest(kind, KINDS))
    if unit is not None and kind != "gifts":
        fix = "Leave it out, or ask for the picture gifts."
        raise Problem(f"the picture {kind} shows one unit or all", where="--unit", fix=fix)
    shown = day or f"{datetime.now(UTC):%Y-%m-%d}"
    file, found, today = opened(name, shown)
    put(drawn(kind, unit, Opened(name=name, file=file, book=found, on=today), wish), wish)
    return 1 if found.refused else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A book's file and what it comes to on a day."""

    name: str
    file: BookFile
    book: Book
    on: date


def drawn(kind: str, unit: str | None, one: Opened, wish: Wish) -> "Picture":
    """The picture of this kind."""
    from commonhaven.figures import (
        From,
        dues_calendar,
        gift_units,
        gifts,
        gifts_flow,
        staircase_bars,
    )

    source, called = From(name=one.name, on=one.on), one.file.title or one.name
    if kind == "dues":
        return dues_calendar(
            one.book.dues, on=one.on, called=called, language=wish.language, source=source
        )
    if kind == "gifts":
        sent = unit or next(iter((*gift_units(one.book), *promised(one.book))), "")
        if unit is not None and unit not in promised(one.book):
            fix = closest(unit, promised(one.book))
            raise Problem(f"nothing is promised in {unit}", where="--unit", fix=fix)
        return gifts_flow(
            gifts(one.book, sent), unit=sent, called=called, language=wish.language, source=source
        )
    pool = pool_of(one.file, one.name)
    return staircase_bars(
        together(pool, one.book, one.on), unit=pool.unit, called=called, language=wish.language,
        source=source,
    )  # fmt: skip


def promised(found: Book) -> tuple[str, ...]:
    """The units of the promises."""
    return tuple(dict.fromkeys(one.unit for one in found.commitments))


def pool_of(file: BookFile, name: str) -> Pool:
    """The book's pool; Problem where it names none."""
    if file.pool is None:
        fix = "Add a table [pool] with every state's share."
        raise Problem("the book names no pool", where=name, fix=fix)
    return file.pool.pool()


@command.command("match")
@click.argument("name", metavar="BOOK")
@on_day
@output_format
def match(name: str, day: str | None, form: str) -> int:
    """Suggest which promise meets which need, all at once, with the reasons and the gap.

    \b
    Example:
      commonhaven commitments match school-places
    """
    file, found, _ = opened(name, day)
    state = matched(file.needs, found, (), found.at)
    given = suggestions(file.needs, found, state)
    if form == "json":
        click.echo(as_json({"suggestions": given, "unmet": state.unmet}))
    elif form == "csv":
        header = ("need", "commitment", "quantity", "unit", "score")
        rows = [(one.need, one.commitment, one.quantity, one.quantity.unit, one.score)
                for one in given]  # fmt: skip
        printed(header, rows, form, left=2)
    else:
        tell_matches(file.needs, given)
    return 1 if found.refused else 0


def tell_matches(needs: Sequence[Need], given: Sequence[Suggestion]) -> None:
    """Every match with its reasons, and of every need what stays without an offer."""
    for one in given:
        click.echo(one_line(f"{one.need}: {one.quantity} of {one.commitment}. {' '.join(one.why)}"))
    for need in needs:
        covered = sum((one.quantity.value for one in given if one.need == need.id), Fraction(0))
        gap = Quantity(value=need.quantity - covered, unit=need.unit)
        click.echo(f"{need.id}: {gap} stay without an offer.")


@command.command("check")
@click.argument("name", metavar="BOOK")
def check(name: str) -> int:
    """Check every promise and need: errors to mend, and what keeps it from being measured.

    BOOK may be tables (folder or zip) or a workbook as well; then every mistake is told with its
    row and column. Exit code 0: nothing to mend; 2: an error.

    \b
    Example:
      commonhaven commitments check eu-pool-2026
    """
    try:
        found = list(read_book_file(name).check())
    except BadFile as bad:
        click.echo(bad.lines(), err=True)
        return 2
    for finding in found:
        click.echo(one_line(f"{finding.severity}: {finding}"))
    if not found:
        click.echo("Every promise and need can be measured.")
    return 0


@command.command("list")
def books() -> None:
    """List the books that ship.

    \b
    Example:
      commonhaven commitments list
    """
    for name in sorted(shipped()):
        click.echo(f"{name}: {read_book(name).title}")
