"""Tables in, dataclasses out: one description serves reading, writing and the JSON Schema.

A model is a frozen dataclass whose fields are made by `described`. Understood types: str, int,
bool, Fraction, date, datetime with its zone, Literal of texts, another model, ``tuple[X, ...]``,
``Mapping[str, X]``, and ``X | None`` for a field that may be absent.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from commonhaven.reading.canonical import Plain, plain
from commonhaven.reading.days import YEARS
from commonhaven.reading.numbers import exact
from commonhaven.reading.problem import Problem, closest
from commonhaven.reading.table import within

Model = typing.TypeVar("Model")

DECIMAL_TEXT = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3}|\s*%)?"
EXACT_TEXT = rf"^\s*({DECIMAL_TEXT}|[+-]?[0-9]+\s*/\s*[0-9]+)\s*$"
ABSURD = 10**20
"""Beyond what is counted of anything here: people, money of any currency, square metres."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def described(
    meaning: str,
    *,
    default: Any = MISSING,
    source: str = "",
    low: int | Fraction | None = None,
    high: int | Fraction | None = None,
    pattern: str = "",
    form: str | Callable[[str], str] = "",
    later: bool = False,
) -> Any:
    """A field with its meaning, its default and the default's source, its range or pattern.

    ``later`` marks a field that came after files had been written without it: `dump` leaves it out
    where it holds its default, so that what was written before keeps its bytes. ``form`` tells in
    words what to write where a text is off the pattern; or, given the text, returns that advice.
    """
    notes = {
        "meaning": meaning, "source": source, "low": low, "high": high, "pattern": pattern,
        "form": form, "later": later,
    }  # fmt: skip
    if default is MISSING:
        return dataclasses.field(metadata=notes)
    if callable(default):
        return dataclasses.field(default_factory=default, metadata=notes)
    return dataclasses.field(default=default, metadata=notes)


def build(model: type[Model], table: object, where: str) -> Model:
    """An instance of ``model`` from a table of plain values (as TOML or JSON give them).

    Raises Problem for a missing, unknown or mistyped field, naming its path.
    """
    if not isinstance(table, Mapping):
        raise Problem(f"expected a table, found {_shown(table)}", where=where)
    known, hints = _parts(typing.cast("type", model))
    for name in table:
        if name not in known:
            said = f"unknown field {_shown(name)}"
            raise Problem(said, where=where, fix=closest(str(name), known))
    values: dict[str, Any] = {}
    for name, field in known.items():
        inside = f"{where}, {name}"
        if name in table and (table[name] is not None or _optional(hints[name])):
            values[name] = _value(hints[name], table[name], inside, field.metadata)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise Problem(
                f"the field {name} is missing", where=where, fix=_to_add(field, hints[name])
            )
    return model(**values)


def read_field(model: type, name: str, value: object, where: str) -> Any:
    """One field of a model from a plain value, checked as `build` checks it; Problem if wrong."""
    known, hints = _parts(model)
    return _value(hints[name], value, where, known[name].metadata)


@cache
def _parts(model: type) -> "tuple[dict[str, dataclasses.Field[Any]], dict[str, Any]]":
    """The fields of a model and their types, by name; worked out once for each model."""
    return {field.name: field for field in fields(model)}, typing.get_type_hints(model)


def _to_add(field: "dataclasses.Field[Any]", hint: Any) -> str:
    """What to write for a field that is missing."""
    meaning = str(field.metadata.get("meaning", ""))
    written = f"{field.name} = ..."
    if get_origin(hint) is tuple and is_dataclass(get_args(hint)[0]):
        written = f"one or more tables [[{field.name}]]"
    elif get_origin(hint) in (Mapping, dict) or is_dataclass(hint):
        written = f"a table [{field.name}]"
    return f"Add {written} ({meaning})." if meaning else f"Add {written}."


