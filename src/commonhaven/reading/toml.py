"""TOML in, with decimals kept exact."""

import tomllib
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from commonhaven.reading.problem import Problem

LARGEST = 20_000_000


def read_text(path: Path | Traversable, name: str) -> str:
    """The text of a UTF-8 file; Problem where it is absent, a folder, huge or not text."""
    raw = _read_bytes(path, name)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Problem("the file is UTF-16", where=name, fix="Save it as UTF-8.")
    if raw.startswith(b"\xef\xbb\xbf"):
        fix = 'Save it as UTF-8 without BOM (in Excel: "CSV (Comma delimited)").'
        raise Problem("the file starts with a byte-order mark", where=name, fix=fix)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        where = f"{name}, line {line}"
        raise Problem("not UTF-8 text", where=where, fix="Save as UTF-8.") from None
    if "\0" in text:
        raise Problem("this is not a text file", where=name, fix="Is it the right file?")
    return text


def _read_bytes(path: Path | Traversable, name: str) -> bytes:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Problem("no such file", where=name, fix="Check the path.") from None
    except IsADirectoryError:
        raise Problem("this is a folder", where=name, fix="Name a file in it.") from None
    except OSError as error:
        raise Problem(f"cannot be read ({error.strerror})", where=name) from None
    if len(raw) > LARGEST:
        raise Problem(f"larger than {LARGEST:,} bytes", where=name, fix="Is it the right file?")
    return raw


def load_toml(path: Path | Traversable, name: str = "") -> dict[str, Any]:
    """The tables of a TOML file; decimals as Decimal. Problem with file and line where broken."""
    where = name or str(path)
    try:
        return tomllib.loads(read_text(path, where), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"not valid TOML: {error}", where=where) from None
    except RecursionError:
        raise Problem("nested too deeply", where=where) from None
    except ValueError as error:
        raise Problem(f"not valid TOML: {error}", where=where) from None


def package_files(package: str, suffix: str) -> dict[str, Traversable]:
    """The data files that ship inside a package, by name without suffix, sorted."""
    found = {
        entry.name.removesuffix(suffix): entry
        for entry in files(package).iterdir()
        if entry.name.endswith(suffix)
    }
    return dict(sorted(found.items()))
