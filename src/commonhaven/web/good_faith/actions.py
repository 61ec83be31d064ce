"""Open a year's assessment, find, bring evidence, publish, reply, forgo, close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from django.db import transaction

from commonhaven.instruments import entry
from commonhaven.reading import Problem, months_after, whole
from commonhaven.web.accounts.policy import TIERS
from commonhaven.web.good_faith import policy
from commonhaven.web.good_faith.facts import (
    Fact,
    Facts,
    as_wide,
    gathered,
    read,
    score_of,
    unknown,
    with_findings,
    written,
)
from commonhaven.web.good_faith.models import (
    Assessment,
    Criterion,
    Evidence,
    Finding,
    Forgone,
    Reply,
    Version,
)
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import members_on
from commonhaven.web.kit.audience import Audience, Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.saying import day_text, instant_in_words, listed, party_name
from commonhaven.web.meetings.models import Document
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.queries import answer_of
from commonhaven.web.record.actions import Placing, hold, write

Body = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said under a criterion, and what it rests on."""

    criterion: str
    text: str
    where: str = ""
    document: Document | None = None


@transaction.atomic
def open_assessment(
    *, group: Group, title: str, ends: date, by: Seat, at: datetime, placing: Placing
) -> Assessment:
    """Begin to gather the facts of the year that ends on a day, of those who are members then."""
    policy.may_score(by)
    if placing.audience == Audience.CAUCUS:
        raise Conflict(
            "a state's score is not kept within a caucus",
            fix="Choose members, consultative or public.",
        )
    hold(group)
    near = {"ends__gt": months_after(ends, -12), "ends__lt": months_after(ends, 12)}
    others = Assessment.objects.filter(group=group, **near)
    if other := others.exclude(status=Assessment.Status.WITHDRAWN).first():
        raise Conflict(
            f"a part of it is assessed already, in the year that ends on {day_text(other.ends)}",
            fix="Give another day, or withdraw that one while it is not published.",
        )
    members = members_on(group, min(ends, at.date()))
    states = sorted({each.party for each in members if each.standing in TIERS})
    if not states:
        said = f"the group had no members on {day_text(ends)}"
        raise Conflict(said, fix="Give the day of another year.")
    row = Assessment.objects.create(
        group=group, title=title[:200], ends=ends, states=states, party=by.party, created_at=at,
        audience=placing.audience, release_at=placing.release_at,
    )  # fmt: skip
    _record(row, "assessment opened", {"ends": ends.isoformat(), "states": states}, by, at)
    return row


@transaction.atomic
def withdraw(*, assessment: Assessment, by: Seat, at: datetime) -> Assessment:
    """End an assessment that was opened by mistake; only before it is published."""
    policy.may_score(by)
    row = locked(assessment)
    policy.in_status(row, Assessment.Status.DRAFT)
    row.status = Assessment.Status.WITHDRAWN
    row.save(update_fields=["status"])
    _record(row, "assessment withdrawn", {}, by, at)
    return row


def locked(row: Assessment) -> Assessment:
    """The assessment as it stands, until the transaction ends nobody else's to change."""
    return Assessment.objects.select_for_update().select_related("group").get(pk=row.pk)


def _record(row: Assessment, act: str, body: Body, by: Seat, at: datetime) -> None:
    write(
        row.group, act, {"title": row.title, **body}, by=by, at=at, subject=row.subject,
        placing=Placing.of(row),
    )  # fmt: skip


def _checked(row: Assessment, states: Sequence[str], said: Said, at: datetime) -> None:
    """Problem where it names nobody who is assessed, says nothing, or cites a narrower document."""
    if not states or not set(states) <= set(row.states):
        raise Problem(
            "it names no state that is assessed", where="states", fix="Name members of the year."
        )
    if said.criterion not in Criterion.values:
        fix = f"One of: {', '.join(Criterion.values)}."
        raise Problem("there is no such criterion", where="criterion", fix=fix)
    if not said.text.strip():
        raise Problem("it does not say what was found", where="text", fix="Say it in a sentence.")
    if said.document and not as_wide(said.document, row, at):
        raise Conflict(
            "the document is for fewer people than the assessment",
            fix="Say in your own words what may be said, or cite another.",
        )


