"""The count: who votes, who is there, by which modes, with the working."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from commonhaven.charter import Charter
from commonhaven.parties.figures import reference
from commonhaven.procedures import (
    Setting,
    Tally,
    checked,
    modes,
    options,
    procedure,
    recused,
    tally,
)
from commonhaven.procedures import Vote as Position
from commonhaven.reading import canonical
from commonhaven.regime import setting as charter_setting
from commonhaven.web.decisions import sitting
from commonhaven.web.decisions.models import Decision
from commonhaven.web.groups.queries import value_of
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import present_at, setting_of
from commonhaven.web.situations.queries import latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """Who may vote and by what: ``present`` None where it is decided in writing."""

    setting: Setting
    ways: tuple[str, ...]
    present: tuple[str, ...] | None
    recused: tuple[str, ...]

    @property
    def voters(self) -> tuple[str, ...]:
        """Members that may vote now, those standing back left out."""
        here = self.setting.members if self.present is None else self.present
        return tuple(p for p in self.setting.members if p in here and p not in self.recused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The tallies in the order tried; the last one decides. ``present``: None where in writing."""

    tallies: tuple[Tally, ...]
    present: tuple[str, ...] | None

    @property
    def result(self) -> str:
        return self.tallies[-1].result

    def text(self, ballot: Ballot) -> str:
        """Canonical JSON of the whole count."""
        return canonical(
            {
                "present": None if self.present is None else list(self.present),
                "recused": list(ballot.recused),
                "members": list(ballot.setting.members),
                "modes": [
                    {"mode": one.mode, "title": modes()[one.mode].title, "result": one.result,
                     "counts": dict(one.counts), "working": list(one.working), "cite": one.cite,
                     "refused": [{"party": r.vote.party, "why": r.why} for r in one.refused]}
                    for one in self.tallies
                ],
            }
        )  # fmt: skip


def ballot_of(decision: Decision, at: datetime) -> Ballot:
    """Who may vote on a question at an instant, by the meeting's rules or the charter's."""
    if decision.meeting is not None:
        around = setting_of(decision.meeting, at)
        around = checked(procedure(decision.meeting.procedure), around)
        present = in_room(decision, decision.meeting, at)
        here = tuple(p for p in around.members if p in present)
    else:
        around, here = written(decision), None
    around = with_origin(decision, around)
    return Ballot(
        setting=around, ways=tuple(decision.mode.split()), present=here,
        recused=recused(around, around.members),
    )  # fmt: skip


def in_room(decision: Decision, meeting: Meeting, at: datetime) -> set[str]:
    """Who is present: by the procedure where the vote is its own, else who is in the room."""
    return sitting.attended(meeting, at) if sitting.follows(decision) else present_at(meeting, at)


def written(decision: Decision) -> Setting:
    """The setting of a question decided in writing, outside a meeting."""
    assert decision.charter is not None  # noqa: S101 - every question is put under a charter
    charter, day = value_of(decision.charter), decision.created_at.date()
    way = procedure(charter.convening.procedure)
    known = options(way)
    around = charter_setting(charter, "", day, populations=inhabitants(charter, day))
    kept = {name: text for name, text in around.options.items() if name in known}
    return checked(way, replace(around, options=kept))


def with_origin(decision: Decision, around: Setting) -> Setting:
    """The setting with the state that people flee from, where the question is about a plan."""
    if decision.plan is None:
        return around
    return replace(around, origin=latest(decision.plan.situation).origin)


def inhabitants(charter: Charter, day: date) -> dict[str, int]:
    """Member → inhabitants, for a double majority; those without a figure are absent."""
    figures = reference()
    found = {state: figures.at(state, "population", day) for state in charter.members_on(day)}
    return {state: int(figure.value) for state, figure in found.items() if figure is not None}


def ways_of(setting: Setting, procedure_id: str) -> tuple[str, ...]:
    """The modes in the order in which they are tried: the charter's, else the procedure's."""
    own = setting.options.get("mode")
    found = (own,) if own else tuple(procedure(procedure_id).decides)
    return found or ("consensus",)


def ways_in_words(decision: Decision) -> list[str]:
    """The modes by which a question is decided, in the order tried."""
    known = modes()
    return [known[way].title for way in decision.mode.split() if way in known]


def count(ballot: Ballot, votes: Sequence[tuple[str, str]]) -> Count:
    """Count by each mode in turn until one adopts.

    A vote given in the room stands though its party left before the count.
    """
    given = [Position(party=party, position=choice) for party, choice in votes]
    there = ballot.present
    if there is not None:
        there = tuple(dict.fromkeys([*there, *(party for party, _ in votes)]))
    made: list[Tally] = []
    for way in ballot.ways:
        found = tally(
            way, given, members=ballot.setting.members, present=there,
            setting=ballot.setting,
        )  # fmt: skip
        made.append(found)
        if found.adopted:
            break
    return Count(tallies=tuple(made), present=there)
