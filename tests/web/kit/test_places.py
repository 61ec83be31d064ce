"""A subject of the record leads to a page, or nowhere."""

import pytest

from commonhaven.web.kit.places import PLACES, url_of


@pytest.mark.parametrize("kind", sorted(PLACES))
def test_every_kind_has_a_page(kind: str) -> None:
    assert url_of(f"{kind}/7", "west-africa").startswith("/groups/west-africa/")
    assert "7" in url_of(f"{kind}/7", "west-africa")


@pytest.mark.parametrize("subject", ["", "meeting", "meeting/", "meeting/x", "planet/7", "/7"])
def test_what_is_no_subject_leads_nowhere(subject: str) -> None:
    assert url_of(subject, "west-africa") == ""
