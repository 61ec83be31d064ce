"""One item of every kind, with its parts, for one shade of audience."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from commonhaven.charter import load as load_charter
from commonhaven.charter import shipped
from commonhaven.commitments import Commitment as Promised
from commonhaven.commitments import Evidence, Share
from commonhaven.commitments import Need as Needed
from commonhaven.exchange import Organisation, Transaction
from commonhaven.reading import canonical, digest, dump
from commonhaven.reading.toml import read_text
from commonhaven.situations import load as load_situation
from commonhaven.situations import read as read_situation
from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.commitments.actions import promise
from commonhaven.web.commitments.actions import step as take_step
from commonhaven.web.commitments.matches import propose_match
from commonhaven.web.commitments.models import Commitment, Match, Need
from commonhaven.web.commitments.needs import state_need
from commonhaven.web.decisions.models import Decision, Obligation, Vote
from commonhaven.web.exchange.models import Answer, Offer, Practice, Question, Reuse
from commonhaven.web.flows.cells import cells
from commonhaven.web.flows.models import Flow, FlowFile, Line, Load
from commonhaven.web.funds.models import Fund, FundStep
from commonhaven.web.good_faith.facts import Fact, with_findings, written
from commonhaven.web.good_faith.models import Assessment, Criterion, Finding, Reply, Version
from commonhaven.web.good_faith.models import Evidence as Brought
from commonhaven.web.groups.models import CharterComment, CharterConsent, CharterVersion, Group
from commonhaven.web.kit.audience import Item
from commonhaven.web.meetings.actions import convene
from commonhaven.web.meetings.files import keep
from commonhaven.web.meetings.models import (
    AdoptedText,
    AgendaItem,
    Amendment,
    Credential,
    Document,
    Intervention,
    Meeting,
    OutcomeParagraph,
    Position,
    Presence,
    SummaryParagraph,
)
from commonhaven.web.notices.models import Notice
from commonhaven.web.plans.actions import compute_plan
from commonhaven.web.plans.models import Move, Opinion, Plan
from commonhaven.web.record.actions import write
from commonhaven.web.record.models import Entry as RecordEntry
from commonhaven.web.search.models import Entry as SearchEntry
from commonhaven.web.situations.actions import open_situation
from commonhaven.web.situations.models import Situation

from access_bundle import Bundle  # isort: skip


def situation(b: Bundle) -> None:
    raw = dump(load_situation("liberia-1990"))
    raw["id"] = f"case-{Situation.objects.count()}"
    raw["name"] = {"en": b.plant("situation.title")}
    raw["about"] = b.plant("situation.about")
    raw["cohorts"][0]["name"] = b.plant("situation.cohort")
    raw["sources"][0]["note"] = b.plant("situation.source")
    value = read_situation(raw, "test")
    made = open_situation(group=b.group, value=value, by=b.by, at=b.at, placing=b.placing)
    made.versions.update(note=b.plant("situation.note"))
    b.keep(made).save()


def charter(b: Bundle) -> None:
    raw = dump(load_charter("west-africa"))
    version = f"2.{CharterVersion.objects.count()}"
    raw["group"]["version"], raw["group"]["note"] = version, b.plant("charter.note")
    text = read_text(shipped()["west-africa"], "west-africa")
    text = text.replace('group.version = "1"', f'group.version = "{version}"')
    text = f"# {b.plant('charter.toml')}\n{text}"
    made = CharterVersion.objects.create(
        **b.place, version=version, toml=text, value=canonical(raw),
        digest=digest(raw), in_force=b.at.date() + timedelta(days=60), party=b.by.party,
    )  # fmt: skip
    b.keep(made)
    CharterComment.objects.create(
        charter=made, party=b.by.party, capacity="delegate", article="costs.ceiling",
        text=b.plant("charter.comment"), revision=1, said_at=b.at,
    )  # fmt: skip
    CharterConsent.objects.create(
        charter=made, party="SEN", choice="yes", reference=b.plant("charter.consent"), revision=1,
        said_at=b.at,
    )  # fmt: skip


def meeting(b: Bundle) -> None:
    made = convene(
        group=b.group, title=b.plant("meeting.title"), reason=b.plant("meeting.reason"),
        situation=b.first(Situation), by=b.by, at=b.at, placing=b.placing,
    )  # fmt: skip
    made.place = b.plant("meeting.place")
    b.keep(made).save()
    seat = SeatRow.objects.get(pk=b.by.id)
    Credential.objects.create(
        meeting=made, seat=seat, party=b.by.party, reference=b.plant("meeting.credential"),
        presented_at=b.at,
    )  # fmt: skip
    Presence.objects.create(meeting=made, party=b.by.party, standing="inner core", arrived_at=b.at)


def agenda_item(b: Bundle) -> None:
    row = AgendaItem.objects.create(
        **b.place, meeting=b.above(Meeting), number=1, title=b.plant("agenda.title"),
        note=b.plant("agenda.note"), party=b.by.party,
    )  # fmt: skip
    b.keep(row)


def document(b: Bundle) -> None:
    inside = io.BytesIO(b.plant("document.file").encode())
    kept, name, size = keep(inside, f"{b.plant('document.file_name')}.txt")
    for number in (1, 2):
        row = Document.objects.create(
            **b.place, meeting=b.above(Meeting), version=number, party=b.by.party, file=kept,
            symbol=f"WA/{b.shade}/{b.above(Meeting).pk}/{b.hangs_on is None}"[:60], size=size,
            title=b.plant(f"document.title{number}"), text=b.plant(f"document.text{number}"),
            file_name=name,
        )  # fmt: skip
        b.keep(row)


def intervention(b: Bundle) -> None:
    row = Intervention.objects.create(
        **b.place, meeting=b.above(Meeting), party=b.by.party, kind="inner core", form="written",
        text=b.plant("intervention.text"),
    )  # fmt: skip
    b.keep(row)


def summary(b: Bundle) -> None:
    held = b.above(Meeting)
    first = SummaryParagraph.objects.create(
        **b.place, meeting=held, number=1, text=b.plant("summary.text"), party="UNHCR",
        status="accepted",
    )  # fmt: skip
    SummaryParagraph.objects.create(
        **b.place, meeting=held, number=1, text=b.plant("summary.change"), party=b.by.party,
        replaces=first,
    )  # fmt: skip
    b.keep(first)


def outcome(b: Bundle) -> None:
    held = b.above(Meeting)
    row = OutcomeParagraph.objects.create(
        **b.place, meeting=held, number=1, text=b.plant("outcome.text"), party=b.by.party,
    )  # fmt: skip
    b.keep(row)
    Amendment.objects.create(
        paragraph=row, party=b.by.party, text=b.plant("outcome.amendment"), made_at=b.at
    )
    for kind in ("objection", "reservation"):
        Position.objects.create(
            meeting=held, paragraph=row, party=b.by.party, kind=kind, made_at=b.at,
            text=b.plant(f"outcome.{kind}"),
        )  # fmt: skip


def adopted(b: Bundle) -> None:
    value = {
        "kind": "summary", "meeting": 1, "title": b.plant("adopted.title"),
        "paragraphs": [{"number": 1, "text": b.plant("adopted.text"), "sponsors": []}],
    }  # fmt: skip
    for kind in ("summary", "outcome"):
        if b.hangs_on is None:
            row = AdoptedText.objects.create(
                **b.place, meeting=b.above(Meeting), kind=kind, value=canonical(value),
                digest=digest(value),
            )  # fmt: skip
            b.keep(row)


def plan(b: Bundle) -> None:
    if b.shade in COMPUTED or b.pattern is None:
        made = compute_plan(
            group=b.group, situation=b.first(Situation), by=b.by, at=b.at, placing=b.placing,
            title=b.plant("plan.title"),
        )  # fmt: skip
    else:
        made = copied(b, b.pattern)
    made.meeting, made.status, made.tabled_by = b.above(Meeting), "tabled", b.by.party
    talks = json.loads(made.talks)
    talks["notes"] = [b.plant("plan.talks")]
    made.talks, made.tabled_at = canonical(talks), b.at
    b.keep(made).save()
    Move.objects.create(
        plan=made, number=1, state="FRA", kind="offer", people=1, reason=b.plant("plan.move"),
        made_at=b.at,
    )  # fmt: skip


def copied(b: Bundle, pattern: Plan) -> Plan:
    """The public plan again, as an item of this shade: computing takes long, and tells no more."""
    made: Plan = Plan.objects.get(pk=pattern.pk)
    made.pk, made.number = None, Plan.objects.count() + 1
    made._state.adding = True
    made.situation, made.title = b.first(Situation), b.plant("plan.title")
    made.version = made.situation.versions.get()
    for name, value in b.place.items():
        setattr(made, name, value)
    return made


def opinion(b: Bundle) -> None:
    row = Opinion.objects.create(
        **b.place, plan=b.above(Plan), party="UNHCR", capacity="unhcr", finding="compatible",
        text=b.plant("opinion.text"),
    )  # fmt: skip
    b.keep(row)


def decision(b: Bundle) -> None:
    base = b.first(Meeting)
    for number, status in enumerate(("open", "adopted"), 1):
        told = [{"title": "consensus", "result": "adopted", "cite": "", "refused": [],
                 "working": [b.plant(f"decision.working{number}")]}]  # fmt: skip
        row = Decision.objects.create(
            **b.place, number=2 * Decision.objects.count() + number, meeting=base,
            plan=b.first(Plan), title=b.plant(f"decision.title{number}"), kind="plan",
            text=b.plant(f"decision.text{number}"), mode="consensus", party=b.by.party,
            status=status, charter=base.charter, closes_at=b.at + timedelta(days=9),
            decided_at=None if status == "open" else b.at,
            tally=canonical({"modes": told if status == "adopted" else []}),
        )  # fmt: skip
        Vote.objects.create(
            decision=b.keep(row), party=b.by.party, choice="yes", cast_at=b.at,
            explanation=b.plant(f"decision.vote{number}"),
        )  # fmt: skip


def obligation(b: Bundle) -> None:
    row = Obligation.objects.create(
        **b.place, decision=b.above(Decision), code=f"FRA-{b.shade}-{b.hangs_on is None}",
        party=b.by.party, kind="money", what=b.plant("obligation.what"),
        counterpart=b.plant("obligation.counterpart"), measured=b.plant("obligation.measured"),
        confirmed_by=b.plant("obligation.confirmed"), cite=b.plant("obligation.cite"),
        due=b.at.date() + timedelta(days=20),
    )  # fmt: skip
    b.keep(row)


def commitment(b: Bundle) -> None:
    value = Promised(
        id="new", title=b.plant("commitment.title"), kind="financial", unit="USD",
        shares=(Share(giver=b.by.party, quantity=Fraction(90)),), to=("SEN",),
        about=b.plant("commitment.about"), beneficiaries=b.plant("commitment.beneficiaries"),
        ends=b.at.date() - timedelta(days=100),
    )  # fmt: skip
    made = promise(group=b.group, value=value, by=b.by, at=b.at, placing=b.placing)
    take_step(
        commitment=made, by=b.by, at=b.at, kind="withdrawn", giver=b.by.party,
        quantity=Fraction(10), says=b.plant("commitment.step"),
        evidence=(Evidence(what=b.plant("commitment.evidence")),),
    )  # fmt: skip
    b.keep(made)


def need(b: Bundle) -> None:
    value = Needed(
        id="new", title=b.plant("need.title"), by=b.by.party, kind="financial", unit="USD",
        quantity=Fraction(50), about=b.plant("need.about"), basis=b.plant("need.basis"),
    )  # fmt: skip
    made = state_need(group=b.group, value=value, by=b.by, at=b.at, placing=b.placing,
                      bundle=b.plant("need.bundle"))  # fmt: skip
    made.status, made.review = "open", b.plant("need.review")
    made.reviewed_by, made.reviewed_at = "UNHCR", b.at
    b.keep(made).save()


def match(b: Bundle) -> None:
    made = propose_match(
        commitment=b.first(Commitment), need=b.first(Need), quantity=5,
        why=b.plant("match.why"), by=b.by, at=b.at,
    )  # fmt: skip
    b.keep(made)


def fund(b: Bundle) -> None:
    row = Fund.objects.create(
        **b.place, title=b.plant("fund.title"), currency="USD", party="UNHCR",
    )  # fmt: skip
    value = {"id": "f", "kind": "signed", "at": b.at.isoformat(), "by": "CHE", "amount": "5",
             "evidence": b.plant("fund.evidence"), "says": b.plant("fund.says"),
             "due": (b.at.date() - timedelta(days=100)).isoformat()}  # fmt: skip
    FundStep.objects.create(
        fund=b.keep(row), number=1, kind="signed", party="CHE", capacity="delegate", at=b.at,
        said=value["says"], value=canonical(value),
    )  # fmt: skip


def assessment(b: Bundle) -> None:
    row = Assessment.objects.create(
        **b.place, title=b.plant("assessment.title"), ends=b.at.date() - timedelta(days=30),
        states=["GHA", "FRA"], party="UNHCR", status="published", published_at=b.at,
        people={"GHA": 5, "FRA": 5}, people_source=b.plant("assessment.source"),
        fund=b.first(Fund), pot="5.00", pot_source=b.plant("fund.pot"),
        payments={"GHA": "5.00", "FRA": "0.00"},
    )  # fmt: skip
    for state in b.keep(row).states:
        for model, more in ((Finding, {"kept": True}), (Brought, {})):
            model.objects.create(
                assessment=row, state=state, criterion="reported", at=b.at,
                text=b.plant(f"assessment.{model.__name__}"), party="UNHCR", capacity="unhcr",
                where=b.plant("assessment.where"), document=b.first(Document), **more,
            )  # fmt: skip
        Reply.objects.create(
            assessment=row, state=state, version=1, text=b.plant("assessment.reply"), at=b.at
        )
        found = Finding.objects.filter(assessment=row, state=state)
        facts = with_findings(tuple(Fact(criterion=name, known=True) for name in Criterion), found)
        Version.objects.create(
            assessment=row, state=state, number=1, score="1", facts=written(facts), at=b.at,
            replies_until=b.at + timedelta(days=30),
        )  # fmt: skip


def flow_file(b: Bundle) -> None:
    """Without the act, which would need UNHCR's seat; with flows and their sum."""
    load = Load.objects.create(
        group=b.group, person_id=b.by.user, state="whole", name=f"{b.plant('flows.name')}.csv",
        form="flows", sha256="0" * 64, size=1, position=1, touched_at=b.at,
    )  # fmt: skip
    line = Line.objects.create(
        load=load, year=2026, provider=b.plant("flows.provider"), provider_type="", flows=1,
        provider_country="", kind="disbursement", currency="USD", passed_on=False, total="5",
    )  # fmt: skip
    flow = Transaction(
        activity=b.plant("flows.activity"), kind="disbursement", on=b.at.date(), currency="USD",
        value=Decimal(5), provider=Organisation(line.provider), about=b.plant("flows.flow"),
    )  # fmt: skip
    activity, value, rest = cells(flow)
    Flow.objects.create(load=load, number=1, line=line, activity=activity, value=value, rest=rest)
    row = FlowFile.objects.create(
        **b.place, title=b.plant("flows.title"), source=b.plant("flows.source"), name=load.name,
        about=b.plant("flows.about"), form="flows", sha256=load.sha256, size=1, flows=1,
        party="UNHCR", load=load,
    )  # fmt: skip
    b.keep(row)


