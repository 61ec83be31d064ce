"""No way round a decision: a meeting with proposals before it votes on plans by decisions only.

Otherwise an act of the procedure alone could put a plan to the vote without UNHCR's opinion, and
adopt it without anybody owing anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from commonhaven.web.kit.refused import Conflict
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.models import Entry

ACTS = frozenset({"procedure: put", "procedure: vote", "procedure: close-vote"})
_decides: ContextVar[bool] = ContextVar("decides", default=False)


@contextmanager
def by_decision() -> Iterator[None]:
    """Within it the procedure's acts are those of a decision."""
    token = _decides.set(True)
    try:
        yield
    finally:
        _decides.reset(token)


def guard(*, entry: Entry, **_: object) -> None:
    """Conflict, and nothing written, where a vote on plans goes past the decisions."""
    if entry.act not in ACTS or _decides.get():
        return
    meeting = int(entry.subject.partition("/")[2])
    if Plan.objects.filter(meeting=meeting, status=Plan.Status.TABLED).exists():
        raise Conflict(
            "proposals are before this meeting: they are put, voted on and closed as decisions",
            fix="Put the plan to the vote from its page; the procedure follows.",
        )
