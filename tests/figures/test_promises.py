"""Pictures of promises and funds: what they say, nothing lost, and how to get them again."""

import itertools
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.figures.test_render import check, texts
from tests.figures.test_reproduce import command, follow

from commonhaven.commitments import Book, Due, book, quantity, read_book, together
from commonhaven.commitments.fund import fund, levels
from commonhaven.commitments.fund.file import read_fund
from commonhaven.figures import (
    From,
    FundCash,
    Picture,
    Stair,
    direction,
    disclaimer,
    dues_calendar,
    fund_cash,
    fund_level,
    gift_units,
    gifts,
    gifts_flow,
    staircase_bars,
    svg,
)
from commonhaven.figures.dues import place
from commonhaven.figures.ticks import even_numbers
from commonhaven.parties import LANGUAGES, name

ON = date(2026, 9, 30)
LONG = "Council of lead organisations and cities that host, through its joint secretariat"


def at_end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=UTC)


def schools() -> Book:
    file = read_book("school-places")
    return book(file.commitments, file.acts, at_end_of(ON), file.setting())


def stair(state: str, *numbers: int) -> Stair:
    share, pledged, after, delivered, received = (Fraction(number) for number in numbers)
    return Stair(
        state=state, fair_share=share, pledged=pledged, after_deductions=after,
        delivered=delivered, received=received,
    )  # fmt: skip


THREE = (
    stair("CIV", 0, 1_500_000, 1_200_000, 1_200_000, 900_000),
    stair("FRA", 6_000_000, 6_500_000, 6_000_000, 3_000_000, 2_500_000),
    stair("BOL", 2_000_000, 0, 0, 0, 0),
)


def due(giver: str, day: str, missing: object, unit: str = "USD") -> Due:
    when = date.fromisoformat(day)
    return Due(
        commitment="c", instalment="i", giver=giver, due=when, first_due=when,
        quantity=quantity(missing, unit), missing=quantity(missing, unit),
    )  # fmt: skip


DUES = (
    due("FRA", "2026-09-29", 2_500_000), due("FRA", "2026-09-30", 1_000_000),
    due("FRA", "2026-11-30", 400_000), due("FRA", "2026-11-15", 100_000),
    due("CAN", "2027-08-31", 500, "people"), due(LONG, "2027-09-01", 30, "people"),
    due("DEU", "2026-03-31", 0),
)  # fmt: skip


def host_region(on: date = date(2026, 6, 30)) -> tuple[FundCash, datetime]:
    file = read_fund("host-region")
    state = fund(file.rules(), file.what_happened(), at_end_of(on))
    target = file.target()
    assert target is not None
    return fund_cash(state, target.amount), at_end_of(on)


def of_stairs(**more: Any) -> Picture:
    return staircase_bars(THREE, unit="USD", called="example", **more)


def of_gifts(**more: Any) -> Picture:
    return gifts_flow(gifts(schools(), "USD"), unit="USD", called="example", **more)


def of_dues(**more: Any) -> Picture:
    return dues_calendar(DUES, on=ON, called="example", **more)


def of_fund(**more: Any) -> Picture:
    cash, now = host_region()
    return fund_level(cash, now=now, called="example", **more)


Make = Callable[..., Picture]
ALL = (of_stairs, of_gifts, of_dues, of_fund)


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_drawn_clean_and_narrow_and_wide(make: Make, language: str) -> None:
    picture = make(language=language)
    assert (picture.title == make().title) == (language == "en")
    assert json.loads(json.dumps(picture.spec, allow_nan=False)) == picture.spec
    for width, theme in ((240, "light"), (1600, "dark")):
        check(
            svg(picture, width=width, theme=theme, language=language, direction=direction(language))
        )


@pytest.mark.parametrize("make", [of_stairs, of_gifts, of_dues])
def test_the_disclaimer_stands_under_what_names_states(make: Make) -> None:
    assert make(language="ru").note.endswith(disclaimer("ru"))


def test_stairs_are_the_numbers_the_largest_first_all_together_on_top() -> None:
    picture = of_stairs()
    assert picture.rows == (
        ("All together", "8,000,000", "8,000,000", "7,200,000", "4,200,000", "3,400,000"),
        ("France", "6,000,000", "6,500,000", "6,000,000", "3,000,000", "2,500,000"),
        (name("BOL"), "2,000,000", "0", "0", "0", "0"),
        (name("CIV"), "0", "1,500,000", "1,200,000", "1,200,000", "900,000"),
    )
    assert picture.alternative == (
        "Bars of what each of 3 parties owes and gave, in million USD. All together: fair share "
        "8.0, pledged 8.0, after deductions 7.2, delivered 4.2, received 3.4. Most was delivered "
        "by: France 3.0, Côte d'Ivoire 1.2."
    )


def test_bars_of_parties_share_an_axis_and_all_together_has_its_own() -> None:
    whole, france, bolivia, _ = of_stairs().spec["data"]["values"]
    assert whole["pledged"] == 1
    assert france["fair_share"] == pytest.approx(3 * bolivia["fair_share"], abs=1e-4)
    assert france["pledged"] <= 1


