"""A plan back from its text, as it was computed: for showing it, whichever version computed it."""

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin

from commonhaven.reading import Problem
from commonhaven.reading.canonical import plain
from commonhaven.regime.plan import FORMAT, Plan
from commonhaven.regime.verify import once

GIVE = "Give the text of a plan.json that the program wrote."


def restored(text: str, where: str = "plan") -> Plan:
    """The plan that a plan.json holds; nothing is computed again (`verify` does that).

    Raises Problem where the text is no plan.
    """
    try:
        held = json.loads(text, object_pairs_hook=once)
        if not isinstance(held, dict) or held.get("format") != FORMAT:
            raise Problem(f'this is not a "{FORMAT}"', where=where, fix=GIVE)
        plan = _table(Plan, held)
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
        raise Problem(f"not a plan ({error})", where=where, fix=GIVE) from None
    assert isinstance(plan, Plan)  # noqa: S101 - that is what was asked for
    return plan


def _table(model: type[Any], held: Mapping[str, object]) -> object:
    hints = _hints(model)
    values = {}
    for field in fields(model):
        if field.name in held:
            values[field.name] = _value(hints[field.name], held[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            values[field.name] = _nothing(hints[field.name])
    return model(**values)


_KNOWN: dict[type[Any], dict[str, Any]] = {}


def _hints(model: type[Any]) -> dict[str, Any]:
    """A model's types, worked out once."""
    if model not in _KNOWN:
        _KNOWN[model] = typing.get_type_hints(model)
    return _KNOWN[model]


def _nothing(hint: object) -> object:
    """What a field held that `dump` left out because it held nothing."""
    origin = get_origin(hint)
    if origin is tuple:
        return ()
    if origin in (Mapping, dict):
        return {}
    if origin in (Union, types.UnionType) and type(None) in get_args(hint):
        return None
    raise ValueError("a field is missing")


def _value(hint: Any, held: object) -> object:  # noqa: ANN401 - any annotation
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(tuple(part for part in inner if part is not type(None)), held)
    if origin is tuple:
        return tuple(_value(inner[0], each) for each in typing.cast("list[object]", held))
    if origin in (Mapping, dict):
        table = typing.cast("dict[str, object]", held)
        return {key: _value(inner[1], each) for key, each in table.items()}
    if is_dataclass(hint):
        return _table(typing.cast("type[Any]", hint), typing.cast("dict[str, object]", held))
    return held if origin is Literal else _simple(hint, held)


def _one_of(kinds: tuple[Any, ...], held: object) -> object:
    """The first of several types in which the value is written as it stands."""
    if held is None:
        return None
    if len(kinds) == 1:
        return _value(kinds[0], held)
    for kind in (int, Fraction, Decimal):
        if kind in kinds:
            try:
                found = _simple(kind, held)
            except (ValueError, TypeError, InvalidOperation, ZeroDivisionError):
                continue
            if plain(found) == held:
                return found
    return held


def _simple(hint: Any, held: object) -> object:  # noqa: ANN401 - any annotation
    if hint is date:
        return date.fromisoformat(str(held))
    if hint in (Fraction, Decimal):
        return hint(str(held))
    if hint is int and (isinstance(held, bool) or not isinstance(held, int)):
        raise ValueError(f"{held} is no whole number")
    return held
