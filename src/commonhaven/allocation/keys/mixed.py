"""Keys that weigh several figures: the group's own weights, and those of SVR and SWP 2013."""

from fractions import Fraction

from commonhaven.allocation.keys.column import Column
from commonhaven.allocation.keys.formula import (
    Formula,
    Sheet,
    Step,
    inverse_effect,
    must_add_up,
    number,
    size_effect,
)
from commonhaven.allocation.rule import Parameter, Rule, Settings

FIGURES = {
    "weight_population": "population",
    "weight_gdp": "gdp",
    "weight_gni": "gni",
    "weight_area": "land_area_km2",
    "weight_unemployment": "unemployment_percent",
    "weight_applications": "applications_per_million",
}
"""Weight → the figure that it weighs."""
INVERSE = ("unemployment_percent", "applications_per_million")
SVR = "SVR Policy Brief 2013-1"


def weighted(sheet: Sheet, settings: Settings, _total: int) -> tuple[Step, ...]:
    """The weighted mean of effects; a figure with weight 0 is not needed."""
    weights = {name: number(settings, name) for name in FIGURES if name in settings}
    must_add_up(sheet.rule, weights)
    cite = SVR if sheet.rule == "svr-2013" else "The group's charter"
    used = {name: weight for name, weight in weights.items() if weight}
    effects = [
        (inverse_effect if FIGURES[name] in INVERSE else size_effect)(sheet, FIGURES[name], cite)
        for name in used
    ]
    total = Column((0,) * len(sheet.states))
    for effect, weight in zip(effects, used.values(), strict=True):
        total += effect.column.times(weight)
    terms = zip(used, effects, strict=True)
    share = Step(
        name="share",
        column=total,
        what="Its share of the people: the weighted mean of the effects",
        formula=" + ".join(f"{name} × {effect.name}" for name, effect in terms),
        cite=cite,
        uses=(*[effect.name for effect in effects], *[f"parameter:{name}" for name in used]),
    )
    return (*effects, share)


def weight(rule: str, name: str) -> Parameter:
    """The parameter that weighs one figure in this rule."""
    direction = "the inverse of " if FIGURES[name] in INVERSE else ""
    return Parameter(
        name=name,
        kind="number",
        meaning=f"Weight of {direction}{FIGURES[name]}; the weights add up to 1.",
        instrument=rule,
        entry=name,
        low=Fraction(0),
        high=Fraction(1),
    )


MIXED = Rule(
    id="mixed",
    title="The group's own weights",
    kind="key",
    principle="People are shared by a weighted mean of the usual indicators.",
    value_judgement="The weights are the judgement: the group makes it, not this rule.",
    source="Our proposal: the common form of the keys of this family",
    standing="our proposal",
    optional_indicators=tuple(FIGURES.values()),
    parameters=tuple(weight("mixed", name) for name in FIGURES),
    weaknesses=(
        (
            "Any weight on the inverse of a rate moves people from large to small states whatever "
            "their need (Grech 2016), because a rate says nothing of size."
        ),
    ),
    promises=(
        "rises with population",
        "rises with gdp",
        "rises with gni",
        "rises with land_area_km2",
        "falls with unemployment_percent",
        "falls with applications_per_million",
    ),
    shares=Formula(rule="mixed", steps=weighted),
)

SVR_2013 = Rule(
    id="svr-2013",
    title="Multi-factor key of SVR and SWP, 2013",
    kind="key",
    principle="People are shared by economy and population, corrected by land and employment.",
    value_judgement="Wealth and inhabitants found the duty in equal parts; room and work to be had "
    "correct it.",
    source="S. Angenendt, M. Engler, J. Schneider, SVR Policy Brief 2013-1",
    standing="reported",
    indicators=("gdp", "population", "land_area_km2", "unemployment_percent"),
    parameters=tuple(
        weight("svr-2013", name)
        for name in ("weight_gdp", "weight_population", "weight_area", "weight_unemployment")
    ),
    weaknesses=(
        (
            "The inverse of unemployment moves people from large to small states whatever their "
            "need (Grech 2016)."
        ),
        "It is undefined for a state with no recorded unemployment.",
    ),
    promises=(
        "rises with population",
        "rises with gdp",
        "rises with land_area_km2",
        "falls with unemployment_percent",
    ),
    shares=Formula(rule="svr-2013", steps=weighted),
)
