"""Of whom a page of indicators tells: a scope of the room, or a group of the platform."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonhaven.indicators import Scope, scope
from commonhaven.indicators.scope import INCOMES, LEAST_DEVELOPED, regions
from commonhaven.parties import groupings, states
from commonhaven.reading import Problem
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import group_for, groups_for, members_on
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.saying import by_name, in_language, listed, party_name

WORLD = "world"
GROUP = "group:"
LONGEST = 1200
"""Signs of a scope: room for every state there is."""
FEW = 4
"""States that a title names."""
MEMBERS = ("inner core", "outer core", "situation-specific contributor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """A scope, what it is called on the page, and how an address names it."""

    scope: Scope
    title: str
    given: str
    group: Group | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The states, where it is made of states that were named."""
        return self.scope.fixed if self.scope.kind == "states" else ()


def whom(given: str, viewer: Viewer, at: datetime) -> Whom:
    """Whom a text means; Problem where nobody, Unknown where a group that the viewer cannot see."""
    if len(given) > LONGEST:
        raise Problem("the name is too long", where="of", fix="Choose one of the list.")
    if given.startswith(GROUP):
        return _group(given, viewer, at.date())
    try:
        found = scope(given)
    except Problem as problem:
        raise Problem(problem.what, where="of", fix=problem.fix) from None
    return Whom(scope=found, title=title_of(found), given=found.id)


def _group(given: str, viewer: Viewer, day: date) -> Whom:
    group = group_for(given.removeprefix(GROUP), viewer)
    if group is None:
        raise Unknown("there is no such group", where="of", fix="See the list of groups.")
    rows = members_on(group, day)
    codes = sorted({r.party for r in rows if r.standing in MEMBERS and r.party in states()})
    if not codes:
        said = "no state is a member of the group yet"
        raise Problem(said, where="of", fix="Come back when its charter is in force.")
    called = group.called(get_language() or "en")
    found = replace(scope("+".join(codes)), title=called)
    return Whom(scope=found, title=called, given=given, group=group)


def title_of(of: Scope) -> str:
    """What a scope is called in the language of the page."""
    if of.kind == "world":
        return _("The world")
    if of.kind == "income group":
        return income(of.id)
    if of.kind == "states":
        if len(of.fixed) > FEW:
            return _("%(count)s states") % {"count": len(of.fixed)}
        return listed(party_name(code) for code in of.fixed)
    return in_language(of.title)


def income(name: str) -> str:
    """What a class of states by wealth is called."""
    return {
        "low-income": _("Low-income countries"),
        "lower-middle-income": _("Lower-middle-income countries"),
        "upper-middle-income": _("Upper-middle-income countries"),
        "high-income": _("High-income countries"),
        "low-and-middle-income": _("Low- and middle-income countries"),
        LEAST_DEVELOPED: _("Least developed countries"),
    }[name]


def choices(viewer: Viewer) -> Iterator[tuple[Any, Any]]:
    """Everybody of whom one may ask, for a field to choose from."""
    language = get_language() or "en"
    yield WORLD, _("The world")
    if own := [(f"{GROUP}{one.slug}", one.called(language)) for one in groups_for(viewer)]:
        yield _("Groups of this platform"), own
    yield _("By wealth"), [(name, income(name)) for name in (*INCOMES, LEAST_DEVELOPED)]
    yield _("Regions"), [(name, in_language(name)) for name in regions()]
    yield _("Groupings of states"), [(name, one.name) for name, one in groupings().items()]
    gone = ("dissolved", "no state")
    there = [code for code, one in states().items() if one.standing not in gone]
    yield (
        _("States and territories"),
        [(code, party_name(code)) for code in sorted(there, key=by_name)],
    )
