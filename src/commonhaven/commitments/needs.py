"""What a host or a partner states that it lacks, in versions; and what a platform bundles.

Quantity, place, period and cost, as the project submissions of ICARA II (1984) and CIREFCA (1989)
had them (RULES C2); the fields' names are ours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any

from commonhaven.commitments.model import ID, MEASURES, Kind
from commonhaven.commitments.quantity import Quantity, nothing
from commonhaven.parties import states
from commonhaven.reading import Problem, described
from commonhaven.reading.finding import Finding, advice, error
from commonhaven.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One version of a stated need."""

    id: str = described("Short name, unique in the book", pattern=ID)
    title: str = described("In a few words")
    by: str = described("Who states it: a host, an agency, a refugee-led organisation")
    kind: Kind = described("What is needed")
    unit: str = described("ISO 4217 code for money; people or places; or what is counted")
    quantity: Fraction = described("How much", low=0)
    places: tuple[str, ...] = described("Codes of the states where it is needed", default=())
    starts: date | None = described("First day", default=None)
    ends: date | None = described("Last day", default=None)
    about: str = described("What for, in sentences", default="")
    situation: str = described("The situation that it arises from", default="")
    people: int | None = described("How many people it is for", default=None, low=0)
    cost: Fraction | None = described("What it costs in all, where it is no money", default=None)
    currency: str = described("Currency of that cost", default="")
    basis: str = described("How quantity and cost were worked out, with source", default="")
    version: int = described("Which version of it this is", default=1, low=1)

    @property
    def amount(self) -> Quantity:
        return Quantity(value=self.quantity, unit=self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A support platform: needs that are presented and followed together."""

    id: str = described("Short name", pattern=ID)
    title: str = described("In a few words")
    needs: tuple[str, ...] = described("The needs in it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of a need that differs between two versions."""

    field: str
    before: Any
    after: Any


def difference(before: Need, after: Need) -> tuple[Change, ...]:
    """What changed between two versions of one need, field by field, in the order of the fields.

    Raises Problem for two needs that are not one.
    """
    if before.id != after.id:
        said = f"{before.id} and {after.id} are two needs, not two versions of one"
        raise Problem(said, where="difference", fix="Compare versions of the same need.")
    pairs = ((f.name, getattr(before, f.name), getattr(after, f.name)) for f in fields(Need))
    return tuple(
        Change(field=name, before=old, after=new)
        for name, old, new in pairs
        if old != new and name != "version"
    )


def check_need(need: Need) -> tuple[Finding, ...]:
    """Everything to mend or to weigh in a need, errors before advice."""
    found = [*_errors(need), *_wise(need)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def _errors(need: Need) -> Iterator[Finding]:
    try:
        if not need.amount:
            yield error("it needs nothing", where=f"{need.id}, quantity", fix="Give how much.")
        money = nothing(need.unit).money
    except Problem as problem:
        yield error(problem.what, where=f"{need.id}, quantity", fix=problem.fix)
        return
    if (need.kind == "financial") != money:
        yield error(
            f'{need.kind} needs are not counted in "{need.unit}"', where=f"{need.id}, unit",
            fix="Money in an ISO 4217 currency; all else in what is counted, its cost apart.",
        )  # fmt: skip
    if need.starts and need.ends and need.ends < need.starts:
        yield error(
            f"it ends on {need.ends}, before it starts on {need.starts}", where=f"{need.id}, ends",
            fix="Turn the two days round, or mend one.",
        )  # fmt: skip
    for code in need.places:
        if code not in states():
            yield error(
                f'"{code}" is no code of a state', where=f"{need.id}, places",
                fix="Use ISO 3166-1 alpha-3, such as GHA.",
            )  # fmt: skip
    if (need.cost is None) != (not need.currency):
        yield error(
            "a cost needs its currency, and a currency its cost", where=f"{need.id}, cost",
            fix="Give both or neither.",
        )  # fmt: skip


def _wise(need: Need) -> Iterator[Finding]:
    said = {
        "places": (
            need.places,
            say("it names no place"),
            say("Say in which states it is needed."),
        ),
        "ends": (need.ends, say("it has no last day"), say("Say until when it is needed.")),
        "basis": (
            need.basis,
            say("it does not say how it was worked out"),
            say("Name figures and source."),
        ),
    }
    for field, (value, what, fix) in said.items():
        if not value:
            yield advice(what, where=f"{need.id}, {field}", fix=fix)
    if need.kind not in {"financial", *MEASURES} and need.cost is None:
        yield advice(
            say("it has no cost"), where=f"{need.id}, cost",
            fix=say("Say what it would cost: givers of money can then answer it too."),
        )  # fmt: skip


def by_bundle(bundles: Iterable[Bundle], needs: Iterable[Need]) -> dict[str, tuple[Need, ...]]:
    """Bundle → its needs. Problem where a bundle names a need that nobody states."""
    known = {need.id: need for need in needs}
    found: dict[str, tuple[Need, ...]] = {}
    for bundle in bundles:
        for name in bundle.needs:
            if name not in known:
                said = f"there is no need {name}"
                raise Problem(said, where=f"bundle {bundle.id}", fix="Enter the need first.")
        found[bundle.id] = tuple(known[name] for name in bundle.needs)
    return found
