"""From votes to a decision, exactly and with the working."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, cast, get_args

from commonhaven.procedures.modes import Base, Mode, mode
from commonhaven.procedures.value import Setting
from commonhaven.reading import Problem, exact
from commonhaven.saying import Number, Said, Value, parties, say

Position = Literal["yes", "no", "abstain", "objection", "not participating"]
POSITIONS: tuple[str, ...] = get_args(Position)
AGAINST = ("no", "objection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A member's position: yes, no, abstain, objection or not participating.

    A no is an objection where consensus is sought, and an objection a no where votes are counted.
    A member that is not participating leaves the base of those present; one that abstains stays.
    """

    party: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedVote:
    """A vote that was not counted, and why."""

    vote: Vote
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The result of a vote with its counts and its working."""

    mode: str
    result: Literal["adopted", "not adopted", "no quorum"]
    counts: Mapping[str, int]
    """Members by position, and those present in silence, absent or recused."""
    working: tuple[str, ...]
    refused: tuple[RefusedVote, ...]
    cite: str

    @property
    def adopted(self) -> bool:
        return self.result == "adopted"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ballot:
    """Who counts, and how they voted."""

    members: tuple[str, ...]
    present: tuple[str, ...]
    recused: tuple[str, ...]
    cast: Mapping[str, str]
    refused: tuple[RefusedVote, ...] = ()
    setting: Setting = field(default_factory=lambda: Setting(members=()))

    def who(self, *positions: str) -> tuple[str, ...]:
        return tuple(party for party in self.members if self.cast.get(party) in positions)

    def base(self, base: Base) -> tuple[str, ...]:
        if base == "voting":
            return self.who("yes", *AGAINST)
        if base == "present":
            out = self.who("not participating")
            return tuple(party for party in self.present if party not in out)
        return self.members


def tally(
    way: Mode | str,
    votes: Iterable[Vote],
    *,
    members: Sequence[str],
    present: Sequence[str] | None = None,
    setting: Setting | None = None,
) -> Tally:
    """Count the votes by a mode of decision.

    ``present`` left out means that all are. ``setting`` brings the state of origin, weights,
    populations and the options ``recuse_origin``, ``quorum``, ``fraction``, ``base``, ``minus``
    and ``minus_parties``. Raises Problem for an option that is wrong or a figure that is missing.
    """
    around = setting or Setting(members=tuple(members))
    chosen = adjusted(mode(way) if isinstance(way, str) else way, around)
    ballot = _ballot(votes, members, present, around)
    quorum, told = _quorum(ballot)
    if quorum:
        adopted, working = COUNTING[chosen.kind](chosen, ballot)
        result: Literal["adopted", "not adopted"] = "adopted" if adopted else "not adopted"
        return _result(chosen, ballot, result, (*told, *working))
    return _result(chosen, ballot, "no quorum", told)


def _result(
    way: Mode,
    ballot: _Ballot,
    result: Literal["adopted", "not adopted", "no quorum"],
    working: tuple[str, ...],
) -> Tally:
    counts = {position: len(ballot.who(position)) for position in POSITIONS}
    counts["silent"] = sum(party not in ballot.cast for party in ballot.present)
    counts["absent"] = len(ballot.members) - len(ballot.present)
    counts["recused"] = len(ballot.recused)
    return Tally(
        mode=way.id,
        result=result,
        counts=counts,
        working=(*working, ENDS[result](Said(way.title))),
        refused=ballot.refused,
        cite=way.cite,
    )


ENDS: Mapping[str, Callable[[Said], Said]] = {
    "adopted": lambda mode: say("{mode}: adopted.", mode=mode),
    "not adopted": lambda mode: say("{mode}: not adopted.", mode=mode),
    "no quorum": lambda mode: say("{mode}: no quorum.", mode=mode),
}


def adjusted(way: Mode, setting: Setting) -> Mode:
    """The mode with the part, base and exceptions that the group has set."""
    options = setting.options
    if (text := options.get("fraction")) and way.kind in ("majority", "weighted"):
        way = replace(way, fraction=_part(text, "fraction"), over=False)
    if (base := options.get("base")) and way.kind in ("majority", "weighted"):
        if base not in get_args(Base):
            fix = f"Choose one of: {', '.join(get_args(Base))}."
            raise Problem(f'"{base[:40]}" is no base of a majority', where="option base", fix=fix)
        way = replace(way, base=cast("Base", base))
    if (text := options.get("minus")) and way.minus:
        if not text.isdecimal():
            fix = "Write a whole number, such as 1."
            raise Problem(f'"{text[:40]}" is no number of members', where="option minus", fix=fix)
        way = replace(way, minus=int(text))
    return way


def _part(text: str, option: str) -> Fraction:
    part = exact(text, f"option {option}")
    if not 0 <= part <= 1:
        fix = "Write a part from 0 to 1, such as 2/3."
        raise Problem(f"{text[:40]} is no part of a whole", where=f"option {option}", fix=fix)
    return part


def recused(setting: Setting, members: Sequence[str]) -> tuple[str, ...]:
    """The state of origin, where it is a member and the group has it stand back."""
    on = setting.options.get("recuse_origin", "no") == "yes"
    return (setting.origin,) if on and setting.origin in members else ()


def _ballot(
    votes: Iterable[Vote], members: Sequence[str], present: Sequence[str] | None, around: Setting
) -> _Ballot:
    out = recused(around, members)
    voters = tuple(dict.fromkeys(party for party in members if party not in out))
    here = tuple(p for p in voters if present is None or p in present)
    taken: dict[str, str] = {}
    refused = []
    for vote in votes:
        why = _why_not(vote, members, here, out)
        if not why and vote.party in taken:
            why = f"{vote.party} has already voted."
        if why:
            refused.append(RefusedVote(vote=vote, why=why))
        else:
            taken[vote.party] = vote.position
    return _Ballot(
        members=voters, present=here, recused=out, cast=taken, refused=tuple(refused),
        setting=around,
    )  # fmt: skip


def _why_not(vote: Vote, members: Sequence[str], here: Sequence[str], out: Sequence[str]) -> str:
    """Why the vote does not count; empty where it does."""
    if vote.party in out:
        return f"{vote.party} is the state of origin and takes no part in the decision."
    if vote.party not in members:
        return f"{vote.party or 'An unnamed party'} is not a member and has no vote."
    if vote.party not in here:
        return f"{vote.party} is not present."
    if vote.position not in POSITIONS:
        return f'"{vote.position[:40]}" is no position; known: {", ".join(POSITIONS)}.'
    return ""


def _quorum(ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    here, all_of_them = len(ballot.present), len(ballot.members)
    numbers: dict[str, Value] = {"here": here, "all": all_of_them}
    said = say("{here} of {all} members with a vote are present.", **numbers)
    if ballot.recused:
        said = say(
            "{here} of {all} members with a vote are present. {states} stands back as the state of "
            "origin.",
            states=parties(ballot.recused), **numbers,
        )  # fmt: skip
    if not ballot.present:
        return False, (said, say("Nobody is there to decide."))
    part = _part(ballot.setting.options.get("quorum") or "0", "quorum")
    if not part:
        return True, (said, say("No quorum is laid down."))
    reached = here >= part * all_of_them
    need: dict[str, Value] = {"part": str(part), "number": Number(part * all_of_them, 2)}
    return reached, (
        said,
        say("The quorum is {part} of the members, {number}: reached.", **need)
        if reached
        else say("The quorum is {part} of the members, {number}: not reached.", **need),
    )


def _consensus(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    against = ballot.who(*AGAINST)
    aside: tuple[str, ...] = ()
    if way.named:
        listed = ballot.setting.options.get("minus_parties") or ballot.setting.origin
        aside = tuple(p for p in against if p in listed.replace(",", " ").split())
    counting = tuple(party for party in against if party not in aside)
    working = [
        say("{count} object ({parties}).", count=len(against), parties=parties(against))
        if against
        else say("0 object.")
    ]
    if aside:
        working.append(say("The objection of {parties} does not count.", parties=parties(aside)))
    if way.minus:
        working.append(say("Up to {count} may object.", count=way.minus))
    return len(counting) <= way.minus, tuple(working)


def _unanimity(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    base, yes = ballot.base(way.base), ballot.who("yes")
    said = say(
        "{yes} of {all} {base} are in favour; all must be.",
        yes=len(yes), all=len(base), base=NAMED[way.base],
    )  # fmt: skip
    return bool(yes) and len(yes) == len(base), (said,)


def _majority(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    base, yes = len(ballot.base(way.base)), len(ballot.who("yes"))
    need = way.fraction * base
    said = say(
        "{yes} of {all} {base} are in favour; needed: {threshold} = {need}.",
        yes=yes, all=base, base=NAMED[way.base], threshold=_threshold(way), need=_amount(way, need),
    )  # fmt: skip
    return yes > 0 and (yes > need if way.over else yes >= need), (said,)


def _weighted(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    _need_figures(ballot, ballot.setting.weights, "weight")
    base = sum((ballot.setting.weights[p] for p in ballot.base(way.base)), Fraction(0))
    yes = sum((ballot.setting.weights[p] for p in ballot.who("yes")), Fraction(0))
    need = way.fraction * base
    said = say(
        "A weight of {yes} of {all} ({base}) is in favour; needed: {threshold} = {need}.",
        yes=_number(yes), all=_number(base), base=NAMED[way.base], threshold=_threshold(way),
        need=_amount(way, need),
    )  # fmt: skip
    return yes > 0 and (yes > need if way.over else yes >= need), (said,)


def _double(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    _need_figures(ballot, ballot.setting.populations, "population")
    people, yes = ballot.setting.populations, ballot.who("yes")
    states, need = len(yes), way.fraction * len(ballot.members)
    whole = sum(people[party] for party in ballot.members)
    mass, mass_need = sum(people[party] for party in yes), way.population * whole
    others = len(ballot.members) - states
    by_states, by_people = states >= need, mass >= mass_need
    working = [
        say(
            "{yes} of {all} members are in favour; needed: {part} % = {need}.",
            yes=states,
            all=len(ballot.members),
            part=_number(way.fraction * 100),
            need=_number(need),
        ),
        say(
            "They hold {yes} of {all} people; needed: {part} % = {need}.",
            yes=Number(mass, grouped=True),
            all=Number(whole, grouped=True),
            part=_number(way.population * 100),
            need=_number(mass_need),
        ),
    ]
    if by_states and not by_people and others < way.blocking:
        working.append(
            say(
                "Only {others} members are not in favour; it takes {blocking} to block, so that "
                "the majority is deemed attained.",
                others=others,
                blocking=way.blocking,
            )
        )
        return yes != (), tuple(working)
    return yes != () and by_states and by_people, tuple(working)


def _need_figures(ballot: _Ballot, figures: Mapping[str, object], what: str) -> None:
    missing = [party for party in ballot.members if party not in figures]
    if missing:
        said = f"no {what} is given for {', '.join(missing[:12])}"
        raise Problem(said, where="decision", fix=f"Give every member's {what}.")


def _threshold(way: Mode) -> Said:
    part = str(way.fraction)
    if way.over:
        return say("more than {part} of them", part=part)
    return say("{part} of them", part=part)


def _amount(way: Mode, need: Fraction) -> Value:
    return say("more than {number}", number=_number(need)) if way.over else _number(need)


def _number(number: Fraction) -> Number:
    return Number(number, None if number.denominator == 1 else 2)


NAMED: Mapping[str, str] = {
    "members": say("members"),
    "present": say("members present"),
    "voting": say("votes cast"),
}
COUNTING = {
    "consensus": _consensus,
    "unanimity": _unanimity,
    "majority": _majority,
    "weighted": _weighted,
    "double": _double,
}
"""How each kind of mode counts."""
