"""Whether a commitment makes sense, and whether anybody will be able to tell that it was kept.

The quality criteria of the Global Refugee Forum 2023 (additional, quantifiable, needs-driven) as
checks at entry: errors stop it, advice does not.
"""

from collections.abc import Iterator
from fractions import Fraction

from commonhaven.commitments.model import MEASURES, PLACES, Commitment
from commonhaven.commitments.quantity import Quantity, nothing
from commonhaven.parties import states
from commonhaven.reading import Problem, decimal_text
from commonhaven.reading.finding import Finding, advice, error
from commonhaven.saying import say

OF_PEOPLE = frozenset({"people", "places", "households"})


def check(commitment: Commitment) -> tuple[Finding, ...]:
    """Everything to mend or to weigh, errors before advice."""
    found = [*_errors(commitment), *_measurable(commitment), *_wise(commitment)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def measurable(commitment: Commitment) -> bool:
    """Whether it has all five: quantity, unit, beneficiaries, day and indicator."""
    return not any(True for _ in _errors(commitment)) and not any(
        True for _ in _measurable(commitment)
    )


def _errors(one: Commitment) -> Iterator[Finding]:
    yield from _shares(one)
    yield from _units(one)
    yield from _days(one)
    if one.spent == "giving country" and one.kind != "financial":
        yield error(
            "only money is spent in the giving country", where=f"{one.id}, spent",
            fix="Leave the field out, or enter the money as a commitment of its own.",
        )  # fmt: skip
    for receiver in {*one.to} & {*one.givers}:
        yield error(
            f"{receiver} would give to itself", where=f"{one.id}, to",
            fix="Name who receives it; for costs at home say so in the field spent.",
        )  # fmt: skip
    for number in one.objectives:
        if not 1 <= number <= 4:
            yield error(
                f"the Compact has no objective {number}", where=f"{one.id}, objectives",
                fix="1 ease pressures, 2 self-reliance, 3 third countries, 4 return.",
            )  # fmt: skip
    for code in one.places:
        if code not in states():
            yield error(
                f'"{code}" is no code of a state', where=f"{one.id}, places",
                fix="Use ISO 3166-1 alpha-3, such as GHA.",
            )  # fmt: skip


def _shares(one: Commitment) -> Iterator[Finding]:
    where = f"{one.id}, shares"
    if not one.shares:
        yield error("nobody gives", where=where, fix="Name each giver with its share.")
    if len({*one.givers}) < len(one.givers):
        yield error("a giver is named twice", where=where, fix="Add its shares up.")
    for share in one.shares:
        try:
            amount = Quantity(value=share.quantity, unit=one.unit)
        except Problem as problem:
            yield error(f"{share.giver}: {problem.what}", where=where, fix=problem.fix)
            continue
        if not amount:
            yield error(
                f"the share of {share.giver} is nought", where=where,
                fix="Give how much is its own; a partner that gives nothing is no giver.",
            )  # fmt: skip


def _units(one: Commitment) -> Iterator[Finding]:
    money = nothing(one.unit).money if one.unit.strip() else False
    where = f"{one.id}, unit"
    if one.kind == "financial" and not money:
        yield error(
            f'money is counted in a currency, not in "{one.unit}"', where=where,
            fix="Use an ISO 4217 code such as USD, the currency in which it was promised.",
        )  # fmt: skip
    if one.kind in PLACES and one.unit not in OF_PEOPLE:
        yield error(
            f'{one.kind} are counted in people, places or households, not in "{one.unit}"',
            where=where, fix='Write "people" or "places"; money beside them is another commitment.',
        )  # fmt: skip
    if one.kind in MEASURES and one.unit != "measures":
        yield error(
            f'a {one.kind} commitment is counted in measures, not in "{one.unit}"', where=where,
            fix='Write "measures", and how many laws, decrees or policies are to be in force.',
        )  # fmt: skip


def _days(one: Commitment) -> Iterator[Finding]:
    if one.starts and one.ends and one.ends < one.starts:
        yield error(
            f"it ends on {one.ends}, before it starts on {one.starts}", where=f"{one.id}, ends",
            fix="Turn the two days round, or mend one.",
        )  # fmt: skip
    where, parts = f"{one.id}, instalments", one.instalments
    if not parts:
        return
    if len({part.id for part in parts}) < len(parts):
        yield error("two instalments have one name", where=where, fix="Name each by itself.")
    whole = sum((part.quantity for part in parts), Fraction(0))
    if whole != one.quantity.value:
        yield error(
            f"the instalments add up to {decimal_text(whole, 2)}, the shares to {one.quantity}",
            where=where, fix="Let the two sums be the same.",
        )  # fmt: skip
    yield from _parts(one, where)


def _parts(one: Commitment, where: str) -> Iterator[Finding]:
    own: dict[str, Fraction] = {}
    for part in one.instalments:
        try:
            Quantity(value=part.quantity, unit=one.unit)
        except Problem as problem:
            yield error(f"{part.id}: {problem.what}", where=where, fix=problem.fix)
        if part.giver and part.giver not in one.givers:
            yield error(
                f"{part.id} is of {part.giver}, who is no giver", where=where,
                fix=f"Its givers: {', '.join(one.givers)}.",
            )  # fmt: skip
        elif part.giver:
            own[part.giver] = own.get(part.giver, Fraction(0)) + part.quantity
    for giver, asked in own.items():
        if asked > one.share(giver).value:
            yield error(
                f"the instalments of {giver} come to more than its share", where=where,
                fix=f"Its share is {one.share(giver)}.",
            )  # fmt: skip


def _measurable(one: Commitment) -> Iterator[Finding]:
    """What is missing for a promise that can be measured."""
    if not one.beneficiaries.strip():
        yield advice(
            say("it does not say for whom it is"), where=f"{one.id}, beneficiaries",
            fix=say("Name the cohorts or communities, and how many people, where known."),
        )  # fmt: skip
    if one.ends is None and not one.instalments:
        yield advice(
            say("it has no day by which it is done"), where=f"{one.id}, ends",
            fix=say(
                "Give the last day, or instalments with their days: without one it is never due."
            ),
        )  # fmt: skip
    if not one.indicator.strip():
        yield advice(
            say("it does not say how one will know that it was done"), where=f"{one.id}, indicator",
            fix=say("Name what will be counted, by whom, against which starting point."),
        )  # fmt: skip


def _wise(one: Commitment) -> Iterator[Finding]:
    if not one.to and one.spent != "giving country":
        yield advice(
            say("it names nobody who is to receive it"), where=f"{one.id}, to",
            fix=say("Only a receiver can confirm that it came."),
        )  # fmt: skip
    if one.additional == "not said":
        yield advice(
            say("it does not say whether it is new"), where=f"{one.id}, additional",
            fix=say("Say new, partly new, or existing."),
        )  # fmt: skip
    if not one.need and not one.places:
        yield advice(
            say("it answers no stated need and names no place"), where=f"{one.id}, need",
            fix=say("Match it with a need, or say where it is used."),
        )  # fmt: skip
