"""Assessments as a viewer may see them: the table of a year, and one state's page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from commonhaven.web.good_faith.facts import Fact, Facts, gathered, read, score_of, unknown
from commonhaven.web.good_faith.models import Assessment, Evidence, Forgone, Reply, Version
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Item, Viewer, sees, visible
from commonhaven.web.record.subjects import items_of


def assessments_for(viewer: Viewer, group: Group) -> QuerySet[Assessment]:
    """The assessments of a group that a viewer may see, the latest year first."""
    rows = visible(Assessment.objects.filter(group=group), viewer)
    return rows.select_related("group", "fund", "plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One state of a year. ``score``: None while something is not known.

    ``paid``: for whoever sees the fund, None where nothing was divided.
    """

    state: str
    facts: Facts
    score: Fraction | None
    version: Version | None
    people: int | None
    forgoes: bool
    replied: bool
    paid: Decimal | None

    def fact(self, criterion: str) -> Fact:
        return next(each for each in self.facts if each.criterion == criterion)


def lines(row: Assessment, viewer: Viewer) -> tuple[Line, ...]:
    """Every state of a year; before it is published with the facts as they are known now."""
    versions = list(row.versions.order_by("state", "number"))
    last = {each.state: each for each in versions}
    facts = {state: read(each.facts) for state, each in last.items()}
    if row.published_at is None:
        facts = gathered(row, viewer.at)
    forgone = set(Forgone.objects.filter(assessment=row).values_list("state", flat=True))
    replied = set(Reply.objects.filter(assessment=row).values_list("state", flat=True))
    paid = payments(row, viewer)
    return tuple(
        Line(
            state=state, facts=facts[state], version=last.get(state), paid=paid.get(state),
            score=None if unknown(facts[state]) else score_of(state, facts[state]).value,
            people=row.people.get(state), forgoes=state in forgone, replied=state in replied,
        )
        for state in row.states
    )  # fmt: skip


def payments(row: Assessment, viewer: Viewer) -> Mapping[str, Decimal]:
    """State → what it was awarded, for whoever sees the fund."""
    if row.fund is None or not sees(viewer, row.fund):
        return {}
    return {state: Decimal(amount) for state, amount in row.payments.items()}


def evidence_of(row: Assessment, state: str) -> list[Evidence]:
    """What organisations brought about a state."""
    return list(row.evidence.filter(state=state).select_related("document"))


def rested_on(facts: Iterable[Fact], viewer: Viewer) -> Mapping[str, Item]:
    """Subject → what facts rest on, of that what the viewer may see."""
    subjects = [source.subject for fact in facts for source in fact.sources]
    subjects += [fact.found.document for fact in facts if fact.found and fact.found.document]
    return items_of(subjects, viewer)


def last_reply(versions: Iterable[Version]) -> datetime | None:
    """When the last time for a reply ends."""
    return max((each.replies_until for each in versions), default=None)
