"""A plan explained for one delegation: its part, why, the four numbers, duties, other rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from commonhaven.commitments import Staircase
from commonhaven.figures import hosts_map, payers_map, rule_dots
from commonhaven.regime import Comparison, Obligation, Plan, StatePart, explain
from commonhaven.regime.explain import part_of
from commonhaven.reports.document import (
    Block,
    Bullets,
    Cited,
    Column,
    Document,
    Drawing,
    Facts,
    Paragraph,
    Section,
    Source,
    Spans,
    Table,
)
from commonhaven.reports.parts import (
    PLAN,
    drawn,
    figure_sources,
    group_name,
    plan_hashes,
    plan_source,
    section,
    situation_sources,
    source_id,
    warnings,
    written,
)
from commonhaven.reports.promises import four_numbers
from commonhaven.reports.prose import Prose
from commonhaven.reports.words import Words

FIGURES_USED = "Figures used"
"""The section of an explanation that stands here as a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanExplained:
    """What the report is made from.

    ``names``: by which the charter and the situation are called again. ``decided``: the day of
    the decision from which ``obligations`` count. ``cache``: a folder that keeps drawings.
    """

    plan: Plan
    state: str
    names: tuple[str, str] | None = None
    comparison: Comparison | None = None
    obligations: tuple[Obligation, ...] = ()
    decided: date | None = None
    stairs: tuple[Staircase, ...] = ()
    book_title: str = ""
    introduction: Prose | None = None
    again: tuple[str, ...] = ()
    made: date | None = None
    cache: Path | None = None

    def document(self, language: str) -> Document:
        """The report in a language. Problem for a state without a part in the plan."""
        words, plan = Words("plan", language), self.plan
        part = part_of(plan, self.state)
        name, charter = words.party(part.state), plan.inputs.charter
        situation = plan.inputs.situation
        return Document(
            kind="plan",
            language=language,
            title=words.say("title", situation=situation.called(language), state=name),
            subtitle=words.say(
                "subtitle", group=group_name(charter, words), version=charter.group.version
            ),
            made=self.made or situation.on,
            sections=tuple(self._sections(part, words)),
            sources=self._sources(part, words),
            inputs=plan_hashes(plan, words),
            again=self.again,
        )

    def _sections(self, part: StatePart, words: Words) -> Iterator[Section]:
        plan, situation = self.plan, self.plan.inputs.situation
        title, called = words.say, situation.called(words.language)
        yield from written("introduction", "written-by-person", self.introduction, words)
        yield from section(
            "answer",
            title("answer"),
            (*warnings(plan.inputs.charter, situation, words), answer(plan, part, words)),
        )
        yield reasons(plan, part, words)
        yield from section("four", title("four"), self._four(part, words))
        yield from section("everybody", title("everybody"), (everybody(plan, words),))
        yield from section("maps", title("maps"), self._maps(words))
        if self.comparison is not None:
            yield from section(
                "rules",
                title("rules"),
                (
                    *other_rules(self.comparison, part, words),
                    self._dots(self.comparison, called, words),
                ),
            )
        yield from section("obligations", title("obligations"), self._owed(part, words))
        yield from section("figures", title("figures"), (figures(plan, part, words),))
        yield from section("notes", title("notes"), notes(plan, words))  # fmt: skip

    def _four(self, part: StatePart, words: Words) -> Iterator[Block]:
        own = tuple(one for one in self.stairs if one.state == part.state)
        if not own:
            yield Paragraph(spans=(words.say("four-none"),))
            return
        yield Paragraph(spans=(words.say("four-about"),))
        yield from four_numbers(own, words, source="book")

    def _maps(self, words: Words) -> Iterator[Drawing]:
        for picture in (hosts_map, payers_map):
            found = picture(self.plan, language=words.language, names=self.names)
            yield drawn(found, words, self.cache)

    def _dots(self, comparison: Comparison, situation: str, words: Words) -> Drawing:
        found = rule_dots(
            comparison, language=words.language, names=self.names, situation=situation
        )
        return drawn(found, words, self.cache)

    def _owed(self, part: StatePart, words: Words) -> Iterator[Block]:
        own = [one for one in self.obligations if one.state == part.state]
        if own and self.decided is not None:
            name = words.party(part.state)
            spans = words.spans("obligations-about", state=name, day=self.decided)
            yield Paragraph(spans=spans)
            yield obligations_table(own, words)

    def _sources(self, part: StatePart, words: Words) -> tuple[Source, ...]:
        plan = self.plan
        own = [one for one in plan.inputs.figures if one.state == part.state]
        return (
            plan_source(plan, words),
            *situation_sources(plan.inputs.situation),
            *figure_sources(own),
            *(
                (Source(id="book", text=self.book_title or words.say("book-hash")),)
                if self.stairs
                else ()
            ),
        )


