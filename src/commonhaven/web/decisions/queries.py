"""Decisions and obligations as a viewer may see them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Item, Viewer, visible
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.saying import by_name
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.policy import within

SOON = timedelta(days=30)


def decisions_for(viewer: Viewer, group: Group) -> QuerySet[Decision]:
    """The decisions of a group that a viewer may see, the open ones first."""
    rows = visible(Decision.objects.filter(group=group), viewer)
    return rows.select_related("group", "meeting").order_by(
        F("decided_at").asc(nulls_first=True), "-number"
    )


def open_decisions(viewer: Viewer, group: Group | None = None) -> QuerySet[Decision]:
    """The questions that wait for votes, in one group or in all of the viewer's."""
    groups = [group.pk] if group is not None else list(viewer.groups)
    rows = visible(Decision.objects.filter(group__in=groups, status="open"), viewer)
    return rows.select_related("group", "meeting").order_by("closes_at", "number")


def carried_out(item: Item) -> list[tuple[str, str]]:
    """The decisions in force that an act on an item can carry out: subject and title.

    The act names the decision to whoever sees the item, so that all of these see it too.
    """
    rows = Decision.objects.filter(group=item.group_id, status=Decision.Status.ADOPTED)
    known = rows.select_related("caucus").defer("text", "tally").order_by("-number")
    placing = Placing.of(item)
    return [(row.subject, f"{row.number}: {row.title}") for row in known if within(placing, row)]


def stands(decision: str, item: Item) -> None:
    """Conflict where an act on an item would carry out a decision that it cannot name."""
    if decision and decision not in dict(carried_out(item)):
        raise Conflict(
            "the group has taken no such decision",
            fix="Name one that stands, for everybody who sees this.",
        )


def obligations_of(
    viewer: Viewer, group: Group | None = None, party: str = ""
) -> QuerySet[Obligation]:
    """What is owed, by due date: in one group or in all of the viewer's, by one party or by all."""
    rows = visible(Obligation.objects.all(), viewer)
    rows = rows.filter(group=group) if group else rows.filter(group__in=viewer.groups)
    if party:
        rows = rows.filter(party=party)
    return rows.select_related("group", "decision").order_by("due", "party", "code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many obligations are open, overdue, soon due, reported in time and late."""

    open: int
    overdue: int
    soon: int
    in_time: int
    late: int


def filtered(rows: QuerySet[Obligation], when: str, today: date) -> QuerySet[Obligation]:
    """The obligations that are overdue, soon due, open or done; all for any other word."""
    waiting = Q(done_at__isnull=True)
    choices = {
        "overdue": waiting & Q(due__lt=today),
        "soon": waiting & Q(due__gte=today, due__lte=today + SOON),
        "open": waiting,
        "done": ~waiting,
    }
    return rows.filter(choices[when]) if when in choices else rows


def standing(rows: QuerySet[Obligation], group: Group, at: datetime) -> Standing:
    """The counts, of the same rows of a group that the viewer sees."""
    today = group.day_of(at)
    held = list(rows.values_list("due", "done_at"))
    waiting = [due for due, done in held if done is None]
    done = [(due, group.day_of(when)) for due, when in held if when is not None]
    return Standing(
        open=len(waiting),
        overdue=sum(due is not None and due < today for due in waiting),
        soon=sum(due is not None and today <= due <= today + SOON for due in waiting),
        in_time=sum(due is None or day <= due for due, day in done),
        late=sum(due is not None and day > due for due, day in done),
    )


def parties_of(rows: QuerySet[Obligation]) -> list[str]:
    """The parties that owe anything, by name."""
    return sorted(set(rows.order_by().values_list("party", flat=True)), key=by_name)


def by_party(rows: QuerySet[Obligation], parties: list[str]) -> QuerySet[Obligation]:
    """By due date, of one day in the order of the parties."""
    if not parties:
        return rows
    places = [When(party=party, then=Value(place)) for place, party in enumerate(parties)]
    place = Case(*places, default=Value(len(parties)), output_field=IntegerField())
    return rows.order_by("due", place, "party", "code")


def tally_of(decision: Decision) -> dict[str, Any]:
    """The count as recorded: present, recused, each mode with its working."""
    held: dict[str, Any] = json.loads(decision.tally)
    return held


def own_to_vote(decision: Decision, voters: Iterable[str], viewer: Viewer) -> list[str]:
    """The viewer's states that may vote on a question now."""
    seats = viewer.seats_in(decision.group_id)
    can = {
        s.party for s in seats if s.accepted and s.capacity in {"head of delegation", "delegate"}
    }
    return sorted(can & set(voters))
