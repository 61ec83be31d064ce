"""The outcome document: paragraphs, amendments, sponsors, adoption."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import ngettext

from commonhaven.reading import Problem, canonical, digest
from commonhaven.web.decisions.models import Decision
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings.actions.room import note
from commonhaven.web.meetings.models import (
    AdoptedText,
    Amendment,
    Meeting,
    OutcomeParagraph,
    Position,
)
from commonhaven.web.meetings.policy import may_propose, may_run, may_take_position, own
from commonhaven.web.meetings.queries import (
    Standing,
    has_room,
    present_at,
    quorum_of,
    standing_of,
)


def negotiable(meeting: Meeting) -> Meeting:
    """The meeting's row, locked; Conflict where the outcome is adopted already."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related(
        "group", "caucus", "charter"
    )
    found = row.get(pk=meeting.pk)
    if AdoptedText.objects.filter(meeting=found, kind="outcome").exists():
        fix = "Reservations and explanations of position can still be given for a while."
        raise Conflict("the outcome document is adopted and fixed", fix=fix)
    return found


@transaction.atomic
def propose_paragraph(*, meeting: Meeting, text: str, by: Seat, at: datetime) -> OutcomeParagraph:
    """Propose a paragraph at the end of the document."""
    may_propose(by)
    row = negotiable(meeting)
    if not text.strip():
        raise Problem("the paragraph is empty", fix="Type the text.")
    last = OutcomeParagraph.objects.filter(meeting=row).aggregate(last=Max("number"))["last"]
    made = OutcomeParagraph.objects.create(
        group=row.group, audience=row.audience, caucus=row.caucus, release_at=row.release_at,
        created_at=at, meeting=row, number=(last or 0) + 1, text=text.strip(), party=by.party,
        sponsors=[by.party],
    )  # fmt: skip
    body: dict[str, object] = {"number": made.number, "text": made.text}
    note(row, "outcome paragraph proposed", body, by=by, at=at)
    return made


@transaction.atomic
def place_paragraph(*, paragraph: OutcomeParagraph, place: int, by: Seat, at: datetime) -> None:
    """Move a paragraph to another place; all are numbered anew."""
    may_run(by)
    row = negotiable(paragraph.meeting)
    rows = list(OutcomeParagraph.objects.filter(meeting=row, status="proposed"))
    moved = next((one for one in rows if one.pk == paragraph.pk), None)
    if moved is None:
        raise Conflict("the paragraph is not in the document any more", fix="Open it again.")
    rows.remove(moved)
    rows.insert(min(max(place, 1), len(rows) + 1) - 1, moved)
    for number, one in enumerate(rows, 1):
        one.number = number
        one.save(update_fields=["number"])
    body: dict[str, object] = {"text": moved.text, "to": rows.index(moved) + 1}
    note(row, "outcome paragraph moved", body, by=by, at=at)


@transaction.atomic
def amend(*, paragraph: OutcomeParagraph, text: str, by: Seat, at: datetime) -> Amendment:
    """Propose another wording of a paragraph; an empty one proposes to delete it."""
    may_propose(by)
    row = negotiable(paragraph.meeting)
    now = _standing(paragraph)
    if now.text == text.strip():
        raise Problem("the amendment changes nothing", fix="Change the text.")
    made = Amendment.objects.create(
        paragraph=now, party=by.party, text=text.strip(), sponsors=[by.party], made_at=at
    )
    body: dict[str, object] = {"number": now.number, "text": made.text, "of": now.text}
    note(row, "amendment proposed", body, by=by, at=at)
    return made


def _standing(paragraph: OutcomeParagraph) -> OutcomeParagraph:
    now = OutcomeParagraph.objects.select_for_update().get(pk=paragraph.pk)
    if now.status != "proposed":
        raise Conflict("the paragraph is not in the document any more", fix="Open it again.")
    return now


@transaction.atomic
def sponsor(
    *, what: OutcomeParagraph | Amendment, by: Seat, at: datetime, withdraw: bool = False
) -> None:
    """Put one's party's name to a paragraph or an amendment, or take it off again."""
    may_take_position(by)
    paragraph = what.paragraph if isinstance(what, Amendment) else what
    row = negotiable(paragraph.meeting)
    one = type(what).objects.select_for_update().get(pk=what.pk)
    if one.status != "proposed":
        raise Conflict("this is settled already", fix="Open the document again.")
    if (by.party in one.sponsors) != withdraw:
        said = "does not sponsor this" if withdraw else "sponsors this already"
        raise Conflict(f"{by.party} {said}", fix="Nothing is left to do.")
    if withdraw and by.party == one.party:
        raise Conflict("it is your own proposal", fix="Withdraw it instead.")
    kept = [party for party in one.sponsors if party != by.party]
    one.sponsors = kept if withdraw else [*kept, by.party]
    one.save(update_fields=["sponsors"])
    kind = "amendment" if isinstance(what, Amendment) else "paragraph"
    body: dict[str, object] = {"of": kind, "number": paragraph.number, "text": one.text}
    note(row, "sponsorship withdrawn" if withdraw else "sponsored", body, by=by, at=at)


