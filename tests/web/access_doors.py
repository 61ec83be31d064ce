"""Every address of the platform, from its own table of addresses, filled with every item."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from access_world import World
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import CharterVersion
from commonhaven.web.meetings.models import AdoptedText, Document, Meeting
from commonhaven.web.plans.models import Opinion, Plan
from commonhaven.web.situations.models import Situation

NEVER = 999_999_999
"""The number of an item that there never was."""
APART = frozenset({"library", "sandbox"})
"""Slices that hold no group's items."""
KINDS: dict[str, type[Model]] = {
    "situations": Situation, "meetings": Meeting, "plans": Plan, "decisions": Decision,
}  # fmt: skip
NAMED: dict[str, type[Model]] = {
    "meetings:document": Document, "meetings:file": Document, "meetings:compare": Document,
    "meetings:adopted": AdoptedText, "meetings:adopted_file": AdoptedText,
    "decisions:obligation": Obligation,
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
}
"""The page of an item: always there for whoever may see it, with these of its words."""
SLOW = frozenset({"plans:trace", "plans:pictures", "plans:state", "meetings:clocks"})
"""Pages that take long to make: opened for the shades whose items differ, refused for all."""
TWOFOLD = frozenset({"meetings:document", "decisions:show", "decisions:obligation"})
"""Pages of items that differ within a shade: versions, states, what they belong to."""
TRIED = frozenset({"public", "members", "hosts"})
MORE = {"code": "GHA", "number": "1", "form": "json"}


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


class Round:
    """Which doors one viewer tries: an item's own page always, the others once for each shade."""

    def __init__(self, *, thorough: bool) -> None:
        self.thorough = thorough
        self.tried: set[tuple[str, str, str]] = set()

    def opens(self, door: Door, method: str = "get") -> bool:
        """Whether the door is tried, and remember that it was."""
        if door.name not in OWN_PAGE and not self.thorough:
            return False
        if door.name not in OWN_PAGE and door.shade.endswith("tomorrow"):
            return False
        if door.name in SLOW and door.shade not in TRIED:
            return False
        new = (method, door.name, door.shade) not in self.tried
        self.tried.add((method, door.name, door.shade))
        return new or (method == "get" and door.name in TWOFOLD)


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
    r'|name="until" value="[^"]*"'
)
"""What differs from one look to the next: tokens, and the time that it is."""
PASSING = frozenset({"x-request-id", "content-length", "expires"})


def plainly(response: Any, url: str) -> tuple[str, ...]:
    """What an answer gives away, line by line: status, headers, body; its own address put aside."""
    body = CHANGING.sub("", body_of(response))
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
