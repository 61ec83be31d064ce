"""When what a decision lays down is due: terms in days and months from the day of decision."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from commonhaven.charter import Charter
from commonhaven.instruments import entry
from commonhaven.procedures import period_of, procedures
from commonhaven.reading import Problem, months_after, whole
from commonhaven.saying import Said, say, several

INSTRUMENT = "obligations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Days, months and the part of a payment that comes first; see instruments/obligations.toml."""

    first_instalment_days: int
    second_instalment_days: int
    first_part: Fraction
    payout_days: int
    transfer_days: int
    guarantee_days: int
    first_review_days: int
    review_months: int
    report_days_before: int

    def __post_init__(self) -> None:
        if not 0 < self.first_part < 1:
            raise Problem(
                "the first part of a payment is not between 0 and 1",
                where="terms", fix="Write a part such as 0.60.",
            )  # fmt: skip
        if self.second_instalment_days < self.first_instalment_days or self.review_months < 1:
            raise Problem(
                "the terms do not follow each other", where="terms",
                fix="Let the second instalment come after the first, and reviews a month apart.",
            )  # fmt: skip


def terms_on(day: date) -> Terms:
    """The terms in force on a day."""
    values: dict[str, Any] = {}
    for field in fields(Terms):
        found = entry(INSTRUMENT, field.name, day)
        number = found.number
        values[field.name] = (
            number if field.name == "first_part" else whole(number, f"{INSTRUMENT}/{field.name}")
        )
    return Terms(**values)


def terms_of(charter: Charter, day: date) -> Terms:
    """The terms of a group: its convening procedure's times of review, the rest as on that day.

    A procedure without times of review leaves those of the instrument. Raises Problem where it
    counts them in units that do not fit.
    """
    terms = terms_on(day)
    chosen = procedures().get(charter.convening.procedure)
    named = {entry.id for entry in chosen.entries} if chosen else set()
    own: dict[str, Any] = {}
    for field, (name, units) in REVIEWS.items():
        if chosen is None or name not in named:
            continue
        period = period_of(chosen, charter.convening.options, name, day)
        if period.unit not in units:
            raise Problem(
                f"{name} is counted in {period.unit}", where="charter, convening, options",
                fix=f"Write it in {' or '.join(units)}.",
            )  # fmt: skip
        own[field] = period.number * units[period.unit]
    return replace(terms, **own)


REVIEWS = {
    "first_review_days": ("first_review", {"days": 1, "weeks": 7}),
    "review_months": ("further_reviews", {"months": 1, "years": 12}),
}
"""Term → the procedure's entry for it, with the units in which it can be counted."""


def after(day: date, days: int) -> date:
    """So many days later; Problem beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise Problem(
            f"{days} days after {day} is no date", where="terms", fix="Give fewer."
        ) from None


def reviews(decided: date, terms: Terms, regular_months: int) -> Iterator[tuple[date, Said]]:
    """The days of review and what each is: the first, then regularly, up to the group's own."""
    regular = months_after(decided, regular_months)
    first = after(decided, terms.first_review_days)
    if first < regular:
        yield first, say("first review")
    for number in range(terms.review_months, regular_months, terms.review_months):
        day = months_after(decided, number)
        if first < day < regular:
            yield (
                day,
                several(
                    "review after {number} month", "review after {number} months", number=number
                ),
            )
    yield regular, say("regular review of the group")