@transaction.atomic
def withdraw_proposal(*, what: OutcomeParagraph | Amendment, by: Seat, at: datetime) -> None:
    """Take back one's own paragraph or amendment.

    A paragraph that others sponsor stays and is theirs: the first of them takes it over.
    """
    paragraph = what.paragraph if isinstance(what, Amendment) else what
    row = negotiable(paragraph.meeting)
    one = type(what).objects.select_for_update().get(pk=what.pk)
    own(by, one.party)
    if one.status != "proposed":
        raise Conflict("this is settled already", fix="Open the document again.")
    others = [party for party in one.sponsors if party != by.party]
    one.sponsors = others
    if others:
        one.party = others[0]
    else:
        one.status, one.settled_at = "withdrawn", at
    one.save()
    kind = "amendment" if isinstance(what, Amendment) else "paragraph"
    body: dict[str, object] = {
        "of": kind, "number": paragraph.number, "text": one.text,
        "taken_over_by": others[0] if others else "",
    }  # fmt: skip
    note(row, "proposal withdrawn", body, by=by, at=at)


@transaction.atomic
def settle_amendment(*, amendment: Amendment, accept: bool, by: Seat, at: datetime) -> Amendment:
    """The chair finds an amendment agreed, or not agreed; the wording follows."""
    may_run(by)
    row = negotiable(amendment.paragraph.meeting)
    one = Amendment.objects.select_for_update().get(pk=amendment.pk)
    if one.status != "proposed":
        raise Conflict("this amendment is settled already", fix="Open the document again.")
    paragraph = _standing(amendment.paragraph)
    one.before, one.settled_at = paragraph.text, at
    one.status = "accepted" if accept else "rejected"
    one.save()
    if accept:
        paragraph.text = one.text or paragraph.text
        if not one.text:
            paragraph.status, paragraph.settled_at = "deleted", at
            for other in paragraph.amendments.filter(status="proposed"):
                other.status, other.settled_at, other.before = "rejected", at, paragraph.text
                other.save(update_fields=["status", "settled_at", "before"])
        paragraph.save()
    body: dict[str, object] = {
        "number": paragraph.number, "for": one.party, "before": one.before, "text": one.text,
    }  # fmt: skip
    note(row, "amendment accepted" if accept else "amendment rejected", body, by=by, at=at)
    return one


@transaction.atomic
def adopt_outcome(
    *, meeting: Meeting, by: Seat, at: datetime, decision: int | None = None
) -> AdoptedText:
    """Adopt the document: by consensus in the room, or as a decision of the meeting adopted it.

    Consensus is the absence of objection (our proposal, after the practice of the United Nations):
    an objection that a member maintains stands in its way. The state of origin's does not, where
    the charter has it stand back.
    """
    may_run(by)
    row = negotiable(meeting)
    rows = list(OutcomeParagraph.objects.filter(meeting=row, status="proposed"))
    _settled(rows)
    if decision is None:
        _consensus(standing_of(row, at), at)
    else:
        _decided(row, decision)
    value = {
        "kind": "outcome document", "meeting": row.number, "title": row.title,
        "paragraphs": [
            {"number": n, "text": p.text, "sponsors": sorted(p.sponsors)}
            for n, p in enumerate(rows, 1)
        ],
    }  # fmt: skip
    for number, one in enumerate(rows, 1):
        one.number, one.status, one.settled_at = number, "adopted", at
        one.save()
    made = AdoptedText.objects.create(
        group=row.group, audience=row.audience, caucus=row.caucus, release_at=row.release_at,
        created_at=at, meeting=row, kind="outcome", value=canonical(value), digest=digest(value),
        decision=decision,
    )  # fmt: skip
    body: dict[str, object] = {"hash": made.digest, "text": value, "decision": decision or 0}
    note(row, "outcome adopted", body, by=by, at=at)
    return made


def _settled(rows: list[OutcomeParagraph]) -> None:
    if not rows:
        raise Conflict("the document has no paragraph", fix="Propose one first.")
    waiting = Amendment.objects.filter(paragraph__in=rows, status="proposed").count()
    if waiting:
        said = ngettext(
            "%(n)s amendment is not settled", "%(n)s amendments are not settled", waiting
        )
        raise Conflict(said % {"n": waiting}, fix="Settle them first.")


def _consensus(standing: Standing, at: datetime) -> None:
    """Conflict where the room cannot adopt: no quorum, or an objection that is maintained."""
    meeting = standing.meeting
    if not has_room(meeting):
        fix = "The procedure itself adopts the text, or a decision does."
        raise Conflict("nobody meets under this procedure", fix=fix)
    quorum = quorum_of(standing, present_at(meeting, at))
    if not quorum.reached:
        here = len(quorum.here)
        said = ngettext(
            "%(here)s member is present; %(needed)s needed",
            "%(here)s members are present; %(needed)s needed", here,
        )  # fmt: skip
        raise Conflict(
            said % {"here": here, "needed": quorum.needed},
            fix="Wait for the others, or record who has arrived.",
        )
    standing_objections = Position.objects.filter(
        meeting=meeting, kind="objection", withdrawn_at__isnull=True
    ).exclude(party=quorum.recused or "-")
    parties = sorted(set(standing_objections.values_list("party", flat=True)))
    if parties:
        fix = "Negotiate, or put the text to a decision of the meeting."
        raise Conflict(
            f"there is no consensus while objections stand: {', '.join(parties)}", fix=fix
        )


def _decided(row: Meeting, number: int) -> None:
    found = Decision.objects.filter(group=row.group, meeting=row, number=number, status="adopted")
    if not found.exists():
        fix = "Give the number of a decision that this meeting has adopted."
        raise Conflict(f"decision {number} has not adopted it", fix=fix)
