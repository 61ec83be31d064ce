"""How values are drawn on pages."""

from datetime import UTC, datetime

from commonhaven.web.kit.templatetags.kit import instant, utc_beside, with_names


def test_last_hours_of_the_calendar_are_told_in_utc() -> None:
    assert "UTC" in instant(datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "Pacific/Auckland")


def test_utc_stands_beside_a_clock_that_shows_another_hour_only() -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert utc_beside(noon, "Africa/Accra") == ""
    assert utc_beside(noon, "UTC") == ""
    assert "12:00 <abbr>UTC</abbr>" in utc_beside(noon, "Africa/Nairobi")
    assert utc_beside(noon, "Europe/London") == ""
    assert "UTC" in utc_beside(noon.replace(month=7), "Europe/London")


def test_codes_of_states_are_told_by_name_and_nothing_else_is_touched() -> None:
    said = with_names("GHA, TGO & USD 5 <b> of GHANA", {"GHA"})
    assert said == '<abbr title="GHA">Ghana</abbr>, TGO &amp; USD 5 &lt;b&gt; of GHANA'
    assert with_names("GHA <b>", ()) == "GHA &lt;b&gt;"
