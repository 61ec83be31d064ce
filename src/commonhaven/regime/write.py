"""A plan into files: all of them, or none."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from commonhaven.reading import Problem, dump
from commonhaven.reading.canonical import Plain, plain
from commonhaven.regime.plan import FORMAT, Plan

PEOPLE = ("state", "tier", "present", "placed", "unplaced", "outside", "stay", "arrive", "leave",
          "capacity", "target", "per_1000", "per_billion_gdp", "residual_places")  # fmt: skip
OUTSIDE = "outside the group"
MONEY = (
    "unit_cost",
    "unit_cost_source",
    "cost",
    "scale",
    "hosting_ratio",
    "relief",
    "gross",
    "net",
)
ELSEWHERE = "Name another folder."
BEGINS = {
    "plan.json": f'{{\n "format": "{FORMAT}"'.encode(),
    "people.csv": b"state,tier,present,placed",
    "placements.csv": b"cohort,state,people",
    "costs.csv": b"state,currency,people",
    "trace.csv": b"id,value,unit",
}
"""How each file of a plan begins, whatever columns a later version adds at the end."""


def plan_text(plan: Plan) -> str:
    """The plan as JSON, the same bytes for the same plan on every machine."""
    return json.dumps(dump(plan), ensure_ascii=False, indent=1) + "\n"


def people_csv(plan: Plan) -> str:
    """One row a state: who is there, who is to be protected there; states outside the group last.

    Placed, unplaced and outside (not in question: the state keeps them) are all who fled.
    """
    rows = [
        [
            plan.result.outside.get(part.state, 0)
            if name == "outside"
            else plain(getattr(part, name))
            for name in PEOPLE
        ]
        for part in plan.result.states
    ]
    at = PEOPLE.index("outside")
    for state, people in outsiders(plan).items():
        row: list[Plain] = [None] * len(PEOPLE)
        row[0], row[1], row[at] = state, OUTSIDE, people
        rows.append(row)
    return _csv(PEOPLE, rows)


def outsiders(plan: Plan) -> dict[str, int]:
    """State → people there, for the states that are not in the group."""
    members = {part.state for part in plan.result.states}
    found = sorted(plan.result.outside.items())
    return {state: people for state, people in found if state not in members}


def placements_csv(plan: Plan) -> str:
    """One row for each cohort and state, and one for the unplaced of each cohort."""
    rows: list[list[object]] = []
    for cohort in plan.result.cohorts:
        rows.extend([cohort.id, state, people] for state, people in cohort.placed.items())
        if cohort.unplaced:
            rows.append([cohort.id, "unplaced", cohort.unplaced])
    return _csv(("cohort", "state", "people"), rows)


def costs_csv(plan: Plan) -> str:
    """One row a state: what hosting costs it, what it is assessed, what it pays or receives."""
    rows: list[list[object]] = []
    for part in plan.result.states:
        if part.money is not None:
            values = [plain(getattr(part.money, name)) for name in MONEY]
            rows.append([part.state, plan.result.currency, part.placed, *values])
    return _csv(("state", "currency", "people", *MONEY), rows)


def trace_csv(plan: Plan) -> str:
    """One row a line of working."""
    rows = [
        [line.id, plain(line.value), line.unit, line.what, line.formula, line.cite,
         " ".join(line.uses)]
        for line in plan.trace
    ]  # fmt: skip
    return _csv(("id", "value", "unit", "what", "formula", "cite", "uses"), rows)


def _csv(header: tuple[str, ...], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()


def write(plan: Plan, folder: Path) -> tuple[Path, ...]:
    """Write plan.json, people.csv, placements.csv, costs.csv and trace.csv into a folder.

    The files appear together or not at all, and replace only those of an earlier plan. Raises
    Problem where the folder cannot be made, or holds other files of these names.
    """
    texts = {
        "plan.json": plan_text(plan),
        "people.csv": people_csv(plan),
        "placements.csv": placements_csv(plan),
        "costs.csv": costs_csv(plan),
        "trace.csv": trace_csv(plan),
    }
    check_folder(folder)
    try:
        check_files(folder, tuple(texts))
        new = not folder.exists()
        beside = folder.parent if new else folder
        beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=beside, prefix=".plan-") as held:
            fresh = Path(held) / "plan"
            fresh.mkdir()
            for name, text in texts.items():
                (fresh / name).write_text(text, encoding="utf-8", newline="\n")
            if new:
                fresh.rename(folder)
            else:
                replace_all(fresh, folder, Path(held))
    except OSError as error:
        raise Problem(
            f"cannot be written ({error.strerror})", where=str(folder), fix="Name another folder."
        ) from None
    return tuple(folder / name for name in texts)


def check_folder(folder: Path) -> None:
    """Problem where the folder, or one that it would lie in, is a file."""
    for place in (folder, *folder.parents):
        if os.path.lexists(place):
            if not place.is_dir():
                raise Problem("this is a file, not a folder", where=str(place), fix=ELSEWHERE)
            return


def check_files(folder: Path, names: Sequence[str]) -> None:
    """Problem where a file of one of these names is there that no plan of ours wrote."""
    held = [folder / name for name in names if os.path.lexists(folder / name)]
    for path in held:
        if path.is_dir():
            raise Problem("this is a folder: no file can take its name", where=str(path),
                          fix=ELSEWHERE)  # fmt: skip
        if not path.is_file() or not starts_as_ours(path):
            said = "there is a file of this name that belongs to no plan"
            raise Problem(said, where=str(path), fix=f"It was not touched. {ELSEWHERE}")
    if held and not (folder / "plan.json").exists():
        said = "there is a file of this name, and no plan.json beside it"
        raise Problem(said, where=str(held[0]), fix=f"It was not touched. {ELSEWHERE}")


def starts_as_ours(path: Path) -> bool:
    """Whether a file begins as the file of this name in a plan does."""
    begins = BEGINS[path.name]
    with path.open("rb") as file:
        return file.read(len(begins)) == begins


def replace_all(fresh: Path, folder: Path, held: Path) -> None:
    """Move the new files in; where one cannot be moved, put back what was there before."""
    before = held / "before"
    before.mkdir()
    names = sorted(path.name for path in fresh.iterdir())
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).rename(before / name)
            (fresh / name).rename(folder / name)
    except BaseException:
        for name in names:
            if not (fresh / name).exists():
                (folder / name).unlink()
            if (before / name).exists():
                (before / name).rename(folder / name)
        raise
