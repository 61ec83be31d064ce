"""A book of promises out as IATI and back: the same amounts at every stage, nothing twice."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from commitments_world import MONEY, PLACES, SETTING, START, Story, draw, sent
from exchange_world import MADE, REPORTER
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from test_properties import acts as random_acts

from commonhaven.commitments import Act, Book, BookFile, book, read_book, shipped
from commonhaven.exchange.activity import Activity
from commonhaven.exchange.from_book import activities, lost
from commonhaven.exchange.iati_read import read_iati
from commonhaven.exchange.iati_write import write_iati
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.to_book import Taken, as_book
from commonhaven.exchange.totals import totals

Amounts = dict[tuple[str, str], tuple[Fraction, ...]]
LATE = datetime(2100, 1, 1, tzinfo=UTC)


def amounts(found: Book) -> Amounts:
    """Commitment and giver → what it promised, announced, committed, delivered, received."""
    return {
        (one.commitment, one.giver): tuple(
            getattr(one, name).value
            for name in ("promised", "announced", "committed", "delivered", "received")
        )
        for one in found.promises
        if one.promised.money
    }


def held(found: Book) -> dict[tuple[str, str], Fraction]:
    """Commitment and party → what is in its hands."""
    hands: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for one in found.transfers:
        if one.held.money:
            hands[one.commitment, one.receiver] += one.held.value
    return {hand: value for hand, value in hands.items() if value}


def there_and_back(found: Book, acts: list[Act], folder: Path, seen_by: str = "") -> Taken:
    path = folder / "book.xml"
    text = "".join(write_iati(activities(found, acts, REPORTER, seen_by), MADE))
    path.write_text(text, encoding="utf-8")
    heads: dict[str, Activity] = {}

    def keep(head: Activity) -> None:
        heads[head.id] = head

    return as_book(list(read_iati(path, heads=keep)), heads, Report(where="book.xml"))


def reread(taken: Taken) -> Book:
    return book(taken.file.commitments, taken.file.acts, LATE, taken.file.setting())


@settings(deadline=None)
@given(done=random_acts())
def test_whatever_was_done_the_file_gives_the_same_amounts(
    done: list[Act], tmp_path_factory: pytest.TempPathFactory
) -> None:
    at = max((act.at for act in done), default=START) + timedelta(days=40)
    found = book((MONEY, PLACES), done, at, SETTING)
    taken = there_and_back(found, done, tmp_path_factory.getbasetemp())
    again = reread(taken)
    assert again.refused == ()
    assert amounts(again) == amounts(found)
    assert held(again) == held(found)


def with_money() -> list[str]:
    """The books that ship and promise money: what these files can hold."""
    books = {name: read_book(name) for name in shipped()}
    return [
        name
        for name, file in books.items()
        if any(each.kind == "financial" for each in file.commitments)
    ]


def test_a_book_that_ships_promises_money() -> None:
    assert with_money()


@pytest.mark.parametrize("name", with_money())
@pytest.mark.parametrize("seen_by", ["", "UNICEF"])
def test_the_books_that_ship_go_out_and_come_back(name: str, seen_by: str, tmp_path: Path) -> None:
    file: BookFile = read_book(name)
    found = book(file.commitments, file.acts, LATE, file.setting())
    assert amounts(found)
    taken = there_and_back(found, list(file.acts), tmp_path, seen_by)
    assert amounts(reread(taken)) == amounts(found)


def story() -> Story:
    told = Story()
    first = sent(told, 600, to="UNICEF")
    told.then("received", by="UNICEF", of=first, quantity=500)
    hop = told.then("passed on", by="UNICEF", to="GHA", quantity=300, draws=draw(first, 300))
    told.then("received", by="GHA", of=hop, quantity=200)
    told.then("verified", by="UNHCR", of=hop, quantity=100)
    told.then("verified", by="UNHCR", of=first, quantity=200)
    told.then("announced", by="DEU", giver="DEU", quantity=400)
    return told


def test_what_moves_on_counts_once(tmp_path: Path) -> None:
    told = story()
    path = tmp_path / "book.xml"
    text = "".join(write_iati(activities(told.book(), told.acts, REPORTER), MADE))
    path.write_text(text, encoding="utf-8")
    (key, sums), *others = totals(read_iati(path), by=()).items()
    assert (key, others) == (("USD",), [])
    assert {stage: int(value) for stage, value in sums.stages.items()} == {
        "announced": 1000, "committed": 600, "delivered": 600, "received": 500, "other": 0,
    }  # fmt: skip
    assert int(sums.given) == 600
    assert int(sums.passed_on) == 300 + 200


@settings(deadline=None)
@given(
    there=st.lists(st.integers(0, 200), min_size=6, max_size=6),
    turns=st.lists(st.sampled_from(("UNICEF", "GHA", "IOM")), min_size=3, max_size=3),
)
def test_whatever_moves_on_the_same_hands_hold_the_same(
    there: list[int], turns: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = Story()
    first = sent(told, 600, to="UNICEF")
    told.then("received", by="UNICEF", of=first, quantity=500)
    last, by = first, "UNICEF"
    for to, passed, received in zip(turns, there[::2], there[1::2], strict=True):
        hop = told.then("passed on", by=by, to=to, quantity=passed, draws=draw(last, passed))
        told.then("received", by=to, of=hop, quantity=received)
        last, by = hop, to
    found = told.book()
    taken = there_and_back(found, told.acts, tmp_path_factory.getbasetemp())
    assert (held(reread(taken)), taken.left_out) == (held(found), ())


def test_the_chain_is_in_the_file_for_other_readers(schema: etree.XMLSchema) -> None:
    told = story()
    text = "".join(write_iati(activities(told.book(), told.acts, REPORTER), MADE))
    tree = etree.parse(BytesIO(text.encode()))
    schema.assertValid(tree)
    first, onward = tree.getroot().findall("iati-activity")
    name = first.findtext("iati-identifier")
    assert name == "XX-EXAMPLE-1-money"
    assert [one.get("ref") for one in onward.findall("related-activity")] == [name]
    passed, arrived = onward.findall("transaction")
    assert passed.find("provider-org").get("provider-activity-id") == name
    assert arrived.find("provider-org").get("provider-activity-id") == f"{name}-onward"
    givers = [one for one in first.findall("participating-org") if one.get("role") == "1"]
    assert [one.get("{urn:commonhaven:iati}share") for one in givers] == ["600", "401"]


def test_what_is_spent_at_home_is_told_by_its_aid_type(tmp_path: Path) -> None:
    home = replace(MONEY, spent="giving country")
    told = Story(home)
    sent(told, 600)
    taken = there_and_back(told.book(), told.acts, tmp_path)
    assert [one.spent for one in taken.file.commitments] == ["giving country"]
    text = (tmp_path / "book.xml").read_text(encoding="utf-8")
    assert '<sector vocabulary="1" code="93010"/>' in text
    assert '<aid-type code="H02" vocabulary="1"/>' in text


def test_what_the_file_cannot_hold_is_said() -> None:
    assert lost(story().book()) == (
        "Not told in the file: 1 of places, goods, expertise, policy or law, which is no money.",
        "Not told in the file: 1 verified: the file says received.",
    )


def test_who_receives_reports_what_comes_in(tmp_path: Path) -> None:
    told = Story()
    sent(told, 600)
    taken = there_and_back(told.book(), told.acts, tmp_path, seen_by="UNICEF")
    kinds = [one.kind for one in read_iati(tmp_path / "book.xml")]
    assert kinds == ["incoming pledge", "incoming commitment", "disbursement"]
    assert amounts(reread(taken)) == amounts(told.book())
