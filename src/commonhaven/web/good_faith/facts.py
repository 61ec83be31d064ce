"""The facts of a year: what the platform knows of each state, and what UNHCR found instead."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from fractions import Fraction

from commonhaven.commitments import FellDue, fell_due
from commonhaven.costs import Conduct, Score, money, paid_enough, score
from commonhaven.reading import build, canonical, described, dump
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.commitments.values import book_of, code
from commonhaven.web.funds.dated import contributions, kept
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith.models import Assessment, Criterion, Finding
from commonhaven.web.kit.audience import Audience, Item
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings.attendance import Fact as Duty
from commonhaven.web.meetings.attendance import good_faith
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import standings
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.policy import no_wider


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that a fact rests on: a meeting, a promise or a fund, by its name in the record."""

    subject: str = described("Its name in the record")
    kept: bool = described("Whether what it asked for was done in time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What fell due in one currency, and what of it was confirmed as received."""

    currency: str = described("ISO 4217 code")
    due: Fraction = described("What fell due")
    received: Fraction = described("What of it came")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What UNHCR found of a criterion."""

    kept: bool = described("Whether it was kept")
    text: str = described("What was found")
    where: str = described("Where it can be read", default="")
    document: str = described("A document of the platform, by its name in the record", default="")
    party: str = described("Who found it")
    at: datetime = described("When")

    @property
    def rests_on(self) -> str:
        """The evidence behind it, other than the finder's own word."""
        return self.where or self.document


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One criterion of one state: kept, missed, or not known (None), and from what."""

    criterion: str = described("Which")
    known: bool | None = described("What the platform knows of it", default=None)
    sources: tuple[Source, ...] = described("What that rests on", default=())
    sums: tuple[Sums, ...] = described("Money that fell due", default=())
    found: Found | None = described("What UNHCR found; it goes before", default=None)

    @property
    def kept(self) -> bool | None:
        return self.known if self.found is None else self.found.kept


Facts = tuple[Fact, ...]


def read(text: str) -> Facts:
    """Facts as a version of a score holds them."""
    return tuple(build(Fact, each, "facts") for each in json.loads(text))


def written(facts: Facts) -> str:
    return canonical([dump(each) for each in facts])


def conduct(state: str, facts: Facts, *, people: int = 0, forgoes: bool = False) -> Conduct:
    """A state's year as the rule takes it; what is not known counts as missed.

    The evidence of a verified refoulement is its own, none other's.
    """
    by = {each.criterion: each for each in facts}
    refouled = by[Criterion.REFOULEMENT]
    verified = refouled.kept is False
    behind = [refouled] if verified else facts
    return Conduct(
        state=state, people=people, forgoes=forgoes, verified_refoulement=verified,
        evidence=tuple(f.found.rests_on for f in behind if f.found and f.found.rests_on),
        **{
            str(name): bool(by[name].kept) for name in Criterion if name != Criterion.REFOULEMENT
        },
    )  # fmt: skip


def score_of(state: str, facts: Facts) -> Score:
    """The score of the facts. Raises Problem for refoulement verified without evidence."""
    return score(conduct(state, facts))


def unknown(facts: Facts) -> list[str]:
    """The criteria of which nothing is known."""
    return [each.criterion for each in facts if each.kept is None]


def with_findings(facts: Facts, findings: Iterable[Finding]) -> Facts:
    """The facts with the last finding of each criterion in their place."""
    last = {finding.criterion: finding for finding in findings}
    return tuple(
        replace(each, found=found_of(last[each.criterion])) if each.criterion in last else each
        for each in facts
    )


def found_of(finding: Finding) -> Found:
    document = f"document/{finding.document_id}" if finding.document_id else ""
    return Found(
        kept=finding.kept, text=finding.text, where=finding.where, document=document,
        party=finding.party, at=finding.at,
    )  # fmt: skip


def gathered(row: Assessment, at: datetime) -> dict[str, Facts]:
    """State → its facts as the platform knows them now, each with its sources.

    Only from what everybody sees who sees the assessment; the number of queries does not grow with
    states, meetings or promises.
    """
    duties, dues = _duties(row, at), (*_dues(row, at), *_contributions(row, at))
    found = {state: _facts(state, duties, dues) for state in row.states}
    by_state: dict[str, list[Finding]] = {}
    for finding in row.findings.order_by("at", "pk"):
        by_state.setdefault(finding.state, []).append(finding)
    return {state: with_findings(facts, by_state.get(state, ())) for state, facts in found.items()}


def _facts(state: str, duties: Sequence[tuple[Meeting, Duty]], dues: Sequence[FellDue]) -> Facts:
    owed = [(meeting, duty) for meeting, duty in duties if duty.party == state]
    came = _kept(Criterion.ATTENDED, [(m, d) for m, d in owed if d.presence])
    answered = _kept(Criterion.ANSWERED, [(m, d) for m, d in owed if not d.presence])
    own = [due for due in dues if due.giver == state]
    return (
        came, answered, _paid(own), Fact(criterion=Criterion.REPORTED),
        Fact(criterion=Criterion.REFOULEMENT, known=True),
    )  # fmt: skip


def _kept(criterion: Criterion, duties: Sequence[tuple[Meeting, Duty]]) -> Fact:
    """Duties that the group's meetings laid on a state; where none did, nothing was missed."""
    sources = tuple(Source(subject=meeting.subject, kept=duty.kept) for meeting, duty in duties)
    return Fact(criterion=criterion, known=all(s.kept for s in sources), sources=sources)


def _paid(dues: Sequence[FellDue]) -> Fact:
    sums: dict[str, Sums] = {}
    for due in dues:
        unit = due.due.currency
        before = sums.get(unit, Sums(currency=unit, due=Fraction(0), received=Fraction(0)))
        sums[unit] = replace(
            before, due=before.due + due.due.exact, received=before.received + due.received.exact
        )
    return Fact(
        criterion=Criterion.PAID,
        known=paid_enough(
            [money(one.due, one.currency) for one in sums.values()],
            [money(one.received, one.currency) for one in sums.values()],
        ),
        sources=tuple(
            Source(subject=due.commitment, kept=due.received.exact >= due.due.exact) for due in dues
        ),
        sums=tuple(sums[unit] for unit in sorted(sums)),
    )


def _duties(row: Assessment, at: datetime) -> list[tuple[Meeting, Duty]]:
    """What meetings convened in the year asked of each member for itself, as far as it is over."""
    first = datetime.combine(row.since, time.min, UTC)
    last = datetime.combine(row.ends, time.max, UTC)
    meetings = Meeting.objects.filter(group=row.group, created_at__range=(first, last))
    meetings = meetings.select_related("group", "charter", "situation", "caucus")
    held = [one for one in meetings.order_by("number") if as_wide(one, row, at)]
    return [
        (standing.meeting, duty)
        for standing in standings(held, at)
        for duty in good_faith(standing)
    ]


def _dues(row: Assessment, at: datetime) -> Iterator[FellDue]:
    """What promises made due in the year, each named by its subject in the record."""
    rows = Commitment.objects.filter(group=row.group, kind="financial").order_by("pk")
    held = [one for one in rows.prefetch_related("steps") if as_wide(one, row, at)]
    names = {code(one.pk): one.subject for one in held}
    for due in fell_due(book_of(held, row.group, at), row.since, row.ends):
        yield replace(due, commitment=names[due.commitment])


def _contributions(row: Assessment, at: datetime) -> Iterator[FellDue]:
    """What calls and signed agreements of funds made due in the year, fund by fund."""
    fit = [one.pk for one in Fund.objects.filter(group=row.group) if as_wide(one, row, at)]
    for held in kept(Fund.objects.filter(pk__in=fit), at):
        sums: dict[str, tuple[Fraction, Fraction]] = {}
        for due in contributions(held.row, held.state):
            if row.since <= due.due <= row.ends:
                asked, came = sums.get(due.giver, (Fraction(0), Fraction(0)))
                met = due.quantity.value - due.missing.value
                sums[due.giver] = asked + due.quantity.value, came + met
        for giver, (asked, came) in sorted(sums.items()):
            if asked:
                unit = held.row.currency
                yield FellDue(
                    giver=giver, commitment=held.row.subject, due=money(asked, unit),
                    received=money(came, unit),
                )  # fmt: skip


def as_wide(item: Item, row: Assessment, at: datetime) -> bool:
    """Whether everybody who sees the assessment, now or later, sees the item too."""
    if item.audience == Audience.PUBLIC or (item.release_at and item.release_at <= at):
        return True
    try:
        no_wider(Placing.of(row), than=item, what="it")
    except Conflict:
        return False
    return True
