"""Any one change in an export is found, open or sealed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.reading import Problem
from commonhaven.record import (
    GENESIS,
    Content,
    Entry,
    Fault,
    Finding,
    Line,
    Sealed,
    chain,
    check,
    export_text,
    for_reader,
    walk,
)

AT = "2026-02-01T00:00:00.000000Z"


def export(lines: tuple[Line, ...], audience: str = "public") -> str:
    return export_text(lines, group="example-west-africa", exported=AT, audience=audience)


def public(content: Content) -> bool:
    return content.audience == "public"


def stands(text: str) -> bool:
    try:
        return check(text).stands
    except Problem:
        return False


texts = st.text(st.characters(codec="utf-8"), max_size=6)
bodies = st.dictionaries(
    texts, st.none() | st.booleans() | st.integers() | texts | st.lists(texts, max_size=3),
    max_size=3,
)  # fmt: skip


@st.composite
def chains(draw: st.DrawFn) -> tuple[Entry, ...]:
    count = draw(st.integers(1, 6))
    return chain(
        Content(
            number=number,
            at=f"2026-01-31T09:00:00.{number:06}Z",
            act=draw(st.sampled_from(["meeting convened", "plan tabled", "décision adoptée"])),
            subject=draw(texts),
            party=draw(st.sampled_from(["GHA", "UNHCR", ""])),
            capacity="",
            audience=draw(st.sampled_from(["public", "members", "caucus/inner core"])),
            release=draw(st.sampled_from(["", AT])),
            body=draw(bodies),
            salt=draw(st.binary(min_size=16, max_size=16)).hex(),
        )
        for number in range(1, count + 1)
    )


@given(chains(), st.data())
def test_every_export_of_a_chain_stands_and_gives_the_same_head(
    entries: tuple[Entry, ...], data: st.DataObject
) -> None:
    seen = data.draw(st.sets(st.sampled_from([entry.number for entry in entries])))
    whole = check(export(entries))
    partly = check(export(for_reader(entries, lambda content: content.number in seen)))
    none = check(export(for_reader(entries, lambda _content: False)))
    assert (whole.stands, partly.stands, none.stands) == (True, True, True)
    assert whole.head == partly.head == none.head == entries[-1].hash
    assert (partly.open, partly.sealed) == (len(seen), len(entries) - len(seen))


@given(chains(), st.data())
def test_one_changed_byte_is_found(entries: tuple[Entry, ...], data: st.DataObject) -> None:
    raw = bytearray(export(for_reader(entries, public)).encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    assert not stands(raw.decode("utf-8", "surrogateescape"))


@given(chains(), st.data())
def test_one_byte_more_or_less_is_found(entries: tuple[Entry, ...], data: st.DataObject) -> None:
    raw = bytearray(export(for_reader(entries, public)).encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    if data.draw(st.booleans()):
        del raw[place]
    else:
        raw.insert(place, data.draw(st.integers(0, 255)))
    assert not stands(raw.decode("utf-8", "surrogateescape"))


@given(chains(), st.data())
def test_a_line_dropped_doubled_or_moved_is_found(
    entries: tuple[Entry, ...], data: st.DataObject
) -> None:
    lines = export(for_reader(entries, public)).split("\n")[:-1]
    one, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match data.draw(st.sampled_from(["drop", "double", "swap", "cut"])):
        case "drop":
            del lines[one]
        case "double":
            lines.insert(other, lines[one])
        case "cut":
            del lines[max(one, 1) :]
        case _:
            lines[one], lines[other] = lines[other], lines[one]
            if one == other:
                return
    assert not stands("\n".join(lines) + "\n")


@given(chains(), st.data())
def test_an_edited_field_is_found_though_the_line_is_spelled_anew(
    entries: tuple[Entry, ...], data: st.DataObject
) -> None:
    lines = export(entries).split("\n")[:-1]
    place = data.draw(st.integers(0, len(lines) - 1))
    table = json.loads(lines[place])
    where = table.get("content", table)
    name = data.draw(st.sampled_from(sorted(where)))
    where[name] = {"number": 7_000, "entries": 7_000, "body": {"edited": True}}.get(
        name, f"{where[name]}0"
    )
    lines[place] = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert not stands("\n".join(lines) + "\n")


Change = Callable[[list[str]], None]


def spaced(lines: list[str]) -> None:
    lines[2] = lines[2].replace('":', '": ', 1)


def forged(lines: list[str]) -> None:
    lines[1] = lines[1].replace("12001", "12000")


def twice(lines: list[str]) -> None:
    lines[1] = lines[1].replace('{"content"', '{"seal":"x","content"', 1)


def decimal(lines: list[str]) -> None:
    lines[1] = lines[1].replace("12001", "12001.0")


def extra(lines: list[str]) -> None:
    lines[3] = lines[3].replace('{"content"', '{"also":1,"content"')


def less(lines: list[str]) -> None:
    lines[1] = lines[1].replace('"capacity":"member",', "")


def crlf(lines: list[str]) -> None:
    lines[4] += "\r"


def other_group(lines: list[str]) -> None:
    lines[0] = lines[0].replace("west", "east")


def dropped(lines: list[str]) -> None:
    del lines[3]


def last(lines: list[str]) -> None:
    del lines[-1]


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (spaced, 3, "is not spelled as a record spells it"),
        (forged, 2, "entry 1 was changed: its seal does not fit its content"),
        (twice, 2, 'not valid JSON (the name "seal" comes twice)'),
        (decimal, 2, "12001.0 is not a whole number; exact numbers are kept as text"),
        (extra, 4, "these are not the fields of an entry"),
        (less, 2, "the content has other fields than an act has (missing: capacity)"),
        (crlf, 5, "is not spelled as a record spells it"),
        (other_group, 1, "the first line was changed: its seal or its spelling does not hold"),
        (dropped, 4, "the chain breaks at entry 4"),
        (last, 6, "the export announces 6 entries and holds 5"),
    ],
)
def test_the_first_fault_is_named(
    entries: tuple[Entry, ...], change: Change, line: int, what: str
) -> None:
    lines = export(entries).split("\n")[:-1]
    change(lines)
    found = check("\n".join(lines) + "\n")
    assert (found.stands, found.line) == (False, line)
    assert what in found.what
    assert found.sentences()[0].startswith(f"The record does not stand. Line {line}: ")


def test_a_sealed_entry_made_up_anew_breaks_the_chain(entries: tuple[Entry, ...]) -> None:
    lines: list[Line] = list(for_reader(entries, lambda _content: False))
    lines[2] = Sealed(number=3, seal="a" * 64, hash=lines[2].hash)
    found = check(export(tuple(lines)))
    assert (found.line, found.entries) == (4, 2)
    assert "the chain breaks at entry 3" in found.what


def test_a_record_written_anew_is_found_by_its_head(entries: tuple[Entry, ...]) -> None:
    """Who rewrites everything gets a chain that holds: only the published head tells."""
    anew = chain(entry.content for entry in entries[:-1])
    assert check(export(anew)).stands
    found = check(export(anew), head=entries[-1].hash)
    assert (found.stands, found.line) == (False, 1)
    assert check(export(entries), head=entries[-1].hash.upper()).stands


def test_an_empty_record_stands() -> None:
    found = check(export(()))
    assert (found.stands, found.entries, found.head) == (True, 0, GENESIS)


def test_extends_accepts_the_beginning_and_nothing_else(entries: tuple[Entry, ...]) -> None:
    older = export(for_reader(entries[:4], public))
    newer = export(entries, audience="members")
    found = check(newer, extends=older)
    assert found.stands
    assert found.remarks[0].startswith("It continues the older export")
    assert (found.entries, check(newer, extends=newer).entries) == (6, 6)
    back = check(older, extends=newer)
    assert (back.stands, back.what) == (False, "entry 5 of the older export is missing")
    changed = [entry.content for entry in entries]
    changed[1] = Content(**{**changed[1].table(), "act": "meeting refused"})  # type: ignore[arg-type]
    rewritten = check(export(chain(changed)), extends=older)
    assert (rewritten.stands, rewritten.line) == (False, 3)
    assert rewritten.what == "entry 2 is not the one that the older export holds"


def test_extends_blames_the_export_that_is_at_fault(entries: tuple[Entry, ...]) -> None:
    older, newer = export(entries[:4]), export(entries)
    found = check(newer.replace("12002", "12003", 1), extends=older)
    assert (found.stands, found.line) == (False, 3)
    with pytest.raises(Problem, match="the older export does not stand: line 3"):
        check(newer, extends=older.replace("12002", "12003", 1))
    other = export_text(entries[:2], group="another", exported=AT, audience="public")
    with pytest.raises(Problem, match="the older export is the record of another"):
        check(newer, extends=other)


def test_acts_dated_backwards_are_remarked_and_no_fault(entries: tuple[Entry, ...]) -> None:
    contents = [entry.content for entry in entries]
    contents[3] = Content(**{**contents[3].table(), "at": "2025-01-01T00:00:00.000000Z"})  # type: ignore[arg-type]
    found = check(export(chain(contents)))
    assert found.stands
    assert "the first is entry 4" in found.remarks[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: this is no export of a record"),
        ("{}\n", 'the first line does not say "commonhaven record 1"'),
        ("[1]\n", "the line is no table"),
        ("state,share\n", "not valid JSON"),
        ('{"format": "commonhaven record 2"}\n', "the first line does not say"),
    ],
)
def test_what_is_no_record_is_refused(text: str, said: str) -> None:
    with pytest.raises(Problem) as told:
        check(text)
    assert said in str(told.value)


def test_a_file_is_read_as_its_text_is(entries: tuple[Entry, ...], tmp_path: Path) -> None:
    path, text = tmp_path / "record.jsonl", export(for_reader(entries, public))
    path.write_bytes(text.encode())
    whole: Finding = check(path)
    assert whole == check(text) == check(text.split("\n")[:-1])
    path.write_bytes(text.encode()[:-1])
    assert check(path).what == "the line breaks off: it has no end"
    path.write_bytes(text.encode() + b"\xff\n")
    assert check(path).what == "the line is not UTF-8 text"
    for missing in (tmp_path, tmp_path / "nowhere.jsonl"):
        with pytest.raises(Problem):
            check(missing)


def test_walk_gives_every_entry_before_the_fault(entries: tuple[Entry, ...]) -> None:
    walked = walk(export(entries).replace("12004", "12005"))
    seen = []
    with pytest.raises(Fault) as told:
        seen.extend(line for line in walked)
    assert told.value.line == 5
    assert list(walk(export(entries)))[1:] == list(entries)
