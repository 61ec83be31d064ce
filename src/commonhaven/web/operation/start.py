"""Make Django ready for a command, with the settings of one installation."""

import os
from importlib.util import find_spec
from pathlib import Path

from commonhaven.reading import Problem
from commonhaven.web.config import CONFIG, SERVED, read

SETTINGS = "platform.toml"
NEEDED = ("django", "allauth", "csp", "ninja", "granian", "icalendar", "whitenoise", "vl_convert")
FIRST = """# Settings of this installation. `commonhaven platform settings` lists them all.
data = "."
demonstration = {demonstration}
"""


def settings_file(config: Path | None, data: Path | None, *, demonstration: bool) -> Path:
    """The settings file of an installation; made on its first start where only a folder is named.

    Raises Problem where a demonstration is asked of an installation that is none.
    """
    if config is not None and data is not None:
        raise Problem("two installations are named", where="--config, --data", fix="Name one.")
    if config is None:
        folder = data or Path(".platform")
        folder.mkdir(parents=True, exist_ok=True)
        config = folder / SETTINGS
        if not config.exists():
            text = FIRST.format(demonstration=str(demonstration).lower())
            config.write_text(text, encoding="utf-8")
    if demonstration and not read(config).demonstration:
        raise Problem(
            "this installation is no demonstration", where=str(config),
            fix="Leave --demonstration out, or name another --data folder.",
        )  # fmt: skip
    return config


def ready(config: Path, served: str = "") -> None:
    """Set Django up with the settings in a file; Problem where its packages are missing.

    ``served``: the address on which this process is about to listen.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        said = f"the platform needs packages that are not installed: {', '.join(missing)}"
        raise Problem(said, fix="Install commonhaven[web], or use ./run serve.")
    read(config)
    os.environ[CONFIG] = str(config.resolve())
    if served:
        os.environ[SERVED] = served
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonhaven.web.settings"
    import django  # noqa: PLC0415 - slow, and needs the settings first

    django.setup()
