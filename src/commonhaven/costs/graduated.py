"""Graduated taxation: brackets of income per capita, taxed at rising rates."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from commonhaven.allocation import Figures, Key, KeyUndefined, Parameter, Rule, Settings
from commonhaven.working import Line

ID = "graduated-taxation"
CITE = "Chimni 1993, 116-17, in Hathaway and Neve 1997, note 394; brackets are our proposal"


def tax_per_head(
    income: Fraction, bounds: tuple[Fraction, ...], rates: tuple[Fraction, ...]
) -> Fraction:
    """Each rate on the part of the income in its bracket; one rate more than there are bounds.

    >>> tax_per_head(Fraction(3), (Fraction(1),), (Fraction(0), Fraction(2)))
    Fraction(4, 1)
    """
    edges = (Fraction(0), *bounds, max(income, bounds[-1]))
    return sum(
        (
            rate * max(Fraction(0), min(income, high) - low)
            for rate, (low, high) in zip(rates, pairwise(edges), strict=True)
        ),
        Fraction(0),
    )


def graduated(figures: Figures, settings: Settings, _total: int = 0) -> Key:
    """Shares of tax from gni and population, in brackets of the group's mean income per capita.

    Raises KeyUndefined for a figure that is not above zero, bounds that do not rise, and where
    nobody's income is taxed.
    """
    bounds = tuple(Fraction(settings[f"bound_{n}"]) for n in (1, 2, 3))
    rates = tuple(Fraction(settings[f"rate_{n}"]) for n in (1, 2, 3, 4))
    if not bounds[0] <= bounds[1] <= bounds[2]:
        raise KeyUndefined("the bounds of the brackets do not rise", where=ID, fix="Sort them.")
    for state, values in sorted(figures.items()):
        if values["gni"] < 0 or values["population"] <= 0:
            said = f"gni below zero or no inhabitants in {state}"
            raise KeyUndefined(said, where=state, fix="Check its figures.")
    income = sum((values["gni"] for values in figures.values()), Fraction(0))
    mean = income / sum(values["population"] for values in figures.values())
    if not mean:
        raise KeyUndefined("no state has any gni: nothing to tax", where=ID)
    effects = {}
    for state, values in sorted(figures.items()):
        relative = values["gni"] / values["population"] / mean
        each = tax_per_head(relative, bounds, rates)
        effects[state] = {
            "relative_income": relative, "tax_per_head": each, "tax": each * values["population"],
        }  # fmt: skip
    taxed = sum((values["tax"] for values in effects.values()), Fraction(0))
    if not taxed:
        raise KeyUndefined("nobody's income is taxed", where=ID, fix="Raise a rate.")
    shares = {state: values["tax"] / taxed for state, values in effects.items()}
    return Key(shares=shares, effects=effects, working=_lines(shares, effects))


def _lines(
    shares: Mapping[str, Fraction], effects: Mapping[str, Mapping[str, Fraction]]
) -> tuple[Line, ...]:
    lines = []
    every = tuple(f"figure:{state}/{name}" for state in shares for name in ("gni", "population"))
    for state, values in effects.items():
        own = f"key.{ID}.{state}"
        lines += [
            Line(
                id=f"{own}.relative-income", value=values["relative_income"], unit="averages",
                what=f"Income per inhabitant of {state} over the group's", cite=CITE,
                formula="(gni / population) / (Σ gni / Σ population)", uses=every,
            ),
            Line(
                id=f"{own}.tax", value=values["tax"], unit="relative", cite=CITE,
                what=f"Tax of {state} at marginal rates",
                formula="population × Σ rate × part of relative income in its bracket",
                uses=(f"{own}.relative-income", f"figure:{state}/population"),
            ),
            Line(
                id=f"{own}.share", value=shares[state], unit="share", formula="tax / Σ tax",
                what=f"Share of {state} under {ID}", cite=CITE,
                uses=tuple(f"key.{ID}.{other}.tax" for other in shares),
            ),
        ]  # fmt: skip
    return tuple(lines)


GRADUATED_TAXATION = Rule(
    id=ID,
    title="Graduated taxation on national income",
    kind="scale",
    principle="Who has more per head gives a larger part of it.",
    value_judgement="Income up to half the group's mean is a minimum that nobody is asked to give "
    "from; above it, a dollar in a rich state weighs less than in a poor one.",
    source="Chimni 1993, 116-17, as reported by Hathaway and Neve 1997, 208 and note 394; the "
    "brackets are our proposal",
    standing="our proposal",
    indicators=("gni", "population"),
    parameters=(
        *(
            Parameter(
                name=f"bound_{n}", kind="number", low=0, high=1000, instrument=ID,
                entry=f"bound_{n}", meaning=f"Bound {n} of the brackets, in averages of the group",
            )
            for n in (1, 2, 3)
        ),
        *(
            Parameter(
                name=f"rate_{n}", kind="number", low=0, high=1000, instrument=ID,
                entry=f"rate_{n}", meaning=f"Rate {n}, on the bracket below or above its bound",
            )
            for n in (1, 2, 3, 4)
        ),
    ),
    weaknesses=(
        "Income within states is not seen: a rich state's poor are taxed through it.",
        "In a group of states with like incomes it hardly differs from a share of inhabitants.",
    ),
    promises=("rises with gni", "splits alike"),
    shares=graduated,
)  # fmt: skip
