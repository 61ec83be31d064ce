"""Practices, questions to peers, observer status and invitations between groups."""

from typing import Any

from django.db.models import Count
from ninja import Router, Status

from commonhaven.reading import Problem
from commonhaven.web.api.asking import (
    Id,
    Limit,
    Offset,
    Paged,
    SeatId,
    Slug,
    acting,
    group_of,
    known,
    one_of,
    paged,
    placing_of,
    read,
    seen,
    write,
)
from commonhaven.web.api.exchange_shapes import (
    Answered,
    AskedPeer,
    Closing,
    Offering,
    OfferShown,
    PracticeShown,
    Published,
    QuestionFull,
    QuestionShown,
    Reason,
    ReuseShown,
    Stepped,
    SuggestedPeer,
    TakenOver,
)
from commonhaven.web.api.middleware import Asked
from commonhaven.web.exchange import actions, offers
from commonhaven.web.exchange.models import Answer, Offer, Practice, Question, Reuse
from commonhaven.web.exchange.queries import (
    offers_for,
    open_practices,
    practices_for,
    questions_for,
    reuses_for,
    suggested,
)
from commonhaven.web.exchange.values import Told
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import groups_for
from commonhaven.web.meetings.models import Meeting

router = Router(tags=["exchange"])
Plainly = dict[str, Any]


def _plain(row: Any, *names: str) -> Plainly:
    placed = ("audience", "release_at", "created_at")
    return {"id": row.pk, **{name: getattr(row, name) for name in (*names, *placed)}}


def _practice(row: Practice) -> Plainly:
    return _plain(row, "title", "summary", "language", "themes", "since", "result", "source",
                  "sure", "needs", "party", "status")  # fmt: skip


def _named(practice: Practice | None, shipped: str) -> str:
    return practice.subject if practice else shipped


def _reuse(row: Reuse) -> Plainly:
    own = _plain(row, "since", "result", "source", "sure")
    return {**own, "practice": _named(row.practice, row.shipped), "group": row.group.slug}


def _question(row: Question) -> Plainly:
    own = _plain(row, "title", "text", "theme", "due", "status", "closing", "closed_at", "answered")
    return {**own, "group": row.group.slug, "to": row.to.slug if row.to else None}


def _answer(row: Answer) -> Plainly:
    return {
        "group": row.group.slug, "text": row.text, "at": row.at,
        "practice": _named(row.practice, row.shipped),
    }  # fmt: skip


def _full(row: Question) -> Plainly:
    answers = row.answers.select_related("group", "practice__group")
    told = [_answer(each) for each in answers]
    counted = Question.objects.annotate(answered=Count("answers")).select_related("group", "to")
    return {**_question(counted.get(pk=row.pk)), "answers": told}


def _offer(request: Asked, row: Offer) -> Plainly:
    own = _plain(row, "kind", "title", "text", "theme", "since", "until", "mutual", "status",
                 "answer", "answered_at", "ended_at")  # fmt: skip
    to = row.to.slug if row.to else ""
    return {**own, "group": row.group.slug, "to": to, "meeting": known(row.meeting, request)}


def _cited(request: Asked, name: str) -> actions.Of:
    """What is cited, of what the viewer may see; Problem where it names nothing."""
    kind, _, number = name.partition("/")
    if kind == "practice" and number:
        row = open_practices(request.viewer).get(f"practice-{number}")
        if row is None:
            raise Problem("there is no such practice", where="practice", fix="See the lists.")
        return actions.Of(practice=row)
    return actions.Of(shipped=name)


def _peer(request: Asked, slug: str) -> Group:
    """Another group that the viewer may know; Problem otherwise."""
    found = groups_for(request.viewer).filter(slug=slug, listed=True).first()
    if found is None:
        raise Problem("there is no such group", where="to", fix="See the list of groups.")
    return found


