"""Permanent places for those who cannot return: guaranteed in advance by the outer core."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from commonhaven.allocation import Placement, Question, Tie
from commonhaven.allocation.registry import rule
from commonhaven.allocation.residual import residual_places
from commonhaven.charter import Charter
from commonhaven.working import Line

CITE = "Hathaway and Neve 1997, 206; the part is the charter's"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permanent:
    """Permanent places by state, with their working."""

    places: Mapping[str, int]
    ties: tuple[Tie, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def residual(charter: Charter, question: Question, placement: Placement) -> Permanent:
    """Size the residual places and share them by the charter's key among the outer core.

    Those with special needs have permanent places already and are not counted again.
    """
    terms = charter.protection
    special = sum(cohort.special_needs for cohort in question.cohorts)
    temporary = max(0, sum(placement.received().values()) - special)
    people = ceil(temporary * terms.residual_share)
    made = residual_places(
        question.hosts, people, rule(terms.residual_key), tie_order=question.tie_order
    )
    return Permanent(
        places=made.places,
        ties=made.ties,
        lines=(share_line(terms.residual_share), people_line(people), *made.working),
        notes=(note(made.unplaced),) if made.unplaced else (),
    )


def note(people: int) -> str:
    return (
        f"{people:,} people are expected not to be able to return, and no outer core has room to "
        "guarantee them permanent places."
    )


def people_line(people: int) -> Line:
    return Line(
        id="residual.people", value=people, unit="people",
        what="People expected not to be able to return, special needs not counted again",
        formula="(placed - special needs) × residual share, rounded up", cite=CITE,
        uses=("parameter:charter/residual_share",),
    )  # fmt: skip


def share_line(share: Fraction) -> Line:
    return Line(
        id="parameter:charter/residual_share", value=share, unit="part of the people",
        what="Part of the people expected not to be able to return",
        cite="the charter, protection.residual_share",
    )  # fmt: skip
