"""The rules of the game: model, schema, versions, the difference between two."""

from commonhaven.charter.check import check
from commonhaven.charter.difference import diff
from commonhaven.charter.library import findings, load, read, shipped
from commonhaven.charter.model import (
    Charter,
    Convening,
    Costs,
    Fund,
    Group,
    Limit,
    Member,
    Participant,
    Protection,
    Responsibility,
    Review,
    TieBreak,
)
from commonhaven.charter.moves import Change
from commonhaven.charter.page import json_schema, reference_page
from commonhaven.charter.problem import CharterProblem
from commonhaven.charter.versions import last_day, succession, version_on, versions
from commonhaven.charter.weights import weighted
from commonhaven.reading.finding import Finding

__all__ = [
    "Change",
    "Charter",
    "CharterProblem",
    "Convening",
    "Costs",
    "Finding",
    "Fund",
    "Group",
    "Limit",
    "Member",
    "Participant",
    "Protection",
    "Responsibility",
    "Review",
    "TieBreak",
    "check",
    "diff",
    "findings",
    "json_schema",
    "last_day",
    "load",
    "read",
    "reference_page",
    "shipped",
    "succession",
    "version_on",
    "versions",
    "weighted",
]
