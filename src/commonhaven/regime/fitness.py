"""How well each host fits each cohort: figures and assessments handed to the measures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.allocation import Cohort, Scores
from commonhaven.allocation.criteria.profile import CohortProfile, Fact, HostProfile, Way
from commonhaven.allocation.criteria.scores import SECTORS, constants, scored
from commonhaven.regime.evidence import TREATIES, Evidence
from commonhaven.saying import Parts, parties, say
from commonhaven.situations import Assessed, CohortGroup, Situation
from commonhaven.working import Line

CRITERIA = ("security", "functional", "cultural", "proximity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitness:
    """The cohorts with their scores, the working, and what could not be measured."""

    cohorts: Mapping[str, Cohort]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def fitness(situation: Situation, states: Sequence[str], evidence: Evidence) -> Fitness:
    """Score every host for every cohort; a host without any security figure is not assessed."""
    cohorts: dict[str, Cohort] = {}
    lines: list[Line] = list(constants())
    missing: dict[str, set[tuple[str, str]]] = {}
    for group in situation.cohorts:
        scores: dict[str, Scores] = {}
        assessed = {each.state: each for each in group.assessed}
        origin = group.origin or situation.origin
        for state in states:
            if state == origin:
                continue
            found = scored(
                host_profile(state, group, situation, evidence),
                cohort_profile(group, situation),
                way(state, origin, evidence),
                given(assessed.get(state)),
            )
            if found.scores is not None:
                scores[state] = found.scores
            lines.extend(found.working)
            for part in found.missing:
                missing.setdefault(part, set()).add((group.id, state))
        cohorts[group.id] = Cohort(
            id=group.id, origin=origin, people=group.people, scores=scores,
            refoulement_risk=frozenset(s for s, each in assessed.items() if each.refoulement_risk),
        )  # fmt: skip
    told = notes(missing, len(states), len(situation.cohorts))
    return Fitness(cohorts=cohorts, lines=tuple(lines), notes=tuple(told))


def host_profile(
    state: str, group: CohortGroup, situation: Situation, evidence: Evidence
) -> HostProfile:
    """What figures tell of a host, as far as this cohort's ties ask for it."""

    def fact(indicator: str) -> Fact | None:
        value = evidence.value(state, indicator)
        return None if value is None else Fact(value=value, use=f"figure:{state}/{indicator}")

    def facts(prefix: str, names: Iterable[str], suffix: str = "") -> dict[str, Fact]:
        found = {name: fact(f"{prefix}{name}{suffix}") for name in names}
        return {name: one for name, one in found.items() if one is not None}

    origin = group.origin or situation.origin
    reaching = situation.conflict.get(state)
    return HostProfile(
        state=state,
        population=fact("population"),
        conflict_deaths=fact("conflict_deaths"),
        conflict_intensity=fact("conflict_intensity"),
        government_deaths=fact("one_sided_government_deaths"),
        political_stability=fact("political_stability"),
        reaching=None
        if reaching is None
        else Fact(value=reaching, use="", cite=f"situation {situation.id}, conflict"),
        convention=fact(f"{TREATIES}convention-1951/{origin}"),
        protocol=fact(f"{TREATIES}protocol-1967/{origin}"),
        employment=facts("", SECTORS, "_employment_percent"),
        languages=facts("language/", group.languages),
        religions=facts("religion/", group.religions),
        urban=fact("urban_percent"),
    )


def cohort_profile(group: CohortGroup, situation: Situation) -> CohortProfile:
    return CohortProfile(
        id=group.id,
        origin=group.origin or situation.origin,
        languages=group.languages,
        religions=group.religions,
        kin=group.kin or None,
        livelihoods=group.livelihoods,
        rural=group.rural,
        diaspora=group.diaspora or None,
        source=f"situation {situation.id}: {group.ties_source}",
    )


def way(state: str, origin: str, evidence: Evidence) -> Way:
    def fact(indicator: str) -> Fact | None:
        value = evidence.value(state, indicator)
        return None if value is None else Fact(value=value, use=f"figure:{state}/{indicator}")

    return Way(distance_km=fact(f"distance_km/{origin}"), land_border=fact(f"land_border/{origin}"))


def given(assessed: Assessed | None) -> dict[str, Fact]:
    """The group's own assessment, criterion by criterion."""
    if assessed is None:
        return {}
    values: dict[str, Fraction | None] = {name: getattr(assessed, name) for name in CRITERIA}
    return {
        name: Fact(value=value, use="", cite=assessed.source)
        for name, value in values.items()
        if value is not None
    }


def notes(missing: Mapping[str, set[tuple[str, str]]], hosts: int, cohorts: int) -> Iterable[str]:
    """What was left out of the scores for want of figures, in sentences."""
    everywhere = sorted(part for part, pairs in missing.items() if len(pairs) >= hosts * cohorts)
    if everywhere:
        yield say(
            "Not measured, for want of figures, for anybody: {parts}.",
            parts=Parts(tuple(everywhere)),
        )
    for part, pairs in sorted(missing.items()):
        if part in everywhere:
            continue
        groups = sorted({group for group, _ in pairs})
        states = sorted({state for _, state in pairs})
        if len(pairs) == len(groups) * hosts:
            yield say(
                "Not measured, for want of facts: {part} for {cohorts}.",
                part=part, cohorts=Parts(tuple(groups)),
            )  # fmt: skip
        else:
            yield say(
                "Not measured, for want of figures: {part} in {states}.",
                part=part, states=parties(states),
            )  # fmt: skip
