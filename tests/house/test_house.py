"""The laws of the house that a machine can hold us to."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from commonhaven.instruments import instruments

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "commonhaven"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if p.parent.name != "migrations")
EXACT_ROOMS = (
    "allocation", "costs", "charter", "situations", "procedures", "processes", "record", "regime",
)  # fmt: skip
MAY_USE_FLOATS: dict[str, str] = {}
"""Modules of the exact rooms in which a float may stand, and why nothing is decided by it: none."""

LONGEST_MODULE = 400
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".csv", ".json", ".yml", ".yaml", ".cfg", ".sh", ""}
FORBIDDEN = {
    "a path of the machine it was written on": r"/" + r"work/|\.\./" + r"shared\b",
    "a package registry": "|".join(
        re.escape(host)
        for host in ("py" + "pi.org", "files.python" + "hosted.org", "registry.npm" + "js.org")
    ),
    "unfinished work": r"\bTO" + r"DO\b|\bFIX" + r"ME\b",
}


OTHERS = {".css", ".html", ".js", ".mo", ".po", ".service", ".svg", ".typ", ".typed"}
"""What else the project is written in: pages, their looks, catalogues, a service, print."""


def everything() -> list[Path]:
    """The project's files: what git knows, else everything outside hidden folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        names = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        names = [p for p in ROOT.rglob("*") if not any(part[0] == "." for part in p.parts[1:])]
    return [path for path in names if path.is_file()]


def tracked() -> list[Path]:
    """The project's text files."""
    return [path for path in everything() if path.suffix in TEXT]


