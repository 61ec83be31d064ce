"""The indicator framework of the Global Compact on Refugees, as data."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from commonhaven.reading import Problem, build, closest, described, load_toml

FILE = "framework.toml"
Standing = Literal["sourced", "reported", "our proposal"]
Unit = Literal["US dollars", "donors", "partners", "states", "persons", "percent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compact:
    """The compact whose success the indicators assess."""

    title: str = described("Its title")
    document: str = described("Document of the United Nations")
    affirmed: date = described("Day on which the General Assembly affirmed it")
    resolution: str = described("The resolution")
    paragraph: str = described("Where it asks for indicators")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An edition of the framework; what could not be established is named, not guessed."""

    id: str = described("Short name", pattern=r"\d{4}")
    title: str = described("Its title")
    published: str = described("Year, or year and month", pattern=r"\d{4}(-\d{2})?")
    indicators: int | None = described("How many; absent: not established", default=None)
    outcomes: int | None = described("How many; absent: not established", default=None)
    source: str = described("Where it was read")
    standing: Standing = described("Read there, or reported by others")
    note: str = described("What a careful reader should know", default="")
    unknown: tuple[str, ...] = described("What could not be established", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorReport:
    """A report on the indicators, and the edition it follows."""

    year: int = described("Year of publication", low=2019)
    framework: str = described("Id of the edition")
    indicators: int | None = described("How many it uses; absent: not read", default=None)
    source: str = described("Where it was read")
    standing: Standing = described("Read there, or reported by others")
    note: str = described("What a careful reader should know", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One of the compact's four objectives (para. 7)."""

    id: str = described("Number", pattern=r"\d")
    title: str = described("In a few words")
    standing: Standing = described("Read in the text, or reported by others")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is to come about under an objective."""

    id: str = described("Number", pattern=r"\d\.\d")
    objective: str = described("Id of the objective")
    title: str = described("In our words")
    standing: Standing = described("Read in the text, or reported by others", default="reported")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: what is counted, over what, by whom and how."""

    id: str = described("Number", pattern=r"\d\.\d\.\d")
    outcome: str = described("Id of the outcome")
    title: str = described("In our words, after the text as reported")
    unit: Unit = described("Its unit")
    numerator: str = described("What is counted")
    denominator: str = described("Over what; empty where it is no proportion", default="")
    measured_by: str = described("Who measures it")
    method: str = described("How")
    acts_on: Literal["host", "origin", "donor", "destination"] = described(
        "Which part the states of a scope play"
    )
    may_pass_hundred: bool = described("Whether a percentage may pass 100", default=False)
    parts: tuple[str, ...] = described("What is told apart, such as by law", default=())
    since: str = described("Edition that brought it", default="2019")
    standing: Standing = described("Read in the text, or reported by others", default="reported")
    note: str = described("What a careful reader should know", default="")

    @property
    def objective(self) -> str:
        """The number of the objective: the first of the three."""
        return self.id[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """Objectives, outcomes, indicators, and the editions that we know of."""

    compact: Compact = described("The compact")
    versions: tuple[Version, ...] = described("Editions, oldest first")
    reports: tuple[IndicatorReport, ...] = described("Reports, oldest first")
    objectives: tuple[Objective, ...] = described("The four objectives")
    outcomes: tuple[Outcome, ...] = described("The outcomes")
    indicators: tuple[Indicator, ...] = described("The indicators")

    def indicator(self, number: str) -> Indicator:
        """One indicator by its number; Problem where there is none."""
        for each in self.indicators:
            if each.id == number:
                return each
        known = [each.id for each in self.indicators]
        raise Problem(f'there is no indicator "{number[:40]}"', fix=closest(number, known))

    def under(self, version: str) -> tuple[Indicator, ...]:
        """The indicators that an edition is known to have; Problem for an unknown edition.

        Of the edition of 2022 no more is known than that it refines these.
        """
        ids = [each.id for each in self.versions]
        if version not in ids:
            raise Problem(f'there is no edition "{version[:40]}"', fix=closest(version, ids))
        return tuple(each for each in self.indicators if each.since <= version)


@cache
def framework() -> Framework:
    """The framework that ships."""
    table = load_toml(files("commonhaven.indicators") / FILE, FILE)
    return build(Framework, table, FILE)
