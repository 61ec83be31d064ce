"""Pictures of every page of the demonstration, to be looked at.

    python tools/pictures.py FOLDER [--as nobody,Guinea,Secretariat] [--shapes wide,narrow]
                                    [--minutes 15]

Serves a demonstration of its own on a free port of this machine, follows the links as each of the
people named, and takes one picture of every kind of page in each shape: wide, narrow, arabic,
arabic-narrow, print. Forms with required fields are then sent empty, so that their errors are seen
too. A page that reads the same for somebody else is not taken again. People are named by a word of
an account's label; nobody is signed out. FOLDER/index.html shows the whole; FOLDER/sheets holds
many pages in one picture.

Needs the packages of the tests, and Chromium.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from itertools import product, takewhile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, StorageState, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "web"))

import servers
from crawl import Visitor, crawl

NOBODY = "nobody"
ALIKE = ("/library/", "/processes/", "/fora/", "/try/")
TALLEST = 2600
"""Pixels of a page that a picture shows; a table of all states goes on in the same way."""
ERRORS = ("/nowhere/", "/groups/west-africa/plans/999999/", "/account/invitation/no-such-token/")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a page is looked at; how large a sheet shows it, and how many stand on one."""

    name: str
    width: int
    language: str = "en"
    media: str = "screen"
    scale: float = 0.38
    sheet: int = 6


SHAPES = (
    Shape("wide", 1600),
    Shape("narrow", 360, scale=0.65, sheet=10),
    Shape("arabic", 1200, "ar", scale=0.5),
    Shape("arabic-narrow", 360, "ar", scale=0.65, sheet=10),
    Shape("print", 800, media="print", scale=0.5, sheet=6),
)


@dataclass(slots=True)
class Shot:
    """One picture: whose, of which page, in which shape."""

    who: str
    url: str
    shape: Shape
    file: Path


@dataclass(slots=True)
class Album:
    """Pictures as they are taken, until the time is up."""

    folder: Path
    ends: float
    shots: list[Shot] = field(default_factory=list)
    read: set[tuple[str, str]] = field(default_factory=set)

    def take(self, page: Page, who: str, url: str, shape: Shape) -> None:
        """Keep a picture of the page that is open, unless one that reads the same is kept."""
        text = page.locator("body").inner_text()
        main = page.locator("main")
        text = main.inner_text() if main.count() else text
        if (shape.name, text) in self.read:
            return
        self.read.add((shape.name, text))
        name = re.sub(r"[^A-Za-z0-9-]+", "_", f"{who}{url}").strip("_")[:100]
        file = self.folder / shape.name / f"{len(self.shots):03}-{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        tall = page.evaluate("() => document.documentElement.scrollHeight")
        page.screenshot(path=file, full_page=True, clip={
            "x": 0, "y": 0, "width": shape.width, "height": min(tall, TALLEST),
        })  # fmt: skip
        self.shots.append(Shot(who, url, shape, file))

    def waits(self, _url: str) -> bool:
        """Whether there is time for another page."""
        return time.monotonic() < self.ends