def inside(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def test_the_checks_below_see_the_project() -> None:
    assert len(MODULES) > 20
    assert {ROOT / "README.md", ROOT / "run", SOURCE / "__init__.py"} <= set(tracked())


def test_no_package_archive_or_picture_of_others_lies_in_the_project() -> None:
    kinds = {path.suffix for path in everything()}
    assert ".html" in kinds
    assert kinds <= TEXT | OTHERS


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_mentions(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("group", ["runtime", "dev", "bench"])
def test_every_requirement_is_pinned_with_hashes_and_names_no_place(group: str) -> None:
    text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    wanted = text.replace("\\\n", " ").splitlines()
    kept = [line for line in wanted if line.strip() and not line.startswith("#")]
    assert kept
    bad = [
        line.split()[0]
        for line in kept
        if line.startswith("-")
        or "://" in line
        or "==" not in line
        or not re.search(r"--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert bad == []


def test_every_number_of_law_says_where_it_stands() -> None:
    found = instruments()
    assert found
    without = [
        f"{text.id}/{entry.id}"
        for text in found.values()
        for entry in text.entries
        if not (entry.source or entry.article or text.kind == "our proposal")
        and entry.standing != "our proposal"
    ]
    assert without == []


def test_no_number_of_law_stands_twice_for_the_same_day() -> None:
    for text in instruments().values():
        days = [(entry.id, entry.since) for entry in text.entries]
        assert len(days) == len(set(days)), text.id


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_module_is_short_and_says_what_it_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE
    assert ast.get_docstring(tree(path))


def floats(module: ast.Module) -> Iterator[int]:
    """Lines on which a float literal stands or float is called."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "float"
        ):
            yield node.lineno


IN_EXACT_ROOMS = [path for path in MODULES if inside(path).split("/")[0] in EXACT_ROOMS]


@pytest.mark.parametrize("path", IN_EXACT_ROOMS, ids=inside)
def test_people_shares_and_money_are_never_floats(path: Path) -> None:
    if inside(path) not in MAY_USE_FLOATS:
        assert list(floats(tree(path))) == []


def test_modules_that_may_use_floats_need_it_and_say_why() -> None:
    idle = [name for name in MAY_USE_FLOATS if not list(floats(tree(SOURCE / name)))]
    silent = [name for name, reason in MAY_USE_FLOATS.items() if not reason]
    assert (idle, silent) == ([], [])


def test_floats_are_found() -> None:
    assert list(floats(ast.parse("a = 1\nb = 0.5\nc = float(a)\nd: float\n"))) == [2, 3]


def whims(module: ast.Module) -> Iterator[str]:
    """What a rule must not look at: clock, chance, environment, and roots that are floats."""
    for node in ast.walk(module):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}", *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in names if name in UNSTEADY)
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow", "environ"}:
            yield node.attr
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from (n for n in (f"{node.value.id}.{node.attr}",) if n in UNSTEADY)


UNSTEADY = {"random", "secrets", "time", "uuid", "statistics"} | {
    f"math.{name}" for name in ("sqrt", "exp", "log", "log2", "log10", "pow", "fsum", "hypot")
}


@pytest.mark.parametrize("path", IN_EXACT_ROOMS, ids=inside)
def test_rules_look_at_no_clock_and_no_chance(path: Path) -> None:
    if inside(path) not in MAY_USE_FLOATS:
        assert list(whims(tree(path))) == []


def test_clock_and_chance_are_found() -> None:
    text = "import random\nfrom math import sqrt, floor\nday = date.today()\nmath.exp\n"
    assert sorted(whims(ast.parse(text))) == ["math.exp", "math.sqrt", "random", "today"]


@cache
def kinds_of_problem() -> set[str]:
    """Problem and every class derived from it, by name."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }
    found = {"Problem"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def without_advice(module: ast.Module, kinds: set[str]) -> Iterator[int]:
    """Lines that make a Problem with neither a place nor advice, and leave it so."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    placed = {
        id(node.func.value)
        for node in calls
        if isinstance(node.func, ast.Attribute) and node.func.attr == "within"
    }
    for node in calls:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        given = {keyword.arg for keyword in node.keywords}
        if name in kinds and not given & {"where", "line", "fix", None} and id(node) not in placed:
            yield node.lineno


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_every_problem_says_where_or_what_to_do(path: Path) -> None:
    assert list(without_advice(tree(path), kinds_of_problem())) == []


def test_problems_without_advice_are_found() -> None:
    text = 'Problem("a")\nProblem("a", fix="b")\nProblem("a").within("c")\nKeyUndefined("a")\n'
    assert "KeyUndefined" in kinds_of_problem()
    assert list(without_advice(ast.parse(text), kinds_of_problem())) == [1, 4]


def test_every_page_of_the_documentation_is_on_its_map() -> None:
    text = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    named = {name.split("#")[0] for name in re.findall(r"\]\(([^)]+\.md[^)]*)\)", text)}
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert there - {"README.md"} == named & there - {"README.md"}


def test_changelog_speaks_of_this_version() -> None:
    from commonhaven import __version__  # noqa: PLC0415 - only here

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(\S+)\]", text, re.MULTILINE)[0] in (__version__, "Unreleased")


def _indexed() -> set[str]:
    """Models whose rows, or whose parts, the search finds: by its catalogue."""
    text = (SOURCE / "web" / "search" / "catalogue.py").read_text(encoding="utf-8")
    kinds = re.findall(r'model="\w+\.(\w+)"', text)
    parts = re.findall(r'"\w+\.(\w+)": "\w+"', text)
    return {*kinds, *parts}


def _past_the_index(module: ast.Module) -> Iterator[str]:
    """Writes of many rows at once, which no signal tells the index of, on models that it holds.

    A receiver that is no ``Model.objects`` is not told from one that is indexed.
    """
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        bulk = node.func.attr in {"bulk_create", "bulk_update"}
        if not bulk and not (node.func.attr == "update" and node.keywords):
            continue
        first = ast.unparse(node.func.value).partition(".objects")
        if not first[1] or first[0] in _indexed():
            yield ast.unparse(node)


def test_what_is_searched_is_saved_row_by_row() -> None:
    web = [path for path in MODULES if inside(path).startswith("web/")]
    found = [(inside(path), call) for path in web for call in _past_the_index(tree(path))]
    assert found == []


def test_writes_past_the_index_are_found() -> None:
    assert {"Meeting", "Document", "Vote", "Amendment"} <= _indexed()
    past = ("Vote.objects.filter(pk=1).update(choice='no')", "items.update(status='adopted')",
            "Document.objects.bulk_create(rows)")  # fmt: skip
    for text in past:
        assert len(list(_past_the_index(ast.parse(text)))) == 1, text
    for text in ("Token.objects.filter(pk=1).update(used_on=day)", "found.update(more)"):
        assert list(_past_the_index(ast.parse(text))) == [], text
