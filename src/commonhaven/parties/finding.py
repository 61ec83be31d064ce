"""From what a person or a file writes to the state that is meant, or to a Problem that helps."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from commonhaven.parties.names import LANGUAGES, cldr, names
from commonhaven.parties.register import State, UnknownState, states
from commonhaven.reading import read_table

LONGEST = 100
"""Characters of the longest text that may be a name; longer text is not searched for one."""

FORMERLY = " (formerly "
"""What the lists of the United Nations put before a state's last name."""

FULL_WORD = {
    "rep": "republic",
    "dem": "democratic",
    "fed": "federated",
    "sts": "states",
    "st": "saint",
    "is": "islands",
    "isl": "islands",
    "terr": "territory",
}
INITIAL = re.compile(r"\b(\w)\.")
SMALL_WORDS = frozenset(
    (
        "the", "of", "and", "s", "a", "an", "d", "l", "la", "le", "les", "du", "des", "et", "el",
        "los", "las", "de", "del", "y", "e", "da", "do", "dos", "i", "и",
    )
)  # fmt: skip
FORMAL_WORDS = frozenset(
    ("republic", "kingdom", "principality", "sultanate", "commonwealth", "federal")
)


def find_state(text: str, where: str = "") -> State:
    """The state that a code or name stands for, in any UN language, whatever case and accents.

    Reads ISO alpha-3 codes, our names, CLDR's and common variants. Two-letter codes and UNHCR's own
    codes are not read, since they collide with names and ISO codes: the Problem names the state
    meant. Raises UnknownState where nothing or more than one state fits, with the nearest names.
    """
    bare = text.strip()
    if (found := states().get(bare.upper())) is not None:
        return found
    codes = _codes(bare) if len(bare) <= LONGEST else ()
    if len(codes) == 1:
        return states()[codes[0]]
    if codes:
        meant = " or ".join(_shown(code) for code in codes)
        raise UnknownState(f'"{bare}" can mean {meant}', where=where, fix="Write the code.")
    if not bare:
        raise UnknownState("the name of a state is missing", where=where, fix="Write its code.")
    raise UnknownState(f'no state is called "{_cut(bare)}"', where=where, fix=suggestion(bare))


def suggestion(text: str) -> str:
    """A sentence that says which states the text may stand for."""
    bare = text.strip()
    for reading, codes in (
        ("an ISO two-letter code", _with(bare.upper(), "alpha2")),
        ("UNHCR's own code", _with(bare.upper(), "unhcr_code")),
        ("a name", _codes(bare) if len(bare) <= LONGEST else ()),
    ):
        if codes:
            meant = " or ".join(_shown(code) for code in codes)
            return f"It is {reading} of {meant}: write {' or '.join(codes)}."
    near = _nearest(bare) if len(bare) <= LONGEST else ()
    if near:
        return f"Did you mean {' or '.join(_shown(code) for code in near)}?"
    return "Write an ISO alpha-3 code such as GHA, or the name of the state."


def _with(code: str, field: str) -> tuple[str, ...]:
    return tuple(one.code for one in states().values() if code and getattr(one, field) == code)


def _codes(text: str) -> tuple[str, ...]:
    """The codes that a name stands for: our wording first, then other languages, then formal."""
    key = folded(text.split(FORMERLY, maxsplit=1)[0])
    return _english().get(key) or _all_languages().get(key) or _english().get(_informal(key), ())


def _informal(key: str) -> str:
    return " ".join(word for word in key.split() if word not in FORMAL_WORDS)


def folded(text: str) -> str:
    """A name without what people write differently: case, accents, order, articles, shortening."""
    joined = INITIAL.sub(r"\1", text)
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", joined).casefold())
    plain = (
        mark if mark.isalnum() else " "
        for mark in spread
        if unicodedata.category(mark) != "Mn" and mark != "ـ"
    )
    words = [FULL_WORD.get(word, word) for word in "".join(plain).split()]
    kept = [word for word in words if word not in SMALL_WORDS]
    return " ".join(sorted(kept or words))


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    """Folded English name or variant → codes."""
    table = read_table(
        files("commonhaven.parties") / "variants.csv",
        name="variants.csv",
        required=("text", "codes"),
    )
    found = {folded(row.text("text")): tuple(row.text("codes").split()) for row in table}
    for code, one in states().items():
        found.setdefault(folded(one.name), (code,))
    return found


@cache
def _all_languages() -> Mapping[str, tuple[str, ...]]:
    """Folded name → codes, over our names and CLDR's in every language."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for spelling in (names(language), cldr(language)):
            for code, text in spelling.items():
                found.setdefault(folded(text), set()).add(code)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def _nearest(text: str) -> tuple[str, ...]:
    """Codes of up to three states with names like the text, the likest first."""
    key = folded(text)
    known = {**_all_languages(), **_english()}
    near = difflib.get_close_matches(key, known, n=6, cutoff=0.7)
    return tuple(_first_three(code for match in near for code in known[match]))


def _first_three(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))[:3]


def _shown(code: str) -> str:
    return f"{states()[code].name} ({code})"


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "..."
