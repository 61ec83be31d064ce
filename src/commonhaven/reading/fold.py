"""One spelling for search in any language: case, accents, Arabic letters, Chinese pairs.

The same is done to what is searched and to what is looked for. What is left are words of letters
and digits with one space between them, so that every database cuts them alike.
"""

import re
import unicodedata
from collections.abc import Iterator

BEFORE = str.maketrans({"İ": "i", "ı": "i"})
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي",
     "ک": "ك", "ـ": None, "ء": None}
)  # fmt: skip
"""Letters that are written one way or another, to one of them; the stretching sign to nothing."""
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=\w{3})")
"""ال with the letters that are written with it (and, so, in, like), and لل (to the)."""
AND = re.compile(r"^و(?=[\u0621-\u064a]{4})")
ARABIC_WORD = re.compile(r"^[\u0621-\u064a]+$")
WORD = re.compile(r"[^\W_]+")
ENDINGS = (
    (re.compile(r"^([а-я]{4,}?)(?:ами|ями|ого|его|ому|ему|ыми|ими|ах|ях|ов|ев|еи|ои|ыи|ии|ая|яя|ое"
                r"|ее|ые|ие|ых|их|ою|ею|ам|ям|ом|ем|ец|ы|и|а|я|о|е|у|ю|ь)$"), r"\1"),
    (re.compile(r"^([a-z]{3,}[nrldjz])es$"), r"\1"),
    (re.compile(r"^([a-z]{4,}e)es?$"), r"\1"),
    (re.compile(r"^([a-z]{4,})s$"), r"\1"),
    (re.compile(r"^([a-z]{3,}a)ux$"), r"\1"),
    (re.compile(r"^([\u0621-\u064a]{3,})(?:ون|ين|ات|ان|ه)$"), r"\1"),
)  # fmt: skip
"""Endings of number and case that a searched word loses: Russian; Spanish, English and French
plurals; Arabic plurals and the closing ة. What is left is the beginning of a word."""


def fold(text: str) -> str:
    """Lower case, no accents, one Arabic spelling, Chinese in pairs of characters.

    >>> fold("Réfugiés, ÉVACUÉS")
    'refugies evacues'
    >>> fold("واللاجئين") == fold("لاجئين")
    True
    >>> fold("难民署")
    '难民 民署 署'
    """
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word for one in WORD.findall(_letters(text)) for word in _parts(one)]


def _letters(text: str) -> str:
    """Every letter in its one spelling; marks above and below it are gone."""
    lower = unicodedata.normalize("NFKD", text.translate(BEFORE).casefold()).translate(LIGATURES)
    bare = "".join(sign for sign in lower if not unicodedata.combining(sign))
    return CHINESE.sub(lambda run: f" {run[0]} ", bare.translate(ARABIC))


def _parts(word: str) -> Iterator[str]:
    """A word without its article; Chinese as pairs, and the last sign alone.

    The last sign alone lets one sign be found wherever it stands. An Arabic word that begins with
    "and" stands with it and without.
    """
    if CHINESE.fullmatch(word):
        yield from (word[at : at + 2] for at in range(len(word)))
    elif not ARABIC_WORD.match(word):
        yield word
    elif (bare := ARTICLE.sub("", word)) != word:
        yield bare
    else:
        yield word
        if (without := AND.sub("", word)) != word:
            yield without


def beginnings(query: str, most: int = 12) -> tuple[str, ...]:
    """What the words of a result have to begin with: the query's words without their endings."""
    found = dict.fromkeys(_stem(word) for word in words(query))
    pairs = [word for word in found if len(word) == 2 and CHINESE.fullmatch(word)]
    needless = {pair[1] for pair in pairs}
    return tuple(word for word in found if word not in needless)[:most]


def _stem(word: str) -> str:
    for pattern, kept in ENDINGS:
        short = pattern.sub(kept, word)
        if short != word:
            return short
    return word
