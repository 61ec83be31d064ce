"""Good faith: a state's own words beside its score."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from commonhaven.web.good_faith.policy import may_reply
from commonhaven.web.good_faith.replying import Awaited
from commonhaven.web.home.waiting.task import Seats, Task
from commonhaven.web.kit.refused import may


def tasks(seats: Seats, scored: Iterable[Awaited]) -> Iterator[tuple[int, Task]]:
    """What waits because of the scores that the person sees."""
    for one in scored:
        if any(may(may_reply, seat, one.state) for seat in seats[one.row.group_id]):
            yield one.row.group_id, Task(
                what=_("Reply to your good-faith score, if you wish"), about=one.row.title,
                url=one.url, due=one.until, party=one.state,
            )  # fmt: skip
