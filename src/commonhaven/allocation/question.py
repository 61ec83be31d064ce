"""The question put to a rule, these cohorts and these hosts, and its answer, a placement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from commonhaven.working import Line

Tier = Literal["inner core", "outer core", "situation-specific contributor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How well a host fits a cohort on the four criteria, each from 0 to 1."""

    security: Fraction
    functional: Fraction
    cultural: Fraction
    proximity: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A state that may receive people.

    ``figures``: indicator → value (population, gdp, land_area_km2, ...), never money paid or
    pledged. ``capacity``: people it can receive, None for no stated limit. ``hosted``: people in
    need of protection it already hosts from elsewhere, for credit. ``takes_part``: False where an
    exemption was decided.
    """

    state: str
    tier: Tier
    figures: Mapping[str, Fraction]
    capacity: int | None = None
    hosted: int = 0
    takes_part: bool = True
    at_least: int = 0
    deduction: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """People of one origin in need of protection, alike in needs and ties; never persons.

    ``scores``: state → scores. ``refoulement_risk``: states to which nobody of the cohort may be
    sent. ``special_needs``: people exempt from temporary protection, part of ``people``.
    ``wishes``: state → share of those asked who named it; ``asked``: how many were asked.
    ``present``: state → people there now.
    """

    id: str
    origin: str
    people: int
    scores: Mapping[str, Scores]
    refoulement_risk: frozenset[str] = frozenset()
    special_needs: int = 0
    wishes: Mapping[str, Fraction] = field(default_factory=dict)
    asked: int = 0
    present: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whom to place (cohorts), where (hosts), behind which security floor.

    ``rounding`` and ``tie_order`` are the charter's: the method that makes people whole, and the
    states in the order in which ties are settled. ``credit_hosted``: people already hosted count
    towards a state's number under a key.
    """

    hosts: tuple[Host, ...]
    cohorts: tuple[Cohort, ...]
    security_floor: Fraction
    rounding: str = "largest-remainder"
    tie_order: tuple[str, ...] = ()
    credit_hosted: bool = False

    @property
    def people(self) -> int:
        return sum(cohort.people for cohort in self.cohorts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """States with an equal claim to the last places, and who got them under the declared rule."""

    what: str
    states: tuple[str, ...]
    places: int
    settled_for: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Who protects whom: cohort → state → people, and who is not placed.

    ``excluded``: cohort → state → the reason the gate gave. ``targets``: state → exact number
    before rounding, where the rule has one. ``notes`` are sentences for the record.
    """

    people: Mapping[str, Mapping[str, int]]
    unplaced: Mapping[str, int]
    excluded: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    targets: Mapping[str, Fraction] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    notes: tuple[str, ...] = ()
    working: tuple[Line, ...] = ()

    def received(self) -> dict[str, int]:
        """People placed in each state, over all cohorts."""
        totals: dict[str, int] = {}
        for hosts in self.people.values():
            for state, number in hosts.items():
                totals[state] = totals.get(state, 0) + number
        return dict(sorted(totals.items()))
