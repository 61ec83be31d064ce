"""Who speaks for a group to other groups, and between which groups."""

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience, Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.policy import accredited, runs_group


def speaks(seat: Seat) -> bool:
    """Whether the seat speaks for its group: the chair's, or the secretariat's."""
    return seat.accepted and runs_group(seat)


def may_speak(seat: Seat, group: Group) -> None:
    """Refused to whoever does not run the group."""
    accredited(seat)
    if not runs_group(seat) or seat.group != group.pk:
        raise Refused(
            "this seat does not speak for its group to others",
            fix="The chair or the secretariat does.",
        )


def may_address(group: Group, to: Group | None, placing: Placing) -> None:
    """Conflict where the two would show each other's existence, or one is a caucus's."""
    if placing.audience == Audience.CAUCUS:
        raise Conflict(
            "a caucus exchanges with nobody outside its group",
            fix="Choose members, consultative or public.",
        )
    if to is None:
        if placing.audience != Audience.PUBLIC or not group.listed:
            raise Conflict(
                "what is addressed to nobody is for every group, and is public",
                fix="Name a group, or choose the audience public.",
            )
        return
    if to.pk == group.pk:
        raise Conflict("a group addresses nothing to itself", fix="Name another group.")
    if not (group.listed and to.listed):
        raise Conflict(
            "one of the two groups is not shown to the public",
            fix="Groups that are shown to the public exchange with each other.",
        )
