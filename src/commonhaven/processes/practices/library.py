"""Practices from their TOML files, checked before anyone learns from them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from commonhaven.parties import states
from commonhaven.processes.check import CODE
from commonhaven.processes.library import processes
from commonhaven.processes.model import Source
from commonhaven.processes.practices.model import LANGUAGES, OF_A_PROCESS, Practice
from commonhaven.processes.vocabulary import sources as sources_of_processes
from commonhaven.processes.vocabulary import vocabulary
from commonhaven.processes.when import earliest, latest
from commonhaven.reading import (
    Problem,
    build,
    closest,
    described,
    load_named,
    load_toml,
    package_files,
    schema,
)
from commonhaven.reading.canonical import Plain
from commonhaven.reading.finding import Finding, advice, error

HOME = "commonhaven.processes.practices"
CATALOGUE = f"{HOME}.catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    sources: Mapping[str, Source] = described("Sources by id")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    themes: Mapping[str, Mapping[str, str]] = described("Theme → language → its words")


@cache
def sources() -> Mapping[str, Source]:
    """The sources that ship: those of the processes, and those of the practices."""
    name = "sources.toml"
    own = build(_Sources, {"sources": load_toml(files(HOME) / name, name)}, name).sources
    return {**sources_of_processes(), **own}


@cache
def theme_words() -> Mapping[str, Mapping[str, str]]:
    """Theme → language → how people call it there."""
    name = "themes.toml"
    return build(_Words, {"themes": load_toml(files(HOME) / name, name)}, name).themes


def shipped() -> Mapping[str, Traversable]:
    """The files of the practices that ship, by id."""
    return package_files(CATALOGUE, ".toml")


@cache
def practices() -> Mapping[str, Practice]:
    """Every practice and precedent that ships, by id in alphabetical order."""
    return {
        name: read(load_toml(path, f"{name}.toml"), f"{name}.toml")
        for name, path in shipped().items()
    }


def practice(name: str) -> Practice:
    """One that ships, by id or title in any language; Problem with the nearest ids otherwise."""
    asked = name.strip().casefold()
    for each in practices().values():
        if asked in {each.id, *(title.casefold() for title in each.title.values())}:
            return each
    fix = closest(name[:40], practices())
    raise Problem(f'no practice is called "{name[:60]}"', where="practices", fix=fix)


def load(name_or_path: str) -> Practice:
    """A practice by the id of one that ships, or from a TOML file; Problem for the first error."""
    return read(*load_named(name_or_path, shipped(), "practice"))


def read(table: object, where: str) -> Practice:
    """A practice from plain values; Problem naming file, practice and field where it is wrong."""
    found = build(Practice, table, where)
    for finding in check(found):
        if finding.severity == "error":
            raise finding.within(f"{where}, practice {found.id}").problem()
    return found


def findings(table: object, where: str) -> tuple[Finding, ...]:
    """Everything to mend or to weigh in plain values; a wrong form is the only finding."""
    try:
        found = build(Practice, table, where)
    except Problem as wrong:
        return (error(wrong.what, wrong.where, wrong.fix),)
    return tuple(each.within(f"{where}, practice {found.id}") for each in check(found))


def json_schema() -> dict[str, Plain]:
    """The JSON Schema (2020-12) of the file of a practice."""
    return schema(Practice, title="Commonhaven practice")


def check(one: Practice) -> tuple[Finding, ...]:
    """Everything to mend or to weigh in a practice, errors before advice."""
    found = [*_texts(one), *_words(one), *_days(one), *_parties(one), *_evidence(one)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def _texts(one: Practice) -> Iterator[Finding]:
    for field, texts in (("title", one.title), ("summary", one.summary)):
        for language in texts:
            if language not in LANGUAGES:
                fix = closest(language, LANGUAGES)
                yield error(f'there is no language "{language[:20]}"', field, fix)
        if not any(text.strip() for text in texts.values()):
            fix = f'Write {field} = {{ en = "..." }}.'
            yield error(f"it has no {field} in any language", field, fix)
        elif missing := [each for each in LANGUAGES if not texts.get(each)]:
            said = f"there is no {field} in {', '.join(missing)}"
            yield advice(said, field, "Who looks in those languages does not find it.")
    for language in one.languages:
        if language not in LANGUAGES:
            fix = closest(language, LANGUAGES)
            yield error(f'there is no language "{language[:20]}"', "languages", fix)


def _words(one: Practice) -> Iterator[Finding]:
    held = vocabulary()
    for field, those, known in (
        ("themes", one.themes, held.themes),
        ("regions", one.regions, held.regions),
    ):
        for name, number in Counter(those).items():
            if name not in known:
                said = f'there is no {field[:-1]} "{name[:40]}"'
                yield error(said, field, closest(name, known))
            elif number > 1:
                yield error(f"{name} stands there twice", field, "Keep one.")
    if not one.themes:
        yield error("it has no theme", "themes", "Name one, such as solutions.")


def _days(one: Practice) -> Iterator[Finding]:
    spans = [(one.since, one.until, "since")]
    spans += [(each.since, "", f"reuse by {each.by}") for each in one.reuse]
    for since, until, where in spans:
        try:
            for text in (since, until):
                if text:
                    earliest(text)
            late = bool(since and until and latest(until) < earliest(since))
        except Problem as wrong:
            yield error(wrong.what, where, wrong.fix)
            continue
        if late:
            yield error(f"{until} is before {since}", where, "Is one of the days mistyped?")


def _parties(one: Practice) -> Iterator[Finding]:
    known = {**states(), **vocabulary().organisations}
    named = [(party, "by") for party in one.by]
    named += [(each.by, f"reuse by {each.by}") for each in one.reuse]
    for party, where in named:
        if not party.strip():
            yield error("a party has no name", where, "Write a code or a name.")
        elif party.startswith(OF_A_PROCESS):
            process = party.removeprefix(OF_A_PROCESS)
            if process not in processes():
                fix = closest(process, processes())
                yield error(f'there is no process "{process[:40]}"', where, fix)
        elif CODE.fullmatch(party) and party not in known:
            fix = closest(party, known)
            yield error(f"{party} is neither a state nor an organisation we know", where, fix)


def _evidence(one: Practice) -> Iterator[Finding]:
    known = {**sources(), **one.sources}
    cited = [(each.source, "evidence") for each in one.evidence]
    cited += [(each.source, f"reuse by {each.by}") for each in one.reuse]
    for source, where in cited:
        if source not in known:
            yield error(f'there is no source "{source[:40]}"', where, closest(source, known))
    if not one.evidence:
        fix = "Name a source, and how sure it is; a practice without evidence is a wish."
        yield error("nobody can look it up", "evidence", fix)
    if not one.result:
        yield advice("nothing is known of its result", "result", "Ask whoever did it.")
    if not one.needs:
        yield advice("it does not say what it takes", "needs", "Ask whoever did it.")


def source_of(one: Practice, name: str) -> Source:
    """The source that a practice names: its own, or one that ships."""
    return one.sources[name] if name in one.sources else sources()[name]
