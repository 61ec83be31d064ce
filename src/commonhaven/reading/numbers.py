"""Exact numbers from text: a Fraction, never a float."""

import re
from decimal import Decimal
from fractions import Fraction

from commonhaven.reading.problem import Problem

PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
RATIO = re.compile(r"([+-]?\d+)\s*/\s*(\d+)", re.ASCII)
PERCENT = re.compile(r"([+-]?(\d+(\.\d*)?|\.\d+))\s*%", re.ASCII)
LONGEST = 3000
"""Characters of the longest number that is read: exact figures are long, endless ones a mistake."""
SHOWN = 60

Number = int | Decimal | Fraction
type_names = {bool: "yes or no", float: "a binary float", list: "a list", dict: "a table"}


def exact(value: object, where: str = "") -> Fraction:
    """The exact value of an int, Decimal, Fraction or text such as "0.60", "3/5", "5 %" or "1e6".

    Raises Problem for anything else: words, thousands separators, decimal commas, infinities.

    >>> exact("0.60")
    Fraction(3, 5)
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(_bounded(value, where))
    if isinstance(value, Decimal) and value.is_finite():
        return _from_decimal(value, where)
    if isinstance(value, str):
        return _from_text(value, where)
    kind = type_names.get(type(value), str(value))
    raise Problem(f"expected a number, found {kind}", where=where, fix='Write it as "0.60" or 12.')


def _bounded(value: int, where: str) -> int:
    if value.bit_length() > 3 * LONGEST:
        raise _too_long(where)
    return value


def _from_decimal(value: Decimal, where: str) -> Fraction:
    _, digits, exponent = value.as_tuple()
    if len(digits) > LONGEST or abs(int(exponent)) > LONGEST:
        raise _too_long(where)
    return Fraction(value)


def _too_long(where: str) -> Problem:
    return Problem("the number is too long", where=where, fix="Is there a digit too many?")


def brief(text: str) -> str:
    """The beginning of a long text, for a message."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def _from_text(text: str, where: str) -> Fraction:
    bare = text.strip()
    if len(bare) <= LONGEST:
        if PLAIN.fullmatch(bare):
            return Fraction(Decimal(bare))
        if ratio := RATIO.fullmatch(bare):
            if int(ratio[2]) == 0:
                raise Problem(f'"{bare}" divides by zero', where=where, fix="Give another number.")
            return Fraction(int(ratio[1]), int(ratio[2]))
        if percent := PERCENT.fullmatch(bare):
            return Fraction(Decimal(percent[1])) / 100
    else:
        raise _too_long(where)
    shown = brief(bare)
    if not bare:
        raise Problem("a number is missing", where=where, fix="Write the figure.")
    if "," in bare:
        fix = "Write it without thousands separators and with a decimal point, such as 1234.5."
    else:
        fix = "Write digits, such as 1234.5 or 3/5."
    raise Problem(f'"{shown}" is not a number', where=where, fix=fix)


def whole(value: object, where: str = "") -> int:
    """A whole number; Problem where there is a fractional part."""
    number = exact(value, where)
    if number.denominator != 1:
        raise Problem(
            f"{brief(decimal_text(number))} is not a whole number",
            where=where,
            fix="Write whole numbers.",
        )
    return number.numerator


def decimal_text(number: Fraction, places: int | None = None) -> str:
    """As a decimal: exact where it ends, else as "a/b"; with ``places``, rounded half to even.

    >>> decimal_text(Fraction(3, 8)), decimal_text(Fraction(1, 3)), decimal_text(Fraction(1, 3), 4)
    ('0.375', '1/3', '0.3333')
    """
    if places is not None:
        scaled = round(number * 10**places)
        sign = "-" if scaled < 0 else ""
        digits = _digits(abs(scaled)).rjust(places + 1, "0")
        return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
    rest = number.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{_digits(number.numerator)}/{_digits(number.denominator)}"
    return decimal_text(number, max(twos, fives))


def _digits(number: int) -> str:
    """The digits of a whole number of any length: str() stops at 4,300, Decimal does not."""
    return str(number) if number.bit_length() < 10_000 else format(Decimal(number), "f")
