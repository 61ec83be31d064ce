"""What the pages of the fora show: meetings ahead, programmes, calls, a calendar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from commonhaven.processes import earliest, latest
from commonhaven.processes.fora import (
    Call,
    Cycle,
    Forum,
    OpenCall,
    Programme,
    Question,
    calls_on,
    check_programme,
    example_fora,
    fora,
    load,
    programme,
)
from commonhaven.reading.finding import Finding
from commonhaven.web.notices.entry import Entry
from commonhaven.web.processes.words import word

READ = datetime(2026, 11, 25, tzinfo=UTC)
"""When the meetings that ship were last read."""


@cache
def made_up() -> Mapping[str, Forum]:
    """The fora that ship to try things out."""
    return {name: load(name) for name in example_fora()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of a forum as its page shows it."""

    cycle: Cycle
    findings: tuple[Finding, ...]
    voices: Programme
    calls: tuple[OpenCall, ...]

    @property
    def phases(self) -> dict[str, str]:
        return {each.id: each.title for each in self.cycle.phases}

    @property
    def priorities(self) -> dict[str, str]:
        return {each.id: each.title for each in self.cycle.priorities}


def meetings(forum: Forum, day: date) -> list[Meeting]:
    """The meetings of a forum, the latest first."""
    calls = calls_on([forum], day)
    return [
        Meeting(
            cycle=cycle, findings=tuple(check_programme(cycle)), voices=programme(cycle),
            calls=tuple(each for each in calls if each.cycle == cycle.id),
        )
        for cycle in reversed(forum.cycles)
    ]  # fmt: skip


def asked_for(question: Question) -> list[str]:
    """What a question asks for, in words."""
    return [_asked(*code.split(":", 1)) for code in question.asks]


def _asked(kind: str, name: str) -> str:
    if kind == "theme":
        return word("themes", name)
    if kind == "gcr":
        return _("indicator %(name)s of the Compact on Refugees") % {"name": name}
    if kind == "gcm":
        return _("objective %(name)s of the Compact for Migration") % {"name": name}
    return name.replace("-", " ")


def calendar(known: Mapping[str, Forum]) -> list[Entry]:
    """Meetings whose days or month are known, and deadlines of calls, in order of time."""
    found = [
        entry
        for forum in known.values()
        for cycle in forum.cycles
        for entry in (*_dated(forum, cycle), *_deadlines(forum, cycle))
    ]
    return sorted(found, key=lambda each: (each.begins.isoformat(), each.uid))


def _dated(forum: Forum, cycle: Cycle) -> Iterator[Entry]:
    if "-" not in cycle.since:
        return
    exact = cycle.since.count("-") == 2 and cycle.until.count("-") != 1
    title = f"{forum.name}: {cycle.title}"
    if not exact:
        title = _("%(title)s (on days in this time that are not known)") % {"title": title}
    if not cycle.certain:
        title = _("%(title)s (uncertain)") % {"title": title}
    yield Entry(
        uid=f"forum-{forum.id}-{cycle.id}", title=title, begins=earliest(cycle.since),
        ends=latest(cycle.until or cycle.since), place=cycle.place, text=cycle.source,
        path=reverse("fora:show", args=[forum.id]), stamp=READ, busy=exact and cycle.certain,
        tentative=not cycle.certain,
    )  # fmt: skip


def _deadlines(forum: Forum, cycle: Cycle) -> Iterator[Entry]:
    for call in cycle.calls:
        if call.deadline is not None:
            yield _deadline(forum, cycle, call, call.deadline)


def _deadline(forum: Forum, cycle: Cycle, call: Call, day: date) -> Entry:
    return Entry(
        uid=f"call-{forum.id}-{cycle.id}-{call.id}",
        title=_("Last day for answers: %(title)s") % {"title": call.title}, begins=day,
        text="\n".join(each.text for each in call.questions),
        path=reverse("fora:show", args=[forum.id]), stamp=READ,
    )  # fmt: skip


def shipped() -> Mapping[str, Forum]:
    """Real fora and those that are made up, by id."""
    return {**fora(), **made_up()}
