"""Whether a situation makes sense: errors that stop the work, advice that does not."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from commonhaven.parties import states
from commonhaven.reading import closest
from commonhaven.reading.finding import Finding, advice, error
from commonhaven.situations.cohorts import check_cohort
from commonhaven.situations.model import Situation
from commonhaven.situations.places import check_place, check_places

MOST_PEOPLE = 100_000_000
"""No displacement has come near this number: beyond it there is a slip."""
MOST_A_YEAR = 1_000_000
"""Nothing that a host does for one person costs this much a year, in any hard currency."""
EARLIEST = date(1900, 1, 1)
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"


def check(situation: Situation, *, today: date | None = None) -> tuple[Finding, ...]:
    """Everything to mend or to weigh in a situation, errors before advice.

    Where ``today`` is given, a later day of reference is pointed out.
    """
    found = [
        *_remarks(situation),
        *_ahead(situation, today),
        *_likely(situation),
        *_spelt(situation),
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def first_error(situation: Situation) -> Finding | None:
    """The first thing to mend, without asking for figures of the countries."""
    return next((found for found in _remarks(situation) if found.severity == "error"), None)


def _remarks(situation: Situation) -> Iterator[Finding]:
    yield from _naming(situation)
    yield from _sources(situation)
    yield from _people(situation)
    yield from _cohorts(situation)
    yield from _states(situation)
    yield from _costs(situation)


def _naming(situation: Situation) -> Iterator[Finding]:
    for code in situation.name:
        if not re.fullmatch(LANGUAGE, code):
            fix = "Write en, fr, es, ar, ru, zh or another ISO 639 code."
            yield error(f'"{code[:20]}" is not a code of a language', "name", fix)
    if not any(text.strip() for text in situation.name.values()):
        fix = 'Write name = { en = "Liberia, 1990" }.'
        yield error("the situation has no name", "name", fix)
    elif "en" not in situation.name:
        yield advice("there is no English name", "name", "Other languages fall back on it.")
    if not situation.about.strip():
        yield advice("nothing is said about what happened", "about", "Write a sentence or two.")
    if situation.on < EARLIEST:
        fix = "Write the year with four digits."
        yield error(f"{situation.on} is before any refugee figure", "on", fix)


def _ahead(situation: Situation, today: date | None) -> Iterator[Finding]:
    if today is not None and situation.on > today:
        yield advice(f"{situation.on} lies ahead", "on", "Is this a projection? Say so in about.")


def _likely(situation: Situation) -> Iterator[Finding]:
    """Whether the numbers of people are likely, given how many live in the countries of origin."""
    from commonhaven.parties.figures import reference  # noqa: PLC0415 - only advice needs figures

    fled: dict[str, int] = {}
    for cohort in situation.cohorts:
        origin = cohort.origin or situation.origin
        fled[origin] = fled.get(origin, 0) + cohort.people
    known = (origin for origin in sorted(fled) if origin in states())
    for origin in known:
        people = fled[origin]
        population = reference().at(origin, "population", situation.on)
        if population is not None and 2 * people > population.value:
            what = f"{people:,} people are more than half of those who lived in {origin}"
            fix = f"It had {int(population.value):,} in {population.period}: check the numbers."
            yield advice(what, "cohorts", fix)


def _spelt(situation: Situation) -> Iterator[Finding]:
    """Languages that the figures spell in another way, so that no host would be found."""
    from commonhaven.parties.figures import languages  # noqa: PLC0415 - only advice needs figures

    known = languages()
    for cohort in situation.cohorts:
        for name in cohort.languages:
            near = [other for other in known if _one_letter_off(_folded(name), _folded(other))]
            if near and name not in near:
                what = f'no state in the figures has the language "{name[:40]}"'
                fix = f"Did you mean {' or '.join(near)}?"
                yield advice(what, f"cohort {cohort.id}, languages", fix)


def _one_letter_off(name: str, other: str) -> bool:
    """Whether one letter at most is changed, left out or put in."""
    short, long = sorted((name, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) <= 1
    without_one = (long[:i] + long[i + 1 :] for i in range(len(long)))
    return len(long) - len(short) == 1 and short in without_one


def _folded(name: str) -> str:
    """The letters without accents and case."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold()


