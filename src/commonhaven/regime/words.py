"""Numbers in sentences."""

from decimal import Decimal
from fractions import Fraction


def count(number: int) -> str:
    return f"{number:,}"


def people_word(number: int) -> str:
    if number == 0:
        return "nobody"
    return "1 person" if number == 1 else f"{number:,} people"


def amount(money: Decimal | Fraction, currency: str) -> str:
    """An amount with thousands separators: USD 1,234.50."""
    value = (
        Decimal(money.numerator) / Decimal(money.denominator)
        if isinstance(money, Fraction)
        else money
    )
    text = f"{value:,.2f}"
    return f"{currency} {text.removesuffix('.00')}"
