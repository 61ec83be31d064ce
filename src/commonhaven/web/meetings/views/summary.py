"""The summary record."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import visible
from commonhaven.web.kit.visit import Visit, in_group
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.forms import TextForm
from commonhaven.web.meetings.models import AdoptedText, Meeting, SummaryParagraph
from commonhaven.web.meetings.views.common import Deed, around, child, do, meeting_for
from commonhaven.web.meetings.words import changes


def _paragraph(meeting: Meeting, given: Mapping[str, Any]) -> SummaryParagraph:
    found: SummaryParagraph = child(
        SummaryParagraph.objects.filter(meeting=meeting).select_related("meeting__group"),
        given.get("id"),
    )
    return found


DEEDS = {
    "draft": Deed(
        form=TextForm, done=_("The paragraph is in the draft."),
        act=lambda visit, meeting, seat, given: actions.draft_paragraph(
            meeting=meeting, text=given["text"], by=seat, at=visit.now
        ),
    ),
    "correct": Deed(
        form=TextForm, done=_("The correction is proposed."),
        act=lambda visit, meeting, seat, given: actions.correct_paragraph(
            paragraph=_paragraph(meeting, given), text=given["text"], by=seat, at=visit.now
        ),
    ),
    "accept": Deed(
        done=_("The correction is accepted."),
        act=lambda visit, meeting, seat, given: actions.settle_correction(
            correction=_paragraph(meeting, given), accept=True, by=seat, at=visit.now
        ),
    ),
    "reject": Deed(
        done=_("The correction is rejected."),
        act=lambda visit, meeting, seat, given: actions.settle_correction(
            correction=_paragraph(meeting, given), accept=False, by=seat, at=visit.now
        ),
    ),
    "withdraw": Deed(
        done=_("The correction is withdrawn."),
        act=lambda visit, meeting, seat, given: actions.withdraw_correction(
            correction=_paragraph(meeting, given), by=seat, at=visit.now
        ),
    ),
    "adopt": Deed(
        done=_("The summary record is adopted and fixed."),
        act=lambda visit, meeting, seat, _given: actions.adopt_summary(
            meeting=meeting, by=seat, at=visit.now
        ),
    ),
}  # fmt: skip


@in_group
def summary(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What the meeting did, paragraph by paragraph, with the corrections proposed."""
    meeting = meeting_for(request, group, pk)
    if request.method == "POST":
        return do(
            request, group, meeting, DEEDS, reverse("meetings:summary", args=[group.slug, pk])
        )
    rows = list(visible(SummaryParagraph.objects.filter(meeting=meeting), request.viewer))
    texts = {one.pk: one.text for one in rows}
    stand = [one for one in rows if one.status in ("accepted", "adopted")]
    shown = [
        {
            "paragraph": one,
            "corrections": [
                {"row": other, "pieces": changes(texts.get(other.replaces_id or 0, ""), other.text)}
                for other in rows
                if other.number == one.number and other.status == "proposed"
            ],
        }
        for one in stand
    ]
    adopted = AdoptedText.objects.filter(meeting=meeting, kind="summary")
    return render(
        request, "meetings/summary.html",
        around(request, group, meeting, "summary") | {
            "shown": shown, "adopted": visible(adopted, request.viewer).first(),
            "form": TextForm(auto_id="draft-%s"),
            "settled": [one for one in rows if one.status in ("rejected", "replaced", "withdrawn")],
        },
    )  # fmt: skip
