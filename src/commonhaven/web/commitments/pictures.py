"""Pictures of promises: of what the viewer may see, drawn once and kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from commonhaven.commitments import Due
from commonhaven.figures import dues_calendar, gift_units, gifts, gifts_flow, staircase_bars
from commonhaven.web.commitments import queries
from commonhaven.web.commitments.values import book_of
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.plans.pictures import Drawn, drawn, language


def of_stairs(found: queries.Stairs) -> Drawn:
    """Bars of one kind of duty under a decision."""
    made = staircase_bars(
        found.each, unit=found.whole.unit, called=found.decision.title, language=language()
    )
    named = f"staircase-{found.decision.pk}-{found.kind}-{found.whole.unit}"
    return drawn(replace(made, id=named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The picture of gifts in one unit, and all units in which anything was sent."""

    unit: str
    units: tuple[str, ...]
    drawn: Drawn


def of_gifts(viewer: Viewer, group: Group, unit: str) -> Flow | None:
    """What went from hand to hand, of promises that the viewer may see; None before anything did.

    In this unit where anything was sent in it, else in the one most often sent.
    """
    rows = queries.commitments_for(viewer, group).prefetch_related("steps")
    book = book_of(rows, group, viewer.at)
    sent = gift_units(book)
    if not sent:
        return None
    chosen = unit if unit in sent else sent[0]
    made = gifts_flow(gifts(book, chosen), unit=chosen, called=_called(group), language=language())
    return Flow(unit=chosen, units=sent, drawn=drawn(made))


def of_dues(dues: Iterable[Due], group: Group, today: date) -> Drawn:
    """What is overdue and what falls due, month by month."""
    made = dues_calendar(tuple(dues), on=today, called=_called(group), language=language())
    return drawn(made)


def _called(group: Group) -> str:
    """The group's name in the language of the page."""
    return group.called(language())
