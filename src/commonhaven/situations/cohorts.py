"""Whether a cohort makes sense: people, ties, wishes and the group's own assessments."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from commonhaven.reading import closest, decimal_text
from commonhaven.reading.finding import Finding, advice, error
from commonhaven.situations.model import CohortGroup
from commonhaven.situations.places import check_place, check_places

SECTORS = ("agriculture", "industry", "services")
RELIGIONS = (
    "animist", "buddhist", "christian", "hindu", "jewish", "muslim", "nonreligious", "sikh",
)  # fmt: skip
SMALL_CELL = 5
FEWEST_ASKED = 30


def check_cohort(cohort: CohortGroup, origin: str, on: date) -> Iterator[Finding]:
    """What to mend or to weigh in one cohort of people who fled from ``origin``."""
    where = f"cohort {cohort.id}"
    if cohort.origin:
        yield from check_place(cohort.origin, f"{where}, origin", on)
    yield from _present(cohort, where, origin, on)
    yield from _ties(cohort, where, origin, on)
    yield from _wishes(cohort, where, origin, on)
    yield from _assessed(cohort, where, origin, on)


def _present(cohort: CohortGroup, where: str, origin: str, on: date) -> Iterator[Finding]:
    yield from check_places(cohort.present, f"{where}, present", on)
    if cohort.people == 0:
        fix = "Say under present how many people are where, or take the cohort out."
        yield error("there is nobody in this cohort", where, fix)
    for state, people in cohort.present.items():
        place = f"{where}, present.{state}"
        if state == origin:
            yield error(
                f"people in {state} have not left the country they flee from: "
                "they are internally displaced",
                place,
                "Keep only those who crossed a border.",
            )
        elif 0 < people < SMALL_CELL:
            fix = f"Round to 0 or {SMALL_CELL}, as UNHCR does."
            yield advice(f"{people} people are few enough to be recognised", place, fix)


def _ties(cohort: CohortGroup, where: str, origin: str, on: date) -> Iterator[Finding]:
    yield from check_places(cohort.kin, f"{where}, kin", on)
    yield from check_places(cohort.diaspora, f"{where}, diaspora", on)
    yield from _parts(cohort.religions, f"{where}, religions")
    yield from _parts(cohort.livelihoods, f"{where}, livelihoods")
    yield from _unknown(cohort.religions, RELIGIONS, f"{where}, religions")
    yield from _unknown(cohort.livelihoods, SECTORS, f"{where}, livelihoods")
    for name, states in (("kin", cohort.kin), ("diaspora", cohort.diaspora)):
        if origin in states:
            fix = "It has no effect: nobody is placed in the country fled from."
            yield advice(f"{origin} is the country fled from", f"{where}, {name}", fix)
    for name, listed in (("kin", cohort.kin), ("languages", cohort.languages)):
        for word in _repeated(listed):
            yield advice(f"{word} stands there twice", f"{where}, {name}", "Keep one.")
    has_ties = cohort.languages or cohort.religions or cohort.kin or cohort.livelihoods
    if (has_ties or cohort.diaspora) and not cohort.ties_source:
        fix = "Name the ids of the sources under ties_source, with commas between."
        yield advice("the ties have no source", where, fix)


def _wishes(cohort: CohortGroup, where: str, origin: str, on: date) -> Iterator[Finding]:
    if cohort.wishes is None:
        return
    inside = f"{where}, wishes"
    shares = cohort.wishes.shares
    yield from check_places(shares, inside, on)
    yield from _parts(shares, inside)
    if origin in shares:
        fix = "A wish to return is no wish for a host: leave it out."
        yield error(f"{origin} is the country fled from", inside, fix)
    if cohort.wishes.asked < FEWEST_ASKED:
        what = f"only {cohort.wishes.asked} people were asked"
        yield advice(what, inside, f"Rules may set aside wishes of fewer than {FEWEST_ASKED}.")
    if cohort.wishes.asked > cohort.people:
        what = f"{cohort.wishes.asked} people were asked, more than the cohort has"
        yield error(what, inside, "Check the number asked.")


def _assessed(cohort: CohortGroup, where: str, origin: str, on: date) -> Iterator[Finding]:
    states = [assessed.state for assessed in cohort.assessed]
    yield from check_places(dict.fromkeys(states), f"{where}, assessed", on)
    for state in _repeated(states):
        fix = "Keep one assessment for each state."
        yield error(f"{state} is assessed twice", f"{where}, assessed", fix)
    if origin in states:
        fix = "It has no effect: nobody is placed in the country fled from."
        yield advice(f"{origin} is the country fled from", f"{where}, assessed", fix)


def _parts(shares: Mapping[str, Fraction], where: str) -> Iterator[Finding]:
    total = sum(shares.values(), Fraction(0))
    if total > 1:
        what = f"the parts add up to {decimal_text(total)}, more than 1"
        yield error(what, where, "Write parts of the whole, such as 0.36.")


def _unknown(names: Iterable[str], known: tuple[str, ...], where: str) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            fix = f"{closest(name, known)} The words: {', '.join(known)}."
            yield error(f'"{name[:40]}" is not compared with any figure', where, fix)


def _repeated(words: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    twice = []
    for word in words:
        if word in seen and word not in twice:
            twice.append(word)
        seen.add(word)
    return twice
