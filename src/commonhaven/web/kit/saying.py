"""What the rooms say, in the reader's language.

A sentence that has just been made is a ``Said`` and brings its template and values. One that was
stored (in a plan, an obligation, a notice) is English text; it is read back by the templates of
the catalogue of translations, so that what was stored and hashed stays as it is. What fits no
template is shown in English.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.messages.mofile import read_mo
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext, to_locale

from commonhaven.parties import UnknownState, name
from commonhaven.parties import states as known_states
from commonhaven.saying import (
    PLACE,
    Amount,
    Number,
    Parts,
    Party,
    Said,
    Value,
    filled,
    parties,
    renamed,
    say,
)

LONGEST = 700
"""Signs up to which a stored text is compared with templates."""
LEAST = 6
"""Letters that a template needs beside its values to be known again."""
DIGITS = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+\.\d+")
SUM = re.compile(r"([A-Z]{3}) (-?\d{1,3}(?:,\d{3})*(?:\.\d+)?)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
DAYS = re.compile(rf"(?<![\w-]){DAY.pattern}(?![\w-])")
CODES = re.compile(r"([A-Z]{3}(?:, [A-Z]{3})*)(?: and ([A-Z]{3}))?")
LISTS = frozenset({"cohorts", "parts"})
"""Places that hold several texts."""
BESIDE = " :：\u00a0–"
"""What a language puts beside the name of who acts."""
COMMAS = {"ar": "، ", "zh-hans": "、"}
"""What stands between names; below: between parts of a sentence."""
PAUSES = {
    "ar": {",": "، ", ";": "؛ "},
    "zh-hans": {",": "\N{FULLWIDTH COMMA}", ";": "\N{FULLWIDTH SEMICOLON}"},
}


def in_language(text: str) -> str:
    """A text of the program's own in the language of the page; any other text as it is.

    In English only its days are written anew, as people write them.
    """
    if isinstance(text, Said) and text.values:
        return _told(text)
    if english():
        return with_days(str(text))
    known = recognised(str(text), get_language() or "en")
    return _told(known) if known is not None else str(text)


def with_days(text: str) -> str:
    """A text whose days, such as 2026-11-29, are written as the language of the page does."""
    return DAYS.sub(lambda found: _written(found[0]), text)


def _written(text: str) -> str:
    day = _day(text)
    return day_text(day) if day else text


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
    return COMMAS.get(get_language() or "en", ", ").join(names)


def pause(sign: str = ",") -> str:
    """A comma or semicolon between parts of a sentence, as the language writes it."""
    return PAUSES.get(get_language() or "en", {}).get(sign, f"{sign} ")


def without_party(sentence: str, code: str = "") -> str:
    """What a sentence says of a party, without it: as the title of a row or column."""
    told = of_parties(sentence, code, "").strip(BESIDE)
    return told[:1].upper() + told[1:]


def english() -> bool:
    return (get_language() or "en").startswith("en")


def locale() -> str:
    """The locale of the page as Babel names it."""
    language = get_language() or "en"
    return {"en": "en_GB", "zh-hans": "zh_Hans"}.get(language, language.replace("-", "_"))


def party_name(code: str) -> str:
    """A state's name in the page's language; any other party as it is called."""
    try:
        return name(code, locale().split("_")[0])
    except UnknownState:
        return in_language(code)


def by_name(code: str) -> str:
    """What parties stand in order by: the name on the page, whatever its accents and case."""
    letters = unicodedata.normalize("NFKD", party_name(code))
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold()


def day_text(day: date) -> str:
    """A day in words, as the language writes it."""
    return format_date(day, "long", locale=locale())


def _told(said: Said) -> str:
    if said.many:
        template = ngettext(said.template, said.many, said.number)
    else:
        template = gettext(said.template) if said.template else ""
    return filled(template, {key: _shown(value) for key, value in said.values.items()})


def _shown(value: Value) -> str:
    if isinstance(value, Said):
        told = in_language(value)
        return _apart(told) if told == value else told
    if isinstance(value, Party):
        return party_name(value.code) if value.code else ""
    if isinstance(value, Parts):
        return _joined(value)
    if isinstance(value, date):
        return day_text(value)
    if english():
        return str(value)
    if isinstance(value, Amount):
        return f"{_digits(value.digits)}\u00a0{value.currency}"
    if isinstance(value, Number | int):
        return _digits(str(value))
    return _apart(value)


def _joined(value: Parts) -> str:
    between, parts = value.between, [_shown(part) for part in value.parts]
    if between == ", ":
        return listed(parts)
    if between == " " and (get_language() or "").startswith("zh"):
        return "".join(part if part.endswith("。") else f"{part} " for part in parts).rstrip()
    return between.join(parts)


def _digits(text: str) -> str:
    """A number as English writes it, in the manner of the language; all its places are kept."""
    plain = text.replace(",", "")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return text
    places = len(plain.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(Decimal(plain), pattern, locale=locale())


def _apart(text: str) -> str:
    """Latin text, or digits with signs between them, kept in its own direction in Arabic."""
    if get_language() == "ar" and re.search("[A-Za-z0-9]", text):
        return f"\u2068{text}\u2069"
    return text


@lru_cache(maxsize=8192)
def recognised(text: str, language: str) -> Said | None:
    """The template and the values of an English text, where a template of the catalogue fits."""
    constants, patterns = _templates(language)
    if text in constants:
        return Said(text)
    if not text or len(text) > LONGEST:
        return None
    for pattern, template, many in patterns:
        if found := pattern.fullmatch(text):
            values = {key: _value(key, part, language) for key, part in found.groupdict().items()}
            return Said(template, values, many)
    return None


def _value(key: str, text: str, language: str) -> Value:
    """What stands in the place of a value: a number, a sum, states by code or name, or a text."""
    if key in LISTS:
        return Parts(tuple(text.split(", ")))
    if DIGITS.fullmatch(text):
        plain = text.replace(",", "")
        places = len(plain.partition(".")[2])
        return Number(Decimal(plain), places or None, grouped="," in text)
    if found := SUM.fullmatch(text):
        return Amount(Decimal(found[2].replace(",", "")), found[1])
    known = _day(text) or _states(text) or recognised(text, language)
    return text if known is None else known


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _states(text: str) -> Value | None:
    """States by their codes, or one by its name."""
    if found := CODES.fullmatch(text):
        listed_first = parties(found[1].split(", "))
        if not found[2]:
            return listed_first
        return say("{states} and {last}", states=listed_first, last=Party(found[2]))
    code = _codes().get(text)
    return Party(code, text) if code else None


@cache
def _codes() -> dict[str, str]:
    """English name → code."""
    return {one.name: code for code, one in known_states().items()}


@cache
def _templates(
    language: str,
) -> tuple[frozenset[str], tuple[tuple[re.Pattern[str], str, str], ...]]:
    """The texts of a language's catalogue: those without a place to fill, and the others."""
    path = Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.mo"
    if not path.exists():
        return frozenset(), ()
    with path.open("rb") as file:
        keys = [one.id for one in read_mo(file) if one.id]
    pairs = [(key, "") if isinstance(key, str) else (key[0], key[1]) for key in keys]
    constants = frozenset(one for one, many in pairs if not many and not PLACE.search(one))
    found = [
        (_pattern(form, counted=bool(many)), one, many)
        for one, many in pairs
        if PLACE.search(one) and (many or _letters(one) >= LEAST)
        for form in {one, many} - {""}
    ]
    return constants, tuple(sorted(found, key=lambda each: -_letters(each[1])))


def _letters(template: str) -> int:
    return sum(sign.isalpha() for sign in PLACE.sub("", template))


def _pattern(template: str, *, counted: bool) -> re.Pattern[str]:
    """What the template fits; the number that decides between one and many has only digits."""
    whole, seen, end = "", set[str](), 0
    for place in PLACE.finditer(template):
        key = place[1]
        value = r"[\d,]+" if counted and key == "number" else ".+?"
        whole += re.escape(template[end : place.start()])
        whole += f"(?P={key})" if key in seen else f"(?P<{key}>{value})"
        seen.add(key)
        end = place.end()
    return re.compile(whole + re.escape(template[end:]), re.DOTALL)
