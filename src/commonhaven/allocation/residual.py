"""Permanent places for those who cannot return when temporary protection ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from commonhaven.allocation.question import Host, Tie
from commonhaven.allocation.rounding import apportion
from commonhaven.allocation.rule import Rule
from commonhaven.allocation.tie_break import told_apart
from commonhaven.reading import Problem
from commonhaven.working import Line

CITE = "Hathaway and Neve 1997, 206-09: extraregional states provide most permanent homes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualPlaces:
    """State → permanent places it guarantees; ``unplaced``: people without one."""

    places: Mapping[str, int]
    targets: Mapping[str, Fraction]
    unplaced: int
    ties: tuple[Tie, ...]
    working: tuple[Line, ...]


def residual_places(
    hosts: Sequence[Host],
    people: int,
    key: Rule,
    *,
    rounding: str = "largest-remainder",
    tie_order: tuple[str, ...] = (),
) -> ResidualPlaces:
    """Share ``people`` who cannot return among the outer core by a key.

    A host's ``capacity`` limits its places. Where the group has no outer core that takes part,
    nobody is placed and all are reported as unplaced. Problem for a negative number of people.
    """
    if people < 0:
        raise Problem(f"{people} people cannot return", where="residual", fix="Give 0 or more.")
    outer = sorted(
        (host for host in hosts if host.tier == "outer core" and host.takes_part),
        key=lambda host: host.state,
    )
    if not outer or not people:
        return ResidualPlaces(places={}, targets={}, unplaced=people, ties=(), working=())
    told = told_apart(key, outer, people, "residual.key")
    room = {host.state: host.capacity for host in outer if host.capacity is not None}
    made = apportion(told.shares, people, rounding, tie_order, at_most=room)
    lines = tuple(
        Line(
            id=f"residual.{state}.places",
            value=number,
            what="Permanent places for people who cannot return",
            unit="people",
            formula="share × people, made whole",
            cite=CITE,
            uses=(told.line(state),),
        )
        for state, number in made.people.items()
    )
    return ResidualPlaces(
        places=made.people,
        targets=made.targets,
        unplaced=max(0, people - sum(made.people.values())),
        ties=tuple(replace(tie, what=f"{tie.what} (permanent places)") for tie in made.ties),
        working=(*told.lines, *lines),
    )
