"""What of promises is on a clock, for many groups at once: days, replies, what is asked after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonhaven.commitments import Act, Asking, Book, Days, Dispute, askings, book, days_on
from commonhaven.commitments import Commitment as Value
from commonhaven.web.commitments.models import Commitment, Share, Step
from commonhaven.web.commitments.values import act_of, setting_by, value_of
from commonhaven.web.groups.models import Membership
from commonhaven.web.groups.queries import on_day

LATE = frozenset({"overdue", "asked by the chair", "before the review"})
SETTLED = ("verified", "withdrawn", "not announced")
"""Stages of a share of which nothing more is to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ongoing:
    """A promise with its book at an instant, and the instalments of which something is missing."""

    row: Commitment
    value: Value
    book: Book
    askings: tuple[Asking, ...]
    acts: Mapping[str, Act]
    """The steps that were taken, by name."""

    def doubted(self, dispute: Dispute) -> str:
        """The party whose act a dispute is about: it is for it to reply."""
        return self.acts[dispute.against].by

    @property
    def unanswered(self) -> Iterator[tuple[Dispute, str]]:
        """Every dispute that waits for a reply, with the party that has to give it."""
        for one in self.book.disputes:
            if one.open and one.replied_at is None:
                yield one, self.doubted(one)


def unsettled(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """The promises of which something is to come yet, is doubted, or went through several hands."""
    to_come = Share.objects.filter(~Q(stage__in=SETTLED) | Q(disputed__gt=0))
    passed = Step.objects.filter(kind="passed on", commitment=OuterRef("pk"))
    return rows.filter(Exists(to_come.filter(commitment=OuterRef("pk"))) | Exists(passed))


def ongoing(rows: QuerySet[Commitment], at: datetime) -> list[Ongoing]:
    """Promises with their books at an instant; the number of queries depends on nothing."""
    held = list(rows.select_related("group", "caucus").prefetch_related("steps").order_by("pk"))
    places = members_in({row.group_id for row in held}, at)
    days = {day: days_on(day) for day in {row.group.day_of(at) for row in held}}
    return [_ongoing(row, places.get(row.group_id, []), days, at) for row in held]


def _ongoing(
    row: Commitment, places: Sequence[Membership], days: Mapping[date, Days], at: datetime
) -> Ongoing:
    day = row.group.day_of(at)
    value, acts = value_of(row), [act_of(step) for step in row.steps.all()]
    found = book([value], acts, at, setting_by(places, acts, at))
    return Ongoing(
        row=row, value=value, book=found, acts={act.id: act for act in acts},
        askings=tuple(askings(found, day, days[day])),
    )  # fmt: skip


def members_in(groups: Iterable[int], at: datetime) -> dict[int, list[Membership]]:
    """Group → its members and participants on the day of an instant."""
    found: dict[int, list[Membership]] = {}
    for row in Membership.objects.filter(on_day(at.date()), group__in=groups):
        found.setdefault(row.group_id, []).append(row)
    return found


def begin_of(day: date, zone: str) -> datetime:
    """The first instant of a day on a group's clock."""
    return datetime.combine(day, time.min, ZoneInfo(zone or "UTC")).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """The last second of a day on a group's clock; what is done by then is in time."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone or "UTC"))