TOLD = {"source": "A report", "sure": "reported", "party": "UNHCR"}


def practice(b: Bundle) -> None:
    row = Practice.objects.create(
        **b.place, **TOLD, title=b.plant("practice.title"), summary=b.plant("practice.summary"),
        language="en", themes=["skills"], result=b.plant("practice.result"),
        needs=b.plant("practice.needs"),
    )  # fmt: skip
    b.keep(row)


def reuse(b: Bundle) -> None:
    """Of one that ships: what is taken over between groups is public."""
    row = Reuse.objects.create(
        **b.place, **TOLD, shipped="cirefca", result=b.plant("reuse.result"),
    )  # fmt: skip
    b.keep(row)


def question(b: Bundle) -> None:
    """Put to a group in which nobody has a seat; who sees it there is tried apart."""
    row = Question.objects.create(
        **b.place, to=peer(b), title=b.plant("question.title"), text=b.plant("question.text"),
        theme="skills", due=b.at.date() + timedelta(days=30), party="GHA", status="closed",
        closing=b.plant("question.closing"),
    )  # fmt: skip
    Answer.objects.create(
        question=row, group=peer(b), party="CHE", text=b.plant("question.answer"), at=b.at
    )
    b.keep(row)


def offer(b: Bundle) -> None:
    row = Offer.objects.create(
        **b.place, to=peer(b), kind="presentation", title=b.plant("offer.title"),
        text=b.plant("offer.text"), theme="skills", since=b.at.date(), party="GHA",
        meeting=b.first(Meeting), status="accepted", answer=b.plant("offer.answer"),
    )  # fmt: skip
    b.keep(row)


