"""``processes`` by numbers: overlap, seats, suggestions, gaps, bridges."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

import click

from commonhaven.cli.as_json import as_json, plain, with_more
from commonhaven.cli.options import on_day, output_format, read_day
from commonhaven.cli.tables import Cell, as_csv, one_line, paragraph, percent, table
from commonhaven.parties import find_state, short_name
from commonhaven.processes import (
    Bridge,
    Gaps,
    Overlap,
    Roster,
    Suggestion,
    bridges,
    exchanges,
    gaps,
    overlap,
    overlaps,
    process,
    processes,
    reasons,
    roster,
    seats,
    suggestions,
    vocabulary,
)
from commonhaven.reading import Problem, closest, decimal_text

top = click.option(
    "--top", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many.",
)  # fmt: skip


def day_of(text: str | None) -> date:
    return read_day(text) or datetime.now(UTC).date()


def rosters_on(day: date) -> dict[str, Roster]:
    return {name: roster(each, day) for name, each in processes().items()}


def mind(warnings: Iterable[str]) -> None:
    """What to mind, once each."""
    for warning in dict.fromkeys(warnings):
        click.echo(one_line(f"Mind: {warning}"))


@click.command("overlap")
@click.argument("names", metavar="[PROCESS] [PROCESS]", nargs=-1)
@top
@on_day
@output_format
def overlapping(names: Sequence[str], top: int, day: str | None, form: str) -> None:
    """How far processes have the same members: of two, of one with all, or of all.

    The overlap is Jaccard's index: states in both, of the states in either.

    \b
    Example:
      commonhaven processes overlap budapest prague --on 2021-12-31
    """
    if len(names) > 2:
        raise Problem("more than two processes", where="overlap", fix="Name one, two or none.")
    on = day_of(day)
    ids = [process(name).id for name in names]
    if len(ids) == 2:
        found = [overlap(*(roster(process(name), on) for name in ids))]
    else:
        pairs = overlaps(list(rosters_on(on).values()))
        found = [each for each in pairs if not ids or ids[0] in (each.a, each.b)]
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        click.echo(as_csv(OVERLAP, [overlap_row(each) for each in found]), nl=False)
    elif len(ids) == 2:
        tell_pair(found[0])
    else:
        tell_overlaps(found[:top])


OVERLAP = ("a", "b", "common", "either", "jaccard", "warnings")


def either(each: Overlap) -> int:
    return len((*each.common, *each.only_a, *each.only_b))


def overlap_row(each: Overlap) -> list[Cell]:
    told = " ".join(each.warnings) or None
    return [each.a, each.b, len(each.common), either(each), each.jaccard, told]


def tell_pair(each: Overlap) -> None:
    if each.jaccard is None:
        click.echo(f"{each.a} and {each.b}: not known, for want of a list of members.")
    else:
        click.echo(
            f"{each.a} and {each.b}: {len(each.common)} of {either(each)} states sit in both, "
            f"{decimal_text(each.jaccard, 4)}."
        )
        for title, codes in (
            ("In both", each.common),
            (f"Only in {each.a}", each.only_a),
            (f"Only in {each.b}", each.only_b),
        ):
            click.echo(f"\n{title}\n{paragraph(', '.join(codes) or 'none', '  ')}")
        click.echo()
    mind(each.warnings)


def tell_overlaps(found: Sequence[Overlap]) -> None:
    rows = [
        [each.a, each.b, str(len(each.common)), str(either(each)),
         "" if each.jaccard is None else decimal_text(each.jaccard, 4),
         "+" if each.warnings else ""]
        for each in found
    ]  # fmt: skip
    click.echo(table(["Process", "Process", "In both", "In either", "Overlap", ""], rows, left=2))
    click.echo("\n+ a list is not complete, or does not describe the day: --format json says more.")


@click.command("seats")
@click.argument("state", required=False)
@top
@on_day
@output_format
def seated(state: str | None, top: int, day: str | None, form: str) -> None:
    """Who sits in how many processes; or in which STATE sits.

    \b
    Example:
      commonhaven processes seats GHA
    """
    found = list(seats(rosters_on(day_of(day)).values()))
    if state is not None:
        code = find_state(state, "STATE").code
        found = [each for each in found if each.state == code]
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.state, len(each.member_of), " ".join(each.member_of), " ".join(each.observer_in)]
            for each in found
        ]
        click.echo(as_csv(("state", "processes", "member_of", "observer_in"), rows), nl=False)
    elif state is not None:
        for each in found:
            click.echo(one_line(f"Member of: {', '.join(each.member_of)}."))
            click.echo(one_line(f"Observer in: {', '.join(each.observer_in) or 'none'}."))
        if not found:
            click.echo(f"{code} is a member of no process that we know.")
    else:
        lines = [
            [short_name(each.state), str(len(each.member_of)), str(len(each.observer_in))]
            for each in found[:top]
        ]
        click.echo(table(["State", "Member of", "Observer in"], lines))


@click.command("suggest")
@click.argument("name", metavar="[PROCESS]", required=False)
@click.option("--theme", metavar="ID", help="Only pairs that share it.")
@top
@on_day
@output_format
def suggested(name: str | None, theme: str | None, top: int, day: str | None, form: str) -> None:
    """With whom PROCESS could exchange, with the reason in parts; without it, all pairs.

    Alike in theme, few members in common, not yet in touch: the formula is our proposal.

    \b
    Example:
      commonhaven processes suggest bali --top 10
    """
    on = day_of(day)
    if theme is not None and theme not in (known := vocabulary().themes):
        raise Problem(
            f'there is no theme "{theme[:40]}"', where="--theme", fix=closest(theme, known)
        )
    of = process(name).id if name else ""
    if of and processes()[of].type == "global":
        fix = "Name a regional process or an interregional forum."
        raise Problem(f"{of} is open to all: who comes is not held", where="PROCESS", fix=fix)
    found = [
        each
        for each in suggestions(processes(), rosters_on(on), exchanges(), of=of)
        if theme is None or theme in each.likeness.shared
    ][:top]
    if form == "json":
        click.echo(as_json([suggestion_json(each) for each in found]))
    elif form == "csv":
        click.echo(as_csv(SUGGESTION, [suggestion_row(each) for each in found]), nl=False)
    else:
        tell_suggestions(found)


SUGGESTION = ("rank", "a", "b", "score", "likeness", "overlap", "themes", "warned")


def suggestion_json(each: Suggestion) -> dict[str, object]:
    return with_more(
        each,
        score=str(each.score),
        cosine=plain(each.likeness.cosine),
        reasons=[str(part) for part in reasons(each)],
    )


def suggestion_row(each: Suggestion) -> list[Cell]:
    return [
        each.rank, each.a, each.b, each.score, each.likeness.cosine, each.overlap.jaccard,
        " ".join(each.likeness.shared), "yes" if each.overlap.warnings else "no",
    ]  # fmt: skip


def tell_suggestions(found: Sequence[Suggestion]) -> None:
    for each in found:
        click.echo(f"{each.rank}. {each.a} and {each.b}: {each.score}")
        told = " ".join(str(part) for part in reasons(each))
        click.echo(paragraph(told, "   "))
    if not found:
        click.echo("No pair is alike and not yet in touch.")
    click.echo()
    mind(warning for each in found for warning in each.overlap.warnings)


@click.command("gaps")
@on_day
@output_format
def lacking(day: str | None, form: str) -> None:
    """Where nobody meets: states in no process, and themes on which regions have none.

    \b
    Example:
      commonhaven processes gaps --on 2005-04-15
    """
    on = day_of(day)
    found = gaps(processes(), rosters_on(on), on)
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        rows: list[list[Cell]] = [
            ["region", each.region, len(each.states), " ".join(each.without)]
            for each in found.regions
        ]
        rows += [
            ["theme", each.theme, len(each.processes), "; ".join(each.regions_without)]
            for each in found.themes
        ]
        click.echo(as_csv(("kind", "id", "covered", "without"), rows), nl=False)
    else:
        tell_gaps(found)


def tell_gaps(found: Gaps) -> None:
    rows = [
        [each.region, str(len(each.states)), str(len(each.without)), str(len(each.only_between))]
        for each in found.regions
    ]
    header = ("Region (M49)", "States", "In none", "Only between regions")
    click.echo(f"{table(header, rows)}\n")
    for region in found.regions:
        if region.without:
            click.echo(paragraph(f"{region.region}, in none: {', '.join(region.without)}"))
    names = vocabulary().themes
    lines = [
        [names[each.theme].name, str(len(each.processes)), str(len(each.regions_without))]
        for each in found.themes
    ]
    click.echo(f"\n{table(('Theme', 'Processes', 'Regions without'), lines)}\n")
    mind(found.warnings)


@click.command("bridges")
@top
@on_day
@output_format
def bridging(top: int, day: str | None, form: str) -> None:
    """States that join processes which have nobody else in common.

    Betweenness in the graph of states and processes: how often a state lies on a shortest way
    between two others.

    \b
    Example:
      commonhaven processes bridges --top 5
    """
    held = rosters_on(day_of(day))
    found = bridges(held.values())
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.state, each.betweenness, each.share, " ".join(each.processes)] for each in found
        ]
        click.echo(as_csv(("state", "betweenness", "share", "processes"), rows), nl=False)
    else:
        tell_bridges(found[:top], held)


def tell_bridges(found: Sequence[Bridge], held: Mapping[str, Roster]) -> None:
    rows = [
        [short_name(each.state), decimal_text(each.betweenness, 1), percent(each.share),
         str(len(each.processes))]
        for each in found
    ]  # fmt: skip
    click.echo(table(["State", "Betweenness", "Of all pairs", "Processes"], rows))
    loose = [name for name, each in held.items() if not each.complete]
    click.echo()
    mind(
        [f"The lists of {len(loose)} processes are not complete or not of this day."] * bool(loose)
    )
