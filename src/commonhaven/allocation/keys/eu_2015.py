"""The European Commission's distribution key of 2015: size, two correctives, a cap, a residual."""

from fractions import Fraction

from commonhaven.allocation.keys.column import Column
from commonhaven.allocation.keys.formula import (
    Basis,
    Formula,
    Sheet,
    Step,
    inverse_effect,
    must_add_up,
    number,
    size_effect,
)
from commonhaven.allocation.rule import Parameter, Rule, Settings
from commonhaven.saying import say

CITE = "COM(2015)450 and COM(2015)451; Grech 2016, eqs (1)-(7)"
WEIGHTS = ("weight_population", "weight_gdp", "weight_applications", "weight_unemployment")
RESIDUALS = ("residual_population", "residual_gdp")
CAP_BASE = {
    "sum": (Fraction(1), "cap × (population-effect + gdp-effect)"),
    "mean": (Fraction(1, 2), "cap × (population-effect + gdp-effect) / 2"),
}
"""Cap base → the factor on the sum of the two effects, and the formula in words."""


def distribution_key(sheet: Sheet, settings: Settings, _total: int) -> tuple[Step, ...]:
    """Size effects, correctives up to the cap, their weighted sum, the residual by size."""
    weights = {name: number(settings, name) for name in WEIGHTS}
    residuals = {name: number(settings, name) for name in RESIDUALS}
    must_add_up(sheet.rule, weights)
    must_add_up(f"{sheet.rule} (residual)", residuals)
    sizes = (size_effect(sheet, "population", CITE), size_effect(sheet, "gdp", CITE))
    pure = (
        inverse_effect(sheet, "applications_per_million", CITE),
        inverse_effect(sheet, "unemployment_percent", CITE),
    )
    limits = limit(sizes, settings)
    capped = tuple(capped_effect(effect, limits) for effect in pure) if limits else ()
    correctives = capped or pure
    direct = direct_share(sheet, (*sizes, *correctives), weights)
    base = base_share(sizes, residuals)
    return (*sizes, *pure, *limits, *capped, direct, base, share(direct, base))


def limit(sizes: tuple[Step, Step], settings: Settings) -> tuple[Step, ...]:
    """The most that a corrective may be in each state; nothing where there is no cap."""
    base = str(settings["cap_base"])
    if base == "none":
        return ()
    factor, words = CAP_BASE[base]
    people, wealth = sizes
    return (
        Step(
            name="limit-of-correctives",
            column=(people.column + wealth.column).times(factor * number(settings, "cap")),
            what="Most that each corrective effect may be",
            formula=words,
            cite=CITE,
            uses=(people.name, wealth.name, "parameter:cap", "parameter:cap_base"),
        ),
    )


def capped_effect(effect: Step, limits: tuple[Step, ...]) -> Step:
    """The corrective, no greater than its limit."""
    (most,) = limits
    return Step(
        name=f"{effect.name}-capped",
        column=effect.column.least(most.column),
        what=f"{effect.what}; no more than the limit",
        formula=f"min({effect.name}, {most.name})",
        cite=CITE,
        uses=(effect.name, most.name),
    )


def direct_share(sheet: Sheet, effects: tuple[Step, ...], weights: dict[str, Fraction]) -> Step:
    """The weighted sum of the four effects, before the residual."""
    total = Column((0,) * len(sheet.states))
    for effect, weight in zip(effects, weights.values(), strict=True):
        total += effect.column.times(weight)
    terms = zip(weights, effects, strict=True)
    return Step(
        name="direct-share",
        column=total,
        what="Weighted sum of the four effects",
        formula=" + ".join(f"{name} × {effect.name}" for name, effect in terms),
        cite=CITE,
        uses=(*[effect.name for effect in effects], *[f"parameter:{name}" for name in weights]),
    )


def base_share(sizes: tuple[Step, Step], residuals: dict[str, Fraction]) -> Step:
    """The share by size, by which the residual is distributed."""
    people, wealth = sizes
    return Step(
        name="base-share",
        column=people.column.times(residuals["residual_population"])
        + wealth.column.times(residuals["residual_gdp"]),
        what="Share by size, by which what the cap cuts off is distributed",
        formula="residual_population × population-effect + residual_gdp × gdp-effect",
        cite=CITE,
        uses=(people.name, wealth.name, *[f"parameter:{name}" for name in residuals]),
    )


def share(direct: Step, base: Step) -> Step:
    """The direct share and its part of the residual."""
    left = 1 - direct.column.total()
    residual = Basis(
        name="residual",
        value=left,
        what="What the cap cuts off, over all states",
        formula=f"1 - Σ {direct.name}",
        uses=(direct.name,),
    )
    return Step(
        name="share",
        column=direct.column + base.column.times(left),
        what=say("Its share of the people"),
        formula=f"{direct.name} + {residual.name} × {base.name}",
        cite=CITE,
        uses=(direct.name, residual.name, base.name),
        bases=(residual,),
    )


def part(name: str, meaning: str) -> Parameter:
    """A parameter between 0 and 1 with its default in the instrument."""
    return Parameter(
        name=name,
        kind="number",
        meaning=meaning,
        instrument="eu-2015",
        entry=name,
        low=Fraction(0),
        high=Fraction(1),
    )


EU_2015 = Rule(
    id="eu-2015",
    title="European Commission distribution key of 2015",
    kind="key",
    principle="People are shared by population and GDP, corrected by earlier asylum applications "
    "and unemployment up to a cap.",
    value_judgement="Size and wealth found the duty in equal parts; past effort and lack of work "
    "relieve, but never by much.",
    source=CITE,
    standing="sourced",
    indicators=("population", "gdp", "applications_per_million", "unemployment_percent"),
    parameters=(
        part("weight_population", "Weight of the population effect; the four weights add up to 1."),
        part("weight_gdp", "Weight of the GDP effect; the four weights add up to 1."),
        part("weight_applications", "Weight of the inverse of asylum applications per million."),
        part("weight_unemployment", "Weight of the inverse of unemployment."),
        part("cap", "Greatest size of each corrective, as a part of the cap's base."),
        Parameter(
            name="cap_base",
            kind="choice",
            meaning="What the cap is a part of: the sum or the mean of the two size effects.",
            instrument="eu-2015",
            entry="cap_base",
            choices=("sum", "mean", "none"),
        ),
        part("residual_population", "Part of the residual distributed by population."),
        part("residual_gdp", "Part of the residual distributed by GDP; the two add up to 1."),
    ),
    presets={
        "com-2015-240": {"cap_base": "none"},
        "com-2015-451": {"cap_base": "sum"},
        "grech-table-1": {"cap_base": "mean"},
    },
    weaknesses=(
        (
            "Inverse rates move people from large to small states whatever their need: in Grech's "
            "toy model the state with lower unemployment loses share."
        ),
        "Under the cap the two correctives weigh at most 6 % each, not the 10 % that is announced.",
        "It is undefined for a state with no recorded unemployment or applications.",
        "The published tables were rounded to the nearest person and do not add up exactly.",
    ),
    promises=(
        "rises with population",
        "rises with gdp",
        "falls with applications_per_million",
        "falls with unemployment_percent",
    ),
    shares=Formula(rule="eu-2015", steps=distribution_key),
)
