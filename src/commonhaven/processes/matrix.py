"""Processes side by side, point by point as at the workshop of 2005.

GCIM and IOM, Workshop on Regional Consultative Processes, Geneva, 14-15 April 2005, summary
report, paras 15-38.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commonhaven.processes.exchange import Exchange
from commonhaven.processes.model import Involvement, Process, known
from commonhaven.processes.roster import Roster, chairs_on, roster
from commonhaven.processes.vocabulary import source_of, vocabulary
from commonhaven.reading import Problem, closest

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of comparison, and the paragraph that raises it."""

    id: str
    title: str
    para: str


POINTS = (
    Point(id="founded", title="Began", para="6"),
    Point(id="objectives", title="Objectives", para="15"),
    Point(id="methods", title="Working methods", para="16"),
    Point(id="chairs", title="In the chair", para="16"),
    Point(id="secretariat", title="Secretariat", para="17"),
    Point(id="members", title="Members", para="18"),
    Point(id="observers", title="Observers", para="18"),
    Point(id="partners", title="Partners", para="18"),
    Point(id="outputs", title="Outputs", para="19"),
    Point(id="funding", title="Funding", para="20"),
    Point(id="civil_society", title="Civil society", para="21"),
    Point(id="private_sector", title="Private sector", para="21-22"),
    Point(id="ministries", title="Ministries", para="18 and 23"),
    Point(id="themes", title="Scope of issues", para="23"),
    Point(id="exchanges", title="Exchange with other processes", para="34"),
    Point(id="organisation", title="Regional organisation", para="37"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is known of one point of one process; ``text`` is empty where nothing is."""

    text: str
    source: str = ""
    standing: str = ""

    @property
    def shown(self) -> str:
        return self.text or NOT_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The cells of every process, in the order of the points."""

    day: date
    points: tuple[Point, ...]
    cells: Mapping[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which processes to compare; what is empty lets every process pass."""

    type: str = ""
    region: str = ""
    theme: str = ""
    state: str = ""
    status: str = ""

    def passes(self, process: Process, held: Roster) -> bool:
        return (
            self.type in ("", process.type)
            and self.region in ("", *process.regions)
            and self.theme in ("", *(each.theme for each in process.themes))
            and self.state in ("", *held.members, *held.observers)
            and self.status in ("", process.status)
        )


def chosen(known_ones: Iterable[Process], only: Filter, day: date) -> tuple[Process, ...]:
    """The processes that pass on the day. Problem for a region or theme that is none of ours."""
    words = vocabulary()
    for asked, those, what in (
        (only.region, words.regions, "region"),
        (only.theme, words.themes, "theme"),
    ):
        if asked and asked not in those:
            said = f'there is no {what} "{asked[:40]}"'
            raise Problem(said, where=f"--{what}", fix=closest(asked, those))
    return tuple(each for each in known_ones if only.passes(each, roster(each, day)))


def point(name: str) -> Point:
    """A point of comparison by id; Problem with the nearest where there is none."""
    for each in POINTS:
        if each.id == name:
            return each
    fix = closest(name, [each.id for each in POINTS])
    raise Problem(f'there is no point "{name[:40]}"', where="points", fix=fix)


def compare(
    asked: Sequence[Process],
    day: date,
    *,
    points: Sequence[Point] = POINTS,
    done: Iterable[Exchange] = (),
) -> Comparison:
    """The processes side by side on a day."""
    exchanged = tuple(done)
    cells = {
        each.id: tuple(_cell(each, one.id, day, exchanged) for one in points) for each in asked
    }
    return Comparison(day=day, points=tuple(points), cells=cells)


def _cell(process: Process, name: str, day: date, done: tuple[Exchange, ...]) -> Cell:
    if name in {"members", "observers", "partners"}:
        return _parties(process, name, day)
    if name == "exchanges":
        return _exchanges(process, done)
    if not known(process, name):
        return Cell(text="")
    if name == "themes":
        words = vocabulary().themes
        told = ", ".join(words[each.theme].name for each in process.themes)
        return _cited(told, process, [each.source for each in process.themes])
    return _cited(TELL[name](process, day), process, [process.sourced[name]])


def _cited(text: str, process: Process, names: Iterable[str]) -> Cell:
    read = [source_of(process, name) for name in dict.fromkeys(names)]
    return _read(text, {each.title: each.standing for each in read})


def _read(text: str, titles: Mapping[str, str]) -> Cell:
    """A cell with its sources; its standing is that of the weakest."""
    weakest = "sourced" if set(titles.values()) <= {"sourced"} else "reported"
    return Cell(text=text, source="; ".join(titles), standing=weakest)


def _parties(process: Process, role: str, day: date) -> Cell:
    held = roster(process, day)
    if held.open_to_all:
        return Cell(text="open to all" if role == "members" else "")
    parties: tuple[str, ...] = getattr(held, role)
    if role == "members" and parties:
        return Cell(text=_counted(held), source=held.source, standing=held.standing)
    return _named(parties, process, held) if parties else Cell(text="")


def _named(parties: tuple[str, ...], process: Process, held: Roster) -> Cell:
    own = {part.party: source_of(process, part.source) for part in process.parts}
    titles = {own[party].title: own[party].standing for party in parties if party in own}
    if any(party not in own for party in parties):
        titles[held.source] = held.standing
    return _read(", ".join(parties), dict(titles))


def _counted(held: Roster) -> str:
    """How many members, and how far that can be trusted."""
    others = len(held.members) - len(held.states)
    told = f"{len(held.states)} states" + (f" and {others} organisations" if others else "")
    if not held.whole:
        return f"at least {told}"
    if held.complete:
        return told
    return f"{told} (list of {held.as_of or 'an unknown day'})"


def _exchanges(process: Process, done: tuple[Exchange, ...]) -> Cell:
    with_us = [each for each in done if process.id in (each.a, each.b)]
    told = (f"{each.b if each.a == process.id else each.a} ({each.kind})" for each in with_us)
    if not with_us:
        return Cell(text="")
    return _cited(", ".join(told), process, [each.source for each in with_us])


def _chair(process: Process, day: date) -> str:
    who, sure = chairs_on(process, day)
    return " and ".join(who) + ("" if sure == "yes" else " (days not known)") if who else ""


def _secretariat(process: Process, day: date) -> str:  # noqa: ARG001 - one form for every point
    held = process.secretariat
    if held is None:
        return ""
    by = f"{held.seat}: {', '.join(held.held_by)}" if held.held_by else held.seat
    return f"{by}. {held.text}" if held.text else by


def _involved(held: Involvement | None) -> str:
    if held is None:
        return ""
    return f"{held.how}: {held.text}" if held.text else held.how


TELL: Mapping[str, Callable[[Process, date], str]] = {
    "founded": lambda process, _: process.founded,
    "objectives": lambda process, _: "; ".join(process.objectives),
    "methods": lambda process, _: process.methods_text or ", ".join(process.methods),
    "chairs": _chair,
    "secretariat": _secretariat,
    "outputs": lambda process, _: process.outputs_text or ", ".join(process.outputs),
    "funding": lambda process, _: process.funding or "",
    "civil_society": lambda process, _: _involved(process.civil_society),
    "private_sector": lambda process, _: _involved(process.private_sector),
    "ministries": lambda process, _: ", ".join(process.ministries),
    "organisation": lambda process, _: process.organisation,
}