def peer(b: Bundle) -> Group:
    """Another group, in which nobody who looks has a seat."""
    made, _ = Group.objects.get_or_create(
        slug="peer", defaults={"name": {"en": "Peer"}, "created_at": b.at}
    )
    return made


def record_entry(b: Bundle) -> None:
    body = {"title": b.plant("record.title"), "text": b.plant("record.text")}
    row = write(
        b.group, "document submitted", body, by=b.by, at=b.at, placing=b.placing,
        subject=f"document/{b.first(Document).pk}",
    )  # fmt: skip
    b.keep(row)


def notices(b: Bundle) -> None:
    """One notice of the item for everybody with a seat: shown to whoever may see it."""
    kind = "an act that no table names"
    text = b.plant("notice.facts")
    for user in SeatRow.objects.filter(group=b.group).values_list("user", flat=True).distinct():
        row = Notice.objects.create(
            **b.place, user_id=user, kind=kind, subject=f"decision/{b.first(Decision).pk}",
            facts={"title": text, "act": kind}, key=f"test/{b.shade}/{b.group.head.number}",
        )  # fmt: skip
        b.keep(row)


def indexed(b: Bundle) -> None:
    """Search indexes items as they are saved; here it is only seen that it did."""
    entries = SearchEntry.objects.filter(kind="situation", item=b.first(Situation).pk)
    b.keep(entries.get())


FACTORIES: dict[type[Item], Callable[[Bundle], None]] = {
    Situation: situation, CharterVersion: charter, Meeting: meeting, AgendaItem: agenda_item,
    Document: document, Intervention: intervention, SummaryParagraph: summary,
    OutcomeParagraph: outcome, AdoptedText: adopted, Plan: plan, Opinion: opinion,
    Decision: decision, Obligation: obligation, Commitment: commitment, Need: need,
    Match: match, Fund: fund, Assessment: assessment, FlowFile: flow_file,
    Practice: practice, Reuse: reuse, Question: question, Offer: offer,
    RecordEntry: record_entry, Notice: notices,
    SearchEntry: indexed,
}  # fmt: skip
"""Every table of items → what makes one of it, in the order in which they are made."""

LATE = (RecordEntry, Notice)
"""Made when everybody has a seat: people are told of them."""
COMPUTED = frozenset({"hosts", "members"})
"""Shades whose plans are computed from their own situations."""
PARTS = (AgendaItem, Document, Intervention, SummaryParagraph, OutcomeParagraph, Opinion,
         Obligation)  # fmt: skip
"""Items that belong to another item, for fewer people than that one in some cases."""
