"""The words of pictures in the six languages, from words.toml."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from commonhaven.figures.numbers import checked
from commonhaven.parties import DISCLAIMER
from commonhaven.reading import load_toml

SEPARATOR: Mapping[str, str] = {"ar": "، ", "zh": "、"}


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    found = load_toml(files("commonhaven.figures") / "words.toml", "words.toml")
    return MappingProxyType({key: MappingProxyType(texts) for key, texts in found.items()})


def say(key: str, language: str, **filled: object) -> str:
    """The phrase in the language, filled in."""
    if key == "disclaimer" and language == "en":
        return DISCLAIMER
    return _words()[key][checked(language)].format(**filled)


def disclaimer(language: str) -> str:
    """What stands under every map; docs/explanation/naming-policy.md."""
    return say("disclaimer", language)


def listed(parts: Iterable[str], language: str) -> str:
    """The parts with the language's comma; "none" where there are none."""
    given = list(parts)
    return SEPARATOR.get(language, ", ").join(given) if given else say("none", language)


def direction(language: str) -> str:
    """Whether the language is written from left to right."""
    return "rtl" if checked(language) == "ar" else "ltr"
