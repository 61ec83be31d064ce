"""The summary record of a meeting: drafted, corrected, adopted."""

from typing import Any

from ninja import Router, Schema, Status

from commonhaven.web.api.asking import Id, SeatId, Slug, acting, one_of, read, write
from commonhaven.web.api.documents import TextShown, text_shown
from commonhaven.web.api.meetings import meeting_in
from commonhaven.web.api.middleware import Asked
from commonhaven.web.api.outcomes import Settling, Wording
from commonhaven.web.kit.audience import visible
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import Meeting, SummaryParagraph

router = Router(tags=["outcomes of meetings"])
AT = "/groups/{slug}/meetings/{pk}/summary"


class SummaryShown(Schema):
    """A paragraph of the summary record, or a correction to one."""

    id: int
    number: int
    text: str
    party: str
    status: str
    replaces: int | None


def _summary(row: SummaryParagraph) -> dict[str, Any]:
    return {
        "id": row.pk, "number": row.number, "text": row.text, "party": row.party,
        "status": row.status, "replaces": row.replaces_id,
    }  # fmt: skip


def _paragraph(request: Asked, row: Meeting, pk: int) -> SummaryParagraph:
    rows = visible(SummaryParagraph.objects.filter(meeting=row), request.viewer)
    return one_of(rows.select_related("meeting", "group"), pk)


@read(router, AT, list[SummaryShown])
def show_summary(request: Asked, slug: Slug, pk: Id) -> Any:
    """The summary record with its corrections."""
    rows = SummaryParagraph.objects.filter(meeting=meeting_in(request, slug, pk))
    return [_summary(row) for row in visible(rows, request.viewer)]


@write(router, AT, SummaryShown, made=True)
def draft_summary(request: Asked, slug: Slug, pk: Id, body: Wording, seat: SeatId = None) -> Any:
    """Draft a paragraph of the summary record."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    made = actions.draft_paragraph(meeting=row, text=body.text, by=by, at=request.now)
    return Status(201, _summary(made))


@write(router, f"{AT}/{{paragraph}}/corrections", SummaryShown, made=True)
def correct_summary(
    request: Asked, slug: Slug, pk: Id, paragraph: Id, body: Wording, seat: SeatId = None
) -> Any:
    """Propose a correction to the summary record."""
    row = meeting_in(request, slug, pk)
    one, by = _paragraph(request, row, paragraph), acting(request, row.group, seat)
    made = actions.correct_paragraph(paragraph=one, text=body.text, by=by, at=request.now)
    return Status(201, _summary(made))


@write(router, f"{AT}/{{paragraph}}/settle", SummaryShown)
def settle_correction(
    request: Asked, slug: Slug, pk: Id, paragraph: Id, body: Settling, seat: SeatId = None
) -> Any:
    """Accept or reject a correction, as chair or secretariat."""
    row = meeting_in(request, slug, pk)
    one, by = _paragraph(request, row, paragraph), acting(request, row.group, seat)
    settled = actions.settle_correction(correction=one, accept=body.accept, by=by, at=request.now)
    return _summary(settled)


@write(router, f"{AT}/{{paragraph}}/withdraw", SummaryShown)
def withdraw_correction(
    request: Asked, slug: Slug, pk: Id, paragraph: Id, seat: SeatId = None
) -> Any:
    """Take your own correction back."""
    row = meeting_in(request, slug, pk)
    one, by = _paragraph(request, row, paragraph), acting(request, row.group, seat)
    actions.withdraw_correction(correction=one, by=by, at=request.now)
    return _summary(_paragraph(request, row, paragraph))


@write(router, f"{AT}/adopt", TextShown)
def adopt_summary(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Adopt the summary record; from now on it is fixed."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    return text_shown(actions.adopt_summary(meeting=row, by=by, at=request.now), row.pk)
