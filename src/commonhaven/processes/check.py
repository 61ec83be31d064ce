"""Whether a process makes sense: errors that stop the work, advice that does not."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from commonhaven.parties import groupings, states
from commonhaven.processes.model import SOURCED, Part, Process, Source, known
from commonhaven.processes.vocabulary import sources, vocabulary
from commonhaven.processes.when import earliest, latest
from commonhaven.reading import Problem, closest
from commonhaven.reading.finding import Finding, advice, error

CODE = re.compile(r"[A-Z]{3}")
OF_A_PROCESS = "process:"


def check(process: Process) -> tuple[Finding, ...]:
    """Everything to mend or to weigh in a process, errors before advice."""
    named = {**sources(), **process.sources}
    found = [
        *_words(process), *_days(process), *_parties(process), *_sources(process, named),
        *_gaps(process),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def _words(process: Process) -> Iterator[Finding]:
    words = vocabulary()
    for theme in process.themes:
        if theme.theme not in words.themes:
            fix = closest(theme.theme, words.themes)
            yield error(f'there is no theme "{theme.theme[:40]}"', "themes", fix)
    for name, number in Counter(theme.theme for theme in process.themes).items():
        if number > 1:
            yield error(f"the theme {name} stands there twice", "themes", "Keep one.")
    for region in process.regions:
        if region not in words.regions:
            yield error(
                f'there is no region "{region[:40]}"', "regions", closest(region, words.regions)
            )
    if process.grouping and process.grouping not in groupings():
        fix = closest(process.grouping, groupings())
        yield error(f'there is no grouping "{process.grouping[:40]}"', "grouping", fix)


def _days(process: Process) -> Iterator[Finding]:
    spans = [(part.since, part.until, f"part of {part.party}") for part in process.parts]
    spans += [
        (each.since, each.until, f"chair {'/'.join(each.parties)}") for each in process.chairs
    ]
    spans += [(process.founded, "", "founded")]
    for since, until, where in spans:
        try:
            late = bool(since and until and latest(until) < earliest(since))
            for text in (since, until):
                if text:
                    earliest(text)
        except Problem as wrong:
            yield error(wrong.what, where, wrong.fix)
            continue
        if late:
            yield error(f"{until} is before {since}", where, "Is one of the days mistyped?")


def _parties(process: Process) -> Iterator[Finding]:
    named = [(part.party, f"part of {part.party}") for part in process.parts]
    named += [(party, "chairs") for chair in process.chairs for party in chair.parties]
    known_codes = {**states(), **vocabulary().organisations}
    for party, where in named:
        if not party.strip():
            yield error("a party has no name", where, "Write a code or a name.")
        elif CODE.fullmatch(party) and party not in known_codes:
            fix = closest(party, known_codes)
            yield error(f"{party} is neither a state nor an organisation we know", where, fix)
    yield from _twice(process.parts)


def _twice(parts: tuple[Part, ...]) -> Iterator[Finding]:
    for (party, role, since), number in Counter((p.party, p.role, p.since) for p in parts).items():
        if number > 1:
            said = f"{party} is {role} twice{f' since {since}' if since else ''}"
            yield error(said, f"part of {party}", "Keep one.")


def _sources(process: Process, named: Mapping[str, Source]) -> Iterator[Finding]:
    cited = [(source, f"sourced, {name}") for name, source in process.sourced.items()]
    cited += [(theme.source, f"theme {theme.theme}") for theme in process.themes]
    cited += [(part.source, f"part of {part.party}") for part in process.parts]
    for source, where in cited:
        if source not in named:
            yield error(f'there is no source "{source[:40]}"', where, closest(source, named))
    for name in process.sourced:
        if name not in SOURCED:
            yield error(f"{name} is no field with a source", "sourced", closest(name, SOURCED))
        elif not known(process, name):
            fix = f"Give {name}, or take its source away."
            yield error(f"{name} has a source and no value", "sourced", fix)
    for name in SOURCED:
        if known(process, name) and name not in process.sourced:
            fix = f'Add {name} = "compiled" or another source under [sourced].'
            yield error(f"nobody can look up {name}", "sourced", fix)


def _gaps(process: Process) -> Iterator[Finding]:
    if not process.themes:
        yield advice("no theme is known", "themes", "It is left out of every likeness.")
    held = groupings().get(process.grouping)
    if held and process.type != "global" and not held.complete:
        yield advice("the list of members is not complete", "grouping", "Overlaps carry a warning.")
