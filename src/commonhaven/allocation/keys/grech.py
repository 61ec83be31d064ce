"""Grech's replacement for the Commission's key: correctives multiply size instead of adding."""

from fractions import Fraction

from commonhaven.allocation.keys.formula import Basis, Formula, Sheet, Step, number, size_effect
from commonhaven.allocation.rule import KeyUndefined, Parameter, Rule, Settings
from commonhaven.saying import say

CITE = "Grech 2016, eqs (11)-(14)"


def multiplied_key(sheet: Sheet, settings: Settings, _total: int) -> tuple[Step, ...]:
    """``μ ν base / Σ``: factors around one for unemployment and applications."""
    people, wealth = size_effect(sheet, "population", CITE), size_effect(sheet, "gdp", CITE)
    base = Step(
        name="base-share",
        column=(people.column + wealth.column).times(Fraction(1, 2)),
        what="Mean of the population and GDP effects",
        formula="(population-effect + gdp-effect) / 2",
        cite=CITE,
        uses=(people.name, wealth.name),
    )
    mu = factor(sheet, settings, "unemployment_percent", "kappa_un")
    nu = factor(sheet, settings, "applications_per_million", "kappa_as")
    product = mu.column * nu.column * base.column
    if product.total() == 0:
        raise KeyUndefined(
            "the factors leave no state a share", where=sheet.rule, fix="Lower kappa_un, kappa_as."
        )
    weight = Step(
        name="weight",
        column=product,
        what="Size times the two factors",
        formula=f"{mu.name} × {nu.name} × base-share",
        cite=CITE,
        uses=(mu.name, nu.name, base.name),
    )
    return people, wealth, base, mu, nu, weight, share(weight)


def factor(sheet: Sheet, settings: Settings, indicator: str, kappa: str) -> Step:
    """``1 + κ (1 - z / mean z)``, never below zero; the mean is over states, unweighted."""
    values = sheet.of(indicator)
    mean = values.total() / len(sheet.states)
    if mean == 0:
        raise KeyUndefined(
            f"{indicator} is 0 for every state", where=sheet.rule, fix="Check the figures."
        )
    word = indicator.replace("_", "-")
    strength = number(settings, kappa)
    basis = Basis(
        name=f"mean-{word}",
        value=mean,
        what=f"Mean of {indicator} over the states that share, each counted once",
        formula=f"Σ {indicator} / number of states",
        uses=(f"figure:{indicator}",),
    )
    spread = values.times(-strength / mean).plus(1 + strength)
    return Step(
        name=f"{word}-factor",
        column=spread.clipped(Fraction(0)),
        what=f"Factor by which {indicator} changes the share",
        formula=f"max(0, 1 + {kappa} × (1 - {indicator} / {basis.name}))",
        cite=CITE,
        uses=(f"figure:{indicator}", basis.name, f"parameter:{kappa}"),
        bases=(basis,),
    )


def share(weight: Step) -> Step:
    """A state's part of the sum of the weights."""
    column = weight.column
    basis = Basis(
        name=f"sum-{weight.name}",
        value=column.total(),
        what=f"{weight.name}, all states that share",
        formula=f"Σ {weight.name}",
        uses=(weight.name,),
    )
    return Step(
        name="share",
        column=column.parts(),
        what=say("Its share of the people"),
        formula=f"{weight.name} / Σ {weight.name}",
        cite=weight.cite,
        uses=(weight.name, basis.name),
        bases=(basis,),
    )


def strength(name: str, meaning: str) -> Parameter:
    return Parameter(
        name=name,
        kind="number",
        meaning=meaning,
        instrument="grech-2016",
        entry=name,
        low=Fraction(0),
        high=Fraction(1),
    )


GRECH_2016 = Rule(
    id="grech-2016",
    title="Grech's distribution key",
    kind="key",
    principle="People are shared by size, moved between states of equal size by employment and "
    "earlier applications.",
    value_judgement="Size and wealth found the duty in equal parts; need and past effort correct "
    "it in proportion to size.",
    source="P. Grech, European Union Politics 2016, DOI 10.1177/1465116516649244, eqs (11)-(14)",
    standing="sourced",
    indicators=("population", "gdp", "applications_per_million", "unemployment_percent"),
    parameters=(
        strength("kappa_un", "How strongly unemployment changes the share."),
        strength("kappa_as", "How strongly asylum applications change the share."),
    ),
    weaknesses=(
        (
            "The means count every state once, so that a small state with an extreme figure shifts "
            "all factors."
        ),
        "A figure far above the mean brings the factor to zero and ends the duty.",
    ),
    promises=(
        "rises with population",
        "rises with gdp",
        "falls with applications_per_million",
        "falls with unemployment_percent",
    ),
    shares=Formula(rule="grech-2016", steps=multiplied_key),
)
