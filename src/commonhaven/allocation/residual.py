"""Permanent places for those who cannot return when temporary protection ends."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil

from commonhaven.allocation.by_key import place_by_key
from commonhaven.allocation.question import Placement, Question
from commonhaven.allocation.rule import Rule
from commonhaven.reading import Problem


def residual_people(question: Question, placement: Placement, part: Fraction) -> dict[str, int]:
    """Cohort → people expected not to be able to return, rounded up.

    They are ``part`` of those placed, less the people with special needs whom the outer core
    protects: these have permanent places already.
    """
    outer = {host.state for host in question.hosts if host.tier == "outer core"}
    found = {}
    for cohort in question.cohorts:
        placed = placement.people.get(cohort.id, {})
        permanent = min(cohort.special_needs, sum(placed.get(state, 0) for state in outer))
        found[cohort.id] = ceil((sum(placed.values()) - permanent) * part)
    return found


def residual_places(question: Question, people: Mapping[str, int], key: Rule) -> Placement:
    """Share ``people`` of each cohort who cannot return among the outer core, by a key.

    The gate holds as for every placement: no permanent place in the country fled from, where
    people would be returned to danger, or below the security floor. Capacities for temporary
    protection do not limit a guarantee. Who finds no open state of the outer core is unplaced.
    Hathaway and Neve 1997, 206-09: extraregional states provide most permanent homes. Problem for
    a negative number of people, KeyUndefined where a figure that the key needs is missing.
    """
    if any(number < 0 for number in people.values()):
        raise Problem("fewer than nobody cannot return", where="residual", fix="Give 0 or more.")
    hosts = tuple(
        replace(host, capacity=None, hosted=0, at_least=0, deduction=0)
        for host in question.hosts
        if host.tier == "outer core"
    )
    cohorts = tuple(
        replace(cohort, people=people[cohort.id], special_needs=0, present={}, wishes={}, asked=0)
        for cohort in question.cohorts
        if people.get(cohort.id)
    )
    asked = replace(
        question, hosts=hosts, cohorts=cohorts, rounding="largest-remainder", credit_hosted=False
    )
    if not cohorts:
        return Placement(people={}, unplaced={})
    if not hosts:
        return Placement(people={}, unplaced={cohort.id: cohort.people for cohort in cohorts})
    return place_by_key(asked, key, key.settings({}))
