"""What happened in a meeting, in sentences: what many parties did alike is told once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from commonhaven.procedures import Step
from commonhaven.web.kit.saying import listed, of_parties
from commonhaven.web.kit.templatetags.kit import party


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the log as it is shown, for one party or for several that did the same."""

    at: datetime
    sentence: str
    parties: int
    automatic: bool
    late: bool
    cite: str


def told(log: Iterable[Step]) -> tuple[Told, ...]:
    """The log with neighbouring lines of the same instant and wording made one."""
    return tuple(_one(list(steps)) for _, steps in groupby(log, key=_alike))


def _alike(step: Step) -> tuple[object, ...]:
    return (step.at, step.kind, step.automatic, step.late, step.cite, _without(step))


def _without(step: Step) -> str:
    """The sentence after the party that it begins with; the whole where it begins otherwise."""
    return step.sentence.removeprefix(step.party) if step.party else step.sentence


def _one(steps: list[Step]) -> Told:
    first = steps[0]
    names = listed(dict.fromkeys(party(step.party) for step in steps))
    sentence = of_parties(first.sentence, first.party, names)
    return Told(
        at=first.at, sentence=sentence, parties=len(steps), automatic=first.automatic,
        late=first.late, cite=first.cite,
    )  # fmt: skip
