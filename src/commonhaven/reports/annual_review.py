"""A group's review of a year: charter, situations, promises kept, fund, good faith, attendance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from commonhaven.charter import Charter
from commonhaven.commitments import Book, Promise, Staircase, all_together
from commonhaven.commitments import Pool as CommonPool
from commonhaven.commitments.fund import BudgetLine, FundState, funded, statement
from commonhaven.costs import Incentive
from commonhaven.costs.good_faith import CRITERIA, REFOULEMENT
from commonhaven.costs.money import Money
from commonhaven.figures import fund_cash, fund_level, staircase_bars
from commonhaven.reading import described
from commonhaven.regime import Plan
from commonhaven.reports.document import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Source,
    Spans,
    Table,
)
from commonhaven.reports.parts import drawn, group_name, hashes, section, warnings, written
from commonhaven.reports.promises import four_numbers
from commonhaven.reports.prose import Prose
from commonhaven.reports.words import Words

REASONS = {**{said: f"faith-{name}" for name, said in CRITERIA.items()},
           REFOULEMENT: "faith-refoulement"}  # fmt: skip
"""What a rule says of a score → the key of its words."""
STEPS_OF_WAY = ("announced", "committed", "delivered", "received", "verified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One meeting that was convened, and which members came."""

    meeting: str = described("What it was")
    on: date = described("Its day")
    present: tuple[str, ...] = described("Members that came, by code", default=())
    absent: tuple[str, ...] = described("Members that did not", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReview:
    """What the review is made from; what is left out has no section, and the review says so.

    ``book_title``, ``fund_title``: how their sources are called. ``target``: the fund's.
    """

    charter: Charter
    year: int
    made: date
    plans: tuple[Plan, ...] = ()
    pool: CommonPool | None = None
    stairs: tuple[Staircase, ...] = ()
    book: Book | None = None
    book_title: str = ""
    fund: FundState | None = None
    fund_title: str = ""
    target: Money | None = None
    budget: tuple[BudgetLine, ...] = ()
    good_faith: Incentive | None = None
    attendance: tuple[Attendance, ...] = ()
    introduction: Prose | None = None
    assessment: Prose | None = None
    again: tuple[str, ...] = ()
    cache: Path | None = None

    def document(self, language: str) -> Document:
        """The review in a language."""
        words = Words("review", language)
        return Document(
            kind="review",
            language=language,
            title=words.say("title", group=group_name(self.charter, words), year=str(self.year)),
            made=self.made,
            sections=tuple(self._sections(words)),
            sources=tuple(self._sources(words)),
            inputs=self._hashes(words),
            again=self.again,
        )

    def _sections(self, words: Words) -> Iterator[Section]:
        title = words.say
        yield from written("introduction", "written-by-person", self.introduction, words)
        yield from section("charter", title("charter"), self._charter(words))
        yield from section("situations", title("situations"), situations(self.plans, words))
        yield from section("promises", title("promises"), self._promises(words))
        yield from section("fund", title("fund"), self._fund(words))
        yield from section("faith", title("faith"), self._faith(words))
        yield from section("attendance", title("attendance"), attended(self.attendance, words))
        yield from written("assessment", "assessment", self.assessment, words)

    def _charter(self, words: Words) -> Iterator[Block]:
        charter = self.charter
        yield from warnings(charter, None, words)
        every = charter.review.every.replace(" ", "-")
        rows: list[tuple[str, Spans]] = [
            (words.say("version"), (charter.group.version,)),
            (words.say("in-force"), (words.day(charter.group.in_force),)),
            (words.say("rule"), (charter.responsibility.rule,)),
            (words.say("scale"), (charter.costs.scale,)),
            (
                words.say("review-every"),
                (words.say(f"every-{every}"),),
            ),
        ]
        yield Facts(rows=tuple(rows))
        yield Table(
            caption=words.say("members-table"),
            columns=(
                Column(title=words.say("state"), wide=True),
                Column(title=words.say("tier")),
                Column(title=words.say("since"), kind="day"),
            ),
            rows=tuple(
                (words.party(state), words.told(member.tier), member.since)
                for state, member in charter.members_on(self.made).items()
            ),
        )

    def _promises(self, words: Words) -> Iterator[Block]:
        if self.stairs and self.pool is not None:
            unit = self.pool.unit
            picture = staircase_bars(
                self.stairs, unit=unit, called=self.book_title, language=words.language
            )
            yield Paragraph(spans=(words.say("four-about"),))
            yield drawn(picture, words, self.cache)
            whole = all_together(self.pool, self.stairs)
            yield Paragraph(
                kind="lead",
                spans=words.spans(
                    "kept",
                    delivered=words.figure(whole.delivered, None, source="book"),
                    fair=words.figure(whole.fair_share, None, source="book"),
                    unit=words.told(unit),
                ),
            )
            yield from four_numbers(self.stairs, words, source="book")
        if self.book is not None and self.book.promises:
            yield from promises(self.book, words)

    def _fund(self, words: Words) -> Iterator[Block]:
        if self.fund is None:
            return
        called = self.fund_title or words.say("fund")
        cash = fund_cash(self.fund, self.target)
        picture = fund_level(cash, now=self.fund.at, called=called, language=words.language)
        yield drawn(picture, words, self.cache)
        yield account(self.fund, self.year, words)
        if self.budget:
            covered = funded(self.fund, self.budget, self.year)
            yield Facts(
                rows=tuple(
                    (words.say(key), (words.money(amount.amount, amount.currency, "fund"),))
                    for key, amount in (
                        ("planned", covered.planned), ("signed", covered.signed),
                        ("came", covered.received), ("in-kind", covered.in_kind))
                )
            )  # fmt: skip

    def _faith(self, words: Words) -> Iterator[Block]:
        if self.good_faith is not None:
            yield Paragraph(spans=(words.say("faith-about"),))
            yield scores(self.good_faith, words)

    def _sources(self, words: Words) -> Iterator[Source]:
        for plan in self.plans:
            situation = plan.inputs.situation.called(words.language)
            text = words.say("plan-of", situation=situation, hash=plan.manifest.plan[:16])
            yield Source(id=f"plan:{plan.manifest.plan}", text=text)
        if self.book is not None or self.stairs:
            yield Source(id="book", text=self.book_title or words.say("book-hash"))
        if self.fund is not None:
            yield Source(id="fund", text=self.fund_title or words.say("fund-hash"))

    def _hashes(self, words: Words) -> tuple[tuple[str, str], ...]:
        named: list[tuple[str, object]] = [("charter-hash", self.charter)]
        named += [("book-hash", (self.book, self.stairs))] if self.book else []
        named += [("fund-hash", self.fund)] if self.fund else []
        plans = tuple((words.say("plan-hash"), plan.manifest.plan) for plan in self.plans)
        return (*hashes(words, named), *plans)


def situations(plans: Iterable[Plan], words: Words) -> Iterator[Table]:
    """The situations of the year, and what each plan gave."""
    rows = tuple(
        (plan.inputs.situation.called(words.language), plan.inputs.situation.on,
         plan.result.in_question, plan.result.placed, plan.result.unplaced,
         Decimal(plan.result.total_cost))
        for plan in plans
    )  # fmt: skip
    currencies = dict.fromkeys(plan.result.currency for plan in plans)
    if rows:
        yield Table(
            caption=words.say("situations-table"),
            columns=(
                Column(title=words.say("situation"), wide=True),
                Column(title=words.say("day"), kind="day"),
                Column(title=words.say("in-question"), kind="number", total=True),
                Column(title=words.say("placed"), kind="number", total=True),
                Column(title=words.say("unplaced"), kind="number", total=True),
                Column(title=words.say("cost", currency=words.listed(currencies)), kind="number",
                       places=2),
            ),
            rows=rows,
            sources=tuple(f"plan:{plan.manifest.plan}" for plan in plans),
        )  # fmt: skip


def promises(book: Book, words: Words) -> Iterator[Table]:
    """Every promise and how far it has come, a table for each unit."""
    by_unit: dict[str, list[Promise]] = {}
    for one in book.promises:
        by_unit.setdefault(one.promised.unit, []).append(one)
    for unit, found in by_unit.items():
        whole = all(getattr(one, name).value.denominator == 1
                    for one in found for name in STEPS_OF_WAY)  # fmt: skip
        yield Table(
            caption=words.say("promises-table", unit=words.told(unit)),
            columns=(
                Column(title=words.say("promise"), wide=True),
                Column(title=words.say("giver")),
                *(Column(title=words.say(name), kind="number", places=0 if whole else 2, total=True)
                  for name in STEPS_OF_WAY),
            ),
            rows=tuple(
                (one.commitment, words.party(one.giver),
                 *(getattr(one, name).value for name in STEPS_OF_WAY))
                for one in found
            ),
            sources=("book",),
        )  # fmt: skip


def account(fund: FundState, year: int, words: Words) -> Table:
    """Every party's account with the fund over the year."""
    names = ("opening", "called", "signed", "lifted", "received", "closing")
    found = [statement(fund, party, year) for party in sorted(fund.parties)]
    return Table(
        caption=words.say("account-table", year=str(year), currency=fund.currency),
        columns=(
            Column(title=words.say("party"), wide=True),
            *(Column(title=words.say(f"account-{name}"), kind="number", places=2, total=True)
              for name in names),
        ),
        rows=tuple(
            (words.party(one.party), *(Fraction(getattr(one, name).amount) for name in names))
            for one in found
        ),
        sources=("fund",),
    )  # fmt: skip


def scores(found: Incentive, words: Words) -> Table:
    """Each state's score with what was taken off, and its payment."""
    return Table(
        caption=words.say("faith-table", currency=found.pot.currency),
        columns=(
            Column(title=words.say("state")),
            Column(title=words.say("score"), kind="number", places=2),
            Column(title=words.say("why-less"), wide=True),
            Column(title=words.say("payment"), kind="number", places=2, total=True),
        ),
        rows=tuple(
            (words.party(state), score.value,
             words.listed(words.say(REASONS[reason]) for reason in score.reasons),
             found.payments[state].amount)
            for state, score in found.scores.items()
        ),
    )  # fmt: skip


def attended(meetings: tuple[Attendance, ...], words: Words) -> Iterator[Block]:
    """How many of the meetings each member came to, and which meetings those were."""
    if not meetings:
        return
    states = sorted({state for one in meetings for state in (*one.present, *one.absent)})
    yield Bullets(
        items=tuple(
            words.spans("meeting-on", meeting=one.meeting, day=one.on, present=len(one.present))
            for one in meetings
        )
    )
    yield Table(
        caption=words.say("attendance-table"),
        columns=(
            Column(title=words.say("state"), wide=True),
            Column(title=words.say("convened"), kind="number"),
            Column(title=words.say("came-to"), kind="number"),
        ),
        rows=tuple(
            (words.party(state),
             sum(state in (*one.present, *one.absent) for one in meetings),
             sum(state in one.present for one in meetings))
            for state in states
        ),
    )  # fmt: skip
