"""``practices``: what other processes have tried; found in six languages; whom to ask."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from commonhaven.cli.as_json import as_json, plain, with_more
from commonhaven.cli.findings import tell
from commonhaven.cli.options import Command, output_format
from commonhaven.cli.tables import Cell, as_csv, paragraph, percent, table
from commonhaven.parties import states
from commonhaven.processes import process, processes, vocabulary
from commonhaven.processes.practices import (
    LANGUAGES,
    Answered,
    Evidence,
    Hit,
    Practice,
    Reuse,
    answered,
    findings,
    json_schema,
    load,
    peers,
    practice,
    practices,
    read_questions,
    reasons,
    recalls,
    search,
    shipped,
    source_of,
)
from commonhaven.reading import Problem, closest, load_toml

HEADS = ("practice", "kind", "title", "by", "since", "themes", "sure", "result", "reused")


@click.group("practices")
def command() -> None:
    """What other processes have tried, with what result, and who took it over.

    \b
    Example:
      commonhaven practices search "recrutement éthique"
    """


def in_language(function: Command) -> Command:
    return click.option(
        "--language", type=click.Choice(LANGUAGES), default="en", show_default=True,
        help="Language of titles and summaries.",
    )(function)  # fmt: skip


def known_theme(name: str | None) -> str:
    if name and name not in (held := vocabulary().themes):
        fix = closest(name, held)
        raise Problem(f'there is no theme "{name[:40]}"', where="--theme", fix=fix)
    return name or ""


@command.command("list")
@click.option("--theme", metavar="ID", help="Only those on a theme, such as solutions.")
@click.option("--region", metavar="ID", help="Only those of a region, such as africa.")
@click.option("--kind", type=click.Choice(["practice", "precedent"]), help="Only those.")
@click.option("--by", metavar="PROCESS", help="Only what a process did or took over.")
@in_language
@output_format
def listed(
    theme: str | None, region: str | None, kind: str | None, by: str | None, language: str,
    form: str,
) -> None:  # fmt: skip
    """List practices and precedents, who did them, and how sure it is.

    \b
    Example:
      commonhaven practices list --theme solutions
    """
    asked, whose = known_theme(theme), process(by, "--by").id if by else ""
    if region and region not in (held := vocabulary().regions):
        fix = closest(region, held)
        raise Problem(f'there is no region "{region[:40]}"', where="--region", fix=fix)
    found = [
        each
        for each in practices().values()
        if asked in ("", *each.themes)
        and (region or "") in ("", *each.regions)
        and kind in (None, each.kind)
        and whose in ("", *each.processes)
    ]
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        click.echo(as_csv(HEADS, [line(each, language) for each in found]), nl=False)
    elif found:
        tell_list(found, language)
    else:
        click.echo("No practice that we hold is so.")


def line(each: Practice, language: str) -> list[Cell]:
    return [
        each.id, each.kind, each.called(language), " ".join(each.by) or None, each.since or None,
        " ".join(each.themes), each.sure, each.result or None, len(each.reuse),
    ]  # fmt: skip


def tell_list(found: Iterable[Practice], language: str) -> None:
    for each in found:
        click.echo(f"{each.id} ({each.kind}, {each.sure})")
        click.echo(paragraph(each.called(language), "  "))


@command.command("show")
@click.argument("name", metavar="PRACTICE")
@in_language
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def shown(name: str, language: str, form: str) -> None:
    """Tell all that is known of PRACTICE: what was done, its result, evidence, who took it over.

    PRACTICE is the id or title of one that ships, or a TOML file.

    \b
    Example:
      commonhaven practices show kosovo-evacuation
    """
    each = load(name) if name.endswith(".toml") or "/" in name else practice(name)
    if form == "json":
        click.echo(as_json(plain(each)))
        return
    click.echo(f"{each.id}: {each.called(language)} ({each.kind})")
    click.echo(paragraph(each.told(language), "  "))
    span = f"{each.since or 'not known'}{f' to {each.until}' if each.until else ''}"
    themes = ", ".join(vocabulary().themes[theme].name for theme in each.themes)
    for title, texts in (
        ("By", [", ".join(party(one) for one in each.by) or "not named by the source"]),
        ("Since", [span]), ("Themes", [themes]), ("Result", [each.result or "not known"]),
        ("Evidence", [evidence(each, one) for one in each.evidence]),
        ("What it takes", each.needs or ["not known"]),
        ("Taken over by", [reused(each, one) for one in each.reuse] or ["nobody that we know of"]),
    ):  # fmt: skip
        click.echo(f"\n{title}")
        for text in texts:
            click.echo(paragraph(text, "  "))
    if each.note:
        click.echo("\n" + paragraph(f"Mind: {each.note}"))


def party(name: str) -> str:
    if name in states():
        return states()[name].name
    held = processes().get(name.removeprefix("process:"))
    return held.name if held else name


def evidence(each: Practice, one: Evidence) -> str:
    at = f", {one.at}" if one.at else ""
    return f"{one.sure}: {source_of(each, one.source).title}{at}"


def reused(each: Practice, one: Reuse) -> str:
    since = f", {one.since}" if one.since else ""
    source = source_of(each, one.source).title
    return f"{party(one.by)}{since}: {one.result or 'result not known'} [{one.sure}: {source}]"


@command.command("search")
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--top", type=click.IntRange(1), default=5, show_default=True, help="How many.")
@in_language
@output_format
def found(words: Sequence[str], top: int, language: str, form: str) -> None:
    """Find practices by words in English, French, Spanish, Arabic, Russian or Chinese.

    \b
    Example:
      commonhaven practices search 自愿返回 住房
    """
    hits = search(" ".join(words), practices().values(), most=top)
    if form == "json":
        click.echo(as_json([with_more(hit, practice=plain(hit.practice)) for hit in hits]))
    elif form == "csv":
        rows = [[*line(hit.practice, language), " ".join(hit.matched)] for hit in hits]
        click.echo(as_csv((*HEADS, "matched"), rows), nl=False)
    else:
        tell_hits(hits, language)


def tell_hits(hits: Sequence[Hit], language: str) -> None:
    for number, hit in enumerate(hits, 1):
        each = hit.practice
        click.echo(f"{number}. {each.id} ({each.kind}, {each.sure})")
        click.echo(paragraph(each.called(language), "   "))
        click.echo(paragraph(each.told(language), "   "))
    if not hits:
        click.echo("Nothing has these words. Try fewer, or `practices list --theme ID`.")


@command.command("ask")
@click.option("--theme", required=True, metavar="ID", help="What the question is about.")
@click.option("--for", "asking", metavar="PROCESS", help="Who asks: it is not asked itself.")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@output_format
def peered(theme: str, asking: str | None, words: Sequence[str], form: str) -> None:
    """Whom to ask: processes with a practice on a theme, or that work on it, with the reason.

    \b
    Example:
      commonhaven practices ask --theme skills --for colombo recognition of certificates
    """
    whose = process(asking, "--for").id if asking else ""
    found = peers(
        known_theme(theme), " ".join(words), practices().values(), processes(), asking=whose
    )
    if form == "json":
        told = [with_more(plain(each), reasons=[str(r) for r in reasons(each)]) for each in found]
        click.echo(as_json(told))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.process, " ".join(each.on_theme), " ".join(each.on_words),
             "yes" if each.works_on else "no"]
            for each in found
        ]  # fmt: skip
        click.echo(as_csv(("process", "on_theme", "on_words", "works_on"), rows), nl=False)
    elif found:
        for each in found:
            click.echo(f"{each.process}: {processes()[each.process].name}")
            click.echo(paragraph(" ".join(str(reason) for reason in reasons(each)), "  "))
            for name in dict.fromkeys((*each.on_theme, *each.on_words)):
                click.echo(paragraph(practices()[name].called(), "  - "))
    else:
        click.echo("No process that we know works on it.")


@command.command("check")
@click.argument("name", metavar="FILE")
def checked(name: str) -> int:
    """Check the file of a practice, or one that ships, and list everything to mend.

    Exit code 0: nothing wrong; 2: errors. Advice does not count as an error.

    \b
    Example:
      commonhaven practices check cirefca
    """
    path = shipped().get(name, Path(name))
    return tell(name, findings(load_toml(path, name), name))


@command.command("recall")
@click.argument("name", metavar="QUESTIONS.toml")
@output_format
def recalled(name: str, form: str) -> None:
    """How many of the practices that answer labelled questions are among the first five found.

    \b
    Example:
      commonhaven practices recall questions.toml
    """
    told = answered(read_questions(load_toml(Path(name), name), name), practices())
    if form == "json":
        click.echo(as_json(plain(list(told))))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.language, each.asks, " ".join(each.wanted), " ".join(each.found), each.recall]
            for each in told
        ]
        click.echo(as_csv(("language", "asks", "wanted", "found", "recall"), rows), nl=False)
    else:
        tell_recall(told)


def tell_recall(told: Sequence[Answered]) -> None:
    rows = [
        [language, str(sum(each.language == language for each in told)), percent(part, 0)]
        for language, part in recalls(told).items()
    ]
    click.echo(table(("Language", "Questions", "Found"), rows))
    for each in told:
        if each.recall < 1:
            missed = ", ".join(name for name in each.wanted if name not in each.found)
            click.echo(paragraph(f"Missed for {each.asks} ({each.language}): {missed}"))


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of a practice.

    \b
    Example:
      commonhaven practices schema
    """
    click.echo(as_json(json_schema()))
