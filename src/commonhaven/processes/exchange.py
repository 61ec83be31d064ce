"""Whom a process could exchange with: alike in theme, with other members, and not yet in touch.

The formula is our proposal: likeness x (1 - overlap), left out where both sit in each other's
meetings or have exchanged before. Practices and the need: background note of 16 October 2019;
workshop of 2005, paras 33-36 (overlapping members already carry experience from one to another).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Literal

from commonhaven.processes.check import OF_A_PROCESS
from commonhaven.processes.likeness import Likeness, Weights, likeness, rarity, root
from commonhaven.processes.model import ID, Process
from commonhaven.processes.overlap import Overlap, overlap
from commonhaven.processes.roster import Roster
from commonhaven.processes.vocabulary import HOME, vocabulary
from commonhaven.processes.when import FORM
from commonhaven.reading import build, described, load_toml
from commonhaven.saying import Number, Said, say, several

Kind = Literal["observer", "presentation", "joint meeting", "common origin", "digital"]
NOBODY = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Something that two processes did together, or that joins them."""

    a: str = described("One process, by id", pattern=ID)
    b: str = described("The other", pattern=ID)
    kind: Kind = described("What it was")
    when: str = described("Day, as far as known", default="", pattern=FORM)
    theme: str = described("Theme, where it was on one", default="")
    what: str = described("In a sentence")
    source: str = described("Id of the source")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exchanges:
    exchanges: tuple[Exchange, ...] = described("Exchanges")


@cache
def exchanges() -> tuple[Exchange, ...]:
    """The exchanges that ship."""
    name = "exchanges.toml"
    return build(_Exchanges, load_toml(files(HOME) / name, name), name).exchanges


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two processes that could learn from each other, with the parts of the reason.

    ``squared`` is the square of the score, which is exact; ``rank`` is shared by equal scores.
    ``observes``: which of the two already sits in the other's meetings. ``channel``: who keeps the
    secretariat of both, and could make the contact.
    """

    rank: int
    a: str
    b: str
    squared: Fraction
    likeness: Likeness
    overlap: Overlap
    observes: tuple[str, ...]
    channel: tuple[str, ...]

    @property
    def score(self) -> Decimal:
        """The score to six places, from 0 to 1."""
        return root(self.squared)

    def other(self, process: str) -> str:
        """The process at the other end."""
        return self.b if process == self.a else self.a


def suggestions(
    known: Mapping[str, Process],
    rosters: Mapping[str, Roster],
    done: Iterable[Exchange],
    *,
    of: str = "",
    weights: Weights | None = None,
) -> tuple[Suggestion, ...]:
    """Every pair with a score above nothing, the best first; those ``of`` one process if named.

    Forums open to all, dormant processes and those without members or themes that we know are left
    out. The weights are those of `rarity` over the processes in question, if none are given.
    """
    asked = {
        name: each
        for name, each in known.items()
        if each.status == "active" and each.themes and rosters[name].states
    }
    weighed = rarity(asked.values()) if weights is None else weights
    exchanged = {frozenset((each.a, each.b)) for each in done}
    found = []
    for a, b in combinations(sorted(asked), 2):
        if of in ("", a, b) and frozenset((a, b)) not in exchanged:
            found.append(_pair(asked[a], asked[b], rosters, weighed))
    return _ranked([each for each in found if each.squared and not _mutual(each)])


def _pair(
    a: Process, b: Process, rosters: Mapping[str, Roster], weights: Weights
) -> Suggestion:  # fmt: skip
    alike, same = likeness(a, b, weights), overlap(rosters[a.id], rosters[b.id])
    apart = 1 - (same.jaccard or NOBODY)
    return Suggestion(
        rank=0, a=a.id, b=b.id, squared=(alike.squared or NOBODY) * apart * apart,
        likeness=alike, overlap=same, observes=_observers(rosters[a.id], rosters[b.id]),
        channel=_channel(a, b),
    )  # fmt: skip


def _mutual(each: Suggestion) -> bool:
    return len(each.observes) == 2


def _observers(a: Roster, b: Roster) -> tuple[str, ...]:
    """Which of the two takes part in the other, in whatever role."""
    return tuple(
        guest.process
        for guest, host in ((a, b), (b, a))
        if OF_A_PROCESS + guest.process in (*host.members, *host.observers, *host.partners)
    )


def _channel(a: Process, b: Process) -> tuple[str, ...]:
    keepers = [set(each.secretariat.held_by) if each.secretariat else set() for each in (a, b)]
    return tuple(sorted(keepers[0] & keepers[1]))


def _ranked(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    ordered = sorted(found, key=lambda each: (-each.squared, each.a, each.b))
    ranks: dict[Fraction, int] = {}
    for number, each in enumerate(ordered, 1):
        ranks.setdefault(each.squared, number)
    return tuple(replace(each, rank=ranks[each.squared]) for each in ordered)


def reasons(each: Suggestion) -> tuple[Said, ...]:
    """Why the two could exchange, part by part, in sentences."""
    names = ", ".join(vocabulary().themes[theme].name for theme in each.likeness.shared)
    told = [
        several(
            "Both work on {number} theme, the rarest first: {themes}.",
            "Both work on {number} themes, the rarest first: {themes}.",
            number=Number(len(each.likeness.shared)), themes=names,
        ),
        several(
            "{number} state is a member of both, of {either} in either.",
            "{number} states are members of both, of {either} in either.",
            number=Number(len(each.overlap.common)),
            either=Number(len((*each.overlap.common, *each.overlap.only_a, *each.overlap.only_b))),
        ),
        _touch(each),
        say("No exchange between them is on record."),
    ]  # fmt: skip
    if each.channel:
        names = ", ".join(each.channel)
        told.append(
            say("{names} keeps the secretariat of both and can make the contact.", names=names)
        )
    return tuple(told)


def _touch(each: Suggestion) -> Said:
    if each.observes:
        guest = each.observes[0]
        host = each.other(guest)
        return say(
            "{guest} already takes part in {host}: make it mutual.",
            guest=guest, host=host,
        )  # fmt: skip
    return say("Neither is an observer of the other.")
