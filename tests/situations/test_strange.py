"""Whatever comes in, a situation comes out or one clear line says why not."""

import copy
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.reading import Problem, load_toml
from commonhaven.situations import Situation, check, load, read

FILES = Path(__file__).parents[2] / "src/commonhaven/situations/crises"
TABLE = load_toml(FILES / "ukraine-2022.toml")
RAW = (FILES / "kosovo-1999.toml").read_bytes()

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=True, min_value=-(10**9), max_value=10**9)
    | st.text(max_size=20)
    | st.dates()
    | st.sampled_from(["UKR", "POL", "XKX", "YUG", "UNK", "unhcr-rdf", "*", "0.5", "1/3"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["POL", "UKR", "muslim", "agriculture"]), inner)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


def judged(table: object) -> None:
    """Reading ends in a sound situation or in one line."""
    try:
        situation = read(table, "x.toml")
    except Problem as problem:
        line = str(problem)
        assert line.startswith("x.toml")
        assert "\n" not in line
        assert len(line) < 700
        return
    assert isinstance(situation, Situation)
    assert situation.people > 0
    assert {finding.severity for finding in check(situation)} <= {"advice"}


def loaded(name: str | Path) -> tuple[int, str]:
    """The people of the situation, or none and the line that says why."""
    try:
        return load(name).people, ""
    except Problem as problem:
        return 0, str(problem)


@given(anything)
def test_read_survives_any_value(value: object) -> None:
    judged(value)


@given(st.dictionaries(st.sampled_from(sorted(TABLE)), anything))
def test_read_survives_any_value_in_any_field(changes: dict[str, Any]) -> None:
    judged({**TABLE, **changes})


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """A sound file in which one value, however deep, is replaced or taken out."""
    table = copy.deepcopy(TABLE)
    place: Any = table
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        inner = place[key]
        if isinstance(inner, dict | list) and inner and draw(st.integers(0, 4)):
            place = inner
            continue
        if draw(st.booleans()):
            del place[key]
        else:
            place[key] = draw(anything)
        return table


@settings(max_examples=300)
@given(spoiled())
def test_read_survives_one_spoiled_value(table: dict[str, Any]) -> None:
    judged(table)


@given(
    st.integers(0, len(RAW)), st.integers(0, 40), st.binary(max_size=12) | st.just(b"\n[[cohorts]]")
)
def test_load_survives_a_damaged_file(start: int, length: int, inserted: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "damaged.toml"
        file.write_bytes(RAW[:start] + inserted + RAW[start + length :])
        people, line = loaded(file)
    assert (people > 0) == (not line)
    assert line == "" or line.startswith(str(file))
    assert "\n" not in line


@given(st.text(max_size=30).filter(lambda name: "/" not in name))
def test_load_survives_any_name(name: str) -> None:
    _, line = loaded(name)
    assert "\n" not in line


@given(st.dictionaries(st.sampled_from(["GIN", "CIV", "GHA"]), st.integers(1, 10**7), min_size=1))
def test_nobody_is_lost_in_reading(present: dict[str, int]) -> None:
    table = {
        "id": "exercise",
        "name": {"en": "Exercise"},
        "origin": "LBR",
        "on": date(2000, 1, 1),
        "about": "An exercise.",
        "sources": [{"id": "s", "title": "S"}],
        "cohorts": [
            {"id": f"c{number}", "name": "C", "source": "s", "rural": Decimal("0.5"), "present": p}
            for number, p in enumerate(({state: n} for state, n in present.items()), 1)
        ],
    }
    assert read(table, "x.toml").people == sum(present.values())
