"""What a charter may name: states, rules of responsibility, scales of cost."""

from collections.abc import Iterator, Mapping

from commonhaven.allocation import Rule
from commonhaven.charter.finding import Finding


def known_rules() -> Mapping[str, Rule]:
    """Rules of responsibility by id."""
    from commonhaven.allocation.registry import rules

    return rules()


def known_scales() -> Mapping[str, Rule]:
    """Scales of cost by id."""
    from commonhaven.costs.registry import scales

    return scales()


def state_finding(code: str, where: str) -> Iterator[Finding]:
    """An error where the code is no state, or a state that no longer exists."""
    return iter(())
