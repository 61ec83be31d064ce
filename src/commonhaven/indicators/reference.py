"""The page docs/reference/indicators.md: framework, measures, entries, from the data themselves."""

from collections.abc import Sequence
from dataclasses import fields

from commonhaven.indicators.catalogue import catalogue
from commonhaven.indicators.entries import Entry, Evidence
from commonhaven.indicators.framework import framework
from commonhaven.indicators.result import Bounds, Cited, Coverage, Result

INTRODUCTION = """\
# Indicators

*Which indicators are there, what is worked out, from what, and how is a value entered?*
"""
ABOUT = (
    "This page is made from the files that the program reads. Why it is so: [Indicators and "
    "fairness](../explanation/indicators.md). The wording of outcomes and of indicators is "
    "ours, after the texts as reported; the numbers of indicators and outcomes were read at "
    "their sources."
)
EXAMPLES = """
```console
$ commonhaven indicators compute hosted returns --of igad --year 2020-2025
$ commonhaven indicators compute --of UGA --year 2023 --format json
$ commonhaven indicators compute top-ten-share gini-by-gdp --year 2016-2025 --format csv
```
"""
SCOPES = (
    "`world`; an income group (`low-income`, `lower-middle-income`, `upper-middle-income`, "
    "`high-income`, `low-and-middle-income`); `least-developed`; a grouping by id, such as "
    "`igad` or `eu`, with its members at the end of each year; a region of M49, such as "
    "`Eastern Africa`; a state by code or name; several joined by +, such as `UGA+ETH`. The "
    "world is every row of a table, people whom UNHCR attributes to no state included."
)
FOLDER = (
    "`--from FOLDER` reads what `figures pull --from` reads (see [Figures](figures.md)): "
    "`population.csv`, `solutions.csv` and `asylum-applications.csv` of UNHCR's Refugee Data "
    "Finder, the World Bank's bulk files, and tables of your own with "
    "`state,indicator,period,value,unit,source,retrieved`. A table that is read replaces the "
    "shipped one whole, so that a total is of one vintage. Figures that do not ship have "
    "these names: `first_permits`, `in_donor_refugee_costs`, `plan_requested`, "
    "`plan_received`, `gdp_ppp`, `school_age_refugees`, `education_unit_cost`. One more file "
    "is read here: `donors.csv` with the columns `year,donor,kind,state,usd`; a donor stands "
    "once a year, and `state` is empty where it is no government."
)


def reference_page() -> str:
    """The whole page."""
    head = [INTRODUCTION, ABOUT, EXAMPLES, f"## Of whom\n\n{SCOPES}\n"]
    rest = [_framework(), _measures(), f"## From files\n\n{FOLDER}\n", _entries(), _results()]
    return "\n".join([*head, *rest])


def _table(header: str, rows: Sequence[tuple[str, ...]]) -> list[str]:
    columns = header.split("|")
    lines = ["| " + " | ".join(columns) + " |", "| " + " | ".join(["---"] * len(columns)) + " |"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _framework() -> str:
    held = framework()
    lines = ["## The framework", ""]
    lines += _table(
        "Edition|Indicators|Outcomes|Source|Not established",
        [
            (f"{v.title}", str(v.indicators or "?"), str(v.outcomes or "?"), v.source,
             ", ".join(v.unknown) or "–")
            for v in held.versions
        ],
    )  # fmt: skip
    lines += ["", *(f"Report of {r.year}: {r.note}" for r in held.reports if r.note), ""]
    for objective in held.objectives:
        lines += [f"### {objective.id}. {objective.title}", ""]
        rows = [
            (each.id, each.title, each.unit,
             each.numerator + (f" / {each.denominator}" if each.denominator else ""),
             each.measured_by, ", ".join(each.parts) or "–")
            for each in held.indicators if each.objective == objective.id
        ]  # fmt: skip
        lines += _table("Number|Indicator|Unit|Counts|Measured by|Told apart", rows)
        lines.append("")
    return "\n".join(lines)


def _measures() -> str:
    lines = ["## What is worked out", ""]
    rows = [
        (f"`{m.id}`", m.title, m.unit, f"{m.relation} {m.indicator}".strip(), m.method,
         m.is_not or "–", m.source)
        for m in catalogue().measures
    ]  # fmt: skip
    lines += _table("Measure|What|Unit|Relation|Method|What it is not|Source", rows)
    lines += ["", "### Not worked out", ""]
    left = [(n.title, n.why, n.source) for n in catalogue().not_computed]
    return "\n".join([*lines, *_table("Index|Why|Source", left), ""])


def _entries() -> str:
    lines = ["## Entered values", ""]
    lines.append(
        "A TOML file with `title` and tables `[[entries]]`; `commonhaven indicators check FILE` "
        "lists everything to mend. `published` ships: values of the OECD's surveys."
    )
    for model, called in ((Entry, "An entry"), (Evidence, "Evidence (`[[entries.evidence]]`)")):
        lines += ["", f"### {called}", "", *_fields(model)]
    return "\n".join([*lines, ""])


def _results() -> str:
    lines = ["## What a result holds", ""]
    lines.append("As JSON: exact numbers as text; what is empty is left out.")
    for model, called in (
        (Result, "Result"), (Coverage, "Coverage"), (Bounds, "Bounds"), (Cited, "Source"),
    ):  # fmt: skip
        lines += ["", f"### {called}", "", *_fields(model)]
    return "\n".join(lines) + "\n"


def _fields(model: type[Entry | Evidence | Result | Coverage | Bounds | Cited]) -> list[str]:
    rows = [(f"`{field.name}`", str(field.metadata["meaning"])) for field in fields(model)]
    return _table("Field|Meaning", rows)
