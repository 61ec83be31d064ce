"""Real servers for tests: PostgreSQL in a folder of its own, and the platform beside it."""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CI = os.environ.get("CI") == "true"
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
NUMBERS = itertools.count(1)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


def needed(there: bool, what: str, package: str) -> None:
    """Skip where a system package is missing on somebody's machine; fail where CI misses it."""
    if there:
        return
    told = f"{what} is not installed (Debian: apt-get install {package})"
    if CI:
        pytest.fail(told)
    pytest.skip(told)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def as_postgres(*command: object) -> list[str]:
    """PostgreSQL refuses to run as root; its own user runs it then."""
    words = [str(part) for part in command]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server in a folder; yields the address of an empty database."""
    needed(bool(POSTGRES), "PostgreSQL", "postgresql")
    bin_, data, port = POSTGRES[0], folder / "pg", free_port()
    data.mkdir(parents=True)
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
        for parent in [folder, *folder.parents]:
            if not parent.stat().st_mode & 0o001 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
    subprocess.run(
        as_postgres(bin_ / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8",
                    "--locale", "C.UTF-8", "--no-sync"),
        check=True, capture_output=True, cwd="/",
    )  # fmt: skip
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 {QUICK}"
    start = as_postgres(
        bin_ / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start"
    )
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    try:
        yield database(f"postgresql://postgres@127.0.0.1:{port}/postgres")
    finally:
        stop = as_postgres(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        subprocess.run(stop, check=False, capture_output=True, cwd="/")


QUICK = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal "
    "-c max_wal_senders=0 -c max_connections=200"
)
"""A test's server need not outlive the machine that it runs on."""


def database(beside: str, like: str = "template1") -> str:
    """A new database on the server of another, as a copy of one that nobody uses."""
    server, _, _ = beside.rpartition("/")
    name = f"commonhaven{next(NUMBERS)}"
    subprocess.run(
        as_postgres(POSTGRES[0] / "createdb", "--template", like.rpartition("/")[2],
                    "--maintenance-db", f"{server}/postgres", name),
        check=True, capture_output=True, cwd="/",
    )  # fmt: skip
    return f"{server}/{name}"


def settings_text(database: str, *, demonstration: bool = True) -> str:
    return (
        f'data = "."\ndemonstration = {str(demonstration).lower()}\ndatabase = "{database}"\n'
        "requests_per_minute = 100000\n"
    )


class Platform:
    """A served platform: its address, its settings file, its process."""

    def __init__(self, folder: Path, database: str = "", *, demonstration: bool = True) -> None:
        self.config = folder / "platform.toml"
        folder.mkdir(parents=True, exist_ok=True)
        text = settings_text(database, demonstration=demonstration)
        self.config.write_text(text, encoding="utf-8")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `commonhaven WORDS --config ...`."""
        return subprocess.run(
            [sys.executable, "-m", "commonhaven", *words, "--config", str(self.config)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def start(self, workers: int = 2) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "commonhaven", "serve", "--config", str(self.config),
                 "--port", str(self.port), "--workers", str(workers)],
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=1).read()  # noqa: S310
            except (urllib.error.URLError, OSError):
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        pytest.fail(f"the platform did not start:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """End every process of the server at once, as a power cut does."""
        if self.process is not None:
            os.killpg(self.process.pid, 9)
            self.process.wait(timeout=10)
            self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None


def copied(folder: Path, to: Path, address: str = "") -> Platform:
    """An installation as a copy of one that nobody uses, on SQLite or with a copied database."""
    shutil.copytree(folder, to)
    return Platform(to, address)


class Run:
    """Runs Python in an installation, in a process of its own."""

    def __init__(self, config: Path) -> None:
        self.config = config

    def __call__(self, code: str) -> str:
        start = (
            "from pathlib import Path\n"
            "from commonhaven.web.operation.start import ready\n"
            f"ready(Path({str(self.config)!r}))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", start + code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
