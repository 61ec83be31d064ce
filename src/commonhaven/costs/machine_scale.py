"""The UN machine scale: income, eased by debt and poverty, between floor and ceilings.

One run is for one base period, on figures that are means over it. The published scale is the mean
of two runs, rounded to three decimals of a percent: see `published_scale`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.allocation import Figures, Key, KeyUndefined, Parameter, Rule, Settings
from commonhaven.working import Line

ID = "un-machine-scale"
CITE = "A/RES/79/249, para 7; steps as in the outline of the Committee on Contributions"
Shares = dict[str, Fraction]

FORMULAS = {
    "gni_share": "gni / Σ gni",
    "debt_adjusted": "(gni - debt part × external debt) / Σ; no debt above the high-income line",
    "reduction": "gradient × (1 - adjusted gni per capita / threshold) below the threshold, else 0",
    "track_1": "reduced; released points to all at or above the threshold",
    "low_income": "as track 1, or without the states at the ceiling where it binds (track 2)",
    "floor": "raised to the floor, taken from the others by share",
    "ldc_ceiling": "least developed countries cut to their ceiling, excess to the others by share",
    "ceiling": "cut to the ceiling, the rest scaled up to one",
}
BEFORE = {
    "debt_adjusted": ("gni_share",),
    "track_1": ("debt_adjusted", "reduction"),
    "low_income": ("debt_adjusted", "reduction", "track_1"),
    "floor": ("low_income",),
    "ldc_ceiling": ("floor",),
    "ceiling": ("ldc_ceiling",),
}
FIGURES = {
    "gni_share": ("gni",),
    "debt_adjusted": ("external_debt",),
    "reduction": ("gni", "population"),
    "ldc_ceiling": ("ldc",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The numbers of the methodology, as a charter set them."""

    debt_part: Fraction
    high_income_line: Fraction
    threshold: str
    threshold_value: Fraction
    gradient: Fraction
    floor: Fraction
    ldc_ceiling: Fraction
    ceiling: Fraction
    track: str


def machine_scale(figures: Figures, settings: Settings, _total: int = 0) -> Key:
    """One machine scale from gni, population, external_debt and ldc of one base period.

    ``external_debt`` is needed for states below the high-income line only. Raises KeyUndefined
    for figures that cannot be divided by, and where floor and ceilings leave no scale.
    """
    terms = Terms(**settings)  # type: ignore[arg-type]
    incomes = _incomes(figures)
    people = {state: values["population"] for state, values in sorted(figures.items())}
    ldcs = frozenset(state for state, values in figures.items() if values["ldc"])
    adjusted = _less_debt(figures, incomes, terms)
    steps = {"gni_share": _shares(incomes), "debt_adjusted": _shares(adjusted)}
    threshold = _threshold(incomes, adjusted, people, terms)
    steps["reduction"] = {
        state: max(Fraction(0), terms.gradient * (1 - adjusted[state] / people[state] / threshold))
        for state in adjusted
    }
    poor = frozenset(s for s in adjusted if adjusted[s] / people[s] < threshold)
    bound, later = _later_steps(steps, poor, ldcs, terms)
    steps.update(later)
    effects = {state: {name: step[state] for name, step in steps.items()} for state in adjusted}
    head = Line(
        id=f"key.{ID}.threshold", value=threshold, unit="gni per inhabitant", cite=CITE,
        what="Income per inhabitant below which a state is eased", formula=terms.threshold,
    )  # fmt: skip
    track = Line(
        id=f"key.{ID}.track", value=", ".join(sorted(bound)) or "none", cite=CITE,
        what="States left out when released points are handed on (track 2)",
        uses=tuple(f"key.{ID}.{state}.track-1" for state in effects),
    )  # fmt: skip
    lines = tuple(_line(state, name, values) for state, values in effects.items() for name in steps)
    return Key(shares=steps["ceiling"], effects=effects, working=(head, track, *lines))


def _incomes(figures: Figures) -> Shares:
    for state, values in sorted(figures.items()):
        for indicator in ("gni", "population"):
            if values[indicator] <= 0:
                said = f"the {indicator} of {state} is not above zero"
                raise KeyUndefined(said, where=state, fix="The UN scale needs a positive figure.")
    return {state: values["gni"] for state, values in sorted(figures.items())}


