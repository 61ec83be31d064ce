"""What reports are made from, as TOML files: texts, attendance, records of meetings, packs."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from commonhaven.reading import build, described, load_toml
from commonhaven.reports.annual_review import Attendance
from commonhaven.reports.handover_pack import HandoverPack
from commonhaven.reports.meeting_record import MeetingRecord
from commonhaven.reports.prose import Prose
from commonhaven.reports.situation_brief import Arrivals, Trigger

Model = TypeVar("Model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What people add to a report: texts by language, and facts that no other file holds."""

    introduction: Prose | None = described("Stands first", default=None)
    assessment: Prose | None = described("Stands last", default=None)
    arrivals: tuple[Arrivals, ...] = described("For a brief: who arrived when", default=())
    triggers: tuple[Trigger, ...] = described("For a brief: thresholds agreed", default=())
    attendance: tuple[Attendance, ...] = described("For a review: meetings", default=())


def read_additions(path: Path) -> Additions:
    """Problem with file, place and what to do where it is absent or wrong."""
    return _read(Additions, path)


def read_meeting(path: Path) -> MeetingRecord:
    """A meeting as its summary record tells it."""
    return _read(MeetingRecord, path)


def read_pack(path: Path) -> HandoverPack:
    """What one chair hands to the next."""
    return _read(HandoverPack, path)


def _read(model: type[Model], path: Path) -> Model:
    return build(model, load_toml(path), str(path))