def _sources(situation: Situation) -> Iterator[Finding]:
    ids = [source.id for source in situation.sources]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        fix = "Give each source its own id."
        yield error(f"the source {name} stands there twice", "sources", fix)
    cited = list(_cited(situation))
    for name, where in cited:
        if name not in ids:
            yield error(f'there is no source "{name[:60]}"', where, closest(name, ids))
    if situation.synthetic:
        fix = "Use it to try things out, never to decide."
        yield advice("the figures are invented", "synthetic", fix)
    elif situation.sources and not any(source.url for source in situation.sources):
        fix = "Give the address where a source is published, or set synthetic = true."
        yield advice("nobody can look the figures up", "sources", fix)
    for name in ids:
        if name not in {used for used, _ in cited}:
            yield advice(f"nothing cites the source {name}", "sources", "Cite it or take it out.")


def _cited(situation: Situation) -> Iterator[tuple[str, str]]:
    """Every citation of a source, and where it stands."""
    for cohort in situation.cohorts:
        where = f"cohort {cohort.id}"
        yield cohort.source, f"{where}, source"
        if cohort.ties_source:
            for name in cohort.ties_source.split(","):
                yield name.strip(), f"{where}, ties_source"
        if cohort.wishes is not None:
            yield cohort.wishes.source, f"{where}, wishes, source"
    for capacity in situation.capacities:
        yield capacity.source, f"capacity of {capacity.state}, source"
    for unit in situation.unit_costs:
        yield unit.source, f"unit cost in {unit.state}, source"
    for common in situation.common_costs:
        yield common.source, f'common cost "{common.name}", source'


def _people(situation: Situation) -> Iterator[Finding]:
    if not situation.cohorts:
        fix = "Add a table [[cohorts]] with people by state."
        yield error("the situation has no cohort", "cohorts", fix)
    if situation.people > MOST_PEOPLE:
        fix = "Check the numbers: nothing like it has happened."
        yield error(f"more than {MOST_PEOPLE:,} people", "cohorts", fix)


def _cohorts(situation: Situation) -> Iterator[Finding]:
    yield from _twice((cohort.id for cohort in situation.cohorts), "the cohort", "cohorts")
    for cohort in situation.cohorts:
        origin = cohort.origin or situation.origin
        yield from check_cohort(cohort, origin, situation.on)


def _states(situation: Situation) -> Iterator[Finding]:
    yield from check_place(situation.origin, "origin", situation.on)
    yield from check_places(situation.conflict, "conflict", situation.on)
    declared = [capacity.state for capacity in situation.capacities]
    yield from check_places(dict.fromkeys(declared), "capacities", situation.on)
    yield from _twice(declared, "the capacity of", "capacities")
    if situation.origin in declared:
        fix = "Nobody is placed in the country fled from: take it out."
        yield error(f"{situation.origin} is the country fled from", "capacities", fix)


def _costs(situation: Situation) -> Iterator[Finding]:
    units = situation.unit_costs
    named = [unit.state for unit in units if unit.state != "*"]
    yield from check_places(dict.fromkeys(named), "unit_costs", situation.on)
    yield from _twice((unit.state for unit in units), "the unit cost in", "unit_costs")
    currencies = sorted({unit.currency for unit in units})
    if len(currencies) > 1:
        fix = "Convert them to one currency and say at which rate in the source's note."
        yield error(f"the unit costs are in {' and '.join(currencies)}", "unit_costs", fix)
    for unit in units:
        if max(unit.amount, unit.capital) > MOST_A_YEAR:
            what = f"more than {MOST_A_YEAR:,} {unit.currency} for one person"
            fix = "Write the cost of one person, not of all."
            yield advice(what, f"unit cost in {unit.state}", fix)


def _twice(names: Iterable[str], what: str, where: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield error(f"{what} {name} stands there twice", where, "Keep one.")
        seen.add(name)
