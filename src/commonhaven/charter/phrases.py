"""The words in which a change of one term is told to a delegate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from commonhaven.reading import decimal_text

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What a term is called, how its value is written, what more or less of it means."""

    subject: str
    style: Literal["plain", "percent"] = "plain"
    rises: str = ""
    falls: str = ""
    changes: str = ""


def shown(value: object, style: str = "plain") -> str:
    """A value as a delegate reads it."""
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Fraction):
        return f"{decimal_text(value * 100)} %" if style == "percent" else decimal_text(value)
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return str(value)


def day_text(day: date) -> str:
    """A day in words, such as 1 March 2027."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def sentence(phrase: Phrase, old: object, new: object) -> str:
    """One sentence: what rises, falls or changes, from what to what, and what that means."""
    verb, means = _direction(phrase, old, new)
    told = f"{phrase.subject} {verb} from {shown(old, phrase.style)} to {shown(new, phrase.style)}"
    return f"{told}: {means}." if means else f"{told}."


def _direction(phrase: Phrase, old: object, new: object) -> tuple[str, str]:
    if isinstance(old, Fraction | int | date) and not isinstance(old, bool):
        before, after = _ordered(old), _ordered(new)
        if before is not None and after is not None:
            if isinstance(old, date):
                return "moves", phrase.rises if after > before else phrase.falls
            return ("rises", phrase.rises) if after > before else ("falls", phrase.falls)
    return "changes", phrase.changes


def _ordered(value: object) -> Fraction | None:
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return Fraction(value) if isinstance(value, Fraction | int) else None


PHRASES: Mapping[str, Phrase] = {
    "group.id": Phrase(subject="The short name of the group"),
    "group.kind": Phrase(subject="The kind of the group"),
    "group.version": Phrase(subject="The version"),
    "group.in_force": Phrase(
        subject="The first day on which the charter binds",
        rises="it binds later",
        falls="it binds earlier",
    ),
    "group.ends": Phrase(
        subject="The last day on which the charter binds",
        rises="it binds for longer",
        falls="it ends earlier",
    ),
    "group.example": Phrase(subject="The mark as an example"),
    "group.note": Phrase(subject="The note"),
    "convening.procedure": Phrase(subject="The procedure by which a meeting is called"),
    "convening.zone": Phrase(subject="The time zone in which the group counts days"),
    "convening.default_on_deadlock": Phrase(
        subject="The application of the rules agreed beforehand where a meeting does not decide"
    ),
    "convening.recuse_origin": Phrase(
        subject="The standing back of a state of origin from decisions"
    ),
    "convening.decision": Phrase(subject="The mode of decision"),
    "convening.quorum": Phrase(
        subject="The part of the members that must be present to decide",
        rises="more members must come",
        falls="fewer members need to come",
    ),
    "convening.weighed_by": Phrase(subject="Where the weights of a weighted decision come from"),
    "responsibility.rule": Phrase(subject="The rule that decides who protects whom"),
    "responsibility.security_floor": Phrase(
        subject="The least security that a state must offer",
        rises="fewer states may receive people",
        falls="more states may receive people",
    ),
    "responsibility.tie_break.key": Phrase(
        subject="The key that divides people between states with an equal claim"
    ),
    "responsibility.tie_break.order": Phrase(
        subject="The order in which states with equal remainders get the last places"
    ),
    "responsibility.tie_break.lots": Phrase(subject="The order of the lots"),
    "responsibility.rounding": Phrase(subject="The way in which shares become whole people"),
    "responsibility.capacity_per_1000": Phrase(
        subject="The number of people per 1,000 inhabitants that a state without a declared "
        "capacity can receive",
        rises="such states can receive more",
        falls="such states can receive fewer",
    ),
    "responsibility.credit_hosted": Phrase(
        subject="The credit for people already hosted under a key"
    ),
    "costs.scale": Phrase(subject="The scale that decides who pays what"),
    "costs.host_relief_full_at": Phrase(
        subject="The hosting ratio from which a host pays nothing",
        rises="hosts pay more",
        falls="hosts pay less",
    ),
    "costs.ceiling": Phrase(subject="The greatest share one state can bear", style="percent"),
    "costs.currency": Phrase(subject="The currency of account"),
    "fund.target_quantile": Phrase(
        subject="The part of past years whose claims the fund should be able to meet",
        style="percent",
        rises="the fund is larger",
        falls="the fund is smaller",
    ),
    "fund.emergency_release": Phrase(
        subject="The part of the fund that may be released at once",
        style="percent",
        rises="more money moves before the meeting",
        falls="less money moves before the meeting",
    ),
    "protection.years": Phrase(
        subject="The number of years of temporary protection",
        rises="protection lasts longer",
        falls="the question of what follows comes sooner",
    ),
    "protection.residual_share": Phrase(
        subject="The part of the people expected to need permanent places",
        style="percent",
        rises="the outer core guarantees more places",
        falls="the outer core guarantees fewer places",
    ),
    "protection.residual_key": Phrase(
        subject="The key by which the outer core guarantees permanent places"
    ),
    "review.every": Phrase(subject="The time between reviews"),
}

PARAMETERS: Mapping[str, Phrase] = {
    "band_width": Phrase(
        subject="The band width",
        rises="states further apart count as alike",
        falls="states must be closer to count as alike",
    ),
    "wish_weight": Phrase(
        subject="The weight of the wishes of the people who fled",
        rises="their wishes count for more",
        falls="their wishes count for less",
    ),
    "special_needs_share": Phrase(
        subject="The part of the people with special needs",
        rises="the outer core receives more people at once",
        falls="the outer core receives fewer people at once",
    ),
}
