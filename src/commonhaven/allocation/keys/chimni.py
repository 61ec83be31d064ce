"""Chimni's key: roughly equal numbers for every state of sufficient size, adjusted by land."""

from fractions import Fraction

from commonhaven.allocation.capacity import fill
from commonhaven.allocation.keys.column import column
from commonhaven.allocation.keys.formula import Basis, Formula, Sheet, Step, number
from commonhaven.allocation.keys.powers import power, rounded
from commonhaven.allocation.rule import KeyUndefined, Parameter, Rule, Settings
from commonhaven.reading import decimal_text
from commonhaven.saying import say

CITE = "Chimni 1993, 104-07, described in Hathaway and Neve 1997, text at note 377"
ADJUSTED = f"{CITE}; formula of the adjustment: our proposal"


def roughly_equal(sheet: Sheet, settings: Settings, total: int) -> tuple[Step, ...]:
    """Equal numbers times a multiple for land and density, for states above the least area."""
    areas = sheet.of("land_area_km2").fractions()
    least = number(settings, "minimum_area")
    large = [area > least for area in areas]
    if not any(large):
        raise KeyUndefined(
            f"no state has more than {decimal_text(least)} km² of land",
            where=sheet.rule,
            fix="Lower minimum_area, or choose another key.",
        )
    adjusted = multiple(sheet, settings, areas, large)
    bounded = Step(
        name="multiple",
        column=adjusted.column.clipped(
            number(settings, "least_multiple"), number(settings, "greatest_multiple")
        )
        * column(Fraction(takes_part) for takes_part in large),
        what="Multiple of the equal number, within its bounds; 0 for states too small to take part",
        formula="min(greatest_multiple, max(least_multiple, adjustment))",
        cite=ADJUSTED,
        uses=(adjusted.name, "parameter:least_multiple", "parameter:greatest_multiple"),
    )
    return adjusted, bounded, *ceiling(sheet, settings, total, bounded)


def multiple(
    sheet: Sheet, settings: Settings, areas: tuple[Fraction, ...], large: list[bool]
) -> Step:
    """``(area / median area)^a (median density / density)^b``; 0 for states that are too small.

    To 40 significant digits.
    """
    people = sheet.of("population").fractions()
    inside = [at for at, takes_part in enumerate(large) if takes_part]
    empty = [sheet.states[at] for at in inside if people[at] == 0]
    if empty:
        raise KeyUndefined(
            f"population is 0 for {empty[0]}: {sheet.rule} divides by its density",
            where=empty[0],
            fix="Check the figure, or leave the state out by decision.",
        )
    density = {at: people[at] / areas[at] for at in inside}
    middle_area = median([areas[at] for at in inside])
    middle_density = median(list(density.values()))
    a, b = number(settings, "area_exponent"), number(settings, "density_exponent")
    factors = [
        rounded(power(areas[at] / middle_area, a) * power(middle_density / density[at], b))
        if at in density
        else Fraction(0)
        for at in range(len(areas))
    ]
    return Step(
        name="adjustment",
        column=column(factors),
        what="By how much land and density change the equal number",
        formula="(land_area_km2 / median-area)^area_exponent × "
        "(median-density / (population / land_area_km2))^density_exponent",
        cite=ADJUSTED,
        uses=(
            "figure:land_area_km2",
            "figure:population",
            "median-area",
            "median-density",
            "parameter:minimum_area",
            "parameter:area_exponent",
            "parameter:density_exponent",
        ),
        bases=(
            Basis(
                name="median-area",
                value=middle_area,
                what="Median land area of the states that take part, in km²",
                formula="median land_area_km2",
                uses=("figure:land_area_km2", "parameter:minimum_area"),
            ),
            Basis(
                name="median-density",
                value=middle_density,
                what="Median of inhabitants per km² of the states that take part",
                formula="median (population / land_area_km2)",
                uses=("figure:population", "figure:land_area_km2", "parameter:minimum_area"),
            ),
        ),
    )


def ceiling(sheet: Sheet, settings: Settings, total: int, bounded: Step) -> tuple[Step, ...]:
    """The share, held at the numerical ceiling where there is one; the rest go to the others.

    Where the ceiling leaves people without a place, every state is at it and the shares are those
    of the places there are; who places people by the key holds the ceiling and shows the rest.
    """
    basis = Basis(
        name="sum-multiple",
        value=bounded.column.total(),
        what="multiple, all states that take part",
        formula="Σ multiple",
        uses=(bounded.name,),
    )
    free = Step(
        name="share",
        column=bounded.column.parts(),
        what=say("Its share of the people"),
        formula="multiple / Σ multiple",
        cite=ADJUSTED,
        uses=(bounded.name, basis.name),
        bases=(basis,),
    )
    most = int(number(settings, "ceiling"))
    if most == 0 or total == 0:
        return (free,)
    shares = dict(zip(sheet.states, free.column.fractions(), strict=True))
    filled = fill(shares, total, dict.fromkeys(shares, most))
    held = Step(
        name="share",
        column=column(filled.targets.values()).parts(),
        what="Its share of the people, after the ceiling",
        formula="min(ceiling / people, share-before-ceiling + part of what others cannot take)",
        cite=ADJUSTED,
        uses=("share-before-ceiling", "parameter:ceiling"),
    )
    before = Step(
        name="share-before-ceiling",
        column=free.column,
        what="Its share before the ceiling",
        formula=free.formula,
        cite=free.cite,
        uses=free.uses,
        bases=free.bases,
    )
    return before, held


def median(numbers: list[Fraction]) -> Fraction:
    """The middle number; the mean of the two middle ones where there is an even count."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def _parameter(name: str, meaning: str, high: int) -> Parameter:
    return Parameter(
        name=name,
        kind="number",
        meaning=meaning,
        instrument="chimni",
        entry=name,
        low=Fraction(0),
        high=Fraction(high),
    )


CHIMNI = Rule(
    id="chimni",
    title="Chimni's roughly equal numbers",
    kind="key",
    principle="Every state of sufficient size protects roughly the same number, adjusted by land "
    "and population density.",
    value_judgement="Sovereign equality founds the duty; room adjusts it, wealth does not: the "
    "rich pay through costs.",
    source=CITE,
    standing="our proposal",
    indicators=("land_area_km2", "population"),
    parameters=(
        _parameter("minimum_area", "Land area in km² that a state must exceed.", 1_000_000),
        _parameter("area_exponent", "How strongly land area changes the number.", 2),
        _parameter("density_exponent", "How strongly density changes the number.", 2),
        _parameter("least_multiple", "Least multiple of the equal number.", 1),
        Parameter(
            name="greatest_multiple",
            kind="number",
            meaning="Greatest multiple of the equal number.",
            instrument="chimni",
            entry="greatest_multiple",
            low=Fraction(1),
            high=Fraction(1000),
        ),
        Parameter(
            name="ceiling",
            kind="whole",
            meaning="Greatest number of people for one state; 0 for no ceiling.",
            instrument="chimni",
            entry="ceiling",
            low=0,
            high=10**9,
        ),
    ),
    presets={"equal-above-threshold": {"area_exponent": "0", "density_exponent": "0"}},
    weaknesses=(
        "A state of exactly the threshold owes nothing, one a field larger owes a full number.",
        "It asks nothing of small and wealthy states.",
        "Only the outline is published; the formula of the adjustment is ours.",
    ),
    promises=("rises with land_area_km2", "falls with population"),
    shares=Formula(rule="chimni", steps=roughly_equal),
)
