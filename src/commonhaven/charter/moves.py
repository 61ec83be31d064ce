"""Who joins, leaves or moves between two versions of a charter, in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from commonhaven.charter.known import state_name
from commonhaven.charter.model import Charter, Limit, Member, Participant
from commonhaven.charter.phrases import Phrase, day_text, sentence, shown

IN_TIER = {
    "inner core": "the inner core",
    "outer core": "the outer core",
    "situation-specific contributor": "the situation-specific contributors",
}
LIMIT = {
    "at_least": "least number of people",
    "at_most": "greatest number of people",
    "exempt": "exemption",
    "deduction": "deduction",
    "decision": "decision",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change from a version to the next: which term, its old and new value, in a sentence."""

    what: str
    old: str
    new: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def member_changes(old: Charter, new: Charter) -> Iterator[Change]:
    """A sentence for every state whose membership changes."""
    gone, come = _left_over(old.members, new.members)
    if len(gone) == len(come) == 1 and replace(gone[0], state=come[0].state) == come[0]:
        yield _successor(gone[0], come[0])
        return
    for state in sorted({member.state for member in (*gone, *come)}):
        before = sorted((m for m in gone if m.state == state), key=lambda m: m.since)
        after = sorted((m for m in come if m.state == state), key=lambda m: m.since)
        yield from _one_state(before, after, new.group.in_force)


def _left_over(old: Sequence[Member], new: Sequence[Member]) -> tuple[list[Member], list[Member]]:
    gone = [member for member in old if member not in new]
    come = [member for member in new if member not in old]
    return gone, come


def _successor(old: Member, new: Member) -> Change:
    said = f"{state_name(new.state)} takes the place of {state_name(old.state)} in {_tier(old)}."
    return Change(what="members", old=old.state, new=new.state, sentence=said)


def _one_state(before: list[Member], after: list[Member], day: date) -> Iterator[Change]:
    if len(before) == 1 and len(after) == 1:
        yield from _one_membership(before[0], after[0], day)
    elif len(before) == 1 and len(after) == 2 and _handed_on(before[0], *after):
        yield _move(before[0], after[1], after[1].since)
    else:
        for member in before:
            yield _leaves(member)
        for member in after:
            yield _joins(member)


def _handed_on(old: Member, ended: Member, follows: Member) -> bool:
    """The old membership ends the day before another tier begins."""
    if ended.until is None or follows.tier == old.tier:
        return False
    unchanged = replace(ended, until=old.until) == old
    return unchanged and follows.since == ended.until + timedelta(days=1)


def _one_membership(old: Member, new: Member, day: date) -> Iterator[Change]:
    name, what = state_name(new.state), f"members.{new.state}"
    if old.tier != new.tier:
        yield _move(old, new, new.since if new.since != old.since else day)
    elif old.since != new.since:
        said = f"{name} is in {_tier(new)} from {day_text(new.since)}, not {day_text(old.since)}."
        yield _change(f"{what}.since", old.since, new.since, said)
    if old.until != new.until:
        subject = f"The last day of {name} in {_tier(new)}"
        said = sentence(Phrase(subject=subject), old.until, new.until)
        yield _change(f"{what}.until", old.until, new.until, said)
    if old.situation != new.situation:
        subject = f"The situation to which {name} contributes"
        said = sentence(Phrase(subject=subject), old.situation, new.situation)
        yield _change(f"{what}.situation", old.situation, new.situation, said)


def _move(old: Member, new: Member, day: date) -> Change:
    name = state_name(new.state)
    said = f"{name} moves from {_tier(old)} to {_tier(new)} on {day_text(day)}."
    return _change(f"members.{new.state}.tier", old.tier, new.tier, said)


def _joins(new: Member) -> Change:
    said = f"{state_name(new.state)} joins {_tier(new)} on {day_text(new.since)}"
    said += f" until {day_text(new.until)}" if new.until else ""
    said += f", for {new.situation}" if new.situation else ""
    return _change(f"members.{new.state}", None, new.tier, f"{said}.")


