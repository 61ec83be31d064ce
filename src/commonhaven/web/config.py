"""The settings of one installation, read from a TOML file."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints
from zoneinfo import available_timezones

from commonhaven.reading import Problem, build, described, load_toml
from commonhaven.reading.toml import read_text

CONFIG = "COMMONHAVEN_CONFIG"
"""The one environment variable: the path of the settings file, for servers and workers."""
SERVED = "COMMONHAVEN_SERVED"
"""Set by `serve` itself: the address on which it listens, where the settings name none."""
SECRET_NAME = "secret"  # noqa: S105 - the name of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The mail server that sends notices."""

    host: str = described("Host of the SMTP server")
    port: int = described("Its port", default=587, low=1, high=65535)
    user: str = described("User name, if it asks for one", default="")
    password_file: str = described("File that holds the password", default="")
    sender: str = described("Address that mail comes from")
    security: str = described(
        "starttls, tls or none", default="starttls", pattern="starttls|tls|none",
        form="Write starttls, tls or none.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn:
    """An OpenID Connect provider by which people may sign in."""

    id: str = described("Short name, such as ministry", pattern="[a-z0-9-]+")
    name: str = described("Name on the sign-in page")
    server: str = described("Address of the provider (issuer)")
    client: str = described("Client id that the provider gave")
    secret_file: str = described("File that holds the client secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """How one installation of the platform runs."""

    data: str = described("Folder of the database, files and secret", default=".platform")
    database: str = described(
        "postgresql://USER:PASSWORD@HOST:PORT/NAME",
        default="",
        source="SQLite in the data folder",
    )
    secret_file: str = described(
        "File of the secret that signs sessions", default="", source="made in the data folder"
    )
    hosts: tuple[str, ...] = described(
        "Names under which the platform is reached", default=("localhost", "127.0.0.1", "[::1]")
    )
    address: str = described(
        "Full address in links, mails and feeds, such as https://group.example.org",
        default="",
        source="the address on which `serve` listens",
    )
    https: bool = described("Reached over HTTPS, so that cookies demand it", default=False)
    language: str = described("Language of pages where a person chose none", default="en")
    zone: str = described("IANA time zone of people who chose none", default="UTC")
    demonstration: bool = described(
        "One-click sign-in and a clock that can be moved: never for real work", default=False
    )
    second_factor: bool = described(
        "Secretariats and administrators must set up a second factor, demonstrations apart",
        default=True,
    )
    requests_per_minute: int = described(
        "API requests a minute for each token or address", default=240, low=1
    )
    flows_megabytes: int = described(
        "Million bytes of a file of flows that a page takes in", default=20, low=1, high=1000
    )
    mail: Mail | None = described("Mail server", default=None, source="no mail is sent")
    sign_on: tuple[SignOn, ...] = described("Single sign-on providers", default=())

    @property
    def folder(self) -> Path:
        return Path(self.data)


def read(path: Path) -> Platform:
    """The settings in a file; paths in it are relative to it. Problem where it is wrong."""
    found = build(Platform, load_toml(path), str(path))
    if found.zone not in available_timezones():
        said = f'"{found.zone[:40]}" is no time zone'
        raise Problem(said, where=f"{path}, zone", fix="Write an IANA name, such as Africa/Dakar.")
    return replace(found, data=str((path.parent / found.data).resolve()))


def current() -> Platform:
    """The settings named by the environment, else those of an installation in this folder."""
    named = os.environ.get(CONFIG, "")
    found = read(Path(named)) if named else Platform()
    served = os.environ.get(SERVED, "http://127.0.0.1:8000")
    return replace(found, address=found.address.rstrip("/") or served)


def held(path: Path) -> str:
    """The one line that a secret file holds; Problem where it is absent or empty."""
    text = read_text(path, str(path)).strip()
    if not text:
        raise Problem("the file is empty", where=str(path), fix="Write the secret into it.")
    return text


def secret(platform: Platform) -> str:
    """The signing secret: of the file named, else one made once in the data folder."""
    if platform.secret_file:
        return held(Path(platform.secret_file))
    path = platform.folder / SECRET_NAME
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return held(path)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
    return held(path)


def described_settings(model: type = Platform, inside: str = "") -> Iterator[tuple[str, str, str]]:
    """Every setting: its name, its meaning, and what holds where it is left out."""
    hints = get_type_hints(model)
    for field in fields(model):
        name = f"{inside}{field.name}"
        parts = [part for part in get_args(hints[field.name]) if is_dataclass(part)]
        yield name, str(field.metadata["meaning"]), _default(field)
        if parts:
            assert isinstance(parts[0], type)  # noqa: S101 - a model is a class
            yield from described_settings(parts[0], f"{name}.")


def _default(field: Field[Any]) -> str:
    if field.default is MISSING:
        return "it must be there"
    if field.default in ("", None, ()):
        return str(field.metadata["source"] or "none")
    if isinstance(field.default, tuple):
        return ", ".join(field.default)
    return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
