"""What the tables hold of promises and needs; the room itself knows no such bounds."""

from collections.abc import Iterable
from datetime import date

from commonhaven.commitments import Act
from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Need as NeedValue
from commonhaven.reading import Problem

UNIT, PARTY = 40, 120
FIRST, LAST = date(1950, 1, 1), date(2199, 12, 31)


def check_promise(value: Value) -> None:
    """Problem for a promise without a title, or with names or days that the tables do not hold."""
    _text(value.title, value.unit)
    _parties((*value.givers, *value.to))
    check_days((value.starts, value.ends, *(part.due for part in value.instalments)))


def check_need_held(value: NeedValue) -> None:
    """The same for a need."""
    _text(value.title, value.unit)
    _parties((value.by, *value.places))
    check_days((value.starts, value.ends))


def check_act(act: Act) -> None:
    """The same for a step of a promise."""
    _parties((act.to, act.giver))
    check_days((act.until,))


def _text(title: str, unit: str) -> None:
    if not title.strip():
        raise Problem("it has no title", where="title", fix="Say in a few words what it is.")
    if len(unit) > UNIT:
        raise Problem(
            f'"{unit[:UNIT]}…" is no unit', where="unit", fix=f"Give at most {UNIT} letters."
        )


def _parties(names: Iterable[str]) -> None:
    for name in names:
        if len(name) > PARTY:
            raise Problem(
                f'"{name[:PARTY]}…" is no name of a party', where="party",
                fix=f"Give at most {PARTY} letters.",
            )  # fmt: skip


def check_days(days: Iterable[date | None]) -> None:
    """Problem for a day of no year in which a group acts."""
    for one in days:
        if one is not None and not FIRST <= one <= LAST:
            raise Problem(
                f"{one} is not of the years {FIRST.year} to {LAST.year}", where="day",
                fix="Give the day that is meant.",
            )  # fmt: skip
