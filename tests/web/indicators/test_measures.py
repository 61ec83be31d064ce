"""A measure's page shows what the room works out, of whomever one asks."""

import csv
import io
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client

from commonhaven.indicators import compute, measures, scope
from commonhaven.instruments import entry
from commonhaven.reading import decimal_text
from commonhaven.web.indicators.queries import first_years, years_held


def written(value: Fraction) -> str:
    """Whole numbers whole, others with three digits at least."""
    if value.denominator == 1:
        return f"{int(value):,}"
    return f"{float(value):,.1f}" if abs(value) >= 100 else f"{float(value):.3g}"


def test_every_measure_opens_with_value_or_reason(visitor: Client) -> None:
    for name, about in measures().items():
        last = first_years(name)["last"]
        page = visitor.get(f"/indicators/measures/{name}/", {"first": last, "last": last}).text
        found = compute(name, scope("world"), last)
        assert about.title.replace("'", "&#x27;") in page
        assert (about.is_not.replace("'", "&#x27;") in page) or not about.is_not
        assert page.count("<svg") == 1
        if found.value is None:
            assert found.why_missing.replace("'", "&#x27;") in page
            assert "none: its figures do not ship" in page or years_held(name) is not None
        else:
            assert written(found.value) in page


def test_value_comes_with_coverage_bounds_sources_and_what_it_is_not(visitor: Client) -> None:
    page = visitor.get(
        "/indicators/measures/low-and-middle-share/", {"first": "2024", "last": "2024"}
    ).text
    found = compute("low-and-middle-share", scope("world"), 2024)
    assert found.bounds is not None
    for text in (
        decimal_text(found.bounds.low, 1), decimal_text(found.bounds.high, 1), found.bounds.why,
        found.notes[0].replace("'", "&#x27;"), found.sources[0].edition,
        f"{len(found.coverage.counted):,}",
    ):  # fmt: skip
        assert text in page
    arrivals = visitor.get("/indicators/measures/resettlement-arrivals/").text
    assert "What it is not." in arrivals
    assert "which 3.1.1 counts and which are fewer" in arrivals


@pytest.mark.parametrize(
    ("of", "called"),
    [
        ("world", "The world"),
        ("least-developed", "Least developed countries"),
        ("Eastern Africa", "Eastern Africa"),
        ("igad", "Intergovernmental Authority on Development"),
        ("UGA", "Uganda"),
        ("UGA+ETH", "Ethiopia, Uganda"),
    ],
)
def test_everybody_may_be_asked_about(visitor: Client, of: str, called: str) -> None:
    asked = {"of": of, "first": "2023", "last": "2024"}
    page = visitor.get("/indicators/measures/hosted/", asked)
    assert page.status_code == 200
    assert called in page.text
    value = compute("hosted", scope(of), 2024).value
    assert f"{int(value or 0):,}" in page.text


def test_members_of_a_grouping_are_those_of_the_year(visitor: Client) -> None:
    asked = {"of": "eu", "first": "2019", "last": "2020"}
    page = visitor.get("/indicators/measures/hosted/", asked).text
    for year in (2019, 2020):
        assert f"{int(compute('hosted', scope('eu'), year).value or 0):,}" in page


def test_series_is_downloaded_as_the_command_line_writes_it(visitor: Client) -> None:
    asked = {"of": "igad", "first": "2022", "last": "2024"}
    answer = visitor.get("/indicators/measures/returns.csv", asked)
    assert answer["Content-Disposition"] == 'attachment; filename="returns.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["year"], row["value"]) for row in rows] == [
        (str(year), str(compute("returns", scope("igad"), year).value))
        for year in (2022, 2023, 2024)
    ]
    assert rows[0]["sources"].startswith("UNHCR")


@pytest.mark.parametrize(
    "asked",
    [
        {"of": "Atlantis"},
        {"first": "2024", "last": "2020"},
        {"first": "1960", "last": "2025"},
        {"first": "x"},
        {"last": "20250"},
        {"of": "x" * 1300},
    ],
)
def test_what_cannot_be_understood_is_told_beside_the_field(
    visitor: Client, asked: dict[str, str]
) -> None:
    page = visitor.get("/indicators/measures/hosted/", asked)
    assert page.status_code == 422
    assert 'class="errorlist"' in page.text
    assert "<svg" not in page.text
    file = visitor.get("/indicators/measures/hosted.csv", asked)
    assert file.status_code == 422


def test_reproducing_names_the_command_and_the_program(visitor: Client) -> None:
    asked = {"of": "UGA", "first": "2020", "last": "2024"}
    page = visitor.get("/indicators/measures/hosted/", asked).text
    assert "commonhaven indicators compute hosted --of UGA --year 2020-2024 --format csv" in page
    assert "from commonhaven.indicators import compute, scope" in page


def test_what_was_worked_out_is_kept_and_what_is_new_is_counted(visitor: Client) -> None:
    most = int(entry("platform", "indicators_in_ten_minutes").number)
    same = {"of": "UGA", "first": "2024", "last": "2024"}
    statuses = {
        visitor.get("/indicators/measures/returns.csv", same).status_code for _ in range(most + 5)
    }
    assert statuses == {200}
    years = list(range(2025, 2025 - most - 1, -1))
    new = [
        visitor.get(
            "/indicators/measures/unhcr-donors.csv",
            {"of": "UGA", "first": str(max(1951, year)), "last": str(max(1951, year))},
        ).status_code
        for year in years[:70]
    ] + [
        visitor.get(
            "/indicators/measures/unhcr-donors.csv",
            {"of": "KEN", "first": str(year), "last": str(year)},
        ).status_code
        for year in years[:60]
    ]
    assert new[: most - 1] == [200] * (most - 1)
    assert new[most - 1 :] == [429] * (len(new) - most + 1)
    assert visitor.get("/indicators/measures/returns.csv", same).status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    asked = {"of": "KEN", "first": "1990", "last": "1990"}
    assert elsewhere.get("/indicators/measures/unhcr-donors.csv", asked).status_code == 200


def test_page_begins_with_the_last_ten_years_that_are_held() -> None:
    assert years_held("unhcr-donors") == (2016, 2023)
    assert first_years("unhcr-donors") == {"first": 2016, "last": 2023}
    assert first_years("hosted")["last"] - first_years("hosted")["first"] == 9
    assert years_held("cost-of-inclusion") is None
    assert first_years("cost-of-inclusion")["last"] <= date.today().year  # noqa: DTZ011 - a bound
