"""Trials by their links, and what is shown of them."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.cache import cache

from commonhaven.charter import read as read_charter
from commonhaven.figures import Picture, hosts_map, money_flow, payers_map, people_flow, rule_dots
from commonhaven.parties.figures import reference
from commonhaven.reading import parse_toml
from commonhaven.regime import Comparison, Plan, StatePart, WithFacts, compare
from commonhaven.regime.verify import recompute
from commonhaven.situations import read as read_situation
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.sandbox.bounds import bound
from commonhaven.web.sandbox.models import Trial

FILES = ("charter.toml", "situation.toml")
DAY = 86_400


def trial_for(token: str, at: datetime) -> Trial:
    """The trial of a link; Unknown where there is none, or no longer."""
    rows = Trial.objects.filter(token=token, expires_at__gt=at)
    found = rows.select_related("computed").first()
    if found is None:
        raise Unknown("there is no such page", fix="Links to tried plans expire.")
    return found


def plan_of(trial: Trial) -> Plan:
    """The plan as a value."""
    return _read(trial.computed.text)


@lru_cache(maxsize=16)
def _read(text: str) -> Plan:
    return recompute(json.loads(text), "plan")


def asked_of(trial: Trial) -> dict[str, Any]:
    """What was filled in."""
    found: dict[str, Any] = json.loads(trial.asked)
    return found


def comparable(trial: Trial) -> bool:
    """Whether the question is small enough for all rules to be compared here."""
    inputs = plan_of(trial).inputs
    size = len(inputs.charter.members) * len(inputs.situation.cohorts)
    return size <= bound("compared_within")


def comparison_of(trial: Trial) -> Comparison:
    """Every rule on the same question; kept for a day, for whoever tries the same."""
    key = f"compared-{trial.computed.inputs}"
    found: Comparison | None = cache.get(key)
    if found is None:
        charter = read_charter(parse_toml(trial.charter, FILES[0]), FILES[0])
        situation = read_situation(parse_toml(trial.situation, FILES[1]), FILES[1])
        found = compare(charter, situation, WithFacts(reference()))
        cache.set(key, found, DAY)
    return found


def pictures(plan: Plan, language: str) -> list[Picture]:
    """Who hosts, who pays, and how people and money flow."""
    kinds = (hosts_map, people_flow, payers_map, money_flow)
    return [kind(plan, language=language, names=FILES) for kind in kinds]


def rules_picture(trial: Trial, language: str) -> Picture:
    """The rules side by side."""
    situation = plan_of(trial).inputs.situation.called(language)
    found = comparison_of(trial)
    return rule_dots(found, language=language, names=FILES, situation=situation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One state in the table of a plan."""

    part: StatePart
    change: int
    share: int
    """Thousandths of the people placed."""


def people_rows(plan: Plan) -> list[Row]:
    """The states with people, those that protect most first."""
    shown = [part for part in plan.result.states if part.placed or part.present]
    shown.sort(key=lambda part: (-part.placed, -part.present, part.state))
    total = plan.result.placed or 1
    return [
        Row(part=part, change=part.placed - part.present, share=part.placed * 1000 // total)
        for part in shown
    ]


def money_rows(plan: Plan) -> list[StatePart]:
    """The states that bear or receive money, those that receive most first."""
    paying = [p for p in plan.result.states if p.money and (p.money.cost or p.money.gross)]
    return sorted(paying, key=lambda p: (p.money.net if p.money else 0, p.state))


def where_unplaced(plan: Plan) -> list[tuple[str, int]]:
    """State → people there for whom no state has a place."""
    found: dict[str, int] = {}
    for cohort in plan.result.cohorts:
        for state, people in cohort.stranded.items():
            found[state] = found.get(state, 0) + people
    return sorted(found.items())
