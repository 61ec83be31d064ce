"""Documents: HTML that stands alone, and tagged PDF, in the languages of those who decide."""

from commonhaven.reports.annual_review import AnnualReview, Attendance
from commonhaven.reports.document import LANGUAGES, Document
from commonhaven.reports.handover_pack import (
    HandoverPack,
    OpenDuty,
    OpenMatter,
    RunningClock,
    Seat,
)
from commonhaven.reports.html import html, style
from commonhaven.reports.meeting_record import Attendee, Decided, Item, MeetingRecord, Position
from commonhaven.reports.pdf import pages, pdf
from commonhaven.reports.plan_explained import PlanExplained
from commonhaven.reports.prose import Prose, Version
from commonhaven.reports.situation_brief import Arrivals, SituationBrief, Trigger

__all__ = [
    "LANGUAGES",
    "AnnualReview",
    "Arrivals",
    "Attendance",
    "Attendee",
    "Decided",
    "Document",
    "HandoverPack",
    "Item",
    "MeetingRecord",
    "OpenDuty",
    "OpenMatter",
    "PlanExplained",
    "Position",
    "Prose",
    "RunningClock",
    "Seat",
    "SituationBrief",
    "Trigger",
    "Version",
    "html",
    "pages",
    "pdf",
    "style",
]
