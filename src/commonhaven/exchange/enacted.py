"""The steps that a file reports as acts of the book, each resting on the file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from fractions import Fraction
from typing import Any

from commonhaven.commitments import Act, ActKind, Draw, Evidence
from commonhaven.exchange.draft import NONE, Step
from commonhaven.reading import Problem

Pair = tuple[bool, str, str]
Parts = dict[str, Fraction]
"""Transfer → how much of it."""


def enacted(
    steps: Iterable[Step], *, commitment: str, source: str, promised: Mapping[str, Fraction]
) -> Iterator[Act]:
    """The acts of one commitment. ``source``: where the file has them from.

    What is announced after it was signed is announced already. Raises Problem where more is passed
    on than came.
    """
    writer = _Writer(commitment=commitment, source=source, promised=promised)
    for step in steps:
        yield from writer.acts(step)


@dataclass(slots=True, kw_only=True)
class _Writer:
    commitment: str
    source: str
    promised: Mapping[str, Fraction]
    number: int = 0
    announced: Parts = field(default_factory=lambda: defaultdict(Fraction))
    signed: Parts = field(default_factory=lambda: defaultdict(Fraction))
    under_way: dict[Pair, Parts] = field(default_factory=lambda: defaultdict(dict))
    held: dict[str, Parts] = field(default_factory=lambda: defaultdict(dict))

    def acts(self, step: Step) -> Iterator[Act]:
        if step.stage == "announced":
            value = min(step.value, self.promised[step.giver] - self.announced[step.giver])
            if value > 0:
                self.announced[step.giver] += value
                yield self.act("announced", step, value)
        elif step.stage == "committed":
            self.signed[step.giver] += step.value
            high = max(self.announced[step.giver], self.signed[step.giver])
            self.announced[step.giver] = high
            yield self.act("committed", step, step.value)
        elif step.stage == "delivered":
            yield self.sent(step)
        else:
            yield from self.received(step)

    def sent(self, step: Step) -> Act:
        draws = tuple(self.drawn(step)) if step.onward else ()
        made = self.act("passed on" if step.onward else "delivered", step, step.value,
                        to=step.receiver, draws=draws)  # fmt: skip
        self.under_way[step.onward, step.giver, step.receiver][made.id] = step.value
        return made

    def drawn(self, step: Step) -> Iterator[Draw]:
        """What is passed on, from what came to its giver, the earliest first."""
        held, left = self.held[step.giver], step.value
        for transfer, there in held.items():
            part = min(there, left)
            if part:
                held[transfer], left = there - part, left - part
                yield Draw(transfer=transfer, quantity=part)
        if left:
            raise Problem(
                f"{step.giver} passes on more on {step.on} than it has received",
                fix="Enter what it received first, as incoming funds of the first activity.",
            )

    def received(self, step: Step) -> Iterator[Act]:
        """A receipt, divided among the deliveries between the two that are under way."""
        under_way, left = self.under_way[step.onward, step.giver, step.receiver], step.value
        for transfer, there in under_way.items():
            part = min(there, left)
            if part:
                under_way[transfer], left = there - part, left - part
                held = self.held[step.receiver]
                held[transfer] = held.get(transfer, NONE) + part
                yield self.act("received", step, part, of=transfer)

    def act(self, kind: ActKind, step: Step, value: Fraction, **more: Any) -> Act:  # noqa: ANN401 - the fields of an act
        self.number += 1
        receipt = kind == "received"
        return Act(
            id=f"{self.commitment}/{self.number}", kind=kind, commitment=self.commitment,
            at=datetime.combine(step.on, time(0), UTC),
            by=step.receiver if receipt else step.giver,
            giver="" if receipt or step.onward else step.giver, quantity=value,
            evidence=(Evidence(what=self.source, where=step.ref),), **more,
        )  # fmt: skip