def _leaves(old: Member) -> Change:
    since = f"of which it was a member from {day_text(old.since)}"
    said = f"{state_name(old.state)} no longer appears in {_tier(old)}, {since}."
    return _change(f"members.{old.state}", old.tier, None, said)


def _tier(member: Member) -> str:
    return IN_TIER[member.tier]


def participant_changes(old: Sequence[Participant], new: Sequence[Participant]) -> Iterator[Change]:
    """A sentence for every organisation that joins, leaves or changes its role."""
    before = {each.party: each for each in old}
    after = {each.party: each for each in new}
    gone = [before[party] for party in sorted(before.keys() - after.keys())]
    come = [after[party] for party in sorted(after.keys() - before.keys())]
    if len(gone) == len(come) == 1 and replace(gone[0], party=come[0].party) == come[0]:
        said = f"{come[0].party} takes the place of {gone[0].party} as {gone[0].role}."
        yield _change("participants", gone[0].party, come[0].party, said)
        gone, come = [], []
    for each in gone:
        said = f"{each.party}, {each.role}, no longer takes part."
        yield _change(f"participants.{each.party}", each.role, None, said)
    for each in come:
        calls = " and may call a meeting" if each.may_convene else ""
        said = f"{each.party} takes part as {each.role}{calls}."
        yield _change(f"participants.{each.party}", None, each.role, said)
    for party in sorted(before.keys() & after.keys()):
        yield from _same_party(before[party], after[party])


def _same_party(old: Participant, new: Participant) -> Iterator[Change]:
    what = f"participants.{new.party}"
    if old.role != new.role:
        said = f"{new.party} takes part as {new.role} instead of {old.role}."
        yield _change(f"{what}.role", old.role, new.role, said)
    if old.may_convene != new.may_convene:
        phrase = Phrase(subject=f"The right of {new.party} to call a meeting")
        said = sentence(phrase, old.may_convene, new.may_convene)
        yield _change(f"{what}.may_convene", old.may_convene, new.may_convene, said)


def limit_changes(old: Sequence[Limit], new: Sequence[Limit]) -> Iterator[Change]:
    """A sentence for every floor, ceiling, exemption or deduction that changes."""
    before = {each.state: each for each in old}
    after = {each.state: each for each in new}
    gone = [before[state] for state in sorted(before.keys() - after.keys())]
    come = [after[state] for state in sorted(after.keys() - before.keys())]
    if len(gone) == len(come) == 1 and replace(gone[0], state=come[0].state) == come[0]:
        one, other = state_name(gone[0].state), state_name(come[0].state)
        said = f"The limit of {one} ({_terms(gone[0])}) passes to {other}."
        yield _change("responsibility.limits", gone[0].state, come[0].state, said)
        gone, come = [], []
    for each in gone:
        said = f"The limit of {state_name(each.state)} ends ({_terms(each)})."
        yield _change(f"responsibility.limits.{each.state}", _terms(each), None, said)
    for each in come:
        said = f"{state_name(each.state)} is granted a limit: {_terms(each)} ({each.decision})."
        yield _change(f"responsibility.limits.{each.state}", None, _terms(each), said)
    for state in sorted(before.keys() & after.keys()):
        yield from _same_limit(before[state], after[state])


def _same_limit(old: Limit, new: Limit) -> Iterator[Change]:
    for field, words in LIMIT.items():
        one, other = getattr(old, field), getattr(new, field)
        if one != other:
            phrase = Phrase(subject=f"In the limit of {state_name(new.state)}, the {words}")
            what = f"responsibility.limits.{new.state}.{field}"
            yield _change(what, one, other, sentence(phrase, one, other))


def _terms(limit: Limit) -> str:
    parts = [
        f"{words} {shown(getattr(limit, field))}"
        for field, words in LIMIT.items()
        if field not in ("exempt", "decision") and getattr(limit, field) is not None
    ]
    return ", ".join([*parts, *(["exempt"] if limit.exempt else [])]) or "nothing"


def _change(what: str, old: object, new: object, said: str) -> Change:
    return Change(what=what, old=shown(old), new=shown(new), sentence=said)
