"""``processes`` judged: scorecards, the diagnostic of 2005, what became of recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from commonhaven.cli.as_json import as_json, plain
from commonhaven.cli.options import on_day, output_format, read_day
from commonhaven.cli.tables import Cell, as_csv, one_line, paragraph, table
from commonhaven.processes import process
from commonhaven.processes.evaluation import (
    Diagnosis,
    Questionnaire,
    Recommendation,
    Register,
    Scorecard,
    Step,
    diagnose,
    follow_up,
    questions,
    ranking,
    read_answers,
    read_review,
    scorecard,
)
from commonhaven.reading import Problem, build, decimal_text, described, load_toml


@click.command("score")
@click.argument("reviews", metavar="REVIEW.toml...", nargs=-1, required=True)
@click.option("--by", metavar="A,C", help="Also put them in rows by these dimensions.")
@output_format
def scored(reviews: Sequence[str], by: str | None, form: str) -> None:
    """Scorecards of years: agenda, convergence, change, sustainability, openness.

    Processes are never put in rows by their agenda alone.

    \b
    Example:
      printf 'process = "rcm"\\nyear = 2024\\nmembers = 11\\nsource = "Report"\\n' > rcm.toml
      commonhaven processes score rcm.toml
    """
    cards = [scorecard(read_review(path)) for path in reviews]
    for each in cards:
        process(each.process, "REVIEW.toml")
    wanted = [part.strip() for part in by.split(",")] if by is not None else []
    rows = ranking(cards, wanted) if by is not None else ()
    if form == "json":
        click.echo(as_json({"scorecards": plain(cards), "rows": plain(rows)}))
    elif form == "csv":
        click.echo(as_csv(SCORE, [row for card in cards for row in score_rows(card)]), nl=False)
    else:
        for card in cards:
            tell_card(card)
        for row in rows:
            told = f"Row {row.row}: {row.process} {row.year}."
            told += f" Behind {', '.join(row.behind)}." if row.behind else ""
            told += f" Not known: {', '.join(row.missing)}." if row.missing else ""
            click.echo(one_line(told))


SCORE = ("process", "year", "dimension", "figure", "value", "unit", "evidence")


def score_rows(card: Scorecard) -> list[list[Cell]]:
    return [
        [card.process, card.year, each.dimension, each.id, each.value, each.unit,
         "; ".join(each.evidence)]
        for each in card.measures
    ]  # fmt: skip


def tell_card(card: Scorecard) -> None:
    click.echo(f"{card.process}, {card.year}")
    rows = [
        [each.dimension, each.what,
         "not known" if each.value is None else decimal_text(each.value, 2), each.unit,
         str(len(each.evidence))]
        for each in card.measures
    ]  # fmt: skip
    click.echo(f"{table(('', 'Figure', 'Value', 'Unit', 'Evidence'), rows, left=2)}\n")


@click.command("diagnose")
@click.argument("name", metavar="PROCESS")
@click.option("--answers", "path", metavar="FILE.toml", help="Answers to the questions.")
@output_format
def diagnosed(name: str, path: str | None, form: str) -> None:
    """What holds PROCESS up and what drags it down, after the workshop of 2005.

    What nobody answered is taken from the registry, where it knows. `processes questions` prints
    a file to fill in.

    \b
    Example:
      commonhaven processes diagnose 5plus5
    """
    about = process(name)
    given = read_answers(path) if path else Questionnaire(process=about.id)
    if given.process != about.id:
        said = f"the answers are of {given.process}, not of {about.id}"
        raise Problem(said, where=str(path), fix="Give the file of this process.")
    found = diagnose(given, about)
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [each.question, each.verdict, each.text, each.advice, each.para, each.evidence]
            for each in found
        ]
        header = ("question", "verdict", "text", "advice", "para", "evidence")
        click.echo(as_csv(header, rows), nl=False)
    else:
        tell_diagnosis(found)


def tell_diagnosis(found: Sequence[Diagnosis]) -> None:
    for each in found:
        click.echo(f"{each.verdict}: {each.question} (para. {each.para})")
        told = " ".join(part for part in (each.text, each.evidence, each.advice) if part)
        click.echo(paragraph(told, "  "))


@click.command("questions")
def questionnaire() -> None:
    """Print the questions of 2005 as a file to fill in.

    \b
    Example:
      commonhaven processes questions > answers.toml
    """
    click.echo('process = "rcm"\n\n[answers] # yes, partly, no or not known')
    for each in questions():
        click.echo(f'# {each.asks} (para. {each.para})\n{each.id} = "not known"')
    click.echo('\n[notes] # question = "on what evidence"')


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFile:
    """Recommendations and what was done about them."""

    recommendations: tuple[Recommendation, ...] = described("What was recommended")
    steps: tuple[Step, ...] = described("What was done", default=())


@click.command("follow-up")
@click.argument("path", metavar="REGISTER.toml")
@on_day
@output_format
def followed(path: str, day: str | None, form: str) -> None:
    """What became of recommendations on a day; what is open comes first.

    \b
    Example:
      printf '[[recommendations]]\\nid = "one"\\nprocess = "rcm"\\nmeeting = "Tenth"\\n' > reg.toml
      printf 'on = 2024-01-01\\ntext = "Name a focal point"\\naddressed = ["CRI"]\\n' >> reg.toml
      commonhaven processes follow-up reg.toml
    """
    file = build(RegisterFile, load_toml(Path(path), path), path)
    try:
        found = follow_up(
            file.recommendations, file.steps, read_day(day) or datetime.now(UTC).date()
        )
    except Problem as problem:
        raise problem.within(path) from None
    if form == "json":
        click.echo(as_json(plain(found)))
    elif form == "csv":
        rows: list[list[Cell]] = [
            [line.recommendation.id, party, state, line.open_days, "yes" if line.overdue else "no"]
            for line in found.lines
            for party, state in line.standing.items()
        ]
        header = ("recommendation", "party", "standing", "open_days", "overdue")
        click.echo(as_csv(header, rows), nl=False)
    else:
        tell_register(found)


def tell_register(found: Register) -> None:
    for line in found.lines:
        about = line.recommendation
        closed = "closed" if line.closed else f"open for {line.open_days} days"
        late = f", overdue since {about.due}" if line.overdue else ""
        click.echo(f"{about.id} ({about.process}, {about.on}): {closed}{late}")
        click.echo(paragraph(about.text, "  "))
        told = "; ".join(f"{party}: {state}" for party, state in line.standing.items())
        click.echo(paragraph(told, "  "))
    click.echo(f"{len(found.open)} of {len(found.lines)} are open.")
