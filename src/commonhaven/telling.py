"""What the rooms say, in a language, without a framework.

A sentence that has just been made is a ``Said`` and brings its template and values; one that was
stored is English text, and is read back by the templates of the catalogue. What fits no template
is told in English. The catalogues are those of the platform; see docs/decisions/0029.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from commonhaven.parties import LANGUAGES, UnknownState
from commonhaven.parties import name as name_of
from commonhaven.parties import states as known_states
from commonhaven.reading import Problem, decimal_text
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
LOCALES: Mapping[str, str] = {"en": "en_GB", "zh": "zh_Hans"}
COMMAS: Mapping[str, str] = {"ar": "، ", "zh": "、"}
START, LATIN, END = "\u2068", "\u2066", "\u2069"
"""What keeps a text in its own direction, digits and codes from left to right; and its end."""
TRACKED = re.compile(r"[A-Za-z0-9]")


def told(text: str, language: str) -> str:
    """A text of the program's own in the language; any other text as it is.

    In English only its days are written anew, as people write them.
    """
    if isinstance(text, Said) and text.values:
        return _filled(text, language)
    if language == "en":
        return with_days(str(text), language)
    known = recognised(str(text), language)
    return _filled(known, language) if known is not None else str(text)


def with_days(text: str, language: str) -> str:
    """A text whose days, such as 2026-11-29, are written as the language does."""

    def written(found: re.Match[str]) -> str:
        known = _day(found[0])
        return day(known, language) if known else found[0]

    return DAYS.sub(written, text)


def listed(names: Iterable[str], language: str) -> str:
    """Names with the commas of the language."""
    return COMMAS.get(language, ", ").join(names)


def party_name(code: str, language: str) -> str:
    """A state's name in the language; any other party as it is called."""
    try:
        return name_of(code, language)
    except UnknownState:
        return told(code, language)


def number(value: int | Decimal | Fraction, language: str, places: int | None = 0) -> str:
    """A number, grouped; None of places: all that it has."""
    return _digits(decimal_text(Fraction(value), places), language)


def money(value: Decimal | Fraction, currency: str, language: str) -> str:
    """A sum with its currency: USD 1,234.50 in English, 1 234,50 USD in French."""
    return _sum(Amount(value, currency), language)


def day(value: date, language: str) -> str:
    """A day in full: 25 November 2026."""
    from babel.dates import format_date  # noqa: PLC0415 - Babel is slow to import

    return format_date(value, "long", locale=locale(language))


def locale(language: str) -> str:
    """The locale as Babel names it; Problem for a language in which we have no words."""
    if language not in LANGUAGES:
        fix = f"Choose one of: {', '.join(LANGUAGES)}."
        raise Problem(f'there are no words in the language "{language[:40]}"', fix=fix)
    return LOCALES.get(language, language)


def apart(text: str, language: str) -> str:
    """Latin text, or digits with signs between them, kept in its own direction in Arabic."""
    if language == "ar" and TRACKED.search(text) and not text.startswith((START, LATIN)):
        return f"{START}{text}{END}"
    return text


def _filled(said: Said, language: str) -> str:
    words = catalogue(language)
    if said.many:
        template = words.ngettext(said.template, said.many, said.number)
    else:
        template = words.gettext(said.template) if said.template else ""
    return filled(template, {key: shown(value, language) for key, value in said.values.items()})


def shown(value: Value, language: str) -> str:
    """A value as a sentence in the language holds it."""
    if isinstance(value, Said):
        found = told(value, language)
        return apart(found, language) if found == value else found
    if isinstance(value, Party):
        return party_name(value.code, language) if value.code else ""
    if isinstance(value, Parts):
        return _joined(value, language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, Amount):
        return str(value) if language == "en" else _sum(value, language)
    if language == "en":
        return str(value)
    if isinstance(value, Number | int):
        return _digits(str(value), language)
    return apart(value, language)


def _sum(value: Amount, language: str) -> str:
    digits = _digits(value.digits, language)
    order = (value.currency, digits) if language == "en" else (digits, value.currency)
    return "\N{NO-BREAK SPACE}".join(order)


def _joined(value: Parts, language: str) -> str:
    between, parts = value.between, [shown(part, language) for part in value.parts]
    if between == ", ":
        return listed(parts, language)
    if between == " " and language == "zh":
        return "".join(part if part.endswith("。") else f"{part} " for part in parts).rstrip()
    return between.join(parts)


@lru_cache(maxsize=8192)
def _digits(text: str, language: str) -> str:
    """A number as English writes it, in the manner of the language; all its places are kept."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - Babel is slow to import

    plain = text.replace(",", "")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return text
    places = len(plain.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(Decimal(plain), pattern, locale=locale(language))


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of a language; English has none and needs none."""
    folder = files("commonhaven") / "web" / "locale" / locale(language) / "LC_MESSAGES"
    file = folder / "django.mo"
    if language == "en":
        return NullTranslations()
    return GNUTranslations(BytesIO(file.read_bytes()))


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
        first = parties(found[1].split(", "))
        if not found[2]:
            return first
        return say("{states} and {last}", states=first, last=Party(found[2]))
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
    from babel.messages.mofile import read_mo  # noqa: PLC0415 - Babel is slow to import

    file = files("commonhaven") / "web" / "locale" / locale(language) / "LC_MESSAGES" / "django.mo"
    keys = [one.id for one in read_mo(BytesIO(file.read_bytes())) if one.id]
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
