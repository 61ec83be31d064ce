"""Names in six languages, and the way back from what people write."""

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.parties import DISCLAIMER, LANGUAGES, UnknownState, find_state, name, states
from commonhaven.parties.finding import folded
from commonhaven.parties.names import cldr, names, overrides
from commonhaven.reading import Problem, read_table

CODES = sorted(states())


def test_languages_are_the_six_of_the_united_nations() -> None:
    assert LANGUAGES == ("ar", "zh", "en", "fr", "ru", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_name_of_its_own(language: str) -> None:
    named = [name(code, language) for code in CODES]
    assert all(text.strip() == text and text for text in named)
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_leads_back_to_its_state(language: str) -> None:
    astray = [code for code in CODES if find_state(name(code, language)).code != code]
    assert astray == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_leads_back_in_capitals(language: str) -> None:
    astray = [code for code in CODES if find_state(name(code, language).upper()).code != code]
    assert astray == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cldr_name_is_read_except_a_bare_congo(language: str) -> None:
    astray = []
    for code, text in cldr(language).items():
        try:
            if find_state(text).code != code:
                astray.append(text)
        except UnknownState:
            astray.append(text)
    assert set(astray) <= {"Congo"}


PINNED = ("COD", "COG", "PSE", "MMR", "HKG", "MAC", "XKX", "FLK")


def test_disputed_names_do_not_depend_on_cldr() -> None:
    held = overrides()
    others = [language for language in LANGUAGES if language != "en"]
    assert [(c, lang) for c in PINNED for lang in others if c not in held[lang]] == []
    assert held["en"] == {}


def test_our_table_repeats_cldr_only_where_the_name_is_pinned() -> None:
    superfluous = {
        code
        for language, ours in overrides().items()
        for code, text in ours.items()
        if cldr(language).get(code) == text
    }
    assert superfluous <= set(PINNED)


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("XKX", "en", "Kosovo (S/RES/1244)"),
        ("COG", "en", "Republic of the Congo"),
        ("COD", "fr", "République démocratique du Congo"),
        ("PSE", "es", "Estado de Palestina"),
        ("MMR", "en", "Myanmar"),
        ("HKG", "zh", "中国香港特别行政区"),
        ("FLK", "fr", "Îles Falkland (Malvinas)"),
        ("KOR", "es", "República de Corea"),
        ("DEU", "ru", "Германия"),
        ("EGY", "ar", "مصر"),
        ("CSK", "zh", "捷克斯洛伐克"),
        ("XXA", "fr", "Apatride"),
    ],
)
def test_name_in_a_language(code: str, language: str, text: str) -> None:
    assert name(code, language) == text


def test_another_language_is_a_problem() -> None:
    with pytest.raises(Problem) as raised:
        name("DEU", "de")
    assert str(raised.value) == (
        'there are no names of states in the language "de". Choose one of: ar, zh, en, fr, ru, es.'
    )


def test_name_of_an_unknown_code_is_a_problem() -> None:
    with pytest.raises(UnknownState, match='no state has the code "DEX"'):
        name("DEX", "fr")


