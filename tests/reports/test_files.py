"""The files that reports are made from: read, refused with place and advice, documented."""

from dataclasses import fields
from pathlib import Path

import pytest

from commonhaven.reading import Problem
from commonhaven.reports import (
    Arrivals,
    Attendance,
    Attendee,
    Decided,
    HandoverPack,
    Item,
    MeetingRecord,
    OpenDuty,
    OpenMatter,
    Position,
    Prose,
    RunningClock,
    Seat,
    Trigger,
    Version,
)
from commonhaven.reports.file import Additions, read_additions, read_meeting, read_pack

MODELS = (
    Additions, Prose, Version, Arrivals, Trigger, Attendance, MeetingRecord, Attendee, Item,
    Decided, Position, HandoverPack, OpenMatter, RunningClock, OpenDuty, Seat,
)  # fmt: skip
ENGLISH = "[introduction.versions.en]"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "reports.md"


def test_every_field_has_its_line_in_the_reference() -> None:
    sections = {part.split("\n", 1)[0]: part
                for part in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]}  # fmt: skip
    assert list(sections) == [model.__name__ for model in MODELS]
    for model in MODELS:
        lines = sections[model.__name__].splitlines()
        for one in fields(model):
            said = f"| `{one.name}` | {one.metadata['meaning']} |"
            assert any(line.startswith(said) for line in lines), (model.__name__, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("titel = 1", 'unknown field "titel"'),
        (
            "[introduction.versions.en]\ntext = 'x'\non = 2026-01-01",
            "the field revision is missing",
        ),
        ("[introduction.versions.en]\ntext = 'x'\nrevision = 0\non = 2026-01-01", "revision"),
        ("[[arrivals]]\nstate = 'CIV'", "the field since is missing"),
        ("[[triggers]]\nwhat = 'x'\nthreshold = -1", "threshold"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "texts.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as found:
        read_additions(file)
    assert said in str(found.value)
    assert "texts.toml" in str(found.value)


def test_a_record_and_a_pack_need_their_group(tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_text("made = 2026-01-01", encoding="utf-8")
    for read in (read_meeting, read_pack):
        with pytest.raises(Problem, match="the field group is missing"):
            read(file)
