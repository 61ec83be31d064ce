"""The UN peacekeeping scale: discounts by level of income, carried by the permanent members."""

from collections.abc import Mapping
from fractions import Fraction

from commonhaven.allocation import Figures, Key, KeyUndefined, Parameter, Rule, Settings
from commonhaven.instruments import entry
from commonhaven.reading import closest
from commonhaven.working import Line

ID = "un-peacekeeping"
CITE = "A/RES/55/235; A/RES/55/236"
LEVELS = "ABCDEFGHIJ"


def peacekeeping(figures: Figures, settings: Settings, _total: int = 0) -> Key:
    """Regular rates less the discount of each level, which level A carries pro rata.

    ``peacekeeping_level`` (1 for A to 10 for J) where given; else the level is told from
    permanent_member (by name where not given), ldc and gni_per_capita. In a group without level A
    the discounted rates are renormalised. Raises KeyUndefined for a missing figure or an unknown
    level.
    """
    regular = _regular(figures)
    levels = level_of(figures, settings)
    off = {
        state: Fraction(0) if level == "A" else _fraction(settings, f"discount_{level.lower()}")
        for state, level in levels.items()
    }
    factor = premium(regular, levels, off)
    if factor is None:
        cut = {state: regular[state] * (1 - off[state]) for state in regular}
        left = sum(cut.values(), Fraction(0))
        if not left:
            raise KeyUndefined("every state is discounted to nothing", where=ID)
        shares = {state: rate / left for state, rate in cut.items()}
    else:
        shares = {
            state: rate * factor if levels[state] == "A" else rate * (1 - off[state])
            for state, rate in regular.items()
        }
    effects = {
        state: {
            "regular": regular[state],
            "level": Fraction(LEVELS.index(levels[state]) + 1),
            "discount": off[state],
        }
        for state in regular
    }
    return Key(shares=shares, effects=effects, working=_lines(figures, shares, effects, factor))


def premium(
    regular: Mapping[str, Fraction], levels: Mapping[str, str], off: Mapping[str, Fraction]
) -> Fraction | None:
    """The factor on the rates of level A: 1 + all discounts over their regular rates.

    None where no state is in level A, or none of them has a regular rate.
    """
    carriers = sum((rate for state, rate in regular.items() if levels[state] == "A"), Fraction(0))
    if not carriers:
        return None
    discounts = sum(rate * off[s] for s, rate in regular.items() if levels[s] != "A")
    return 1 + discounts / carriers


def _regular(figures: Figures) -> dict[str, Fraction]:
    total = sum((values["un_scale_percent"] for values in figures.values()), Fraction(0))
    if not total or any(values["un_scale_percent"] < 0 for values in figures.values()):
        raise KeyUndefined("the UN rates are below zero or all zero", where=ID)
    return {state: v["un_scale_percent"] / total for state, v in sorted(figures.items())}


def level_of(figures: Figures, settings: Settings) -> dict[str, str]:
    """State → level A to J: as given, else told from its figures against the average."""
    levels: dict[str, str] = {}
    average: Fraction | None = None
    for state, values in sorted(figures.items()):
        if "peacekeeping_level" in values:
            levels[state] = _given(state, values["peacekeeping_level"])
            continue
        if average is None:
            average = _average(figures, settings)
        levels[state] = _told(state, values, average)
    return levels


def _given(state: str, number: Fraction) -> str:
    if number.denominator != 1 or not 1 <= number <= len(LEVELS):
        said = f"{number} is no peacekeeping level"
        raise KeyUndefined(said, where=state, fix="Give 1 for level A to 10 for level J.")
    return LEVELS[int(number) - 1]


def _told(state: str, values: Mapping[str, Fraction], average: Fraction) -> str:
    named = state in entry(ID, "level_a").value.split()
    if values.get("permanent_member", Fraction(named)):
        return "A"
    if "ldc" not in values:
        raise _missing(state, "ldc")
    if values["ldc"]:
        return "J"
    if state in entry(ID, "level_c").value.split():
        return "C"
    if "gni_per_capita" not in values:
        raise _missing(state, "gni_per_capita")
    ratio = values["gni_per_capita"] / average
    below = [level for level in "IHGFED" if ratio < entry(ID, f"below_{level.lower()}").number]
    return below[0] if below else "B"


