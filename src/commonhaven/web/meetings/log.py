"""The log of a procedure as it is read: parties by name, a long run of one act as one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import ngettext

from commonhaven.procedures import Step
from commonhaven.web.kit.saying import of_parties
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
        """What happened; of a run, with the number of its parties."""
        code, several = self.first.party, len(self.steps)
        names = ngettext("%(n)s party", "%(n)s parties", several) % {"n": several}
        return of_parties(self.first.sentence, code, party(code) if several == 1 else names)

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
