"""A plan's files: whole or not at all, and never over a file of the reader's own."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from commonhaven.reading import Problem
from commonhaven.regime import Plan, write

PlanOf = Callable[..., Plan]
NAMES = ["costs.csv", "people.csv", "placements.csv", "plan.json", "trace.csv"]


@pytest.fixture
def togo(plan_of: PlanOf) -> Plan:
    return plan_of("west-africa", "togo-1993")


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every path below a folder and, of files, the bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_write_leaves_nothing_but_the_five_files(togo: Plan, tmp_path: Path) -> None:
    paths = write(togo, tmp_path / "deep" / "plan")
    assert sorted(path.name for path in paths) == NAMES
    assert sorted(tree(tmp_path)) == ["deep", "deep/plan", *[f"deep/plan/{n}" for n in NAMES]]


def test_write_beside_other_files_keeps_them(togo: Plan, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write(togo, tmp_path)
    assert sorted(tree(tmp_path)) == sorted([*NAMES, "notes.txt"])
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_write_replaces_an_earlier_plan(togo: Plan, plan_of: PlanOf, tmp_path: Path) -> None:
    write(plan_of("west-africa", "liberia-1990"), tmp_path / "plan")
    write(togo, tmp_path / "plan")
    write(togo, tmp_path / "fresh")
    assert tree(tmp_path / "plan") == tree(tmp_path / "fresh")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("beside_a_plan", [True, False], ids=["beside a plan", "alone"])
def test_write_over_an_own_file_is_refused(
    togo: Plan, tmp_path: Path, name: str, *, beside_a_plan: bool
) -> None:
    if beside_a_plan:
        write(togo, tmp_path)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(Problem, match="belongs to no plan"):
        write(togo, tmp_path)
    assert tree(tmp_path) == before


def test_write_over_tables_without_a_plan_is_refused(togo: Plan, tmp_path: Path) -> None:
    write(togo, tmp_path)
    (tmp_path / "plan.json").unlink()
    before = tree(tmp_path)
    with pytest.raises(Problem, match=r"no plan\.json beside it"):
        write(togo, tmp_path)
    assert tree(tmp_path) == before


def test_write_where_a_folder_has_the_name_is_refused(togo: Plan, tmp_path: Path) -> None:
    (tmp_path / "costs.csv").mkdir()
    with pytest.raises(Problem, match=r"costs\.csv: this is a folder"):
        write(togo, tmp_path)
    assert sorted(tree(tmp_path)) == ["costs.csv"]


def test_write_over_a_link_to_nothing_is_refused(togo: Plan, tmp_path: Path) -> None:
    (tmp_path / "trace.csv").symlink_to(tmp_path / "gone")
    with pytest.raises(Problem, match="belongs to no plan"):
        write(togo, tmp_path)
    assert os.listdir(tmp_path) == ["trace.csv"]  # noqa: PTH208 - a link to nothing is listed too


def test_write_below_a_file_names_the_file(togo: Plan, tmp_path: Path) -> None:
    (tmp_path / "afile").write_text("mine", encoding="utf-8")
    with pytest.raises(Problem) as told:
        write(togo, tmp_path / "afile" / "sub" / "plan")
    assert str(told.value) == (
        f"{tmp_path / 'afile'}: this is a file, not a folder. Name another folder."
    )


@pytest.mark.parametrize("last_good", range(5))
def test_write_that_fails_midway_leaves_what_was_there(
    plan_of: PlanOf, togo: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last_good: int
) -> None:
    write(plan_of("west-africa", "liberia-1990"), tmp_path / "plan")
    before = tree(tmp_path)
    move, moved = Path.rename, []

    def failing(self: Path, target: Path) -> Path:
        if self.parent.name == "plan" and target.parent == tmp_path / "plan":
            moved.append(self)
            if len(moved) == last_good + 1:
                raise OSError(28, "No space left on device")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(Problem, match="No space left on device"):
        write(togo, tmp_path / "plan")
    assert tree(tmp_path) == before


def test_people_csv_counts_everybody(plan: Plan, tmp_path: Path) -> None:
    write(plan, tmp_path / "plan")
    with (tmp_path / "plan" / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for columns in (("placed", "unplaced", "outside"), ("present", "outside")):
        found = sum(int(row[column] or 0) for row in rows for column in columns)
        assert found == plan.inputs.situation.people
    assert len(rows) == len({row["state"] for row in rows})
    members = {part.state for part in plan.result.states}
    strangers = {row["state"] for row in rows if row["tier"] == "outside the group"}
    assert strangers == set(plan.result.outside) - members
