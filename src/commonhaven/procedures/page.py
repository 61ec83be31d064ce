"""The reference page of the procedures in Markdown, from the procedures themselves."""

from collections.abc import Iterator

from commonhaven.procedures.library import procedures
from commonhaven.procedures.model import Act, Limit, Procedure
from commonhaven.procedures.modes import modes
from commonhaven.procedures.setting import SHARED

INTRODUCTION = """\
# Procedures

*Which steps does each procedure have, who may take them, by when, and what does silence mean?*

A procedure is data: stages, acts, clocks, numbers with their sources. One engine runs them all; how
it counts time is told under [clocks](../explanation/clocks.md). `commonhaven procedure show ID`
prints the same for one, `commonhaven procedure state` tells [where one
stands](../how-to/follow-a-procedure.md).

Every end of a clock is inclusive: what is done at the last instant is in time. Standing:
*sourced* (read in the text), *reported* (by others), *our proposal*.

This page is generated from the procedures.
"""


def reference_page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, *(_section(each) for each in procedures().values())]
    return "\n".join([*parts, _options(), _modes()])


def _section(each: Procedure) -> str:
    ways = ", else ".join(modes()[name].title.lower() for name in each.decides)
    origin = " The state of origin stands back." if each.recuse_origin else ""
    facts = [
        ("Principle", each.principle),
        ("Who may start", each.starts),
        ("Silence", each.silence),
        ("Decides by", f"{ways}.{origin} {each.decides_cite}."),
        ("Time", f"Days are counted to the {each.counting}. {each.counting_cite}."),
        ("Source", f"{each.source}. Standing: {each.standing}."),
        ("To know", each.note),
    ]
    lines = [f"## {each.id}", "", f"{each.title}.", ""]
    lines += [f"- **{name}**: {text}" for name, text in facts if text]
    lines += [f"- **Weakness**: {text}" for text in each.weaknesses]
    lines += ["", *_acts(each), "", *_limits(each), "", *_numbers(each), ""]
    return "\n".join(lines)


def _acts(each: Procedure) -> Iterator[str]:
    yield "| act | who | at | what | then | source |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for act in each.acts:
        by = ", ".join(role.removeprefix("=") for role in act.by)
        at = ", ".join(act.stages)
        yield f"| `{act.kind}` | {by} | {at} | {act.what} | {_then(act)} | {act.cite} |"


def _then(act: Act) -> str:
    """Where the act leads."""
    if act.adopted:
        return f"{act.adopted} if adopted, else {act.rejected or 'no change'}"
    if act.all_of:
        return f"{act.to} when {', '.join(act.all_of)} are all there"
    found = [act.to] if act.to else []
    for enough in act.enough:
        number = f"{enough.number} ({', '.join(enough.acts)})"
        if enough.adopted:
            found.append(f"{enough.adopted} or {enough.to}, counted when reached: {number}")
        else:
            found.append(f"{enough.to} when reached: {number}")
    return "; ".join(found) or "no change"


def _limits(each: Procedure) -> Iterator[str]:
    yield "| clock | starts with | who | from, to | silence means | source |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for limit in each.limits:
        starts = " or ".join(token.replace("stage:", "stage ") for token in limit.after)
        by = ", ".join(role.removeprefix("=") for role in limit.by)
        what = limit.what.replace("{party}", "each party")
        silence = limit.silence.replace("{party}", "The party")
        yield (
            f"| `{limit.id}`: {what} | {starts} | {by}{', each' if limit.each else ''} | "
            f"{_span(each, limit)} | {silence} {_passes(limit)}| {limit.cite} |"
        )


def _span(each: Procedure, limit: Limit) -> str:
    values = {entry.id: f"{entry.value} {entry.unit}" for entry in each.entries}
    opens = f"from {' + '.join(values[name] for name in limit.opens)} " if limit.opens else ""
    again = f", then every {values[limit.every]}" if limit.every else ""
    return f"{opens}to {' + '.join(values[name] for name in limit.due)}{again}"


def _passes(limit: Limit) -> str:
    """Where the end of the clock leads."""
    found = f"Then: {limit.to}. " if limit.to else ""
    if limit.to_if_yes:
        found += f"With `{limit.option}`: {limit.to_if_yes}. "
    if limit.to_if_met:
        found += f"Where it was met: {limit.to_if_met}. "
    return found


def _numbers(each: Procedure) -> Iterator[str]:
    yield "| number | value | what | source | standing | may be set |"
    yield "| --- | --- | --- | --- | --- | --- |"
    free = {option.id for option in (*each.options, *SHARED)}
    for entry in each.entries:
        cited = "; ".join(part for part in (entry.article, entry.source) if part)
        own = "yes" if entry.id in free else "no"
        yield (
            f"| `{entry.id}` | {entry.value} {entry.unit} | {entry.what} | {cited} | "
            f"{entry.standing} | {own} |"
        )


def _options() -> str:
    lines = ["## Options of every procedure", "", "| option | what |", "| --- | --- |"]
    for option in SHARED:
        values = f" ({' or '.join(option.choices)})" if option.choices else ""
        lines.append(f"| `{option.id}` | {option.what}{values} |")
    return "\n".join([*lines, ""])


def _modes() -> str:
    lines = [
        "## Modes of decision",
        "",
        "A vote by a party that is no member, is not present, stands back, or has voted already is "
        "refused. Abstention, silence, absence and not taking part are counted apart.",
        "",
        "| mode | when adopted | source | standing |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{mode.id}` | {mode.what} | {mode.cite} | {mode.standing} |"
        for mode in modes().values()
    ]
    return "\n".join([*lines, ""])
