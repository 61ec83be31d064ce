"""What our own words are called in the official languages of the United Nations."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from commonhaven.processes.vocabulary import HOME, vocabulary
from commonhaven.reading import load_toml

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
Table = Mapping[str, Mapping[str, str]]


@cache
def words() -> Mapping[str, Table]:
    """Kind of word (themes, regions, types, …) → word → language → name; English where given."""
    found: Mapping[str, Table] = load_toml(files(HOME) / "names.toml", "names.toml")
    return found


def called(kind: str, word: str, language: str = "en") -> str:
    """The name of a word of our vocabulary in a language; a word that is none of ours stays it.

    >>> called("themes", "skills"), called("types", "RCP", "fr"), called("methods", "rounds")
    ('Skills and qualifications', 'Processus régional', 'rounds')
    """
    if language == "en":
        return _english(kind, word)
    return words()[kind].get(word, {}).get(language, word)


def _english(kind: str, word: str) -> str:
    if kind == "themes" and word in vocabulary().themes:
        return vocabulary().themes[word].name
    if kind == "regions":
        return vocabulary().regions.get(word, word)
    return words()[kind].get(word, {}).get("en", word)
