"""What a file of promises and needs would enter, for whom, and what is wrong in it."""

from dataclasses import dataclass
from datetime import date, datetime

from commonhaven.commitments import Act
from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Need as NeedValue
from commonhaven.exchange import Mistake
from commonhaven.reading.finding import Finding
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.record.actions import Placing


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who brings a file in, into which group, when, and for whom the items are."""

    group: Group
    seat: Seat
    at: datetime
    placing: Placing


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """One promise of a file, with its acts in order of time.

    ``announces``: entering it announces the party's own share, since no act of the file does.
    """

    value: Value
    acts: tuple[Act, ...]
    announces: bool
    advice: tuple[Finding, ...]

    @property
    def due(self) -> date | None:
        """The first day on which something of it is due."""
        return min((part.due for part in self.value.instalments), default=self.value.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """One need of a file, and the support platform that it is in."""

    value: NeedValue
    bundle: str
    advice: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What a file would enter; nothing where there are mistakes. ``digest``: its SHA-256."""

    digest: str
    promises: tuple[Promised, ...] = ()
    needs: tuple[Needed, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def advice(self) -> tuple[tuple[str, Finding], ...]:
        """What to weigh, each with the title that it is about."""
        said = [(one.value.title, one.advice) for one in self.promises]
        said += [(one.value.title, one.advice) for one in self.needs]
        return tuple((title, one) for title, advice in said for one in advice)
