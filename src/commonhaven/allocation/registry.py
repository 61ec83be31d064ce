"""Every rule by its id: those that ship, in an explicit tuple, and those that packages add."""

import sys
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from commonhaven.allocation.criteria.hathaway_neve import HATHAWAY_NEVE
from commonhaven.allocation.dublin_iv import DUBLIN_IV
from commonhaven.allocation.keys.ammr import AMMR_2024
from commonhaven.allocation.keys.bovens_bartsch import BOVENS_BARTSCH
from commonhaven.allocation.keys.chimni import CHIMNI
from commonhaven.allocation.keys.equal import EQUAL
from commonhaven.allocation.keys.eu_1995 import EU_1995
from commonhaven.allocation.keys.eu_2015 import EU_2015
from commonhaven.allocation.keys.grahl_madsen import GRAHL_MADSEN
from commonhaven.allocation.keys.grech import GRECH_2016
from commonhaven.allocation.keys.koenigstein import KOENIGSTEIN
from commonhaven.allocation.keys.mixed import MIXED, SVR_2013
from commonhaven.allocation.keys.size import AREA, GDP, POPULATION, POPULATION_GDP_AREA
from commonhaven.allocation.least_cost import ATHERTON
from commonhaven.allocation.quota_market import MORAGA_RAPOPORT
from commonhaven.allocation.rule import Rule
from commonhaven.reading import Problem, closest

GROUP = "commonhaven.rules"
"""The entry point group by which a package adds rules; each entry resolves to a `Rule`."""

KEYS = (
    EQUAL,
    POPULATION,
    GDP,
    AREA,
    POPULATION_GDP_AREA,
    MIXED,
    SVR_2013,
    GRAHL_MADSEN,
    CHIMNI,
    EU_1995,
    EU_2015,
    GRECH_2016,
    BOVENS_BARTSCH,
    AMMR_2024,
    KOENIGSTEIN,
)
PLACEMENTS: tuple[Rule, ...] = (HATHAWAY_NEVE, DUBLIN_IV)
SCENARIOS: tuple[Rule, ...] = (ATHERTON, MORAGA_RAPOPORT)
RULES = (*PLACEMENTS, *KEYS, *SCENARIOS)


def rules() -> dict[str, Rule]:
    """Every rule that shares people, by id: shipped ones first, then those that packages add.

    Raises Problem, naming the package, where a plug-in does not load or takes an id that exists.
    """
    known = {rule.id: rule for rule in RULES}
    return known | {rule.id: rule for rule in plug_ins() if rule.kind != "scale"}


def rule(name: str) -> Rule:
    """One rule by id; Problem with the nearest ids where there is none."""
    known = rules()
    if name not in known:
        raise Problem(f"no rule {name}", fix=closest(name, known))
    return known[name]


def plug_ins() -> tuple[Rule, ...]:
    """The rules, scales of money included, that installed packages add, by package and name."""
    return _plug_ins(tuple(sys.path))


@cache
def _plug_ins(_path: tuple[str, ...]) -> tuple[Rule, ...]:
    found: list[Rule] = []
    owners = {rule.id: "commonhaven" for rule in RULES}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (package(point), point.name)):
        added = load(point)
        if added.id in owners:
            raise Problem(
                f"the rule {added.id} of the package {package(point)} already exists in "
                f"{owners[added.id]}",
                fix=f"Uninstall {package(point)}, or ask its authors for another id.",
            )
        owners[added.id] = package(point)
        found.append(added)
    return tuple(found)


def added_by(name: str) -> str:
    """The package and version that add the rule or scale of that id; empty where it ships here."""
    for point in entry_points(group=GROUP):
        if point.dist is not None and load(point).id == name:
            return f"{point.dist.name} {point.dist.version}"
    return ""


def load(point: EntryPoint) -> Rule:
    """The rule of one entry point; Problem naming the package where it does not load."""
    where = f"package {package(point)}, entry point {point.name}"
    fix = f"Uninstall {package(point)}, or ask its authors to mend it."
    try:
        added = point.load()
    except Problem as problem:
        raise problem.within(where) from None
    except Exception as error:
        said = f"the plug-in does not load ({type(error).__name__}: {error})"
        raise Problem(said, where=where, fix=fix) from error
    if not isinstance(added, Rule):
        raise Problem(f"{point.value} is not a Rule", where=where, fix=fix)
    return added


def package(point: EntryPoint) -> str:
    """The name of the package that gives an entry point."""
    return point.dist.name if point.dist else "unknown"
