"""Grahl-Madsen's quotas: a power of gross national product over a power of population."""

from fractions import Fraction

from commonhaven.allocation.keys.column import column
from commonhaven.allocation.keys.formula import Basis, Formula, Sheet, Step, number
from commonhaven.allocation.keys.powers import power, rounded
from commonhaven.allocation.rule import KeyUndefined, Parameter, Rule, Settings
from commonhaven.instruments import entry
from commonhaven.saying import say

CITE = "Grahl-Madsen 1982, 1982 Mich. Y.B. Int'l Legal Stud. 65, 74"


def ratio(sheet: Sheet, settings: Settings, _total: int) -> tuple[Step, ...]:
    """``gnp^alpha / population^beta`` as a part of the sum.

    Exact for whole exponents, else to 40 significant digits.
    """
    indicator = str(settings["income_indicator"])
    alpha, beta = number(settings, "alpha"), number(settings, "beta")
    income = sheet.of(indicator).fractions()
    people = sheet.positive("population").fractions()
    ratios = [power(i, alpha) / power(p, beta) for i, p in zip(income, people, strict=True)]
    whole = alpha.denominator == beta.denominator == 1
    weights = column(ratios if whole else [rounded(value) for value in ratios])
    if weights.total() == 0:
        raise KeyUndefined(f"{indicator} is 0 for every state", where=sheet.rule)
    quota = Step(
        name="quota-weight",
        column=weights,
        what="Power of gross national product over power of population",
        formula=f"{indicator}^alpha / population^beta",
        cite=CITE,
        uses=(f"figure:{indicator}", "figure:population", "parameter:alpha", "parameter:beta"),
    )
    basis = Basis(
        name="sum-quota-weight",
        value=weights.total(),
        what="quota-weight, all states that share",
        formula="Σ quota-weight",
        uses=(quota.name,),
    )
    share = Step(
        name="share",
        column=weights.parts(),
        what=say("Its share of the people"),
        formula="quota-weight / Σ quota-weight",
        cite=CITE,
        uses=(quota.name, basis.name),
        bases=(basis,),
    )
    return quota, share


def preset(name: str) -> dict[str, str]:
    """The two exponents of a preset, from the instrument."""
    return {part: entry("grahl-madsen", f"{part}_{name}").value for part in ("alpha", "beta")}


GRAHL_MADSEN = Rule(
    id="grahl-madsen",
    title="Grahl-Madsen's quotas",
    kind="key",
    principle="People are shared by national product, and more so the wealthier each inhabitant.",
    value_judgement="Wealth founds the duty; a large population lowers what the same wealth owes.",
    source=f"{CITE}; described in Hathaway and Neve 1997, text at note 376",
    standing="our proposal",
    indicators=("population",),
    optional_indicators=("gni", "gdp"),
    parameters=(
        Parameter(
            name="income_indicator",
            kind="choice",
            meaning="The figure for gross national product.",
            instrument="grahl-madsen",
            entry="income_indicator",
            choices=("gni", "gdp"),
        ),
        Parameter(
            name="alpha",
            kind="number",
            meaning="Exponent of gross national product.",
            instrument="grahl-madsen",
            entry="alpha",
            low=Fraction(0),
            high=Fraction(3),
        ),
        Parameter(
            name="beta",
            kind="number",
            meaning="Exponent of population.",
            instrument="grahl-madsen",
            entry="beta",
            low=Fraction(0),
            high=Fraction(3),
        ),
    ),
    presets={
        "gnp-times-wealth": preset("gnp_times_wealth"),
        "scale-neutral": preset("scale_neutral"),
        "gnp-alone": preset("gnp_alone"),
    },
    weaknesses=(
        "The exponent is our reading of a garbled reprint.",
        (
            "Unless alpha minus beta is 1, size is not neutral: with 1.5 and 1, four equal "
            "quarters of a state jointly owe twice what the whole owes."
        ),
        "A populous state owes less than a small one with the same product.",
    ),
    promises=("rises with gni", "rises with gdp", "falls with population"),
    shares=Formula(rule="grahl-madsen", steps=ratio),
)
