"""Every scale by id: those that ship and those that others bring."""

from functools import cache
from importlib.metadata import entry_points

from commonhaven.allocation import Rule
from commonhaven.costs.erf import EUROPEAN_REFUGEE_FUND
from commonhaven.costs.graduated import GRADUATED_TAXATION
from commonhaven.costs.machine_scale import UN_MACHINE_SCALE
from commonhaven.costs.peacekeeping import UN_PEACEKEEPING
from commonhaven.costs.scales import EQUAL, GDP, GNI, POPULATION, UN_REGULAR_BUDGET
from commonhaven.reading import Problem, closest

GROUP = "commonhaven.rules"
SHIPPED = (
    UN_REGULAR_BUDGET,
    UN_MACHINE_SCALE,
    UN_PEACEKEEPING,
    GRADUATED_TAXATION,
    GDP,
    GNI,
    POPULATION,
    EQUAL,
    EUROPEAN_REFUGEE_FUND,
)


@cache
def scales() -> dict[str, Rule]:
    """Every scale by id, in order: what ships, then plug-ins of the entry point group.

    Raises Problem for a plug-in that is not a Rule or takes the id of another scale.
    """
    known = {rule.id: rule for rule in SHIPPED}
    for point in sorted(entry_points(group=GROUP), key=lambda found: found.name):
        rule = point.load()
        if not isinstance(rule, Rule):
            said = f"the plug-in {point.value} is no Rule"
            raise Problem(said, where=f"entry points {GROUP}", fix="Point it at a Rule.")
        if rule.kind != "scale":
            continue
        if rule.id in known:
            said = f"the plug-in {point.value} takes the id {rule.id}, which is taken"
            raise Problem(said, where=f"entry points {GROUP}", fix="Give it another id.")
        known[rule.id] = rule
    return dict(sorted(known.items()))


def scale(name: str) -> Rule:
    """The scale of that id; Problem with the nearest names where there is none."""
    known = scales()
    if name not in known:
        raise Problem(f"no scale is called {name}", fix=closest(name, known))
    return known[name]
