"""An IATI activity without its transactions: what is done, by whom, where and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from typing import Literal

from commonhaven.exchange.transaction import NOBODY, Organisation, Transaction
from commonhaven.reading import Problem

Role = Literal["funding", "accountable", "extending", "implementing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One organisation's part in an activity; ``share``: how much of a joint sum is its own."""

    role: Role
    organisation: Organisation
    share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What stands at the head of an activity.

    ``own_id``: the reporter's own name for it. ``parent``: the activity whose money it passes on;
    it stands at the end of an activity, and is only written.
    """

    id: str
    title: str = ""
    about: str = ""
    reporter: Organisation = NOBODY
    secondary: bool = False
    own_id: str = ""
    parts: tuple[Part, ...] = ()
    ended: bool = False
    starts: date | None = None
    ends: date | None = None
    countries: tuple[str, ...] = ()
    sector: str = ""
    parent: str = ""
    currency: str = ""

    @property
    def year(self) -> int | None:
        """The one year that it lies in, None where it has no end or spans several."""
        if self.starts and self.ends and self.starts.year == self.ends.year:
            return self.starts.year
        return None


Reported = tuple[Activity, Iterable[Transaction]]


def by_activity(transactions: Iterable[Transaction], reporter: Organisation) -> Iterator[Reported]:
    """Transactions under bare heads, one a run of one activity.

    Raises Problem where the transactions of one activity do not stand together.
    """
    seen: set[str] = set()
    for name, group in groupby(transactions, key=lambda one: one.activity):
        if name in seen:
            raise Problem(
                "the transactions of an activity do not stand together", where=name,
                fix="Sort them by activity.",
            )  # fmt: skip
        seen.add(name)
        run = iter(group)
        first = next(run)
        yield _head(first, reporter), chain((first,), run)


def _head(first: Transaction, reporter: Organisation) -> Activity:
    year = first.year
    return Activity(
        id=first.activity, title=first.activity, about=first.activity, reporter=reporter,
        parts=(Part(role="implementing", organisation=reporter),),
        starts=first.on if year is None else date(year, 1, 1),
        ends=None if year is None else date(year, 12, 31),
    )  # fmt: skip
