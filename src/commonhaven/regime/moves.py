"""Moves in a negotiation: offers, opt-outs, deductions by decision, withdrawals; and their file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from commonhaven.parties import find_state
from commonhaven.reading import Problem, Row, closest, read_table

Kind = Literal["offer people", "offer money", "opt out", "deduction", "withdraw"]
KINDS: tuple[str, ...] = get_args(Kind)
COLUMNS = ("move", "state", "kind", "people", "money", "withdraws", "decision", "reason")
NEEDED = ("move", "state", "kind")
GOES_WITH = {
    "people": ("offer people", "deduction"),
    "money": ("offer money",),
    "withdraws": ("withdraw",),
}
"""Fields that stand with some kinds of move only, and always with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move of one state.

    ``people``: beyond its share (offer people), or taken off it (deduction). ``money``: beyond its
    share, a year, in the charter's currency. ``withdraws``: the id of an earlier move of the same
    state. ``decision``: who grants a deduction, when, with reference. ``where``: file and row.
    """

    id: str
    state: str
    kind: Kind
    people: int = 0
    money: Fraction = Fraction(0)
    withdraws: str = ""
    decision: str = ""
    reason: str = ""
    where: str = ""

    def __post_init__(self) -> None:
        for said, fix in flaws(self):
            raise Problem(said, where=self.place, fix=fix)

    @property
    def place(self) -> str:
        return self.where or f"move {self.id}"


def flaws(move: Move) -> Iterator[tuple[str, str]]:
    """What is wrong with a move by itself: what, and what to do."""
    if not move.id.strip():
        yield "the move has no name", "Give each move a short one, such as 1."
    if move.kind not in KINDS:
        yield f'"{move.kind}" is no move', closest(move.kind, KINDS)
    if move.people < 0 or move.money < 0:
        yield "the number is below zero", "Write what is offered or granted, without a sign."
    for name, kinds in GOES_WITH.items():
        if (move.kind in kinds) != bool(getattr(move, name)):
            yield (
                f"{name} goes with {' and '.join(kinds)}, not with {move.kind}"
                if getattr(move, name)
                else f"{move.kind} needs {name}",
                f"Fill in {name} for {' and '.join(kinds)}, and only there.",
            )
    yield from unfounded(move)


def unfounded(move: Move) -> Iterator[tuple[str, str]]:
    """A deduction without a decision, an opt-out without a reason."""
    if move.kind == "deduction" and not move.decision.strip():
        yield (
            f"no decision grants {move.state} a deduction: it is refused",
            "Write under decision who decided, when, with reference.",
        )
    if move.kind == "opt out" and not move.reason.strip():
        yield f"{move.state} opts out without a reason", "Write it under reason: it is recorded."


def standing(moves: Sequence[Move]) -> tuple[tuple[Move, ...], ...]:
    """The moves in force after each move, in their order.

    Raises Problem for a name used twice, a withdrawal of what is not in force or of another
    state's move, and for what does not fit an opt-out in force.
    """
    steps: list[tuple[Move, ...]] = []
    now: tuple[Move, ...] = ()
    names: set[str] = set()
    for move in moves:
        if move.id in names:
            raise Problem(
                f"the name {move.id} comes twice", where=move.place, fix="Name each move once."
            )
        names.add(move.id)
        now = without(now, move) if move.kind == "withdraw" else with_move(now, move)
        steps.append(now)
    return tuple(steps)


def without(now: tuple[Move, ...], move: Move) -> tuple[Move, ...]:
    taken = next((each for each in now if each.id == move.withdraws), None)
    if taken is None:
        raise Problem(
            f"no move {move.withdraws} is in force", where=move.place,
            fix=closest(move.withdraws, [each.id for each in now]) or "None is.",
        )  # fmt: skip
    if taken.state != move.state:
        raise Problem(
            f"{move.state} cannot withdraw a move of {taken.state}", where=move.place,
            fix="A state withdraws its own moves.",
        )  # fmt: skip
    return tuple(each for each in now if each is not taken)


def with_move(now: tuple[Move, ...], move: Move) -> tuple[Move, ...]:
    own = {each.kind: each for each in now if each.state == move.state}
    about_people = {"offer people", "deduction"}
    if move.kind == "opt out":
        clash = next(
            (own[kind] for kind in ("opt out", *sorted(about_people)) if kind in own), None
        )
    else:
        clash = own.get("opt out") if move.kind in about_people else None
    if clash is not None:
        raise Problem(
            f"{move.state} cannot {move.kind if move.kind != 'deduction' else 'have a deduction'} "
            f"while its move {clash.id} ({clash.kind}) is in force",
            where=move.place, fix=f"Let it withdraw {clash.id} first.",
        )  # fmt: skip
    return (*now, move)


def read_moves(path: Path) -> tuple[Move, ...]:
    """The moves of a CSV file, in its order, one a row.

    Columns: move, state, kind; and as the kind needs them people, money, withdraws, decision,
    reason. Raises Problem with file, row and column.
    """
    table = read_table(path, required=NEEDED)
    for column in table.columns:
        if column not in COLUMNS:
            raise Problem(
                f"there is no column {column[:40]} in a table of moves",
                where=f"{table.file}, row {table.header}", fix=closest(column, COLUMNS),
            )  # fmt: skip
    return tuple(one_move(row) for row in table)


def one_move(row: Row) -> Move:
    kind = row.text("kind")
    if kind not in KINDS:
        raise Problem(
            f'"{kind[:40]}" is no move', where=row.where("kind"), fix=closest(kind, KINDS)
        )
    return Move(
        id=row.text("move"),
        state=find_state(row.text("state"), row.where("state")).code,
        kind=next(each for each in get_args(Kind) if each == kind),
        people=row.whole("people", low=1) if given(row, "people") else 0,
        money=row.exact("money", low=0) if given(row, "money") else Fraction(0),
        withdraws=row.text("withdraws") if given(row, "withdraws") else "",
        decision=row.text("decision") if given(row, "decision") else "",
        reason=row.text("reason") if given(row, "reason") else "",
        where=f"{row.file}, row {row.line}",
    )


def given(row: Row, column: str) -> bool:
    return column in row.cells and not row.blank(column)
