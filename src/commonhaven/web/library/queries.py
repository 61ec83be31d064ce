"""What the pages of the library show, asked of the rooms."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from commonhaven.allocation import Parameter, Rule
from commonhaven.charter import Charter
from commonhaven.parties import state as state_of
from commonhaven.parties import states
from commonhaven.parties.figures import Figure, Indicator, describe, reference, shipped_indicators
from commonhaven.parties.names import names
from commonhaven.procedures import Procedure
from commonhaven.reading import decimal_text
from commonhaven.saying import Party, say
from commonhaven.situations import Situation
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.saying import without_party

LATEST = date(2025, 12, 31)
"""The last day of which the figures that ship tell."""
DISPUTED = ("XKX", "PSE", "TWN", "ESH", "FLK", "SGS", "AB9", "HKG", "MAC", "UNK", "XXA", "TIB")
"""Codes of which a reader may ask why they are named so; see docs/explanation/naming-policy.md."""


def one(of: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any of the library's values
    """The value of that name; Unknown where there is none."""
    if name not in of:
        raise Unknown("there is no such page", fix="Look in the library.")
    return of[name]


def allowed(parameter: Parameter) -> str:
    """Which values a parameter takes, as text."""
    if parameter.kind == "choice":
        return ", ".join(parameter.choices)
    if parameter.kind == "yes or no":
        return "yes, no"
    ends = [
        "" if end is None else decimal_text(Fraction(end))
        for end in (parameter.low, parameter.high)
    ]
    return " … ".join(ends)


def rules_by_kind(rules: Mapping[str, Rule]) -> dict[str, list[tuple[str, Rule]]]:
    """Kind → rules with their names, in order of name."""
    found: dict[str, list[tuple[str, Rule]]] = {}
    for name, rule in sorted(rules.items()):
        found.setdefault(rule.kind, []).append((name, rule))
    return {
        kind: found[kind] for kind in ("placement", "key", "scale", "scenario") if kind in found
    }


def tiers(charter: Charter, day: date) -> dict[str, list[str]]:
    """Tier → states that are members on a day."""
    found: dict[str, list[str]] = {}
    for code, member in charter.members_on(max(day, charter.group.in_force)).items():
        found.setdefault(member.tier, []).append(code)
    return found


def whereabouts(situation: Situation) -> list[tuple[str, int]]:
    """State → people there, the most first."""
    there: dict[str, int] = {}
    for cohort in situation.cohorts:
        for code, people in cohort.present.items():
            there[code] = there.get(code, 0) + people
    return sorted(there.items(), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock of a procedure, in words."""

    what: str
    periods: tuple[str, ...]
    by: tuple[str, ...]
    silence: str
    cite: str


def clocks(procedure: Procedure) -> Iterator[Clock]:
    """The clocks of a procedure with the periods in force now."""
    for limit in procedure.limits:
        names = [*limit.due, limit.every] if limit.every else limit.due
        entries = [procedure.entry(name, LATEST) for name in names]
        yield Clock(
            what=without_party(say(limit.what, party=Party(""))),
            by=tuple(who.removeprefix("=") for who in limit.by),
            silence=without_party(say(limit.silence, party=Party(""))), cite=limit.cite,
            periods=tuple(f"{entry.value} {entry.unit}" for entry in entries),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An indicator and the figure used for a state."""

    about: Indicator
    used: Figure | None
    value: Fraction | None
    places: int


def figures_of(code: str) -> list[Shown]:
    """The figures of a state that would be used for the last day of which figures tell."""
    found = []
    for about in shipped_indicators():
        if about.layout in ("pairs", "lists"):
            continue
        used = describe(code, about.id, LATEST, reference()).used
        value = used.value if used else None
        places = 0 if value is None or value.denominator == 1 or abs(value) >= 1000 else 2
        found.append(Shown(about=about, used=used, value=value, places=places))
    return found


def countries(language: str) -> list[tuple[str, str]]:
    """Codes and names of states and territories that may be looked up, in order of name."""
    called = names(language)
    found = [
        (code, called[code])
        for code, each in states().items()
        if each.standing not in ("dissolved", "no state")
    ]
    return sorted(found, key=lambda pair: _place(pair[1]))


def _place(name: str) -> str:
    """A name as it is put in order: accents and capitals do not count."""
    signs = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def indicators(ids: Iterable[str]) -> list[tuple[str, str]]:
    """Ids of indicators, each with its title; an id that is none of those that ship stays one."""
    titles = {about.id: about.title for about in shipped_indicators()}
    return [(each, titles.get(each, each)) for each in ids]


def remarks() -> list[tuple[str, str]]:
    """Codes of which a reader may ask, each with what is noted of it."""
    return [(code, state_of(code).note) for code in DISPUTED]
