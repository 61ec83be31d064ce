"""A situation as a value: who fled from where, where they are, what ties and needs they have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from commonhaven.parties.codes import code_to_write
from commonhaven.reading import described

STATE = r"[A-Z]{3}"
ID = r"[a-z0-9][a-z0-9-]*"
ID_FORM = "Write lower-case letters, digits and hyphens, such as west-africa."
CURRENCY_FORM = "Write the ISO 4217 code in capital letters, such as USD."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Where figures of the situation come from."""

    id: str = described("Short name by which cohorts cite it", pattern=ID, form=ID_FORM)
    title: str = described("Publisher, title, edition")
    url: str = described("Where it is published", default="")
    retrieved: date | None = described("Day on which it was read", default=None)
    note: str = described("Caveats", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Where people of a cohort said they wish to seek protection."""

    asked: int = described("How many people were asked", low=1)
    shares: Mapping[str, Fraction] = described("State → part of those asked", low=0, high=1)
    source: str = described("Id of the source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The group's own assessment of a host for a cohort, in place of the computed score."""

    state: str = described("The host", pattern=STATE, form=code_to_write)
    security: Fraction | None = described("From 0 to 1", default=None, low=0, high=1)
    functional: Fraction | None = described("From 0 to 1", default=None, low=0, high=1)
    cultural: Fraction | None = described("From 0 to 1", default=None, low=0, high=1)
    proximity: Fraction | None = described("From 0 to 1", default=None, low=0, high=1)
    refoulement_risk: bool = described("Nobody of the cohort may be sent there", default=False)
    source: str = described("Who assessed it, when, on what evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortGroup:
    """People of one origin with the same ties and needs: a cohort, never persons."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    name: str = described("Who they are, in a few words")
    origin: str = described("Country fled from; the situation's origin if absent", default="")
    present: Mapping[str, int] = described("State → people there now", low=0)
    source: str = described("Id of the source of these numbers")
    languages: tuple[str, ...] = described("Languages widely spoken, in English", default=())
    religions: Mapping[str, Fraction] = described(
        "Religion → part of the people", default=dict, low=0, high=1
    )
    kin: tuple[str, ...] = described("States with people of the same ethnic group", default=())
    livelihoods: Mapping[str, Fraction] = described(
        "agriculture, industry, services → part of those who work", default=dict, low=0, high=1
    )
    rural: Fraction | None = described("Part from rural areas", default=None, low=0, high=1)
    diaspora: Mapping[str, int] = described(
        "State → people of the same origin there before", default=dict, low=0
    )
    special_needs: Fraction | None = described(
        "Part whose needs call for permanent places at once; the rule's default if absent",
        default=None, low=0, high=1,
    )  # fmt: skip
    wishes: Wishes | None = described("Published wishes, if any", default=None)
    assessed: tuple[Assessed, ...] = described("The group's own assessments", default=())
    ties_source: str = described("Source of the ties", default="")

    @property
    def people(self) -> int:
        return sum(self.present.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCost:
    """What protecting one person for a year costs in a host."""

    state: str = described(
        "The host; * for every host not named", pattern=r"[A-Z]{3}|\*", form=code_to_write
    )
    amount: Fraction = described("Recurrent cost per person and year", low=0)
    capital: Fraction = described("Capital cost per person, once", default=Fraction(0), low=0)
    currency: str = described(
        "ISO 4217 code", default="USD", pattern=r"[A-Z]{3}", form=CURRENCY_FORM
    )
    source: str = described("Id of the source")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonCost:
    """A cost that no single host bears: coordination, repatriation fund, evacuation."""

    name: str = described("What it is for")
    amount: Fraction = described("Amount a year", low=0)
    source: str = described("Id of the source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What a host has declared that it can receive."""

    state: str = described("The host", pattern=STATE, form=code_to_write)
    people: int = described("People, those present included", low=0)
    source: str = described("Id of the source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A displacement: origin, cohorts by present location, ties, needs and wishes."""

    id: str = described("Short name, such as liberia-1990", pattern=ID, form=ID_FORM)
    name: Mapping[str, str] = described("Name by language code")
    origin: str = described("Country fled from, ISO alpha-3", pattern=STATE, form=code_to_write)
    on: date = described("Day to which the numbers refer")
    about: str = described("What happened, in a few sentences")
    synthetic: bool = described("True where figures are invented for testing", default=False)
    sources: tuple[Sourced, ...] = described("Where the figures come from")
    cohorts: tuple[CohortGroup, ...] = described("The people, by cohort")
    conflict: Mapping[str, Fraction] = described(
        "State → conflict reaching refugees there, 0 to 1, where figures miss it",
        default=dict, low=0, high=1,
    )  # fmt: skip
    capacities: tuple[Capacity, ...] = described("Declared capacities", default=())
    unit_costs: tuple[UnitCost, ...] = described("Costs per person", default=())
    common_costs: tuple[CommonCost, ...] = described("Costs that no single host bears", default=())

    @property
    def people(self) -> int:
        return sum(cohort.people for cohort in self.cohorts)

    def called(self, language: str = "en") -> str:
        """The name in that language, else in English, else in the first by code, else the id."""
        names = self.name
        known = [names[code] for code in (language, "en", *sorted(names)) if code in names]
        return known[0] if known else self.id
