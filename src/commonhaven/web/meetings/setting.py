"""What a group and a situation bring to a meeting's procedure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from commonhaven.charter import Charter
from commonhaven.parties.figures import reference
from commonhaven.procedures import Setting, options, procedure
from commonhaven.regime import setting as charter_setting
from commonhaven.web.groups.models import ChairTerm, CharterVersion
from commonhaven.web.groups.queries import charter_on, value_of
from commonhaven.web.kit.audience import Audience
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.situations.models import SituationVersion

Around = tuple[Setting, frozenset[str]]
"""The setting, and the parties that held the chair since the convening and hold it no more."""


def settings_of(meetings: Sequence[Meeting], at: datetime) -> dict[int, Around]:
    """Meeting → its setting; the number of queries does not grow with the number of meetings.

    Members and rules are those of the charter in force when the meeting was convened. The chair
    may have changed since: former chairs count as secretariat here, so that what they did stands.
    """
    chairs, charters, origins = _chairs(meetings, at), _charters(meetings), _origins(meetings)
    found = {}
    for meeting in meetings:
        chair, former = chairs[meeting.pk]
        each = setting(meeting, charters[meeting.pk], origins.get(meeting.pk, ""), chair)
        wide = tuple(dict.fromkeys([*each.secretariat, *former]))
        found[meeting.pk] = (replace(each, secretariat=wide), frozenset(former))
    return found


def setting(meeting: Meeting, charter: Charter, origin: str, chair: str) -> Setting:
    """The setting of one meeting; a caucus has the members that belong to it."""
    day = meeting.created_at.date()
    found = charter_setting(charter, origin, day)
    members = found.members
    if meeting.audience == Audience.CAUCUS and meeting.caucus:
        members = tuple(party for party in members if party in meeting.caucus.parties)
    zone = meeting.group.zone if charter.convening.zone == "UTC" else charter.convening.zone
    known = options(procedure(meeting.procedure))
    given = {**found.options, **meeting.options}
    return replace(
        found, members=members, zone=zone or "UTC", chair=chair,
        populations=_populations(members, day),
        options={name: text for name, text in given.items() if name in known},
    )  # fmt: skip


@lru_cache(maxsize=256)
def _populations(members: tuple[str, ...], day: date) -> Mapping[str, int]:
    """State → people, of the figures that ship: what a double majority counts."""
    figures = reference()
    found = {member: figures.at(member, "population", day) for member in members}
    return {member: int(figure.value) for member, figure in found.items() if figure}


def chair_on(group: int, at: datetime) -> str:
    """The party in the chair of a group; empty where there is none."""
    terms = list(ChairTerm.objects.filter(group=group, since__lte=at.date()))
    return _in_the_chair(terms, at.date())


def origin_of(situation: int | None) -> str:
    """The state that people of a situation flee from; empty where there is no situation."""
    rows = SituationVersion.objects.filter(situation=situation, number=1)
    return next(iter(_from_versions(rows).values()), "")


def _in_the_chair(terms: Iterable[ChairTerm], day: date) -> str:
    held = sorted(terms, key=lambda term: (term.since, term.pk))
    now = [term.party for term in held if term.until is None or term.until >= day]
    return now[-1] if now else ""


def _chairs(meetings: Sequence[Meeting], at: datetime) -> dict[int, tuple[str, list[str]]]:
    """Meeting → the chair now, and those that held it since the meeting was convened."""
    groups = {meeting.group_id for meeting in meetings}
    terms = list(ChairTerm.objects.filter(group__in=groups, since__lte=at.date()))
    found = {}
    for meeting in meetings:
        own = [term for term in terms if term.group_id == meeting.group_id]
        chair = _in_the_chair(own, at.date())
        since = meeting.created_at.date()
        held = [term.party for term in own if term.until is None or term.until >= since]
        found[meeting.pk] = (chair, [one for one in dict.fromkeys(held) if one != chair])
    return found


def _charters(meetings: Sequence[Meeting]) -> dict[int, Charter]:
    """Meeting → the charter by which it was convened; each version is read once."""
    wanted = {meeting.charter_id for meeting in meetings if meeting.charter_id}
    values = {one.pk: value_of(one) for one in CharterVersion.objects.filter(pk__in=wanted)}
    return {
        meeting.pk: values[meeting.charter_id]
        if meeting.charter_id
        else charter_on(meeting.group, meeting.created_at.date())
        for meeting in meetings
    }


def _origins(meetings: Sequence[Meeting]) -> dict[int, str]:
    """Meeting → the state of origin of its situation."""
    wanted = {meeting.situation_id for meeting in meetings if meeting.situation_id}
    origins = _from_versions(SituationVersion.objects.filter(situation__in=wanted, number=1))
    return {
        meeting.pk: origins.get(meeting.situation_id, "")
        for meeting in meetings
        if meeting.situation_id
    }


def _from_versions(rows: Iterable[SituationVersion]) -> dict[int, str]:
    return {row.situation_id: str(json.loads(row.value).get("origin", "")) for row in rows}
