"""Names of states in the six official languages of the United Nations, by one written policy.

English names stand in states.csv; the other five come from CLDR through Babel, except where CLDR
departs from UN usage: names.csv holds those. See docs/explanation/naming-policy.md.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from commonhaven.parties.register import state, states
from commonhaven.reading import Problem, closest, read_table

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""The official languages of the United Nations, in the order in which the UN lists them."""

DISCLAIMER = (
    "The names, codes and groupings of states and territories used here, and any boundaries drawn, "
    "serve to identify data. They take no position on the legal status of any country, territory, "
    "city or area or of its authorities, nor on where its frontiers or boundaries run. References "
    "to Kosovo are to be read in the context of Security Council resolution 1244 (1999)."
)
"""What stands under every map and every table of states."""


def name(code: str, language: str = "en") -> str:
    """The name of a state in one of LANGUAGES; Problem for another language or unknown code."""
    if language == "en":
        return state(code).name
    if language not in LANGUAGES:
        fix = f"Choose one of: {', '.join(LANGUAGES)}."
        raise Problem(f'there are no names of states in the language "{language[:40]}"', fix=fix)
    return names(language)[state(code).code]


def short_name(code: str) -> str:
    """The English name for a narrow column, of at most some 20 characters for every state."""
    return _short().get(code) or state(code).name


@cache
def _short() -> Mapping[str, str]:
    table = read_table(
        files("commonhaven.parties") / "short.csv", name="short.csv", required=("code", "name")
    )
    return MappingProxyType({row.text("code"): row.text("name") for row in table})


@cache
def names(language: str) -> Mapping[str, str]:
    """Code → name, for every state, territory and label, in one of LANGUAGES."""
    if language == "en":
        return MappingProxyType({code: one.name for code, one in states().items()})
    ours = overrides().get(language, {})
    theirs = cldr(language)
    named = {code: ours.get(code) or theirs[code] for code in states()}
    return MappingProxyType(named)


@cache
def overrides() -> Mapping[str, Mapping[str, str]]:
    """Language → code → name, where we do not follow CLDR or CLDR has no name."""
    table = read_table(
        files("commonhaven.parties") / "names.csv",
        name="names.csv",
        required=("code", "language", "name"),
    )
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for row in table:
        language = row.text("language")
        if language not in found:
            raise Problem(
                f'no language "{language}"',
                where=row.where("language"),
                fix=closest(language, LANGUAGES),
            )
        found[language][row.text("code")] = row.text("name")
    return MappingProxyType(found)


@cache
def cldr(language: str) -> Mapping[str, str]:
    """Code → name in CLDR, where it has one; reads Babel's data for the language."""
    from babel import Locale  # noqa: PLC0415 - imported only when another language is asked for

    territories = Locale.parse(language).territories
    return MappingProxyType(
        {
            code: territories[one.alpha2]
            for code, one in states().items()
            if one.alpha2 in territories
        }
    )
