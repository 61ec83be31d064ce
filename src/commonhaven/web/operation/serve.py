"""Serve the platform, with a companion that sends reminders."""

import os
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from commonhaven.reading import Problem
from commonhaven.web.operation.database import require_current, upgrade

EVERY = 60
"""Seconds between two rounds of reminders."""


def serve(config: Path, *, host: str, port: int, workers: int) -> None:
    """Serve until told to stop. A demonstration makes its tables and its group by itself."""
    from django.conf import settings  # noqa: PLC0415 - set up by now

    if settings.DEMONSTRATION:
        from commonhaven.web.operation.demonstration import make  # noqa: PLC0415

        upgrade()
        make(datetime.now(UTC))
    else:
        require_current()
    _free(host, port)
    from granian import Granian  # noqa: PLC0415 - slow
    from granian.constants import Interfaces  # noqa: PLC0415

    companion = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "commonhaven", "platform", "remind", "--config", str(config),
         "--every", str(EVERY)],
    )  # fmt: skip
    try:
        Granian(
            "commonhaven.web.wsgi:application", address=host, port=port, workers=workers,
            interface=Interfaces.WSGI, log_enabled=False, blocking_threads=4,
        ).serve()  # fmt: skip
    finally:
        companion.terminate()
        companion.wait(timeout=10)


def _free(host: str, port: int) -> None:
    """Problem where something listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            said = f"cannot listen on {host}:{port} ({error.strerror})"
            raise Problem(said, where="--port", fix="Name another with --port.") from None


def remind(every: int) -> None:
    """Send what is due now; with ``every``, again every so many seconds until the server ends."""
    from commonhaven.web.kit import clock  # noqa: PLC0415
    from commonhaven.web.notices.rounds import tick  # noqa: PLC0415

    parent = os.getppid()
    while True:
        tick(clock.now())
        if not every:
            return
        for _ in range(every):
            time.sleep(1)
            if os.getppid() != parent:
                return
