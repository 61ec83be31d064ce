"""Remind of clocks and of what is owed: what is opened, due, missed, each told once."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from commonhaven.procedures import Deadline
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import sees
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import standings
from commonhaven.web.notices.asking import asked
from commonhaven.web.notices.clock_words import CLOCKS
from commonhaven.web.notices.models import Notice
from commonhaven.web.notices.people import Person, parties, people_of
from commonhaven.web.notices.reminder import Reminder, period


def remind(group: Group, at: datetime) -> int:
    """Tell what is due in a group at an instant, as far as it was not told; how many are meant.

    Late rounds tell what still matters: of several reminders passed meanwhile only the last.
    """
    found = [*_clocks(group, at), *_obligations(group, at), *asked(group, at)]
    if not found:
        return 0
    people = people_of(group, at)
    rows = [_notice(one, person, at) for one in found for person in people if _meant(one, person)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _meant(one: Reminder, person: Person) -> bool:
    return person.belongs(CLOCKS[one.kind].to, one.named) and sees(person.viewer, one.item)


def _notice(one: Reminder, person: Person, at: datetime) -> Notice:
    return Notice(
        user=person.user, group=one.item.group, kind=one.kind, subject=one.subject,
        facts=one.facts, to_do=person.belongs(CLOCKS[one.kind].do, one.named),
        due_at=one.due, key=one.key[:200],
        audience=one.item.audience, caucus=one.item.caucus, release_at=one.item.release_at,
        created_at=at,
    )  # fmt: skip


def _clocks(group: Group, at: datetime) -> Iterator[Reminder]:
    rows = Meeting.objects.filter(group=group).order_by("pk")
    meetings = list(rows.select_related("group", "charter", "situation", "caucus"))
    for standing in standings(meetings, at) if meetings else []:
        everyone = (*standing.setting.members, *standing.setting.secretariat)
        for deadline in told_of(standing.state.deadlines):
            begun = deadline.opens or standing.state.since or standing.meeting.created_at
            told = clock_stage(deadline, begun, at)
            if told:
                yield _clock(standing.meeting, deadline, told, deadline.by or everyone)


def told_of(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """The clocks to tell of: not the one over all, where each party has its own to the same end."""
    ends = {deadline.due for deadline in deadlines if ":" in deadline.id}
    return [one for one in deadlines if ":" in one.id or one.due not in ends or len(one.by) < 2]


def clock_stage(deadline: Deadline, begun: datetime, at: datetime) -> str:
    """What is to be told of a clock now: "opened", a reminder, "missed", or nothing.

    A clock that gives no more time than a reminder's is told when it opens, and not again then.
    """
    if deadline.status == "missed":
        late = timedelta(days=period("told_late_days", at))
        return "missed" if at - deadline.due <= late else ""
    if deadline.status != "open":
        return ""
    left, given = deadline.due - at, deadline.due - begun
    for name in ("clock_last_hours", "clock_first_hours"):
        hours = timedelta(hours=period(name, at))
        if left <= hours < given:
            return name.removesuffix("_hours").removeprefix("clock_")
    return "opened"


def _clock(meeting: Meeting, deadline: Deadline, told: str, by: Sequence[str]) -> Reminder:
    kinds = {"opened": "clock opened", "missed": "clock missed"}
    facts = {
        "title": meeting.title, "what": deadline.what.rstrip("."),
        "silence": deadline.silence_means, "codes": list(by) if len(by) == 1 else [],
    }  # fmt: skip
    return Reminder(
        kind=kinds.get(told, "clock runs out"), item=meeting, subject=f"meeting/{meeting.pk}",
        key=f"clock:{meeting.pk}:{deadline.id}:{deadline.due:%Y%m%dT%H%M%S}:{told}",
        facts=facts, due=deadline.due, named=parties(by),
    )  # fmt: skip


def end_of(obligation: Obligation) -> datetime | None:
    """The last instant of the day on which an obligation is due, on the group's clock."""
    if obligation.due is None:
        return None
    return datetime.combine(obligation.due, time.max, ZoneInfo(obligation.group.zone))


def obligation_stage(due: datetime, at: datetime) -> str:
    """What is to be told of an obligation now: "overdue", a reminder, or nothing."""
    if at > due:
        late = timedelta(days=period("told_late_days", at))
        return "overdue" if at - due <= late else ""
    for name in ("obligation_last_days", "obligation_second_days", "obligation_first_days"):
        if due - at <= timedelta(days=period(name, at)):
            return name.removesuffix("_days").removeprefix("obligation_")
    return ""


def _obligations(group: Group, at: datetime) -> Iterator[Reminder]:
    last = at.date() + timedelta(days=period("obligation_first_days", at) + 1)
    first = at.date() - timedelta(days=period("told_late_days", at) + 1)
    owed = Obligation.objects.filter(
        group=group, done_at__isnull=True, due__gte=first, due__lte=last
    ).select_related("group", "caucus")
    for one in owed:
        due = end_of(one)
        told = obligation_stage(due, at) if due else ""
        if due and told:
            yield Reminder(
                kind="obligation overdue" if told == "overdue" else "obligation due",
                item=one, subject=f"obligation/{one.pk}", key=f"owed:{one.pk}:{due:%Y%m%d}:{told}",
                facts={"what": one.what.rstrip("."), "title": one.what[:200]}, due=due,
                named=frozenset({one.party}),
            )  # fmt: skip
