"""States and territories by ISO alpha-3 code, with standing, region, groups and UNHCR's code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

from commonhaven.reading import Problem, Row, build, described, load_toml, read_table

Standing = Literal["UN member", "UN observer", "other state or territory", "dissolved", "no state"]
IncomeGroup = Literal["low", "lower middle", "upper middle", "high"]

COLUMNS = (
    "code", "alpha2", "name", "standing", "un_since", "un_until", "m49", "region", "subregion",
    "intermediate", "ldc", "lldc", "sids", "income", "income_year", "unhcr", "until",
    "successors", "note",
)  # fmt: skip


class UnknownState(Problem):
    """A code, name or label that stands for no state we know, or for more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state or territory, a dissolved one, or a label that stands for none.

    ``region``, ``subregion`` and ``intermediate_region`` follow M49. ``ldc``, ``lldc`` and
    ``sids`` (least developed, landlocked developing, small island developing) are None where M49
    does not say. ``income_group`` is the World Bank's of ``income_fiscal_year``, None where it
    does not classify. ``existed_until`` is the last day of a dissolved state. provenance() tells
    where each comes from.
    """

    code: str
    alpha2: str
    name: str
    standing: Standing
    un_member_since: date | None
    un_member_until: date | None
    m49: str
    region: str
    subregion: str
    intermediate_region: str
    ldc: bool | None
    lldc: bool | None
    sids: bool | None
    income_group: IncomeGroup | None
    income_fiscal_year: int | None
    unhcr_code: str
    existed_until: date | None
    successors: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a column of states.csv comes from."""

    what: str = described("What the column holds")
    source: str = described("Publisher and edition")
    licence: str = described("Licence or terms")
    retrieved: date = described("Day on which it was last read or checked")
    standing: Literal["sourced", "reported", "our proposal"] = described("How it was read")


@cache
def states() -> Mapping[str, State]:
    """Every state, territory and label by code, in order of code."""
    table = read_table(
        files("commonhaven.parties") / "states.csv", name="states.csv", required=COLUMNS
    )
    return MappingProxyType({row.cells["code"]: _state(row) for row in table})


def state(code: str) -> State:
    """The state with this ISO alpha-3 code; Problem with the nearest suggestion otherwise."""
    found = states().get(code)
    if found is None:
        from commonhaven.parties.finding import suggestion  # noqa: PLC0415 - only for the error

        raise UnknownState(f'no state has the code "{code[:40]}"', fix=suggestion(code))
    return found


@cache
def _by_unhcr_code() -> dict[str, State]:
    return {one.unhcr_code: one for one in states().values() if one.unhcr_code}


def unhcr_state(code: str) -> State:
    """The state that UNHCR's own code stands for: GFR is Germany, AUS is Austria."""
    found = _by_unhcr_code().get(code)
    if found is None:
        fix = "UNHCR's codes stand in docs/reference/parties.md; ISO codes go to state()."
        raise UnknownState(f'UNHCR has no code "{code[:40]}" that we know', fix=fix)
    return found


def provenance() -> Mapping[str, Provenance]:
    """Source, licence and day of retrieval of every column of states.csv."""
    table = load_toml(files("commonhaven.parties") / "states.toml", "states.toml")
    return {name: build(Provenance, part, f"states.toml, {name}") for name, part in table.items()}


def _state(row: Row) -> State:
    cells = row.cells
    return State(
        code=cells["code"],
        alpha2=cells["alpha2"],
        name=cells["name"],
        standing=cast("Standing", cells["standing"]),
        un_member_since=_day(row, "un_since"),
        un_member_until=_day(row, "un_until"),
        m49=cells["m49"],
        region=cells["region"],
        subregion=cells["subregion"],
        intermediate_region=cells["intermediate"],
        ldc=_yes(row, "ldc"),
        lldc=_yes(row, "lldc"),
        sids=_yes(row, "sids"),
        income_group=cast("IncomeGroup | None", cells["income"] or None),
        income_fiscal_year=int(cells["income_year"]) if cells["income_year"] else None,
        unhcr_code=cells["unhcr"],
        existed_until=_day(row, "until"),
        successors=tuple(cells["successors"].split()),
        note=cells["note"],
    )


def _day(row: Row, column: str) -> date | None:
    text = row.cells[column]
    return date.fromisoformat(text) if text else None


def _yes(row: Row, column: str) -> bool | None:
    return {"yes": True, "no": False, "": None}[row.cells[column]]