def test_a_staircase_of_the_book_is_drawn_as_it_stands() -> None:
    file = read_book("eu-pool-2026")
    assert file.pool is not None
    found = book(file.commitments, file.acts, at_end_of(ON), file.setting())
    stairs = together(file.pool.pool(), found, ON)
    picture = staircase_bars(stairs, unit="people", called="pool")
    assert len(picture.rows) == len(stairs) + 1
    for one in stairs:
        label = name(one.state) if len(one.state) == 3 else one.state
        (row,) = [row for row in picture.rows if row[0] == label]
        assert row[1] == f"{int(one.fair_share):,}"
    rows = [one["y"] for one in picture.spec["data"]["values"]]
    assert min(b - a for a, b in itertools.pairwise(rows)) >= 20
    shown = texts(svg(picture, width=360))
    assert {"Germany", "Malta"} <= set(shown)


def test_a_long_name_is_cut_with_a_sign_and_whole_in_the_table() -> None:
    picture = staircase_bars((stair(LONG, 5, 5, 5, 1, 0),), unit="people", called="example")
    (row,) = [one for one in picture.spec["data"]["values"] if one["state"]]
    assert len(row["label"]) == 2
    assert row["label"][-1].endswith("…")
    assert picture.rows[1][0] == LONG


def test_gifts_follow_every_hand_and_lose_nothing() -> None:
    found = gifts(schools(), "USD")
    sent = schools().promises
    given = sum(amount for hand, *_, amount in found if hand == 0)
    assert given == sum(one.delivered.value for one in sent if one.promised.unit == "USD") > 0
    kept = sum(amount for _, _, hand, _, amount in found if hand == -1)
    assert kept == given
    for party in {party for hand, party, *_ in found if hand == 1}:
        into = sum(amount for *_, hand, end, amount in found if (hand, end) == (1, party))
        out = sum(amount for hand, start, *_, amount in found if (hand, start) == (1, party))
        assert into == out > 0


def test_gifts_pass_through_who_passes_on_and_what_is_on_its_way_stands_apart() -> None:
    picture = of_gifts()
    assert picture.rows == (
        ("France", "UNICEF", "3,000,000"),
        ("UNICEF", "Ghana", "2,000,000"),
        ("UNICEF", "UNICEF", "500,000"),
        ("UNICEF", "On its way", "500,000"),
    )
    nodes = picture.spec["data"][1]["values"]
    assert [(one["label"], one["at"]) for one in nodes] == [
        ("France 3.0", 0), ("UNICEF 3.0", 0.5), ("Ghana 2.0", 1), ("UNICEF 0.50", 1),
        ("On its way 0.50", 1),
    ]  # fmt: skip
    assert [one["label"] for one in nodes if one["open"]] == ["On its way 0.50"]


def test_units_of_what_was_sent() -> None:
    assert gift_units(schools())[0] == "USD"
    assert gifts(schools(), "EUR") == ()


def test_a_day_is_overdue_once_it_has_passed() -> None:
    assert [place(date.fromisoformat(day), ON) for day in (
        "2026-09-29", "2026-09-30", "2026-10-01", "2027-08-31", "2027-09-01", "2030-01-01",
    )] == [-1, 0, 1, 11, 12, 12]  # fmt: skip


def test_dues_add_up_by_month_giver_and_unit() -> None:
    picture = of_dues()
    assert picture.rows == (
        ("Overdue", "France", "2,500,000", "USD"),
        ("Sep 2026", "France", "1,000,000", "USD"),
        ("Nov 2026", "France", "500,000", "USD"),
        ("Aug 2027", "Canada", "500", "people"),
        ("Later", LONG, "30", "people"),
    )
    assert picture.alternative == (
        "Calendar of what is missing of promises, by giver, at 30 Sept 2026. Overdue: 2.5 million "
        "USD. Due within twelve months: 1.5 million USD, 500 people. Next due: France (30 Sept "
        "2026). Not in the drawing, since it is due later: 30 people."
    ).replace("Sept", "Sep")
    cells = [
        one for layer in picture.spec["layer"] for one in layer.get("data", {}).get("values", ())
        if "side" in one and "mark" in layer and layer["mark"]["type"] == "point"
    ]  # fmt: skip
    assert [(one["row"], one["column"], one["side"]) for one in cells] == [
        (0, -1, 1), (0, 0, 0.6325), (0, 2, 0.4472), (1, 11, 1),
    ]  # fmt: skip


def test_a_fund_s_steps_are_its_cash_day_by_day() -> None:
    cash, _ = host_region()
    picture = of_fund()
    steps = picture.spec["data"]["values"]
    last = {one.at.date(): one.cash.amount for one in cash.levels}
    assert len(steps) == len(last) > 2
    assert [row[2] for row in picture.rows if row[1] == "Cash"] == [
        f"{amount:,.0f}" for amount in last.values()
    ]
    assert all(one["from"] <= one["to"] for one in steps)
    assert [one["before"] for one in steps] == [0, *(one["up"] for one in steps[:-1])]
    assert steps[-1]["to"] == 1


