"""Scales that divide money by one figure: the published UN scale, income, people, or equally."""

from fractions import Fraction

from commonhaven.allocation import Figures, Key, KeyUndefined, Rule, Settings
from commonhaven.working import Line


def one_figure(rule: str, figures: Figures, indicator: str, cite: str) -> Key:
    """Shares in proportion to one indicator, renormalised to the states given.

    Raises KeyUndefined where a figure is below zero or all are zero.
    """
    for state, values in sorted(figures.items()):
        if values[indicator] < 0:
            said = f"the {indicator} of {state} is below zero"
            raise KeyUndefined(said, where=state, fix="A scale needs figures of nought or more.")
    total = sum(values[indicator] for values in figures.values())
    if not total:
        raise KeyUndefined(f"no state has any {indicator}: nothing to share by", where=rule)
    shares = {state: values[indicator] / total for state, values in sorted(figures.items())}
    return Key(
        shares=shares,
        effects={state: {indicator: figures[state][indicator]} for state in shares},
        working=share_lines(rule, shares, f"{indicator} / Σ {indicator}", indicator, cite),
    )


def share_lines(
    rule: str, shares: dict[str, Fraction], formula: str, indicator: str, cite: str
) -> tuple[Line, ...]:
    """A line for every share, citing the figures of all states that it is a share of."""
    uses = tuple(f"figure:{state}/{indicator}" for state in shares)
    return tuple(
        Line(
            id=f"key.{rule}.{state}.share", value=share, unit="share", formula=formula, cite=cite,
            what=f"Share of {state} under {rule}", uses=uses,
        )
        for state, share in shares.items()
    )  # fmt: skip


UN_CITE = "Scale of assessments of the UN regular budget, adopted for three years at a time"


def _un_regular_budget(figures: Figures, _settings: Settings, _total: int) -> Key:
    return one_figure("un-regular-budget", figures, "un_scale_percent", UN_CITE)


def _gdp(figures: Figures, _settings: Settings, _total: int) -> Key:
    return one_figure("gdp", figures, "gdp", "Share of GDP")


def _gni(figures: Figures, _settings: Settings, _total: int) -> Key:
    return one_figure("gni", figures, "gni", "Share of gross national income")


def _population(figures: Figures, _settings: Settings, _total: int) -> Key:
    return one_figure("population", figures, "population", "Share of inhabitants")


def _equal(figures: Figures, _settings: Settings, _total: int) -> Key:
    shares = {state: Fraction(1, len(figures)) for state in sorted(figures)}
    lines = tuple(
        Line(
            id=f"key.equal.{state}.share", value=share, unit="share", formula="1 / states",
            what=f"Share of {state} under equal", cite="Equal shares",
        )
        for state, share in shares.items()
    )  # fmt: skip
    return Key(shares=shares, working=lines)


UN_REGULAR_BUDGET = Rule(
    id="un-regular-budget",
    title="UN regular budget scale, renormalised to the group",
    kind="scale",
    principle="Capacity to pay, as the General Assembly has agreed it for three years.",
    value_judgement="National income measures what a state can give; poor and indebted states are "
    "eased, no state pays more than 22 % of the whole United Nations budget, and what the "
    "membership settled once need not be argued again in the group.",
    source="A/RES/79/249 (2025-27) and its predecessors; Hathaway and Neve 1997, 208-09",
    standing="sourced",
    indicators=("un_scale_percent",),
    weaknesses=(
        "Within a small group the easing of its poor members falls on few others.",
        "Rates are agreed for three years and rest on income that is up to nine years old.",
        "States that are not members of the United Nations have no rate.",
    ),
    promises=("rises with un_scale_percent", "splits alike"),
    shares=_un_regular_budget,
)

GDP = Rule(
    id="gdp",
    title="Share of gross domestic product",
    kind="scale",
    principle="Every state gives the same part of what is produced on its territory.",
    value_judgement="A dollar weighs alike in rich and poor states: nobody is eased for poverty.",
    source="Share of an extensive quantity; Grech 2016, eq. (1)",
    standing="sourced",
    indicators=("gdp",),
    weaknesses=("Income that leaves the country, such as profits of foreign firms, counts.",),
    promises=("rises with gdp", "splits alike"),
    shares=_gdp,
)

GNI = Rule(
    id="gni",
    title="Share of gross national income",
    kind="scale",
    principle="Every state gives the same part of its residents' income.",
    value_judgement="A dollar weighs alike in rich and poor states: nobody is eased for poverty.",
    source="First step of the UN scale methodology (A/RES/79/249, para 7)",
    standing="sourced",
    indicators=("gni",),
    weaknesses=("Exchange rates move the shares from year to year.",),
    promises=("rises with gni", "splits alike"),
    shares=_gni,
)

POPULATION = Rule(
    id="population",
    title="Share of inhabitants",
    kind="scale",
    principle="Every inhabitant of the group gives the same amount.",
    value_judgement="Solidarity is owed per head, whatever the income: the poor pay as the rich.",
    source="Share of an extensive quantity; Grech 2016, eq. (1)",
    standing="sourced",
    indicators=("population",),
    weaknesses=("Asks most from large poor states.",),
    promises=("rises with population", "splits alike"),
    shares=_population,
)

EQUAL = Rule(
    id="equal",
    title="Equal shares",
    kind="scale",
    principle="Sovereign equality: every state gives the same amount.",
    value_judgement="States count, not their people or their means.",
    source="Our proposal: the yardstick that other scales are compared with",
    standing="our proposal",
    weaknesses=("Asks the same from the smallest and the largest state.",),
    shares=_equal,
)