def _average(figures: Figures, settings: Settings) -> Fraction:
    given = _fraction(settings, "average")
    if given:
        return given
    for state, values in sorted(figures.items()):
        for indicator in ("gni_per_capita", "population"):
            if indicator not in values:
                raise _missing(state, indicator)
    people = sum((values["population"] for values in figures.values()), Fraction(0))
    income = sum(values["gni_per_capita"] * values["population"] for values in figures.values())
    if not income or not people:
        raise KeyUndefined("the average GNI per capita is zero", where=ID, fix="Set average.")
    return income / people


def _missing(state: str, indicator: str) -> KeyUndefined:
    fix = "Give it, or give peacekeeping_level (1 for A to 10 for J)."
    return KeyUndefined(f"{ID} needs {indicator} for {state}", where=state, fix=fix)


def _fraction(settings: Settings, name: str) -> Fraction:
    value = settings.get(name)
    if not isinstance(value, Fraction):
        raise KeyUndefined(f"{ID} needs the parameter {name}", fix=closest(name, settings))
    return value


def _lines(
    figures: Figures,
    shares: Mapping[str, Fraction],
    effects: Mapping[str, Mapping[str, Fraction]],
    factor: Fraction | None,
) -> tuple[Line, ...]:
    own = f"key.{ID}"
    head = Line(
        id=f"{own}.premium", value="none: no state of level A" if factor is None else factor,
        what="Factor on the regular rates of level A", unit="factor", cite=CITE,
        formula="1 + Σ regular × discount / Σ regular of level A",
        uses=tuple(f"{own}.{s}.{name}" for s in shares for name in ("regular", "discount")),
    )  # fmt: skip
    lines = [head]
    for state, values in effects.items():
        known = [
            f"figure:{state}/{indicator}"
            for indicator in ("peacekeeping_level", "permanent_member", "ldc", "gni_per_capita")
            if indicator in figures[state]
        ]
        lines += [
            Line(
                id=f"{own}.{state}.regular", value=values["regular"], unit="share", cite=CITE,
                what=f"Regular rate of {state} within the group", formula="rate / Σ rates",
                uses=tuple(f"figure:{other}/un_scale_percent" for other in shares),
            ),
            Line(
                id=f"{own}.{state}.level", value=LEVELS[int(values["level"]) - 1], cite=CITE,
                what=f"Level of {state}", uses=tuple(known),
            ),
            Line(
                id=f"{own}.{state}.discount", value=values["discount"], cite=CITE,
                unit="part of the regular rate", what=f"Discount of {state}",
                uses=(f"{own}.{state}.level",),
            ),
            Line(
                id=f"{own}.{state}.share", value=shares[state], unit="share", cite=CITE,
                what=f"Share of {state} under {ID}",
                formula="regular × (1 - discount); level A: regular × premium",
                uses=(f"{own}.{state}.regular", f"{own}.{state}.discount", f"{own}.premium"),
            ),
        ]  # fmt: skip
    return tuple(lines)


PARAMETERS = (
    *(
        Parameter(
            name=f"discount_{level}", kind="number", low=0, high=1, instrument=ID,
            entry=f"discount_{level}", meaning=f"Discount of level {level.upper()}",
        )
        for level in "bcdefghij"
    ),
    Parameter(
        name="average", kind="number", low=0, high=10**9, instrument=ID, entry="average",
        meaning="Average GNI per capita of all members; 0: computed from the states at hand",
    ),
)  # fmt: skip

UN_PEACEKEEPING = Rule(
    id=ID,
    title="UN peacekeeping scale: discounts by income, premium on permanent members",
    kind="scale",
    principle="Special responsibility: the permanent members carry what poorer states are let off.",
    value_judgement="Who has the greatest say in peace and security owes the most for it; states "
    "below the average income pay a small part of their regular rate.",
    source="A/RES/55/235; Hathaway and Neve 1997, 209, on peacekeeping as a parallel",
    standing="reported",
    indicators=("un_scale_percent",),
    optional_indicators=(
        "peacekeeping_level", "permanent_member", "ldc", "gni_per_capita", "population",
    ),
    parameters=PARAMETERS,
    weaknesses=(
        ("In a group without a permanent member nobody carries the premium: rates are only "
        "renormalised."),
        "Levels are steps: a state that crosses one is asked for much more at once.",
        "The levels of each state are decided in New York; told from figures they may differ.",
    ),
    promises=("rises with un_scale_percent", "splits alike"),
    shares=peacekeeping,
)  # fmt: skip
