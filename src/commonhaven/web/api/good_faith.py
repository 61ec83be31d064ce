"""Good faith: a year's facts and scores, evidence, replies, and the incentive that follows."""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any

from ninja import Path, Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import (
    LARGEST,
    Id,
    Limit,
    Line,
    Note,
    Offset,
    Paged,
    Placed,
    SeatId,
    Slug,
    Text,
    Word,
    acting,
    group_of,
    one_of,
    paged,
    placing_of,
    read,
    seen,
    write,
)
from commonhaven.web.api.commitments import Plain
from commonhaven.web.api.funds import Number, fund_in
from commonhaven.web.api.middleware import Asked
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith import actions
from commonhaven.web.good_faith.actions import Said
from commonhaven.web.good_faith.facts import Fact
from commonhaven.web.good_faith.models import Assessment, Claim, Criterion
from commonhaven.web.good_faith.payment import Whole, pay_incentive
from commonhaven.web.good_faith.policy import scores
from commonhaven.web.good_faith.queries import Line as Row
from commonhaven.web.good_faith.queries import assessments_for, lines, payments
from commonhaven.web.kit.audience import visible
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.meetings.models import Document
from commonhaven.web.plans.models import Plan

router = Router(tags=["good faith"])
State = Annotated[str, Path(max_length=3)]
People = Annotated[int, Field(ge=0, lt=actions.MOST)]
Key = Annotated[int | None, Field(default=None, ge=1, le=LARGEST)]


class AssessmentShown(Schema):
    """A year's assessment in short."""

    id: int
    title: str
    since: date
    ends: date
    status: str
    states: list[str]
    published_at: datetime | None
    closed_at: datetime | None
    people_source: str
    audience: str
    release_at: datetime | None
    created_at: datetime


class FoundShown(Schema):
    """What UNHCR found of a criterion."""

    kept: bool
    text: str
    where: str
    document: str
    at: datetime


class FactShown(Schema):
    """One criterion of one state; null where nothing is known."""

    criterion: str
    kept: bool | None
    sources: list[str] = Field(description="Meetings, promises, funds, as the record names them")
    sums: list[dict[str, str]] = Field(description="What fell due and what of it came")
    found: FoundShown | None


class ClaimShown(Schema):
    """Evidence of an organisation."""

    id: int
    state: str
    criterion: str
    text: str
    where: str
    document: int | None
    party: str
    at: datetime


class ReplyShown(Schema):
    """A state's reply."""

    state: str
    version: int
    text: str
    at: datetime


class VersionShown(Schema):
    """One version of a state's score."""

    number: int
    score: str
    at: datetime
    replies_until: datetime


class LineShown(Schema):
    """One state of the year."""

    state: str
    score: str | None = Field(description="From 0 to 1; null before it is published")
    version: int | None
    replies_until: datetime | None
    facts: list[FactShown]
    people: int | None
    forgoes: bool
    payment: str | None = Field(description="For whoever sees the fund")


class AssessmentFull(AssessmentShown):
    """A year's assessment with every state."""

    fund: int | None
    lines: list[LineShown]


class StateFull(LineShown):
    """One state's year with evidence, replies and versions."""

    evidence: list[ClaimShown]
    replies: list[ReplyShown]
    versions: list[VersionShown]


class Opened(Placed):
    """A year to assess."""

    title: Line
    ends: date = Field(description="Its last day")


class Claimed(Schema):
    """What is said under a criterion, and what it rests on."""

    criterion: Criterion
    text: Text = Field(min_length=1)
    where: Note = ""
    document: Key = None


class FoundOf(Claimed):
    """A finding of UNHCR."""

    states: list[Word] = Field(min_length=1, max_length=250)
    kept: bool


class Replied(Schema):
    """A reply."""

    text: Text = Field(min_length=1)


class Protected(Schema):
    """How many people each state protects: of a decided plan, or with a source."""

    people: dict[Word, People] = Field(default={}, max_length=250)
    source: Note = ""
    plan: Key = None


class Divided(Schema):
    """What is divided: the year's cost, of which 5 %, or the pot."""

    fund: int = Field(ge=1, le=LARGEST)
    cost: Number | None = None
    pot: Number | None = None
    source: Note
    decision: Word = Field(description="decision/ID")


