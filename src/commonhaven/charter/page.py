"""The published description of a charter: JSON Schema and reference page, from the model."""

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, Union, get_args, get_origin

from commonhaven.charter.library import shipped
from commonhaven.charter.model import Charter
from commonhaven.charter.phrases import shown
from commonhaven.reading import schema

TITLE = "Commonhaven charter"
KINDS: Mapping[object, str] = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    date: "date",
    Fraction: "number",
}
INTRODUCTION = """\
# The charter

A charter is a TOML file. Tables and fields that are left out take the default named here; each
default says where it comes from. Numbers that are not whole are written in quotes, such as "0.60",
"3/5" or "22 %". A field marked *required* has no default. The same description as JSON Schema:
[charter.schema.json](charter.schema.json), also printed by `commonhaven charter schema`. How to
write one: [Write a charter](../how-to/write-a-charter.md).

This page is generated from the model.
"""


def json_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of a charter."""
    return {**schema(Charter, title=TITLE)}


def reference_page() -> str:
    """The reference page in Markdown: every table and field with meaning, default and source."""
    return "\n".join([INTRODUCTION, *_sections(Charter, ""), _examples()])


def _sections(model: type, path: str) -> Iterator[str]:
    hints = typing.get_type_hints(model)
    for field in fields(model):
        inner, many = _inner(hints[field.name])
        if is_dataclass(inner):
            name = f"{path}.{field.name}" if path else field.name
            heading = f"[[{name}]]" if many else f"[{name}]"
            yield _section(typing.cast("type", inner), heading, name)
            yield from _sections(typing.cast("type", inner), name)


def _section(model: type, heading: str, path: str) -> str:
    hints = typing.get_type_hints(model)
    about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    rows = [
        f"| `{field.name}` | {field.metadata['meaning']} | {_kind(hints[field.name])}"
        f"{_range(field)} | {_default(field)} |"
        for field in fields(model)
        if not is_dataclass(_inner(hints[field.name])[0])
    ]
    inside = [
        f"`{path}.{field.name}`: {field.metadata['meaning']}, see below."
        for field in fields(model)
        if is_dataclass(_inner(hints[field.name])[0])
    ]
    table = ["| field | meaning | kind | default |", "| --- | --- | --- | --- |", *rows]
    return "\n".join(
        [f"## `{heading}`", "", about, "", *table, "", *[f"{line}\n" for line in inside]]
    )


def _inner(hint: object) -> tuple[object, bool]:
    """The type inside ``X | None`` or ``tuple[X, ...]``, and whether there may be many."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _inner(next(part for part in arguments if part is not type(None)))
    if origin is tuple:
        return arguments[0], True
    return hint, False


def _kind(hint: object) -> str:
    inner, many = _inner(hint)
    if get_origin(inner) is Literal:
        return " or ".join(f'"{choice}"' for choice in get_args(inner))
    if get_origin(inner) is Mapping:
        return f"table of {KINDS[get_args(inner)[1]]}"
    return f"list of {KINDS[inner]}" if many else KINDS[inner]


def _range(field: "Field[object]") -> str:
    low, high = field.metadata["low"], field.metadata["high"]
    if low is None and high is None:
        return ""
    ends = [
        f"{word} {shown(Fraction(end))}"
        for word, end in (("from", low), ("to", high))
        if end is not None
    ]
    return f", {' '.join(ends)}"


def _default(field: "Field[object]") -> str:
    if field.default is MISSING and field.default_factory is MISSING:
        return "*required*"
    value = field.default_factory() if field.default_factory is not MISSING else field.default
    empty = value is None or value in ("", ())
    told = "none" if empty or value == {} else f"`{_toml(value)}`"
    source = field.metadata["source"]
    return f"{told} ({source})" if source else told


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{shown(value)}"' if isinstance(value, str | Fraction) else shown(value)


def _examples() -> str:
    lines = ["## Examples that ship", "", "Nobody has adopted them; each says so.", ""]
    lines += [f"- `{name}`" for name in shipped()]
    return "\n".join([*lines, ""])
