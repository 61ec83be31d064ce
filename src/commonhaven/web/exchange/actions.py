"""Publish a practice, withdraw it, note what one took over; ask, answer, close."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from commonhaven.processes import vocabulary
from commonhaven.processes.practices import SURE, practices
from commonhaven.processes.when import earliest
from commonhaven.reading import Problem, closest
from commonhaven.web.exchange.both import Ends
from commonhaven.web.exchange.models import Answer, Practice, Question, Reuse
from commonhaven.web.exchange.policy import may_address, may_speak
from commonhaven.web.exchange.values import Told, checked
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience, Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.saying import day_text
from commonhaven.web.record.actions import MEMBERS, Placing, hold, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Of:
    """A practice that is cited: a group's own page, or one that ships."""

    practice: Practice | None = None
    shipped: str = ""


NOTHING = Of()


@transaction.atomic
def publish_practice(
    *, group: Group, told: Told, by: Seat, at: datetime, placing: Placing = MEMBERS
) -> Practice:
    """Publish what a group did. Raises Problem where no evidence or no theme of ours is named."""
    may_speak(by, group)
    given = asdict(checked(told))
    hold(group)
    row = Practice.objects.create(
        **{**given, "title": told.title[:200], "source": told.source[:300],
           "themes": list(told.themes)},
        group=group, party=by.party, created_at=at, audience=placing.audience,
        caucus=placing.caucus, release_at=placing.release_at,
    )  # fmt: skip
    body = {"title": row.title, "themes": row.themes, "sure": row.sure, "source": row.source}
    write(group, "practice published", body, by=by, at=at, subject=row.subject, placing=placing)
    return row


@transaction.atomic
def withdraw_practice(*, practice: Practice, reason: str, by: Seat, at: datetime) -> Practice:
    """Take back a practice; its page stays, and says so."""
    may_speak(by, practice.group)
    hold(practice.group)
    row = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    if row.status != Practice.Status.PUBLISHED:
        raise Conflict("the practice is withdrawn already", fix="See its page.")
    if not reason.strip():
        raise Problem("no reason is given", where="reason", fix="Say why it is withdrawn.")
    row.status = Practice.Status.WITHDRAWN
    row.save(update_fields=["status"])
    body = {"title": row.title, "reason": reason}
    write(
        row.group, "practice withdrawn", body, by=by, at=at, subject=row.subject,
        placing=Placing.of(row),
    )  # fmt: skip
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a practice that was taken over, and where it can be looked up."""

    result: str
    source: str
    sure: str
    since: str = ""


@transaction.atomic
def note_reuse(
    *, group: Group, of: Of, came: Came, by: Seat, at: datetime, placing: Placing = MEMBERS
) -> Reuse:
    """Note that a group took a practice over, and with what result."""
    may_speak(by, group)
    _cited(of, needed=True)
    if of.practice is not None and of.practice.group_id == group.pk:
        raise Conflict("it is the group's own practice", fix="Choose another group's.")
    for name in ("result", "source"):
        if not getattr(came, name).strip():
            fix = "Say what came of it, also if nothing did, and where that can be looked up."
            raise Problem("it is left empty", where=name, fix=fix)
    if came.sure not in SURE:
        raise Problem("it does not say how sure it is", where="sure", fix=closest(came.sure, SURE))
    if came.since:
        earliest(came.since, "since")
    hold(group)
    row = Reuse.objects.create(
        group=group, practice=of.practice, shipped=of.shipped, since=came.since,
        result=came.result, source=came.source[:300], sure=came.sure, party=by.party, created_at=at,
        audience=placing.audience, caucus=placing.caucus, release_at=placing.release_at,
    )  # fmt: skip
    title = of.practice.title if of.practice else practices()[of.shipped].called()
    body = {"title": title, "text": came.result, "sure": came.sure}
    subject = of.practice.subject if of.practice else ""
    write(group, "practice taken over", body, by=by, at=at, subject=subject, placing=placing)
    return row


def _cited(of: Of, *, needed: bool) -> None:
    """Problem where nothing is cited, or what is cited is not public or not there."""
    if of.practice is None and not of.shipped:
        if needed:
            raise Problem("it names no practice", where="practice", fix="Choose one.")
        return
    if of.shipped and of.shipped not in practices():
        fix = closest(of.shipped[:40], practices())
        raise Problem("there is no such practice", where="practice", fix=fix)
    if of.practice is not None and of.practice.audience != Audience.PUBLIC:
        raise Conflict(
            "the practice is not public", fix="What is cited between groups is public: ask its "
            "group to publish it for all.",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a group wants to know, of whom, by when."""

    title: str
    theme: str
    due: date
    text: str = ""
    to: Group | None = None


