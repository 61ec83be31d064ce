"""Play the demonstration's story, so that every page has something to show.

Two crises of the past are played as if they happened now: Togo 1993, met on and decided, and
Liberia 1990, on which the group sits. Every step is an act of the platform by somebody entitled.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from commonhaven.situations import load
from commonhaven.web.decisions.actions import (
    Question,
    cast_vote,
    close_decision,
    put_decision,
    report_done,
)
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience
from commonhaven.web.meetings.actions import agenda, documents, floor, outcome, room, summary
from commonhaven.web.meetings.actions.convening import act, close, convene
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.operation.demonstration.cast import CAST
from commonhaven.web.operation.demonstration.found import Stage, found, people
from commonhaven.web.operation.demonstration.giving import asks, given
from commonhaven.web.operation.demonstration.treasury import budgeted, emergency, filled
from commonhaven.web.plans.actions import ask_opinion, compute_plan, give_opinion, table_plan
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.moves import Wish, make_move
from commonhaven.web.record.actions import PUBLIC, Placing
from commonhaven.web.situations.actions import open_situation
from commonhaven.web.situations.models import Situation

CONSULTATIVE = Placing(audience=Audience.CONSULTATIVE)
HOUR = timedelta(hours=1)
SILENT = ("LBR", "JPN")
"""Members that do not come, so that the duty to attend has something to show."""


@transaction.atomic
def make(at: datetime) -> None:
    """Make the demonstration, ending at ``at``; where it is there already, nothing is done."""
    if Group.objects.filter(demonstration=True).exists():
        return
    accounts = people()
    group = found(accounts, at - timedelta(days=40))
    stage = Stage(group=group, accounts=accounts)
    fund = filled(stage, at - timedelta(days=37))
    budgeted(stage, at - timedelta(days=36))
    situation = decided(stage, at - timedelta(days=30))
    given(stage, situation, at - timedelta(days=5))
    sitting(stage, fund, at)


def called(stage: Stage, situation: Situation, who: str, reason: str, at: datetime) -> Meeting:
    """Convene, acknowledge, answer."""
    meeting = convene(
        group=stage.group, title=f"Emergency meeting: {situation.title}", situation=situation,
        reason=reason, by=stage.seat(who, at), at=at, placing=CONSULTATIVE,
    )  # fmt: skip
    secretariat = stage.seat("secretariat", at)
    act(
        meeting=meeting, kind="acknowledge", by=secretariat, at=at + 6 * HOUR,
        data={"sheet": f"Data sheet {meeting.number}"},
    )  # fmt: skip
    for hours, other in ((9, "neighbour"), (20, "donor"), (26, "chair")):
        when = at + hours * HOUR
        seat = stage.seat(other, when)
        if seat.party != meeting.party:
            act(meeting=meeting, kind="reply", by=seat, at=when)
    return meeting


def opened(stage: Stage, meeting: Meeting, at: datetime) -> None:
    """Open the meeting and take seats."""
    act(meeting=meeting, kind="open-meeting", by=stage.seat("chair", at), at=at)
    seated(stage, meeting, at + HOUR / 4)


def seated(stage: Stage, meeting: Meeting, at: datetime) -> None:
    """Those of the cast come by themselves; the secretariat records the others."""
    secretariat = stage.seat("secretariat", at)
    present = set()
    for part in CAST:
        heads = part.capacity == "head of delegation" and part.party not in SILENT
        if heads or part.capacity in {"unhcr", "ngo"}:
            room.arrive(meeting=meeting, by=stage.seat(part.id, at), at=at)
            present.add(part.party)
    members = stage.group.memberships.filter(standing__in=["inner core", "outer core"])
    for party in members.values_list("party", flat=True):
        if party not in present and party not in SILENT:
            room.arrive(meeting=meeting, by=secretariat, at=at, party=party)


def proposed(stage: Stage, meeting: Meeting, at: datetime) -> Plan:
    """The plan by the charter's rule, tabled, and UNHCR asked for its opinion."""
    situation = meeting.situation
    assert situation is not None  # noqa: S101 - called with one
    plan = compute_plan(
        group=stage.group, situation=situation, by=stage.seat("secretariat", at), at=at,
        placing=CONSULTATIVE, title=f"Plan by the charter: {situation.title}",
    )  # fmt: skip
    return table_plan(plan=plan, meeting=meeting, by=stage.seat("chair", at), at=at)


