"""TOML in, with decimals kept exact."""

import os
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from commonhaven.reading.problem import Problem, closest

LARGEST = 20_000_000
PLACE = re.compile(r" \(at line (\d+), column (\d+)\)")


def read_text(path: Path | Traversable, name: str) -> str:
    """The text of a UTF-8 file; Problem where it is absent, a folder, huge or not text."""
    raw = _read_bytes(path, name)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Problem("the file is UTF-16", where=name, fix="Save it as UTF-8.")
    if raw.startswith(b"\xef\xbb\xbf"):
        fix = "Save it as UTF-8 without a byte-order mark, for instance in a text editor."
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
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Problem("no such file", where=name, fix="Check the path.") from None
    except IsADirectoryError:
        raise Problem("this is a folder", where=name, fix="Name a file in it.") from None
    except OSError as error:
        fix = "Check that you may read it."
        raise Problem(f"cannot be read ({error.strerror})", where=name, fix=fix) from None
    if len(raw) > LARGEST:
        raise Problem(f"larger than {LARGEST:,} bytes", where=name, fix="Is it the right file?")
    return raw


def load_toml(path: Path | Traversable, name: str = "") -> dict[str, Any]:
    """The tables of a TOML file; decimals as Decimal. Problem with file and line where broken."""
    where = name or str(path)
    return parse_toml(read_text(path, where), where)


def load_named(
    name_or_path: str, shipped: Mapping[str, Traversable], what: str
) -> tuple[dict[str, Any], str]:
    """The tables of a TOML file, or of one that ships by its name; and what messages call it.

    A name that ships goes before a file of the same name. Raises Problem, naming the nearest
    names, where there is neither; ``what`` is the word for such a file.
    """
    if name_or_path in shipped:
        where = f"{name_or_path}.toml"
        return load_toml(shipped[name_or_path], where), where
    if os.path.exists(name_or_path):  # noqa: PTH110 - Path.exists fails on names too long for the system
        return load_toml(Path(name_or_path), name_or_path), name_or_path
    fix = f"{closest(name_or_path, shipped)} Or give the path of a TOML file."
    raise Problem(f'there is no {what} "{name_or_path[:80]}"', fix=fix)


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """The tables of a TOML text, as `load_toml` reads them; ``where`` is what messages call it."""
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), where) from None
    except RecursionError:
        raise Problem("nested too deeply", where=where, fix="Is it the right file?") from None
    except ValueError:
        fix = "Is there a digit too many, or a day that no month has?"
        raise Problem(
            "a number is too long or a date does not exist", where=where, fix=fix
        ) from None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


def _not_toml(said: str, where: str) -> Problem:
    if place := PLACE.search(said):
        said, where = said[: place.start()], f"{where}, line {place[1]}, column {place[2]}"
    twice = "Cannot overwrite" in said or "Cannot declare" in said or "Duplicate" in said
    fix = "Give each key and each table once." if twice else 'Put texts in quotes: key = "text".'
    return Problem(f"not valid TOML: {said}", where=where, fix=fix)


def package_files(package: str, suffix: str) -> dict[str, Traversable]:
    """The data files that ship inside a package, by name without suffix, sorted."""
    found = {
        entry.name.removesuffix(suffix): entry
        for entry in files(package).iterdir()
        if entry.name.endswith(suffix)
    }
    return dict(sorted(found.items()))
