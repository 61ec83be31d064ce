"""Every scale by id: those that ship and those that others bring."""

from commonhaven.allocation import Rule
from commonhaven.allocation.registry import plug_ins
from commonhaven.costs.erf import EUROPEAN_REFUGEE_FUND
from commonhaven.costs.graduated import GRADUATED_TAXATION
from commonhaven.costs.machine_scale import UN_MACHINE_SCALE
from commonhaven.costs.peacekeeping import UN_PEACEKEEPING
from commonhaven.costs.scales import EQUAL, GDP, GNI, POPULATION, UN_REGULAR_BUDGET
from commonhaven.reading import Problem, closest

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


def scales() -> dict[str, Rule]:
    """Every scale by id, in order: what ships, then those that packages add.

    Raises Problem for a plug-in that does not load or takes the id of another scale.
    """
    known = {rule.id: rule for rule in SHIPPED}
    for rule in plug_ins():
        if rule.kind != "scale":
            continue
        if rule.id in known:
            fix = "Uninstall the package that adds it, or ask its authors for another id."
            raise Problem(f"a package adds the scale {rule.id}, which already exists", fix=fix)
        known[rule.id] = rule
    return dict(sorted(known.items()))


def scale(name: str) -> Rule:
    """The scale of that id; Problem with the nearest names where there is none."""
    known = scales()
    if name not in known:
        raise Problem(f"no scale is called {name}", fix=closest(name, known))
    return known[name]
