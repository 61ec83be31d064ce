"""Rules side by side before anyone chooses one."""

from datetime import date

from commonhaven import __version__
from commonhaven.allocation import Rule
from commonhaven.allocation.registry import rules
from commonhaven.instruments import entry
from commonhaven.reading import digest
from commonhaven.regime import Comparison, compare
from commonhaven.web.groups.models import CharterVersion
from commonhaven.web.groups.queries import value_of as charter_of
from commonhaven.web.kit.limits import once_a_day
from commonhaven.web.plans.talks import source
from commonhaven.web.situations.models import SituationVersion
from commonhaven.web.situations.queries import value_of as situation_of

FEW = 4
"""Rules compared where the reader names none: each takes a moment to compute."""


def comparable(charter_rule: str) -> list[Rule]:
    """The rules that may be compared with the charter's own, those that place people first."""
    kinds = ("placement", "key", "scenario")
    found = [rule for rule in rules().values() if rule.kind in kinds and rule.id != charter_rule]
    return sorted(found, key=lambda rule: (kinds.index(rule.kind), rule.id))


def compared(
    charter: CharterVersion,
    version: SituationVersion,
    names: tuple[str, ...],
    day: date,
    owner: str,
) -> Comparison:
    """The charter's rule and others on one version of the figures, counted for who asks."""
    agreed, crisis = charter_of(charter), situation_of(version)
    inputs = [charter.digest, version.digest, *names, day]
    return once_a_day(
        f"comparison-{__version__}-{digest(inputs)}",
        lambda: compare(agreed, crisis, source(), on=max(day, agreed.group.in_force), names=names),
        what="comparisons", owner=owner,
        most=int(entry("platform", "comparisons_in_ten_minutes").number),
    )  # fmt: skip