def _less_debt(figures: Figures, incomes: Shares, terms: Terms) -> Shares:
    adjusted = {}
    for state, income in incomes.items():
        values, relieved = figures[state], Fraction(0)
        if terms.debt_part and income / values["population"] < terms.high_income_line:
            if "external_debt" not in values:
                said = f"{ID} needs external_debt for {state}, which is below the high-income line"
                raise KeyUndefined(said, where=state, fix="Give it, or set debt_part to 0.")
            relieved = terms.debt_part * values["external_debt"]
        if relieved >= income:
            raise KeyUndefined(f"debt leaves {state} no income", where=state, fix="Check them.")
        adjusted[state] = income - relieved
    return adjusted


def _threshold(incomes: Shares, adjusted: Shares, people: Shares, terms: Terms) -> Fraction:
    total = sum(people.values(), Fraction(0))
    if terms.threshold == "mean of gni":
        return sum(incomes.values(), Fraction(0)) / total
    if terms.threshold == "mean after debt":
        return sum(adjusted.values(), Fraction(0)) / total
    if terms.threshold_value <= 0:
        said = "the threshold is to be given and threshold_value is 0"
        raise KeyUndefined(said, where=ID, fix="Set threshold_value.")
    return terms.threshold_value


def _shares(amounts: Shares) -> Shares:
    total = sum(amounts.values(), Fraction(0))
    return {state: amount / total for state, amount in amounts.items()}


def _later_steps(
    steps: Mapping[str, Shares], poor: frozenset[str], ldcs: frozenset[str], terms: Terms
) -> tuple[frozenset[str], dict[str, Shares]]:
    before, reduction = steps["debt_adjusted"], steps["reduction"]
    first = _eased(before, reduction, poor, frozenset())
    bound = frozenset[str]()
    if terms.track == "automatic":
        capped, _ = _between(first, {}, ldcs, terms)
        bound = frozenset(s for s, share in capped.items() if share > terms.ceiling)
    eased = _eased(before, reduction, poor, bound)
    aside = {state: eased[state] for state in bound}
    floored, fixed = settle(eased, aside, lambda _, q: terms.floor if q < terms.floor else None)
    ldc_capped, fixed = settle(floored, fixed, _ldc_rule(ldcs, terms))
    at_ceiling = {**fixed, **dict.fromkeys(bound, terms.ceiling)}
    last, _ = settle(ldc_capped, at_ceiling, _last_rule(ldcs, terms))
    return bound, {
        "track_1": first, "low_income": eased, "floor": floored,
        "ldc_ceiling": ldc_capped, "ceiling": last,
    }  # fmt: skip


def _eased(
    shares: Shares, reduction: Shares, poor: frozenset[str], aside: frozenset[str]
) -> Shares:
    """Step 3: poor states pay less; what they release goes to the others, but not to ``aside``.

    Where no other state is left to receive, the states set aside do; where there is none at all,
    the reduced shares are scaled back to one.
    """
    eased = {s: share * (1 - reduction[s]) if s in poor else share for s, share in shares.items()}
    receivers = [s for s in shares if s not in poor and s not in aside]
    receivers = receivers or [s for s in shares if s not in poor]
    if not receivers:
        return _shares(eased)
    released, pool = 1 - sum(eased.values()), sum(shares[s] for s in receivers)
    return {s: e + (released * shares[s] / pool if s in receivers else 0) for s, e in eased.items()}


def settle(
    shares: Shares, fixed: Shares, bound: Callable[[str, Fraction], Fraction | None]
) -> tuple[Shares, Shares]:
    """Hold ``fixed`` states, scale the others to one, and fix at its bound who breaks it; repeat.

    Returns the shares and all fixed states. Raises KeyUndefined where nobody is left to scale.
    """
    held = dict(fixed)
    while True:
        free = {state: share for state, share in shares.items() if state not in held}
        rest, pool = 1 - sum(held.values()), sum(free.values())
        if (not free and rest) or (free and rest <= 0):
            said = f"floor and ceilings leave no scale for {len(shares)} states"
            fix = "Raise the ceiling or lower the floor: the UN's are made for all its members."
            raise KeyUndefined(said, where=ID, fix=fix)
        scaled = {state: rest * share / pool for state, share in free.items()}
        breaks = {s: limit for s, q in scaled.items() if (limit := bound(s, q)) is not None}
        if not breaks:
            return {state: {**held, **scaled}[state] for state in shares}, held
        held.update(breaks)


