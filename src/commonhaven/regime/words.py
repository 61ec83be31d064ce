"""Numbers, sums and states in sentences."""

from decimal import Decimal
from fractions import Fraction

from commonhaven.parties import name as name_of
from commonhaven.saying import Amount, Number, Party, Said, say, several


def count(number: int) -> Number:
    return Number(number, grouped=True)


def people_word(number: int) -> Said:
    if number == 0:
        return say("nobody")
    return several("{number} person", "{number} people", number=count(number))


def amount(money: Decimal | Fraction, currency: str) -> Amount:
    return Amount(money, currency)


def state_word(code: str) -> Party:
    return Party(code, name_of(code))
