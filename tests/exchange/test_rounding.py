"""Flows with parts of a cent: refused, or rounded where it is asked for, and said how far."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from exchange_world import MADE
from test_published import UNHCR, as_transaction, rows

from commonhaven.commitments import BookFile, book
from commonhaven.exchange import (
    BadFile,
    Report,
    Rounding,
    Sums,
    Taken,
    Transaction,
    activities,
    as_book,
    book_as_csv,
    by_activity,
    read_book_csv,
    taken,
    totals,
    write_iati,
)
from commonhaven.exchange.files import flows_of, write_folder

HEADER = "activity,kind,date,value,currency,provider,provider_type,receiver\n"
FLOWS = f"""{HEADER}A,outgoing commitment,2026-01-01,10.005,USD,France,government,UNICEF
A,disbursement,2026-01-02,10.004,USD,France,government,UNICEF
A,outgoing commitment,2026-01-03,0.015,USD,Germany,government,UNICEF
B,outgoing commitment,2026-01-04,7.5,JPY,Japan,government,UNICEF
C,outgoing commitment,2026-01-05,1.0005,KWD,Kuwait,government,UNICEF
C,outgoing commitment,2026-01-06,0.0004,KWD,Kuwait,government,UNICEF
"""


def flows(folder: Path, text: str) -> str:
    path = folder / "flows.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_parts_of_a_cent_are_mistakes_where_nobody_asks_to_round(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as bad:
        taken(flows(tmp_path, FLOWS))
    assert [mistake.what for mistake in bad.value.mistakes][:2] == [
        "10.005 USD has parts of the currency's minor unit",
        "10.004 USD has parts of the currency's minor unit",
    ]
    assert "--round" in bad.value.mistakes[0].fix


def test_amounts_are_rounded_to_the_minor_unit_ties_to_even(tmp_path: Path) -> None:
    rounding = Rounding()
    found = taken(flows(tmp_path, FLOWS), rounding=rounding)
    shares = {
        (one.unit, share.giver): share.quantity
        for one in found.file.commitments
        for share in one.shares
    }
    assert shares == {
        ("USD", "FRA"): Fraction(10), ("USD", "DEU"): Fraction(2, 100), ("JPY", "JPN"): Fraction(8),
        ("KWD", "KWT"): Fraction(1),
    }  # fmt: skip
    assert list(rounding.told()) == [
        "Amounts in JPY rounded to the minor unit: 1, each by at most 0.5, 0.5 in all; their "
        "sum is 0.5 more.",
        "Amounts in KWD rounded to the minor unit: 2, each by at most 0.0005, 0.0009 in all; "
        "their sum is 0.0009 less.",
        "Amounts in USD rounded to the minor unit: 3, each by at most 0.005, 0.014 in all; "
        "their sum is 0.004 less.",
    ]
    assert found.left_out == ("1 flows of nought are left out.",)


def test_what_is_whole_already_is_not_changed(tmp_path: Path) -> None:
    plain = FLOWS.splitlines()[0] + "\nA,outgoing commitment,2026-01-01,10.01,USD,France,,UNICEF\n"
    rounding = Rounding()
    assert (
        taken(flows(tmp_path, plain), rounding=rounding).file == taken(flows(tmp_path, plain)).file
    )
    assert list(rounding.told()) == ["No amount had to be rounded."]


def test_what_an_agency_spends_of_what_came_is_no_second_gift(tmp_path: Path) -> None:
    text = f"""{HEADER}A,incoming commitment,2026-01-01,100,USD,France,government,UNHCR
A,disbursement,2026-02-01,60,USD,UNHCR,multilateral,Partner
B,expenditure,2026-03-01,40,USD,UNHCR,multilateral,
C,disbursement,2026-03-01,5,USD,Ghana,government,UNHCR
D,outgoing commitment,2026-03-01,5,USD,Germany,government,Ghana
"""
    found = taken(flows(tmp_path, text))
    given = {(c.id, *c.givers): c.quantity.value for c in found.file.commitments}
    assert given == {("A", "FRA"): 100, ("C", "GHA"): 5, ("D", "DEU"): 5}
    assert found.left_out == (
        "2 flows by which an agency spends what others gave it are left out, since the file does "
        "not say whose.",
        "1 activities in which no money stands are left out.",
    )


def test_who_gives_and_receives_in_one_activity_is_not_named_as_its_receiver(
    tmp_path: Path,
) -> None:
    text = f"""{HEADER.strip()},receiver_type
