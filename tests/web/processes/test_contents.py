"""The pages say what the room knows, with its sources and doubts, and no more."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from commonhaven.parties import name
from commonhaven.processes import (
    bridges,
    compare,
    exchanges,
    gaps,
    overlap,
    process,
    processes,
    roster,
    seats,
    source_of,
    unknown,
)
from commonhaven.processes.fora import forum
from commonhaven.web.processes import facts, queries
from commonhaven.web.processes.words import span, when

DAY = date(2024, 6, 29)
ON = "on=2024-06-29"


def page(path: str, language: str = "en") -> str:
    return Client(headers={"Accept-Language": language}).get(path).text


def part(text: str, start: str, end: str = "<h2") -> str:
    return text.partition(start)[2].partition(end)[0]


@pytest.mark.parametrize("one", ["bali", "prague", "apc"])
def test_every_fact_names_its_source_and_what_is_missing_is_not_known(db: None, one: str) -> None:
    found, text = process(one), page(f"/processes/{one}/?{ON}")
    told = part(text, 'id="facts"')
    fields = [field for field in unknown(found) if field != "themes"]
    assert told.count("not known</td>") == len(fields)
    for source in found.sourced.values():
        assert source_of(found, source).title.replace("'", "&#x27;") in told
    assert told.count(">read in the text<") == sum(
        source_of(found, each).standing == "sourced" for each in found.sourced.values()
    )


def test_members_are_those_of_the_day_with_what_is_to_be_minded(db: None) -> None:
    before, after = (
        part(page(f"/processes/prague/?on={day}"), 'id="members"')
        for day in ("2021-12-31", "2024-06-29")
    )
    assert "/processes/states/RUS/" in part(before, "<dt>Members</dt>", "</dd>")
    assert "/processes/states/RUS/" not in part(after, "<dt>Members</dt>", "</dd>")
    assert "/processes/states/RUS/" in part(after, "<dt>Suspended</dt>", "</dd>")
    held = roster(process("prague"), DAY)
    assert held.warnings
    assert all(each.partition(": ")[2].partition(".")[2].strip() in after for each in held.warnings)


def test_registry_follows_words_and_filters(db: None) -> None:
    skills = page("/processes/?theme=skills&status=active")
    for each in processes().values():
        asked = each.status == "active" and "skills" in {one.theme for one in each.themes}
        assert (f'href="/processes/{each.id}/"' in skills) is asked, each.id
    assert 'href="/processes/bali/"' in page("/processes/?q=trafic%20Australie", "fr")
    assert "No process has all of this" in page("/processes/?q=unheard")


def test_list_that_is_not_whole_is_counted_from_below(db: None) -> None:
    rows = page("/processes/").split("<tr>")
    (row,) = [each for each in rows if 'href="/processes/acp-eu/"' in each]
    assert "≥ <bdi>27</bdi>" in row


def test_two_processes_side_by_side(db: None) -> None:
    text = page(f"/processes/overlap/?a=colombo&b=add&{ON}")
    held = overlap(roster(process("colombo"), DAY), roster(process("add"), DAY))
    both = part(text, "In both", "</dd>")
    assert [f"/processes/states/{code}/" in both for code in held.common] == [True] * 12
    assert "0.63" in text
    assert "They have exchanged before" in text
    only = part(text, "Only in", "</dd>")
    assert "Colombo Process" in only
    assert all(f"/processes/states/{code}/" in only for code in held.only_a)


def test_themes_of_a_pair_stand_at_the_process_that_has_them(db: None) -> None:
    found = queries.pair("bali", "add", DAY)
    own = [{each.theme for each in process(name).themes} for name in ("bali", "add")]
    assert set(found.likeness.only_a) == own[0] - own[1]
    assert set(found.likeness.only_b) == own[1] - own[0]
    assert found.advice is not None
    assert found.likeness.squared == found.advice.held.likeness.squared


def test_suggestions_bring_their_reasons_in_the_language_of_the_page(db: None) -> None:
    text = part(page(f"/processes/bali/?{ON}", "fr"), 'id="suggestions"')
    first = queries.suggested(DAY, "bali")[0]
    assert process(first.other("bali")).name.replace("'", "&#x27;") in text
    assert "Recrutement équitable" in text
    assert "Fair recruitment" not in text


def test_state_is_told_where_it_sits_and_how_far_it_joins(db: None) -> None:
    text = page(f"/processes/states/FRA/?{ON}")
    (held,) = [
        each for each in seats(roster(one, DAY) for one in processes().values())
        if each.state == "FRA"
    ]  # fmt: skip
    told = part(text, "Member of")
    assert [f'href="/processes/{name}/"' in told for name in held.member_of] == [True] * len(
        held.member_of
    )
    assert "As a bridge it is number <bdi>1</bdi>" in text
    assert "member of no process" in page("/processes/states/SMR/")


def test_bridges_are_worked_out_once_for_days_with_the_same_members() -> None:
    found = queries.bridges_on(date(2026, 11, 24))
    assert found is queries.bridges_on(date(2026, 11, 25))
    assert found == bridges(roster(each, date(2026, 11, 25)) for each in processes().values())


def test_gaps_are_the_room_s(db: None) -> None:
    text = page(f"/processes/gaps/?{ON}")
    held = gaps(processes(), {n: roster(each, DAY) for n, each in processes().items()}, DAY)
    empty = [code for each in held.regions for code in each.without]
    assert empty
    regions = part(text, "<h2>By region", "<h2>")
    assert all(name(code, "en") in regions for code in empty)


def test_matrix_shows_what_the_room_compares_with_its_sources() -> None:
    asked = [process("budapest"), process("bali")]
    held = compare(asked, DAY, done=exchanges())
    shown = facts.cells(asked, [each.id for each in held.points], DAY)
    for one, row in zip(asked, shown, strict=True):
        for cell, fact in zip(held.cells[one.id], row, strict=True):
            assert bool(cell.text or cell.source) is bool(fact.lines)
            assert (cell.source, cell.standing) == (fact.source, fact.standing)


def test_matrix_is_exported_as_it_is_shown(db: None) -> None:
    asked = f"?region=asia&points=chairs&points=members&{ON}"
    table = list(csv.reader(io.StringIO(page(f"/processes/compare.csv{asked}"))))
    assert table[0] == ["Process", "Name", "In the chair", "In the chair: Source", "Members",
                        "Members: Source"]  # fmt: skip
    asian = {each.id for each in processes().values() if "asia" in each.regions}
    assert {row[0] for row in table[1:]} == asian
    shown = page(f"/processes/compare/{asked}")
    assert all(row[1] in shown and row[4] in shown for row in table[1:])
    book = load_workbook(io.BytesIO(Client().get(f"/processes/compare.xlsx{asked}").content))
    rows = [[cell or "" for cell in row] for row in book["processes"].iter_rows(values_only=True)]
    assert rows == table


def test_forum_marks_what_is_uncertain_and_shows_programme_and_voices(db: None) -> None:
    hlom = page("/fora/hlom/")
    cycles = forum("hlom").cycles
    assert hlom.count(">uncertain<") == sum(not each.certain for each in cycles)
    assert "The check of the programme finds nothing" in hlom
    assert "Who speaks how long is not known" in hlom
    made_up = page("/fora/example-forum-a/?on=2027-02-01")
    assert "This forum does not exist" in made_up
    assert "<bdi><bdi>60</bdi>%</bdi>" in made_up
    assert part(made_up, "Days left", "</tr></tbody>").count("<bdi>28</bdi>") == 1


def test_next_meetings_are_marked_and_calls_tell_their_deadline(db: None) -> None:
    text = page("/fora/?on=2019-10-16")
    ahead = part(text, 'id="ahead"')
    assert "Special Meeting on Inter-Regional Cooperation" in ahead
    assert ">uncertain<" in ahead
    assert "16 October 2019" in part(text, 'id="calls"')


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("", "", "not known"),
        ("2027", "", "2027"),
        ("2024-01", "2024-01", "January 2024"),
        ("2021-12-14", "2021-12-15", "14 December 2021 to 15 December 2021"),
        ("", "2020", "2020"),
    ],
)
def test_days_are_told_as_far_as_they_are_known(since: str, until: str, told: str) -> None:
    assert span(since, until) == told
    assert when("2022") == "2022"


def test_home_and_navigation_lead_here(db: None) -> None:
    text = page("/")
    assert part(text, "<nav", "</nav>").count('href="/processes/"') == 1
    assert text.count('href="/processes/"') == 2


def test_search_finds_processes_and_fora(db: None) -> None:
    text = page("/search/?q=Budapest&kind=library")
    assert 'href="/processes/budapest/"' in text
    assert 'href="/fora/grf/"' in page("/search/?q=refugee+forum")
