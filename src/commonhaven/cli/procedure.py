"""``procedure``: list and show procedures; where one stands, from a file of its events."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import click

from commonhaven.cli.as_json import as_json, plain
from commonhaven.cli.procedure_page import show_list, show_one, show_state
from commonhaven.procedures import Event, Setting, procedure, procedures, state
from commonhaven.reading import Problem, Row, closest, exact, read_table, whole

Number = TypeVar("Number", int, Fraction)
FORM = click.Choice(["table", "json"])
COLUMNS = ("kind", "at", "party")
ADVICE = "Write it with its zone: 2026-01-31T12:00Z or 2026-01-31T13:00+01:00."


@click.group("procedure")
def command() -> None:
    """Procedures: steps with clocks, and where one stands.

    \b
    Example:
      commonhaven procedure show hathaway-neve
    """


@command.command("list")
@click.option("--format", "form", type=FORM, default="table", show_default=True)
def listed(form: str) -> None:
    """List the procedures.

    \b
    Example:
      commonhaven procedure list
    """
    if form == "json":
        click.echo(as_json([plain(each) for each in procedures().values()]))
    else:
        show_list()


@command.command("show")
@click.argument("name", metavar="ID")
@click.option("--format", "form", type=FORM, default="table", show_default=True)
def shown(name: str, form: str) -> None:
    """Tell everything about procedure ID: steps, clocks, who acts, silence, sources.

    \b
    Example:
      commonhaven procedure show berlin-1991
    """
    each = procedure(name)
    if form == "json":
        click.echo(as_json(plain(each)))
    else:
        show_one(each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the command line says about the group."""

    zone: str | None
    members: str | None
    origin: str | None
    chair: str | None
    secretariat: str | None
    convenors: str | None
    weights: str | None
    populations: str | None
    holidays: str | None
    options: tuple[str, ...]
    charter: str | None


@command.command("state")
@click.argument("name", metavar="ID")
@click.argument("events", metavar="EVENTS.csv")
@click.option("--now", "now_text", metavar="TIME", help="The instant asked about; now if left out.")
@click.option("--charter", help="Charter that gives members, convenors, zone and options.")
@click.option("--members", metavar="A,B,...", help="The members, instead of a charter's.")
@click.option("--origin", metavar="STATE", help="The state that people flee from.")
@click.option("--convenors", metavar="A,B,...", help="Other parties that may call a meeting.")
@click.option("--secretariat", metavar="A,B,...", help="Who keeps the secretariat.")
@click.option("--chair", metavar="PARTY", help="Who is in the chair.")
@click.option("--weights", metavar="A=3,B=2", help="Each member's weight, for a weighted majority.")
@click.option("--populations", metavar="A=83,B=68", help="Its population, for a double majority.")
@click.option("--holidays", metavar="DATES", help="Days off in that zone: 2026-04-06,2026-05-01.")
@click.option("--zone", metavar="ZONE", help="Time zone of the group, such as Africa/Accra.")
@click.option("--option", "options", metavar="NAME=VALUE", multiple=True,
              help="An option of the procedure; may be given several times.")  # fmt: skip
@click.option("--format", "form", type=FORM, default="table", show_default=True)
def stands(
    name: str,
    events: str,
    now_text: str | None,
    form: str,
    **given: Any,  # noqa: ANN401 - click's own
) -> None:
    """Where procedure ID stands after the events in EVENTS.csv: why, what is due, who may act.

    The table has the columns kind, at, party, and one for anything else that acts say, such as
    position. The members come from --charter or --members.

    \b
    Example:
      printf 'kind,at,party\\nrequest,2026-03-01T12:00Z,GHA\\n' > events.csv
      commonhaven procedure state hathaway-neve events.csv --charter west-africa
    """
    each = procedure(name)
    now = datetime.now(UTC) if now_text is None else instant(now_text, "--now")
    record = read_events(events, [act.kind for act in each.acts])
    setting = setting_of(Given(**given), now, each.zone)
    found = state(each, record, now, setting)
    if form == "json":
        click.echo(as_json(plain(found)))
    else:
        show_state(each, found, now, setting.zone)


