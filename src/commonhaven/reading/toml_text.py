"""Plain values as a TOML file, to be read back as the same values."""

import json
from collections.abc import Iterator, Mapping

from commonhaven.reading.canonical import Plain


def toml_text(table: Mapping[str, Plain]) -> str:
    """A file with one line a value, tables one below the other.

    >>> print(toml_text({"a": {"b": "x"}, "c": [{"d": 1}, {"d": 2}]}))
    a = { "b" = "x" }
    c = [
      { "d" = 1 },
      { "d" = 2 },
    ]
    <BLANKLINE>
    """
    return "\n".join(_lines(table)) + "\n"


def _lines(table: Mapping[str, Plain]) -> Iterator[str]:
    for name, value in table.items():
        if value is None:
            continue
        if isinstance(value, list) and any(isinstance(each, dict) for each in value):
            yield f"{_key(name)} = ["
            yield from (f"  {_inline(each)}," for each in value)
            yield "]"
        else:
            yield f"{_key(name)} = {_inline(value)}"


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() else _text(name)


def _inline(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(_inline(each) for each in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{_text(k)} = {_inline(v)}" for k, v in value.items() if v is not None)
        return f"{{ {inner} }}" if inner else "{}"
    return _text(str(value))


def _text(text: str) -> str:
    """A text in quotes: TOML takes JSON's escapes, except that it wants U+007F escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
