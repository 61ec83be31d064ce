"""A visitor who has asked for nothing yet."""

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture
def visitor(db: None) -> Client:
    """Nobody has asked for anything in the last ten minutes, and nothing is kept."""
    cache.clear()
    return Client()
