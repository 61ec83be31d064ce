"""What the rooms say, in the language of the page; `commonhaven.telling` does the telling.

What was stored (in a plan, an obligation, a notice) is English text; it is read back by the
templates of the catalogue of translations, so that what was stored and hashed stays as it is.
"""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime

from babel.dates import format_datetime
from django.utils.translation import get_language

from commonhaven import telling
from commonhaven.saying import Said, renamed

BESIDE = " :：\u00a0–"
"""What a language puts beside the name of who acts."""
PAUSES = {
    "ar": {",": "، ", ";": "؛ "},
    "zh": {",": "\N{FULLWIDTH COMMA}", ";": "\N{FULLWIDTH SEMICOLON}"},
}
"""What stands between parts of a sentence."""


def language() -> str:
    """The language of the page, by the code that the rooms know it by: ar, en, es, fr, ru, zh."""
    return spoken(get_language() or "en")


def spoken(code: str) -> str:
    """A language of the interface, without its script or country."""
    return code.partition("-")[0]


def in_language(text: str) -> str:
    """A text of the program's own in the language of the page; any other text as it is."""
    return telling.told(text, language())


def recognised(text: str, code: str) -> Said | None:
    """The template and the values of an English text, where a template of the catalogue fits."""
    return telling.recognised(text, spoken(code))


def with_days(text: str) -> str:
    """A text whose days, such as 2026-11-29, are written as the language of the page does."""
    return telling.with_days(text, language())


def instant_in_words(at: datetime) -> str:
    """An instant in UTC as errors tell it, in English.

    >>> instant_in_words(datetime(2026, 11, 29, 14, 5, tzinfo=UTC))
    '29 November 2026, 14:05 UTC'
    """
    return format_datetime(at.astimezone(UTC), "d MMMM yyyy, HH:mm 'UTC'", locale="en_GB")


def of_parties(sentence: str, code: str, names: str) -> str:
    """A sentence on one party, in the language of the page, said of those named."""
    if isinstance(sentence, Said):
        changed = renamed(sentence, code, names)
        return in_language(changed) if isinstance(changed, Said) else names
    told = in_language(sentence)
    return told.replace(code, names, 1) if code and told.startswith(code) else told


def listed(names: Iterable[str]) -> str:
    """Names with the commas of the language."""
    return telling.listed(names, language())


def pause(sign: str = ",") -> str:
    """A comma or semicolon between parts of a sentence, as the language writes it."""
    return PAUSES.get(language(), {}).get(sign, f"{sign} ")


def without_party(sentence: str, code: str = "") -> str:
    """What a sentence says of a party, without it: as the title of a row or column."""
    told = of_parties(sentence, code, "").strip(BESIDE)
    return told[:1].upper() + told[1:]


def english() -> bool:
    return language() == "en"


def locale() -> str:
    """The locale of the page as Babel names it."""
    return telling.locale(language())


def party_name(code: str) -> str:
    """A state's name in the page's language; any other party as it is called."""
    return telling.party_name(code, language())


def by_name(code: str) -> str:
    """What parties stand in order by: the name on the page, whatever its accents and case."""
    letters = unicodedata.normalize("NFKD", party_name(code))
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold()


def day_text(day: date) -> str:
    """A day in words, as the language writes it."""
    return telling.day(day, language())
