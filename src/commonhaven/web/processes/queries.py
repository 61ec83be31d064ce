"""What the pages show, asked of the room: rosters of a day, overlaps, bridges, suggestions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from commonhaven.figures import overlap_heat
from commonhaven.processes import (
    LANGUAGES,
    Bridge,
    Filter,
    Gaps,
    Likeness,
    Overlap,
    Process,
    Roster,
    Suggestion,
    bridges,
    called,
    chosen,
    exchanges,
    gaps,
    likeness,
    overlap,
    overlaps,
    processes,
    rarity,
    reasons,
    roster,
    seats,
    suggestions,
)
from commonhaven.processes.overlap import Seats
from commonhaven.reading.fold import beginnings
from commonhaven.saying import Parts, Said
from commonhaven.web.kit.saying import by_name, in_language
from commonhaven.web.plans.pictures import Drawn, drawn
from commonhaven.web.processes.words import language, process_name, sitting, word
from commonhaven.web.search.queries import has


@lru_cache(maxsize=64)
def rosters_on(day: date) -> Mapping[str, Roster]:
    """Who takes part in what on a day."""
    return {name: roster(each, day) for name, each in processes().items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A process in the registry."""

    process: Process
    roster: Roster


def registry(text: str, only: Filter, day: date) -> list[Row]:
    """The processes with every word, in order of name."""
    begins = beginnings(text)
    found = [
        Row(process=each, roster=rosters_on(day)[each.id])
        for each in chosen(processes().values(), only, day)
        if has(begins, searched(each, day))
    ]
    return sorted(found, key=lambda row: row.process.name.casefold())


def searched(process: Process, day: date) -> str:
    """The text in which a process is found, with its words in every language."""
    covered = [each.theme for each in process.themes]
    ours = [("themes", each) for each in covered] + [("regions", each) for each in process.regions]
    words = [called(kind, name, spoken) for kind, name in ours for spoken in LANGUAGES]
    keepers = process.secretariat.held_by if process.secretariat else ()
    sat = [sitting(party) for party in rosters_on(day)[process.id].members]
    told = (process.id, process.name, *process.aka, *process.objectives, process.organisation)
    return " ".join([*told, *words, *keepers, *sat])


@lru_cache(maxsize=64)
def _bridges(rosters: tuple[Roster, ...]) -> tuple[Bridge, ...]:
    return bridges(rosters)


def bridges_on(day: date) -> tuple[Bridge, ...]:
    """The bridge states on a day, worked out once for all days with the same members."""
    rosters = rosters_on(day).values()
    alike = (replace(each, day=date.min, as_of=None, warnings=()) for each in rosters)
    return _bridges(tuple(alike))


def bridges_in(name: str, day: date, most: int) -> list[Bridge]:
    """The greatest bridges among the members of one process."""
    return [each for each in bridges_on(day) if name in each.processes][:most]


@lru_cache(maxsize=64)
def pairs_on(day: date) -> tuple[Overlap, ...]:
    """The overlap of every two processes, the greatest first."""
    return overlaps(list(rosters_on(day).values()))


def overlaps_of(name: str, day: date) -> list[tuple[str, Overlap]]:
    """The other processes with members in common, with the overlap, the greatest first."""
    mine = [each for each in pairs_on(day) if name in (each.a, each.b) and each.common]
    return [(each.b if each.a == name else each.a, each) for each in mine]


def heat(day: date) -> Drawn:
    """The overlap of every two processes as a picture, those of one region beside each other."""
    known = sorted(processes().values(), key=lambda each: (each.regions, each.name))
    names = {each.id: each.name for each in known}
    return drawn(overlap_heat(pairs_on(day), names, on=day, language=language()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """A suggestion with its reasons in the page's language; ``other`` is the partner of one."""

    held: Suggestion
    reasons: tuple[str, ...]
    other: str = ""


@lru_cache(maxsize=256)
def suggested(day: date, of: str = "") -> tuple[Suggestion, ...]:
    """The pairs that could learn from each other, the best first."""
    return suggestions(processes(), rosters_on(day), exchanges(), of=of)


def advised(found: Iterable[Suggestion], of: str = "") -> list[Advised]:
    """The suggestions with their reasons."""
    return [
        Advised(
            held=each, other=each.other(of) if of else "",
            reasons=tuple(in_language(_named(part, each)) for part in reasons(each)),
        )
        for each in found
    ]  # fmt: skip


def _named(part: Said, each: Suggestion) -> Said:
    """The reason with themes and processes by their names on the page instead of our ids."""
    values = dict(part.values)
    if "themes" in values:
        values["themes"] = Parts(tuple(word("themes", theme) for theme in each.likeness.shared))
    for guest in ("guest", "host"):
        if guest in values:
            values[guest] = process_name(str(values[guest]))
    return Said(part.template, values, part.many)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two processes side by side: their members, their themes, and whether they could exchange."""

    a: Process
    b: Process
    overlap: Overlap
    likeness: Likeness
    advice: Advised | None
    exchanged: bool


def pair(a: str, b: str, day: date) -> Pair:
    """How far two processes have the same members and the same themes."""
    one, other = processes()[a], processes()[b]
    found = [each for each in suggested(day, a) if each.other(a) == b]
    return Pair(
        a=one, b=other, overlap=overlap(rosters_on(day)[a], rosters_on(day)[b]),
        likeness=likeness(one, other, _weights(one, other, day)),
        advice=next(iter(advised(found)), None),
        exchanged=any({each.a, each.b} == {a, b} for each in exchanges()),
    )  # fmt: skip


def _weights(one: Process, other: Process, day: date) -> Mapping[str, Fraction]:
    """The weights of the suggestions, with the themes of two processes that may not be in them."""
    meeting = {
        each.id: each
        for each in processes().values()
        if each.status == "active" and rosters_on(day)[each.id].states
    }
    return rarity({**meeting, one.id: one, other.id: other}.values())


def seats_on(day: date) -> tuple[Seats, ...]:
    """Who sits in how many processes."""
    return seats(rosters_on(day).values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Where one state sits, in which part, and how far it joins others."""

    member: tuple[str, ...]
    observer: tuple[str, ...]
    suspended: tuple[str, ...]
    uncertain: tuple[str, ...]
    bridge: Bridge | None
    place: int


def seated(code: str, day: date) -> Seated:
    """The processes in which a state has a part on a day."""

    def of(role: str) -> tuple[str, ...]:
        return tuple(n for n, held in rosters_on(day).items() if code in getattr(held, role))

    ranked = bridges_on(day)
    place, bridge = next(
        ((n, each) for n, each in enumerate(ranked, 1) if each.state == code), (0, None)
    )
    return Seated(
        member=of("members"), observer=of("observers"), suspended=of("suspended"),
        uncertain=of("uncertain"), bridge=bridge, place=place,
    )  # fmt: skip


@lru_cache(maxsize=64)
def gaps_on(day: date) -> Gaps:
    """What no process covers on a day."""
    return gaps(processes(), rosters_on(day), day)


def choices(kind: str, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Words of a list to choose from, in order of name, after all of them together."""
    named = [(each, word(kind, each)) for each in ids]
    return [("", _("All")), *sorted(named, key=lambda pair: pair[1].casefold())]


def states_seated(day: date) -> list[tuple[str, str]]:
    """States that are members of anything, to choose from."""
    codes = sorted((each.state for each in seats_on(day)), key=by_name)
    return [("", _("All")), *((code, sitting(code)) for code in codes)]
