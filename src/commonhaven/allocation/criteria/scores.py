"""How well a host fits a cohort on the four criteria, measured from figures, with its working.

A part that is not known is left out and named. The worst part decides security; no mean can hide
it. An assessment by the group takes the place of what is computed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import prod

from commonhaven.allocation.criteria.bands import CRITERIA
from commonhaven.allocation.criteria.profile import CohortProfile, Fact, HostProfile, Way
from commonhaven.allocation.criteria.security import Measured, security_parts
from commonhaven.allocation.question import Scores
from commonhaven.instruments import entry, instrument
from commonhaven.reading import Problem, decimal_text
from commonhaven.working import Line

SECTORS = ("agriculture", "industry", "services")
CITE = "instruments/scores.toml (our proposal)"
MILLIONTH = Decimal("0.000001")
_context = Context(prec=40, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a criterion: its value, what it says, and what went in."""

    name: str
    value: Fraction
    what: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Scores of a host for a cohort; None where nothing is known of its security.

    ``missing``: parts left out for want of figures, as ``criterion.part``; ``assumed``: criteria
    of which nothing at all is known and which therefore count 0, in words.
    """

    scores: Scores | None
    working: tuple[Line, ...]
    missing: tuple[str, ...]
    assumed: tuple[str, ...]


def scored(
    host: HostProfile,
    cohort: CohortProfile,
    way: Way,
    assessed: Mapping[str, Fact] | None = None,
) -> Scored:
    """Score a host for a cohort; ``assessed``: criterion → the group's own value with its source.

    Problem for an assessed value outside 0 to 1 or of an unknown criterion.
    """
    given = _checked(assessed or {}, f"{cohort.id}, {host.state}")
    start = f"score.{cohort.id}.{host.state}"
    lines: list[Line] = []
    missing: list[str] = []
    assumed: list[str] = []
    found: dict[str, Fraction] = {}
    for name in CRITERIA:
        if name in given:
            found[name] = given[name].value
            lines.append(_assessed(f"{start}.{name}", name, given[name]))
            continue
        parts = list(_parts(name, host, cohort, way, missing))
        if parts:
            found[name] = _together(name, [part.value for part in parts])
            lines += _lines(f"{start}.{name}", name, parts, found[name])
        elif name != "security":
            found[name] = Fraction(0)
            assumed.append(
                f"Nothing is known of the {name} criterion of {host.state}: it counts 0."
            )
            lines.append(_unknown(f"{start}.{name}", name))
    return Scored(
        scores=Scores(**found) if "security" in found else None,
        working=tuple(lines),
        missing=tuple(missing),
        assumed=tuple(assumed),
    )


def constants() -> tuple[Line, ...]:
    """The numbers of the measures, as lines that the working of scores cites."""
    return tuple(
        Line(
            id=f"parameter:scores/{each.id}",
            value=each.number,
            what=each.what,
            unit=each.unit,
            cite=CITE,
        )
        for each in instrument("scores").entries
    )


def _checked(assessed: Mapping[str, Fact], where: str) -> Mapping[str, Fact]:
    for name, fact in assessed.items():
        if name not in CRITERIA:
            fix = f"The criteria are {', '.join(CRITERIA)}."
            raise Problem(f"no criterion {name}", where=where, fix=fix)
        if not 0 <= fact.value <= 1:
            said = f"{name} is assessed as {decimal_text(fact.value)}"
            raise Problem(said, where=where, fix="Give a value from 0 to 1.")
    return assessed


def _parts(
    name: str, host: HostProfile, cohort: CohortProfile, way: Way, missing: list[str]
) -> Iterator[Part]:
    """The parts of a criterion that are known; the others are added to ``missing``."""
    measures: Mapping[str, Callable[[], Mapping[str, Measured]]] = {
        "security": lambda: security_parts(host),
        "functional": lambda: _functional(host, cohort),
        "cultural": lambda: _cultural(host, cohort),
        "proximity": lambda: {"nearness": _nearness(way)},
    }
    for part, found in measures[name]().items():
        if found is None:
            missing.append(f"{name}.{part}")
        else:
            value, what, uses = found
            yield Part(name=part, value=value, what=what, uses=uses)


def _together(name: str, parts: list[Fraction]) -> Fraction:
    if name == "security":
        return 1 - max(parts)
    if name == "functional":
        return sum(parts, Fraction(0)) / len(parts)
    if name == "cultural":
        return 1 - prod((1 - part for part in parts), start=Fraction(1))
    return parts[0]


FORMULAS = {
    "security": "1 - the worst part",
    "functional": "mean of the parts that are known",
    "cultural": "1 - product of (1 - part)",
    "proximity": "1 at a land border, else exp(-distance / distance_scale)",
}


def _lines(start: str, name: str, parts: list[Part], value: Fraction) -> list[Line]:
    return [
        *(
            Line(
                id=f"{start}.{p.name}",
                value=p.value,
                what=f"Part of the {name} score: {p.name.replace('-', ' ')}",
                formula=p.what,
                cite=CITE,
                uses=p.uses,
            )
            for p in parts
        ),
        Line(
            id=start,
            value=value,
            what=f"The {name} score, from 0 to 1",
            formula=FORMULAS[name],
            cite=CITE,
            uses=tuple(f"{start}.{part.name}" for part in parts),
        ),
    ]


def _assessed(start: str, name: str, fact: Fact) -> Line:
    return Line(
        id=start,
        value=fact.value,
        what=f"The {name} score, assessed by the group in place of a computed one",
        cite=fact.cite,
        uses=(fact.use,) if fact.use else (),
    )


def _unknown(start: str, name: str) -> Line:
    return Line(id=start, value=Fraction(0), what=f"The {name} score: nothing is known", cite=CITE)


def _functional(host: HostProfile, cohort: CohortProfile) -> dict[str, Measured]:
    return {
        "work": _right_to_work(host),
        "livelihood": _livelihood(host, cohort),
        "language": _language(host, cohort),
        "settlement": _settlement(host, cohort),
    }


def _right_to_work(host: HostProfile) -> Measured:
    known = [fact for fact in (host.convention, host.protocol) if fact is not None]
    uses = tuple(fact.use for fact in known)
    what = "Right to work: bound by the 1951 Convention or the 1967 Protocol"
    if any(fact.value for fact in known):
        return Fraction(1), what, uses
    if len(known) < 2:
        return None
    without = entry("scores", "work_without_treaty").number
    return without, what, (*uses, "parameter:scores/work_without_treaty")


def _livelihood(host: HostProfile, cohort: CohortProfile) -> Measured:
    if not cohort.livelihoods or any(sector not in host.employment for sector in SECTORS):
        return None
    overlap = sum(
        (
            min(cohort.livelihoods.get(sector, Fraction(0)), host.employment[sector].value / 100)
            for sector in SECTORS
        ),
        Fraction(0),
    )
    uses = tuple(host.employment[sector].use for sector in SECTORS)
    return (
        min(overlap, Fraction(1)),
        "Overlap of occupations: sum of the smaller parts by sector",
        uses,
    )


def _language(host: HostProfile, cohort: CohortProfile) -> Measured:
    known = [host.languages[name] for name in cohort.languages if name in host.languages]
    if not known:
        return None
    what = "Language: 1 official or widely spoken, 1/2 spoken, the best of the cohort's"
    return max(fact.value for fact in known), what, tuple(fact.use for fact in known)


def _settlement(host: HostProfile, cohort: CohortProfile) -> Measured:
    if host.urban is None or cohort.rural is None:
        return None
    value = 1 - abs((1 - host.urban.value / 100) - cohort.rural)
    return value, "Town and country: 1 - difference of the rural parts", (host.urban.use,)


def _cultural(host: HostProfile, cohort: CohortProfile) -> dict[str, Measured]:
    return {
        "kin": _kin(host, cohort),
        "religion": _tie("religion", _religion(host, cohort)),
        "language": _tie("language", _language(host, cohort)),
        "diaspora": _tie("diaspora", _diaspora(host, cohort)),
    }


def _tie(name: str, extent: Measured) -> Measured:
    if extent is None:
        return None
    value, what, uses = extent
    strength = entry("scores", f"tie_{name}").number
    return strength * value, f"{what}; times its strength", (*uses, f"parameter:scores/tie_{name}")


def _kin(host: HostProfile, cohort: CohortProfile) -> Measured:
    if cohort.kin is None:
        return None
    what = f"People of the same ethnic group live there, 1 or 0 ({cohort.source or 'no source'})"
    return _tie("kin", (Fraction(int(host.state in cohort.kin)), what, ()))


def _religion(host: HostProfile, cohort: CohortProfile) -> Measured:
    if not cohort.religions or not host.religions:
        return None
    shared = [name for name in sorted(cohort.religions) if name in host.religions]
    overlap = sum(
        (min(cohort.religions[name], host.religions[name].value) for name in shared), Fraction(0)
    )
    uses = tuple(host.religions[name].use for name in shared)
    return min(overlap, Fraction(1)), "Religion: sum of the smaller parts", uses


def _diaspora(host: HostProfile, cohort: CohortProfile) -> Measured:
    if cohort.diaspora is None:
        return None
    full = entry("scores", "diaspora_full").number
    number = cohort.diaspora.get(host.state, 0)
    what = f"Diaspora: {number:,} people of the same origin there before, as part of a full tie"
    return min(Fraction(1), number / full), what, ("parameter:scores/diaspora_full",)


def _nearness(way: Way) -> Measured:
    border = way.land_border
    if border is not None and border.value:
        return Fraction(1), "It shares a land border with the country fled from", (border.use,)
    if way.distance_km is None:
        return None
    scale = entry("scores", "distance_scale").number
    ratio = way.distance_km.value / scale
    exponent = _context.divide(Decimal(-ratio.numerator), Decimal(ratio.denominator))
    near = _context.exp(exponent).quantize(MILLIONTH, rounding=ROUND_HALF_EVEN)
    what = f"exp(-{decimal_text(way.distance_km.value)} km / {decimal_text(scale)} km), six places"
    uses = (way.distance_km.use, *((border.use,) if border else ()))
    return Fraction(near), what, (*uses, "parameter:scores/distance_scale")
