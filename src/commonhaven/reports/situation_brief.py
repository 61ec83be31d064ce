"""A brief on a situation: who fled, where they are, what they need and wish, what it costs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from commonhaven.charter import Charter
from commonhaven.figures import hosts_map
from commonhaven.reading import described
from commonhaven.regime import Plan
from commonhaven.reports.document import (
    Block,
    Cited,
    Column,
    Document,
    Paragraph,
    Section,
    Spans,
    Table,
)
from commonhaven.reports.parts import (
    PLAN,
    drawn,
    group_name,
    hashes,
    plan_hashes,
    plan_source,
    section,
    situation_sources,
    warnings,
    written,
)
from commonhaven.reports.prose import Prose
from commonhaven.reports.words import Words
from commonhaven.situations import Situation, Wishes

NAMED = 5
"""States that the first sentence names; the rest it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """People who arrived in a state between two days; ``source`` is one of the situation's."""

    state: str = described("The state")
    since: date = described("First day")
    until: date = described("Last day")
    people: int = described("How many arrived", low=0)
    source: str = described("Id of the source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A threshold agreed in advance, what of it was reached, and when it fired."""

    what: str = described("What is counted")
    threshold: Fraction = described("The number from which there is a duty to meet", low=0)
    reached: Fraction | None = described("The number now; left out where nobody knows", low=0,
                                         default=None)  # fmt: skip
    fired_on: date | None = described("Day on which it fired", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationBrief:
    """What the brief is made from; with a plan it has a map and says who would protect whom."""

    situation: Situation
    plan: Plan | None = None
    names: tuple[str, str] | None = None
    arrivals: tuple[Arrivals, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    introduction: Prose | None = None
    assessment: Prose | None = None
    again: tuple[str, ...] = ()
    made: date | None = None
    cache: Path | None = None

    def document(self, language: str) -> Document:
        """The brief in a language."""
        words, situation = Words("brief", language), self.situation
        plan_too = (plan_source(self.plan, words),) if self.plan else ()
        inputs = (
            plan_hashes(self.plan, words)
            if self.plan
            else hashes(words, (("situation-hash", situation),))
        )
        return Document(
            kind="brief",
            language=language,
            title=situation.called(language),
            made=self.made or situation.on,
            sections=tuple(self._sections(words)),
            sources=(*plan_too, *situation_sources(situation)),
            inputs=inputs,
            again=self.again,
        )

    def _sections(self, words: Words) -> Iterator[Section]:
        situation, charter = self.situation, self.plan.inputs.charter if self.plan else None
        title = words.say
        yield from section(
            "lead", title("answer"), (*warnings(charter, situation, words), *self._lead(words))
        )
        yield from written("introduction", "written-by-person", self.introduction, words)
        yield from section("happened", title("happened"), happened(situation, words))
        yield from section("where", title("where"), (where(situation, words),))
        if self.plan is not None:
            found = hosts_map(self.plan, language=words.language, names=self.names)
            yield from section("map", title("map"), (drawn(found, words, self.cache),))
        yield from section("cohorts", title("cohorts"), cohorts(situation, words))
        yield from section("wishes", title("wishes"), wishes(situation, words))
        yield from section("arrivals", title("arrivals"), self._arrivals(words))
        yield from section("triggers", title("triggers"), self._triggers(charter, words))
        yield from section("costs", title("costs"), costs(situation, words))
        yield from written("assessment", "assessment", self.assessment, words)  # fmt: skip

    def _lead(self, words: Words) -> Iterator[Paragraph]:
        situation = self.situation
        hosts = sorted(present(situation).items(), key=lambda host: (-host[1], host[0]))
        named = hosts if len(hosts) <= NAMED + 1 else hosts[:NAMED]
        more = len(hosts) - len(named)
        yield Paragraph(
            kind="lead",
            spans=words.spans(
                "lead-more" if more else "lead",
                more=more,
                people=words.figure(situation.people, source=situation.cohorts[0].source),
                origin=words.party(situation.origin),
                states=words.listed(words.party(state) for state, _ in named),
                day=situation.on,
            ),
        )
        if self.plan is not None:
            result = self.plan.result
            yield Paragraph(
                spans=words.spans(
                    "lead-plan",
                    group=group_name(self.plan.inputs.charter, words),
                    placed=words.figure(result.placed, source=PLAN),
                    in_question=words.figure(result.in_question, source=PLAN),
                    unplaced=words.figure(result.unplaced, source=PLAN),
                )
            )

    def _arrivals(self, words: Words) -> Iterator[Block]:
        if not self.arrivals:
            yield Paragraph(spans=words.spans("arrivals-none", day=self.situation.on))
            return
        yield Table(
            caption=words.say("arrivals-table"),
            columns=(
                Column(title=words.say("state"), wide=True),
                Column(title=words.say("since"), kind="day"),
                Column(title=words.say("until"), kind="day"),
                Column(title=words.say("people"), kind="number", total=True),
            ),
            rows=tuple(
                (words.party(one.state), one.since, one.until,
                 Cited(value=one.people, source=one.source))
                for one in sorted(self.arrivals, key=lambda one: (one.since, one.state))
            ),
        )  # fmt: skip

    def _triggers(self, charter: Charter | None, words: Words) -> Iterator[Block]:
        if self.triggers:
            yield Paragraph(spans=(words.say("triggers-about"),))
            yield triggers(self.triggers, words)
        else:
            yield Paragraph(spans=(words.say("triggers-none" if charter else "triggers-unknown"),))
        if charter is not None:
            yield Paragraph(spans=convenors(charter, words))


def present(situation: Situation) -> dict[str, int]:
    """State → people of all cohorts there."""
    found: dict[str, int] = {}
    for cohort in situation.cohorts:
        for state, people in cohort.present.items():
            found[state] = found.get(state, 0) + people
    return {state: people for state, people in found.items() if people}


def happened(situation: Situation, words: Words) -> Iterator[Paragraph]:
    """What its authors say of it, in their language."""
    if words.language != "en":
        yield Paragraph(kind="note", spans=(words.say("as-written"),))
    yield Paragraph(spans=(" ".join(situation.about.split()),), language="en")


def where(situation: Situation, words: Words) -> Table:
    """People by the state where they are, the most first, each with its sources."""
    hosts = sorted(present(situation).items(), key=lambda host: (-host[1], host[0]))
    cited = tuple(dict.fromkeys(cohort.source for cohort in situation.cohorts))
    return Table(
        caption=words.say("where-table"),
        columns=(
            Column(title=words.say("state"), wide=True),
            Column(title=words.say("people"), kind="number", total=True),
            Column(title=words.say("share-of-all"), kind="number", places=1),
        ),
        rows=tuple(
            (words.party(state), people, Fraction(people * 100, situation.people))
            for state, people in hosts
        ),
        sources=cited,
    )


def cohorts(situation: Situation, words: Words) -> Iterator[Block]:
    """The cohorts with their needs and ties."""
    yield Paragraph(spans=(words.say("cohorts-about"),))
    yield Table(
        caption=words.say("cohorts-table"),
        columns=(
            Column(title=words.say("cohort"), wide=True),
            Column(title=words.say("people"), kind="number", total=True),
            Column(title=words.say("special-needs"), kind="number", places=1),
            Column(title=words.say("rural"), kind="number", places=1),
            Column(title=words.say("kin")),
        ),
        rows=tuple(
            (cohort.name, Cited(value=cohort.people, source=cohort.source),
             hundred(cohort.special_needs), hundred(cohort.rural),
             words.listed(words.party(state) for state in cohort.kin))
            for cohort in situation.cohorts
        ),
    )  # fmt: skip


def hundred(part: Fraction | None) -> Fraction | None:
    """A part of a whole, in percent."""
    return None if part is None else part * 100


def wishes(situation: Situation, words: Words) -> Iterator[Table]:
    """What people of each cohort said, where they were asked."""
    for cohort in situation.cohorts:
        if cohort.wishes is not None:
            yield wished(cohort.name, cohort.wishes, words)


def wished(cohort: str, wishes: Wishes, words: Words) -> Table:
    shares = sorted(wishes.shares.items(), key=lambda one: (-one[1], one[0]))
    return Table(
        caption=words.say("wishes-table", cohort=cohort, asked=wishes.asked),
        columns=(
            Column(title=words.say("state"), wide=True),
            Column(title=words.say("share-of-asked"), kind="number", places=1),
        ),
        rows=tuple((words.party(state), share * 100) for state, share in shares),
        sources=(wishes.source,),
    )


def triggers(found: Iterable[Trigger], words: Words) -> Table:
    """The thresholds beside what was reached."""
    return Table(
        caption=words.say("triggers-table"),
        columns=(
            Column(title=words.say("what"), wide=True),
            Column(title=words.say("threshold"), kind="number", places=None),
            Column(title=words.say("reached"), kind="number", places=None),
            Column(title=words.say("fired-on"), kind="day"),
        ),
        rows=tuple(
            (words.told(one.what), one.threshold, one.reached,
             one.fired_on or words.say("not-fired"))
            for one in found
        ),
    )  # fmt: skip


def convenors(charter: Charter, words: Words) -> Spans:
    others = [one.party for one in charter.participants if one.may_convene]
    group = group_name(charter, words)
    if not others:
        return words.spans("convenors-members", group=group)
    return words.spans("convenors", group=group, others=words.listed(others))


def costs(situation: Situation, words: Words) -> Iterator[Table]:
    """Costs of a person and declared capacities, where the situation has them."""
    for currency in sorted({one.currency for one in situation.unit_costs}):
        yield Table(
            caption=words.say("costs-table"),
            columns=(
                Column(title=words.say("state"), wide=True),
                Column(title=words.say("a-year", currency=currency), kind="number", places=2),
                Column(title=words.say("once", currency=currency), kind="number", places=2),
            ),
            rows=tuple(
                (words.say("other-hosts") if one.state == "*" else words.party(one.state),
                 Cited(value=one.amount, source=one.source), one.capital)
                for one in situation.unit_costs if one.currency == currency
            ),
        )  # fmt: skip
    if situation.capacities:
        yield Table(
            caption=words.say("capacities-table"),
            columns=(
                Column(title=words.say("state"), wide=True),
                Column(title=words.say("people"), kind="number", total=True),
            ),
            rows=tuple(
                (words.party(one.state), Cited(value=one.people, source=one.source))
                for one in situation.capacities
            ),
        )
