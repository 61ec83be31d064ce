"""A plan as a value: who protects whom and who pays what for one situation, with its working."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from commonhaven.allocation import Tie
from commonhaven.charter import Charter
from commonhaven.parties.figures import Figure
from commonhaven.reading import described
from commonhaven.situations import Situation
from commonhaven.working import Line

FORMAT = "commonhaven plan 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that the plan was computed from; nothing else goes in."""

    charter: Charter = described("The charter")
    situation: Situation = described("The situation")
    rule: str = described("The rule: the charter's, or another for a comparison")
    asked_for: date | None = described("The day asked for, if one was", default=None)
    figures: tuple[Figure, ...] = described("Every figure looked up")
    missing: tuple[str, ...] = described("STATE/indicator looked up and not found", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What a state bears for a year, in the charter's currency; ``net`` below zero: it receives.

    ``people``: those it protects, placed or without a place. ``capital``: the part of the cost
    that arises once, for new places.
    """

    people: int
    unit_cost: Decimal
    unit_cost_source: str
    capital: Decimal
    cost: Decimal
    scale: Fraction
    hosting_ratio: Fraction | None
    relief: Fraction
    gross: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePart:
    """One state's part in the plan.

    ``present``: people in question who are there now. ``placed``: people whom it is to protect.
    ``stay``, ``arrive``, ``leave``: placed where they are, from elsewhere, to elsewhere.
    ``unplaced``: people there for whom no state has a place; it stays responsible for them.
    ``target``: its exact number before rounding, where the rule has one.
    ``residual_places``: permanent places that it guarantees for those who cannot return.
    """

    state: str
    tier: str
    present: int
    placed: int
    stay: int
    arrive: int
    leave: int
    unplaced: int
    capacity: int | None
    capacity_source: str
    target: Fraction | None
    per_1000: Fraction | None
    per_billion_gdp: Fraction | None
    residual_places: int
    money: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortPart:
    """One cohort's part in the plan; ``stranded``: unplaced people by the state where they are."""

    id: str
    people: int
    special_needs: int
    placed: Mapping[str, int]
    unplaced: int
    excluded: Mapping[str, str]
    stranded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Who protects whom and who pays what."""

    charter: str
    situation: str
    members_on: date
    figures_on: date
    rule: str
    settings: Mapping[str, str]
    scale: str
    scale_settings: Mapping[str, str]
    currency: str
    people: int
    in_question: int
    outside: Mapping[str, int]
    placed: int
    unplaced: int
    total_cost: Decimal
    common_cost: Decimal
    states: tuple[StatePart, ...]
    cohorts: tuple[CohortPart, ...]
    ties: tuple[Tie, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Hashes (SHA-256 of canonical JSON) of what went in and what came out.

    ``plan`` is the hash of the others together with the engine's version: the name of the plan.
    ``plug_ins``: packages, with versions, whose rules took part; empty where all ship.
    """

    engine: str
    plug_ins: tuple[str, ...]
    charter: str
    situation: str
    figures: str
    result: str
    trace: str
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan: its manifest, what it was computed from, its result and its trace."""

    format: str
    manifest: Manifest
    inputs: Inputs
    result: Result
    trace: tuple[Line, ...]

    def state(self, code: str) -> StatePart | None:
        return next((part for part in self.result.states if part.state == code), None)
