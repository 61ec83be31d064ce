"""The one script: what it passes on."""

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
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("words", [[], ["--port", "8001"], ["--demonstration"], ["--help"]])
def test_serve_shows_the_demonstration(run: ModuleType, words: list[str]) -> None:
    assert run.with_demonstration(words) == [*OWN, *words]


@pytest.mark.parametrize("words", [["--data", "there"], ["--config=platform.toml"]])
def test_serve_serves_the_installation_that_is_named(run: ModuleType, words: list[str]) -> None:
    assert run.with_demonstration(words) == words
