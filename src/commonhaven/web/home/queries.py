"""What a person's first page shows; the number of queries depends on nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from commonhaven.procedures import Deadline
from commonhaven.web.accounts.models import Invitation
from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.decisions.course import ACTS
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import groups_for
from commonhaven.web.home.models import Look
from commonhaven.web.kit.audience import Seat, Viewer, allowed, visible
from commonhaven.web.kit.places import url_of
from commonhaven.web.meetings.models import Credential, Document, Meeting
from commonhaven.web.meetings.queries import standings
from commonhaven.web.plans.models import Plan
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
VOTES = frozenset({"head of delegation", "delegate"})
"""Capacities that vote for their party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnClock:
    """A deadline that binds one of the person's parties, or whoever is entitled."""

    meeting: Meeting
    deadline: Deadline
    party: str


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
    owed: list[Obligation] = field(default_factory=list)
    clocks: list[OnClock] = field(default_factory=list)
    votes: list[Decision] = field(default_factory=list)
    opinions: list[Plan] = field(default_factory=list)
    own_credentials: list[Seat] = field(default_factory=list)
    seats_to_accept: int = 0
    credentials: list[Credential] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    news_count: int = 0
    since: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether something waits for the person."""
        return bool(
            self.owed or self.clocks or self.votes or self.opinions or self.own_credentials
            or self.seats_to_accept or self.credentials
        )  # fmt: skip

    @property
    def due(self) -> datetime | None:
        """The next instant at which something is due."""
        found = [one.deadline.due for one in self.clocks if one.deadline.status == "open"]
        found += [end_of_day(one) for one in self.owed if one.due]
        found += [one.closes_at for one in self.votes if one.closes_at]
        found += [one.asked.due_at for one in self.opinions]
        return min(found, default=None)


def end_of_day(obligation: Obligation) -> datetime:
    """The last instant of the day on which an obligation is due."""
    assert obligation.due is not None  # noqa: S101 - asked of those with a day only
    return datetime.combine(obligation.due, time.max, UTC)


def desks(viewer: Viewer) -> list[Desk]:
    """A desk for each group in which the person has a seat, what is due first."""
    groups = Group.objects.filter(pk__in=viewer.groups)
    found = {one.pk: Desk(group=one, seats=viewer.seats_in(one.pk)) for one in groups}
    if not found:
        return []
    _owed(found, viewer)
    _clocks(found, viewer)
    _votes(found, viewer)
    _opinions(found, viewer)
    _waiting(found, viewer)
    _news(found, viewer)
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(found.values(), key=lambda desk: (desk.due or far, desk.group.slug))


def parties(seats: Iterable[Seat]) -> frozenset[str]:
    """The parties for which seats act."""
    return frozenset(seat.party for seat in seats)


def _own(desks: Mapping[int, Desk], path: str = "party") -> Q:
    """Rows of the person's parties, each in its own group."""
    chosen = Q(pk__in=())
    for pk, desk in desks.items():
        chosen |= Q(group=pk, **{f"{path}__in": parties(desk.seats)})
    return chosen


def _owed(desks: Mapping[int, Desk], viewer: Viewer) -> None:
    rows = visible(Obligation.objects.filter(_own(desks), done_at=None), viewer)
    rows = visible(rows, viewer, "decision__").order_by(F("due").asc(nulls_last=True), "pk")
    for row in rows.select_related("decision")[:500]:
        desks[row.group_id].owed.append(row)


def _clocks(desks: Mapping[int, Desk], viewer: Viewer) -> None:
    rows = visible(Meeting.objects.filter(group__in=list(desks), closed_at=None), viewer)
    meetings = list(rows.select_related("group", "situation", "caucus")[:200])
    for standing in standings(meetings, viewer.at) if meetings else ():
        desk = desks[standing.meeting.group_id]
        own = parties(desk.seats)
        for deadline in standing.running:
            bound = sorted(own & set(deadline.by)) if deadline.by else [""]
            desk.clocks += [
                OnClock(meeting=standing.meeting, deadline=deadline, party=party)
                for party in bound[:1]
            ]
    for desk in desks.values():
        desk.clocks.sort(key=lambda one: (one.deadline.status != "open", one.deadline.due))


def _votes(desks: Mapping[int, Desk], viewer: Viewer) -> None:
    """Open decisions on which a member that the person votes for has not voted."""
    voting = {
        pk: parties(s for s in desk.seats if s.member and s.capacity in VOTES and s.accepted)
        for pk, desk in desks.items()
    }
    rows = visible(Decision.objects.filter(group__in=list(desks), status="open"), viewer)
    rows = rows.select_related("group")
    for row in rows.prefetch_related("votes").order_by("closes_at", "number")[:200]:
        cast = {vote.party for vote in row.votes.all()}
        if voting[row.group_id] - cast:
            desks[row.group_id].votes.append(row)


def _opinions(desks: Mapping[int, Desk], viewer: Viewer) -> None:
    """Plans on which UNHCR was asked for its opinion and has given none yet."""
    asked = [
        pk for pk, desk in desks.items()
        if any(seat.capacity == "unhcr" and seat.accepted for seat in desk.seats)
    ]  # fmt: skip
    rows = Plan.objects.filter(group__in=asked, status="tabled", asked__noted_at=None)
    rows = visible(rows.exclude(asked=None).exclude(opinions__party="UNHCR"), viewer)
    for row in rows.defer("text", "talks").select_related("asked", "group").order_by("pk")[:50]:
        desks[row.group_id].opinions.append(row)


def _waiting(desks: Mapping[int, Desk], viewer: Viewer) -> None:
    """Credentials: the person's own, and those that the person is to accept."""
    runs = [pk for pk, desk in desks.items() if any(_accepts(seat) for seat in desk.seats)]
    seats = SeatRow.objects.filter(group__in=runs, accepted_at=None, refused_at=None)
    counted = seats.exclude(user=viewer.user).values("group").annotate(number=Count("pk"))
    for row in counted:
        desks[row["group"]].seats_to_accept = row["number"]
    presented = Credential.objects.filter(
        allowed(viewer, "meeting__"), meeting__group__in=runs, meeting__closed_at=None,
        accepted_at=None, refused_at=None,
    )  # fmt: skip
    for credential in presented.select_related("meeting")[:100]:
        desks[credential.meeting.group_id].credentials.append(credential)
    for desk in desks.values():
        desk.own_credentials = [seat for seat in desk.seats if not seat.accepted]


def _accepts(seat: Seat) -> bool:
    return seat.accepted and (seat.capacity == "secretariat" or seat.chair)


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
    place = Window(RowNumber(), partition_by=F("group"), order_by=F("number").desc())
    latest = rows.annotate(place=place).filter(place__lte=SHOWN).order_by("group", "-number")
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
