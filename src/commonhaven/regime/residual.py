"""Permanent places for those who cannot return: guaranteed in advance by the outer core."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.allocation import Placement, Question, Tie
from commonhaven.allocation.registry import rule
from commonhaven.allocation.residual import residual_people, residual_places
from commonhaven.charter import Charter
from commonhaven.regime.trace import under
from commonhaven.regime.words import count
from commonhaven.saying import say
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
    """Size the permanent places and share them by the charter's key among the outer core."""
    terms = charter.protection
    people = residual_people(question, placement, terms.residual_share)
    made = residual_places(question, people, rule(terms.residual_key))
    places = made.received()
    working = under("residual.", made.working)
    known = {line.id for line in working}
    unplaced = sum(made.unplaced.values())
    return Permanent(
        places=places,
        ties=made.ties,
        lines=(
            share_line(terms.residual_share),
            people_line(sum(people.values())),
            *working,
            *(
                place_line(state, number, known, terms.residual_key)
                for state, number in places.items()
            ),
        ),
        notes=(note(unplaced),) if unplaced else (),
    )


def note(people: int) -> str:
    return say(
        "{people} people are expected not to be able to return, and no state of the outer core "
        "that is open to them guarantees a permanent place.",
        people=count(people),
    )


def place_line(state: str, number: int, known: set[str], key: str) -> Line:
    made = f"residual.placement.{key}.{state}.people"
    return Line(
        id=f"residual.{state}.places", value=number, unit="permanent places",
        what=f"Permanent places that {state} guarantees", cite=CITE,
        formula="the people who cannot return × its share by the key, made whole",
        uses=("residual.people", made) if made in known else ("residual.people",),
    )  # fmt: skip


def people_line(people: int) -> Line:
    return Line(
        id="residual.people", value=people, unit="people",
        what="People expected not to be able to return, special needs not counted again",
        formula="for each cohort: (placed - special needs placed in the outer core) × residual "
        "share, rounded up", cite=CITE,
        uses=("parameter:charter/residual_share",),
    )  # fmt: skip


def share_line(share: Fraction) -> Line:
    return Line(
        id="parameter:charter/residual_share", value=share, unit="part of the people",
        what="Part of the people expected not to be able to return",
        cite="the charter, protection.residual_share",
    )  # fmt: skip