@contextmanager
def opened(
    browser: Browser, address: str, shape: Shape, state: StorageState | None
) -> Iterator[Page]:
    """A page of a person, in a shape."""
    context = browser.new_context(
        base_url=address, storage_state=state, locale=shape.language,
        viewport={"width": shape.width, "height": 500},
    )  # fmt: skip
    cookie = {"name": "django_language", "value": shape.language, "url": address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.emulate_media(media=shape.media)  # type: ignore[arg-type]
    yield page
    context.close()


def session(browser: Browser, address: str, who: str) -> StorageState | None:
    """Somebody's session; none for nobody."""
    if who == NOBODY:
        return None
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_role("button", name=who).first.click()
    state = context.storage_state()
    context.close()
    return state


def pages_of(address: str, who: str, state: StorageState | None) -> list[str]:
    """One address of every kind that somebody reaches, and addresses that lead nowhere."""
    found = crawl(Visitor(address, state), () if who == NOBODY else ALIKE)
    kinds: dict[str, str] = {}
    for url, seen in found.items():
        if seen.html and url != "/account/logout/":
            kinds.setdefault(seen.kind, url)
    return [*kinds.values(), *(ERRORS if who == NOBODY else ())]


def tried(browser: Browser, address: str) -> list[str]:
    """The pages of a plan that a visitor tries out."""
    with opened(browser, address, SHAPES[0], None) as page:
        page.goto("/try/")
        page.locator("main form button").last.click()
        page.wait_for_url("**/try/*/")
        plan = urlsplit(page.url).path
        state = page.locator("main table a").first.get_attribute("href") or ""
    return [plan, state, f"{plan}rules/"]


EMPTIED = """form => { form.noValidate = true;
    for (const one of form.elements) if (one.required) { one.value = ""; one.checked = false; } }"""


def sent_empty(page: Page, url: str) -> bool:
    """Send the page's first form that has required fields, empty; whether there was one."""
    page.goto(url)
    form = page.locator("main form[method=post]:has([required]:visible)").first
    if not form.count():
        return False
    form.evaluate(EMPTIED)
    form.locator("button:not([name=remove])").last.click()
    return True


def take_all(
    browser: Browser, address: str, people: list[str], shapes: list[Shape], album: Album
) -> None:
    """Every page of everybody, then every form's errors."""
    states = {who: session(browser, address, who) for who in people}
    pages = {who: pages_of(address, who, states[who]) for who in people}
    pages.setdefault(NOBODY, []).extend(tried(browser, address))
    for shape, who in product(shapes, people):
        with opened(browser, address, shape, states[who]) as page:
            for url in takewhile(album.waits, pages[who]):
                page.goto(url)
                album.take(page, who, url, shape)
    for shape, who in product(shapes, people):
        with opened(browser, address, shape, states[who]) as page:
            for url in takewhile(album.waits, pages[who] if shape.media == "screen" else ()):
                if sent_empty(page, url):
                    album.take(page, who, f"{url}#empty", shape)


def figure(shot: Shot, scale: float) -> str:
    """A picture in a page, with its name."""
    width = round(shot.shape.width * scale)
    name, address = escape(f"{shot.who} {shot.url}"), shot.file.as_uri()
    return (
        f'<figure style="width:{width}px"><figcaption>{name}</figcaption>'
        f'<a href="{address}"><img src="{address}" width="{width}" alt=""></a></figure>'
    )


STYLE = (
    "<!doctype html><meta charset=utf-8><style>body{margin:8px;background:#888;display:flex;"
    "flex-wrap:wrap;gap:8px;align-items:start}figure{margin:0;max-height:1000px;overflow:hidden}img{display:block}figcaption{"
    "font:bold 13px sans-serif;background:#ffd;overflow:hidden;white-space:nowrap}"
    "section{width:100%;display:flex;flex-wrap:wrap;gap:8px;align-items:start}</style>"
)


def sheets(browser: Browser, album: Album) -> int:
    """Several pictures in one, as many as are still read without effort; how many were made."""
    folder, made = album.folder / "sheets", 0
    folder.mkdir(exist_ok=True)
    page = browser.new_page(viewport={"width": 1240, "height": 300})
    for shape in SHAPES:
        shots = sorted((one for one in album.shots if one.shape is shape), key=height)
        for start in range(0, len(shots), shape.sheet):
            file = folder / f"{shape.name}-{start // shape.sheet:02}.html"
            figures = (figure(one, shape.scale) for one in shots[start : start + shape.sheet])
            file.write_text(STYLE + "".join(figures), encoding="utf-8")
            page.goto(file.as_uri())
            page.screenshot(path=file.with_suffix(".png"), full_page=True)
            file.unlink()
            made += 1
    page.close()
    return made


def height(shot: Shot) -> int:
    """The pixels of a picture from top to bottom: pages of like height share a sheet."""
    return int.from_bytes(shot.file.read_bytes()[20:24], "big")


def index(album: Album) -> None:
    """One page with every picture, by address."""
    by_page: dict[tuple[str, str], list[Shot]] = {}
    for shot in album.shots:
        by_page.setdefault((shot.url, shot.who), []).append(shot)
    sections = (
        f"<section>{''.join(figure(one, 300 / one.shape.width) for one in shots)}</section>"
        for _, shots in sorted(by_page.items())
    )
    (album.folder / "index.html").write_text(STYLE + "".join(sections), encoding="utf-8")


def main() -> int:
    """Take the pictures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--as", dest="people", default="nobody,Guinea,Secretariat")
    asked.add_argument("--shapes", default=",".join(one.name for one in SHAPES))
    asked.add_argument("--minutes", type=float, default=15)
    given = asked.parse_args()
    people = given.people.split(",")
    shapes = [one for one in SHAPES if one.name in given.shapes.split(",")]
    if not servers.CHROMIUM:
        sys.stderr.write("pictures: Chromium is not installed (Debian: apt-get install chromium)\n")
        return 2
    album = Album(given.folder.resolve(), time.monotonic() + 60 * given.minutes)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        platform = servers.Platform(Path(place) / "platform")
        browser = playwright.chromium.launch(
            executable_path=servers.CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            platform.start()
            take_all(browser, platform.address, people, shapes, album)
            made = sheets(browser, album)
        except Error as error:
            sys.stderr.write(f"pictures: {error.message}\n")
            return 1
        finally:
            browser.close()
            platform.stop()
    index(album)
    sys.stdout.write(f"{len(album.shots)} pictures, {made} sheets: {album.folder}/index.html\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
