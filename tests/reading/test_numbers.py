from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.reading import Problem, decimal_text, exact, whole


@given(st.fractions())
def test_exact_reads_back_what_decimal_text_wrote(number: Fraction) -> None:
    assert exact(decimal_text(number)) == number


@given(st.integers(), st.integers(0, 300))
def test_exact_reads_back_long_decimals(digits: int, places: int) -> None:
    number = Fraction(digits, 10**places)
    assert exact(decimal_text(number)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_exact_keeps_a_decimal_exactly(number: Decimal) -> None:
    assert exact(number) == Fraction(number)
    assert exact(str(number)) == Fraction(number)


@given(st.fractions(), st.integers(0, 12))
def test_decimal_text_rounds_to_the_nearest(number: Fraction, places: int) -> None:
    shown = decimal_text(number, places)
    assert abs(Fraction(shown) - number) <= Fraction(1, 2 * 10**places)
    assert len(shown.partition(".")[2]) == places


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        (Fraction(1, 8), 2, "0.12"),
        (Fraction(3, 8), 2, "0.38"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(-3, 2), 0, "-2"),
        (Fraction(7), None, "7"),
        (Fraction(-7, 4), None, "-1.75"),
        (Fraction(2, 3), None, "2/3"),
    ],
)
def test_decimal_text_of_known_numbers(number: Fraction, places: int | None, shown: str) -> None:
    assert decimal_text(number, places) == shown


@pytest.mark.parametrize(
    ("given_text", "value"),
    [
        ("0.60", Fraction(3, 5)),
        ("3/5", Fraction(3, 5)),
        (" 3 / 5 ", Fraction(3, 5)),
        ("5 %", Fraction(1, 20)),
        ("5%", Fraction(1, 20)),
        (".5", Fraction(1, 2)),
        ("7.", Fraction(7)),
        ("+2e3", Fraction(2000)),
        ("-1E-2", Fraction(-1, 100)),
    ],
)
def test_exact_reads_every_documented_form(given_text: str, value: Fraction) -> None:
    assert exact(given_text) == value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "1,234",
            (
                'f, row 2: "1,234" is not a number. Write it without thousands separators and '
                "with a "
                "decimal point, such as 1234.5."
            ),
        ),
        (
            "0,5",
            (
                'f, row 2: "0,5" is not a number. Write it without thousands separators and with a '
                "decimal point, such as 1234.5."
            ),
        ),
        ("many", 'f, row 2: "many" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("nan", 'f, row 2: "nan" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("-inf", 'f, row 2: "-inf" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("1_000", 'f, row 2: "1_000" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("0x10", 'f, row 2: "0x10" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("1 234", 'f, row 2: "1 234" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("٣", 'f, row 2: "٣" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("٣/٤", 'f, row 2: "٣/٤" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("٣%", 'f, row 2: "٣%" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("1e1000", 'f, row 2: "1e1000" is not a number. Write digits, such as 1234.5 or 3/5.'),
        ("3/0", 'f, row 2: "3/0" divides by zero. Give another number.'),
        ("  ", "f, row 2: a number is missing. Write the figure."),
        ("9" * 5000, "f, row 2: the number is too long. Is there a digit too many?"),
        (1 << 20_000, "f, row 2: the number is too long. Is there a digit too many?"),
        (Decimal("1e999999999"), "f, row 2: the number is too long. Is there a digit too many?"),
        (Decimal("1e-999999999"), "f, row 2: the number is too long. Is there a digit too many?"),
        (
            Decimal("Infinity"),
            'f, row 2: expected a number, found Infinity. Write it as "0.60" or 12.',
        ),
        (Decimal("NaN"), 'f, row 2: expected a number, found NaN. Write it as "0.60" or 12.'),
        (0.5, 'f, row 2: expected a number, found a binary float. Write it as "0.60" or 12.'),
        (True, 'f, row 2: expected a number, found yes or no. Write it as "0.60" or 12.'),
        (None, 'f, row 2: expected a number, found None. Write it as "0.60" or 12.'),
        ([1], 'f, row 2: expected a number, found a list. Write it as "0.60" or 12.'),
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, int) or value < 9 else "huge",
)
def test_exact_refuses(value: object, message: str) -> None:
    with pytest.raises(Problem) as raised:
        exact(value, "f, row 2")
    assert str(raised.value) == message


def test_whole_takes_whole_numbers_however_they_are_written() -> None:
    assert [whole(text) for text in ("12", "12.0", "1.2e1", "24/2", 12, Decimal(12))] == [12] * 6


def test_whole_refuses_a_part() -> None:
    with pytest.raises(Problem) as raised:
        whole("2.5", "f, row 3, column people")
    said = "f, row 3, column people: 2.5 is not a whole number. Write whole numbers."
    assert str(raised.value) == said


@given(st.text(max_size=30))
def test_exact_gives_a_number_or_a_problem(text: str) -> None:
    problem = None
    try:
        assert isinstance(exact(text), Fraction)
    except Problem as raised:
        problem = raised
    assert problem is None or problem.fix


def test_decimal_text_writes_numbers_of_any_length() -> None:
    top, bottom = 3**12_000, 7**7_000
    text = decimal_text(Fraction(top, bottom))
    assert [len(part) for part in text.split("/")] == [5726, 5916]
    assert [int(part[-9:]) for part in text.split("/")] == [top % 10**9, bottom % 10**9]
    assert decimal_text(Fraction(10**5000)) == "1" + "0" * 5000
