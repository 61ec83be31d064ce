"""What is asked after: instalments, contributions, replies, releases at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from commonhaven.commitments import Asking, Dispute
from commonhaven.reading import decimal_text
from commonhaven.web.commitments.dated import (
    LATE,
    Ongoing,
    begin_of,
    end_of,
    ongoing,
    unsettled,
)
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.funds.dated import Kept, kept
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.good_faith.replying import Awaited, awaited
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Item
from commonhaven.web.notices.people import parties
from commonhaven.web.notices.reminder import Reminder, period

KINDS = {
    "reminded": "instalment due", "due": "instalment due", "overdue": "instalment overdue",
    "asked by the chair": "instalment asked after",
    "before the review": "instalment before the review",
}  # fmt: skip
"""Step of the asking → how it is told."""


def asked(group: Group, at: datetime) -> Iterator[Reminder]:
    """What is to be told now of promises, funds and scores; the same however often one asks."""
    promised = ongoing(unsettled(Commitment.objects.filter(group=group)), at)
    for one in promised:
        for asking in one.askings:
            yield from _step(one.row, asking, at)
        yield from _replies(one, at)
    for held in kept(Fund.objects.filter(group=group), at):
        for asking in held.askings:
            yield from _step(held.row, asking, at)
        yield from _releases(held, at)
    for score in awaited(Assessment.objects.filter(group=group), at):
        yield from _score(score, at)


def _late(since: datetime, at: datetime) -> bool:
    """Whether something is too old to be told."""
    return at - since > timedelta(days=period("told_late_days", at))


def _step(row: Commitment | Fund, asking: Asking, at: datetime) -> Iterator[Reminder]:
    """The step that one instalment or contribution has come to; each is told once."""
    kind = KINDS.get(asking.step)
    began = begin_of(asking.since, row.group.zone) if kind else at
    if kind is None or (asking.step in LATE and _late(began, at)):
        return
    due = asking.due
    yield Reminder(
        kind=kind, item=row, subject=row.subject, due=end_of(due.due, row.group.zone),
        key=f"asked:{row.subject}:{asking.step}:{due.due:%Y%m%d}:{due.instalment}:{due.giver}",
        facts={
            "title": row.title, "party": due.giver,
            "quantity": decimal_text(asking.missing.value, 4),
            "unit": asking.missing.unit,
        },
        named=parties([due.giver]),
    )  # fmt: skip


def _replies(one: Ongoing, at: datetime) -> Iterator[Reminder]:
    """Disputes whose time for a reply runs out, and those that it ran out for."""
    for dispute, party in one.unanswered:
        told = _stage(dispute.due, dispute.at, at, "obligation_second_days", "obligation_last_days")
        if told:
            yield _reply(one, dispute, "reply due", told, parties([party]))
    for dispute in one.book.disputes:
        if dispute.ended == "upheld by silence" and not _late(dispute.due, at):
            party = one.doubted(dispute)
            yield _reply(one, dispute, "reply missed", "missed", parties([party, dispute.by]))


def _stage(due: datetime, begun: datetime, at: datetime, *names: str) -> str:
    """The last reminder that is reached, of those that come after the beginning."""
    reached = ""
    for name in names:
        unit = "days" if name.endswith("_days") else "hours"
        before = timedelta(**{unit: period(name, at)})
        if due - at <= before < due - begun:
            reached = name
    return reached


def _reply(one: Ongoing, dispute: Dispute, kind: str, told: str, named: frozenset[str]) -> Reminder:
    return Reminder(
        kind=kind, item=one.row, subject=one.row.subject, due=dispute.due, named=named,
        key=f"reply:{dispute.id}:{told}",
        facts={
            "title": one.row.title, "party": one.doubted(dispute),
            "quantity": decimal_text(dispute.quantity.value, 4), "unit": dispute.quantity.unit,
        },
    )  # fmt: skip


def _releases(held: Kept, at: datetime) -> Iterator[Reminder]:
    """Releases at once: while they are open, and when their time is over."""
    row: Item = held.row
    for request, until in held.releasable:
        if at > until:
            kind, told = "release over", "" if _late(until, at) else "over"
        else:
            begun = held.convened[request.id]
            kind, told = "release open", _stage(
                until, begun, at, "clock_first_hours", "clock_last_hours"
            )  # fmt: skip
        if told:
            yield Reminder(
                kind=kind, item=row, subject=held.row.subject, due=until, named=frozenset(),
                key=f"release:{held.row.subject}:{request.id}:{told}",
                facts={"title": held.row.title, "party": request.by},
            )  # fmt: skip


def _score(one: Awaited, at: datetime) -> Iterator[Reminder]:
    """A score to which a state may reply still."""
    told = _stage(one.until, one.begun, at, "obligation_second_days", "obligation_last_days")
    if told:
        yield Reminder(
            kind="score open", item=one.row, subject=one.row.subject, due=one.until,
            key=f"score:{one.row.subject}:{one.state}:{one.until:%Y%m%dT%H%M%S}:{told}",
            facts={"title": one.row.title, "party": one.state}, named=parties([one.state]),
        )  # fmt: skip
