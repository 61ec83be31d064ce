"""How far two processes have the same members, and who sits in how many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from commonhaven.processes.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """States that are members of both processes, of the states that are members of either.

    ``jaccard`` is |A and B| / |A or B|; None where no state is known in either.
    """

    a: str
    b: str
    common: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    jaccard: Fraction | None
    warnings: tuple[str, ...]


def overlap(a: Roster, b: Roster) -> Overlap:
    """The overlap of two processes on the day of their rosters (Jaccard's index).

    A forum open to all has no overlap: who came is not held. Lists that are not complete, or do
    not describe the day, leave a warning.
    """
    first, second = frozenset(a.states), frozenset(b.states)
    either = first | second
    held = either and not (a.open_to_all or b.open_to_all)
    return Overlap(
        a=a.process, b=b.process, common=tuple(sorted(first & second)),
        only_a=tuple(sorted(first - second)), only_b=tuple(sorted(second - first)),
        jaccard=Fraction(len(first & second), len(either)) if held else None,
        warnings=tuple(w for each in (a, b) if not each.complete for w in each.warnings),
    )  # fmt: skip


def overlaps(rosters: Sequence[Roster]) -> tuple[Overlap, ...]:
    """Every pair that has an overlap to speak of, the greatest first."""
    found = [overlap(a, b) for a, b in combinations(rosters, 2)]
    held = [each for each in found if each.jaccard is not None]
    return tuple(sorted(held, key=lambda each: (-(each.jaccard or 0), each.a, each.b)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """In which processes a state sits, as a member and as an observer."""

    state: str
    member_of: tuple[str, ...]
    observer_in: tuple[str, ...]


def seats(rosters: Iterable[Roster]) -> tuple[Seats, ...]:
    """Every state that sits anywhere, with its processes; who sits in most comes first.

    Forums open to all are left out.
    """
    member: dict[str, list[str]] = {}
    observer: dict[str, list[str]] = {}
    for each in rosters:
        for state in each.states:
            member.setdefault(state, []).append(each.process)
        for party in each.observers:
            observer.setdefault(party, []).append(each.process)
    found = [
        Seats(state=state, member_of=tuple(of), observer_in=tuple(observer.get(state, ())))
        for state, of in member.items()
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.member_of), each.state)))
