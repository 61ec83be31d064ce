"""How indicators, their results and restatements are printed."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from commonhaven.cli.tables import (
    Cell,
    as_csv,
    grouped,
    one_line,
    paragraph,
    percent,
    shorten,
    table,
)
from commonhaven.indicators import (
    CardLine,
    Changed,
    FairShares,
    Indicator,
    Measure,
    Restatement,
    Result,
    catalogue,
    framework,
    measures,
)
from commonhaven.parties import name as name_of
from commonhaven.parties import states

if TYPE_CHECKING:
    from commonhaven.indicators import Scope

SHOWN = 20
ENTERED = "entered-"
HOW = {"measures": "computed", "approximates": "approximated"}


def number(value: Fraction | None) -> str:
    """Grouped; four places where it is no whole number, five significant below one."""
    if value is None:
        return "missing"
    if value.denominator == 1:
        return grouped(value)
    return grouped(value, 4 if abs(value) >= Fraction(1, 100) else 8)


def how(each: Indicator) -> str:
    """How an indicator can be had."""
    relations = {m.relation for m in measures().values() if m.indicator == each.id}
    ways = [word for relation, word in HOW.items() if relation in relations]
    return ", ".join([*ways[:1], "entered"])


def show_list(form: str) -> None:
    held = framework()
    rows = [(each.id, each.title, each.unit, how(each)) for each in held.indicators]
    more = [(m.id, m.indicator, m.relation, m.unit, m.title) for m in measures().values()]
    if form == "csv":
        header = ("id", "indicator", "relation", "unit", "title")
        both = [(i, i, way, unit, title) for i, title, unit, way in rows]
        click.echo(as_csv(header, [*both, *more]), nl=False)
        return
    click.echo(f"{held.compact.title}, indicators of the framework of 2019")
    for objective in held.objectives:
        click.echo(f"\n{objective.id}. {objective.title}")
        for each in held.indicators:
            if each.objective == objective.id:
                click.echo(paragraph(f"{each.id} {each.title} ({each.unit}; {how(each)})", "  "))
    click.echo(f"\n{one_line(held.reports[-1].note)}\n")
    click.echo(table(["Measure", "For", "Unit"], [(m[0], m[1], m[3]) for m in more], left=3))
    click.echo("\nNot worked out")
    for left in catalogue().not_computed:
        click.echo(paragraph(f"{left.id}: {left.title}. {left.why} [{left.source}]", "  "))
    click.echo("\ncommonhaven indicators show INDICATOR tells method, source and limits.")


def show_indicator(each: Indicator) -> None:
    held = framework()
    (outcome,) = (one for one in held.outcomes if one.id == each.outcome)
    (objective,) = (one for one in held.objectives if one.id == each.objective)
    click.echo(paragraph(f"{each.id} {each.title}"))
    click.echo(paragraph(f"Objective {objective.id}: {objective.title}.", "  "))
    click.echo(paragraph(f"Outcome {outcome.id}: {outcome.title}.", "  "))
    below = f" / {each.denominator}" if each.denominator else ""
    for label, text in (
        ("Unit", each.unit), ("Counts", f"{each.numerator}{below}"),
        ("Told apart", ", ".join(each.parts)), ("Measured by", each.measured_by),
        ("Method", each.method), ("In the framework since", each.since),
        ("Wording", f"ours, standing: {each.standing}"), ("Note", each.note),
    ):  # fmt: skip
        if text:
            click.echo(paragraph(f"{label}: {text}", "  "))
    for found in measures().values():
        if found.indicator == each.id:
            click.echo()
            show_measure(found)
    click.echo("\nIt can be entered with its evidence: commonhaven indicators check --help")


def show_measure(each: Measure) -> None:
    stands = f" ({each.relation} {each.indicator})" if each.indicator else f" ({each.relation})"
    click.echo(paragraph(f"{each.id}: {each.title}{stands}"))
    for label, text in (
        ("Unit", each.unit), ("Of the states as", each.acts_on), ("Method", each.method),
        ("What it is not", each.is_not), ("Figures", ", ".join(each.figures)),
        ("Source", each.source),
    ):  # fmt: skip
        if text:
            click.echo(paragraph(f"{label}: {text}", "  "))


def show_results(found: Sequence[Result], whom: "Scope") -> None:
    """One in full; several as a table, with the reason of each that is missing."""
    if len(found) == 1:
        show_result(found[0])
        return
    click.echo(f"Of {whom.title}\n")
    rows = [
        (one.measure, str(one.year), number(one.value), one.unit, counted(one)) for one in found
    ]
    wide = [(m, y, v, f"{u}" if len(u) <= 25 else u[:24] + "…", c) for m, y, v, u, c in rows]
    click.echo(table(["Measure", "Year", "Value", "Unit", "States"], wide, left=1))
    reasons: dict[str, list[str]] = {}
    for one in found:
        if one.value is None:
            reasons.setdefault(one.why_missing, []).append(f"{one.measure} {one.year}")
    click.echo()
    for why, which in reasons.items():
        more = f" and {len(which) - 3} more" if len(which) > 3 else ""
        click.echo(one_line(f"missing: {', '.join(which[:3])}{more}: {why}"))
    for one in found:
        if one.measure.startswith(ENTERED):
            click.echo(one_line(f"{one.measure} {one.year}: {' '.join(one.notes)}"))
    click.echo("One measure and year alone is told in full; --format csv holds bounds and sources.")


def counted(one: Result) -> str:
    return str(len(one.coverage.counted)) if one.value is not None else ""


def show_result(one: Result) -> None:
    click.echo(paragraph(f"{one.measure} of {one.scope_title}, {one.year}: {number(one.value)} "
                         f"{one.unit if one.value is not None else ''}"))  # fmt: skip
    stands = f"{one.relation} {one.indicator}" if one.indicator else one.relation
    lines = [("Missing", one.why_missing), ("Relation", stands), ("Method", one.method),
             ("What it is not", one.is_not)]  # fmt: skip
    if one.bounds:
        span = f"{number(one.bounds.low)} to {number(one.bounds.high)}"
        lines.append(("Bounds", f"{span}. {one.bounds.why}"))
    lines += coverage_lines(one)
    lines += [("Note", note) for note in one.notes]
    for label, text in lines:
        if text:
            click.echo(paragraph(f"{label}: {text}", "  "))
    for part, value in one.parts.items():
        called = name_of(part) if part in states() else part
        click.echo(f"  {called}: {number(value)}")
    for cited in one.sources:
        said = f"{cited.figure}: {cited.publisher}, {cited.edition}, read {cited.retrieved}"
        click.echo(paragraph(f"Source: {said}. {cited.licence}. {cited.caveat}", "  "))


def coverage_lines(one: Result) -> list[tuple[str, str]]:
    """What is in a value and what is not, in words."""
    held = one.coverage
    years = ", ".join(map(str, held.years))
    lines = [("States counted", f"{len(held.counted)}; figures of {years}")] if held.counted else []
    if held.missing:
        few = ", ".join(held.missing[:SHOWN])
        more = f" and {len(held.missing) - SHOWN} more" if len(held.missing) > SHOWN else ""
        lines.append(("States without a figure", f"{few}{more}"))
    if held.left_out:
        lines.append(("People in states left out", number(held.left_out)))
    if held.unattributed:
        lines.append(("Attributed to no state", number(held.unattributed)))
    return lines


def show_card(lines: Sequence[CardLine]) -> None:
    """A line an indicator with its first value; below, what is near or missing, and why."""
    rows = []
    for line in lines:
        first = line.results[0] if line.results else None
        value = number(first.value) if first else ""
        rows.append((line.indicator, line.standing, value, line.unit, str(len(line.results))))
    click.echo(table(["No.", "Standing", "Value", "Unit", "Values"], rows, left=2))
    click.echo()
    for line in lines:
        if line.standing == "approximated":
            first = line.results[0]
            click.echo(one_line(f"{line.indicator} is {first.measure}. {first.is_not}"))
        elif line.standing == "entered":
            click.echo(one_line(f"{line.indicator}: {' '.join(line.results[0].notes)}"))
        elif line.why:
            click.echo(one_line(f"{line.indicator} is missing: {line.why}"))


def show_fair_shares(found: FairShares) -> None:
    click.echo(f"Need: {number(found.need)} {found.unit}, {found.year}\n")
    rows = [
        (one.state, percent(one.part, 3), grouped(one.fair), number(one.given),
         percent(one.score, 1) if one.score is not None else "", one.band or "")
        for one in sorted(found.shares.values(), key=lambda one: (-one.fair, one.state))
    ]  # fmt: skip
    click.echo(table(["State", "Part", "Fair share", "Given", "Score", "Band"], rows))
    if found.left_out:
        click.echo(paragraph(f"\nWithout a known economy: {', '.join(found.left_out)}."))
    for note in found.notes:
        click.echo(one_line(note))


def show_restated(found: Restatement) -> None:
    """Counts, the largest revisions, and the measures that follow."""
    click.echo(f"From {found.before} to {found.after}: {len(found.revised):,} values revised, "
               f"{len(found.new):,} new, {len(found.withdrawn):,} withdrawn.")  # fmt: skip
    if found.revised:
        largest = sorted(found.revised, key=lambda one: (-abs(one.by or 0), one.figure, one.of))
        rows = [
            (one.figure, one.of, str(one.year), number(one.before), number(one.after),
             percent(one.relative, 1) if one.relative is not None else "")
            for one in largest[:SHOWN]
        ]  # fmt: skip
        click.echo(f"\nLargest revisions ({len(rows)} of {len(found.revised)})")
        header = ["Figure", "Of", "Year", "Before", "After", "Change"]
        click.echo(table(header, rows, left=2))
    if found.followed:
        click.echo("\nMeasures that follow")
        follow = [
            (one.measure, str(one.year), number(one.before), number(one.after), shorten(one.unit))
            for one in found.followed
        ]
        click.echo(table(["Measure", "Year", "Before", "After", "Unit"], follow))


def restated_csv(found: Restatement) -> str:
    header = ("what", "figure_or_measure", "of", "year", "before", "after", "change")
    groups: tuple[tuple[str, tuple[Changed, ...]], ...] = (
        ("revised", found.revised), ("new", found.new), ("withdrawn", found.withdrawn),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = [
        (what, one.figure, one.of, one.year, one.before, one.after, one.by)
        for what, changes in groups
        for one in changes
    ]
    for one in found.followed:
        both = one.before is not None and one.after is not None
        change = (one.after or Fraction(0)) - (one.before or Fraction(0)) if both else None
        rows.append(("follows", one.measure, one.scope, one.year, one.before, one.after, change))
    return as_csv(header, rows)
