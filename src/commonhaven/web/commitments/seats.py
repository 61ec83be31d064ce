"""The seats in which a person may act on promises, needs and funds."""

from collections.abc import Callable

from commonhaven.web.commitments.policy import may_act
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Refused
from commonhaven.web.kit.visit import Visit


def binds(seat: Seat) -> bool:
    """Whether the seat binds a party of the group."""
    try:
        may_act(seat)
    except Refused:
        return False
    return True


def own_seats(
    request: Visit, group: Group, fits: Callable[[Seat], bool] = binds
) -> tuple[Seat, ...]:
    """The viewer's seats in a group in which something may be done."""
    return tuple(seat for seat in request.viewer.seats_in(group.pk) if fits(seat))


def others(
    request: Visit, group: Group, seat: Seat, fits: Callable[[Seat], bool] = binds
) -> tuple[Seat, ...]:
    """The other seats in which the viewer could do the same."""
    return tuple(one for one in own_seats(request, group, fits) if one != seat)
