"""What donors gave: how much, how many they are, how much the largest gave."""

from dataclasses import replace
from fractions import Fraction

from commonhaven.indicators.ask import Ask
from commonhaven.indicators.donors import Gift
from commonhaven.indicators.result import Coverage, Result
from commonhaven.saying import say

TEN = 10


def gifts(ask: Ask) -> tuple[Gift, ...]:
    """The gifts of the year above zero: of the world all, of another scope its states'."""
    everyone = [gift for gift in ask.basis.donors.of_year(ask.year) if gift.usd > 0]
    if ask.scope.kind == "world":
        return tuple(everyone)
    inside = set(ask.scope.states(ask.year))
    return tuple(gift for gift in everyone if gift.state in inside)


def given(ask: Ask) -> Result:
    """The sum, with the parts of the kinds of donors."""
    found = gifts(ask)
    parts: dict[str, Fraction] = {}
    for gift in found:
        parts[gift.kind] = parts.get(gift.kind, Fraction(0)) + gift.usd
    return _told(ask, sum((gift.usd for gift in found), Fraction(0)), parts)


def donors(ask: Ask) -> Result:
    """How many, with how many of each kind."""
    found = gifts(ask)
    parts: dict[str, Fraction] = {}
    for gift in found:
        parts[gift.kind] = parts.get(gift.kind, Fraction(0)) + 1
    return _told(ask, Fraction(len(found)), parts)


def largest(ask: Ask) -> Result:
    """What the ten largest gave / what all gave × 100, with the ten."""
    found = sorted(gifts(ask), key=lambda gift: (-gift.usd, gift.donor))
    everything = sum((gift.usd for gift in found), Fraction(0))
    ten = {gift.donor: gift.usd for gift in found[:TEN]}
    part = sum(ten.values(), Fraction(0)) / everything * 100 if everything else Fraction(0)
    return _told(ask, part, ten)


def _told(ask: Ask, value: Fraction, parts: dict[str, Fraction]) -> Result:
    held = ask.basis.donors
    if ask.year not in held.years:
        return ask.missing(say(
            "What donors gave is held for {first} to {last}.", first=str(held.years[0]),
            last=str(held.years[-1]),
        ))  # fmt: skip
    found = gifts(ask)
    if not found:
        return ask.missing(
            say("The table names no donor of the scope in {year}.", year=str(ask.year))
        )
    coverage = Coverage(
        counted=tuple(sorted({gift.state for gift in found} - {""})), years=(ask.year,)
    )
    return replace(ask.blank, value=value, parts=parts, coverage=coverage, sources=(held.cited,))