@read(router, "/groups/{slug}/practices", Paged[PracticeShown])
def list_practices(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """A group's practices, of those that you may see."""
    rows = practices_for(request.viewer, group_of(request, slug))
    return paged(rows, limit, offset, _practice)


@read(router, "/groups/{slug}/practices/{pk}", PracticeShown)
def show_practice(request: Asked, slug: Slug, pk: Id) -> Any:
    """One practice."""
    return _practice(one_of(practices_for(request.viewer, group_of(request, slug)), pk))


@write(router, "/groups/{slug}/practices", PracticeShown, made=True)
def publish_practice(request: Asked, slug: Slug, body: Published, seat: SeatId = None) -> Any:
    """Publish what the group did, with its source."""
    group = group_of(request, slug)
    names = ("title", "summary", "language", "since", "result", "source", "sure", "needs")
    told = Told(**{name: getattr(body, name) for name in names}, themes=tuple(body.themes))
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    made = actions.publish_practice(group=group, told=told, by=by, at=request.now, placing=placing)
    return Status(201, _practice(made))


@write(router, "/groups/{slug}/practices/{pk}/withdraw", PracticeShown)
def withdraw_practice(
    request: Asked, slug: Slug, pk: Id, body: Reason, seat: SeatId = None
) -> Any:  # fmt: skip
    """Take a practice back; its page stays, and says so."""
    group = group_of(request, slug)
    row = one_of(practices_for(request.viewer, group), pk)
    by = acting(request, group, seat)
    done = actions.withdraw_practice(practice=row, reason=body.reason, by=by, at=request.now)
    return _practice(done)


@read(router, "/groups/{slug}/reuses", Paged[ReuseShown])
def list_reuses(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """What the group took over from others, of what you may see."""
    rows = reuses_for(request.viewer).filter(group=group_of(request, slug))
    return paged(rows, limit, offset, _reuse)


@write(router, "/groups/{slug}/reuses", ReuseShown, made=True)
def note_reuse(request: Asked, slug: Slug, body: TakenOver, seat: SeatId = None) -> Any:
    """Note that the group took a practice over, and with what result."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    names = ("result", "source", "sure", "since")
    came = actions.Came(**{name: getattr(body, name) for name in names})
    made = actions.note_reuse(
        group=group, of=_cited(request, body.practice), came=came, by=by, at=request.now,
        placing=placing,
    )  # fmt: skip
    return Status(201, _reuse(made))


@read(router, "/groups/{slug}/questions", Paged[QuestionShown])
def list_questions(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """What the group asks and is asked, and what every group is asked."""
    rows = questions_for(request.viewer, group_of(request, slug))
    return paged(rows, limit, offset, _question)


@read(router, "/groups/{slug}/questions/{pk}", QuestionFull)
def show_question(request: Asked, slug: Slug, pk: Id) -> Any:
    """One question with its answers."""
    row = one_of(questions_for(request.viewer, group_of(request, slug)), pk)
    return _full(row)


@write(router, "/groups/{slug}/questions", QuestionFull, made=True)
def ask_peer(request: Asked, slug: Slug, body: AskedPeer, seat: SeatId = None) -> Any:
    """Ask another group, or every group."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    asked = actions.Asked(
        title=body.title, text=body.text, theme=body.theme, due=body.due,
        to=_peer(request, body.to) if body.to else None,
    )  # fmt: skip
    made = actions.ask(group=group, asked=asked, by=by, at=request.now, placing=placing)
    return Status(201, _full(made))


@write(router, "/groups/{slug}/questions/{pk}/answers", QuestionFull, made=True)
def answer_question(
    request: Asked, slug: Slug, pk: Id, body: Answered, seat: SeatId = None
) -> Any:  # fmt: skip
    """Answer for the group that is asked."""
    group = group_of(request, slug)
    row = one_of(questions_for(request.viewer, group), pk)
    actions.answer(
        question=row, group=group, text=body.text, of=_cited(request, body.practice),
        by=acting(request, group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, _full(row))


@write(router, "/groups/{slug}/questions/{pk}/close", QuestionFull)
def close_question(request: Asked, slug: Slug, pk: Id, body: Closing, seat: SeatId = None) -> Any:
    """Close a question of the group, with what it takes from the answers."""
    group = group_of(request, slug)
    row = one_of(questions_for(request.viewer, group), pk)
    by = acting(request, group, seat)
    actions.close_question(question=row, closing=body.closing, by=by, at=request.now)
    return _full(row)


@read(router, "/groups/{slug}/peers", list[SuggestedPeer])
def suggest_peers(request: Asked, slug: Slug, theme: str = "", question: str = "") -> Any:
    """Whom the group could ask on a theme, with words of a question, and why."""
    group = group_of(request, slug)
    actions.theme_known(theme, needed=False)
    return [
        {
            "name": each.name, "group": each.group.slug if each.group else None,
            "reasons": [str(reason) for reason in each.reasons],
            "practices": [row.subject if row else value.id for value, row in each.practices],
        }
        for each in suggested(request.viewer, group, theme, question[:200])
    ]  # fmt: skip


@read(router, "/groups/{slug}/offers", Paged[OfferShown])
def list_offers(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """Observer status and invitations that the group offers and is offered."""
    rows = offers_for(request.viewer, group_of(request, slug))
    return paged(rows, limit, offset, lambda row: _offer(request, row))


@read(router, "/groups/{slug}/offers/{pk}", OfferShown)
def show_offer(request: Asked, slug: Slug, pk: Id) -> Any:
    """One offer."""
    return _offer(request, one_of(offers_for(request.viewer, group_of(request, slug)), pk))


@write(router, "/groups/{slug}/offers", OfferShown, made=True)
def make_offer(request: Asked, slug: Slug, body: Offering, seat: SeatId = None) -> Any:
    """Offer observer status, or invite to present."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    names = ("kind", "title", "text", "theme", "since", "until", "mutual")
    offered = offers.Offered(
        **{name: getattr(body, name) for name in names}, to=_peer(request, body.to),
        meeting=None if body.meeting is None else seen(Meeting, request, group, body.meeting),
    )  # fmt: skip
    made = offers.offer(group=group, offered=offered, by=by, at=request.now, placing=placing)
    return Status(201, _offer(request, made))


@write(router, "/groups/{slug}/offers/{pk}/steps", OfferShown)
def step_offer(request: Asked, slug: Slug, pk: Id, body: Stepped, seat: SeatId = None) -> Any:
    """Accept or decline an offer, withdraw or end it."""
    group = group_of(request, slug)
    row = one_of(offers_for(request.viewer, group), pk)
    by = acting(request, group, seat)
    done = offers.step(offer=row, kind=body.step, text=body.text, by=by, at=request.now)
    return _offer(request, done)
