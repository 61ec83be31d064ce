"""From votes to a decision, exactly and with the working."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, cast, get_args

from commonhaven.procedures.modes import Base, Mode, mode
from commonhaven.procedures.value import Setting
from commonhaven.reading import Problem, decimal_text, exact

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
        working=(*working, f"{way.title}: {result}."),
        refused=ballot.refused,
        cite=way.cite,
    )


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
    said = f"{here} of {all_of_them} members with a vote are present."
    if ballot.recused:
        said += f" {', '.join(ballot.recused)} stands back as the state of origin."
    if not ballot.present:
        return False, (said, "Nobody is there to decide.")
    part = _part(ballot.setting.options.get("quorum") or "0", "quorum")
    if not part:
        return True, (said, "No quorum is laid down.")
    reached = here >= part * all_of_them
    need = f"The quorum is {part} of the members, {decimal_text(part * all_of_them, 2)}"
    return reached, (said, f"{need}: {'reached' if reached else 'not reached'}.")


def _consensus(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    against = ballot.who(*AGAINST)
    aside: tuple[str, ...] = ()
    if way.named:
        listed = ballot.setting.options.get("minus_parties") or ballot.setting.origin
        aside = tuple(p for p in against if p in listed.replace(",", " ").split())
    counting = tuple(party for party in against if party not in aside)
    working = [f"{len(against)} object{_of(against)}."]
    if aside:
        working.append(f"The objection of {', '.join(aside)} does not count.")
    if way.minus:
        working.append(f"Up to {way.minus} may object.")
    return len(counting) <= way.minus, tuple(working)


def _unanimity(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    base, yes = ballot.base(way.base), ballot.who("yes")
    said = f"{len(yes)} of {len(base)} {NAMED[way.base]} are in favour; all must be."
    return bool(yes) and len(yes) == len(base), (said,)


def _majority(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    base, yes = len(ballot.base(way.base)), len(ballot.who("yes"))
    need = way.fraction * base
    said = (
        f"{yes} of {base} {NAMED[way.base]} are in favour; needed: "
        f"{_threshold(way)} = {_amount(way, need)}."
    )
    return yes > 0 and (yes > need if way.over else yes >= need), (said,)


def _weighted(way: Mode, ballot: _Ballot) -> tuple[bool, tuple[str, ...]]:
    _need_figures(ballot, ballot.setting.weights, "weight")
    base = sum((ballot.setting.weights[p] for p in ballot.base(way.base)), Fraction(0))
    yes = sum((ballot.setting.weights[p] for p in ballot.who("yes")), Fraction(0))
    need = way.fraction * base
    said = (
        f"A weight of {_number(yes)} of {_number(base)} ({NAMED[way.base]}) is in favour; "
        f"needed: {_threshold(way)} = {_amount(way, need)}."
    )
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
        f"{states} of {len(ballot.members)} members are in favour; needed: "
        f"{_number(way.fraction * 100)} % = {_number(need)}.",
        f"They hold {mass:,} of {whole:,} people; needed: "
        f"{_number(way.population * 100)} % = {_number(mass_need)}.",
    ]
    if by_states and not by_people and others < way.blocking:
        working.append(
            f"Only {others} members are not in favour; it takes {way.blocking} to block, "
            "so that the majority is deemed attained."
        )
        return yes != (), tuple(working)
    return yes != () and by_states and by_people, tuple(working)


def _need_figures(ballot: _Ballot, figures: Mapping[str, object], what: str) -> None:
    missing = [party for party in ballot.members if party not in figures]
    if missing:
        said = f"no {what} is given for {', '.join(missing[:12])}"
        raise Problem(said, where="decision", fix=f"Give every member's {what}.")


def _threshold(way: Mode) -> str:
    return f"{'more than ' if way.over else ''}{way.fraction} of them"


def _amount(way: Mode, need: Fraction) -> str:
    return f"{'more than ' if way.over else ''}{_number(need)}"


def _number(number: Fraction) -> str:
    whole = number.denominator == 1
    return str(number.numerator) if whole else decimal_text(number, 2)


def _of(parties: Sequence[str]) -> str:
    return f" ({', '.join(parties)})" if parties else ""


NAMED: Mapping[str, str] = {
    "members": "members",
    "present": "members present",
    "voting": "votes cast",
}
COUNTING = {
    "consensus": _consensus,
    "unanimity": _unanimity,
    "majority": _majority,
    "weighted": _weighted,
    "double": _double,
}
"""How each kind of mode counts."""
