"""Procedures and their state as a person reads them on a terminal."""

from datetime import UTC, datetime
from itertools import groupby

import click

from commonhaven.cli.tables import paragraph, table
from commonhaven.procedures import (
    Act,
    Deadline,
    Limit,
    Procedure,
    State,
    modes,
    options,
    procedures,
    zone,
)
from commonhaven.reading import few

SHOWN = 6
"""Parties named in a line, where there are more."""


def show_list() -> None:
    rows = [(each.id, each.standing, str(len(each.limits))) for each in procedures().values()]
    click.echo(table(["Procedure", "Standing", "Clocks"], rows, left=2))
    click.echo()
    for each in procedures().values():
        click.echo(paragraph(f"{each.id}: {each.title}."))
    click.echo("\ncommonhaven procedure show ID tells steps, clocks and sources.")


def show_one(each: Procedure) -> None:
    click.echo(paragraph(f"{each.id}: {each.title}"))
    click.echo(f"Standing: {each.standing}.\n")
    for title, text in (
        ("Principle", each.principle),
        ("Who may start", each.starts),
        ("What silence means", each.silence),
        ("How it decides", decides(each)),
        ("How time is counted", f"{each.counting.capitalize()}. {each.counting_cite}."),
        ("Source", each.source),
        ("To know", each.note),
    ):
        if text:
            click.echo(f"{title}\n{paragraph(text, '  ')}\n")
    show_stages(each)
    show_clocks(each)
    show_options(each)
    click.echo("Known weaknesses")
    for text in each.weaknesses:
        click.echo(paragraph(f"- {text}", "  "))


def decides(each: Procedure) -> str:
    ways = [modes()[name].title for name in each.decides]
    origin = " The state of origin stands back." if each.recuse_origin else ""
    return f"{', else '.join(ways)}.{origin} [{each.decides_cite}]"


def show_stages(each: Procedure) -> None:
    click.echo("Stages and what may be done in each")
    for stage in each.stages:
        ended = " (ended)" if stage.ended else ""
        click.echo(f"  {stage.id}: {stage.title}{ended}")
        for act in each.acts:
            if stage.id in act.stages:
                click.echo(paragraph(f"- {told(act)}", "      "))
    click.echo()


def told(act: Act) -> str:
    """An act with who may do it and what it has to say."""
    by = ", ".join(role.removeprefix("=") for role in act.by)
    says = ", ".join(f"{datum.name}{'' if datum.required else ' (may)'}" for datum in act.data)
    return f"{act.kind}, by {by}: {act.what}{f' Says: {says}.' if says else ''} [{act.cite}]"


def show_clocks(each: Procedure) -> None:
    if not each.limits:
        return
    click.echo("Clocks")
    for limit in each.limits:
        click.echo(paragraph(f"{limit.id}: {limit.what.replace('{party}', 'each')}", "  "))
        click.echo(paragraph(when(each, limit), "      "))
        silence = limit.silence.replace("{party}", "The party")
        click.echo(paragraph(f"Silence: {silence} [{limit.cite}]", "      "))
    click.echo("\nNumbers")
    for entry in each.entries:
        cited = "; ".join(part for part in (entry.standing, entry.article, entry.source) if part)
        since = f" since {entry.since}" if entry.since else ""
        click.echo(f"  {entry.id} = {entry.value} {entry.unit}{since}")
        click.echo(paragraph(f"{entry.what} [{cited}]", "      "))
    click.echo()


def when(each: Procedure, limit: Limit) -> str:
    """From what and for how long a clock runs."""
    values = {entry.id: f"{entry.value} {entry.unit}" for entry in each.entries}
    starts = " or ".join(token.replace("stage:", "the stage ") for token in limit.after)
    opens = f"not before {_sum(values, limit.opens)}, " if limit.opens else ""
    again = f", then every {values[limit.every]}" if limit.every else ""
    return f"From {starts}: {opens}within {_sum(values, limit.due)}{again}."


def _sum(values: dict[str, str], names: tuple[str, ...]) -> str:
    return " + ".join(values[name] for name in names)


def show_options(each: Procedure) -> None:
    click.echo("Options (--option NAME=VALUE, or [convening] of a charter)")
    for option in options(each).values():
        default = f"; if left out: {option.default}" if option.default else ""
        choices = f" ({' | '.join(option.choices)})" if option.choices else ""
        click.echo(paragraph(f"{option.id}{choices}: {option.what}{default}", "  "))
    click.echo()


