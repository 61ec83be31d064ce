"""The European Refugee Fund's key: a fixed amount each, the rest by status and applications.

It says who receives from a fund, not who pays into it.
"""

from collections.abc import Mapping
from fractions import Fraction

from commonhaven.allocation import Figures, Key, KeyUndefined, Parameter, Rule, Settings
from commonhaven.reading import decimal_text
from commonhaven.working import Line

ID = "european-refugee-fund"
CITE = "Decision 573/2007/EC, Art. 13; Decisions 2004/904/EC and 2000/596/EC before it"


def refugee_fund(figures: Figures, settings: Settings, total: int) -> Key:
    """Shares of a budget of ``total`` EUR: fixed amounts, then by status_holders and applicants.

    ``joined_since_2004`` (1 or 0, 0 where not given) decides between the two fixed amounts.
    Raises KeyUndefined where the fixed amounts exceed the budget or a figure has no total.
    """
    weight = Fraction(settings["status_weight"])
    fixed = {
        state: Fraction(settings["fixed_new" if values.get("joined_since_2004") else "fixed"])
        for state, values in sorted(figures.items())
    }
    rest = total - sum(fixed.values())
    if rest < 0 or total <= 0:
        said = f"a budget of {total} does not cover the fixed amounts of {total - rest}"
        raise KeyUndefined(said, where=ID, fix="Raise the budget or lower the fixed amounts.")
    status = _shares(figures, "status_holders", needed=bool(weight))
    applied = _shares(figures, "applicants", needed=weight != 1)
    amounts = {
        state: fixed[state] + rest * (weight * status[state] + (1 - weight) * applied[state])
        for state in fixed
    }
    shares = {state: amount / total for state, amount in amounts.items()}
    effects = {
        state: {
            "fixed": fixed[state], "status_share": status[state],
            "applicant_share": applied[state], "amount": amounts[state],
        }
        for state in fixed
    }  # fmt: skip
    return Key(shares=shares, effects=effects, working=_lines(figures, shares, effects, total))


def _shares(figures: Figures, indicator: str, *, needed: bool) -> dict[str, Fraction]:
    total = sum((values[indicator] for values in figures.values()), Fraction(0))
    if any(values[indicator] < 0 for values in figures.values()) or (needed and not total):
        said = f"{indicator} are below zero or nobody has any"
        raise KeyUndefined(said, where=ID, fix="Give numbers of people.")
    return {s: values[indicator] / (total or 1) for s, values in sorted(figures.items())}


def _lines(
    figures: Figures,
    shares: Mapping[str, Fraction],
    effects: Mapping[str, Mapping[str, Fraction]],
    total: int,
) -> tuple[Line, ...]:
    lines = []
    people = tuple(
        f"figure:{s}/{name}" for s in shares for name in ("status_holders", "applicants")
    )
    for state, values in effects.items():
        own = f"key.{ID}.{state}"
        new = (f"figure:{state}/joined_since_2004",)
        lines += [
            Line(
                id=f"{own}.fixed", value=values["fixed"], unit="EUR", cite=CITE,
                what=f"Fixed amount of {state}",
                uses=new if "joined_since_2004" in figures[state] else (),
            ),
            Line(
                id=f"{own}.share", value=shares[state], unit="share", cite=CITE,
                what=f"Share of {state} in a budget of {decimal_text(Fraction(total))} EUR",
                formula="(fixed + (budget - Σ fixed) × (status weight × part of people with status "
                "+ (1 - status weight) × part of applicants)) / budget",
                uses=(*(f"key.{ID}.{other}.fixed" for other in shares), *people),
            ),
        ]  # fmt: skip
    return tuple(lines)


EUROPEAN_REFUGEE_FUND = Rule(
    id=ID,
    title="European Refugee Fund, 2005-13: fixed amount, then status and applications",
    kind="scale",
    principle="Money follows the people received, on top of an equal base for every state.",
    value_judgement="Receiving applicants costs more than twice as much as protecting those with "
    "status; every state needs a base for its own system, a new one a larger base.",
    source="Decision 573/2007/EC, Art. 13; proposal in European Parliament Resolution A3-0280/92, "
    "in Hathaway and Neve 1997, 209 and note 396",
    standing="reported",
    indicators=("status_holders", "applicants"),
    optional_indicators=("joined_since_2004",),
    parameters=(
        Parameter(
            name="fixed", kind="number", low=0, high=10**12, instrument=ID, entry="fixed",
            meaning="Fixed amount for each state a year",
        ),
        Parameter(
            name="fixed_new", kind="number", low=0, high=10**12, instrument=ID, entry="fixed_new",
            meaning="Fixed amount for each state that joined in 2004 or later",
        ),
        Parameter(
            name="status_weight", kind="number", low=0, high=1, instrument=ID,
            entry="status_weight",
            meaning="Part of the rest by people with status; the other part by applicants",
        ),
    ),
    weaknesses=(
        "The shares depend on the budget: fixed amounts weigh more in a small one.",
        "It rewards applications received, not protection given.",
        ("The fund of 2000-04 weighed 35 to 65 and had fixed amounts that fell from year to year: "
        "set status_weight and fixed for it."),
    ),
    promises=("rises with status_holders", "rises with applicants"),
    warning="It says who receives from a fund, not who pays: as a scale of contributions it would "
    "ask most from those who host most.",
    shares=refugee_fund,
)  # fmt: skip
