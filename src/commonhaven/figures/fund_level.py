"""The cash of a fund over time, beside its target, with what was called, released and paid out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from commonhaven.commitments.fund import FundState, Level, levels
from commonhaven.commitments.fund.ledger import CASH, Entry
from commonhaven.costs import Money
from commonhaven.costs.money import from_minor_units
from commonhaven.figures.amounts import Measure, measure
from commonhaven.figures.book_lines import FILE_END, From, Program, of_fund, rows
from commonhaven.figures.level_chart import spec
from commonhaven.figures.numbers import count, full_day, in_zone
from commonhaven.figures.picture import Picture
from commonhaven.figures.reproduce import PYTHON, Pairs
from commonhaven.figures.words import say

MoveKind = Literal["called", "released", "paid-out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A call for contributions, or money that left the fund."""

    at: datetime
    kind: MoveKind
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FundCash:
    """What a picture of a fund shows: its cash over time, its target, and what moved."""

    currency: str
    levels: Sequence[Level]
    moves: Sequence[Move]
    target: Money | None


def fund_cash(state: FundState, target: Money | None) -> FundCash:
    """The cash of a fund as its books have it; calls, releases and payments an act each."""
    return FundCash(
        currency=state.currency, levels=levels(state), moves=_moves(state), target=target
    )


def _moves(state: FundState) -> tuple[Move, ...]:
    found: dict[str, tuple[datetime, MoveKind, int]] = {}
    for entry in state.entries:
        kind, units = _kind(entry)
        if kind:
            before = found[entry.act][2] if entry.act in found else 0
            found[entry.act] = (entry.at, kind, before + units)
    return tuple(
        Move(at=at, kind=kind, amount=from_minor_units(units, state.currency))
        for at, kind, units in found.values()
    )


def _kind(entry: Entry) -> tuple[MoveKind | None, int]:
    """What an entry is, and how much it moves, in minor units."""
    into = {account.kind: units for account, units in entry.units.items() if units > 0}
    out = {account.kind for account, units in entry.units.items() if units < 0}
    if "called" in into and "assessed" in out:
        return "called", into["called"]
    if CASH.kind in out and "granted" in into:
        return "released", into["granted"]
    if CASH.kind in out and "owed" in into:
        return "paid-out", into["owed"]
    return None, 0


def fund_level(
    cash: FundCash, *, now: datetime, called: str, zone: str = "UTC", language: str = "en",
    source: From | None = None,
) -> Picture:  # fmt: skip
    """The cash at the end of every day of ``zone`` on which it changed, until ``now``.

    ``called``: the fund, for the title. ``source``: its file, with days in UTC; without one, the
    program to reproduce it holds the numbers.
    """
    days = closings(cash.levels, zone)
    aim = [] if cash.target is None else [Fraction(cash.target.amount)]
    told = measure(cash.currency, [*(Fraction(one.cash.amount) for one in days), *aim], language)
    here = in_zone(now, zone)
    return Picture(
        id="fund_level",
        title=say("level-title", language, called=called),
        spec=spec(days, cash.moves, here, cash.target, told),
        alternative=alternative(cash, days, here, told),
        columns=(
            say("day", language), say("what", language),
            say("how-much", language, unit=cash.currency),
        ),
        rows=table(days, cash.moves, told, zone),
        reproduce=again(cash, now, Words(called=called, zone=zone, language=language), source),
        note=say("level-note", language, unit=told.called, zone=zone),
    )  # fmt: skip


def closings(levels: Sequence[Level], zone: str) -> list[Level]:
    """What was there at the end of each day, at the moment of its last change."""
    by_day: dict[date, Level] = {}
    for one in levels:
        at = in_zone(one.at, zone)
        by_day[at.date()] = Level(at=at, cash=one.cash)
    return list(by_day.values())


def table(
    days: Sequence[Level], moves: Sequence[Move], told: Measure, zone: str
) -> tuple[tuple[str, ...], ...]:
    """Everything in order of time; of one day, what the cash came to last."""
    if not days:
        return ()
    lines: list[tuple[date, int, str, Money]] = [
        (in_zone(move.at, zone).date(), 0, move.kind, move.amount) for move in moves
    ]
    lines += [(one.at.date(), 1, "cash", one.cash) for one in days]
    return tuple(
        (full_day(day, told.language), say(what, told.language), told.full(Fraction(n.amount)))
        for day, _, what, n in sorted(lines, key=lambda line: line[:2])
    )


def alternative(cash: FundCash, days: Sequence[Level], now: datetime, told: Measure) -> str:
    language = told.language
    if not days:
        return say("no-level", language)
    calls = sum(move.kind == "called" for move in cash.moves)
    aim = cash.target
    return say(
        "level-alt", language, unit=told.called, first=full_day(days[0].at.date(), language),
        last=full_day(now.date(), language), cash=told.drawn(Fraction(days[-1].cash.amount)),
        most=told.drawn(max(Fraction(one.cash.amount) for one in days)),
        target=say("none", language) if aim is None else told.drawn(Fraction(aim.amount)),
        calls=count(calls, language), releases=count(len(cash.moves) - calls, language),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fund's name, the zone of its days, and the language."""

    called: str
    zone: str
    language: str


def again(cash: FundCash, now: datetime, words: Words, source: From | None) -> Pairs:
    zone = () if words.zone == "UTC" else (f"zone={words.zone!r}",)
    named = ("now=now", f"called={words.called!r}", *zone)
    if source is None:
        program = Program(
            id="fund_level", imports=ALONE, prepare=numbers(cash, now), call="fund_level(cash",
            named=named,
        )  # fmt: skip
        return ((PYTHON, program.text(words.language)),)
    program = Program(
        id="fund_level",
        imports=(
            "from datetime import UTC, datetime", "from pathlib import Path", "",
            "from commonhaven.commitments.fund import fund",
            "from commonhaven.commitments.fund.file import read_fund",
            "from commonhaven.figures import fund_cash, fund_level, svg",
        ),
        prepare=(
            f"now = datetime({source.on.year}, {source.on.month}, {source.on.day}, {FILE_END})",
            f"file = read_fund({source.name!r})",
            "aim = file.target()",
            "state = fund(file.rules(), file.what_happened(), now)",
            "cash = fund_cash(state, aim.amount if aim else None)",
        ),
        call="fund_level(cash", named=named,
    )  # fmt: skip
    return of_fund(source, "ledger", program, words.language)


ALONE = (
    "from datetime import datetime", "from pathlib import Path", "",
    "from commonhaven.commitments.fund import Level", "from commonhaven.costs import money",
    "from commonhaven.figures import FundCash, Move, fund_level, svg",
)  # fmt: skip


def numbers(cash: FundCash, now: datetime) -> tuple[str, ...]:
    """Lines that hold what the picture shows."""
    read = f"money(amount, {cash.currency!r})"
    aim = cash.target
    told = "None" if aim is None else f"money({str(aim.amount)!r}, {cash.currency!r})"
    return (
        f"now = datetime.fromisoformat({now.isoformat()!r})",
        *rows([(one.at.isoformat(), str(one.cash.amount)) for one in cash.levels]),
        f"levels = [Level(at=datetime.fromisoformat(at), cash={read}) for at, amount in rows]",
        *rows([(one.at.isoformat(), one.kind, str(one.amount.amount)) for one in cash.moves]),
        "moves = [",
        f"    Move(at=datetime.fromisoformat(at), kind=kind, amount={read})",
        "    for at, kind, amount in rows",
        "]",
        f"cash = FundCash(currency={cash.currency!r}, levels=levels, moves=moves, target={told})",
    )
