"""Rows that acts on decisions lock, in one order: the decision, its plan, its meeting."""

from django.db.models import QuerySet

from commonhaven.web.decisions.models import Decision
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.models import Plan


def held_decision(decision: Decision) -> Decision:
    """The decision, locked, then its plan and its meeting.

    Acts on plans and in meetings lock these before the end of the record's chain; a decision that
    took the chain first would wait for them while they wait for it.
    """
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        "group", "meeting", "meeting__group", "plan", "plan__situation", "plan__group", "charter"
    )
    found = rows.get(pk=decision.pk)
    if found.plan is not None:
        hold_plans(Plan.objects.filter(pk=found.plan.pk))
    if found.meeting is not None:
        found.meeting = held_meeting(found.meeting)
    return found


def hold_plans(plans: QuerySet[Plan]) -> None:
    list(plans.select_for_update().order_by("pk").values_list("pk"))


def held_meeting(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("group", "caucus")
    return rows.get(pk=meeting.pk)
