"""Every page of the demonstration, in a real browser, in two directions of script.

Pages are found by following links as one of each kind of people and as nobody; in a whole run, as
everybody. Each kind of page is then opened in English and in Arabic, wide and narrow, with script
and without it; the two are compared, and the contrast of colours measured, in English, in a whole
run in Arabic too.
"""

import os
import re
from pathlib import Path

import pytest
import servers
from crawl import Seen, Visitor, crawl
from looks import looked_at, text_of
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from commonhaven.web.operation.demonstration.cast import CAST, SECRETARIAT

SHOTS = os.environ.get("COMMONHAVEN_SCREENSHOTS", "")
NOBODY = "nobody"
PEOPLE = {part.id: part.label for part in (SECRETARIAT, *CAST)}
OF_EACH_KIND = ("secretariat", "host", "unhcr", "ngo", "treasurer", "administrator")
"""Those who stand for everybody in a run that is not whole."""
ALIKE = ("/library/", "/processes/", "/fora/", "/indicators/", "/try/")
"""Pages that are the same for everybody: opened by nobody in particular."""
GIVING = {
    f"/groups/west-africa/{page}" for page in (
        "promises/", "promises/N/", "promises/due/", "promises/staircase/", "promises/pictures/",
        "promises/needs/", "promises/needs/N/", "promises/needs/suggestions/", "funds/",
        "funds/N/", "funds/N/ledger/", "funds/N/statement/N/XXX/",
    )
}  # fmt: skip
Found = dict[str, dict[str, Seen]]


@pytest.fixture(scope="module")
def whole(request: pytest.FixtureRequest) -> bool:
    """Whether everything is tried."""
    return bool(request.config.getoption("--whole"))


@pytest.fixture(scope="module")
def states(
    browser: Browser, served: servers.Platform, whole: bool
) -> dict[str, StorageState | None]:
    """The sessions of those who walk."""
    found: dict[str, StorageState | None] = {NOBODY: None}
    for who in PEOPLE if whole else OF_EACH_KIND:
        label = PEOPLE[who]
        context = browser.new_context(base_url=served.address, java_script_enabled=False)
        page = context.new_page()
        page.goto("/account/login/")
        page.get_by_role("button", name=label, exact=True).click()
        found[who] = context.storage_state()
        context.close()
    return found


@pytest.fixture(scope="module")
def found(served: servers.Platform, states: dict[str, StorageState | None]) -> Found:
    """Who → the pages that are reached from the first one."""
    return {
        who: crawl(Visitor(served.address, state), () if who == NOBODY else ALIKE)
        for who, state in states.items()
    }


def first_of_each(found: Found) -> list[tuple[str, str]]:
    """One page of every kind, with the first person who reaches it."""
    kinds: dict[str, tuple[str, str]] = {}
    for who, pages in found.items():
        for url, seen in pages.items():
            if seen.html and seen.status == 200 and seen.url != "/account/logout/":
                kinds.setdefault(seen.kind, (who, url))
    return list(kinds.values())


def test_every_link_leads_to_a_page(found: Found) -> None:
    """Every link that a person is shown is answered for that person."""
    wrong = [
        f"{who} {seen.url}: {seen.status}"
        for who, pages in found.items()
        for seen in pages.values()
        if seen.status != 200
    ]
    assert not wrong, "\n".join(wrong)
    for who, pages in found.items():
        kinds = {seen.kind for seen in pages.values()}
        assert len(kinds) > 20, f"{who} reaches {len(kinds)} kinds of pages only"
        assert "/groups/west-africa/decisions/" in kinds
        assert GIVING - kinds == set()
        assert "/groups/west-africa/meetings/N/" in kinds or who in {NOBODY, "administrator"}


def test_every_page_is_sound_html(found: Found) -> None:
    """One first heading, language and direction named, no script or style within."""
    wrong = []
    for who, pages in found.items():
        for seen in (one for one in pages.values() if one.html and one.status == 200):
            read = seen.read
            told = [f"{read.h1} h1"] if read.h1 != 1 else []
            told += read.inline
            told += [] if (read.language, read.direction) == ("en", "ltr") else ["language"]
            wrong += [f"{who} {seen.url}: {each}" for each in told]
    assert not wrong, "\n".join(wrong)


def test_unknown_pages_are_sound(
    served: servers.Platform, states: dict[str, StorageState | None]
) -> None:
    for who in (NOBODY, "host"):
        visitor = Visitor(served.address, states[who])
        for url in ("/nowhere/", "/groups/nowhere/", "/groups/west-africa/plans/999999/"):
            seen = visitor.opens(url)
            assert (seen.status, seen.read.h1, seen.read.inline) == (404, 1, [])


class Watch:
    """What goes wrong in a page: errors told in the console, requests to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.told: list[str] = []
        page.on("console", lambda said: said.type == "error" and self.told.append(said.text))
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                not asked.url.startswith((address, "data:", "blob:"))
                and self.told.append(f"request to {asked.url}")
            ),
        )

    def taken(self) -> list[str]:
        told, self.told = self.told, []
        return told


class Contexts:
    """One browser context for each person, kept for all pages."""

    def __init__(self, browser: Browser, address: str, language: str, *, script: bool) -> None:
        self.browser, self.address, self.language, self.script = browser, address, language, script
        self.pages: dict[str, tuple[Page, Watch]] = {}
        self.opened: list[BrowserContext] = []

    def page(self, who: str, state: StorageState | None) -> tuple[Page, Watch]:
        if who not in self.pages:
            context = self.browser.new_context(
                base_url=self.address, storage_state=state, java_script_enabled=self.script,
                viewport={"width": 1600, "height": 900}, locale=self.language,
            )  # fmt: skip
            cookie = {"name": "django_language", "value": self.language, "url": self.address}
            context.add_cookies([cookie])  # type: ignore[list-item]
            self.opened.append(context)
            page = context.new_page()
            page.set_default_timeout(15_000)
            self.pages[who] = (page, Watch(page, self.address))
        return self.pages[who]

    def close(self) -> None:
        for context in self.opened:
            context.close()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_every_page_in_a_browser(
    browser: Browser, served: servers.Platform, states: dict[str, StorageState | None],
    found: Found, whole: bool, language: str, direction: str,
) -> None:  # fmt: skip
    """No error, nothing too wide, nothing that axe finds, whole without script."""
    with_script = Contexts(browser, served.address, language, script=True)
    without = Contexts(browser, served.address, language, script=False)
    wrong: list[str] = []
    for who, url in first_of_each(found):
        page, watch = with_script.page(who, states[who])
        thorough = whole or direction == "ltr"
        told = looked_at(page, url, direction, colours=thorough) + watch.taken()
        if thorough:
            plain, _ = without.page(who, states[who])
            told += [] if text_of(plain, url) == text_of(page, "") else ["differs without script"]
        wrong += [f"{who} {url}: {each}" for each in told]
        shot(page, f"{language}-{who}{url}")
    with_script.close()
    without.close()
    assert not wrong, "\n".join(wrong)


def shot(page: Page, name: str) -> None:
    """Keep pictures of the page where a folder is named for them."""
    if SHOTS:
        file = re.sub(r"[^A-Za-z0-9-]+", "_", name)[:120]
        for width in (360, 1200):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(SHOTS) / f"{file}-{width}.png", full_page=True)
