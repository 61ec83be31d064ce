"""The group's promises as files: what the viewer sees, and they come back as the same book."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.test import Client

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Evidence, Share, book
from commonhaven.exchange import read_book_xlsx, taken, totals
from commonhaven.exchange.files import flows_of
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.flows.promises import held
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience, Seat, Viewer
from commonhaven.web.record.actions import Placing

Seats = Callable[[str], Seat]
BASE = "/groups/west-africa/flows/promises/"


@pytest.fixture
def book_of_the_group(group: Group, seat: Seats, now: datetime) -> Group:
    at = now - timedelta(hours=5)
    for title, audience in (("Schools", Audience.MEMBERS), ("Roads", Audience.PUBLIC)):
        value = Value(
            id="new", title=title, kind="financial", unit="USD", to=("GHA",), places=("GHA",),
            shares=(Share(giver="FRA", quantity=Fraction(900)),), starts=date(2026, 1, 1),
        )  # fmt: skip
        row = promise(
            group=group, value=value, by=seat("france"), at=at, placing=Placing(audience=audience)
        )
        paper = (Evidence(what="agreement"),)
        for n, (kind, amount) in enumerate((("committed", 700), ("delivered", 300)), 1):
            more = {"to": "GHA"} if kind == "delivered" else {}
            step(commitment=row, by=seat("france"), at=at + timedelta(minutes=n), kind=kind,
                 giver="FRA", quantity=Fraction(amount), evidence=paper, **more)  # fmt: skip
    return group


@pytest.mark.parametrize(("form", "end"), [("flows", "csv"), ("fts", "csv"), ("iati", "xml")])
def test_money_comes_back_as_the_same_sums(
    book_of_the_group: Group, signed_in: Callable[[str], Client], tmp_path: Path, now: datetime,
    form: str, end: str,
) -> None:  # fmt: skip
    response = signed_in("ghana").get(f"{BASE}{form}/?reporter=XX-1&seen_by=")
    path = tmp_path / f"promises.{end}"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[arg-type]
    (sums,) = totals(flows_of(str(path), now).flows, by=()).values()
    told = [int(sums.stages[name]) for name in ("announced", "committed", "delivered")]
    assert told == ([400, 800, 600] if form == "fts" else [1800, 1400, 600])
    assert {c.title for c in taken(str(path)).file.commitments} == {"Schools", "Roads"} or (
        form == "flows"
    )


def test_the_workbook_is_the_book_that_the_viewer_sees(
    book_of_the_group: Group, signed_in: Callable[[str], Client],
    viewer: Callable[[str], Viewer], tmp_path: Path, now: datetime,
) -> None:  # fmt: skip
    for who, titles in (("ghana", {"Schools", "Roads"}), ("ngo", {"Roads"}), ("nobody", {"Roads"})):
        path = tmp_path / f"{who}.xlsx"
        path.write_bytes(signed_in(who).get(f"{BASE}xlsx/").content)
        file = read_book_xlsx(path)
        own = held(viewer(who), book_of_the_group)
        assert {one.title for one in file.commitments} == titles
        assert (file.commitments, file.acts) == (own.file.commitments, own.file.acts)
        found = book(file.commitments, file.acts, now, file.setting())
        assert (found.promises, found.refused) == (own.book.promises, ())


def test_forms_and_identifiers_are_asked_for(
    book_of_the_group: Group, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("ghana")
    assert client.get(f"{BASE}iati/").status_code == 422
    assert client.get(f"{BASE}pdf/").status_code == 404
    assert "2 promises that you may see" in client.get(BASE).content.decode()
    assert "1 promise that you may see" in signed_in("ngo").get(BASE).content.decode()
