"""What is known of a process, point by point, in the page's language, with sources."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonhaven.processes import (
    POINTS,
    SOURCED,
    Chair,
    Involvement,
    Process,
    Roster,
    chairs_on,
    compare,
    exchanges,
    point,
    roster,
    source_of,
    unknown,
)
from commonhaven.web.kit.saying import day_text, listed, pause
from commonhaven.web.processes.words import TITLES, process_name, sitting, span, when, word, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of what is known; ``english`` where it is a text of the data in English."""

    text: str
    english: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of one point; no lines where nothing is."""

    id: str
    title: str
    lines: tuple[Line, ...]
    source: str = ""
    address: str = ""
    standing: str = ""

    @property
    def text(self) -> str:
        """All lines in one."""
        return "; ".join(line.text for line in self.lines)


def facts(process: Process, day: date) -> list[Fact]:
    """Every field that has a source, and what is not known of them."""
    return [_sourced(process, name, day) for name in SOURCED]


def _sourced(process: Process, name: str, day: date) -> Fact:
    title = str(TITLES[name])
    if name in unknown(process):
        return Fact(id=name, title=title, lines=())
    source = source_of(process, process.sourced[name])
    return Fact(
        id=name, title=title, lines=tuple(_lines(process, name, day)), source=source.title,
        address=source.url, standing=source.standing,
    )  # fmt: skip


def cells(asked: Iterable[Process], points: Iterable[str], day: date) -> list[list[Fact]]:
    """A row of facts for every process, in the order of the points of comparison."""
    several, chosen = list(asked), [point(name) for name in points]
    compared = compare(several, day, points=chosen, done=exchanges())
    found = []
    for each in several:
        row = []
        for about, cell in zip(chosen, compared.cells[each.id], strict=True):
            lines = tuple(_lines(each, about.id, day)) if cell.text or cell.source else ()
            row.append(
                Fact(
                    id=about.id, title=str(TITLES[about.id]), lines=lines, source=cell.source,
                    standing=cell.standing,
                )
            )  # fmt: skip
        found.append(row)
    return found


def all_points() -> list[tuple[str, str, str]]:
    """Points of comparison: id, title, paragraph of the report of 2005."""
    return [(each.id, str(TITLES[each.id]), each.para) for each in POINTS]


def _lines(process: Process, name: str, day: date) -> Iterator[Line]:
    if name in {"observers", "partners"}:
        yield Line(text=listed(sitting(each) for each in getattr(roster(process, day), name)))
    elif name in TELL:
        yield from TELL[name](process, day)
    else:
        texts: tuple[str, ...] | str = getattr(process, name)
        for text in (texts,) if isinstance(texts, str) else texts:
            yield Line(text=text, english=True)


def counted(held: Roster) -> str:
    """How many members, and how far that can be trusted."""
    if held.open_to_all:
        return _("open to all members of the United Nations")
    states, others = len(held.states), len(held.members) - len(held.states)
    told = [ngettext("%(count)s state", "%(count)s states", states) % {"count": states}]
    if others:
        text = ngettext("%(count)s organisation", "%(count)s organisations", others)
        told.append(text % {"count": others})
    whole = pause().join(told)
    if not held.whole:
        return _("at least %(what)s") % {"what": whole}
    if held.complete:
        return whole
    stood = day_text(held.as_of) if held.as_of else _("of an unknown day")
    return _("%(what)s (list: %(day)s)") % {"what": whole, "day": stood}


def _members(process: Process, day: date) -> Iterator[Line]:
    yield Line(text=counted(roster(process, day)))


def _founded(process: Process, _day: date) -> Iterator[Line]:
    yield Line(text=when(process.founded))


def _count(process: Process, _day: date) -> Iterator[Line]:
    yield Line(text=str(process.published_count))


def _website(process: Process, _day: date) -> Iterator[Line]:
    yield Line(text=process.website, address=process.website)


def _chairs(process: Process, day: date) -> Iterator[Line]:
    who, sure = chairs_on(process, day)
    if who:
        names = listed(sitting(each) for each in who)
        yield Line(text=names if sure == "yes" else _("%(who)s (days not known)") % {"who": names})
    for each in process.chairs:
        if each.parties != who:
            yield Line(text=_earlier(each))


def _earlier(each: Chair) -> str:
    names = listed(sitting(party) for party in each.parties)
    if not each.since and not each.until:
        told = _("%(who)s earlier") if each.ended else _("%(who)s (days not known)")
        return told % {"who": names}
    return f"{names}{pause()}{span(each.since, each.until)}"


def _secretariat(process: Process, _day: date) -> Iterator[Line]:
    held = process.secretariat
    if held is None:
        return
    by = f": {listed(sitting(each) for each in held.held_by)}" if held.held_by else ""
    yield Line(text=f"{word('secretariats', held.seat)}{by}")
    if held.text:
        yield Line(text=held.text, english=True)


def _methods(process: Process, _day: date) -> Iterator[Line]:
    if process.methods:
        yield Line(text=words("methods", process.methods))
    if process.methods_text:
        yield Line(text=process.methods_text, english=True)


def _outputs(process: Process, _day: date) -> Iterator[Line]:
    if process.outputs:
        yield Line(text=words("outputs", process.outputs))
    if process.outputs_text:
        yield Line(text=process.outputs_text, english=True)


def _involved(held: Involvement | None) -> Iterator[Line]:
    if held is not None:
        yield Line(text=word("involvement", held.how))
        if held.text:
            yield Line(text=held.text, english=True)


def _exchanges(process: Process, _day: date) -> Iterator[Line]:
    for each in exchanges():
        if process.id in (each.a, each.b):
            other = process_name(each.b if each.a == process.id else each.a)
            yield Line(text=f"{other} ({word('exchanges', each.kind)})")


TELL: Mapping[str, Callable[[Process, date], Iterator[Line]]] = {
    "founded": _founded, "published_count": _count, "website": _website, "chairs": _chairs,
    "secretariat": _secretariat, "methods": _methods, "outputs": _outputs, "members": _members,
    "exchanges": _exchanges,
    "funding": lambda process, _: iter([Line(text=word("funding", process.funding or ""))]),
    "civil_society": lambda process, _: _involved(process.civil_society),
    "private_sector": lambda process, _: _involved(process.private_sector),
    "ministries": lambda process, _: iter([Line(text=words("ministries", process.ministries))]),
    "themes": lambda process, _: iter(
        [Line(text=words("themes", [each.theme for each in process.themes]))]
    ),
}  # fmt: skip
