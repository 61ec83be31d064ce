"""What a measure gives: a value, or the reason why there is none, and all that stands behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from commonhaven.reading import described

Relation = Literal["measures", "approximates", "context", "index"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which states and years are in a value, and which are not."""

    counted: tuple[str, ...] = described("States with a figure that went in", default=())
    missing: tuple[str, ...] = described("States of the scope without one", default=())
    years: tuple[int, ...] = described("Years of the figures that went in", default=())
    unattributed: Fraction | None = described(
        "Part of the value that the source attributes to no state", default=None
    )
    left_out: Fraction | None = described(
        "People in states left out because a figure to divide by is missing", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Between which values the true one lies as far as missing attributions go, and why."""

    low: Fraction = described("Least")
    high: Fraction = described("Greatest")
    why: str = described("What is not known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One source of the figures that went in."""

    figure: str = described("Which figures, such as refugee_returns")
    publisher: str = described("Who publishes them")
    licence: str = described("Under which terms")
    edition: str = described("Which edition was read")
    retrieved: date = described("Day on which it was read")
    caveat: str = described("What a careful reader should know", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One measure of one scope in one year.

    ``value`` is None where it is missing; ``why_missing`` says why. ``parts`` are what it is made
    of, where that tells more: the ten largest hosts, donors by kind.
    """

    measure: str = described("Id of the measure")
    indicator: str = described("Number of the compact's indicator it stands for", default="")
    relation: Relation = described("Whether it measures it, comes near, or is context")
    scope: str = described("Id of the scope, such as world or igad")
    scope_title: str = described("The scope in words")
    year: int = described("The year", low=1900)
    value: Fraction | None = described("The value, exact; absent where missing", default=None)
    unit: str = described("Its unit")
    why_missing: str = described("Why there is no value", default="")
    parts: Mapping[str, Fraction] = described("What it is made of", default=dict)
    coverage: Coverage = described("What is in it and what is not", default=Coverage)
    bounds: Bounds | None = described("How far off it may be", default=None)
    method: str = described("How it was worked out")
    is_not: str = described("What it must not be taken for", default="")
    sources: tuple[Cited, ...] = described("Where its figures come from", default=())
    notes: tuple[str, ...] = described("What a careful reader should know", default=())
