"""Who is placed as one: the people of a cohort with special needs, and all others of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonhaven.allocation.flow.stage import Stage
from commonhaven.allocation.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Row → its people, the cohort it belongs to, and the rows of people with special needs."""

    people: Mapping[str, int]
    cohort: Mapping[str, str]
    special: frozenset[str]

    def of(self, cohort: str) -> tuple[str, ...]:
        return tuple(row for row, its in self.cohort.items() if its == cohort)


def rows(question: Question, gates: Mapping[str, tuple[str, ...]], outer: frozenset[str]) -> Rows:
    """One row for each cohort, and one for its special needs where the outer core is open to it."""
    people: dict[str, int] = {}
    cohorts: dict[str, str] = {}
    special: set[str] = set()
    names = {cohort.id for cohort in question.cohorts}
    for cohort in sorted(question.cohorts, key=lambda cohort: cohort.id):
        apart = cohort.special_needs if outer & set(gates[cohort.id]) else 0
        people[cohort.id], cohorts[cohort.id] = cohort.people - apart, cohort.id
        if apart:
            name = f"{cohort.id} (special needs)"
            while name in names:
                name += "'"
            names.add(name)
            special.add(name)
            people[name], cohorts[name] = apart, cohort.id
    return Rows(people=people, cohort=cohorts, special=frozenset(special))


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A cohort's people by state: in the outer core for special needs, and by class."""

    special: Mapping[str, int]
    by_class: Mapping[str, int]
    unplaced: int

    @property
    def people(self) -> dict[str, int]:
        states = sorted({*self.special, *self.by_class})
        return {s: self.special.get(s, 0) + self.by_class.get(s, 0) for s in states}


def split(rows: Rows, made: Stage, outer: frozenset[str]) -> dict[str, Split]:
    """Cohort → where its people are; zero people are left out."""
    found: dict[str, Split] = {}
    for cohort in sorted(set(rows.cohort.values())):
        special: dict[str, int] = {}
        by_class: dict[str, int] = {}
        for row in rows.of(cohort):
            for state, number in made.people[row].items():
                cells = special if row in rows.special and state in outer else by_class
                if number:
                    cells[state] = cells.get(state, 0) + number
        found[cohort] = Split(
            special=special,
            by_class=dict(sorted(by_class.items())),
            unplaced=sum(made.unplaced[row] for row in rows.of(cohort)),
        )
    return found
