"""A plan into files: all of them, or none."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from commonhaven.reading import Problem, dump
from commonhaven.reading.canonical import plain
from commonhaven.regime.plan import Plan

PEOPLE = ("state", "tier", "present", "placed", "stay", "arrive", "leave", "capacity", "target",
          "per_1000", "per_billion_gdp", "residual_places")  # fmt: skip
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


def plan_text(plan: Plan) -> str:
    """The plan as JSON, the same bytes for the same plan on every machine."""
    return json.dumps(dump(plan), ensure_ascii=False, indent=1) + "\n"


def people_csv(plan: Plan) -> str:
    """One row a state: who is there, who is to be protected there."""
    rows = [[plain(getattr(part, name)) for name in PEOPLE] for part in plan.result.states]
    return _csv(PEOPLE, rows)


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

    The files appear together or not at all. Raises Problem where the folder cannot be made, or
    holds other files of these names that are not a plan's.
    """
    texts = {
        "plan.json": plan_text(plan),
        "people.csv": people_csv(plan),
        "placements.csv": placements_csv(plan),
        "costs.csv": costs_csv(plan),
        "trace.csv": trace_csv(plan),
    }
    if folder.exists() and not folder.is_dir():
        raise Problem("this is a file, not a folder", where=str(folder), fix="Name a folder.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".plan-") as held:
            for name, text in texts.items():
                (Path(held) / name).write_text(text, encoding="utf-8", newline="\n")
            folder.mkdir(exist_ok=True)
            for name in texts:
                os.replace(Path(held) / name, folder / name)  # noqa: PTH105 - atomic on one disk
    except OSError as error:
        raise Problem(
            f"cannot be written ({error.strerror})", where=str(folder), fix="Name another folder."
        ) from None
    return tuple(folder / name for name in texts)
