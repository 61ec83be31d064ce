"""Kinds of meetings: which procedure each runs, and the periods that are set for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonhaven.instruments import entry
from commonhaven.procedures import Procedure, options, procedure
from commonhaven.reading import Problem, closest

LAW = "meetings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of meeting; ``procedure`` empty: the one that the charter names."""

    id: str
    title: str | Promise
    what: str | Promise
    procedure: str = ""
    periods: Mapping[str, str] = field(default_factory=dict)
    """Option of the procedure → entry of the instrument that sets it."""
    caucus: bool = False


def _periods(prefix: str) -> dict[str, str]:
    return {
        "reply_within": f"{prefix}_reply_within",
        "meeting_not_before": f"{prefix}_not_before",
        "meeting_not_after": f"{prefix}_not_after",
    }


KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            id="emergency", title=_("Emergency meeting"),
            what=_("More people arrive than one member can cope with. All members must come."),
        ),
        Kind(
            id="annual review", title=_("Annual review"), periods=_periods("review"),
            what=_("The group reviews its own rules. Parameters of the charter change only here."),
        ),
        Kind(
            id="working meeting", title=_("Working meeting"), periods=_periods("working"),
            what=_("Members prepare a plan or a text without an emergency."),
        ),
        Kind(
            id="caucus", title=_("Caucus"), periods=_periods("caucus"), caucus=True,
            what=_("Some of the parties confer among themselves."),
        ),
        Kind(
            id="written procedure", title=_("Written procedure"), procedure="written-procedure",
            what=_("Members vote on a text without meeting."),
        ),
        Kind(
            id="silence procedure", title=_("Silence procedure"), procedure="silence-procedure",
            what=_("A text stands unless a member breaks silence in time."),
        ),
        Kind(
            id="pathfinder", title=_("Pathfinder"), procedure="pathfinder",
            what=_("The willing go ahead; nobody is any the worse for standing aside."),
        ),
    )
}  # fmt: skip


def kind_of(name: str) -> Kind:
    """A kind of meeting; Problem where there is none of that name."""
    if name not in KINDS:
        raise Problem(f'no kind of meeting is called "{name[:40]}"', fix=closest(name, KINDS))
    return KINDS[name]


def procedure_for(kind: Kind, chosen: str, charter: str) -> Procedure:
    """The procedure chosen, else the kind's, else the charter's."""
    return procedure(chosen or kind.procedure or charter)


def periods(kind: Kind, way: Procedure, day: date) -> dict[str, str]:
    """The options that the kind sets, where the procedure knows them: "14 days"."""
    known = options(way)
    found = {name: entry(LAW, number, day) for name, number in kind.periods.items()}
    return {name: f"{one.value} {one.unit}" for name, one in found.items() if name in known}


SPEAKING: Mapping[str, str] = {
    "secretariat": "speaking_secretariat",
    "observer": "speaking_observer",
    "organisation with consultative status": "speaking_organisation",
}
"""Standing of a participant → entry with its speaking time; members have their own."""


def speaking_time(standing: str, day: date) -> int:
    """Seconds for which a participant may speak, by what it is in the group."""
    return int(entry(LAW, SPEAKING.get(standing, "speaking_member"), day).number)


def hours(name: str, day: date) -> int:
    """A period of the instrument in hours."""
    return int(entry(LAW, name, day).number)