def read_events(path: str, kinds: list[str]) -> list[Event]:
    """The events of a table; Problem naming file, row and column for what is not one."""
    table = read_table(Path(path), required=COLUMNS)
    return [read_event(row, kinds) for row in table]


def read_event(row: Row, kinds: list[str]) -> Event:
    kind = row.text("kind")
    if kind not in kinds:
        said = f'"{kind[:60]}" is no act of this procedure'
        raise Problem(said, where=row.where("kind"), fix=closest(kind, kinds))
    extra = {
        name: text.strip()
        for name, text in row.cells.items()
        if name not in COLUMNS and text.strip()
    }
    at = instant(row.text("at"), row.where("at"))
    return Event(kind=kind, at=at, party=row.cells["party"].strip(), data=extra)


def instant(text: str, where: str) -> datetime:
    """The instant written; Problem where it is none or has no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Problem(f'"{text[:40]}" is not a time', where=where, fix=ADVICE) from None
    if found.utcoffset() is None:
        said = f'"{text[:40]}" does not say in which time zone'
        raise Problem(said, where=where, fix=ADVICE)
    return found


def setting_of(given: Given, now: datetime, place: str) -> Setting:
    """The setting from the charter, if one is named, and what the command line says beside it."""
    if given.charter is None and given.members is None:
        fix = "Give --charter CHARTER, or --members GHA,NGA,SLE."
        raise Problem("nobody says who the members are", where="procedure state", fix=fix)
    around = _from_charter(given, now) if given.charter else Setting(members=(), zone=place)
    said: dict[str, Any] = {
        "zone": given.zone,
        "origin": given.origin,
        "chair": given.chair,
        "members": split(given.members),
        "convenors": split(given.convenors),
        "secretariat": split(given.secretariat),
    }
    off = tuple(day(text) for text in split(given.holidays) or ())
    weights = numbers(given.weights, "--weights", exact)
    people = numbers(given.populations, "--populations", whole)
    told = {name: getattr(around, name) if part is None else part for name, part in said.items()}
    options = {**around.options, **read_options(given.options)}
    return Setting(**told, options=options, holidays=off, weights=weights, populations=people)


def _from_charter(given: Given, now: datetime) -> Setting:
    from commonhaven.charter import load
    from commonhaven.regime import setting

    charter = load(str(given.charter))
    day: date = now.astimezone(UTC).date()
    found = setting(charter, given.origin or "", day)
    if not found.members and given.members is None:
        said = f"the charter has no members on {day}"
        fix = f"It binds from {charter.group.in_force}: give --now, or --members."
        raise Problem(said, where="--charter", fix=fix)
    return found


def split(text: str | None) -> tuple[str, ...] | None:
    """Parties with commas between them; None where nothing is said."""
    if text is None:
        return None
    return tuple(part.strip() for part in text.split(",") if part.strip())


def day(text: str) -> date:
    """The date; Problem where it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        fix = "Write 2026-04-06,2026-05-01."
        raise Problem(f'"{text[:40]}" is not a date', where="--holidays", fix=fix) from None


def numbers(text: str | None, where: str, read: Callable[[str, str], Number]) -> dict[str, Number]:
    """A number for each party: A=3,B=2."""
    found: dict[str, Number] = {}
    for pair in split(text) or ():
        party, equals, number = (part.strip() for part in pair.partition("="))
        if not equals or not party:
            fix = "Write GHA=3,NGA=2."
            raise Problem(f'"{pair[:60]}" is not PARTY=NUMBER', where=where, fix=fix)
        found[party] = read(number, where)
    return found


def read_options(pairs: tuple[str, ...]) -> dict[str, str]:
    """NAME=VALUE pairs; Problem where one is not a pair or a name comes twice."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not name:
            fix = "Write default_on_deadlock=yes."
            raise Problem(f'"{pair[:60]}" is not NAME=VALUE', where="--option", fix=fix)
        if name in found:
            raise Problem(f"{name} is given twice", where="--option", fix="Give it once.")
        found[name] = value
    return found
