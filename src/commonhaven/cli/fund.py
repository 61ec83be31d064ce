"""``fund``: a standing fund: its state, its books, a party's statement, what is asked of it."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from commonhaven.cli.amounts import Cells, as_json, money_text, printed
from commonhaven.cli.drawing import Wish, drawing, put
from commonhaven.cli.options import as_it_stood, end_of, output_format, read_day
from commonhaven.cli.refusals import tell_refused
from commonhaven.cli.tables import as_csv, one_line, percent, table
from commonhaven.commitments.fund import FundState, fund, funded, statement
from commonhaven.commitments.fund.file import FundFile, read_fund, shipped
from commonhaven.costs.money import from_minor_units
from commonhaven.reading import Problem, decimal_text

if TYPE_CHECKING:
    from commonhaven.costs import Incentive
    from commonhaven.costs.good_faith_file import YearFile

on_day = as_it_stood("The fund")


@click.group("fund")
def command() -> None:
    """Keep a standing fund: calls, agreements, requests, payments, in double entry.

    FUND is a TOML file, or the name of one that ships: see docs/reference/fund.md.

    \b
    Example:
      commonhaven fund show host-region --on 2026-06-30
    """


def opened(name: str, day: str | None) -> tuple[FundFile, FundState, date]:
    """The file, the fund at the end of a day (now where none is named), and that day."""
    file = read_fund(name)
    now = end_of(day)
    found = fund(file.rules(), file.what_happened(), now)
    tell_refused(found.refused)
    return file, found, now.date()


@command.command("show")
@click.argument("name", metavar="FUND")
@on_day
@output_format
def show(name: str, day: str | None, form: str) -> int:
    """Show what is there, what may be granted, who owes what, and the budget's cover.

    What is announced is told and enters no sum. Exit code 1 where an act is refused; it is named.

    \b
    Example:
      commonhaven fund show host-region --on 2026-06-30
    """
    file, found, today = opened(name, day)
    target = file.target()
    rows = [
        ("Cash", found.cash), ("Called or signed, unpaid", found.owed_by_parties),
        ("Granted, not paid out", found.owed_to_requests),
        ("May still be granted", found.authority), ("Announced, in no sum", found.announced),
    ]  # fmt: skip
    if target is not None:
        rows.insert(1, ("Target", target.amount))
    if form == "json":
        click.echo(as_json(dict(rows)))
    elif form == "csv":
        plain = [(what, amount.amount, amount.currency) for what, amount in rows]
        click.echo(as_csv(("what", "amount", "currency"), plain), nl=False)
    else:
        click.echo(table(("", found.currency), [(what, money_text(m)) for what, m in rows]))
        behind(file, found, today)
        covered(file, found, today.year)
    return 1 if found.refused else 0


def behind(file: FundFile, found: FundState, today: date) -> None:
    """Who is past its day, since when, and what it loses by it."""
    for party in dict.fromkeys((*file.members, *(party for party, _ in found.calls))):
        late = found.arrears(party, today)
        if late.since is not None:
            loses = "; it may convene on protection only" if late.suspended else ""
            said = f"{party} owes {money_text(late.amount)} since {late.since}{loses}."
            click.echo(one_line(said))


def covered(file: FundFile, found: FundState, year: int) -> None:
    budget = file.planned(year)
    if budget:
        cover = funded(found, budget, year)
        part = percent(cover.covered, 1) if cover.covered is not None else "none"
        said = f"Budget of {year}: {money_text(cover.planned)}; it came to {part} of it, in money "
        click.echo(one_line(f"{said}{money_text(cover.received)}, in kind "
                            f"{money_text(cover.in_kind)}."))  # fmt: skip


@command.command("requests")
@click.argument("name", metavar="FUND")
@on_day
@output_format
def requests(name: str, day: str | None, form: str) -> int:
    """Show every request to the fund, from asking to report.

    \b
    Example:
      commonhaven fund requests host-region
    """
    _, found, _ = opened(name, day)
    header = ("request", "by", "stage", "asked", "released", "granted", "paid", "confirmed",
              "spent", "returned")  # fmt: skip
    rows: list[Cells] = [
        (one.id, one.by, one.stage, one.asked, one.released, one.granted, one.paid, one.confirmed,
         one.spent, one.returned)
        for one in found.requests
    ]  # fmt: skip
    if form == "json":
        click.echo(as_json(found.requests))
    else:
        printed(header, rows, form, left=3)
    return 1 if found.refused else 0


@command.command("statement")
@click.argument("name", metavar="FUND")
@click.argument("party")
@click.option("--year", type=int, required=True, help="Calendar year (UTC).")
@output_format
def statements(name: str, party: str, year: int, form: str) -> int:
    """Show one party's account with the fund over a year.

    \b
    Example:
      commonhaven fund statement host-region DEU --year 2026
    """
    file, found, _ = opened(name, None)
    known = {*file.members, *found.parties}
    if party not in known:
        fix = f"Known to it: {', '.join(sorted(known))}."
        raise Problem(f"{party} has no account with the fund", where="PARTY", fix=fix)
    one = statement(found, party, year)
    names = ("opening", "called", "signed", "lifted", "received", "closing")
    if form == "json":
        click.echo(as_json(one))
    elif form == "csv":
        row = (party, year, *(getattr(one, name).amount for name in names))
        click.echo(as_csv(("party", "year", *names), [row]), nl=False)
    else:
        click.echo(table((f"{party}, {year}", found.currency),
                         [(n, money_text(getattr(one, n))) for n in names]))  # fmt: skip
    return 1 if found.refused else 0


@command.command("ledger")
@click.argument("name", metavar="FUND")
@on_day
@output_format
def ledger(name: str, day: str | None, form: str) -> int:
    """Show every entry with both its sides, and the trial balance below.

    \b
    Example:
      commonhaven fund ledger host-region --format csv
    """
    _, found, _ = opened(name, day)
    unit = found.cash.currency
    lines = [
        (f"{entry.at:%Y-%m-%d}", entry.act, entry.what, str(account), units)
        for entry in found.entries
        for account, units in entry.units.items()
    ]
    header = ("day", "act", "what", "account", "amount")
    rows: list[Cells] = [(*line[:4], from_minor_units(line[4], unit)) for line in lines]
    if form == "json":
        click.echo(as_json([dict(zip(header, row, strict=True)) for row in rows]))
    else:
        printed(header, rows, form, left=4)
    if form == "table":
        click.echo()
        balance = [(str(account), money_text(from_minor_units(units, unit)))
                   for account, units in found.balance.items()]  # fmt: skip
        left = from_minor_units(sum(found.balance.values()), unit)
        click.echo(table(("Trial balance", unit), [*balance, ("together", money_text(left))]))
    return 1 if found.refused else 0


@command.command("picture")
@click.argument("name", metavar="FUND")
@on_day
@drawing
def picture(name: str, day: str | None, wish: Wish) -> int:
    """Draw the cash of FUND over time beside its target.

    What was called, released at once and paid out is marked.

    \b
    Example:
      commonhaven fund picture host-region --on 2026-06-30 --out fund_level.svg
    """
    from commonhaven.figures import From, fund_cash, fund_level

    shown = day or f"{datetime.now(UTC):%Y-%m-%d}"
    file, found, today = opened(name, shown)
    target = file.target()
    made = fund_level(
        fund_cash(found, target.amount if target else None), now=found.at,
        called=file.title or name, language=wish.language, source=From(name=name, on=today),
    )  # fmt: skip
    put(made, wish)
    return 1 if found.refused else 0


@command.command("call")
@click.argument("charter", metavar="CHARTER")
@click.argument("needed", metavar="AMOUNT")
@click.option("--on", "day", metavar="DATE", help="Day whose members and figures apply.")
@output_format
def call(charter: str, needed: str, day: str | None, form: str) -> None:
    """Divide AMOUNT among the members of CHARTER by its scale, in two tranches.

    \b
    Example:
      commonhaven fund call west-africa 12000000 --on 2026-01-01
    """
    from commonhaven.charter import load
    from commonhaven.costs import money
    from commonhaven.parties.figures import reference
    from commonhaven.regime import WithFacts, replenish

    agreed = load(charter)
    on = read_day(day) or max(datetime.now(UTC).date(), agreed.group.in_force)
    amount = money(needed, agreed.costs.currency)
    found = replenish(agreed, amount, on=on, source=WithFacts(reference()))
    if form == "json":
        click.echo(as_json(found))
        return
    header = ("state", "share of the scale", "contribution", "first tranche", "second tranche")
    rows: list[Cells] = [
        (state, percent(found.shares[state], 3), part, *found.tranches[state])
        for state, part in found.parts.parts.items()
    ]
    printed(header, rows, form, left=1)
    for note in found.notes:
        click.echo(one_line(note), err=form == "csv")


@command.command("incentive")
@click.argument("name", metavar="YEAR")
@output_format
def good_faith(name: str, form: str) -> None:
    """Score a year's good faith and divide the incentive fund.

    YEAR is a TOML file of each state's conduct, or the name of one that ships.

    \b
    Example:
      commonhaven fund incentive year-of-a-host-region
    """
    from commonhaven.costs.good_faith_file import read_year

    file = read_year(name)
    found = file.result()
    if form == "json":
        click.echo(as_json(found))
        return
    people = {each.state: each.people for each in file.states}
    header = ("state", "score", "people", "payment", "why", "evidence")
    rows: list[Cells] = [
        (state, decimal_text(one.value, 2), people[state], found.payments[state],
         "; ".join(one.reasons), "; ".join(one.evidence))
        for state, one in found.scores.items()
    ]  # fmt: skip
    if form == "csv":
        printed(header, rows, form, left=1)
        return
    printed(header[:4], [row[:4] for row in rows], form, left=1)
    told(file, found)


def told(file: "YearFile", found: "Incentive") -> None:
    """What was taken off and why, who forgoes, and the pot."""
    for state, one in found.scores.items():
        if one.reasons:
            rests = f" ({'; '.join(one.evidence)})" if one.evidence else ""
            click.echo(one_line(f"{state} {', '.join(one.reasons)}{rests}."))
    for each in file.states:
        if each.forgoes:
            click.echo(one_line(f"{each.state} leaves its payment to the others."))
    kept = f"; kept: {money_text(found.kept)}" if found.kept.amount else ""
    click.echo(one_line(f"Pot: {money_text(found.pot)} {found.pot.currency}{kept}."))


@command.command("list")
def funds() -> None:
    """List the funds that ship.

    \b
    Example:
      commonhaven fund list
    """
    for name in sorted(shipped()):
        click.echo(f"{name}: {read_fund(name).title}")