def test_names_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        names("fr")["DEU"] = "x"  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ivory Coast", "CIV"), ("Cote d'Ivoire", "CIV"), ("CÔTE D’IVOIRE", "CIV"),
        ("Turkey", "TUR"), ("Türkiye", "TUR"), ("turkiye", "TUR"), ("DR Congo", "COD"),
        ("Congo, Dem. Rep.", "COD"), ("Dem. Rep. of the Congo", "COD"),
        ("Congo-Brazzaville", "COG"), ("Congo, Rep.", "COG"), ("Congo, Republic of", "COG"),
        ("Burma", "MMR"), ("the gambia", "GMB"),
        ("Gambia, The", "GMB"), ("Korea, Rep.", "KOR"), ("Rep. of Korea", "KOR"),
        ("South Korea", "KOR"), ("Dem. People's Rep. of Korea", "PRK"), ("Guinea", "GIN"),
        ("Central African Rep.", "CAF"), ("Dominican Rep.", "DOM"), ("Dominica", "DMA"),
        ("Lao People's Dem. Rep.", "LAO"), ("Rep. of Moldova", "MDA"), ("Syrian Arab Rep.", "SYR"),
        ("United Rep. of Tanzania", "TZA"), ("Iran (Islamic Rep. of)", "IRN"),
        ("Curacao", "CUW"), ("Reunion", "REU"), ("Saint-Martin (French part)", "MAF"),
        ("Saint Martin (French Part)", "MAF"), ("Saint-Pierre-et-Miquelon", "SPM"),
        ("Faeroe Islands", "FRO"), ("Bonaire, Saint Eustatius and Saba", "BES"),
        ("Serbia and Kosovo: S/RES/1244 (1999)", "SRB"), ("Tibetan", "TIB"), ("Stateless", "XXA"),
        ("Unknown", "UNK"), ("Unknown/other", "UNK"), ("Abyei Area", "AB9"),
        ("Holy See (the)", "VAT"),
        ("Palestinian", "PSE"), ("State of Palestine", "PSE"), ("West Bank and Gaza", "PSE"),
        ("Netherlands (Kingdom of the)", "NLD"), ("China, Hong Kong SAR", "HKG"),
        ("China, Macao SAR", "MAC"), ("Hong Kong SAR, China", "HKG"), ("Egypt, Arab Rep.", "EGY"),
        ("Yemen, Rep.", "YEM"), ("Bahamas, The", "BHS"), ("Micronesia, Fed. Sts.", "FSM"),
        ("Venezuela, RB", "VEN"), ("Kyrgyz Republic", "KGZ"), ("Slovak Republic", "SVK"),
        ("St. Lucia", "LCA"), ("St Kitts & Nevis", "KNA"), ("US", "USA"), ("UK", "GBR"),
        ("U.S.", "USA"), ("U.S.A.", "USA"), ("u.k.", "GBR"), ("D.R. Congo", "COD"),
        ("Republic of Ghana", "GHA"), ("Kingdom of Morocco", "MAR"), ("Czech Republic", "CZE"),
        ("Federal Republic of Germany", "DEU"), ("East Germany", "DDR"), ("USSR", "SUN"),
        ("Yugoslavia", "YUG"), ("Zaire", "COD"), ("Kosovo", "XKX"), ("Taiwan", "TWN"),
        ("Corée du Sud", "KOR"), ("Alemania", "DEU"), ("Германия", "DEU"), ("德国", "DEU"),
        ("المانيا", "DEU"), ("Cape Verde", "CPV"), ("Swaziland", "SWZ"), ("Macedonia", "MKD"),
        ("Türkiye (formerly Turkey)", "TUR"), ("Eswatini (formerly Swaziland)", "SWZ"),
        ("Democratic Republic of Timor-Leste", "TLS"), ("United Mexican States", "MEX"),
        ("Vietnam", "VNM"), ("East Timor", "TLS"), ("SAO TOME AND PRINCIPE", "STP"),
    ],
)  # fmt: skip
def test_common_spelling_is_read(text: str, code: str) -> None:
    assert find_state(text).code == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Congo",
            '"Congo" can mean Democratic Republic of the Congo (COD) or Republic of the Congo '
            "(COG). Write the code.",
        ),
        (
            "korea",
            '"korea" can mean Republic of Korea (KOR) or Democratic People\'s Republic of Korea '
            "(PRK). Write the code.",
        ),
        (
            "Virgin Islands",
            '"Virgin Islands" can mean British Virgin Islands (VGB) or United States Virgin '
            "Islands (VIR). Write the code.",
        ),
    ],
)
def test_ambiguous_name_says_which(text: str, said: str) -> None:
    with pytest.raises(UnknownState) as raised:
        find_state(text)
    assert str(raised.value) == said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ghanna", "GHA"), ("Lybia", "LBY"), ("Columbia", "COL"), ("Untied States", "USA"),
        ("Kyrgistan", "KGZ"), ("Tajikstan", "TJK"), ("Afghanstan", "AFG"), ("Phillipines", "PHL"),
        ("Morroco", "MAR"), ("Ethopia", "ETH"), ("Somolia", "SOM"), ("Venezula", "VEN"),
        ("Allemange", "DEU"), ("Alemannia", "DEU"),
    ],
)  # fmt: skip
def test_misspelt_name_offers_the_right_one(text: str, code: str) -> None:
    with pytest.raises(UnknownState) as raised:
        find_state(text)
    assert raised.value.fix.startswith("Did you mean ")
    assert f"({code})" in raised.value.fix


def test_problem_says_where() -> None:
    with pytest.raises(UnknownState) as raised:
        find_state("Ghanna", "states.csv, row 3, column state")
    assert str(raised.value) == (
        'states.csv, row 3, column state: no state is called "Ghanna". Did you mean Ghana (GHA)?'
    )


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz")
def test_one_letter_is_no_state(letter: str) -> None:
    with pytest.raises(UnknownState):
        find_state(letter)


@pytest.mark.parametrize("text", ["", "   "])
def test_missing_name_is_a_problem(text: str) -> None:
    with pytest.raises(UnknownState, match="the name of a state is missing"):
        find_state(text)


def test_two_letter_codes_are_not_guessed() -> None:
    with pytest.raises(UnknownState, match=r"It is an ISO two-letter code of Namibia \(NAM\)"):
        find_state("NA")


def test_endless_text_is_refused_without_searching() -> None:
    with pytest.raises(UnknownState) as raised:
        find_state("Ghana " * 1_000_000)
    assert len(str(raised.value)) < 200


@given(st.text(max_size=60))
def test_folding_is_stable(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_every_variant_is_needed_and_leads_to_states_we_know() -> None:
    table = read_table(files("commonhaven.parties") / "variants.csv", name="variants.csv")
    keys = [folded(row.text("text")) for row in table]
    assert [key for key, times in Counter(keys).items() if times > 1] == []
    assert {code for row in table for code in row.text("codes").split()} <= set(states())
    own = {folded(one.name): one.code for one in states().values()}
    assert [row.text("text") for row in table if own.get(folded(row.text("text")))] == []


def test_policy_page_prints_the_disclaimer() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "naming-policy.md"
    assert f"\n> {DISCLAIMER}\n" in page.read_text(encoding="utf-8")


def test_disclaimer_takes_no_position() -> None:
    assert "take no position on the legal status" in DISCLAIMER
    assert "Security Council resolution 1244 (1999)" in DISCLAIMER
