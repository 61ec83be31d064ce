"""The rules of the game: model, schema, versions, the difference between two."""

from commonhaven.charter.check import check
from commonhaven.charter.finding import CharterProblem, Finding
from commonhaven.charter.library import load, read, shipped
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

__all__ = [
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
    "load",
    "read",
    "shipped",
]
