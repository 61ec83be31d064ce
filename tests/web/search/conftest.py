"""Items of every audience, each with a word of its own that could leak."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.meetings.models import Document, Meeting

AUDIENCES = ("caucus", "members", "consultative", "public")


@pytest.fixture
def caucus(group: Group) -> Caucus:
    return Caucus.objects.create(group=group, name="Coast", parties=["GHA", "LBR"])


@pytest.fixture
def meeting(group: Group, now: datetime) -> Callable[..., Meeting]:
    """A meeting of an audience."""

    def made(number: int = 1, **fields: object) -> Meeting:
        given = {"title": f"Meeting {number}", "procedure": "hathaway-neve", "party": "GHA",
                 "audience": "members", "created_at": now}  # fmt: skip
        return Meeting.objects.create(group=group, number=number, **{**given, **fields})

    return made


@pytest.fixture
def documents(group: Group, caucus: Caucus, now: datetime) -> dict[str, Document]:
    """A document of each audience, and one of the members that is public from an hour on."""
    made = {
        audience: Document.objects.create(
            group=group, audience=audience, caucus=caucus if audience == "caucus" else None,
            created_at=now, symbol=f"CH/{audience}", title=f"Paper for {audience}",
            text=f"zanzibar {audience}word", party="GHA",
        )
        for audience in AUDIENCES
    }  # fmt: skip
    made["released"] = Document.objects.create(
        group=group, audience="members", created_at=now, symbol="CH/released", party="GHA",
        title="Paper for later", text="zanzibar laterword", release_at=now + timedelta(hours=1),
    )  # fmt: skip
    return made
