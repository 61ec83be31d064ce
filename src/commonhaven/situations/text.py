"""A situation as TOML text, for whoever wants to change it."""

import json
from collections.abc import Iterator, Mapping, Sequence

from commonhaven.reading import dump
from commonhaven.reading.canonical import Plain
from commonhaven.situations.model import Situation


def toml_text(situation: Situation) -> str:
    """The situation as TOML that reads back as the same value; comments of a file are not kept."""
    table = dump(situation)
    assert isinstance(table, Mapping)  # noqa: S101 - a model is a table
    return "\n".join(_document(table)) + "\n"


def _document(table: Mapping[str, Plain]) -> Iterator[str]:
    """First what is no list of tables, then each table of each list under its name."""
    later = {name: value for name, value in table.items() if _tables(value)}
    for name, value in table.items():
        if name not in later:
            yield f"{name} = {_inline(value)}"
    for name, value in later.items():
        assert isinstance(value, Sequence)  # noqa: S101 - `later` holds lists only
        for each in value:
            assert isinstance(each, Mapping)  # noqa: S101 - lists of tables only
            yield ""
            yield f"[[{name}]]"
            yield from (f"{key} = {_inline(held)}" for key, held in each.items())


def _tables(value: Plain) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _inline(value: Plain) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{_quoted(str(key))} = {_inline(held)}" for key, held in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(each) for each in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _quoted(text: str) -> str:
    """A TOML text in one line; TOML knows the escapes of JSON, and asks for DEL's too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
