"""Follow every link of the demonstration as each of its people, without a browser."""

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import APIRequestContext

MOST = 250
"""Pages that one person opens at most."""
EACH = 2
"""Pages of one kind that one person opens: the first, and what the first leads to."""
NUMBER = re.compile(r"\d+")
SHELF = re.compile(r"^/library/(rules|procedures|charters|situations|instruments|figures)/[^/]+")
STATE = re.compile(r"/states/[A-Z]{3}/")


def kind_of(url: str) -> str:
    """The kind of page at an address: its path without numbers and names; whether it is asked."""
    where = urlsplit(url)
    path = STATE.sub("/states/XXX/", NUMBER.sub("N", where.path))
    path = SHELF.sub(r"/library/\1/NAME", path)
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


def crawl(ask: APIRequestContext, address: str, apart: tuple[str, ...] = ()) -> dict[str, Seen]:
    """Every page reachable from the first one, a few of each kind; not those that lie apart."""
    waiting, found, kinds = deque(["/"]), {}, dict[str, int]()
    while waiting and len(found) < MOST:
        url = waiting.popleft()
        kind = kind_of(url)
        if url in found or url.startswith(apart) or kinds.get(kind, 0) >= EACH:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        found[url] = opened(ask, address, url)
        waiting.extend(found[url].links)
    return found


def opened(ask: APIRequestContext, address: str, url: str) -> Seen:
    """One page, read."""
    response = ask.get(f"{address}{url}")
    html = response.headers.get("content-type", "").startswith("text/html")
    read = Reading()
    if html:
        read.feed(response.text())
    seen = Seen(url, response.status, kind_of(url), html, read)
    response.dispose()
    for link in read.links:
        whole = urldefrag(urljoin(f"{address}{url}", link)).url
        if whole.startswith(f"{address}/"):
            seen.links.append(whole.removeprefix(address))
    return seen
