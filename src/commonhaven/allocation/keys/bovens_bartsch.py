"""Bovens and Bartsch's key: population times a willingness index of three figures."""

from fractions import Fraction

from commonhaven.allocation.keys.formula import Formula, Sheet, Step
from commonhaven.allocation.keys.grech import share
from commonhaven.allocation.rule import KeyUndefined, Rule, Settings

CITE = "L. Bovens and A. Bartsch, LSE EUROPP, 1 October 2015"
INDICES = ("gdp_per_capita_ppp", "job_vacancy_percent", "aged_65_percent")


def willingness_key(sheet: Sheet, _settings: Settings, _total: int) -> tuple[Step, ...]:
    """Mean of three min-max indices, times population, as a part of the sum."""
    indices = tuple(index(sheet, indicator) for indicator in INDICES)
    first, second, third = (step.column for step in indices)
    willing = Step(
        name="willingness",
        column=(first + second + third).times(Fraction(1, 3)),
        what="Mean of the three indices",
        formula=f"({' + '.join(step.name for step in indices)}) / 3",
        cite=CITE,
        uses=tuple(step.name for step in indices),
    )
    weight = Step(
        name="weight",
        column=willing.column * sheet.of("population"),
        what="Willingness times population",
        formula="willingness × population",
        cite=CITE,
        uses=(willing.name, "figure:population"),
    )
    if weight.column.total() == 0:
        raise KeyUndefined("no state has a share", where=sheet.rule, fix="Check the populations.")
    return (*indices, willing, weight, share(weight))


def index(sheet: Sheet, indicator: str) -> Step:
    """From 0 for the lowest figure to 1 for the highest."""
    values = sheet.of(indicator)
    numbers = values.fractions()
    low, high = min(numbers), max(numbers)
    if low == high:
        raise KeyUndefined(
            f"{indicator} is the same for every state: there is no scale between low and high",
            where=sheet.rule,
            fix="Check the figures, or choose another key.",
        )
    return Step(
        name=f"{indicator.replace('_', '-')}-index",
        column=values.plus(-low).times(1 / (high - low)),
        what=f"Where {indicator} lies between the lowest (0) and the highest (1) of all states",
        formula=f"({indicator} - min) / (max - min)",
        cite=CITE,
        uses=(f"figure:{indicator}",),
    )


BOVENS_BARTSCH = Rule(
    id="bovens-bartsch",
    title="Bovens and Bartsch's key",
    kind="key",
    principle="People are shared by population and by how much a state stands to gain from "
    "newcomers: wealth, vacant jobs, age.",
    value_judgement="Who needs and can employ newcomers should receive more of them.",
    source=f"{CITE}, with the authors' sheet",
    standing="sourced",
    indicators=("population", *INDICES),
    weaknesses=(
        (
            "The lowest and highest state set the scale: adding or leaving out one state changes "
            "all shares."
        ),
        "A state that is lowest on all three figures owes nothing, however large.",
    ),
    promises=(
        "rises with population",
        "rises with gdp_per_capita_ppp",
        "rises with job_vacancy_percent",
        "rises with aged_65_percent",
    ),
    shares=Formula(rule="bovens-bartsch", steps=willingness_key),
)
