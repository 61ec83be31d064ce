"""What a person's first page shows; the number of queries depends on nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Length, RowNumber

from commonhaven.procedures import Deadline
from commonhaven.web.accounts.models import Invitation
from commonhaven.web.commitments.dated import ongoing, unsettled
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.commitments.policy import may_act
from commonhaven.web.decisions.course import ACTS
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.decisions.policy import may_report
from commonhaven.web.funds.dated import kept
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.good_faith.replying import awaited
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import groups_for
from commonhaven.web.home import owed
from commonhaven.web.home.models import Look
from commonhaven.web.home.owed import Owed
from commonhaven.web.home.periods import Period, periods
from commonhaven.web.home.waiting import Seen, Task, tasks
from commonhaven.web.kit.audience import Seat, Viewer, allowed, visible
from commonhaven.web.kit.places import url_of
from commonhaven.web.kit.refused import may
from commonhaven.web.meetings.models import Document, Meeting
from commonhaven.web.meetings.queries import Standing, binds, standings
from commonhaven.web.record.models import Entry
from commonhaven.web.record.sentences import sentences

DECIDES = (
    "decision put", "vote cast", "vote changed", "decision adopted", "decision not adopted",
    "decision no quorum",
)  # fmt: skip
"""Acts on a decision that a meeting's procedure follows with a step of its own, told once."""
SHOWN = 8
"""Rows of each list of a group; the rest is a click away."""
PUBLIC = 10
CLOSED = 20
"""Closed meetings of a group whose clocks are looked at; each takes thousandths of a second."""
STATE = 3
"""Letters of a state's code; any other name owes for the group as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnClock:
    """A deadline that binds one of the person's parties, or whoever is entitled."""

    meeting: Meeting
    deadline: Deadline
    party: str

    @property
    def order(self) -> tuple[bool, datetime]:
        """What runs already comes first."""
        return self.deadline.status != "open", self.deadline.due


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One act since the person last looked."""

    sentence: str
    at: datetime
    url: str


@dataclass(slots=True, kw_only=True)
class Desk:
    """What one group asks of a person, and what is new in it."""

    group: Group
    seats: tuple[Seat, ...]
    today: date
    """The day on the group's clock."""
    owed: list[Obligation] = field(default_factory=list)
    owes: list[Owed] = field(default_factory=list)
    """The same and what is due of promises and to funds, in order of time."""
    clocks: list[OnClock] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    news_count: int = 0
    since: datetime | None = None

    @property
    def unaccepted(self) -> bool:
        """Whether credentials of the person still wait to be accepted by others."""
        return any(not seat.accepted for seat in self.seats)

    @property
    def waits(self) -> bool:
        """Whether something waits for the person."""
        return bool(self.owes or self.running or self.tasks or self.unaccepted)

    @property
    def running(self) -> list[OnClock | Period]:
        """Clocks of meetings, and periods of promises, funds and scores, in order of time."""
        return sorted([*self.clocks, *self.periods], key=lambda one: one.order)

    @property
    def due(self) -> datetime | None:
        """The next instant at which something is due."""
        found = [one.deadline.due for one in self.clocks if one.deadline.status == "open"]
        found += [one.due for one in self.periods]
        found += [one.ends for one in self.owes if one.ends]
        found += [one.due for one in self.tasks if one.due]
        return min(found, default=None)


def desks(viewer: Viewer) -> list[Desk]:
    """A desk for each group in which the person has a seat, what is due first."""
    groups = Group.objects.filter(pk__in=viewer.groups)
    found = {
        one.pk: Desk(group=one, seats=viewer.seats_in(one.pk), today=one.day_of(viewer.at))
        for one in groups
    }
    if not found:
        return []
    stood = _stood(found, viewer)
    seats = {pk: desk.seats for pk, desk in found.items()}
    ours = Commitment.objects.filter(group__in=found)
    years = Assessment.objects.filter(group__in=found)
    seen = Seen(
        standings=stood, promised=ongoing(unsettled(visible(ours, viewer)), viewer.at),
        kept=kept(visible(Fund.objects.filter(group__in=found), viewer), viewer.at),
        scored=awaited(visible(years, viewer), viewer.at),
    )  # fmt: skip
    _owed(found, viewer)
    _due(found, seen, viewer)
    _clocks(found, stood)
    waiting = tasks(seats, seen, viewer)
    for pk, desk in found.items():
        desk.tasks = waiting[pk]
    _news(found, viewer)
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(found.values(), key=lambda desk: (desk.due or far, desk.group.slug))


def _owed(desks: Mapping[int, Desk], viewer: Viewer) -> None:
    """Open obligations that the person may report as done, each in its own group."""
    theirs = Q(pk__in=())
    for pk, desk in desks.items():
        own = Q(party__in={seat.party for seat in desk.seats})
        theirs |= Q(group=pk) & (own | ~Q(letters=STATE))
    rows = Obligation.objects.annotate(letters=Length("party")).filter(theirs, done_at=None)
    rows = visible(rows, viewer)
    rows = visible(rows, viewer, "decision__").order_by(F("due").asc(nulls_last=True), "pk")
    for row in rows.select_related("decision", "group"):
        desk = desks[row.group_id]
        if any(may(may_report, seat, row) for seat in desk.seats):
            desk.owed.append(row)


