"""``fora``: what lies ahead, programmes, one draft for several fora, and who signed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from commonhaven.cli.as_json import as_json, plain, with_more
from commonhaven.cli.findings import tell
from commonhaven.cli.options import on_day, output_format, read_day
from commonhaven.cli.tables import Cell, as_csv, one_line, paragraph, percent, table
from commonhaven.processes import process, roster
from commonhaven.processes.fora import (
    Answers,
    Cycle,
    Forum,
    Programme,
    SignOff,
    Standing,
    answers,
    calls_of,
    calls_on,
    example_fora,
    findings,
    fora,
    load,
    programme,
    read_contribution,
    shipped,
    standing,
    upcoming,
)
from commonhaven.reading import Problem, Row, build, closest, load_toml, read_table


@click.group("fora")
def command() -> None:
    """Global fora that ask consultative processes for contributions.

    \b
    Example:
      commonhaven fora upcoming
    """


def day_of(text: str | None) -> date:
    return read_day(text) or datetime.now(UTC).date()


def span(since: str, until: str) -> str:
    if not since:
        return "not known"
    return since if until in ("", since) else f"{since} to {until}"


@command.command("list")
@output_format
def listed(form: str) -> None:
    """List the fora, who convenes them and how often.

    \b
    Example:
      commonhaven fora list
    """
    known = fora().values()
    if form == "json":
        click.echo(as_json(plain(list(known))))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.id, each.name, each.convenor, each.rhythm, each.rhythm_standing, len(each.cycles)]
            for each in known
        ]
        header = ("forum", "name", "convenor", "rhythm", "standing", "meetings")
        click.echo(as_csv(header, rows), nl=False)
    else:
        lines = [[each.id, each.name, each.convenor, str(len(each.cycles))] for each in known]
        click.echo(table(["Forum", "Name", "Convenor", "Meetings"], lines, left=3))


@command.command("upcoming")
@on_day
@output_format
def ahead(day: str | None, form: str) -> None:
    """Meetings that may lie ahead, the nearest first, with their calls for input.

    \b
    Example:
      commonhaven fora upcoming --on 2021-06-01
    """
    found = upcoming(fora(), day_of(day))
    if form == "json":
        told = [{"forum": forum.id, "cycle": plain(cycle)} for forum, cycle in found]
        click.echo(as_json(told))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [forum.id, cycle.id, cycle.since or None, cycle.until or None, cycle.place or None,
             "yes" if cycle.certain else "no", cycle.source]
            for forum, cycle in found
        ]  # fmt: skip
        header = ("forum", "cycle", "since", "until", "place", "certain", "source")
        click.echo(as_csv(header, rows), nl=False)
    else:
        lines = [
            [forum.id, cycle.id, span(cycle.since, cycle.until), cycle.place or "not known",
             "" if cycle.certain else "?"]
            for forum, cycle in found
        ]  # fmt: skip
        click.echo(table(["Forum", "Meeting", "When", "Where", ""], lines, left=4))
        click.echo("\n? only reported, or following from the rhythm.")


@command.command("calls")
@click.argument("names", metavar="[FORUM]...", nargs=-1)
@on_day
@output_format
def called(names: Sequence[str], day: str | None, form: str) -> None:
    """Calls for input as they stand on a day, the most urgent first; of all fora, or of FORUM.

    \b
    Example:
      commonhaven fora calls example-forum-a example-forum-b --on 2027-01-31
    """
    asked = [load(name) for name in names] if names else list(fora().values())
    found = calls_on(asked, day_of(day))
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.forum, each.cycle, each.call.id, each.state, str(each.call.deadline or ""),
             each.days_left, len(each.call.questions)]
            for each in found
        ]  # fmt: skip
        header = ("forum", "cycle", "call", "state", "deadline", "days_left", "questions")
        click.echo(as_csv(header, rows), nl=False)
    elif found:
        lines = [
            [each.forum, each.call.id, each.state, str(each.call.deadline or "not known"),
             "" if each.days_left is None else str(each.days_left), str(len(each.call.questions))]
            for each in found
        ]  # fmt: skip
        heads = ("Forum", "Call", "State", "Deadline", "Days left", "Questions")
        click.echo(table(heads, lines, left=4))
    else:
        click.echo("No call for input is held of these fora.")


@command.command("show")
@click.argument("name", metavar="FORUM")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def shown(name: str, form: str) -> None:
    """Tell all that is known of FORUM: meetings, roadmap, programme, calls, sources.

    \b
    Example:
      commonhaven fora show hlom
    """
    forum = load(name)
    if form == "json":
        click.echo(as_json(plain(forum)))
        return
    click.echo(f"{forum.id}: {forum.name}, convened by {forum.convenor}")
    told = f"{forum.rhythm} [{forum.rhythm_standing}: {forum.rhythm_source}]"
    click.echo(paragraph(told, "  "))
    for text in (forum.role_of_processes, forum.note):
        if text:
            click.echo(paragraph(text, "  "))
    for cycle in forum.cycles:
        tell_cycle(cycle)


def tell_cycle(cycle: Cycle) -> None:
    where = f", {cycle.place}" if cycle.place else ""
    doubt = "" if cycle.certain else " (uncertain)"
    click.echo(f"\n{cycle.id}: {cycle.title}, {span(cycle.since, cycle.until)}{where}{doubt}")
    click.echo(paragraph(f"Source: {cycle.source}", "  "))
    for phase in cycle.phases:
        click.echo(paragraph(f"Phase: {phase.title}, {span(phase.since, phase.until)}", "  "))
    for session in cycle.sessions:
        serves = f" [{', '.join(session.priorities)}]" if session.priorities else ""
        click.echo(paragraph(f"{session.kind}: {session.title}{serves}", "  "))
    for call in cycle.calls:
        click.echo(
            paragraph(f"Call {call.id}: {call.title}, by {call.deadline or 'not known'}", "  ")
        )
        for question in call.questions:
            asks = ", ".join(question.asks)
            click.echo(paragraph(f"- {question.id}: {question.text} ({asks})", "    "))


@command.command("check")
@click.argument("name", metavar="FILE")
def checked(name: str) -> int:
    """Check the file of a forum, or one that ships: days, panels, minutes, calls.

    Exit code 0: nothing wrong; 2: errors. Advice does not count as an error.

    \b
    Example:
      commonhaven fora check example-forum-a
    """
    path = {**shipped(), **example_fora()}.get(name, Path(name))
    return tell(name, findings(load_toml(path, name), name))


@command.command("programme")
@click.argument("name", metavar="FORUM")
@click.argument("meeting", metavar="MEETING")
@output_format
def who_speaks(name: str, meeting: str, form: str) -> None:
    """Who has which part of the speaking time and of the seats in MEETING of FORUM.

    \b
    Example:
      commonhaven fora programme example-forum-a a-2027
    """
    found = programme(meeting_of(load(name), meeting))
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.kind, each.minutes, each.of_minutes, each.seats, each.of_seats]
            for each in found.parts
        ]
        header = ("kind", "minutes", "of_minutes", "seats", "of_seats")
        click.echo(as_csv(header, rows), nl=False)
    else:
        tell_programme(found)


def meeting_of(forum: Forum, meeting: str) -> Cycle:
    cycle = forum.cycle(meeting)
    if cycle is None:
        fix = closest(meeting, [each.id for each in forum.cycles])
        raise Problem(f'{forum.id} has no meeting "{meeting[:40]}"', where="MEETING", fix=fix)
    return cycle


def tell_programme(found: Programme) -> None:
    rows = [
        [each.kind, str(each.minutes),
         "not known" if each.of_minutes is None else percent(each.of_minutes), str(each.seats),
         "not known" if each.of_seats is None else percent(each.of_seats)]
        for each in found.parts
    ]  # fmt: skip
    if rows:
        click.echo(table(["Who", "Minutes", "Of all", "Seats", "Of all"], rows))
    if found.without_slots:
        told = ", ".join(found.without_slots)
        click.echo(one_line(f"Who speaks is not known in: {told}."))


@command.command("answers")
@click.argument("draft", metavar="CONTRIBUTION")
@click.argument("names", metavar="FORUM...", nargs=-1, required=True)
@on_day
@output_format
def answered(draft: str, names: Sequence[str], day: str | None, form: str) -> None:
    """What CONTRIBUTION says to every question of the fora, and what was not written anew.

    Facts that its texts quote of its processes come from the registry as of the day.

    \b
    Example:
      commonhaven fora answers example-contribution example-forum-a example-forum-b
    """
    calls = [each for name in names for each in calls_of(load(name))]
    if not calls:
        said = f"no call for input of {' or '.join(names)} is held"
        fix = "Write it into a file of the same form: see `fora show example-forum-a`."
        raise Problem(said, where="FORUM", fix=fix)
    found = answers(read_contribution(draft, day_of(day)), calls)
    if form == "json":
        click.echo(as_json(with_more(found, reuse=plain(found.reuse))))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.forum, each.call, each.question, "yes" if each.whole else "no",
             "yes" if each.without_new_writing else "no", " ".join(each.missing), each.too_long]
            for each in found.answered
        ]  # fmt: skip
        header = (
            "forum",
            "call",
            "question",
            "whole",
            "without_new_writing",
            "missing",
            "too_long",
        )
        click.echo(as_csv(header, rows), nl=False)
    else:
        tell_answers(found)


def tell_answers(found: Answers) -> None:
    for each in found.answered:
        click.echo(f"\n{each.forum}, {each.call}, {each.question}: {each.asked}")
        for piece in each.pieces:
            mark = f" [re-used from {piece.reused_from}]" if piece.reused_from else ""
            click.echo(paragraph(f"{piece.text}{mark}", "  "))
            for fact in piece.facts:
                click.echo(paragraph(f"{fact.id}: {fact.source}", "    "))
        if each.missing:
            click.echo(paragraph(f"Not answered: {', '.join(each.missing)}", "  "))
        if each.too_long:
            click.echo(f"  Too long by {each.too_long} words.")
    whole = [each for each in found.answered if each.whole]
    saved = sum(each.without_new_writing for each in whole)
    click.echo(
        f"\n{len(whole)} of {len(found.answered)} questions are answered whole, {saved} of them "
        f"without new writing. Text {found.digest[:16]}."
    )


@command.command("signoff")
@click.argument("draft", metavar="CONTRIBUTION")
@click.option("--signed", metavar="SIGNED.csv", help="Columns: process, party, on, position, text.")
@on_day
@output_format
def signed_off(draft: str, signed: str | None, day: str | None, form: str) -> int:
    """Where every delegation stands on CONTRIBUTION as it is.

    In the table `text` is the hash of the text that was seen, in full or its first 16 characters;
    a column `reservation` says what is reserved or objected to. Exit code 1: it cannot be handed
    in yet.

    \b
    Example:
      printf 'process,party,on,position,text\\n' > signed.csv
      commonhaven fora signoff example-contribution --signed signed.csv || true
    """
    on = day_of(day)
    text = read_contribution(draft, on)
    given = [sign_off(row, text.digest) for row in read_table(Path(signed), required=COLUMNS)] \
        if signed else []  # fmt: skip
    rosters = {name: roster(process(name), on) for name in text.processes}
    found = standing(text, given, rosters)
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.process, each.party, each.state, str(each.on or ""), each.reservation]
            for each in found.delegations
        ]
        header = ("process", "party", "state", "on", "reservation")
        click.echo(as_csv(header, rows), nl=False)
    else:
        tell_standing(found)
    return 0 if found.ready else 1


COLUMNS = ("process", "party", "on", "position", "text")


def sign_off(row: Row, digest: str) -> SignOff:
    """One row; Problem naming file and row where it is wrong."""
    told = {name: text.strip() for name, text in row.cells.items() if text.strip()}
    if digest.startswith(told.get("text", "?")) and len(told["text"]) >= 16:
        told["text"] = digest
    return build(SignOff, told, f"{row.file}, row {row.line}")


def tell_standing(found: Standing) -> None:
    click.echo(f"{found.contribution}, text {found.digest[:16]}")
    for name in dict.fromkeys(each.process for each in found.delegations):
        states: dict[str, list[str]] = {}
        for each in found.of(name):
            states.setdefault(each.state, []).append(each.party)
        for state, parties in sorted(states.items()):
            click.echo(paragraph(f"{name}, {state}: {', '.join(parties)}", "  "))
    for each in found.delegations:
        if each.reservation:
            click.echo(paragraph(f"{each.party} ({each.state}): {each.reservation}", "  "))
    for warning in found.warnings:
        click.echo(one_line(f"Mind: {warning}"))
    click.echo("It can be handed in." if found.ready else "It cannot be handed in yet.")
