"""``report``: documents to read and to print, with their sources and how to check them."""

import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commonhaven.cli.inputs import plan_of, read_inputs, source
from commonhaven.cli.options import Command, end_of, on_day, read_day, stored
from commonhaven.cli.reporting import Report, told
from commonhaven.reading import Problem

if TYPE_CHECKING:
    from commonhaven.commitments import Book, BookFile
    from commonhaven.commitments.fund import FundState
    from commonhaven.commitments.fund.file import FundFile
    from commonhaven.reports.file import Additions


def additions(path: Path | None) -> "Additions":
    from commonhaven.reports.file import Additions, read_additions

    return Additions() if path is None else read_additions(path)


def again(*words: object) -> str:
    """The command that makes the numbers of a report again; what was left out is left out."""
    return shlex.join(["commonhaven", *(str(word) for word in words if word is not None)])


def named(option: str, value: object | None) -> tuple[object, ...]:
    return () if value is None else (option, value)


added: Callable[[Command], Command] = click.option(
    "--texts", metavar="FILE.toml", type=click.Path(path_type=Path),
    help="Texts that people wrote for it, by language; see docs/how-to/make-a-report.md.",
)  # fmt: skip


@click.group("report")
def command() -> None:
    """Make a report in English, French, Spanish or Arabic, as HTML or PDF.

    Every number has its source; at the end stands what it was made from, by hashes.

    \b
    Example:
      commonhaven report brief liberia-1990 --under west-africa --out brief.html
    """


@command.command("brief")
@click.argument("situation")
@click.option("--under", "charter", metavar="CHARTER", help="Add who would protect whom.")
@on_day
@stored
@added
@told
def brief(
    situation: str, charter: str | None, day: str | None, store: str | None, texts: Path | None
) -> Report:
    """Brief on SITUATION: who fled, where they are, what they need.

    \b
    Example:
      commonhaven report brief liberia-1990 --under west-africa --language ar --out brief.html
    """
    from commonhaven.reports import SituationBrief
    from commonhaven.situations import load

    more = additions(texts)
    if charter is None:
        if day is not None or store is not None:
            fix = "Add --under CHARTER, or leave them out."
            raise Problem("--on and --store are for a plan", where="report brief", fix=fix)
        plan = None
    else:
        plan = plan_of(charter, situation, day, store)
    options = (*named("--under", charter), *named("--on", day), *named("--store", store),
               *named("--texts", texts))  # fmt: skip
    return SituationBrief(
        situation=plan.inputs.situation if plan else load(situation),
        plan=plan,
        names=(charter, situation) if charter else None,
        arrivals=more.arrivals,
        triggers=more.triggers,
        introduction=more.introduction,
        assessment=more.assessment,
        again=(again("report", "brief", situation, *options),),
    )


@command.command("plan")
@click.argument("charter")
@click.argument("situation")
@click.argument("state")
@on_day
@stored
@added
@click.option("--decided", metavar="DATE", help="Add the obligations of a decision on that day.")
@click.option(
    "--book", metavar="BOOK DATE", type=(str, str),
    help="Add the four numbers from a book of promises as it stood at the end of DATE (UTC).",
)  # fmt: skip
@told
def plan_explained(
    charter: str,
    situation: str,
    state: str,
    day: str | None,
    store: str | None,
    texts: Path | None,
    decided: str | None,
    book: tuple[str, str] | None,
) -> Report:
    """Explain to STATE's delegation what it is to do under CHARTER in SITUATION, and why.

    \b
    Example:
      commonhaven report plan west-africa liberia-1990 GHA --language fr --out plan.html
    """
    from commonhaven.cli.commitments import pool_of
    from commonhaven.commitments import together
    from commonhaven.regime import compare, compute, obligations
    from commonhaven.reports import PlanExplained

    more, on = additions(texts), read_day(decided, "--decided")
    agreed, crisis = read_inputs(charter, situation)
    known = source(store)
    plan = compute(agreed, crisis, known, on=read_day(day))
    shown = open_book(*book) if book else None
    options = (
        *named("--on", day),
        *named("--store", store),
        *named("--texts", texts),
        *named("--decided", decided),
        *(("--book", *book) if book else ()),
    )
    return PlanExplained(
        plan=plan,
        state=state,
        names=(charter, situation),
        comparison=compare(agreed, crisis, known, on=read_day(day)),
        obligations=obligations(plan, decided=on) if on else (),
        decided=on,
        stairs=together(pool_of(shown[0], book[0]), *shown[1:]) if book and shown else (),
        book_title=(shown[0].title or book[0]) if book and shown else "",
        introduction=more.introduction,
        made=shown[2] if shown else None,
        again=(
            again("share", charter, situation, *named("--on", day), *named("--store", store),
                  "--out", "plans"),
            again("report", "plan", charter, situation, state, *options),
        ),
    )  # fmt: skip


