"""How values are drawn on pages."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.utils import translation

from commonhaven.web.kit.templatetags.kit import (
    begun,
    instant,
    optional,
    parties,
    utc_beside,
    with_names,
)


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nothing is said. Type the text.", "Nothing is said. Type the text."),
        ("charter.toml, line 3: no such key.", "charter.toml, line 3: no such key."),
        ("audience: too narrow.", "audience: too narrow."),
        ("", ""),
    ],
)
def test_sentence_begins_with_a_capital_and_a_name_stays(text: str, shown: str) -> None:
    assert begun(text) == shown


def test_parties_are_called_by_name_in_the_language() -> None:
    assert parties("GIN, the account") == "Guinea, the account"
    with translation.override("fr"):
        assert parties(("DEU", "CIV")) == "Allemagne, Côte d'Ivoire"


class Some(forms.Form):
    title = forms.CharField()
    note = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("", "None")], required=False)


class Filters(forms.Form):
    word = forms.CharField(required=False)


def test_optional_is_said_only_beside_fields_that_are_required() -> None:
    assert [field.name for field in Some() if optional(field)] == ["note"]
    assert [field.name for field in Filters() if optional(field)] == []
