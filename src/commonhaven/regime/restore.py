"""A plan back from its text, as it was computed: for showing it, whichever version computed it."""

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from typing import Any, Union, get_args, get_origin

from commonhaven.reading import Problem
from commonhaven.reading.canonical import plain
from commonhaven.regime.plan import FORMAT, Plan
from commonhaven.regime.verify import once

GIVE = "Give the text of a plan.json that the program wrote."
Reader = Callable[[Any], object]
"""From a plain value to the one that was written so."""


def restored(text: str, where: str = "plan") -> Plan:
    """The plan that a plan.json holds; nothing is computed again (`verify` does that).

    Raises Problem where the text is no plan.
    """
    return _restored(text, where)


def answer_restored(text: str, where: str = "plan") -> Plan:
    """The same without working and figures, which are nearly all of a plan: for its answer only.

    Raises Problem where the text is no plan; the lines of its working are not looked at.
    """
    return _restored(text, where, leave_out=True)


def _restored(text: str, where: str, *, leave_out: bool = False) -> Plan:
    try:
        held = json.loads(text, object_pairs_hook=once)
        if not isinstance(held, dict) or held.get("format") != FORMAT:
            raise Problem(f'this is not a "{FORMAT}"', where=where, fix=GIVE)
        if leave_out:
            held |= {"trace": [], "inputs": held["inputs"] | {"figures": []}}
        plan = _reader(Plan)(held)
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
        raise Problem(f"not a plan ({error})", where=where, fix=GIVE) from None
    assert isinstance(plan, Plan)  # noqa: S101 - that is what was asked for
    return plan


@cache
def _reader(hint: Any) -> Reader:  # noqa: ANN401 - any annotation
    """How values of a type are read, worked out once: a plan holds tens of thousands of them."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(tuple(part for part in inner if part is not type(None)))
    if origin is tuple:
        row = _reader(inner[0])
        return tuple if row is _same else lambda held: tuple(map(row, held))
    if origin in (Mapping, dict):
        entry = _reader(inner[1])
        return lambda held: {key: entry(each) for key, each in held.items()}
    if is_dataclass(hint):
        return _table(typing.cast("type[Any]", hint))
    return SIMPLE.get(hint, _same)


def _table(model: type[Any]) -> Reader:
    hints = typing.get_type_hints(model)
    readers = {name: _reader(hint) for name, hint in hints.items() if _reader(hint) is not _same}
    names = tuple(each.name for each in fields(model))
    needed = {
        each.name: hints[each.name]
        for each in fields(model)
        if each.default is MISSING and each.default_factory is MISSING
    }

    def read(held: Mapping[str, object]) -> object:
        values = {name: held[name] for name in names if name in held}
        for name, reader in readers.items():
            if name in values:
                values[name] = reader(values[name])
        for name, hint in needed.items():
            if name not in values:
                values[name] = _nothing(hint)
        return model(**values)

    return read


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


def _one_of(kinds: tuple[Any, ...]) -> Reader:
    """The first of several types in which the value is written as it stands."""
    if len(kinds) == 1:
        only = _reader(kinds[0])
        return lambda held: None if held is None else only(held)
    tried = [SIMPLE[kind] for kind in (int, Fraction, Decimal) if kind in kinds]

    def read(held: object) -> object:
        for reader in tried:
            try:
                found = reader(held)
            except (ValueError, TypeError, InvalidOperation, ZeroDivisionError):
                continue
            if plain(found) == held:
                return found
        return held

    return read


def _same(held: object) -> object:
    return held


def _whole(held: object) -> object:
    if isinstance(held, bool) or not isinstance(held, int):
        raise TypeError(f"{held} is no whole number")
    return held


SIMPLE: Mapping[Any, Reader] = {
    date: lambda held: date.fromisoformat(str(held)),
    Fraction: lambda held: Fraction(str(held)),
    Decimal: lambda held: Decimal(str(held)),
    int: _whole,
}
"""Types that a text or a number is read into; any other value stays as it is."""