@transaction.atomic
def find(
    *, assessment: Assessment, states: Sequence[str], kept: bool, said: Said, by: Seat, at: datetime
) -> list[Finding]:
    """Enter what UNHCR found of some states; it goes before what the platform knows.

    Once the scores are published, each finding makes a further version of the scores it changes.
    Raises Problem for refoulement verified without evidence beside the sentence.
    """
    policy.may_score(by)
    row = locked(assessment)
    policy.in_status(row, Assessment.Status.DRAFT, Assessment.Status.PUBLISHED)
    _checked(row, states, said, at)
    made = [
        Finding.objects.create(
            assessment=row, state=state, criterion=said.criterion, kept=kept, text=said.text,
            where=said.where[:300], document=said.document, party=by.party, capacity=by.capacity,
            at=at,
        )
        for state in dict.fromkeys(states)
    ]  # fmt: skip
    for one in made:
        score_of(one.state, _tried(one))
    body: dict[str, object] = {
        "states": [one.state for one in made], "criterion": said.criterion, "kept": kept,
        "text": said.text, "where": said.where,
        "document": said.document.pk if said.document else None,
    }  # fmt: skip
    if row.status == Assessment.Status.PUBLISHED:
        body["scores"] = {one.state: _revised(row, one, at).score for one in made}
        _record(row, "good faith revised", body, by, at)
    else:
        _record(row, "finding entered", body, by, at)
    return made


def _tried(finding: Finding) -> Facts:
    """A finding alone, as facts: whether it can stand at all."""
    kept = tuple(Fact(criterion=name, known=True) for name in Criterion.values)
    return with_findings(kept, [finding])


def latest(row: Assessment) -> dict[str, Version]:
    """State → the last version of its score."""
    return {each.state: each for each in row.versions.order_by("state", "number")}


def _revised(row: Assessment, finding: Finding, at: datetime) -> Version:
    """A further version of a state's score; the time for a reply begins anew where it sinks."""
    before = latest(row)[finding.state]
    facts = with_findings(read(before.facts), [finding])
    value = score_of(finding.state, facts).value
    sinks = value < Fraction(before.score)
    return Version.objects.create(
        assessment=row, state=finding.state, number=before.number + 1, score=str(value),
        facts=written(facts), at=at,
        replies_until=_reply_ends(at) if sinks else before.replies_until,
    )  # fmt: skip


def _reply_ends(at: datetime) -> datetime:
    return at + timedelta(days=whole(entry("cost-sharing", "good_faith_reply", at.date()).number))


@transaction.atomic
def bring_evidence(
    *, assessment: Assessment, state: str, said: Said, by: Seat, at: datetime
) -> Evidence:
    """Put evidence beside a state's facts; UNHCR finds, the evidence by itself decides nothing."""
    policy.may_bring(by)
    row = locked(assessment)
    policy.in_status(row, Assessment.Status.DRAFT, Assessment.Status.PUBLISHED)
    _checked(row, [state], said, at)
    made = Evidence.objects.create(
        assessment=row, state=state, criterion=said.criterion, text=said.text,
        where=said.where[:300], document=said.document, party=by.party, capacity=by.capacity, at=at,
    )  # fmt: skip
    body = {"states": [state], "criterion": said.criterion, "text": said.text, "where": said.where,
            "document": said.document.pk if said.document else None}  # fmt: skip
    _record(row, "evidence brought", body, by, at)
    return made


@transaction.atomic
def publish(*, assessment: Assessment, by: Seat, at: datetime) -> Assessment:
    """Publish every score with its facts; from now on states reply, for 30 days.

    Raises Conflict before the year is over, or while something is not known.
    """
    policy.may_score(by)
    row = locked(assessment)
    policy.in_status(row, Assessment.Status.DRAFT)
    if at.astimezone(UTC).date() <= row.ends:
        said = f"the year is not over before {day_text(row.ends)}"
        raise Conflict(said, fix="Publish after that day.")
    facts = gathered(row, at)
    if missing := [state for state, each in facts.items() if unknown(each)]:
        open_ = {name for each in facts.values() for name in unknown(each)}
        names = [f'"{each.label}"' for each in Criterion if each in open_]
        raise Conflict(
            f"not known of {listed(map(party_name, missing))}: {', '.join(names)}",
            fix="Enter what was found; what is not known is no score.",
        )
    until = _reply_ends(at)
    made = [
        Version(
            assessment=row, state=state, number=1, facts=written(each), at=at, replies_until=until,
            score=str(score_of(state, each).value),
        )
        for state, each in facts.items()
    ]  # fmt: skip
    Version.objects.bulk_create(made)
    row.status, row.published_at = Assessment.Status.PUBLISHED, at
    row.save(update_fields=["status", "published_at"])
    scores = {each.state: each.score for each in made}
    _record(row, "good faith published", {"scores": scores, "due": until.isoformat()}, by, at)
    return row


