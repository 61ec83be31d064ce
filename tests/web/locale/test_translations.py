"""The interface speaks the six languages: complete, placeholders kept, compiled in step."""

import importlib.util
import re
import sys
from gettext import GNUTranslations
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = ROOT / "tools" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


LANGUAGES = ("ar", "es", "fr", "ru", "zh_Hans")
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_neither_gaps_nor_doubts(tool: ModuleType, language: str) -> None:
    strings = set(tool.held(tool.catalogue(language)))
    assert len(strings) > 1000
    assert tool.missing(language, strings) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_all_of_the_source_is_translated(tool: ModuleType, language: str) -> None:
    """A few new strings may wait for the next round of translation; a page may not."""
    strings = tool.source()
    gaps = tool.missing(language, strings)
    assert len(gaps) <= len(strings) // 20, [one[1] for one in gaps][:20]


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(tool: ModuleType, language: str) -> None:
    wrong = []
    for (_, single, many), message in tool.held(tool.catalogue(language)).items():
        wanted = set(PLACE.findall(single + many))
        parts = [message.string] if isinstance(message.string, str) else message.string
        wrong += [single for part in parts if set(PLACE.findall(part)) != wanted]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_in_step(tool: ModuleType, language: str) -> None:
    with tool.po(language).with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    wrong = []
    for (context, single, many), message in tool.held(tool.catalogue(language)).items():
        if many:
            said = {compiled.ngettext(single, many, number) for number in range(200)}
            same = said == set(message.string)
        elif context:
            same = compiled.pgettext(context, single) == message.string
        else:
            same = compiled.gettext(single) == message.string
        wrong += [] if same else [single]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Qui protège qui, qui paie quoi, et pourquoi"),
        ("ar", "من يحمي من، ومن يدفع ماذا، ولماذا"),
        ("es", "Quién protege a quién, quién paga qué y por qué"),
        ("ru", "Кто кого защищает, кто что платит и почему"),
        ("zh-hans", "谁保护谁，谁付什么，为什么"),
    ],
)
def test_first_page_speaks_the_language(db: None, language: str, words: str) -> None:
    page = Client(headers={"Accept-Language": language}).get("/").text
    assert words in page
    assert f'lang="{language}"' in page


def test_strings_are_found_in_templates_and_code(tool: ModuleType) -> None:
    strings = tool.source()
    assert (None, "Who protects whom, who pays what, and why", "") in strings
    assert (None, "Head of delegation", "") in strings
    assert ("between names", ", ", "") in strings
    assert (None, "%(count)s result in groups", "%(count)s results in groups") in strings


def test_sentences_of_the_rooms_and_procedures_are_found(tool: ModuleType) -> None:
    strings = tool.source()
    assert (None, "It pays {sum}.", "") in strings
    assert (None, "{number} person", "{number} people") in strings
    assert (None, "{party} gave no reply.", "") in strings
    assert (None, "situation-specific contributor", "") in strings
