"""Follow every link of the demonstration as each of its people, without a browser."""

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import StorageState

MOST = 250
"""Pages that one person opens at most."""
EACH = 2
"""Pages of one kind that one person opens: the first, and what the first leads to."""
NUMBER = re.compile(r"\d+")
SHELF = re.compile(r"^/library/(rules|procedures|charters|situations|instruments|figures)/[^/]+")
LISTS = "compare|overlap|suggestions|states|bridges|gaps"
PROCESS = re.compile(rf"^/(processes|fora)/(?!(?:{LISTS})/)[a-z0-9-]+/$")
MEASURE = re.compile(r"^/indicators/measures/[a-z0-9-]+")
STATE = re.compile(r"/(states|statement/N)/[A-Z]{3}/")


def kind_of(url: str) -> str:
    """The kind of page at an address: its path without numbers and names; whether it is asked."""
    where = urlsplit(url)
    path = STATE.sub(r"/\1/XXX/", NUMBER.sub("N", where.path))
    path = MEASURE.sub("/indicators/measures/NAME", path)
    path = SHELF.sub(r"/library/\1/NAME", path)
    path = PROCESS.sub(r"/\1/NAME/", path)
    asked = sorted({pair.partition("=")[0] for pair in where.query.split("&") if pair} - {"page"})
    return f"{path}?{'&'.join(asked)}" if asked else path


class Reading(HTMLParser):
    """What a page's source holds: links, headings, script and style that stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.h1 = 0
        self.inline: list[str] = []
        self.language = ""
        self.direction = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        self.h1 += tag == "h1"
        if tag == "html":
            self.language, self.direction = given.get("lang") or "", given.get("dir") or ""
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.inline.append(tag)
        self.inline += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith("on")
        ]


@dataclass(slots=True)
class Seen:
    """One page as it was answered."""

    url: str
    status: int
    kind: str
    html: bool
    read: Reading
    links: list[str] = field(default_factory=list)


class Visitor:
    """Somebody who opens pages, signed in or not."""

    def __init__(self, address: str, state: StorageState | None) -> None:
        self.address = address
        held = state["cookies"] if state else []
        self.cookie = "; ".join(f"{one['name']}={one['value']}" for one in held)

    def opens(self, url: str) -> Seen:
        """One page, read."""
        asked = Request(f"{self.address}{url}", headers={"Cookie": self.cookie})  # noqa: S310
        try:
            answer = urlopen(asked, timeout=60)  # noqa: S310 - our own server
        except HTTPError as error:
            answer = error
        with answer:
            html = answer.headers.get_content_type() == "text/html"
            text = answer.read().decode(errors="replace")
        read = Reading()
        if html:
            read.feed(text)
        whole = [urldefrag(urljoin(f"{self.address}{url}", link)).url for link in read.links]
        links = [link.removeprefix(self.address) for link in whole
                 if link.startswith(f"{self.address}/")]  # fmt: skip
        return Seen(url, answer.status, kind_of(url), html, read, links)


def crawl(visitor: Visitor, apart: tuple[str, ...] = ()) -> dict[str, Seen]:
    """Every page reachable from the first one, a few of each kind; not those that lie apart."""
    waiting, found, kinds = deque(["/"]), {}, dict[str, int]()
    while waiting and len(found) < MOST:
        url = waiting.popleft()
        kind = kind_of(url)
        if url in found or url.startswith(apart) or kinds.get(kind, 0) >= EACH:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        found[url] = visitor.opens(url)
        waiting.extend(found[url].links)
    return found
