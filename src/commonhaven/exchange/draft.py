"""One commitment in the making: the steps that a file reports, put in order and completed."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from commonhaven.commitments.model import Earmarking
from commonhaven.exchange.transaction import STAGES, Stage
from commonhaven.reading import Problem

NONE = Fraction(0)
SAID = {"announced": "a pledge", "committed": "a commitment", "delivered": "a payment",
        "received": "a receipt"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that the file says happened. ``onward``: its giver passes on what it received."""

    on: date
    stage: Stage
    giver: str
    receiver: str
    value: Fraction
    ref: str = ""
    onward: bool = False

    @property
    def line(self) -> tuple[Stage, bool, str, str]:
        """Steps of one line correct one another."""
        between = self.receiver if self.stage in {"delivered", "received"} else ""
        return self.stage, self.onward, self.giver, between

    @property
    def order(self) -> tuple[date, int]:
        """By day, within it as things come about; what moves on in the order of the file."""
        return self.on, len(STAGES) if self.onward else STAGES.index(self.stage)


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a file says of one activity in one currency."""

    currency: str
    steps: list[Step] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    earmarking: Earmarking | None = None
    home: bool = False
    whole: list[Step] | None = None

    def without(self, givers: Collection[str]) -> int:
        """Take out what some parties give at first hand, and say how many steps it was."""
        kept = [step for step in self.steps if step.onward or step.giver not in givers]
        gone, self.steps = len(self.steps) - len(kept), kept
        return gone

    def complete(self) -> list[Step]:
        """All steps in order, corrected, with those that others presuppose."""
        if self.whole is None:
            self.whole = list(_completed(_corrected(self.steps)))
        return self.whole

    def promised(self) -> dict[str, Fraction]:
        """Giver → the most that it announced or signed."""
        sums: dict[str, dict[Stage, Fraction]] = {}
        for step in self.complete():
            if not step.onward:
                line = sums.setdefault(step.giver, defaultdict(Fraction))
                line[step.stage] += step.value
        return {giver: max(line["announced"], line["committed"]) for giver, line in sums.items()}

    def receivers(self) -> list[str]:
        return [step.receiver for step in self.complete() if not step.onward and step.receiver]


def _corrected(steps: list[Step]) -> list[Step]:
    """The steps without negative amounts: each lessens what stands before it, the latest first.

    Raises Problem where more is taken away than was there.
    """
    kept: list[Step] = []
    for step in sorted(steps, key=lambda step: step.order):
        if step.value > 0:
            kept.append(step)
            continue
        left = -step.value
        for n in range(len(kept) - 1, -1, -1):
            if left > 0 and kept[n].line == step.line:
                part = min(left, kept[n].value)
                kept[n], left = replace(kept[n], value=kept[n].value - part), left - part
        if left > 0:
            raise Problem(
                f"a correction of {step.on} takes more away than {SAID[step.stage]} of "
                f"{step.giver} had brought before",
                fix="Enter what is corrected first, or lessen the correction.",
            )  # fmt: skip
    return [step for step in kept if step.value]


def _completed(steps: list[Step]) -> Iterator[Step]:
    """Before a receipt its delivery, before a delivery its signature, where the file has none."""
    signed: dict[str, Fraction] = defaultdict(Fraction)
    sent: dict[str, Fraction] = defaultdict(Fraction)
    under_way: dict[tuple[bool, str, str], Fraction] = defaultdict(Fraction)
    for step in steps:
        pair = step.onward, step.giver, step.receiver
        if step.stage == "committed":
            signed[step.giver] += step.value
        elif step.stage == "delivered":
            yield from _signed(step, step.value, signed, sent)
            under_way[pair] += step.value
        elif step.stage == "received":
            missing = max(NONE, step.value - under_way[pair])
            under_way[pair] += missing - step.value
            if missing:
                yield from _signed(step, missing, signed, sent)
                yield replace(step, stage="delivered", value=missing, ref="")
        yield step


def _signed(
    step: Step, value: Fraction, signed: dict[str, Fraction], sent: dict[str, Fraction]
) -> Iterator[Step]:
    """The signature that a delivery presupposes, as far as there is none."""
    if step.onward:
        return
    sent[step.giver] += value
    missing = sent[step.giver] - signed[step.giver]
    if missing > 0:
        signed[step.giver] += missing
        yield replace(step, stage="committed", receiver="", value=missing, ref="")
