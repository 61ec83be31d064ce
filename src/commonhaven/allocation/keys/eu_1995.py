"""The EU Resolution of 1995: a base key, reduced by a state's contribution to ending the crisis."""

from dataclasses import replace
from fractions import Fraction

from commonhaven.allocation.keys.ammr import AMMR_2024
from commonhaven.allocation.keys.bovens_bartsch import BOVENS_BARTSCH
from commonhaven.allocation.keys.chimni import CHIMNI
from commonhaven.allocation.keys.equal import EQUAL
from commonhaven.allocation.keys.eu_2015 import EU_2015
from commonhaven.allocation.keys.formula import Basis, Formula, Sheet, Step, number
from commonhaven.allocation.keys.grahl_madsen import GRAHL_MADSEN
from commonhaven.allocation.keys.grech import GRECH_2016
from commonhaven.allocation.keys.koenigstein import KOENIGSTEIN
from commonhaven.allocation.keys.mixed import MIXED, SVR_2013
from commonhaven.allocation.keys.size import AREA, GDP, POPULATION, POPULATION_GDP_AREA
from commonhaven.allocation.rule import KeyUndefined, Parameter, Rule, Settings

CITE = "Council Resolution of 25 September 1995 (95/C 262/01), para. 4"
BASES = {
    rule.id: rule
    for rule in (
        EQUAL,
        POPULATION,
        GDP,
        AREA,
        POPULATION_GDP_AREA,
        MIXED,
        SVR_2013,
        GRAHL_MADSEN,
        CHIMNI,
        EU_2015,
        GRECH_2016,
        BOVENS_BARTSCH,
        AMMR_2024,
        KOENIGSTEIN,
    )
}
"""The keys that the credit can reduce, with their default parameters."""


def credited_key(sheet: Sheet, settings: Settings, total: int) -> tuple[Step, ...]:
    """``k (1 - ρ) / Σ k (1 - ρ)`` with ``ρ = min(greatest reduction, credit / full credit)``."""
    base = base_share(sheet, str(settings["base_key"]), total)
    credit = sheet.of("credit").times(1 / number(settings, "full_credit"))
    reduction = Step(
        name="reduction",
        column=credit.clipped(Fraction(0), number(settings, "greatest_reduction")),
        what="Part of its share that its contribution to ending the crisis takes away",
        formula="min(greatest_reduction, credit / full_credit)",
        cite=f"{CITE}(a); numbers: our proposal",
        uses=("figure:credit", "parameter:greatest_reduction", "parameter:full_credit"),
    )
    left = base.column * reduction.column.times(Fraction(-1)).plus(Fraction(1))
    basis = Basis(
        name="sum-reduced-share",
        value=left.total(),
        what="reduced-share, all states that share",
        formula="Σ reduced-share",
        uses=("reduced-share",),
    )
    reduced = Step(
        name="reduced-share",
        column=left,
        what="Share under the base key less the reduction",
        formula="base-share × (1 - reduction)",
        cite=CITE,
        uses=(base.name, reduction.name),
    )
    share = Step(
        name="share",
        column=left.parts(),
        what="Its share of the people",
        formula="reduced-share / Σ reduced-share",
        cite=CITE,
        uses=(reduced.name, basis.name),
        bases=(basis,),
    )
    return base, reduction, reduced, share


def base_share(sheet: Sheet, name: str, total: int) -> Step:
    """A state's share under the base key."""
    rule = BASES[name]
    formula = rule.shares
    if not isinstance(formula, Formula):
        raise KeyUndefined(f"{name} cannot be a base key", where=sheet.rule)
    steps = formula.steps(replace(sheet, rule=name), rule.settings({}), total)
    figures = {use for step in steps for use in step.uses if use.startswith("figure:")}
    return Step(
        name="base-share",
        column=steps[-1].column,
        what=f"Its share under the base key {name}",
        formula=f"share under {name}",
        cite=f"{CITE}(b); {rule.source}",
        uses=("parameter:base_key", *sorted(figures)),
    )


EU_1995 = Rule(
    id="eu-1995",
    title="EU Resolution on burden-sharing, 1995",
    kind="key",
    principle="People are shared by capacity to admit, and less is asked of a state that "
    "contributes to ending the crisis.",
    value_judgement="Military and humanitarian engagement can stand in for protecting people.",
    source=CITE,
    standing="our proposal",
    indicators=("credit",),
    optional_indicators=tuple(
        sorted(
            {i for rule in BASES.values() for i in (*rule.indicators, *rule.optional_indicators)}
        )
    ),
    parameters=(
        Parameter(
            name="base_key",
            kind="choice",
            meaning="The key for the capacity to admit, with its default parameters.",
            instrument="eu-1995",
            entry="base_key",
            choices=tuple(BASES),
        ),
        Parameter(
            name="greatest_reduction",
            kind="number",
            meaning="Greatest part of its share that a credit can take away.",
            instrument="eu-1995",
            entry="greatest_reduction",
            low=Fraction(0),
            high=Fraction(9, 10),
        ),
        Parameter(
            name="full_credit",
            kind="number",
            meaning="Credit at which the share would vanish but for the greatest reduction.",
            instrument="eu-1995",
            entry="full_credit",
            low=Fraction(1, 1000),
            high=Fraction(1000),
        ),
    ),
    weaknesses=(
        "A state can reduce the number of people it protects by acting elsewhere.",
        "The Resolution gives no number: the credit is a score that the group would have to set.",
    ),
    promises=("falls with credit",),
    warning="Contrary to Hathaway and Neve 1997, 205: contributing to the causes' end or to relief "
    "in the country of origin does not reduce a state's responsibility to protect. For "
    "comparison; a group that chooses it departs from the model.",
    shares=Formula(rule="eu-1995", steps=credited_key),
)