def test_what_was_called_released_and_paid_out_is_marked_once() -> None:
    cash, _ = host_region()
    told = [(one.kind, int(one.amount.amount)) for one in cash.moves]
    assert told == [("called", 11_755_000), ("released", 1_400_000), ("paid-out", 1_600_000)]
    shown = texts(svg(of_fund(), width=720))
    assert "Target 12.5" in shown
    assert {"Contributions called", "Released at once", "Paid out"} <= set(shown)


def test_a_fund_without_a_target_has_no_line() -> None:
    cash, now = host_region()
    bare = FundCash(currency="USD", levels=cash.levels, moves=(), target=None)
    picture = fund_level(bare, now=now, called="example")
    assert not [text for text in texts(svg(picture)) if "Target" in text]
    assert "Target: none" in picture.alternative


def test_nothing_to_show_is_a_sentence() -> None:
    none = FundCash(currency="USD", levels=(), moves=(), target=None)
    for picture in (
        staircase_bars((), unit="USD", called="x"), gifts_flow((), unit="USD", called="x"),
        dues_calendar((), on=ON, called="x"), fund_level(none, now=at_end_of(ON), called="x"),
    ):  # fmt: skip
        assert picture.rows == ()
        assert " ".join(picture.spec["data"]["values"][0]["text"]) == picture.alternative
        assert "nothing to show" in picture.alternative
        check(svg(picture, width=240))


def test_parties_with_nothing_at_all_are_still_shown() -> None:
    picture = staircase_bars((stair("FRA", 0, 0, 0, 0, 0),), unit="people", called="example")
    assert picture.rows[1] == ("France", "0", "0", "0", "0", "0")
    check(svg(picture, width=360))


@pytest.mark.parametrize("most", [0, 1, 3, 28, 999, 4555, 12_500_000, Fraction(1, 3)])
def test_an_axis_has_a_few_even_marks_and_reaches_the_most(most: Fraction) -> None:
    marks = even_numbers(Fraction(most))
    assert marks[0] == 0
    assert marks[-1] >= most
    assert len({b - a for a, b in itertools.pairwise(marks)}) <= 1
    assert len(marks) <= 6


@pytest.mark.parametrize("make", ALL)
def test_the_program_of_what_has_no_file_draws_it_again(make: Make, tmp_path: Path) -> None:
    picture = make(language="es")
    ((how, program),) = picture.reproduce
    assert how == "Python"
    follow(["-c", program], tmp_path)
    drawn = (tmp_path / f"{picture.id}.svg").read_text(encoding="utf-8")
    assert drawn == svg(picture)


def from_files() -> tuple[Picture, ...]:
    """Each picture of a file that ships."""
    file = read_book("eu-pool-2026")
    assert file.pool is not None
    found = book(file.commitments, file.acts, at_end_of(ON), file.setting())
    stairs = together(file.pool.pool(), found, ON)
    pool, own = From(name="eu-pool-2026", on=ON), From(name="school-places", on=ON)
    title = read_book("school-places").title
    cash, now = host_region()
    books = From(name="host-region", on=now.date())
    return (
        staircase_bars(stairs, unit=file.pool.unit, called=file.title, source=pool),
        gifts_flow(gifts(schools(), "USD"), unit="USD", called=title, source=own),
        dues_calendar(schools().dues, on=ON, called=title, source=own),
        fund_level(cash, now=now, called=read_fund("host-region").title, source=books),
    )


@pytest.mark.parametrize("number", range(4))
def test_command_lines_and_program_of_a_file_give_the_picture(number: int, tmp_path: Path) -> None:
    picture = from_files()[number]
    (_, numbers), (_, drawn), (how, program) = picture.reproduce
    assert json.loads(follow(command(numbers), tmp_path))
    follow(command(drawn), tmp_path)
    file = tmp_path / f"{picture.id}.svg"
    assert file.read_text(encoding="utf-8").rstrip("\n") == svg(picture, caption=True)
    file.unlink()
    assert how == "Python"
    follow(["-c", program], tmp_path)
    assert file.read_text(encoding="utf-8") == svg(picture)


def test_levels_of_a_day_are_told_once_in_the_zone_of_the_fund() -> None:
    cash, now = host_region()
    assert len(levels(fund(read_fund("host-region").rules(), (), now))) == 0
    first = cash.levels[0]
    late = FundCash(
        currency="USD", levels=(first, *cash.levels), moves=(), target=None,
    )  # fmt: skip
    rows = fund_level(late, now=now, called="x", zone="Asia/Dhaka").rows
    assert rows == fund_level(cash, now=now, called="x", zone="Asia/Dhaka").rows[1:2] + rows[1:]