@transaction.atomic
def reply(*, assessment: Assessment, state: str, text: str, by: Seat, at: datetime) -> Reply:
    """A state's own words beside its score. Raises Conflict when the time for them is over."""
    policy.may_reply(by, state)
    row = locked(assessment)
    policy.in_status(row, Assessment.Status.PUBLISHED)
    version = latest(row).get(state)
    if version is None:
        raise Conflict(f"{party_name(state)} is not assessed", fix="See the list of states.")
    if at > version.replies_until:
        raise Conflict(
            f"the time for a reply ended on {instant_in_words(version.replies_until)}",
            fix="Write to UNHCR; a later version of the score that takes more off opens it anew.",
        )
    if not text.strip():
        raise Problem("the reply says nothing", where="text", fix="Write it.")
    made = Reply.objects.create(
        assessment=row, state=state, version=version.number, text=text, at=at
    )
    body = {"state": state, "version": version.number, "text": text}
    _record(row, "reply to good faith", body, by, at)
    return made


@transaction.atomic
def forgo(*, assessment: Assessment, state: str, by: Seat, at: datetime) -> Forgone:
    """Leave one's payment to the others, for good; the score stands all the same."""
    policy.may_reply(by, state)
    row = locked(assessment)
    policy.in_status(row, Assessment.Status.PUBLISHED, Assessment.Status.CLOSED)
    undivided(row)
    if state not in row.states:
        raise Conflict(f"{party_name(state)} is not assessed", fix="See the list of states.")
    if row.forgone.filter(state=state).exists():
        raise Conflict(
            f"{party_name(state)} has left its payment already", fix="Nothing more is to do."
        )
    made = Forgone.objects.create(assessment=row, state=state, at=at)
    _record(row, "payment forgone", {"state": state}, by, at)
    return made


def undivided(row: Assessment) -> None:
    """Conflict where a fund was divided by it already."""
    if row.fund_id is not None:
        raise Conflict("a fund was divided by it already", fix="The next year brings another.")


@transaction.atomic
def close(*, assessment: Assessment, by: Seat, at: datetime) -> Assessment:
    """End the assessment when no state's time for a reply runs any more."""
    policy.may_score(by)
    row = locked(assessment)
    policy.in_status(row, Assessment.Status.PUBLISHED)
    last = max(each.replies_until for each in latest(row).values())
    if at <= last:
        raise Conflict(
            f"states may reply until {instant_in_words(last)}", fix="Close it after that."
        )
    row.status, row.closed_at = Assessment.Status.CLOSED, at
    row.save(update_fields=["status", "closed_at"])
    scores = {state: each.score for state, each in latest(row).items()}
    _record(row, "good faith closed", {"scores": scores}, by, at)
    return row


@transaction.atomic
def set_people(
    *, assessment: Assessment, people: Mapping[str, int], source: str, plan: Plan | None = None,
    by: Seat, at: datetime,
) -> Assessment:  # fmt: skip
    """Say how many people each state protects: as a decided plan has it, or with another source."""
    policy.may_score(by)
    row = locked(assessment)
    policy.in_status(
        row, Assessment.Status.DRAFT, Assessment.Status.PUBLISHED, Assessment.Status.CLOSED
    )
    undivided(row)
    if plan is not None:
        people, source = of_plan(row, plan, at), plan.title
    if strangers := sorted({*people} - {*row.states}):
        said = f"{listed(map(party_name, strangers))} is not assessed"
        raise Problem(said, where="people", fix="Leave it.")
    if missing := sorted({*row.states} - {*people}):
        fix = "Give a number for each, 0 where it protects nobody."
        said = f"nothing is said of {listed(map(party_name, missing))}"
        raise Problem(said, where="people", fix=fix)
    if any(not 0 <= number < MOST for number in people.values()):
        raise Problem("a number of people is out of range", where="people", fix="Give 0 or more.")
    if not source.strip():
        raise Problem("the numbers have no source", where="source", fix="Name it.")
    row.people, row.people_source, row.plan = dict(people), source[:300], plan
    row.save(update_fields=["people", "people_source", "plan"])
    body = {"people": dict(people), "source": source, "plan": plan.pk if plan else None}
    _record(row, "people protected entered", body, by, at)
    return row


MOST = 10**10


def of_plan(row: Assessment, plan: Plan, at: datetime) -> dict[str, int]:
    """State → people whom a decided plan places with it."""
    if plan.group_id != row.group_id or plan.status != Plan.Status.DECIDED:
        raise Conflict("the plan is not decided", fix="Choose one on which the group decided.")
    if not as_wide(plan, row, at):
        raise Conflict(
            "the plan is for fewer people than the assessment", fix="Name another source."
        )
    placed = {part.state: part.placed for part in answer_of(plan).result.states}
    return {state: placed.get(state, 0) for state in row.states}