def _shown(row: Assessment) -> Plain:
    names = ("title", "since", "ends", "status", "states", "published_at", "closed_at",
             "people_source", "audience", "release_at", "created_at")  # fmt: skip
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


def _fact(fact: Fact) -> Plain:
    found = fact.found
    return {
        "criterion": fact.criterion, "kept": fact.kept,
        "sources": [source.subject for source in fact.sources],
        "sums": [{"currency": one.currency, "due": f"{one.due}", "received": f"{one.received}"}
                 for one in fact.sums],
        "found": None if found is None else {
            "kept": found.kept, "text": found.text, "where": found.where,
            "document": found.document, "at": found.at,
        },
    }  # fmt: skip


def _line(row: Assessment, line: Row, *, scorer: bool) -> Plain:
    shown = row.published_at is not None or scorer
    version = line.version
    return {
        "state": line.state, "people": line.people, "forgoes": line.forgoes,
        "score": None if line.score is None or not shown else f"{line.score}",
        "version": version.number if version else None,
        "replies_until": version.replies_until if version else None,
        "facts": [_fact(fact) for fact in line.facts],
        "payment": None if line.paid is None else f"{line.paid:f}",
    }  # fmt: skip


def _claim(one: Claim) -> Plain:
    names = ("state", "criterion", "text", "where", "party", "at")
    own = {name: getattr(one, name) for name in names}
    return {"id": one.pk, "document": one.document_id, **own}


def _scorer(request: Asked, row: Assessment) -> bool:
    return any(scores(seat) for seat in request.viewer.seats_in(row.group_id))


def _full(request: Asked, row: Assessment) -> Plain:
    scorer = _scorer(request, row)
    return {
        **_shown(row), "fund": row.fund_id if payments(row, request.viewer) else None,
        "lines": [_line(row, line, scorer=scorer) for line in lines(row, request.viewer)],
    }  # fmt: skip


def assessment_in(request: Asked, slug: str, pk: int) -> Assessment:
    """One assessment that the viewer may see."""
    return one_of(assessments_for(request.viewer, group_of(request, slug)), pk)


def said_of(request: Asked, row: Assessment, body: Claimed) -> Said:
    """What is said; Unknown for a document that one may not see."""
    document = None
    if body.document is not None:
        document = seen(Document, request, row.group, body.document)
    return Said(criterion=body.criterion, text=body.text, where=body.where, document=document)


