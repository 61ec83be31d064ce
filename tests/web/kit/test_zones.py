"""Time zones to choose from."""

from zoneinfo import available_timezones

import pytest

from commonhaven.web.kit.zones import zones

pytestmark = pytest.mark.django_db


def test_every_zone_can_be_chosen_once_under_its_region() -> None:
    first, *groups = zones()
    assert first == ("UTC", "UTC")
    every = [zone for _region, inside in groups for zone, _text in inside]
    assert sorted([*every, "UTC"]) == sorted(available_timezones())
    africa = dict(groups[0][1])
    assert (str(groups[0][0]), africa["Africa/Accra"]) == ("Africa", "Accra (UTC+00:00)")
    assert africa["Africa/Nairobi"] == "Nairobi (UTC+03:00)"
