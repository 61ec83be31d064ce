"""The dry run shows the numbers of the room that computes it, to people with a seat."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from commonhaven.charter import load, shipped
from commonhaven.parties.figures import reference
from commonhaven.regime import WithFacts
from commonhaven.regime.dry_run import dry_run
from commonhaven.situations import load as load_situation
from commonhaven.web.groups import actions, dry
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.queries import value_of
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.actions import open_situation


@pytest.fixture
def draft(group: Group, seat: Callable[[str], Any], now: datetime) -> CharterVersion:
    text = shipped()["west-africa"].read_text(encoding="utf-8")
    text = text.replace('group.version = "1"', 'group.version = "2"')
    text += "\n[costs]\nhost_relief_full_at = 2\n" if "[costs]" not in text else ""
    return actions.draft_charter(group=group, text=text, by=seat("secretariat"), at=now)


def test_page_shows_what_the_room_computes(
    signed_in: Callable[[str], Client], draft: CharterVersion
) -> None:
    page = signed_in("ghana").get(
        f"{draft.get_absolute_url()}dry-run/", {"situation": ["liberia-1990"]}
    )
    assert page.status_code == 200
    run = dry_run(
        load("west-africa"), value_of(draft), [load_situation("liberia-1990")],
        WithFacts(reference()),
    )  # fmt: skip
    assert page.context["run"] == run
    ghana = next(m for m in run.situations[0].members if m.state == "GHA")
    assert ghana.draft is not None
    assert f"{ghana.draft.people:,}" in page.text
    assert 'class="mine"' in page.text


def test_group_s_own_situation_is_played_by_who_sees_it_only(
    signed_in: Callable[[str], Client], group: Group, draft: CharterVersion, seat: Any,
    now: datetime,
) -> None:  # fmt: skip
    coast = actions.make_caucus(
        group=group, name="Coast", parties=("GHA", "LBR"), by=seat("ghana"), at=now
    )
    own = open_situation(
        group=group, value=load_situation("liberia-1990"), by=seat("ghana"), at=now,
        placing=Placing(audience="caucus", caucus=coast),
    )  # fmt: skip
    page, key = f"{draft.get_absolute_url()}dry-run/", f"own/{own.pk}"
    assert signed_in("ghana").get(page, {"situation": key}).context["run"].situations[0].members
    other = signed_in("france").get(page, {"situation": key})
    assert (other.status_code, own.title in other.text) == (422, False)


def test_draft_that_cannot_be_played_says_why(
    signed_in: Callable[[str], Client], draft: CharterVersion
) -> None:
    client, page = signed_in("ghana"), f"{draft.get_absolute_url()}dry-run/"
    assert client.get(page, {"situation": "nowhere"}).status_code == 422
    five = ["liberia-1990", "togo-1993", "car-2013", "sudan-2023", "kosovo-1999"]
    too_many = client.get(page, {"situation": five})
    assert (too_many.status_code, "Choose four at most" in too_many.text) == (422, True)


def test_dry_run_is_for_people_with_a_seat(
    signed_in: Callable[[str], Client], group: Group, draft: CharterVersion
) -> None:
    public = CharterVersion.objects.get(status="adopted").get_absolute_url()
    for who, status in {"nobody": 403, "outsider": 403, "analyst": 200}.items():
        assert (who, signed_in(who).get(f"{public}dry-run/").status_code) == (who, status)
    assert signed_in("nobody").get(f"{draft.get_absolute_url()}dry-run/").status_code == 404


def test_one_person_has_a_number_of_runs_that_are_computed(
    signed_in: Callable[[str], Client], draft: CharterVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is computed counts, for the person; what was computed before is shown to everybody."""
    cache.clear()
    monkeypatch.setattr(dry, "entry", lambda *_: SimpleNamespace(number=Fraction(1)))
    page = f"{draft.get_absolute_url()}dry-run/"
    ghana, france = signed_in("ghana"), signed_in("france")
    assert ghana.get(page, {"situation": "liberia-1990"}).status_code == 200
    assert ghana.get(page, {"situation": "liberia-1990"}).status_code == 200
    more = ghana.get(page, {"situation": "togo-1993"})
    assert (more.status_code, "in ten minutes" in more.text) == (429, True)
    assert france.get(page, {"situation": "togo-1993"}).status_code == 200
    assert ghana.get(page, {"situation": "togo-1993"}).status_code == 200
