"""What fell due within a year, and what of it came."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from commonhaven.commitments import Act, Commitment, Evidence, Instalment, Share, book, fell_due

NOW = datetime(2027, 2, 1, tzinfo=UTC)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
PAPER = (Evidence(what="agreement"),)


def promise(**more: Any) -> Commitment:
    fields: dict[str, Any] = {
        "id": "c1", "title": "Classrooms", "kind": "financial", "unit": "USD", "to": ("GHA",),
        "shares": (Share(giver="FRA", quantity=Fraction(300)),),
        "instalments": tuple(
            Instalment(id=f"{year}", due=date(year, 6, 30), quantity=Fraction(100))
            for year in (2025, 2026, 2027)
        ),
    }  # fmt: skip
    return Commitment(**{**fields, **more})


def act(number: int, kind: str, by: str, quantity: int, **more: Any) -> Act:
    return Act(
        id=f"a{number}", kind=kind, commitment="c1", at=datetime(2025, 1, number, tzinfo=UTC),  # type: ignore[arg-type]
        by=by, quantity=Fraction(quantity), **more,
    )  # fmt: skip


def sums(received: int, *later: Act, **more: Any) -> list[tuple[str, int, int]]:
    given: dict[str, Any] = {"giver": "FRA", "evidence": PAPER}
    acts = [act(1, "announced", "FRA", 300, giver="FRA")]
    if received:
        acts += [
            act(2, "committed", "FRA", 300, **given),
            act(3, "delivered", "FRA", received, to="GHA", **given),
            act(4, "received", "GHA", received, of="a3"),
        ]
    found = book([promise(**more)], [*acts, *later], NOW)
    assert found.refused == ()
    return [
        (one.giver, int(one.due.amount), int(one.received.amount))
        for one in fell_due(found, FIRST, LAST)
    ]


def test_what_came_meets_the_earliest_instalment_first() -> None:
    assert sums(0) == [("FRA", 100, 0)]
    assert sums(100) == [("FRA", 100, 0)]
    assert sums(150) == [("FRA", 100, 50)]
    assert sums(300) == [("FRA", 100, 100)]


def test_the_day_itself_is_within_the_year() -> None:
    due = {"instalments": (), "ends": LAST}
    assert sums(120, **due) == [("FRA", 300, 120)]
    assert sums(120, instalments=(), ends=date(2027, 1, 1)) == []


def test_what_a_giver_withdrew_stays_due_and_what_the_group_released_does_not() -> None:
    gone = {"giver": "FRA", "says": "elections", "evidence": PAPER}
    assert sums(0, act(5, "withdrawn", "FRA", 200, **gone)) == [("FRA", 100, 0)]
    released = act(5, "withdrawn", "FRA", 200, decision="D/1", **gone)
    assert sums(0, released) == []


def test_only_money_for_where_refugees_are_counts() -> None:
    assert sums(0, spent="giving country") == []
    assert sums(0, kind="resettlement places", unit="people") == []


def test_what_was_never_announced_is_no_pledge() -> None:
    assert fell_due(book([promise()], [], NOW), FIRST, LAST) == ()
