"""Every address of the platform, from its own table of addresses, filled with every item."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from access_viewers import Who
from access_world import VIEWERS, World
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commonhaven.web.commitments.models import Commitment, Match, Need
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.exchange.models import Offer, Practice, Question
from commonhaven.web.flows.models import FlowFile
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.groups.models import CharterVersion
from commonhaven.web.meetings.models import AdoptedText, Document, Meeting
from commonhaven.web.plans.models import Opinion, Plan
from commonhaven.web.situations.models import Situation

NEVER = 999_999_999
"""The number of an item that there never was."""
APART = frozenset({"library", "sandbox", "processes", "fora", "indicators"})
"""Slices that hold no group's items."""
KINDS: dict[str, type[Model]] = {
    "situations": Situation, "meetings": Meeting, "plans": Plan, "decisions": Decision,
    "commitments": Commitment, "funds": Fund,
    "good_faith": Assessment, "flows": FlowFile, "exchange": Practice,
}  # fmt: skip
NAMED: dict[str, type[Model]] = {
    "meetings:document": Document, "meetings:file": Document, "meetings:compare": Document,
    "meetings:adopted": AdoptedText, "meetings:adopted_file": AdoptedText,
    "decisions:obligation": Obligation,
    **{f"commitments:{name}": Need
       for name in ("need", "revise", "submit", "review", "close", "match")},
    "commitments:answer": Match,
    **{f"exchange:{name}": Question for name in ("question", "answer", "close")},
    **{f"exchange:{name}": Offer for name in ("offer", "step")},
    "plans:opinion_page": Opinion, "groups:kept_pack": CharterVersion,
    "groups:charter": CharterVersion, "groups:edit": CharterVersion,
    "groups:comment": CharterVersion, "groups:position": CharterVersion,
    "groups:deposit": CharterVersion, "groups:adopt": CharterVersion,
    "groups:withdraw": CharterVersion, "groups:compare": CharterVersion,
    "groups:toml": CharterVersion, "groups:json": CharterVersion, "groups:dry_run": CharterVersion,
}  # fmt: skip
"""Addresses of single items: the table that their number is of."""
OTHER = frozenset({
    "api:withdraw", "people:withdraw", "people:accept", "people:refuse", "people:end",
    "notices:read", "groups:kept_pack", "groups:kept_pack_file",
})  # fmt: skip
"""Numbers of rows that are no items: seats, invitations, terms in the chair, one's own notices."""
OWN_PAGE = {
    "situations:show": ("situation.title", "situation.about", "situation.cohort"),
    "meetings:show": ("meeting.title",),
    "plans:show": ("plan.title",),
    "decisions:show": ("decision.title1", "decision.title2"),
    "decisions:obligation": ("obligation.what", "obligation.measured"),
    "meetings:document": ("document.title1", "document.title2"),
    "meetings:adopted": ("adopted.title", "adopted.text"),
    "groups:charter": ("charter.toml", "charter.comment"),
    "commitments:show": ("commitment.title", "commitment.beneficiaries", "commitment.step"),
    "commitments:need": ("need.title", "need.about", "need.review"),
    "funds:show": ("fund.title",),
    "good_faith:show": ("assessment.title", "assessment.source"),
    "good_faith:state": ("assessment.Finding", "assessment.Evidence", "assessment.reply"),
    "exchange:practice": ("practice.title", "practice.summary", "practice.result"),
    "exchange:question": ("question.title", "question.answer", "question.closing"),
    "exchange:offer": ("offer.title", "offer.answer"),
    "flows:show": ("flows.title", "flows.source", "flows.about", "flows.name", "flows.provider"),
    "flows:behind": ("flows.flow", "flows.activity", "flows.provider"),
}
"""The page of an item: always there for whoever may see it, with these of its words."""
NAMING: tuple[tuple[str, type[Model]], ...] = (
    ("plans/compute/?situation={0}", Situation),
    ("meetings/convene/?situation={0}", Situation),
    ("decisions/put/?plan={0}", Plan),
    ("exchange/reuse/?practice=practice-{0}", Practice),
    ("promises/promise/?obligation={0}", Obligation),
    ("charters/{CharterVersion}/compare/?with={0}", CharterVersion),
    ("charters/{CharterVersion}/dry-run/?situation=own/{0}", Situation),
    ("meetings/documents/{Document}/compare/{0}/", Document),
)
"""Pages of a group that name an item in passing, and the table of that item."""
MORE = {"code": "GHA", "number": "1", "form": "json", "year": "2026", "party": "CHE",
        "kind": "announced"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One address, for one item where it has a number."""

    name: str
    url: str
    row: Any = None
    shade: str = ""
    never: str = ""
    """The same address with the number of something that there never was."""


@cache
def routes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every named address with the parts that it takes."""
    return tuple(_walk(get_resolver(), "", ()))


def _walk(
    resolver: URLResolver, space: str, taken: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        parts = (*taken, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, inner, parts)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}", parts


def of_platform() -> list[tuple[str, tuple[str, ...]]]:
    """The addresses in which a group's items could be shown."""
    return [
        (name, parts)
        for name, parts in routes()
        if name.count(":") == 1 and name.partition(":")[0] not in APART
    ]


def table_of(name: str) -> type[Model] | None:
    """The table of the item whose number an address takes; None for rows that are no items."""
    if name in OTHER:
        return None
    if name in NAMED:
        return NAMED[name]
    return KINDS[name.partition(":")[0]]


def single(world: World) -> Iterator[Door]:
    """Every address of a single item, for every item."""
    for name, parts in of_platform():
        key = "pk" if "pk" in parts else "meeting" if "meeting" in parts else ""
        if not key or name in OTHER:
            continue
        model = Meeting if key == "meeting" else table_of(name)
        assert model is not None
        for shade, row in world.rows(model):
            yield Door(
                name=name, row=row, shade=shade, url=address(name, parts, key, row.pk),
                never=address(name, parts, key, NEVER),
            )  # fmt: skip


def naming(world: World) -> Iterator[Door]:
    """Every page that names an item in passing, with every item."""
    own = {model.__name__: world.bundles["public"].first(model).pk
           for model in (CharterVersion, Document)}  # fmt: skip
    for pattern, model in NAMING:
        page = f"/groups/west-africa/{pattern}"
        for shade, row in world.rows(model):
            yield Door(
                name=pattern, row=row, shade=shade, url=page.format(row.pk, **own),
                never=page.format(NEVER, **own),
            )  # fmt: skip


CHOSEN = 8
"""In a run that is not whole, a viewer tries every eighth item at a door."""


class Round:
    """Which items one viewer tries at each door: every one, or one in so many.

    The choice moves on with the viewer and with the door, so that every viewer comes to every door
    with several items and brings every shade to some door, and every door meets every shade.
    """

    def __init__(self, who: Who, *, whole: bool) -> None:
        self.who, self.whole = who, whole
        self.start = list(VIEWERS).index(who.id)
        self.doors: dict[str, int] = {}
        self.items: dict[str, int] = {}

    def opens(self, door: Door) -> bool:
        """Whether the viewer tries this item at this door."""
        place = self.doors.setdefault(door.name, len(self.doors))
        number = self.items[door.name] = self.items.get(door.name, -1) + 1
        return self.whole or (self.start + place + number) % CHOSEN == 0


def address(name: str, parts: tuple[str, ...], key: str, number: int) -> str:
    filled: dict[str, object] = {part: MORE.get(part, number) for part in parts}
    if "slug" in parts:
        filled["slug"] = "west-africa"
    if "other" in parts:
        filled["other"] = NEVER
    return reverse(name, kwargs={**filled, key: number})


def lists() -> Iterator[Door]:
    """Every address without an item's number."""
    for name, parts in of_platform():
        if set(parts) <= {"slug"}:
            filled = {"slug": "west-africa"} if "slug" in parts else {}
            yield Door(name=name, url=reverse(name, kwargs=filled))


CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"'
    r'|clock shows <time.*?</time>|data-now="[^"]*">[^<]*|"at":"[^"]*"'
)
"""What differs from one look to the next: tokens, and the time that it is."""
PASSING = frozenset({"x-request-id", "content-length", "expires"})


def plainly(response: Any, url: str, named: tuple[int, ...] = ()) -> tuple[str, ...]:
    """What an answer gives away, line by line: status, headers, body; its own address put aside.

    ``named``: numbers that were asked for, as a form gives them back.
    """
    body = CHANGING.sub("", body_of(response))
    for number in named:
        body = re.sub(rf'(?<=[="/]){number}(?=["& ])', "NAMED", body)
    headers = [f"{name}: {value}" for name, value in sorted(response.headers.items())
               if name.lower() not in PASSING]  # fmt: skip
    said = [str(response.status_code), *headers, *body.splitlines()]
    return tuple(line.replace(url, "ADDRESS") for line in said)


def unlike(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    """The lines by which two answers differ."""
    return [line[:300] for line in difflib.unified_diff(other, one, n=0, lineterm="")]


def body_of(response: Any) -> str:
    """The body of an answer, streamed or not."""
    if response.streaming:
        parts = response.streaming_content
        return b"".join(parts).decode(errors="replace")
    return str(response.content.decode(errors="replace"))


def fetch(client: Client, url: str, **more: Any) -> Any:
    """One GET, errors of the platform as answers."""
    client.raise_request_exception = False
    return client.get(url, **more)
