"""How much of what people look for the search finds: recall at five, on a labelled set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.processes.practices.model import Practice
from commonhaven.processes.practices.search import search
from commonhaven.reading import Problem, build, closest, described

AT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question as people ask it, and the practices that answer it."""

    asks: str = described("The question")
    practices: tuple[str, ...] = described("Ids of the practices that answer it")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Questions:
    questions: Mapping[str, tuple[Labelled, ...]] = described("Language → questions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A labelled question, what was found first, and the part of what was wanted among it."""

    language: str
    asks: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def recall(self) -> Fraction:
        return Fraction(len({*self.wanted} & {*self.found}), len(self.wanted))


def read_questions(table: object, where: str) -> Mapping[str, tuple[Labelled, ...]]:
    """Labelled questions by language; Problem where one names no practice."""
    found = build(_Questions, {"questions": table}, where).questions
    for language, questions in found.items():
        for each in questions:
            if not each.practices:
                said = f'"{each.asks[:40]}" names no practice'
                raise Problem(said, where=f"{where}, {language}", fix="Name what answers it.")
    return found


def answered(
    questions: Mapping[str, Iterable[Labelled]], among: Mapping[str, Practice]
) -> tuple[Answered, ...]:
    """What the search finds first for every question; Problem for a practice that is not there."""
    told = []
    for language, asked in questions.items():
        for each in asked:
            for name in each.practices:
                if name not in among:
                    said, fix = f'there is no practice "{name[:40]}"', closest(name, among)
                    raise Problem(said, where=f"{language}: {each.asks[:40]}", fix=fix)
            hits = search(each.asks, among.values(), most=AT)
            told.append(
                Answered(
                    language=language, asks=each.asks, wanted=each.practices,
                    found=tuple(hit.practice.id for hit in hits),
                )
            )  # fmt: skip
    return tuple(told)


def recalls(told: Iterable[Answered]) -> dict[str, Fraction]:
    """Language → the mean recall of its questions."""
    by_language: dict[str, list[Fraction]] = {}
    for each in told:
        by_language.setdefault(each.language, []).append(each.recall)
    return {name: Fraction(sum(values), len(values)) for name, values in by_language.items()}