@command.command("review")
@click.argument("charter")
@click.argument("year", type=click.IntRange(1900, 2200))
@click.option("--on", "day", metavar="DATE", help="Its day; by default the last day of YEAR.")
@click.option("--book", metavar="BOOK", help="The promises, and the four numbers of its pool.")
@click.option("--fund", "fund_name", metavar="FUND", help="The fund and every party's account.")
@click.option("--good-faith", "faith", metavar="FILE", help="Scores of good faith of the year.")
@click.option(
    "--plan",
    "plans",
    metavar="PLAN.json",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A plan of the year; can be given again.",
)
@added
@told
def review(
    charter: str,
    year: int,
    day: str | None,
    book: str | None,
    fund_name: str | None,
    faith: str | None,
    plans: tuple[Path, ...],
    texts: Path | None,
) -> Report:
    """Review YEAR of the group of CHARTER: situations, promises kept, fund, good faith.

    \b
    Example:
      commonhaven report review eu 2026 --on 2026-11-25 --book eu-pool-2026 --out review.html
    """
    from commonhaven.charter import load
    from commonhaven.commitments import together
    from commonhaven.costs.good_faith_file import read_year
    from commonhaven.regime import standing_plan
    from commonhaven.reports import AnnualReview

    agreed, more = load(charter), additions(texts)
    on = read_day(day) or date(year, 12, 31)
    promises = open_book(book, on.isoformat()) if book is not None else None
    pool = promises[0].pool.pool() if promises and promises[0].pool else None
    kept = open_fund(fund_name, on.isoformat()) if fund_name is not None else None
    target = kept[0].target() if kept else None
    options = (*named("--on", day), *named("--book", book), *named("--fund", fund_name),
               *named("--good-faith", faith), *named("--texts", texts),
               *(word for path in plans for word in ("--plan", path)))  # fmt: skip
    return AnnualReview(
        charter=agreed,
        year=year,
        made=on,
        plans=tuple(standing_plan(path) for path in plans),
        pool=pool,
        stairs=together(pool, promises[1], on) if pool and promises else (),
        book=promises[1] if promises else None,
        book_title=(promises[0].title or str(book)) if promises else "",
        fund=kept[1] if kept else None,
        fund_title=(kept[0].title or str(fund_name)) if kept else "",
        target=target.amount if target else None,
        good_faith=read_year(faith).result() if faith is not None else None,
        attendance=more.attendance,
        introduction=more.introduction,
        assessment=more.assessment,
        again=(again("report", "review", charter, year, *options),),
    )


@command.command("meeting")
@click.argument("file", metavar="FILE.toml", type=click.Path(path_type=Path))
@told
def meeting(file: Path) -> Report:
    """Write the summary record of the meeting that FILE describes.

    \b
    Example:
      commonhaven report meeting meeting.toml --language es --out record.html
    """
    from commonhaven.reports.file import read_meeting

    return read_meeting(file)


@command.command("handover")
@click.argument("file", metavar="FILE.toml", type=click.Path(path_type=Path))
@told
def handover(file: Path) -> Report:
    """Write the pack that one chair hands to the next, from what FILE lists.

    \b
    Example:
      commonhaven report handover pack.toml --out pack.html
    """
    from commonhaven.reports.file import read_pack

    return read_pack(file)


def open_book(name: str, day: str | None) -> "tuple[BookFile, Book, date]":
    """A book at the end of a day; Problem where an act of it is refused."""
    from commonhaven.commitments import book, read_book

    file, at = read_book(name), end_of(day)
    found = book(file.commitments, file.acts, at, file.setting())
    if found.refused:
        first = found.refused[0]
        fix = f"See `commonhaven commitments show {name}`."
        raise Problem(f"act {first.act.id} is refused: {first.why}", where=name, fix=fix)
    return file, found, at.date()


def open_fund(name: str, day: str) -> "tuple[FundFile, FundState]":
    """A fund at the end of a day; Problem where an act of it is refused."""
    from commonhaven.commitments.fund import fund
    from commonhaven.commitments.fund.file import read_fund

    file = read_fund(name)
    found = fund(file.rules(), file.what_happened(), end_of(day))
    if found.refused:
        first = found.refused[0]
        fix = f"See `commonhaven fund show {name}`."
        raise Problem(f"act {first.act.id} is refused: {first.why}", where=name, fix=fix)
    return file, found
