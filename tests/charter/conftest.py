"""A sound charter as plain values, to be spoilt in one place by each test."""

import copy
from datetime import date
from typing import Any

import pytest

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
NAMES = {language: f"Example group ({language})" for language in LANGUAGES}
SINCE = date(2026, 1, 1)

SOUND: dict[str, Any] = {
    "group": {
        "id": "example-coast",
        "name": NAMES,
        "version": "1",
        "in_force": SINCE,
        "example": True,
    },
    "members": [
        {"state": "GHA", "tier": "inner core", "since": SINCE},
        {"state": "TGO", "tier": "inner core", "since": SINCE},
        {"state": "BEN", "tier": "inner core", "since": SINCE},
        {"state": "CAN", "tier": "outer core", "since": SINCE},
        {"state": "DEU", "tier": "outer core", "since": SINCE},
        {
            "state": "JPN",
            "tier": "situation-specific contributor",
            "since": SINCE,
            "situation": "togo-1993",
        },
    ],
    "participants": [
        {"party": "UNHCR", "role": "secretariat", "may_convene": True},
        {"party": "IOM", "role": "observer"},
    ],
    "convening": {"procedure": "hathaway-neve", "options": {"reply_within": "48 hours"}},
    "responsibility": {
        "rule": "hathaway-neve",
        "parameters": {"band_width": "0.10", "wish_weight": "0.25"},
        "security_floor": "0.60",
        "tie_break": {"key": "population-gdp-area", "order": "alphabetical"},
        "rounding": "largest-remainder",
        "limits": [{"state": "TGO", "at_most": 5000, "decision": "Meeting of 3 March 2026"}],
    },
    "costs": {"scale": "un-regular-budget", "ceiling": "0.22"},
    "fund": {"target_quantile": "0.90"},
    "protection": {"years": 5},
    "review": {"every": "1 year"},
}


@pytest.fixture
def table() -> dict[str, Any]:
    """A sound charter as TOML gives it; a copy for each test."""
    return copy.deepcopy(SOUND)
