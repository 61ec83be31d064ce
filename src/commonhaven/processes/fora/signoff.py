"""Who stands behind a contribution: a signature of every delegation, on the text as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonhaven.processes.fora.answers import Contribution
from commonhaven.processes.model import ID
from commonhaven.processes.roster import Roster
from commonhaven.reading import Problem, closest, described

Position = Literal["agreed", "agreed with reservation", "objected"]
State = Literal["agreed", "agreed with reservation", "objected", "earlier text", "awaited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """What a delegation said to the text with this hash; a later one replaces an earlier one."""

    process: str = described("The process in whose name, by id", pattern=ID)
    party: str = described("The delegation")
    on: date = described("Day")
    position: Position = described("What it said")
    text: str = described("Hash of the text that it saw")
    reservation: str = described("What it reserves or objects to", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Where one delegation stands."""

    process: str
    party: str
    state: State
    on: date | None
    reservation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where all delegations stand on the text as it is."""

    contribution: str
    digest: str
    delegations: tuple[Delegation, ...]
    warnings: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be handed in: nobody is awaited, nobody objects, and somebody signed."""
        states = {each.state for each in self.delegations}
        return bool(states) and states <= {"agreed", "agreed with reservation"}

    def of(self, process: str) -> tuple[Delegation, ...]:
        return tuple(each for each in self.delegations if each.process == process)

    def count(self, state: State) -> int:
        return sum(each.state == state for each in self.delegations)


def standing(
    draft: Contribution, signed: Iterable[SignOff], rosters: Mapping[str, Roster]
) -> Standing:  # fmt: skip
    """Where the member states of every process of the draft stand.

    A state that sits in two of the processes signs for each. A signature under another text than
    the present one does not count: the delegation is asked again.
    """
    given = sorted(signed, key=lambda each: each.on)
    for number, each in enumerate(given, 1):
        _check(each, draft, rosters, f"sign-offs {number}")
    last = {(each.process, each.party): each for each in given}
    seats = [(name, party) for name in draft.processes for party in rosters[name].states]
    return Standing(
        contribution=draft.id, digest=draft.digest,
        delegations=tuple(_stands(seat, last.get(seat), draft.digest) for seat in seats),
        warnings=tuple(
            warning
            for name in draft.processes
            if not rosters[name].complete
            for warning in rosters[name].warnings
        ),
    )  # fmt: skip


def _check(
    each: SignOff, draft: Contribution, rosters: Mapping[str, Roster], where: str
) -> None:  # fmt: skip
    if each.process not in draft.processes:
        said = f"{each.process} does not speak in {draft.id}"
        raise Problem(said, where=where, fix=closest(each.process, draft.processes))
    members = rosters[each.process].states
    if each.party not in members:
        said = f"{each.party} is no member of {each.process}"
        raise Problem(said, where=where, fix=closest(each.party, members))
    if each.position != "agreed" and not each.reservation.strip():
        fix = "Write reservation = ..., or agreed."
        raise Problem(f"{each.party} says {each.position} and not to what", where=where, fix=fix)


def _stands(seat: tuple[str, str], given: SignOff | None, text: str) -> Delegation:
    process, party = seat
    if given is None:
        return Delegation(process=process, party=party, state="awaited", on=None, reservation="")
    state: State = given.position if given.text == text else "earlier text"
    return Delegation(
        process=process, party=party, state=state, on=given.on, reservation=given.reservation
    )
