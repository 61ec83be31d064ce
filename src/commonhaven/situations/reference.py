"""The reference page of the situations that ship, written from their files."""

from collections.abc import Iterator

from commonhaven.reading import decimal_text
from commonhaven.situations.load import load, shipped
from commonhaven.situations.model import CohortGroup, Situation

HEAD = """\
# Situations that ship

Real displacements, described by cohort. Their numbers are those of the sources named with each,
as published; where a source is known to miss people, its note says so. A situation of your own has
the same form: see [how to describe a situation](../how-to/describe-a-situation.md) and the
[JSON Schema](situation.schema.json).
"""


def reference_page() -> str:
    """The page docs/reference/situations.md, in Markdown."""
    situations = [load(name) for name in shipped()]
    parts = [HEAD, _overview(situations), *(_chapter(situation) for situation in situations)]
    return "\n".join(parts)


def _overview(situations: list[Situation]) -> str:
    head = ["| id | name | on | people | cohorts |", "| --- | --- | --- | ---: | ---: |"]
    rows = [
        f"| [{s.id}](#{s.id}) | {_name(s)} | {s.on} | {s.people:,} | {len(s.cohorts)} |"
        for s in situations
    ]
    return "\n".join([*head, *rows, ""])


def _name(situation: Situation) -> str:
    return situation.name.get("en") or next(iter(situation.name.values()))


def _chapter(situation: Situation) -> str:
    return "\n".join(
        [
            f"## {situation.id}",
            "",
            f"**{_name(situation)}.** {' '.join(situation.about.split())}",
            "",
            *_cohorts(situation),
            *_ties(situation),
            *_assessed(situation),
            *_capacities(situation),
            *_costs(situation),
            *_sources(situation),
        ]
    )


def _cohorts(situation: Situation) -> Iterator[str]:
    yield "| cohort | people | from | where | source |"
    yield "| --- | ---: | --- | --- | --- |"
    for cohort in situation.cohorts:
        origin = cohort.origin or situation.origin
        where = _where(cohort)
        yield f"| {cohort.name} | {cohort.people:,} | {origin} | {where} | {cohort.source} |"
    yield ""


def _where(cohort: CohortGroup) -> str:
    largest = sorted(cohort.present.items(), key=lambda item: (-item[1], item[0]))
    most = 6 if len(largest) > 7 else 7
    shown = ", ".join(f"{state} {people:,}" for state, people in largest[:most])
    rest = largest[most:]
    more = f", and {sum(people for _, people in rest):,} in {len(rest)} more" if rest else ""
    return shown + more


def _ties(situation: Situation) -> Iterator[str]:
    yield "Ties:"
    yield ""
    for cohort in situation.cohorts:
        languages = ", ".join(cohort.languages) or "not given"
        kin = ", ".join(cohort.kin) or "none given"
        yield f"- {cohort.name}: languages {languages}; kin in {kin} ({cohort.ties_source})."
    yield ""


def _assessed(situation: Situation) -> Iterator[str]:
    for cohort in situation.cohorts:
        for assessed in cohort.assessed:
            scores = [
                f"{criterion} {decimal_text(score)}"
                for criterion in ("security", "functional", "cultural", "proximity")
                if (score := getattr(assessed, criterion)) is not None
            ]
            risk = ["risk of refoulement"] if assessed.refoulement_risk else []
            said = ", ".join([*scores, *risk])
            yield f"Assessed for {cohort.name}: {assessed.state} {said} ({assessed.source})."
            yield ""


def _capacities(situation: Situation) -> Iterator[str]:
    if not situation.capacities:
        return
    declared = ", ".join(
        f"{capacity.state} {capacity.people:,} ({capacity.source})"
        for capacity in situation.capacities
    )
    yield f"Declared capacities, people: {declared}."
    yield ""


def _costs(situation: Situation) -> Iterator[str]:
    if not situation.unit_costs:
        return
    units = ", ".join(
        f"{unit.state} {decimal_text(unit.amount)} ({unit.source})" for unit in situation.unit_costs
    )
    yield f"Cost per person and year, {situation.unit_costs[0].currency}: {units}."
    yield ""


def _sources(situation: Situation) -> Iterator[str]:
    yield "Sources:"
    yield ""
    for source in situation.sources:
        link = f" <{source.url}>" if source.url else ""
        read = f" Read on {source.retrieved}." if source.retrieved else ""
        note = f" {' '.join(source.note.split())}" if source.note else ""
        yield f"- `{source.id}`: {source.title}.{link}{read}{note}"
    yield ""
