"""Situations from their files, checked before anyone computes with them."""

from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from commonhaven.reading import Problem, build, closest, load_toml, package_files, schema
from commonhaven.reading.canonical import Plain
from commonhaven.situations.check import first_error
from commonhaven.situations.model import Situation


@cache
def _files() -> dict[str, Traversable]:
    return package_files("commonhaven.situations.crises", ".toml")


def shipped() -> tuple[str, ...]:
    """The ids of the situations that ship, in alphabetical order."""
    return tuple(_files())


def load(name: str | Path) -> Situation:
    """A situation by the name of one that ships, or from a TOML file.

    A name that ships goes before a file of the same name. Raises Problem, naming the nearest
    names, where there is neither.
    """
    if isinstance(name, str) and name in _files():
        return read(load_toml(_files()[name], f"{name}.toml"), f"{name}.toml")
    path = Path(name)
    if _is_name_only(path):
        fix = f"{closest(str(name), shipped())} Or give the path of a file."
        raise Problem(f'there is no situation "{name}"', fix=fix)
    return read(load_toml(path), str(path))


def _is_name_only(path: Path) -> bool:
    return len(path.parts) <= 1 and not path.suffix and not _exists(path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def read(table: object, where: str) -> Situation:
    """A situation from plain values as TOML or JSON give them; ``where`` names the file.

    Raises Problem for the first error, in the file's form or in what it says.
    """
    situation = build(Situation, table, where)
    if wrong := first_error(situation):
        raise wrong.problem().within(where)
    return situation


def json_schema() -> dict[str, Plain]:
    """The JSON Schema (2020-12) of a situation file, as values that TOML or JSON give."""
    return schema(Situation, title="Commonhaven situation")