def decided(stage: Stage, at: datetime) -> Situation:
    """Togo 1993: an offer, an opinion, a vote, obligations, one of them reported done."""
    situation = open_situation(
        group=stage.group, value=load("togo-1993"), by=stage.seat("secretariat", at), at=at,
        placing=PUBLIC,
    )  # fmt: skip
    why = "More people have crossed than the border districts can shelter."
    meeting = called(stage, situation, "chair", why, at + HOUR)
    opened(stage, meeting, at + 99 * HOUR)
    now = at + 100 * HOUR
    plan = proposed(stage, meeting, now)
    offer = Wish(
        kind="offer money", money=Decimal(500_000), reason="For schools in the border districts."
    )
    plan = make_move(plan=plan, wish=offer, by=stage.seat("donor", now), at=now + HOUR / 2)
    ask_opinion(plan=plan, by=stage.seat("secretariat", now), at=now + HOUR)
    give_opinion(
        plan=plan, finding="compatible with conditions", by=stage.seat("unhcr", now),
        text="Compatible, provided that nobody moves against their will.", at=now + 2 * HOUR,
    )  # fmt: skip
    question = Question(kind="plan", title=plan.title, plan=plan)
    decision = put_decision(
        group=stage.group, question=question, by=stage.seat("chair", now), at=now + 3 * HOUR,
        meeting=meeting, placing=PUBLIC,
    )  # fmt: skip
    for who in ("host", "chair", "neighbour", "donor"):
        seat = stage.seat(who, now)
        cast_vote(decision=decision, choice="yes", by=seat, at=now + 4 * HOUR)
    close_decision(decision=decision, by=stage.seat("chair", now), at=now + 5 * HOUR)
    minutes(stage, meeting, now + 5 * HOUR)
    close(meeting=meeting, by=stage.seat("secretariat", now), at=now + 6 * HOUR)
    owed = Obligation.objects.filter(decision=decision, party="GHA").order_by("due", "pk").first()
    if owed is not None:
        when = now + 48 * HOUR
        note = "Receiving centres are open."
        report_done(obligation=owed, note=note, by=stage.seat("chair", when), at=when)
    return situation


def minutes(stage: Stage, meeting: Meeting, at: datetime) -> None:
    """A short summary record, corrected by a delegation."""
    secretariat = stage.seat("secretariat", at)
    for text in (
        "The meeting opened with the report of UNHCR on arrivals and capacity.",
        "The Council of lead NGOs described conditions in the border districts.",
        "The plan was adopted with the offer made by France.",
    ):
        summary.draft_paragraph(meeting=meeting, text=text, by=secretariat, at=at)


def sitting(stage: Stage, fund: Fund, at: datetime) -> None:
    """Liberia 1990: the meeting opened two hours ago, a plan lies before it, talks have begun."""
    start = at - 101 * HOUR
    situation = open_situation(
        group=stage.group, value=load("liberia-1990"), by=stage.seat("host", start), at=start,
        placing=PUBLIC,
    )  # fmt: skip
    why = "The influx exceeds what we can bear alone; the border towns have doubled."
    meeting = called(stage, situation, "host", why, start + HOUR)
    emergency(stage, fund, meeting)
    asks(stage, situation, start + 95 * HOUR)
    opened(stage, meeting, start + 99 * HOUR)
    now = at - HOUR
    papers(stage, meeting, now)
    plan = proposed(stage, meeting, now + HOUR / 6)
    offer = Wish(kind="offer people", people=2_000, reason="Family members of people settled here.")
    make_move(plan=plan, wish=offer, by=stage.seat("donor", now), at=now + HOUR / 3)
    words(stage, meeting, now + HOUR / 2)


def papers(stage: Stage, meeting: Meeting, at: datetime) -> None:
    """An agenda, UNHCR's report for all in the room, a paper of the host states' caucus."""
    chair = stage.seat("chair", at)
    for title, minutes_ in (
        ("Report of UNHCR and statements", 60),
        ("Who protects whom and who pays what", 180),
        ("Outcome", 60),
    ):
        agenda.propose_item(meeting=meeting, title=title, by=chair, at=at, minutes=minutes_)
    agenda.adopt_agenda(meeting=meeting, by=chair, at=at)
    report = documents.Paper(
        title="Report on arrivals and capacity", symbol=f"M{meeting.number}/1",
        text="Arrivals, reception capacity and needs by state, as in the situation's sources.",
    )  # fmt: skip
    documents.submit_document(
        group=stage.group, meeting=meeting, paper=report, placing=CONSULTATIVE,
        by=stage.seat("unhcr", at), at=at,
    )  # fmt: skip
    caucus = stage.group.caucuses.get(name="Host states")
    position = documents.Paper(
        title="Common position of the host states", symbol=f"M{meeting.number}/CRP.1",
        text="Receiving states outside the region should say first what they offer.",
    )  # fmt: skip
    documents.submit_document(
        group=stage.group, meeting=meeting, paper=position,
        placing=Placing(audience=Audience.CAUCUS, caucus=caucus),
        by=stage.seat("neighbour", at), at=at,
    )  # fmt: skip


def words(stage: Stage, meeting: Meeting, at: datetime) -> None:
    """A speaker on the floor, others on the list, a written statement, the outcome begun."""
    asked = floor.ask_for_the_floor(meeting=meeting, by=stage.seat("host", at), at=at)
    floor.ask_for_the_floor(meeting=meeting, by=stage.seat("ngo", at), at=at)
    floor.give_floor(intervention=asked, by=stage.seat("chair", at), at=at + HOUR / 4)
    statement = floor.Words(
        text="Those who fled should be asked where they see safety, and be told what was decided.",
        placing=CONSULTATIVE,
    )  # fmt: skip
    floor.intervene_in_writing(
        meeting=meeting, words=statement, by=stage.seat("ngo", at), at=at
    )  # fmt: skip
    paragraph = outcome.propose_paragraph(
        meeting=meeting, by=stage.seat("chair", at), at=at,
        text="The members share responsibility for the people who fled as the plan lays down.",
    )  # fmt: skip
    outcome.amend(
        paragraph=paragraph, by=stage.seat("donor", at), at=at,
        text="The members share responsibility for the people who fled as the plan lays down, "
        "and review it after thirty days.",
    )  # fmt: skip