def _value(hint: Any, value: object, where: str, notes: Mapping[str, Any]) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (part for part in arguments if part is not type(None))
        return None if value is None else _value(inner, value, where, notes)
    if origin is Literal:
        return _choice(arguments, value, where)
    if origin is tuple:
        return _many(arguments[0], value, where, notes)
    if origin is Mapping or origin is dict:
        return _named(arguments[1], value, where, notes)
    if is_dataclass(hint):
        return build(typing.cast("type[Any]", hint), value, where)
    return _simple(hint, value, where, notes)


def _optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _choice(choices: tuple[str, ...], value: object, where: str) -> str:
    if isinstance(value, str) and value in choices:
        return value
    fix = f"Choose one of: {', '.join(choices)}."
    raise Problem(f"{_shown(value)} is not a choice", where=where, fix=fix)


def _many(hint: Any, value: object, where: str, notes: Mapping[str, Any]) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise Problem(f"expected a list, found {_shown(value)}", where=where, fix="Write [ ... ].")
    return tuple(
        _value(hint, part, f"{where} {number}", notes) for number, part in enumerate(value, 1)
    )


def _named(hint: Any, value: object, where: str, notes: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Problem(f"expected a table, found {_shown(value)}", where=where)
    for name in value:
        _check_signs(str(name), where)
    return {str(k): _value(hint, part, f"{where}.{k}", notes) for k, part in value.items()}


def _simple(hint: Any, value: object, where: str, notes: Mapping[str, Any]) -> Any:
    if hint is bool:
        return _truth(value, where)
    if hint is Fraction:
        return _bounded(exact(value, where), where, notes)
    if hint is int:
        if isinstance(value, int) and not isinstance(value, bool):
            _bounded(exact(value, where), where, notes)
            return value
        fix = "Write it without quotes." if isinstance(value, str) else "Write digits only."
        raise Problem(f"expected a whole number, found {_shown(value)}", where=where, fix=fix)
    if hint in (date, datetime):
        return _date(value, where) if hint is date else _instant(value, where)
    if hint is str:
        return _text(value, where, notes)
    raise TypeError(f"{where}: models cannot hold {hint}")


def _truth(value: object, where: str) -> bool:
    if isinstance(value, bool):
        return value
    raise Problem(f"expected true or false, found {_shown(value)}", where=where, fix="Write one.")


def _bounded(number: Fraction, where: str, notes: Mapping[str, Any]) -> Fraction:
    low, high = notes.get("low"), notes.get("high")
    return within(number, where, -ABSURD if low is None else low, ABSURD if high is None else high)


def _date(value: object, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Problem(f"expected a date, found {_shown(value)}", where=where, fix="Write 2026-01-31.")


def _instant(value: object, where: str) -> datetime:
    if isinstance(value, str) and len(value) <= 40:
        with suppress(ValueError):
            value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        if value.year in YEARS:
            return value
        fix = "Is there a digit too many, or too few?"
        raise Problem(f"{_shown(value)} is beyond the calendar", where=where, fix=fix)
    fix = "Write day, hour and zone: 2026-01-31T12:00Z."
    raise Problem(f"expected an instant, found {_shown(value)}", where=where, fix=fix)


def _text(value: object, where: str, notes: Mapping[str, Any]) -> str:
    if not isinstance(value, str):
        raise Problem(f"expected text, found {_shown(value)}", where=where, fix="Put it in quotes.")
    _check_signs(value, where)
    pattern, form = notes.get("pattern"), notes.get("form")
    if not pattern or re.fullmatch(pattern, value):
        return value
    if not form:
        raise Problem(f"{_shown(value)} does not have the form {pattern}", where=where)
    fix = form if isinstance(form, str) else form(value)
    raise Problem(f"{_shown(value)} cannot stand here", where=where, fix=fix)


def _check_signs(text: str, where: str) -> None:
    """Problem where the text holds half a sign, which JSON can spell but no file can keep."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Problem("the text holds half a sign", where=where, fix="Write it anew as UTF-8.")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:40]}"'
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and value.bit_length() > 128:
        return "a very long number"
    return str(value)[:40]


def dump(model: object) -> Plain:
    """The plain values of a model, without fields that hold nothing; `build` reads them back."""
    if is_dataclass(model):
        named = {field: getattr(model, field.name) for field in fields(model)}
        return {f.name: dump(part) for f, part in named.items() if not _left_out(f, part)}
    if isinstance(model, Mapping):
        return {str(key): dump(part) for key, part in model.items()}
    if isinstance(model, list | tuple):
        return [dump(part) for part in model]
    return plain(model)


def _left_out(field: "dataclasses.Field[Any]", value: object) -> bool:
    """Whether the field holds nothing and reading it back from nothing gives the same."""
    if field.metadata.get("later") and value == field.default:
        return True
    if value is not None and (value or not isinstance(value, tuple | Mapping)):
        return False
    if field.default_factory is not MISSING:
        return bool(field.default_factory() == value)
    return bool(field.default is not MISSING and field.default == value)


def schema(model: type, *, title: str = "") -> dict[str, Plain]:
    """The JSON Schema (2020-12) of a model, with the meaning and source of every field."""
    definitions: dict[str, Plain] = {}
    body = _object(model, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title or model.__name__,
        **body,
        "$defs": definitions,
    }


def _object(model: type, definitions: dict[str, Plain]) -> dict[str, Plain]:
    hints = typing.get_type_hints(model)
    properties: dict[str, Plain] = {}
    required: list[Plain] = []
    for field in fields(model):
        properties[field.name] = _property(hints[field.name], field, definitions)
        if field.default is MISSING and field.default_factory is MISSING:
            required.append(field.name)
    about = (model.__doc__ or "").split("\n\n")[0]
    return {
        "type": "object",
        "description": " ".join(about.split()),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _property(
    hint: Any, field: "dataclasses.Field[Any]", definitions: dict[str, Plain]
) -> dict[str, Plain]:
    source = field.metadata.get("source")
    meaning = str(field.metadata.get("meaning", ""))
    text = f"{meaning.rstrip('.')}. Source of the default: {source}" if source else meaning
    described_type = _type(hint, field.metadata, definitions)
    if text:
        described_type["description"] = text
    if field.default not in (MISSING, None):
        described_type["default"] = dump(field.default)
        if _optional(hint):
            described_type = {"anyOf": [described_type, {"type": "null"}]}
    return described_type


def _type(hint: Any, notes: Mapping[str, Any], definitions: dict[str, Plain]) -> dict[str, Plain]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (part for part in arguments if part is not type(None))
        return _type(inner, notes, definitions)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _type(arguments[0], notes, definitions)}
    if origin is Mapping or origin is dict:
        return {"type": "object", "additionalProperties": _type(arguments[1], notes, definitions)}
    if is_dataclass(hint):
        name = typing.cast("type", hint).__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _object(typing.cast("type", hint), definitions)
        return {"$ref": f"#/$defs/{name}"}
    return _simple_type(hint, notes)


def _simple_type(hint: Any, notes: Mapping[str, Any]) -> dict[str, Plain]:
    if hint is bool:
        return {"type": "boolean"}
    if hint in (date, datetime):
        return {"type": "string", "format": "date" if hint is date else "date-time"}
    if hint is str:
        pattern = notes.get("pattern")
        return {"type": "string", "pattern": f"^(?:{pattern})$"} if pattern else {"type": "string"}
    limits: dict[str, Plain] = {}
    for key, name in (("low", "minimum"), ("high", "maximum")):
        limit = notes.get(key)
        if limit is not None and Fraction(limit).denominator == 1:
            limits[name] = int(limit)
    if hint is int:
        return {"type": "integer", **limits}
    if hint is Fraction:
        return {"type": ["string", "number"], "pattern": EXACT_TEXT, **limits}
    raise TypeError(f"models cannot hold {hint}")
