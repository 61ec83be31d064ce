"""The clocks of a meeting in rows: what binds every member for itself is one row."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, gettext

from commonhaven.figures import Clock, Picture
from commonhaven.figures import clocks as clocks_picture
from commonhaven.procedures import Deadline
from commonhaven.web.kit.saying import in_language, without_party
from commonhaven.web.meetings.attendance import duties
from commonhaven.web.meetings.queries import Standing

ORDER = ("open", "not yet open", "missed", "met")
"""Of several clocks that make one row, the status told is the first of these that one has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A clock as it is shown; for a duty of each member, how many of them have fulfilled it."""

    id: str
    what: str
    by: tuple[str, ...]
    opens: datetime | None
    due: datetime
    status: str
    met_at: datetime | None
    silence_means: str
    cite: str
    done: int = 0
    of: int = 0


def rows(standing: Standing) -> tuple[Row, ...]:
    """The clocks in order of their end."""
    titles = {duty.id: duty.what for duty in duties(standing.meeting)}
    grouped: dict[str, list[Deadline]] = {}
    for one in standing.state.deadlines:
        short = one.id.partition(":")[0]
        grouped.setdefault(short if short in titles else one.id, []).append(one)
    found = [
        _shared(name, titles[name], each) if name in titles else _single(each[0])
        for name, each in grouped.items()
    ]
    return tuple(sorted(found, key=lambda row: row.due))


def _single(one: Deadline) -> Row:
    return Row(
        id=one.id, what=in_language(one.what), by=one.by, opens=one.opens, due=one.due,
        status=one.status, met_at=one.met_at, silence_means=in_language(one.silence_means),
        cite=one.cite,
    )  # fmt: skip


def _shared(name: str, what: str, each: list[Deadline]) -> Row:
    statuses = {one.status for one in each}
    left = tuple(party for one in each if one.status != "met" for party in one.by)
    met = [one.met_at for one in each if one.status == "met" and one.met_at]
    return Row(
        id=name, what=what, by=left, opens=each[0].opens, due=max(one.due for one in each),
        status=next(status for status in ORDER if status in statuses),
        met_at=max(met) if len(met) == len(each) else None,
        silence_means=without_party(each[0].silence_means, *each[0].by[:1]),
        cite=each[0].cite, done=len(met), of=len(each),
    )  # fmt: skip


def status_words(status: str) -> str:
    """A status in the page's language."""
    return {
        "open": gettext("open"), "met": gettext("met"), "missed": gettext("missed"),
        "not yet open": gettext("not yet open"),
    }[status]  # fmt: skip


def picture(standing: Standing, now: datetime) -> Picture:
    """The clocks as a timeline; the present is taken to the minute, so that drawings are kept."""
    drawn = [
        Clock(
            label=row.what if not row.of else f"{row.what} ({row.done}/{row.of})",
            opens=row.opens, due=row.due, status=status_words(row.status), done=row.met_at,
        )
        for row in rows(standing)
    ]  # fmt: skip
    minute = now.replace(second=0, microsecond=0)
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    return clocks_picture(drawn, now=minute, zone=standing.setting.zone, language=language)
