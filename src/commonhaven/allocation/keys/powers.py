"""Powers with broken exponents, the same to the last digit on every machine."""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

DIGITS = 40
GUARD = 60
ROOTS = {1: 0, 2: 1, 4: 2, 8: 3}
"""Denominator of the exponent → how many square roots to take."""

_work = Context(prec=GUARD, rounding=ROUND_HALF_EVEN)
_final = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """``base`` (0 or more) to the ``exponent``: exact for a whole one, else to 40 digits.

    A root has no end as a decimal; 40 significant digits, rounded to even, are the declared
    precision. Roots that end earlier are exact.

    >>> power(Fraction(400), Fraction(3, 2))
    Fraction(8000, 1)
    """
    if exponent.denominator == 1:
        return base**exponent.numerator
    if base == 0:
        return Fraction(0)
    if exponent.denominator not in ROOTS:
        return Fraction(_final.plus(_work.power(_decimal(base), _decimal(exponent))))
    raised = _decimal(base**exponent.numerator)
    for _ in range(ROOTS[exponent.denominator]):
        raised = _work.sqrt(raised)
    return Fraction(_final.plus(raised))


def rounded(number: Fraction) -> Fraction:
    """The number to 40 significant digits."""
    return Fraction(_final.plus(_decimal(number)))


def _decimal(number: Fraction) -> Decimal:
    return _work.divide(Decimal(number.numerator), Decimal(number.denominator))