A,outgoing commitment,2026-01-01,100,USD,France,government,Germany,government
A,outgoing commitment,2026-01-01,50,USD,Germany,government,UNICEF,
A,disbursement,2026-02-01,100,USD,France,government,Germany,government
A,disbursement,2026-02-01,50,USD,Germany,government,UNICEF,
"""
    (one,) = taken(flows(tmp_path, text)).file.commitments
    assert (one.givers, one.to) == (("FRA", "DEU"), ("UNICEF",))


def test_what_the_checks_of_a_book_refuse_is_a_mistake_of_the_file(tmp_path: Path) -> None:
    text = f"""{HEADER.strip()},country
A,outgoing commitment,2026-01-01,100,USD,France,government,UNICEF,QQQ
"""
    with pytest.raises(BadFile) as bad:
        taken(flows(tmp_path, text))
    assert [mistake.what for mistake in bad.value.mistakes] == ['"QQQ" is no code of a state']


@pytest.fixture(scope="module")
def published() -> list[Transaction]:
    found = [as_transaction(row) for row in rows("unhcr_iati_transactions.csv.gz")]
    return sorted(found, key=lambda one: one.activity)


@pytest.fixture(scope="module")
def unhcr(
    published: list[Transaction], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Taken, Rounding]:
    path = tmp_path_factory.mktemp("unhcr") / "unhcr.xml"
    path.write_text("".join(write_iati(by_activity(published, UNHCR), MADE)), encoding="utf-8")
    rounding = Rounding()
    return taken(str(path), rounding=rounding), rounding


def test_unhcrs_publication_becomes_a_book_that_adds_up_to_what_is_published(
    unhcr: tuple[Taken, Rounding], published: list[Transaction], tmp_path: Path
) -> None:
    """Year by year: as the flows are to what was rounded, as published to the dollar a row."""
    found, rounding = unhcr
    assert found.left_out == (
        "107 flows of nought are left out.",
        "4041 flows by which an agency spends what others gave it are left out, since the file "
        "does not say whose.",
        "75 activities in which no money stands are left out.",
    )
    (change,) = rounding.changes.values()
    assert (change.number, change.most) == (18_762, Fraction(5, 1000))
    write_folder(tmp_path / "book", book_as_csv(found.file))
    years = totals(flows_of(str(tmp_path / "book"), MADE).flows, by=("year",))
    exact = totals((one for one in published if one.kind == "incoming commitment"), by=("year",))
    assert set(years) == set(exact)
    for year, sums in years.items():
        apart = Fraction(sums.stages["committed"]) - Fraction(exact[year].stages["committed"])
        assert abs(apart) <= change.apart
    stated: dict[str, list[Decimal]] = {}
    for row in rows("unhcr_contributions_by_donor.csv"):
        stated.setdefault(row["year"], []).append(Decimal(row["value_usd"]))
    for year, parts in stated.items():
        apart = Fraction(years[year, "USD"].stages["committed"]) - Fraction(sum(parts))
        assert abs(apart) <= Fraction(len(parts), 2) + change.apart


def test_unhcrs_book_goes_out_and_comes_back_the_same(
    unhcr: tuple[Taken, Rounding], tmp_path: Path
) -> None:
    file = unhcr[0].file
    write_folder(tmp_path / "book", book_as_csv(file))
    assert read_book_csv(tmp_path / "book") == file
    assert not _refused(file)


def test_unhcrs_book_goes_out_as_iati_and_comes_back_to_the_same_sums(
    unhcr: tuple[Taken, Rounding], tmp_path: Path
) -> None:
    """Per year, donor and stage: in the file itself, and in the book that is made of it again."""
    file, path = unhcr[0].file, tmp_path / "book.xml"
    found = book(file.commitments, file.acts, MADE, file.setting())
    path.write_text(
        "".join(write_iati(activities(found, file.acts, UNHCR), MADE)), encoding="utf-8"
    )
    before = _by_year_and_donor(file)
    assert len(before) > 500
    assert totals(flows_of(str(path), MADE).flows) == before
    again = taken(str(path))
    assert again.left_out == ()
    assert _by_year_and_donor(again.file) == before


def _by_year_and_donor(file: BookFile) -> dict[tuple[str, ...], Sums]:
    found = book(file.commitments, file.acts, MADE, file.setting())
    assert not found.refused
    each = activities(found, file.acts, UNHCR)
    return totals(one for _, transactions in each for one in transactions)


def _refused(file: BookFile) -> tuple[object, ...]:
    return book(file.commitments, file.acts, MADE, file.setting()).refused


def test_an_amount_in_a_currency_of_the_past_is_a_mistake() -> None:
    report = Report(where="flows")
    one = as_transaction_of("DEM")
    with pytest.raises(BadFile, match="DEM"):
        as_book([one], {}, report, Rounding())


def as_transaction_of(currency: str) -> Transaction:
    return Transaction(
        activity="A", kind="disbursement", on=MADE.date(), value=Decimal("1.5"), currency=currency
    )
