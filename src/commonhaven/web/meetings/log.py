"""The log of a procedure as it is read: parties by name, a long run of one act as one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from commonhaven.procedures import Step
from commonhaven.web.kit.templatetags.kit import party

SHORT = 3
"""Steps of one kind in a row that are still shown one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a step, or several of one kind in a row with the parties concerned."""

    steps: tuple[Step, ...]

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def last(self) -> Step:
        return self.steps[-1]

    @property
    def sentence(self) -> str:
        """What happened; of a run, without the party."""
        if len(self.steps) == 1:
            return named(self.first.sentence, self.first.party)
        return self.first.sentence.removeprefix(f"{self.first.party} ")

    @property
    def parties(self) -> tuple[str, ...]:
        return tuple(step.party for step in self.steps)


def lines(log: Iterable[Step]) -> tuple[Line, ...]:
    """The log in its order; more than a few steps of one kind in a row become one line."""
    found: list[Line] = []
    for _, run in groupby(log, key=lambda step: (step.kind, step.automatic, _plain(step))):
        steps = tuple(run)
        if len(steps) > SHORT:
            found.append(Line(steps=steps))
        else:
            found += [Line(steps=(step,)) for step in steps]
    return tuple(found)


def _plain(step: Step) -> str:
    """The sentence without its party: only steps that say the same are taken together."""
    return step.sentence.removeprefix(step.party)


def named(sentence: str, code: str) -> str:
    """The sentence with the party's name in the page's language instead of its code."""
    if not code or not sentence.startswith(code):
        return sentence
    return sentence.replace(code, party(code), 1)
