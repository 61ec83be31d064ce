"""Checks of who takes part: the group, its members by tier and date, its participants."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from commonhaven.charter.known import state_finding
from commonhaven.charter.model import Charter, Group, Member, Participant
from commonhaven.reading.finding import Finding, advice, error

UN_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def group_findings(group: Group) -> Iterator[Finding]:
    """Name, period and label of the group."""
    if group.ends is not None and group.ends < group.in_force:
        yield error(
            f"the charter ends on {group.ends}, before it comes into force on {group.in_force}",
            "group, ends",
            "Correct one of the two dates.",
        )
    yield from _name_findings(group)
    labelled = "example" in f"{group.id} {group.name.get('en', '')}".lower()
    if group.example and not labelled:
        yield advice(
            "an example should say in its name that it is one",
            "group, name",
            'Put the word "example" into the English name.',
        )
    if labelled and not group.example:
        yield advice(
            "the name calls the charter an example, but it is not marked as one",
            "group, example",
            "Write example = true, or take the word out of the name.",
        )


def _name_findings(group: Group) -> Iterator[Finding]:
    if not group.name:
        yield error("the group has no name", "group, name", 'Write name = { en = "..." }.')
        return
    for language, name in group.name.items():
        if not LANGUAGE.fullmatch(language):
            fix = "Write en, fr, es, ar, ru, zh or another ISO 639 code in lower case."
            yield error(f'"{language}" is not a language code', f"group, name.{language}", fix)
        if not name.strip():
            yield error("the name is empty", f"group, name.{language}", "Write it or leave it out.")
    if missing := [language for language in UN_LANGUAGES if language not in group.name]:
        yield advice(
            f"the name is missing in {', '.join(missing)}",
            "group, name",
            "Give it in all six languages of the United Nations.",
        )


def member_findings(charter: Charter) -> Iterator[Finding]:
    """States, dates and tiers of the members."""
    if not charter.members:
        fix = "Add a [[members]] table for each state, with state, tier and since."
        yield error("the charter names no member", "members", fix)
        return
    for number, member in enumerate(charter.members, 1):
        yield from state_finding(member.state, f"members {number}, state", member.until)
        yield from _period_findings(member, charter.group, f"members {number}")
        yield from _situation_findings(member, f"members {number}")
    yield from _overlap_findings(charter.members)
    yield from _inner_core_findings(charter)


def _period_findings(member: Member, group: Group, where: str) -> Iterator[Finding]:
    if member.until is not None and member.until < member.since:
        said = f"membership of {member.state} ends on {member.until}, before it starts"
        yield error(f"{said} on {member.since}", f"{where}, until", "Correct one of the two dates.")
    if group.ends is not None and member.since > group.ends:
        said = f"{member.state} joins on {member.since}, after the charter ends on {group.ends}"
        yield error(said, f"{where}, since", "Correct one of the two dates.")


def _situation_findings(member: Member, where: str) -> Iterator[Finding]:
    specific = member.tier == "situation-specific contributor"
    if specific and not (member.situation or "").strip():
        said = f"{member.state} contributes to one situation, but the charter does not say to which"
        yield error(said, f"{where}, situation", 'Write situation = "..." with its id.')
    if not specific and member.situation is not None:
        said = f"{member.state} is in the {member.tier}, which is bound in every situation"
        fix = "Leave situation out, or make it a situation-specific contributor."
        yield error(said, f"{where}, situation", fix)


def _overlap_findings(members: tuple[Member, ...]) -> Iterator[Finding]:
    numbered = list(enumerate(members, 1))
    for (first, one), (second, other) in combinations(numbered, 2):
        if one.state != other.state or not _overlap(one, other):
            continue
        start = max(one.since, other.since)
        where = f"members {second}"
        if one.tier == other.tier:
            said = f"{one.state} is in the {one.tier} twice from {start}"
            yield error(said, where, f"Remove it, or members {first}.")
        else:
            said = f"{one.state} is in two tiers at once from {start}: {one.tier} and {other.tier}"
            yield error(said, where, f"End members {first} the day before, with until = a date.")


def _overlap(one: Member, other: Member) -> bool:
    start = max(one.since, other.since)
    return start <= min(one.until or date.max, other.until or date.max)


def _inner_core_findings(charter: Charter) -> Iterator[Finding]:
    if not any(member.tier == "inner core" for member in charter.members):
        said = "no state is in the inner core: nobody in the region protects"
        yield error(said, "members", 'Give the states of the region tier = "inner core".')
        return
    present = charter.members_on(charter.group.in_force)
    if not any(member.tier == "inner core" for member in present.values()):
        said = f"no state is in the inner core on {charter.group.in_force}, the first day"
        yield error(said, "members", "Let its members' since be that day or earlier.")


def participant_findings(charter: Charter) -> Iterator[Finding]:
    """Organisations that take part, UNHCR above all."""
    seen: dict[str, int] = {}
    states = {member.state for member in charter.members}
    for number, participant in enumerate(charter.participants, 1):
        where, party = f"participants {number}, party", participant.party.strip()
        if not party:
            yield error("the participant has no name", where, "Write it, such as UNHCR.")
        elif party in seen:
            said = f"{party} is named twice"
            yield error(said, where, f"Remove it, or participants {seen[party]}.")
        elif party in states:
            said = f"{party} is a member: it cannot be a participant as well"
            yield error(said, where, "Remove one of the two.")
        seen.setdefault(party, number)
    yield from _unhcr_findings(charter.participants)


def _unhcr_findings(participants: tuple[Participant, ...]) -> Iterator[Finding]:
    cite = "(Hathaway and Neve 1997, 190-92: any member or UNHCR may convene)"
    unhcr = [participant for participant in participants if participant.party.strip() == "UNHCR"]
    if not unhcr:
        yield advice(
            f"UNHCR does not take part {cite}",
            "participants",
            'Add party = "UNHCR", role = "secretariat", may_convene = true.',
        )
    elif not any(participant.may_convene for participant in unhcr):
        number = participants.index(unhcr[0]) + 1
        said = f"UNHCR cannot call a meeting {cite}"
        yield advice(said, f"participants {number}, may_convene", "Write may_convene = true.")
