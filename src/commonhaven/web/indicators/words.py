"""How results of indicators are told: relations, standings, numbers, parts, titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonhaven.figures.series_chart import Scale
from commonhaven.indicators import Result
from commonhaven.parties import states
from commonhaven.web.kit.saying import party_name

RELATIONS = {
    "measures": _("measures it"),
    "approximates": _("comes near it"),
    "context": _("context"),
    "index": _("index of burden or fairness"),
}
STANDINGS = {
    "measured": _("measured"),
    "entered": _("entered"),
    "approximated": _("comes near"),
    "missing": _("missing"),
}
WAYS = {
    "measures": _("worked out here"),
    "approximates": _("something near is worked out here"),
    "entered": _("no public table: entered with its evidence"),
}
PARTS = {
    "host": _("those who host"),
    "origin": _("those from whom people fled"),
    "donor": _("those who give"),
    "destination": _("those who receive people from hosts"),
}
"""Which part the states of a scope play."""
BANDS = {
    "met": _("meets it"),
    "in part": _("gives a part"),
    "far from it": _("far from it"),
}
EXPLAINED = {
    "measured": _("the public figures are those that the indicator asks for"),
    "entered": _("published by others, with the evidence"),
    "approximated": _("something near is public; it never stands for the indicator"),
    "missing": _("there is no value; the reason is told"),
}


def language() -> str:
    """The page's language as the rooms name it."""
    return (get_language() or "en").split("-", maxsplit=1)[0]


def number(value: Fraction | None) -> SafeString | str:
    """A value as precise as it is worth: whole numbers whole, others with three digits."""
    if value is None:
        return "–"
    scale = Scale(unit="", language=language(), most=abs(value))
    return format_html("<bdi>{}</bdi>", scale.full(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One result for a page."""

    result: Result
    value: SafeString | str
    low: SafeString | str
    high: SafeString | str
    left_out: SafeString | str
    unattributed: SafeString | str
    parts: tuple[tuple[str, SafeString | str], ...]


def told(one: Result) -> Told:
    """A result with its numbers written out."""
    low, high = (one.bounds.low, one.bounds.high) if one.bounds else (None, None)
    held = one.coverage
    return Told(
        result=one, value=number(one.value), low=number(low), high=number(high),
        left_out=number(held.left_out) if held.left_out else "",
        unattributed=number(held.unattributed) if held.unattributed else "",
        parts=tuple((_called(part), number(value)) for part, value in one.parts.items()),
    )  # fmt: skip


def _called(part: str) -> str:
    return party_name(part) if part in states() else part


def spoken(results: Sequence[Result]) -> Told | None:
    """The newest result with a value; else the newest; None where there is none."""
    known = [one for one in results if one.value is not None]
    newest = known[-1:] or list(results)[-1:]
    return told(newest[0]) if newest else None
