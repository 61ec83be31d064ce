"""Displacements: origin, cohorts, where they are, their ties, needs and wishes."""

from commonhaven.reading.finding import Finding
from commonhaven.situations.check import check
from commonhaven.situations.difference import difference
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
from commonhaven.situations.text import toml_text

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
    "difference",
    "findings",
    "json_schema",
    "load",
    "read",
    "reference_page",
    "shipped",
    "toml_text",
]
