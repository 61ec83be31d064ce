"""Corrective allocation after the Dublin IV proposal: relief above 150 % of a reference number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from commonhaven.allocation.capacity import fill
from commonhaven.allocation.question import Tie
from commonhaven.allocation.rounding import apportion
from commonhaven.instruments import entry
from commonhaven.reading import Problem

CITE = "COM(2016) 270, Arts 34-36"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a state stands against its reference number."""

    load: int
    reference: Fraction
    triggered: bool
    receives: bool

    @property
    def room(self) -> int:
        """People it can still be sent until it reaches its number."""
        return max(0, ceil(self.reference - self.load)) if self.receives else 0

    def excess(self, trigger: Fraction) -> int:
        """People above the trigger: relief ends when they are gone."""
        return max(0, ceil(self.load - trigger * self.reference))


def standings(
    loads: Mapping[str, int], shares: Mapping[str, Fraction], trigger: Fraction, total: int
) -> dict[str, Standing]:
    """Each state's reference number (``share × total``), whether it is relieved or receives.

    ``loads``: applications for which a state is responsible and people resettled to it in twelve
    months; ``total``: all of them together, those not yet with any state included.
    """
    found = {}
    for state, load in loads.items():
        reference = shares[state] * total
        found[state] = Standing(
            load=load,
            reference=reference,
            triggered=load > trigger * reference,
            receives=load < reference,
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Where new applicants go.

    ``instead``: state that opted out → people it would have received; others receive them.
    ``remaining``: people for whom no state is below its number; they stay where they applied.
    ``ties``: states with an equal claim to the last people, and who got them.
    """

    standings: Mapping[str, Standing]
    people: Mapping[str, int]
    instead: Mapping[str, int]
    remaining: int
    ties: tuple[Tie, ...] = ()


def corrective(
    loads: Mapping[str, int],
    shares: Mapping[str, Fraction],
    people: int,
    *,
    opted_out: Collection[str] = (),
    trigger: Fraction | None = None,
    order: Sequence[str] = (),
) -> Corrected:
    """Send ``people`` who apply in a relieved state to the states below their number, by the key.

    Nobody is sent anywhere where no state is above the trigger (150 % unless given). ``order``: the
    states in the order in which ties are settled. Problem for an unknown state among those that
    opted out.
    """
    for state in opted_out:
        if state not in loads:
            raise Problem(f"{state} opted out and takes no part", fix="Name a state with a load.")
    limit = trigger if trigger is not None else entry("dublin-iv", "trigger").number
    found = standings(loads, shares, limit, sum(loads.values()))
    if not any(each.triggered for each in found.values()):
        nobody = dict.fromkeys(loads, 0)
        return Corrected(standings=found, people=nobody, instead={}, remaining=people)
    due, ties = _sent(found, shares, people, order)
    willing = {state: each for state, each in found.items() if state not in opted_out}
    sent = due
    if len(willing) < len(found):
        sent, other = _sent(willing, shares, people, order)
        ties = (*(replace(tie, what=f"{tie.what}, had nobody opted out") for tie in ties), *other)
    return Corrected(
        standings=found,
        people={state: sent.get(state, 0) for state in loads},
        instead={state: due.get(state, 0) for state in loads if state in opted_out},
        remaining=people - sum(sent.values()),
        ties=ties,
    )


def _sent(
    standing: Mapping[str, Standing],
    shares: Mapping[str, Fraction],
    people: int,
    order: Sequence[str],
) -> tuple[Mapping[str, int], tuple[Tie, ...]]:
    room = {state: each.room for state, each in standing.items() if each.receives}
    key = {state: shares[state] for state in room if shares[state]}
    now = min(people, sum(room[state] for state in key))
    if not now:
        return {}, ()
    targets = fill(key, now, {state: room[state] for state in key}).targets
    exact = {state: target / now for state, target in targets.items()}
    made = apportion(exact, now, order=order, at_most={s: room[s] for s in exact})
    return made.people, made.ties


def opt_out_due(people: int) -> Fraction:
    """What a state that opted out owes for people it did not receive, in EUR (Art. 37(3)).

    It follows from the placement and never enters it.
    """
    return people * entry("dublin-iv", "due_per_person").number
