"""What the rooms say reaches the reader in the language of the page, also from a store."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from django.utils.translation import override

from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.procedures import Event, said_of
from commonhaven.reading import months_after
from commonhaven.regime import Plan, WithFacts, compute, explain, obligations
from commonhaven.saying import Amount, Number, Party, Said, parties, say, several
from commonhaven.situations import load as load_situation
from commonhaven.web.kit.saying import in_language, of_parties, recognised, without_party

LANGUAGES = ("ar", "es", "fr", "ru", "zh-hans")


@cache
def plan() -> Plan:
    agreed, crisis = load_charter("west-africa"), load_situation("liberia-1990")
    return compute(agreed, crisis, WithFacts(reference()))


def sentences() -> Iterator[str]:
    """Everything that the rooms say about one plan."""
    made = plan()
    yield from made.result.notes
    for part in made.result.states:
        for title, told in explain(made, part.state).sections:
            yield from (title, *told)
    for one in obligations(made, decided=months_after(made.result.figures_on, 1)):
        yield from (one.about, one.measured, one.confirmed_by, one.counterpart)


def test_every_sentence_about_a_plan_can_be_told_elsewhere() -> None:
    assert [one for one in sentences() if not isinstance(one, Said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_about_a_plan_is_translated(language: str) -> None:
    with override(language):
        same = {one for one in sentences() if in_language(one) == one}
    assert {one for one in same if not (language == "es" and ": no, " in one)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stored_sentence_is_read_back(language: str) -> None:
    """Notes, reasons and obligations are stored as English text only."""
    made = plan()
    stored = [*made.result.notes]
    stored += [why for cohort in made.result.cohorts for why in cohort.excluded.values()]
    stored += [one.about for one in obligations(made, decided=made.result.figures_on)]
    assert len(stored) > 50
    for one in stored:
        assert isinstance(one, Said)
        found = recognised(str(one), language)
        assert found is not None, one
        assert found.template == one.template
        with override(language):
            assert in_language(str(one)) == in_language(one)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ghana is to protect 1,234 people of Ghana, Togo for USD 1,234.50 (2026-03-01)"),
        ("fr", "1\u202f234 personnes 1\u202f234,50\u00a0USD Ghana, Togo 1 mars 2026"),
        ("es", "1.234 personas 1.234,50\u00a0USD Ghana, Togo 1 de marzo de 2026"),
        ("ar", "1,234 شخصا 1,234.50\u00a0USD غانا، توغو 1 مارس 2026"),
        ("ru", "1\u00a0234 человека 1\u00a0234,50\u00a0USD Гана, Того 1 марта 2026\u202fг."),
        ("zh-hans", "1,234人 1,234.50\u00a0USD 加纳、多哥 2026年3月1日"),
    ],
)
def test_values_are_written_in_the_manner_of_the_language(language: str, text: str) -> None:
    people = several("{number} person", "{number} people", number=Number(1234, grouped=True))
    values = {
        "people": people, "sum": Amount(Decimal("1234.50"), "USD"),
        "states": parties(["GHA", "TGO"]), "day": date(2026, 3, 1),
    }  # fmt: skip
    with override(language):
        if language == "en":
            said = say(
                "{state} is to protect {people} of {states} for {sum} (2026-03-01)",
                state=Party("GHA"), **values,  # type: ignore[arg-type]
            )  # fmt: skip
            assert in_language(said) == text
            return
        told = say("{people} {sum} {states} {day}", **values)  # type: ignore[arg-type]
        assert in_language(told).replace("\u2019", "'") == text


def test_latin_text_keeps_its_direction_in_arabic() -> None:
    with override("ar"):
        told = in_language(say("{what}: {value}", what="un-scale", value=Number(3)))
        bands = in_language(say("{what}: {value}", what="un-scale", value=Said("0-9-9-9")))
    assert told == "\u2068un-scale\u2069: 3"
    assert bands == "\u2068un-scale\u2069: \u20680-9-9-9\u2069"


def test_what_no_template_fits_stays_as_it_is() -> None:
    with override("fr"):
        assert in_language("A sentence that nobody made.") == "A sentence that nobody made."
        assert in_language("") == ""
        assert in_language("x" * 100_000) == "x" * 100_000


def test_a_step_is_told_of_one_party_of_several_and_of_none() -> None:
    step = said_of("hathaway-neve", Event(kind="reply", at=None, party="GHA"))  # type: ignore[arg-type]
    assert step == "GHA answered the request."
    assert in_language(step) == "Ghana answered the request."
    assert of_parties(step, "GHA", "4 parties") == "4 parties answered the request."
    assert without_party(step, "GHA") == "Answered the request."
    with override("fr"):
        assert in_language(step) == "Ghana : réponse à la demande."
        assert without_party(step, "GHA") == "Réponse à la demande."


def test_a_stored_day_is_written_as_the_language_writes_days() -> None:
    stored = "tells what it has done, for the first review on 2026-11-29"
    with override("en"):
        assert in_language(stored).endswith("for the first review on 29 November 2026")
        assert in_language("figure-2026-11-29, 2026-13-29") == "figure-2026-11-29, 2026-13-29"
    with override("fr"):
        assert "29 novembre 2026" in in_language(stored)
