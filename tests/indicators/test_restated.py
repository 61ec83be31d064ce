from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commonhaven.indicators import (
    Basis,
    Changed,
    Restatement,
    from_figures,
    from_folder,
    restated,
    scope,
    shipped,
)
from commonhaven.indicators.donors import Gift
from commonhaven.indicators.restated import by_figure
from commonhaven.parties.figures import Figures, open_store
from commonhaven.parties.figures.pull import pull_folder
from commonhaven.reading import build, dump

Made = Callable[..., Basis]
WORLD = scope("world")
OLD = {
    "UGA": {"refugee_returns": 10, "refugees_under_mandate": 600, "other_protection_hosted": 0},
    "KEN": {"refugee_returns": 20, "refugees_under_mandate": 400},
}
TIDY = "state,indicator,period,value,unit,source,retrieved\n"


def test_nothing_changes_between_a_vintage_and_itself(made: Made) -> None:
    found = restated(made(OLD), made(OLD), WORLD)
    assert (found.revised, found.new, found.withdrawn, found.followed) == ((), (), (), ())


def test_a_revision_is_told_with_what_follows_and_nothing_else(made: Made) -> None:
    new = {**OLD, "KEN": {**OLD["KEN"], "refugee_returns": 25}}
    found = restated(made(OLD), made(new), WORLD, [2020])
    (change,) = found.revised
    assert (change.figure, change.of, change.year) == ("refugee_returns", "KEN", 2020)
    assert (change.before, change.after, change.by, change.relative) == (20, 25, 5, Fraction(1, 4))
    assert (found.new, found.withdrawn) == ((), ())
    (follows,) = found.followed
    assert (follows.measure, follows.indicator) == ("returns", "4.2.1")
    assert (follows.before, follows.after, follows.figures) == (30, 35, ("refugee_returns",))


def test_what_is_new_and_what_is_withdrawn_is_no_revision(made: Made) -> None:
    new = {"UGA": OLD["UGA"], "TZA": {"refugee_returns": 4}}
    found = restated(made(OLD), made(new), WORLD, [2020])
    assert found.revised == ()
    assert [(one.figure, one.of) for one in found.new] == [("refugee_returns", "TZA")]
    assert [(one.figure, one.of) for one in found.withdrawn] == [
        ("refugee_returns", "KEN"),
        ("refugees_under_mandate", "KEN"),
    ]
    assert all(one.by is None for one in (*found.new, *found.withdrawn))
    measures = {one.measure: (one.before, one.after) for one in found.followed}
    assert measures["returns"] == (30, 14)
    assert measures["hosted"] == (1000, 600)
    assert build(Restatement, dump(found), "again") == found


def test_a_change_of_one_year_touches_the_rates_of_the_next(made: Made) -> None:
    old = made({"SSD": {"refugees_originating": 1000}}, 2019)
    new = made({"SSD": {"refugees_originating": 1250}}, 2019)
    flows = made({"SSD": {"refugee_returns": 50, "resettlement_of_origin": 5}}, 2020)
    both = [joined(stock, flows) for stock in (old, new)]
    followed = {(o.measure, o.year): o.after for o in restated(*both, WORLD).followed}
    assert followed == {
        ("fled", 2019): 1250, ("return-rate", 2020): 40, ("resettlement-rate", 2020): 4,
    }  # fmt: skip


def joined(first: Basis, second: Basis) -> Basis:
    figures = [
        figure
        for basis in (first, second)
        for about in basis.figures.indicators()
        for state in basis.figures.states(about.id)
        for figure in basis.figures.series(state, about.id).values()
    ]
    return from_figures(Figures.of(figures))


def test_gifts_are_compared_donor_by_donor() -> None:
    held = shipped()
    more = Gift(year=2022, donor="A new fund", kind="private sector", state="", usd=Fraction(7))
    later = replace(held, donors=replace(held.donors, gifts=(*held.donors.gifts, more)))
    found = restated(held, later, WORLD, [2022])
    assert found.new == (Changed(figure="donors", of="A new fund", year=2022, after=Fraction(7)),)
    assert {one.measure for one in found.followed} == {
        "unhcr-contributions", "unhcr-donors", "top-ten-donors-share",
    }  # fmt: skip


def test_two_folders_and_two_editions_of_a_store_are_vintages(tmp_path: Path) -> None:
    rows = ["UGA,refugee_returns,2024,{},persons,UNHCR,2026-01-0{}\n"]
    folders = []
    for number, value in enumerate((100, 130), 1):
        folder = tmp_path / f"v{number}"
        folder.mkdir()
        (folder / "own.csv").write_text(TIDY + rows[0].format(value, number), encoding="utf-8")
        folders.append(folder)
        pull_folder(folder, on=date(2026, 1, number), store=tmp_path / "store")
    on = date(2026, 11, 1)
    found = restated(*(from_folder(folder, on=on) for folder in folders), scope("UGA"))
    assert [(one.before, one.after) for one in found.revised] == [(100, 130)]
    names = ("0001-own-files-2026-01-01", "0002-own-files-2026-01-02")
    stores = (from_figures(open_store(tmp_path / "store", edition=n), n) for n in names)
    again = restated(*stores, scope("UGA"))
    assert again.revised == found.revised
    assert again.followed == found.followed
    assert again.before == names[0]


values = st.dictionaries(st.sampled_from(["UGA", "KEN", "TCD", "SDN"]), st.integers(0, 1000))


@given(values, values)
def test_the_changes_of_the_values_sum_to_the_change_of_the_measure(
    made: Made, old: dict[str, int], new: dict[str, int]
) -> None:
    tables = [
        {**{s: {"refugee_returns": n} for s, n in side.items()}, "ETH": {"refugee_returns": 1}}
        for side in (old, new)
    ]
    found = restated(made(tables[0]), made(tables[1]), WORLD, [2020])
    changes = (*found.revised, *found.new, *found.withdrawn)
    by = sum((one.after or 0) - (one.before or 0) for one in changes)
    followed = sum((one.after or 0) - (one.before or 0) for one in found.followed)
    assert by == followed == sum(new.values()) - sum(old.values())
    assert sum(by_figure(changes).values()) == len(changes)
    back = restated(made(tables[1]), made(tables[0]), WORLD, [2020])
    assert {(one.of, one.before, one.after) for one in back.revised} == {
        (one.of, one.after, one.before) for one in found.revised
    }
    assert len(back.new) == len(found.withdrawn)
