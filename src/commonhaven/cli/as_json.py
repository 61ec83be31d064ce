"""Values of the rooms as JSON: every field, also those that hold nothing; exact numbers as text."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def with_more(value: object, **more: object) -> dict[str, object]:
    """The fields of a value, and what follows from them."""
    told = plain(value)
    return {**told, **more} if isinstance(told, dict) else more


def plain(value: object) -> object:
    """Plain values for JSON; instants in UTC as text."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | Fraction | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value