@transaction.atomic
def ask(
    *, group: Group, asked: Asked, by: Seat, at: datetime, placing: Placing = MEMBERS
) -> Question:
    """Ask another group; or every group, where it is addressed to nobody and public."""
    may_speak(by, group)
    may_address(group, asked.to, placing)
    if not asked.title.strip():
        raise Problem("it asks nothing", where="title", fix="Ask in a sentence.")
    theme_known(asked.theme, needed=True)
    if asked.due < at.astimezone(UTC).date():
        fix = "Give a day that is still to come."
        raise Problem(f"{day_text(asked.due)} is past", where="due", fix=fix)
    ends = Ends(own=group, other=asked.to)
    ends.hold()
    row = Question.objects.create(
        group=group, to=asked.to, title=asked.title[:200], text=asked.text, theme=asked.theme,
        due=asked.due, party=by.party, created_at=at, audience=placing.audience,
        release_at=placing.release_at,
    )  # fmt: skip
    body = {"title": row.title, "theme": row.theme, "until": row.due.isoformat()}
    act = "question asked" if asked.to else "question asked of all"
    ends.record(act, body, by=by, at=at, subject=row.subject, placing=placing)
    return row


def theme_known(theme: str, *, needed: bool) -> None:
    """Problem for a theme that is none of ours."""
    themes = vocabulary().themes
    if theme not in themes and (theme or needed):
        said = f'there is no theme "{theme[:40]}"'
        raise Problem(said, where="theme", fix=closest(theme[:40], themes))


@transaction.atomic
def answer(
    *, question: Question, group: Group, text: str, by: Seat, at: datetime, of: Of = NOTHING
) -> Answer:
    """Answer for a group that is asked; what is asked of all, any other group may answer."""
    may_speak(by, group)
    row = _locked(question, group)
    if group.pk == row.group_id or (row.to_id is not None and row.to_id != group.pk):
        raise Conflict("the question is not for this group to answer", fix="The group asked does.")
    _open(row)
    if not text.strip():
        raise Problem("the answer is empty", where="text", fix="Say it in a few sentences.")
    if row.to_id is None and not group.listed:
        raise Conflict(
            "the group is not shown to the public, and the question is", fix="Ask it to be listed."
        )
    _cited(of, needed=False)
    made = Answer.objects.create(
        question=row, group=group, party=by.party, text=text, practice=of.practice,
        shipped=of.shipped, at=at,
    )  # fmt: skip
    Ends(own=group, other=row.group).record(
        "question answered", {"title": row.title, "text": text}, by=by, at=at,
        subject=row.subject, placing=Placing.of(row),
    )  # fmt: skip
    return made


@transaction.atomic
def close_question(*, question: Question, closing: str, by: Seat, at: datetime) -> Question:
    """Close a question, with what the group takes from the answers."""
    may_speak(by, question.group)
    row = _locked(question, question.group)
    _open(row)
    if not closing.strip():
        fix = "Say what the group takes from the answers, or that none came."
        raise Problem("it does not say what came of it", where="closing", fix=fix)
    row.status, row.closing, row.closed_at = Question.Status.CLOSED, closing, at
    row.save(update_fields=["status", "closing", "closed_at"])
    Ends(own=row.group, other=row.to).record(
        "question closed", {"title": row.title, "text": closing}, by=by, at=at,
        subject=row.subject, placing=Placing.of(row),
    )  # fmt: skip
    return row


def _locked(question: Question, group: Group) -> Question:
    """The question as it stands now; the chains of both groups are locked first."""
    other = question.to if group.pk == question.group_id else question.group
    Ends(own=group, other=other).hold()
    rows = Question.objects.select_for_update(of=("self",)).select_related("group", "to")
    return rows.get(pk=question.pk)


def _open(row: Question) -> None:
    if row.status != Question.Status.OPEN:
        raise Conflict("the question is closed", fix="Ask anew, if something is left to ask.")
