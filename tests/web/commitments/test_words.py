"""What is said of promises and funds: units, accounts and codes in words."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import translation

from commonhaven.commitments import Share
from commonhaven.commitments.fund import Account, fund, keeping
from commonhaven.web.accounts.models import Seat
from commonhaven.web.commitments import lines
from commonhaven.web.commitments.templatetags.promises import counted
from commonhaven.web.commitments.words import named
from commonhaven.web.funds.templatetags.books import account_name, entry_name
from commonhaven.web.kit.templatetags.kit import instant, seat_name

AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "of", "said"),
    [
        (1, "people", "<bdi>1</bdi> person"),
        (1200, "people", "<bdi>1,200</bdi> people"),
        (1, "measures", "<bdi>1</bdi> measure"),
        (Fraction("700.5"), "USD", "<bdi>700.50</bdi> <bdi>USD</bdi>"),
        (3, "kits", "<bdi>3</bdi> <bdi>kits</bdi>"),
    ],
)
def test_a_quantity_agrees_with_its_unit(number: Fraction, of: str, said: str) -> None:
    assert counted(number, of) == said


def test_codes_of_the_book_are_not_shown() -> None:
    text = "Of c1.3, GHA does not hold so much of c1; USD stay"
    assert named(text, "Schools") == (
        'Of that delivery, Ghana does not hold so much of "Schools"; USD stay'
    )


def test_accounts_and_entries_are_named() -> None:
    rules = keeping("USD", frozenset({"FRA"}), frozenset({"UNHCR"}))
    with translation.override("en"):
        state = fund(rules, (), AT)
        assert account_name(Account("cash"), state) == "Cash"
        assert account_name(Account("called", "FRA"), state) == "Called, unpaid: France"
        assert entry_name("call of 2026") == "call of 2026"
        assert entry_name("Rooms for the meetings") == "Rooms for the meetings"


def test_lists_are_read_as_each_language_writes_them() -> None:
    assert lines.parties("غانا، غينيا") == ("GHA", "GIN")
    assert lines.parties("加纳、几内亚；UNHCR") == ("GHA", "GIN", "UNHCR")
    assert lines.shares("فرنسا؛ 4000000") == (Share(giver="FRA", quantity=Fraction(4_000_000)),)
    assert lines.parties("Ghana, Guinea; UNHCR\r\nIOM") == ("GHA", "GIN", "UNHCR", "IOM")


@pytest.mark.parametrize(
    ("language", "seat", "at"),
    [
        ("en", "Ghana, Delegate", "1 Nov 2026, 00:00"),
        ("ar", "غانا، مندوب", "1 نوفمبر 2026، 00:00"),
    ],
)
def test_parts_of_a_line_are_set_apart_as_the_language_does(
    language: str, seat: str, at: str
) -> None:
    with translation.override(language):
        acting = Seat(party="GHA", capacity="delegate")
        assert seat_name(acting) == seat
        assert f">{at} <" in instant(AT)
        line = Template("{{ a }}{% comma %}{{ b }}{% semicolon %}{{ b }}")
        told = line.render(Context({"a": 1, "b": 2}))
    assert told == ("1, 2; 2" if language == "en" else "1، 2؛ 2")
