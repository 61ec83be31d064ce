"""Numbers and moments as a reader of a language writes them; digits are Latin in every language.

Babel is imported when the first number is written.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from commonhaven.parties import LANGUAGES
from commonhaven.reading import Problem, decimal_text

Number = int | Decimal | Fraction

AS_SPOKEN: Mapping[str, str] = {"zh": "zh_Hans"}


def checked(language: str) -> str:
    """The language; Problem where we have no names and words in it."""
    if language not in LANGUAGES:
        fix = f"Choose one of: {', '.join(LANGUAGES)}."
        raise Problem(f'there are no pictures in the language "{language[:40]}"', fix=fix)
    return language


def count(number: int, language: str) -> str:
    """A whole number, grouped: 12,345 in English, 12 345 in French."""
    return decimal(number, language, 0)


def decimal(number: Number, language: str, places: int) -> str:
    """Rounded half to even on the exact value, then grouped."""
    return _grouped(decimal_text(Fraction(number), places), language, places)


@lru_cache(maxsize=8192)
def _grouped(text: str, language: str, places: int) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - Babel is slow to import

    digits = f".{'0' * places}" if places else ""
    return format_decimal(
        Decimal(text), format=f"#,##0{digits}", locale=AS_SPOKEN.get(language, language),
    )  # fmt: skip


def signed(number: Number, language: str, places: int) -> str:
    """With its sign in front, also where it is above zero."""
    return (
        f"+{decimal(number, language, places)}" if number > 0 else decimal(number, language, places)
    )


def millions(amount: Decimal | Fraction, language: str) -> str:
    """An amount in millions, finer where it is small: 4,818.5 or 0.03."""
    size = abs(Fraction(amount))
    places = 1 if size >= 10**6 or not size else 2 if size >= 10**4 else 4
    return decimal(Fraction(amount) / 10**6, language, places)


def moment(when: datetime, language: str, zone: str) -> str:
    """Day and time in the zone: 25 Nov 2026, 13:00."""
    from babel.dates import format_datetime  # noqa: PLC0415 - Babel is slow to import

    return format_datetime(
        in_zone(when, zone), "d MMM y HH:mm", locale=AS_SPOKEN.get(language, language),
    )  # fmt: skip


def day(when: datetime, language: str, *, hours: bool = False) -> str:
    """A short day for an axis, or the hour of it; ``when`` is already in its zone."""
    from babel.dates import format_datetime  # noqa: PLC0415 - Babel is slow to import

    form = "d MMM HH:mm" if hours else "d MMM"
    return format_datetime(when, form, locale=AS_SPOKEN.get(language, language))


def full_day(when: date, language: str) -> str:
    """A day with its year: 25 Nov 2026."""
    return _date(when, "d MMM y", language)


def month(when: date, language: str, *, year: bool = False) -> str:
    """A month's short name, or with its year: Nov 2026."""
    return _date(when, "MMM y" if year else "MMM", language)


def _date(when: date, form: str, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - Babel is slow to import

    return format_date(when, form, locale=AS_SPOKEN.get(language, language))


def in_zone(when: datetime, zone: str) -> datetime:
    """The moment in a zone; Problem for a moment without one, or for an unknown zone."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only for clocks

    if when.tzinfo is None:
        fix = "Give every moment with its zone, such as 2026-11-25T12:00:00+00:00."
        raise Problem(f"the moment {when.isoformat()} has no time zone", fix=fix)
    try:
        return when.astimezone(ZoneInfo(zone))
    except (KeyError, ValueError, OSError) as error:
        fix = "Write a name of the time zone database, such as Africa/Accra."
        raise Problem(f'no time zone "{zone[:40]}"', fix=fix) from error