def _due(desks: Mapping[int, Desk], seen: Seen, viewer: Viewer) -> None:
    """All that the person's parties owe, and the periods that run, in order of time."""
    numbers = owed.numbers_for(viewer, [one for desk in desks.values() for one in desk.owed])
    for pk, desk in desks.items():
        acting = {pk: [seat for seat in desk.seats if may(may_act, seat)]}
        ours = [one for one in seen.promised if one.row.group_id == pk]
        held = [one for one in seen.kept if one.row.group_id == pk]
        scored = [one for one in seen.scored if one.row.group_id == pk]
        owes = [owed.of_duty(one, numbers, desk.today) for one in desk.owed]
        owes += [*owed.of_promises(ours, acting), *owed.of_funds(held, acting)]
        desk.owes = sorted(owes, key=owed.in_order)
        desk.periods = list(periods(ours, held, scored, acting))


def _stood(desks: Mapping[int, Desk], viewer: Viewer) -> list[Standing]:
    """Where the meetings stand that the person sees: open ones, and each group's last closed ones.

    After a meeting is closed its reviews run on, and a default may wait to be recorded.
    """
    rows = visible(Meeting.objects.filter(group__in=list(desks)), viewer)
    rows = rows.select_related("group", "situation", "caucus")
    last = [F("closed_at").desc(), F("pk").desc()]
    turn = Window(RowNumber(), partition_by=F("group"), order_by=last)
    closed = rows.exclude(closed_at=None).annotate(turn=turn).filter(turn__lte=CLOSED)
    meetings = [*rows.filter(closed_at=None).order_by("pk"), *closed.order_by("pk")]
    return standings(meetings, viewer.at) if meetings else []


def _clocks(desks: Mapping[int, Desk], stood: Iterable[Standing]) -> None:
    """Clocks that wait for an act which the person may do."""
    for standing in stood:
        desk = desks[standing.meeting.group_id]
        for deadline in standing.running:
            bound = [seat for seat in desk.seats if binds(standing, deadline, seat)]
            desk.clocks += [
                OnClock(
                    meeting=standing.meeting, deadline=deadline,
                    party=seat.party if deadline.by else "",
                )
                for seat in bound[:1]
            ]  # fmt: skip
    for desk in desks.values():
        desk.clocks.sort(key=lambda one: one.order)


def _news(desks: Mapping[int, Desk], viewer: Viewer) -> None:
    """Acts of others since the person last looked, the newest first."""
    looks = dict(Look.objects.filter(user=viewer.user).values_list("group", "seen_at"))
    fresh = Q(pk__in=())
    for pk, desk in desks.items():
        desk.since = looks.get(pk)
        after = Q(created_at__gt=desk.since) if desk.since else Q()
        fresh |= Q(group=pk) & after
    rows = visible(Entry.objects.filter(fresh), viewer)
    rows = rows.exclude(person__isnull=False, person=viewer.user)
    decided = Entry.objects.filter(
        allowed(viewer), group=OuterRef("group"), created_at=OuterRef("created_at"),
        act__in=DECIDES,
    )  # fmt: skip
    rows = rows.exclude(Q(act__in=ACTS) & Exists(decided))
    for row in rows.order_by().values("group").annotate(number=Count("pk")):
        desks[row["group"]].news_count = row["number"]
    newest = [F("created_at").desc(), F("number").desc()]
    place = Window(RowNumber(), partition_by=F("group"), order_by=newest)
    latest = rows.annotate(place=place).filter(place__lte=SHOWN).order_by("group", *newest)
    entries = list(latest)
    for entry, told in zip(entries, sentences(entries, viewer), strict=True):
        desk = desks[entry.group_id]
        url = url_of(entry.subject, desk.group.slug)
        desk.news.append(News(sentence=told, at=entry.created_at, url=url))


def invitations_to(email: str, at: datetime) -> QuerySet[Invitation]:
    """Invitations to an address that can still be accepted."""
    rows = Invitation.objects.filter(email__iexact=email, used_at=None, withdrawn_at=None)
    return rows.filter(expires_at__gt=at).select_related("group")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """What everyone may see."""

    groups: list[Group]
    decisions: list[Decision]
    documents: list[Document]


def public_window(viewer: Viewer) -> PublicPage:
    """Groups, decisions and documents that everyone may see, the newest first."""
    anyone = Viewer(at=viewer.at)
    listed = groups_for(anyone)
    decided = visible(Decision.objects.filter(group__in=listed.values("pk")), anyone)
    decided = decided.exclude(status__in=["open", "withdrawn"]).select_related("group")
    papers = visible(Document.objects.filter(group__in=listed.values("pk")), anyone)
    papers = papers.filter(Q(meeting=None) | allowed(anyone, "meeting__")).select_related("group")
    return PublicPage(
        groups=list(listed[:PUBLIC]),
        decisions=list(decided.order_by("-decided_at", "-pk")[:PUBLIC]),
        documents=list(papers.order_by("-created_at", "-pk")[:PUBLIC]),
    )
