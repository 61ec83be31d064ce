"""A served platform and a real browser, on both databases."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import servers
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs beside the tests
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    servers.needed(bool(servers.CHROMIUM), "Chromium", "chromium")
    started = playwright.chromium.launch(executable_path=servers.CHROMIUM, args=list(FLAGS))
    yield started
    started.close()


@pytest.fixture(scope="module")
def platform(with_demonstration: servers.Platform) -> Iterator[servers.Platform]:
    """The demonstration, served on each database."""
    yield from serving(with_demonstration)


@pytest.fixture(scope="module")
def served(
    demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[servers.Platform]:
    """The demonstration, served on SQLite."""
    folder = tmp_path_factory.mktemp("served") / "platform"
    yield from serving(servers.copied(demonstration, folder))


def serving(made: servers.Platform) -> Iterator[servers.Platform]:
    made.start()
    yield made
    made.stop()


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser, platform: servers.Platform) -> Iterator[Visitor]:
    """A new visitor's page, by language, width, with or without script; foreign hosts fail."""
    contexts: list[BrowserContext] = []
    foreign: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith((platform.address, "data:")):
            foreign.append(request.url)

    def new(*, language: str = "en", width: int = 1200, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=platform.address, locale=language, java_script_enabled=script,
            viewport={"width": width, "height": 900},
        )  # fmt: skip
        context.add_cookies([
            {"name": "django_language", "value": language, "url": platform.address}
        ])  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", watch)
        return page

    yield new
    for context in contexts:
        context.close()
    assert foreign == []
