"""``./run cli`` works where the caller stands."""

import importlib.machinery
import importlib.util
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "run"


def test_run_cli_reads_files_of_the_callers_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The environment stands already: it is the one that the tests run in."""
    loader = importlib.machinery.SourceFileLoader("run_script", str(RUN))
    spec = importlib.util.spec_from_loader("run_script", loader)
    assert spec is not None
    script = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(script)
    monkeypatch.setattr(script, "ensure", lambda *_: None)
    monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
    (tmp_path / "states.csv").write_text("state\nA\nB\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code = script.main(["cli", "key", "equal", "states.csv", "--total", "4", "--format", "csv"])
    told = capfd.readouterr()
    assert (code, told.err) == (0, "")
    assert told.out.splitlines()[1:] == ["A,0.500000000000,2", "B,0.500000000000,2"]
