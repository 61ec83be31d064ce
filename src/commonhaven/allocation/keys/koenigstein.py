"""The Königstein key of the German Länder: two thirds tax revenue, one third population."""

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

CITE = "Königstein key, Joint Science Conference (GWK)"
WEIGHTS = ("weight_revenue", "weight_population")


def revenue_and_population(sheet: Sheet, settings: Settings, _total: int) -> tuple[Step, ...]:
    """``2/3 e(tax revenue) + 1/3 e(population)``."""
    weights = {name: number(settings, name) for name in WEIGHTS}
    must_add_up(sheet.rule, weights)
    revenue = size_effect(sheet, str(settings["revenue_indicator"]), CITE)
    people = size_effect(sheet, "population", CITE)
    share = Step(
        name="share",
        column=revenue.column.times(weights["weight_revenue"])
        + people.column.times(weights["weight_population"]),
        what=say("Its share of the people"),
        formula=f"weight_revenue × {revenue.name} + weight_population × {people.name}",
        cite=CITE,
        uses=(revenue.name, people.name, *[f"parameter:{name}" for name in WEIGHTS]),
    )
    return revenue, people, share


KOENIGSTEIN = Rule(
    id="koenigstein",
    title="Königstein key",
    kind="key",
    principle="People are shared by tax revenue and, with half its weight, by population.",
    value_judgement="The ability to pay counts twice as much as the number of inhabitants.",
    source=f"{CITE}; section 45 of the German Asylum Act",
    standing="reported",
    indicators=("population",),
    optional_indicators=("tax_revenue", "gdp", "gni"),
    parameters=(
        *(
            Parameter(
                name=name,
                kind="number",
                meaning=f"{name.replace('_', ' ').capitalize()}; the weights add up to 1.",
                instrument="koenigstein",
                entry=name,
                low=Fraction(0),
                high=Fraction(1),
            )
            for name in WEIGHTS
        ),
        Parameter(
            name="revenue_indicator",
            kind="choice",
            meaning="The figure that stands for the ability to pay.",
            instrument="koenigstein",
            entry="revenue_indicator",
            choices=("tax_revenue", "gdp", "gni"),
        ),
    ),
    weaknesses=(
        (
            "Tax revenue depends on the tax rates a state chooses: between states, unlike between "
            "Länder, who taxes little owes little."
        ),
        "Made to share the cost of research, not people: it ignores housing and work.",
    ),
    promises=("rises with population", "rises with tax_revenue", "splits alike"),
    shares=Formula(rule="koenigstein", steps=revenue_and_population),
)