def answer(plan: Plan, part: StatePart, words: Words) -> Facts:
    """What the state is to do, before any reason."""
    result, money = plan.result, part.money
    share = Fraction(part.placed, result.in_question) if result.in_question else Fraction(0)
    rows: list[tuple[str, Spans]] = [
        (
            words.say("protects"),
            words.spans(
                "protects-people",
                people=words.figure(part.placed, source=PLAN),
                share=words.figure(share * 100, 1),
            ),
        )
    ]
    if money is not None:
        key = "receives" if money.net < 0 else "pays"
        rows.append((words.say(key), (words.money(abs(money.net), result.currency, PLAN),)))
    if part.residual_places:
        places = words.figure(part.residual_places, source=PLAN)
        rows.append((words.say("guarantees"), words.spans("permanent-places", places=places)))
    return Facts(rows=tuple(rows))


def reasons(plan: Plan, part: StatePart, words: Words) -> Section:
    """The sentences of the explanation, heading by heading."""
    inner = []
    for place, (title, sentences) in enumerate(explain(plan, part.state).sections):
        if title != FIGURES_USED:
            points = Bullets(items=tuple((words.told(sentence),) for sentence in sentences))
            inner.append(Section(id=f"why-{place}", title=words.told(title), blocks=(points,)))
    return Section(id="why", title=words.say("reasons"), sections=tuple(inner))


def everybody(plan: Plan, words: Words) -> Table:
    """Every state's part, with totals."""
    result = plan.result

    return Table(
        caption=words.say("everybody-table"),
        columns=(
            Column(title=words.say("state"), wide=True),
            Column(title=words.say("tier")),
            Column(title=words.say("there-now"), kind="number", total=True),
            Column(title=words.say("protects"), kind="number", total=True),
            Column(title=words.say("no-place"), kind="number", total=True),
            Column(title=words.say("per-1000"), kind="number", places=1),
            Column(title=words.say("net", currency=result.currency), kind="number", places=2),
            Column(title=words.say("places"), kind="number", total=True),
        ),
        rows=tuple(
            (words.party(part.state), words.told(part.tier), part.present, part.placed,
             part.unplaced, part.per_1000, part.money.net if part.money else None,
             part.residual_places)
            for part in result.states
        ),
        sources=(PLAN,),
    )  # fmt: skip


def other_rules(comparison: Comparison, part: StatePart, words: Words) -> Iterator[Block]:
    """The state's number under each rule, the charter's first; and which could not run."""
    yield Paragraph(spans=(words.say("rules-about"),))
    base = comparison.columns[0].people.get(part.state, 0)
    name = words.party(part.state)
    yield Table(
        caption=words.say("rules-table", state=name),
        columns=(
            Column(title=words.say("rule"), wide=True),
            Column(title=words.say("protects"), kind="number"),
            Column(title=words.say("change-of-charter"), kind="number"),
            Column(title=words.say("unplaced-in-all"), kind="number"),
            Column(title=words.say("moved"), kind="number"),
            Column(title=words.say("gini"), kind="number", places=3),
        ),
        rows=tuple(
            (words.told(column.title), own, own - base, column.unplaced, column.moved, column.gini)
            for column in comparison.columns
            for own in (column.people.get(part.state, 0),)
        ),
    )
    if comparison.not_run:
        rules = ", ".join(sorted(comparison.not_run))
        number = words.figure(len(comparison.not_run))
        yield Paragraph(kind="note", spans=words.spans("rules-not-run", number=number, rules=rules))


def obligations_table(own: Iterable[Obligation], words: Words) -> Table:
    """Duties by day, with who confirms each."""
    return Table(
        caption=words.say("obligations-table"),
        columns=(
            Column(title=words.say("due"), kind="day"),
            Column(title=words.say("what"), wide=True),
            Column(title=words.say("quantity"), kind="number", places=None),
            Column(title=words.say("unit")),
            Column(title=words.say("to-whom")),
            Column(title=words.say("confirmed-by")),
        ),
        rows=tuple(
            (one.due, words.told(one.about), one.quantity, words.told(one.unit),
             words.party(one.counterpart) if one.counterpart else "",
             words.told(one.confirmed_by))
            for one in sorted(own, key=lambda one: (one.due, one.id))
        ),
        sources=(PLAN,),
    )  # fmt: skip


def figures(plan: Plan, part: StatePart, words: Words) -> Table:
    """The figures of the state that lines of the plan's working rest on."""
    used = {use for line in plan.trace for use in line.uses}
    own = [one for one in plan.inputs.figures if one.state == part.state and one.cite in used]
    return Table(
        caption=words.say("figures-table", state=words.party(part.state)),
        columns=(
            Column(title=words.say("indicator"), wide=True),
            Column(title=words.say("value"), kind="number", places=None),
            Column(title=words.say("unit")),
            Column(title=words.say("year"), kind="number", places=None),
        ),
        rows=tuple(
            (one.indicator, Cited(value=one.value, source=source_id(one.source)),
             words.told(one.unit), str(one.period) if one.period else "")
            for one in own
        ),
    )  # fmt: skip


def notes(plan: Plan, words: Words) -> Iterator[Block]:
    """What the plan says of itself, and whether ties were settled."""
    items = tuple((words.told(note),) for note in plan.result.notes)
    if items:
        yield Bullets(items=items)
    if plan.result.ties:
        yield Paragraph(spans=words.spans("ties", number=len(plan.result.ties)))