def show_state(each: Procedure, found: State, now: datetime, place: str) -> None:
    clock = Clock(place)
    click.echo(f"{each.id} at {clock.told(now)}")
    since = f", since {clock.told(found.since)}" if found.since else ""
    click.echo(paragraph(f"Stage: {found.stage} ({found.title}){since}"))
    if found.outcome:
        click.echo(paragraph(f"Outcome: {found.outcome}"))
    show_log(each, found, clock)
    show_deadlines(each, found, clock)
    show_may(found, clock)
    show_refused(found, clock)


class Clock:
    """Instants in UTC, and in the group's zone where that is another."""

    def __init__(self, place: str) -> None:
        self.place, self.zone = place, zone(place)

    def told(self, instant: datetime) -> str:
        universal, local = instant.astimezone(UTC), instant.astimezone(self.zone)
        text = f"{universal:%Y-%m-%d %H:%M:%S} UTC"
        same = universal.utcoffset() == local.utcoffset()
        return text if same else f"{text} ({local:%Y-%m-%d %H:%M:%S} {self.place})"


def show_log(each: Procedure, found: State, clock: Clock) -> None:
    """A line a step; parties that stayed silent at the same instant stand together."""
    click.echo("\nWhat happened")
    for _, alike in groupby(found.log, key=lambda step: (step.at, step.kind, step.automatic)):
        steps = list(alike)
        if len(steps) > 1 and steps[0].automatic:
            parties = ", ".join(step.party for step in steps)
            said = [each.limit(steps[0].kind).silence.replace("{party}", parties)]
        else:
            said = [step.sentence for step in steps]
        mark = "by time" if steps[0].automatic else "act"
        for sentence in said:
            text = f"{clock.told(steps[0].at)}, {mark}: {sentence} [{steps[0].cite}]"
            click.echo(paragraph(text, "  "))
    if not found.log:
        click.echo("  Nothing yet.")


def show_deadlines(each: Procedure, found: State, clock: Clock) -> None:
    """A line a deadline; of one that each party has to keep, a line a status."""
    if not found.deadlines:
        return
    click.echo("\nDeadlines")
    alike: dict[tuple[str, str, datetime], list[Deadline]] = {}
    for deadline in found.deadlines:
        name = deadline.id.partition(":")[0]
        one_by_one = each.limit(name).each
        key = (name if one_by_one else deadline.id, deadline.status, deadline.due)
        alike.setdefault(key, []).append(deadline)
    for (shown, _, _), group in alike.items():
        what = each.limit(shown.partition(":")[0]).what.replace("{party}", "each party")
        click.echo(paragraph(deadline_line(shown, what, group, clock), "  "))


def deadline_line(name: str, what: str, alike: list[Deadline], clock: Clock) -> str:
    first = alike[0]
    opens = f"from {clock.told(first.opens)} " if first.opens else ""
    met = first.met_at if len(alike) == 1 else None
    late = "late, " if first.status == "missed" else ""
    at = f" ({late}at {clock.told(met)})" if met else ""
    parties = tuple(dict.fromkeys(party for each in alike for party in each.by))
    who = ", ".join(parties) if len(alike) > 1 else few(parties, SHOWN)
    by = f", by {who}" if who else ""
    return f"{first.status}{at}: {what} [{name}] {opens}until {clock.told(first.due)}{by}"


def show_may(found: State, clock: Clock) -> None:
    click.echo("\nWhat may be done")
    for each in found.may:
        opens = f", from {clock.told(each.opens)}" if each.opens else ""
        closes = f", until {clock.told(each.closes)}" if each.closes else ""
        by = few(each.by, SHOWN) or "anyone"
        click.echo(paragraph(f"{each.act}, by {by}{opens}{closes}: {each.what}", "  "))
    if not found.may:
        click.echo("  Nothing more.")


def show_refused(found: State, clock: Clock) -> None:
    if found.refused:
        click.echo("\nRefused")
    for each in found.refused:
        event = each.event
        text = f"{event.kind} by {event.party or 'nobody named'} at {clock.told(event.at)}"
        click.echo(paragraph(f"{text}: {each.why}. {each.fix}", "  "))
