"""Displacements: origin, cohorts, where they are, their ties, needs and wishes."""

from commonhaven.reading.finding import Finding
from commonhaven.situations.check import check
from commonhaven.situations.load import findings, json_schema, load, read, shipped
from commonhaven.situations.model import (
    Assessed,
    Capacity,
    CohortGroup,
    CommonCost,
    Situation,
    Sourced,
    UnitCost,
    Wishes,
)
from commonhaven.situations.reference import reference_page

__all__ = [
    "Assessed",
    "Capacity",
    "CohortGroup",
    "CommonCost",
    "Finding",
    "Situation",
    "Sourced",
    "UnitCost",
    "Wishes",
    "check",
    "findings",
    "json_schema",
    "load",
    "read",
    "reference_page",
    "shipped",
]
