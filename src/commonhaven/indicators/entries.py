"""Indicators that no public table gives, as entries: a value with its evidence, checked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from commonhaven.indicators.framework import Indicator, framework
from commonhaven.indicators.result import Bounds, Cited, Result
from commonhaven.indicators.scope import scope
from commonhaven.reading import Problem, build, decimal_text, described, load_named, package_files
from commonhaven.reading.finding import Finding, advice, error

EXAMPLES = "commonhaven.indicators.examples"
Role = Literal[
    "state", "UNHCR", "IOM", "OECD", "World Bank", "secretariat", "NGO",
    "refugee-led organisation", "analyst", "other organisation",
]  # fmt: skip
EvidenceKind = Literal["survey", "administrative data", "law", "report", "statement"]
WHOLE = ("donors", "partners", "states", "persons")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a value rests on."""

    title: str = described("Publisher, title, page", pattern=r".*\S.*")
    kind: EvidenceKind = described("What kind of evidence it is")
    url: str = described("Where it can be read", default="", pattern=r"(https?://\S+)?")
    dated: date | None = described("Day of the document; absent: not known", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value of an indicator, of whom, for which years, on which evidence, by which role."""

    indicator: str = described("Number of the indicator")
    scope: str = described("world, a region, a grouping, a state, or several joined by +")
    first_year: int = described("First year", low=2000, high=2200)
    last_year: int = described("Last year", low=2000, high=2200)
    value: Fraction = described("The value, in the indicator's unit")
    unit: str = described("Its unit")
    part: str = described("What is told apart, such as by law", default="")
    low: Fraction | None = described("Least that it may be", default=None)
    high: Fraction | None = described("Greatest that it may be", default=None)
    method: str = described("How it was found", pattern=r".*\S.*")
    evidence: tuple[Evidence, ...] = described("What it rests on", default=())
    role: Role = described("In which role it was entered")
    party: str = described("For whom: a state's code or an organisation", default="")
    entered: date = described("Day on which it was entered")
    note: str = described("What a careful reader should know", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesFile:
    """Entries in one file."""

    title: str = described("In a few words")
    entries: tuple[Entry, ...] = described("The entries")


def shipped_entries() -> tuple[str, ...]:
    """The names of the files that ship."""
    return tuple(package_files(EXAMPLES, ".toml"))


def read_entries(name: str) -> EntriesFile:
    """A file of entries, or one that ships; Problem with the first error where there is one."""
    found, where = _opened(name)
    for finding in check_entries(found.entries):
        if finding.severity == "error":
            raise finding.within(where).problem()
    return found


def _opened(name: str) -> tuple[EntriesFile, str]:
    table, where = load_named(name, package_files(EXAMPLES, ".toml"), "file of entries")
    return build(EntriesFile, table, where), where


def findings(name: str) -> tuple[Finding, ...]:
    """Everything to mend or to consider in a file of entries."""
    return check_entries(_opened(name)[0].entries)


def check_entries(entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """Everything to mend or to consider; nothing where all is well."""
    listed = tuple(entries)
    found: list[Finding] = []
    for number, entry in enumerate(listed, 1):
        found += _one(entry, f"entries {number}")
    seen: Counter[tuple[object, ...]] = Counter()
    for number, entry in enumerate(listed, 1):
        key = (entry.indicator, entry.scope, entry.first_year, entry.last_year, entry.part,
               entry.role, entry.party)  # fmt: skip
        seen[key] += 1
        if seen[key] == 2:
            said = f"{entry.indicator} of {entry.scope} is entered twice by the same role"
            found.append(error(said, f"entries {number}", "Keep the newer one."))
    return tuple(found)


def _one(entry: Entry, where: str) -> Iterator[Finding]:
    try:
        about = framework().indicator(entry.indicator)
        scope(entry.scope)
    except Problem as unknown:
        yield error(unknown.what, where, unknown.fix)
        return
    yield from _number(entry, about, where)
    yield from _part(entry, about, where)
    yield from _times(entry, where)
    if not entry.evidence:
        yield error("there is no evidence", f"{where}, evidence", "Name what the value rests on.")
    if entry.role == "state" and not entry.party:
        yield error("no state is named", f"{where}, party", "Write its code, such as UGA.")


def _number(entry: Entry, about: Indicator, where: str) -> Iterator[Finding]:
    place = f"{where}, value"
    if entry.unit != about.unit:
        said = f"{about.id} is in {about.unit}, not {entry.unit}"
        yield error(said, f"{where}, unit", f"Convert it, and write {about.unit}.")
    for value in (entry.value, entry.low, entry.high):
        if value is not None and value < 0:
            yield error(f"{decimal_text(value)} is below zero", place, "Give zero or more.")
        elif value is not None and about.unit == "percent":
            yield from _percentage(value, about, place)
    if about.unit in WHOLE and entry.value.denominator != 1:
        said = f"{decimal_text(entry.value)} {about.unit} is no whole number"
        yield error(said, place, "Give a whole number.")
    low = entry.value if entry.low is None else entry.low
    high = entry.value if entry.high is None else entry.high
    if not low <= entry.value <= high:
        yield error("the value lies outside its own bounds", place, "Check low and high.")


def _percentage(value: Fraction, about: Indicator, place: str) -> Iterator[Finding]:
    if value > 100:
        said = f"{decimal_text(value)} percent is more than all"
        if about.may_pass_hundred:
            yield advice(said, place, "Say in the note why it passes 100.")
        else:
            yield error(said, place, "Give 0 to 100: 62.5, not 0.625 or 6250.")
    elif 0 < value < 1:
        said = f"{decimal_text(value)} percent is less than one in a hundred"
        yield advice(said, place, "If it is a part of 1, multiply it by 100.")


def _part(entry: Entry, about: Indicator, where: str) -> Iterator[Finding]:
    if about.parts and entry.part not in about.parts:
        said = f"{about.id} tells apart {' and '.join(about.parts)}"
        yield error(said, f"{where}, part", "Write which of these it is.")
    if entry.part and not about.parts:
        yield error(f"{about.id} has no parts", f"{where}, part", "Leave it out.")


def _times(entry: Entry, where: str) -> Iterator[Finding]:
    if entry.last_year < entry.first_year:
        yield error("the last year is before the first", f"{where}, last_year", "Exchange them.")
    if entry.last_year > entry.entered.year:
        said = f"{entry.last_year} had not come when the value was entered"
        yield error(said, f"{where}, last_year", "Enter what was found, not what is expected.")
    for number, one in enumerate(entry.evidence, 1):
        if one.dated is not None and one.dated > entry.entered:
            said = f"the evidence is of {one.dated}, after the entry"
            yield error(said, f"{where}, evidence {number}, dated", "Check the days.")


def entered(entries: Iterable[Entry], indicator: str, of: str, year: int) -> tuple[Entry, ...]:
    """The entries of an indicator and a scope whose years hold the year, newest first.

    All of them: where two differ, both stand.
    """
    wanted = scope(of).id
    found = [
        entry
        for entry in entries
        if entry.indicator == indicator
        and scope(entry.scope).id == wanted
        and entry.first_year <= year <= entry.last_year
    ]
    return tuple(sorted(found, key=lambda entry: (entry.entered, entry.role), reverse=True))


def as_result(entry: Entry) -> Result:
    """The entry in the form of what is worked out."""
    about, of = framework().indicator(entry.indicator), scope(entry.scope)
    several = entry.first_year != entry.last_year
    years = f"Of {entry.first_year} to {entry.last_year} together." if several else ""
    part = f"Part: {entry.part}." if entry.part else ""
    who = f"Entered on {entry.entered} in the role of {entry.role}."
    low = entry.value if entry.low is None else entry.low
    high = entry.value if entry.high is None else entry.high
    return Result(
        measure=f"entered-{entry.indicator}", indicator=entry.indicator, relation="measures",
        scope=of.id, scope_title=of.title, year=entry.last_year, value=entry.value,
        unit=about.unit, method=entry.method,
        bounds=Bounds(low=low, high=high, why="As entered.") if low != high else None,
        sources=tuple(_cited(entry, one) for one in entry.evidence),
        notes=tuple(note for note in (part, years, who, entry.note) if note),
    )  # fmt: skip


def _cited(entry: Entry, one: Evidence) -> Cited:
    return Cited(
        figure=entry.indicator, publisher=one.title, licence="as its publisher says",
        edition=one.url or one.kind, retrieved=one.dated or entry.entered,
    )  # fmt: skip
