"""A world in which something of every kind stands for everybody, and whoever looks at it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from access_doors import Round
from access_viewers import Who
from access_world import VIEWERS, World, world
from django.core.signals import request_started
from django.test import Client
from pytest_django import DjangoDbBlocker

from commonhaven.web.kit import clock


@pytest.fixture(scope="module")
def full(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world, made once for the module and taken back at its end."""
    with django_db_blocker.unblock(), world() as made:
        yield made


@pytest.fixture
def made(full: World, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world, with its clock at rest; what a test writes is taken back."""
    settings.PLATFORM = replace(settings.PLATFORM, requests_per_minute=1_000_000)
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)
    return full


@pytest.fixture(params=list(VIEWERS))
def who(request: pytest.FixtureRequest) -> Who:
    found: Who = VIEWERS[request.param]
    return found


@pytest.fixture
def client(made: World, who: Who) -> Client:
    return made.client(who)


@pytest.fixture
def round_(request: pytest.FixtureRequest, who: Who) -> Round:
    """Which items the viewer tries at each door: all of them, or one in so many."""
    return Round(who, whole=request.config.getoption("--whole"))


@pytest.fixture(autouse=True)
def counted(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Tell how many requests the test made."""
    asked: list[object] = []

    def note(**about: object) -> None:
        asked.append(about["sender"])

    request_started.connect(note)
    yield
    request_started.disconnect(note)
    record_property("requests", len(asked))
