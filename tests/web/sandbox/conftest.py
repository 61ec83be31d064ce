"""A visitor's form, filled in."""

import pytest
from django.core.cache import cache


@pytest.fixture
def fresh(db: None) -> None:
    """Nobody has tried anything in the last ten minutes."""
    cache.clear()


@pytest.fixture
def form(fresh: None) -> dict[str, str]:
    return {"charter": "west-africa", "situation": "liberia-1990"}
