"""The summary record: drafted by the secretariat, corrected by delegations, adopted."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import ngettext

from commonhaven.reading import Problem, canonical, digest
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings.actions.room import note
from commonhaven.web.meetings.models import AdoptedText, Meeting, SummaryParagraph
from commonhaven.web.meetings.policy import may_act, may_run, own


def _open(meeting: Meeting) -> Meeting:
    """The meeting's row, locked; Conflict where the summary record is adopted."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if AdoptedText.objects.filter(meeting=row, kind="summary").exists():
        fix = "An adopted record does not change; say what is missing at the next meeting."
        raise Conflict("the summary record is adopted", fix=fix)
    return row


@transaction.atomic
def draft_paragraph(*, meeting: Meeting, text: str, by: Seat, at: datetime) -> SummaryParagraph:
    """Add a paragraph to the draft: the secretariat's work, or the chair's."""
    may_run(by)
    row = _open(meeting)
    last = SummaryParagraph.objects.filter(meeting=row).aggregate(last=Max("number"))["last"]
    made = _paragraph(row, (last or 0) + 1, text, by, at)
    made.status = "accepted"
    made.save()
    body: dict[str, object] = {"number": made.number, "text": made.text}
    note(row, "summary drafted", body, by=by, at=at)
    return made


@transaction.atomic
def correct_paragraph(
    *, paragraph: SummaryParagraph, text: str, by: Seat, at: datetime
) -> SummaryParagraph:
    """Propose another wording: any participant that acts, organisations included."""
    may_act(by)
    row = _open(paragraph.meeting)
    now = SummaryParagraph.objects.get(pk=paragraph.pk)
    if now.status != "accepted":
        fix = "Correct the wording that stands now."
        raise Conflict("this wording was replaced", fix=fix)
    made = _paragraph(row, now.number, text, by, at)
    made.replaces = now
    made.save()
    body: dict[str, object] = {"number": made.number, "text": made.text}
    note(row, "summary correction proposed", body, by=by, at=at)
    return made


def _paragraph(row: Meeting, number: int, text: str, by: Seat, at: datetime) -> SummaryParagraph:
    if not text.strip():
        raise Problem("the paragraph is empty", fix="Type the text.")
    return SummaryParagraph(
        group=row.group, audience=row.audience, caucus=row.caucus, release_at=row.release_at,
        created_at=at, meeting=row, number=number, text=text.strip(), party=by.party,
    )  # fmt: skip


@transaction.atomic
def settle_correction(
    *, correction: SummaryParagraph, accept: bool, by: Seat, at: datetime
) -> SummaryParagraph:
    """Accept or reject a correction; an accepted one takes the place of what it corrects."""
    may_run(by)
    row = _open(correction.meeting)
    one = SummaryParagraph.objects.select_related("replaces").get(pk=correction.pk)
    _pending(one)
    stands = one.replaces
    if accept and stands is not None and stands.status != "accepted":
        fix = "Reject it, and have it proposed on the wording that stands now."
        raise Conflict("the paragraph was changed meanwhile", fix=fix)
    one.status, one.settled_at = ("accepted" if accept else "rejected"), at
    one.save()
    if accept and stands is not None:
        stands.status, stands.settled_at = "replaced", at
        stands.save()
    what = "summary correction accepted" if accept else "summary correction rejected"
    body: dict[str, object] = {"number": one.number, "for": one.party, "text": one.text}
    note(row, what, body, by=by, at=at)
    return one


@transaction.atomic
def withdraw_correction(*, correction: SummaryParagraph, by: Seat, at: datetime) -> None:
    """Take back one's own correction."""
    own(by, correction.party)
    row = _open(correction.meeting)
    one = SummaryParagraph.objects.get(pk=correction.pk)
    _pending(one)
    one.status, one.settled_at = "withdrawn", at
    one.save()
    note(row, "summary correction withdrawn", {"number": one.number}, by=by, at=at)


def _pending(one: SummaryParagraph) -> None:
    if one.status != "proposed":
        raise Conflict("this correction is settled already", fix="Open the record again.")


@transaction.atomic
def adopt_summary(*, meeting: Meeting, by: Seat, at: datetime) -> AdoptedText:
    """Adopt the summary record when every correction is settled; it is fixed from then on."""
    may_run(by)
    row = _open(meeting)
    rows = SummaryParagraph.objects.filter(meeting=row)
    waiting = rows.filter(status="proposed").count()
    if waiting:
        fix = "Accept or reject them first."
        said = ngettext(
            "%(n)s correction is not settled", "%(n)s corrections are not settled", waiting
        )
        raise Conflict(said % {"n": waiting}, fix=fix)
    standing = list(rows.filter(status="accepted").order_by("number"))
    if not standing:
        raise Conflict("the summary record has no paragraph", fix="Draft it first.")
    value = {
        "kind": "summary record", "meeting": row.number, "title": row.title,
        "paragraphs": [{"number": n, "text": p.text} for n, p in enumerate(standing, 1)],
    }  # fmt: skip
    for one in standing:
        one.status, one.settled_at = "adopted", at
        one.save()
    made = AdoptedText.objects.create(
        group=row.group, audience=row.audience, caucus=row.caucus, release_at=row.release_at,
        created_at=at, meeting=row, kind="summary", value=canonical(value), digest=digest(value),
    )  # fmt: skip
    body: dict[str, object] = {"hash": made.digest, "text": value}
    note(row, "summary record adopted", body, by=by, at=at)
    return made