def _between(
    shares: Shares, fixed: Shares, ldcs: frozenset[str], terms: Terms
) -> tuple[Shares, Shares]:
    floored, held = settle(shares, fixed, lambda _, q: terms.floor if q < terms.floor else None)
    return settle(floored, held, _ldc_rule(ldcs, terms))


def _ldc_rule(ldcs: frozenset[str], terms: Terms) -> Callable[[str, Fraction], Fraction | None]:
    return lambda s, q: terms.ldc_ceiling if s in ldcs and q > terms.ldc_ceiling else None


def _last_rule(ldcs: frozenset[str], terms: Terms) -> Callable[[str, Fraction], Fraction | None]:
    """All bounds at once, since the last scaling can push a state over any of them."""

    def bound(state: str, quota: Fraction) -> Fraction | None:
        most = min(terms.ceiling, terms.ldc_ceiling) if state in ldcs else terms.ceiling
        if quota > most:
            return most
        return terms.floor if quota < terms.floor else None

    return bound


def _line(state: str, name: str, values: Mapping[str, Fraction]) -> Line:
    return Line(
        id=f"key.{ID}.{state}.{name.replace('_', '-')}", value=values[name], unit="share",
        what=f"{name.replace('_', ' ').capitalize()} of {state}", formula=FORMULAS[name], cite=CITE,
        uses=(
            *(f"key.{ID}.{state}.{step.replace('_', '-')}" for step in BEFORE.get(name, ())),
            *(f"figure:{state}/{indicator}" for indicator in FIGURES.get(name, ())),
            *((f"key.{ID}.threshold",) if name == "reduction" else ()),
            *((f"key.{ID}.track",) if name == "low_income" else ()),
        ),
    )  # fmt: skip


def _number(name: str, meaning: str, low: Fraction | int, high: Fraction | int) -> Parameter:
    return Parameter(
        name=name, kind="number", meaning=meaning, instrument="un-scale", entry=name,
        low=low, high=high,
    )  # fmt: skip


PARAMETERS = (
    _number("debt_part", "Part of external debt taken off a year's income", 0, 1),
    _number("high_income_line", "GNI per capita from which no debt is taken off", 0, 10**9),
    Parameter(
        name="threshold", kind="choice", instrument="un-scale", entry="threshold",
        meaning="Income per capita below which a state is eased",
        choices=("mean of gni", "mean after debt", "given"),
    ),
    _number("threshold_value", "The threshold, where it is given", 0, 10**9),
    _number("gradient", "Part of the distance to the threshold that is eased", 0, 1),
    _number("floor", "Least share of any state", 0, Fraction(1, 100)),
    _number("ldc_ceiling", "Greatest share of a least developed country", 0, 1),
    _number("ceiling", "Greatest share of any state", Fraction(1, 100), 1),
    Parameter(
        name="track", kind="choice", instrument="un-scale", entry="track",
        meaning="Whether a state at the ceiling takes part of the points that poor states release",
        choices=("automatic", "1"),
    ),
)  # fmt: skip

UN_MACHINE_SCALE = Rule(
    id=ID,
    title="UN machine scale, computed for one base period",
    kind="scale",
    principle="Capacity to pay: income, eased for debt and poverty, between floor and ceilings.",
    value_judgement="Poverty and debt lessen what a state owes; nobody pays nothing; the least "
    "developed pay a token; the richest state's weight is limited so that no one member dominates.",
    source="A/RES/79/249, para 7; Hathaway and Neve 1997, 208-09",
    standing="reported",
    indicators=("gni", "population", "ldc"),
    optional_indicators=("external_debt",),
    parameters=PARAMETERS,
    weaknesses=(
        (
            "A state that grows richer can be asked for less: where its growth frees another from "
            "the ceiling, that one takes part of the released points again (track 2 to 1)."
        ),
        "At the threshold the share jumps: a state just above it receives points.",
        (
            "Made for all members of the United Nations: floor and ceilings may leave a small "
            "group no scale."
        ),
    ),
    shares=machine_scale,
)
