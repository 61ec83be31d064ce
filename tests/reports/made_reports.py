"""Every report, made from what ships, in every language; each document is made once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache

from page_tree import Node, tree

from commonhaven.charter import load as load_charter
from commonhaven.commitments import book, read_book, together
from commonhaven.commitments.fund import fund
from commonhaven.commitments.fund.file import read_fund
from commonhaven.costs.good_faith_file import read_year
from commonhaven.parties.figures import reference
from commonhaven.regime import Plan, WithFacts, compare, compute, obligations
from commonhaven.reports import (
    AnnualReview,
    Arrivals,
    Attendance,
    Attendee,
    Decided,
    Document,
    HandoverPack,
    Item,
    MeetingRecord,
    OpenDuty,
    OpenMatter,
    PlanExplained,
    Position,
    Prose,
    RunningClock,
    Seat,
    SituationBrief,
    Trigger,
    html,
)
from commonhaven.situations import load as load_situation

NAMES = ("west-africa", "liberia-1990")
DECIDED = date(1991, 2, 1)
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 23, 59, tzinfo=UTC)
KINDS = ("brief", "plan", "review", "meeting", "handover")
GROUP = {"en": "Example group", "fr": "Groupe exemple", "ar": "مجموعة مثال"}
TEXT = (
    Prose()
    .edited("en", "The first paragraph.\n\nThe second.", on=date(2026, 1, 5))
    .translated("ar", "الفقرة الأولى.", on=date(2026, 1, 6))
    .edited("fr", "Un nouveau texte.", on=date(2026, 2, 1))
)


@cache
def plan() -> Plan:
    charter, situation = load_charter(NAMES[0]), load_situation(NAMES[1])
    return compute(charter, situation, WithFacts(reference()))


@cache
def brief() -> SituationBrief:
    arrived = {"since": date(1990, 1, 1), "until": date(1990, 6, 30), "source": "unhcr-rdf"}
    threshold = {"what": "people who arrived within 30 days", "threshold": Fraction(10000)}
    return SituationBrief(
        situation=plan().inputs.situation,
        plan=plan(),
        names=NAMES,
        arrivals=(
            Arrivals(state="GIN", people=80_000, **arrived),
            Arrivals(state="CIV", people=120_000, **arrived),
        ),
        triggers=(
            Trigger(**threshold, reached=Fraction(25000), fired_on=date(1990, 2, 1)),
            Trigger(**threshold),
        ),
        introduction=TEXT,
        assessment=TEXT,
    )


@cache
def plan_explained() -> PlanExplained:
    charter, situation = load_charter(NAMES[0]), load_situation(NAMES[1])
    return PlanExplained(
        plan=plan(),
        state="GHA",
        names=NAMES,
        comparison=compare(charter, situation, WithFacts(reference()), names=["equal", "area"]),
        obligations=obligations(plan(), decided=DECIDED),
        decided=DECIDED,
        introduction=TEXT,
        again=("commonhaven share west-africa liberia-1990 --out plans",),
    )


@cache
def review() -> AnnualReview:
    file, money = read_book("eu-pool-2026"), read_fund("host-region")
    held = book(file.commitments, file.acts, NOW, file.setting())
    assert file.pool is not None
    pool, target = file.pool.pool(), money.target()
    return AnnualReview(
        charter=load_charter("eu"),
        year=2026,
        made=TODAY,
        plans=(plan(),),
        pool=pool,
        stairs=together(pool, held, TODAY),
        book=held,
        book_title=file.title,
        fund=fund(money.rules(), money.what_happened(), NOW),
        fund_title=money.title,
        target=target.amount if target else None,
        good_faith=read_year("year-of-a-host-region").result(),
        attendance=(
            Attendance(meeting="Meeting 1", on=TODAY, present=("DEU", "FRA"), absent=("MLT",)),
            Attendance(meeting="Meeting 2", on=TODAY, present=("DEU",), absent=("FRA", "MLT")),
        ),
        introduction=TEXT,
        assessment=TEXT,
    )


def meeting() -> MeetingRecord:
    decided = Decided(
        number="3/1", title="The plan", text="The group adopts the plan.", mode="Consensus",
        result="adopted", votes={"yes": 9, "no": 0, "abstain": 1},
        positions=(Position(party="CIV", kind="reservation", text="on its second paragraph"),),
    )  # fmt: skip
    return MeetingRecord(
        group=GROUP, title="Meeting on Liberia", number="3", on=DECIDED, made=DECIDED,
        convened_by="GHA", why="The threshold was passed", quorum="9 of 16",
        attendees=(
            Attendee(party="GHA", role="inner core", present=True),
            Attendee(party="CIV", role="inner core", present=False, represented_by="GHA"),
            Attendee(party="UNHCR", role="secretariat", present=False),
        ),
        items=(Item(title="Who protects whom", summary=TEXT, decisions=(decided,)),),
        annexes=("Plan of 1 February 1991",),
        head="0" * 64,
    )  # fmt: skip


def handover() -> HandoverPack:
    return HandoverPack(
        group=GROUP, old_chair="GHA", new_chair="CIV", made=TODAY, charter_version="1",
        charter_hash="1" * 64,
        meetings=(OpenMatter(number="3", title="Meeting on Liberia", closes=TODAY),),
        clocks=(RunningClock(of="Meeting 3", what="answer", due=NOW, by="CIV"),),
        duties=(OpenDuty(party="CIV", what="report", quantity=Fraction(1), unit="reports"),),
        seats=(Seat(party="GHA", capacity="Delegate"),
               Seat(party="CIV", capacity="Delegate", accepted=False)),
        remarks=TEXT,
    )  # fmt: skip


MADE = {"brief": brief, "plan": plan_explained, "review": review, "meeting": meeting,
        "handover": handover}  # fmt: skip


@cache
def document_of(kind: str, language: str) -> Document:
    return MADE[kind]().document(language)


@dataclass(frozen=True)
class Page:
    """A report as HTML, and the same as a tree."""

    document: Document
    text: str
    tree: Node


@cache
def page_of(kind: str, language: str) -> Page:
    document = document_of(kind, language)
    text = html(document)
    return Page(document, text, tree(text))