@read(router, "/groups/{slug}/good-faith", Paged[AssessmentShown])
def list_assessments(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The years that were assessed, of those that you may see."""
    rows = assessments_for(request.viewer, group_of(request, slug))
    return paged(rows, limit, offset, _shown)


@read(router, "/groups/{slug}/good-faith/{pk}", AssessmentFull)
def show_assessment(request: Asked, slug: Slug, pk: Id) -> Any:
    """A year with every state: facts, scores once published, people, payments."""
    return _full(request, assessment_in(request, slug, pk))


@read(router, "/groups/{slug}/good-faith/{pk}/states/{state}", StateFull)
def show_assessed_state(request: Asked, slug: Slug, pk: Id, state: State) -> Any:
    """One state's year: facts with their sources, evidence, replies, every version."""
    row = assessment_in(request, slug, pk)
    found = next((line for line in lines(row, request.viewer) if line.state == state), None)
    if found is None:
        raise Unknown("there is no such state in it", fix="See the assessment's states.")
    return {
        **_line(row, found, scorer=_scorer(request, row)),
        "evidence": [_claim(one) for one in row.evidence.filter(state=state)],
        "replies": list(row.replies.filter(state=state).values("state", "version", "text", "at")),
        "versions": list(
            row.versions.filter(state=state).values("number", "score", "at", "replies_until")
        ),
    }


@write(router, "/groups/{slug}/good-faith", AssessmentShown, made=True)
def open_assessment(request: Asked, slug: Slug, body: Opened, seat: SeatId = None) -> Any:
    """Begin to gather the facts of a year."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    made = actions.open_assessment(
        group=group, title=body.title, ends=body.ends, by=by, at=request.now, placing=placing
    )
    return Status(201, _shown(made))


@write(router, "/groups/{slug}/good-faith/{pk}/findings", AssessmentFull, made=True)
def enter_finding(request: Asked, slug: Slug, pk: Id, body: FoundOf, seat: SeatId = None) -> Any:
    """Enter what UNHCR found of some states; after publication it revises their scores."""
    row = assessment_in(request, slug, pk)
    actions.find(
        assessment=row, states=body.states, kept=body.kept, said=said_of(request, row, body),
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, _full(request, row))


@write(router, "/groups/{slug}/good-faith/{pk}/states/{state}/evidence", ClaimShown, made=True)
def bring_evidence(
    request: Asked, slug: Slug, pk: Id, state: State, body: Claimed, seat: SeatId = None
) -> Any:
    """Bring evidence about a state, for an organisation with consultative status."""
    row = assessment_in(request, slug, pk)
    made = actions.bring_evidence(
        assessment=row, state=state, said=said_of(request, row, body),
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, _claim(made))


@write(router, "/groups/{slug}/good-faith/{pk}/states/{state}/replies", ReplyShown, made=True)
def reply_to_score(
    request: Asked, slug: Slug, pk: Id, state: State, body: Replied, seat: SeatId = None
) -> Any:
    """Reply to one's own published score, while the time for it runs."""
    row = assessment_in(request, slug, pk)
    made = actions.reply(
        assessment=row, state=state, text=body.text, by=acting(request, row.group, seat),
        at=request.now,
    )  # fmt: skip
    return Status(201, {name: getattr(made, name) for name in ("state", "version", "text", "at")})


@write(router, "/groups/{slug}/good-faith/{pk}/states/{state}/forgo", AssessmentShown)
def forgo_payment(request: Asked, slug: Slug, pk: Id, state: State, seat: SeatId = None) -> Any:
    """Leave one's own payment to the others, for good."""
    row = assessment_in(request, slug, pk)
    actions.forgo(assessment=row, state=state, by=acting(request, row.group, seat), at=request.now)
    return _shown(row)


@write(router, "/groups/{slug}/good-faith/{pk}/publish", AssessmentShown)
def publish_scores(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Publish every score with its facts; states may then reply."""
    row = assessment_in(request, slug, pk)
    return _shown(
        actions.publish(assessment=row, by=acting(request, row.group, seat), at=request.now)
    )


@write(router, "/groups/{slug}/good-faith/{pk}/withdraw", AssessmentShown)
def withdraw_assessment(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Withdraw an assessment that was opened by mistake, before it is published."""
    row = assessment_in(request, slug, pk)
    return _shown(
        actions.withdraw(assessment=row, by=acting(request, row.group, seat), at=request.now)
    )


@write(router, "/groups/{slug}/good-faith/{pk}/close", AssessmentShown)
def close_assessment(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Close a year when no time for a reply runs any more."""
    row = assessment_in(request, slug, pk)
    return _shown(
        actions.close(assessment=row, by=acting(request, row.group, seat), at=request.now)
    )


@write(router, "/groups/{slug}/good-faith/{pk}/people", AssessmentShown)
def set_people(request: Asked, slug: Slug, pk: Id, body: Protected, seat: SeatId = None) -> Any:
    """Say how many people each state protects, by a decided plan or another source."""
    row = assessment_in(request, slug, pk)
    plan = None
    if body.plan is not None:
        plan = one_of(visible(Plan.objects.filter(group=row.group), request.viewer), body.plan)
    done = actions.set_people(
        assessment=row, people=body.people, source=body.source, plan=plan,
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return _shown(done)


@write(router, "/groups/{slug}/good-faith/{pk}/payments", AssessmentFull, made=True)
def pay_good_faith(request: Asked, slug: Slug, pk: Id, body: Divided, seat: SeatId = None) -> Any:
    """Award each state its payment out of an incentive fund."""
    row = assessment_in(request, slug, pk)
    fund: Fund = fund_in(request, slug, body.fund)
    amounts = {name: Fraction(text) if (text := getattr(body, name)) else None
               for name in ("cost", "pot")}  # fmt: skip
    pay_incentive(
        assessment=row, fund=fund, whole=Whole(**amounts, source=body.source),
        decision=body.decision, by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, _full(request, assessment_in(request, slug, pk)))
