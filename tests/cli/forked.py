"""The command line in processes of its own, copied from one that has read the program already.

A copy starts in a few milliseconds where a fresh interpreter takes a third of a second. What it
prints goes through real files, its folder, environment and exit code are its own.
"""

import atexit
import contextlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

Done = subprocess.CompletedProcess[str]
START = "from forked import serve; serve()"


def call(words: tuple[str, ...], folder: Path, more: Mapping[str, str] | None = None) -> Done:
    """Run ``commonhaven WORDS`` in a folder; ``more``: settings beside those of the environment."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with TemporaryDirectory() as held:
        out, err = Path(held) / "out", Path(held) / "err"
        asked = {
            "words": words, "folder": str(folder), "out": str(out), "err": str(err),
            "environment": {**os.environ, **(more or {})},
        }  # fmt: skip
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        told = [path.read_text(encoding="utf-8") for path in (out, err)]
    return subprocess.CompletedProcess(["commonhaven", *words], code, *told)


@lru_cache(maxsize=1)
def _server() -> "subprocess.Popen[str]":
    """One for all calls of this process; it ends when its input is closed."""
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    server = subprocess.Popen(
        [sys.executable, "-c", START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    atexit.register(server.communicate, timeout=60)
    return server


def serve() -> None:
    """Answer each call with the exit code of a copy of this process."""
    cli = import_module("commonhaven.cli")
    for module, _ in cli.COMMANDS.values():
        import_module(module)
    for line in sys.stdin:
        copy = os.fork()
        if copy == 0:
            _become(json.loads(line))
        _, status = os.waitpid(copy, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(asked: dict[str, object]) -> None:
    """Be the command line: never returns."""
    code = 1
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    os.chdir(str(asked["folder"]))
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - for all that follows
    os.dup2(sys.stdin.fileno(), 0)
    for place, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(str(asked[name]), os.O_WRONLY | os.O_CREAT, 0o600), place)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["commonhaven", *asked["words"]]  # type: ignore[misc]
    own = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    sys.path[:0] = [path for path in own if path not in sys.path]
    try:
        import_module("commonhaven.cli").main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - told as an interpreter tells it
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
