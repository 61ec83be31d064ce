"""Rules side by side before anyone chooses one."""

import json
from datetime import date
from functools import lru_cache

from commonhaven.allocation import Rule
from commonhaven.allocation.registry import rules
from commonhaven.charter import read as read_charter
from commonhaven.regime import Comparison, compare
from commonhaven.situations import read as read_situation
from commonhaven.web.groups.models import CharterVersion
from commonhaven.web.plans.talks import source
from commonhaven.web.situations.models import SituationVersion

FEW = 4
"""Rules compared where the reader names none: each takes a moment to compute."""


def comparable(charter_rule: str) -> list[Rule]:
    """The rules that may be compared with the charter's own, those that place people first."""
    kinds = ("placement", "key", "scenario")
    found = [rule for rule in rules().values() if rule.kind in kinds and rule.id != charter_rule]
    return sorted(found, key=lambda rule: (kinds.index(rule.kind), rule.id))


def compared(
    charter: CharterVersion, version: SituationVersion, names: tuple[str, ...], day: date
) -> Comparison:
    """The charter's rule and others on one version of the figures; kept, since both are fixed."""
    return _compared(charter.value, version.value, names, day)


@lru_cache(maxsize=16)
def _compared(charter: str, situation: str, names: tuple[str, ...], day: date) -> Comparison:
    agreed = read_charter(json.loads(charter), "charter")
    crisis = read_situation(json.loads(situation), "situation")
    return compare(agreed, crisis, source(), on=max(day, agreed.group.in_force), names=names)
