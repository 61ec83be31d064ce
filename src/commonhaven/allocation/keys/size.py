"""Keys of size: one figure, or the mean of three."""

from fractions import Fraction
from functools import partial

from commonhaven.allocation.keys.formula import Formula, Sheet, Step, size_effect
from commonhaven.allocation.rule import Rule, Settings
from commonhaven.saying import say

OUTLINE = "Hathaway and Neve 1997, text at notes 374-77: measures of size, there only auxiliary"
DRAFT = "German Presidency draft of 1994 on burden-sharing, as used in European Union Politics 2019"


def one(indicator: str, cite: str, sheet: Sheet, _settings: Settings, _total: int) -> tuple[Step]:
    """A state's share is its part of one figure."""
    effect = size_effect(sheet, indicator, cite)
    return (
        Step(
            name="share",
            column=effect.column,
            what=say("Its share of the people"),
            formula=effect.formula,
            cite=cite,
            uses=effect.uses,
            bases=effect.bases,
        ),
    )


def mean_of_three(sheet: Sheet, _settings: Settings, _total: int) -> tuple[Step, ...]:
    """``(e(population) + e(gdp) + e(land area)) / 3``."""
    effects = tuple(
        size_effect(sheet, name, DRAFT) for name in ("population", "gdp", "land_area_km2")
    )
    people, wealth, land = (effect.column for effect in effects)
    share = Step(
        name="share",
        column=(people + wealth + land).times(Fraction(1, 3)),
        what="Its share of the people: the mean of three effects",
        formula="(population-effect + gdp-effect + land-area-effect) / 3",
        cite=DRAFT,
        uses=tuple(effect.name for effect in effects),
    )
    return (*effects, share)


POPULATION = Rule(
    id="population",
    title="By population",
    kind="key",
    principle="People are shared in proportion to inhabitants.",
    value_judgement="Every inhabitant of the group stands for the same part of the duty, rich or "
    "poor.",
    source=OUTLINE,
    standing="sourced",
    indicators=("population",),
    weaknesses=("A poor and populous state owes more than a rich and small one.",),
    promises=("rises with population", "splits alike"),
    shares=Formula(rule="population", steps=partial(one, "population", OUTLINE)),
)

GDP = Rule(
    id="gdp",
    title="By gross domestic product",
    kind="key",
    principle="People are shared in proportion to the size of the economy.",
    value_judgement="Who can afford more protects more people, however crowded it is.",
    source=OUTLINE,
    standing="sourced",
    indicators=("gdp",),
    weaknesses=(
        "Exchange rates move shares from one year to the next without any change on the ground.",
    ),
    promises=("rises with gdp", "splits alike"),
    shares=Formula(rule="gdp", steps=partial(one, "gdp", OUTLINE)),
)

AREA = Rule(
    id="area",
    title="By land area",
    kind="key",
    principle="People are shared in proportion to land.",
    value_judgement="Room counts, whether or not anyone can live on it.",
    source=OUTLINE,
    standing="sourced",
    indicators=("land_area_km2",),
    weaknesses=("Deserts and ice count like fields and towns.",),
    promises=("rises with land_area_km2", "splits alike"),
    shares=Formula(rule="area", steps=partial(one, "land_area_km2", OUTLINE)),
)

POPULATION_GDP_AREA = Rule(
    id="population-gdp-area",
    title="Mean of population, GDP and land area",
    kind="key",
    principle="People are shared by the mean of a state's parts of population, economy and land.",
    value_judgement="Inhabitants, wealth and room count alike.",
    source=f"{DRAFT}; our tie-break for Hathaway and Neve 1997, 205",
    standing="reported",
    indicators=("population", "gdp", "land_area_km2"),
    weaknesses=(
        (
            "It says nothing of safety, ties or wishes; Hathaway and Neve keep such measures for "
            "states that are equally fit."
        ),
        "Large empty states owe much by the third of the key that is land.",
    ),
    promises=(
        "rises with population",
        "rises with gdp",
        "rises with land_area_km2",
        "splits alike",
    ),
    shares=Formula(rule="population-gdp-area", steps=mean_of_three),
)
