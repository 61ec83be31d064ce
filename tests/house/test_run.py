"""The one script: what it passes on, what it installs, and where it stands."""

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = ["--demonstration", "--data", str(ROOT / ".platform")]


@pytest.fixture(scope="module")
def run() -> ModuleType:
    spec = spec_from_loader("run", SourceFileLoader("run", str(ROOT / "run")))
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("words", [[], ["--port", "8001"], ["--demonstration"], ["--help"]])
def test_serve_shows_the_demonstration(run: ModuleType, words: list[str]) -> None:
    assert run.with_demonstration(words) == [*OWN, *words]


@pytest.mark.parametrize("words", [["--data", "there"], ["--config=platform.toml"]])
def test_serve_serves_the_installation_that_is_named(run: ModuleType, words: list[str]) -> None:
    assert run.with_demonstration(words) == words


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (["rules"], ["runtime"]),
        (["share", "eu", "report"], ["runtime"]),
        (["picture", "hosts"], ["runtime", "web"]),
        (["report", "brief", "liberia-1990", "--format", "pdf"], ["runtime", "web"]),
        (["commitments", "export", "b.toml", "--out", "B.XLSX"], ["runtime", "web"]),
        (["processes", "compare", "--format=xlsx"], ["runtime", "web"]),
    ],
)
def test_commands_find_the_packages_that_they_need(
    run: ModuleType, words: list[str], needed: list[str]
) -> None:
    assert run.packages(words) == needed


def test_cli_reads_files_of_the_callers_folder(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """The environment stands already: it is the one that the tests run in."""
    monkeypatch.setattr(run, "ensure", lambda *_: None)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    (tmp_path / "states.csv").write_text("state\nA\nB\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code = run.main(["cli", "key", "equal", "states.csv", "--total", "4", "--format", "csv"])
    told = capfd.readouterr()
    assert (code, told.err) == (0, "")
    assert told.out.splitlines()[1:] == ["A,0.500000000000,2", "B,0.500000000000,2"]
