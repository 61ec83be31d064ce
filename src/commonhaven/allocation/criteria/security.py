"""The parts of the security score, each from 0 (nothing against) to 1 (worst)."""

from fractions import Fraction

from commonhaven.allocation.criteria.profile import Fact, HostProfile
from commonhaven.instruments import entry
from commonhaven.reading import Problem, decimal_text

Measured = tuple[Fraction, str, tuple[str, ...]] | None
"""A part's value, what it says and what went in; None: not known."""
MILLION = 10**6
LEVELS = {1: "minor", 2: "war"}


def security_parts(host: HostProfile) -> dict[str, Measured]:
    """Conflict and persecution from figures, attacks and pushbacks from assessments alone."""
    return {
        "conflict-deaths": _saturating(host, host.conflict_deaths, "conflict_half"),
        "conflict-level": _level(host),
        "government-killings": _saturating(host, host.government_deaths, "government_half"),
        "instability": _instability(host),
        **_assessments(host),
    }


def _assessments(host: HostProfile) -> dict[str, Measured]:
    """What no figure shows; absent, not missing, where nobody assessed it."""
    named = {
        "conflict-reaching-refugees": host.reaching,
        "camp-attack": host.camp_attack,
        "border-pushback": host.border_pushback,
    }
    for name, fact in named.items():
        if fact is not None and not 0 <= fact.value <= 1:
            said = f"{name} is assessed as {decimal_text(fact.value)}"
            raise Problem(said, where=host.state, fix="Give a value from 0 to 1.")
    return {
        name: (fact.value, f"{name.replace('-', ' ')}, as assessed: {fact.cite}", _use(fact))
        for name, fact in named.items()
        if fact is not None
    }


def _use(fact: Fact) -> tuple[str, ...]:
    return (fact.use,) if fact.use else ()


def _saturating(host: HostProfile, deaths: Fact | None, half: str) -> Measured:
    """``d / (d + half)`` for ``d`` deaths per million inhabitants."""
    if deaths is None or host.population is None or not host.population.value:
        return None
    each = deaths.value * MILLION / host.population.value
    value = each / (each + entry("scores", half).number)
    what = f"deaths per million / (deaths per million + {half})"
    return value, what, (deaths.use, host.population.use, f"parameter:scores/{half}")


def _level(host: HostProfile) -> Measured:
    """The level of armed conflict, where deaths within the borders (if known) bear it out."""
    intensity = host.conflict_intensity
    if intensity is None:
        return None
    deaths = host.conflict_deaths
    uses = (intensity.use, *((deaths.use,) if deaths else ()))
    for level in (2, 1):
        least = entry("scores", f"{LEVELS[level]}_deaths").number
        if intensity.value >= level and (deaths is None or deaths.value >= least):
            name = f"{LEVELS[level]}_level"
            what = "Level of armed conflict of its government, with deaths within its borders"
            constants = (f"parameter:scores/{name}", f"parameter:scores/{LEVELS[level]}_deaths")
            return entry("scores", name).number, what, (*uses, *constants)
    return Fraction(0), "No armed conflict of its government within its borders", uses


def _instability(host: HostProfile) -> Measured:
    """Rises evenly from 0 at ``stability_from`` to ``stability_weight`` at ``stability_to``."""
    stability = host.political_stability
    if stability is None:
        return None
    start, end = (entry("scores", f"stability_{word}").number for word in ("from", "to"))
    part = min(Fraction(1), max(Fraction(0), (start - stability.value) / (start - end)))
    names = ("stability_from", "stability_to", "stability_weight")
    uses = (stability.use, *(f"parameter:scores/{name}" for name in names))
    return part * entry("scores", "stability_weight").number, "Political instability", uses
