"""Which installation of the platform a command is for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def installation(function: Command) -> Command:
    """The options that name an installation."""
    function = click.option(
        "--data", type=click.Path(path_type=Path), help="Its folder, where no file is named."
    )(function)
    return click.option(
        "--config", type=click.Path(path_type=Path), help="Settings file of the installation."
    )(function)


def opened(config: Path | None, data: Path | None) -> Path:
    """The installation's settings file, with Django ready."""
    from commonhaven.web.operation.start import ready, settings_file

    path = settings_file(config, data, demonstration=False)
    ready(path)
    return path
