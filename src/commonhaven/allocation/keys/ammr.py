"""The reference key of Regulation (EU) 2024/1351: half population, half GDP, rounded up."""

from fractions import Fraction

from commonhaven.allocation.keys.formula import (
    Formula,
    Sheet,
    Step,
    must_add_up,
    number,
    size_effect,
)
from commonhaven.allocation.rule import Parameter, Rule, Settings
from commonhaven.saying import say

CITE = "Regulation (EU) 2024/1351, Art. 66 and Annex I"
WEIGHTS = ("weight_population", "weight_gdp")


def reference_key(sheet: Sheet, settings: Settings, _total: int) -> tuple[Step, ...]:
    """``50 % population effect + 50 % GDP effect`` over all Member States bound by it."""
    weights = {name: number(settings, name) for name in WEIGHTS}
    must_add_up(sheet.rule, weights)
    people, wealth = size_effect(sheet, "population", CITE), size_effect(sheet, "gdp", CITE)
    share = Step(
        name="share",
        column=people.column.times(weights["weight_population"])
        + wealth.column.times(weights["weight_gdp"]),
        what=say("Its share of the people"),
        formula="weight_population × population-effect + weight_gdp × gdp-effect",
        cite=CITE,
        uses=(people.name, wealth.name, *[f"parameter:{name}" for name in WEIGHTS]),
    )
    return people, wealth, share


AMMR_2024 = Rule(
    id="ammr-2024",
    title="EU reference key of 2024",
    kind="key",
    principle="People are shared by population and gross domestic product in equal parts.",
    value_judgement="Inhabitants and wealth found the duty alike; what a state already does "
    "counts only through deductions that the Council grants.",
    source=CITE,
    standing="sourced",
    indicators=("population", "gdp"),
    parameters=(
        *(
            Parameter(
                name=name,
                kind="number",
                meaning=f"{name.replace('_', ' ').capitalize()}; the weights add up to 1.",
                instrument="ammr-2024",
                entry=name,
                low=Fraction(0),
                high=Fraction(1),
            )
            for name in WEIGHTS
        ),
        Parameter(
            name="reassign_deductions",
            kind="yes or no",
            meaning="Whether people deducted from one state's number are passed on to the others.",
            instrument="ammr-2024",
            entry="reassign_deductions",
        ),
    ),
    weaknesses=(
        (
            "States that benefit keep their share in the key, so the contributors' numbers do not "
            "cover the pool."
        ),
        "Deductions are not passed on, which widens the gap further.",
        "People already hosted do not count.",
    ),
    promises=("rises with population", "rises with gdp", "splits alike"),
    rounding="ceiling",
    shares=Formula(rule="ammr-2024", steps=reference_key),
)
