"""Find practices by words in any of six languages, whichever language they were written in.

A word counts for more the fewer practices have it (ln(N/n), as in the likeness of processes), and
for more in a title than in a summary. Nothing else goes in: not who published it, nor when.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from commonhaven.parties import states
from commonhaven.parties.names import names
from commonhaven.processes.library import processes
from commonhaven.processes.likeness import rare
from commonhaven.processes.practices.library import theme_words
from commonhaven.processes.practices.model import LANGUAGES, OF_A_PROCESS, Practice
from commonhaven.reading.fold import CHINESE, beginnings, words

TITLE, THEME, TOLD = 3, 2, 1
"""What a word counts in a title; in the names of themes and parties; in all that is told."""
SHORT = 3
Words = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A practice that was found; ``matched`` are the words of the question that it has."""

    practice: Practice
    score: Fraction
    matched: tuple[str, ...]


def search(
    question: str, among: Iterable[Practice], *, most: int | None = None
) -> tuple[Hit, ...]:  # fmt: skip
    """The practices with words of the question, the best first; equal ones in order of their ids.

    Words that no practice has change nothing; words that all have tell none from another.
    """
    asked = beginnings(question)
    indexed = [(each, searched(each)) for each in among]
    weights = {
        word: rare(len(indexed), n)
        for word in asked
        if (n := sum(counts(word, held) > 0 for _each, held in indexed))
    }
    found = [_hit(each, held, weights) for each, held in indexed]
    ordered = sorted(
        (hit for hit in found if hit.score), key=lambda hit: (-hit.score, hit.practice.id)
    )
    return tuple(ordered[:most])


def _hit(each: Practice, held: Words, weights: Mapping[str, Fraction]) -> Hit:
    has = {word: counts(word, held) for word in weights}
    return Hit(
        practice=each, score=sum((weights[word] * has[word] for word in weights), Fraction(0)),
        matched=tuple(word for word in weights if has[word]),
    )  # fmt: skip


def counts(begin: str, held: Words) -> int:
    """What the best word that begins so counts; a very short word has to be the whole word."""
    if len(begin) <= SHORT and not CHINESE.match(begin):
        return held.get(begin, 0)
    return max((value for word, value in held.items() if word.startswith(begin)), default=0)


def searched(one: Practice) -> Words:
    """Every folded word of a practice, with what it counts where it counts most."""
    found: dict[str, int] = {}
    for value, texts in (
        (TOLD, [*one.summary.values(), one.result, one.note, *one.needs]),
        (THEME, [*_theme_names(one.themes), *party_names(one)]),
        (TITLE, one.title.values()),
    ):
        for word in words(" ".join(texts)):
            found[word] = max(found.get(word, 0), value)
    return found


def _theme_names(themes: Sequence[str]) -> list[str]:
    held = theme_words()
    return [text for theme in themes if theme in held for text in held[theme].values()]


def party_names(one: Practice) -> list[str]:
    """What those who did it are called: states in six languages, processes by all their names."""
    found = []
    for party in (*one.by, *(each.by for each in one.reuse)):
        if party in states():
            found += [_called(language)[party] for language in LANGUAGES]
        elif (held := processes().get(party.removeprefix(OF_A_PROCESS))) is not None:
            found += [held.name, *held.aka, held.id]
        else:
            found.append(party)
    return found


@cache
def _called(language: str) -> Mapping[str, str]:
    return names(language)
