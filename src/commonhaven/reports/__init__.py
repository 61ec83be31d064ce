"""Documents: HTML that stands alone, and tagged PDF, in the languages of those who decide."""

from commonhaven.reports.document import LANGUAGES, Document
from commonhaven.reports.html import html, style
from commonhaven.reports.pdf import pages, pdf
from commonhaven.reports.plan_explained import PlanExplained
from commonhaven.reports.prose import Prose, Version
from commonhaven.reports.situation_brief import Arrivals, SituationBrief, Trigger

__all__ = [
    "LANGUAGES",
    "Arrivals",
    "Document",
    "PlanExplained",
    "Prose",
    "SituationBrief",
    "Trigger",
    "Version",
    "html",
    "pages",
    "pdf",
    "style",
]
