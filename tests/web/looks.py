"""How a page looks in a browser: direction, width, edges, what axe finds, its text."""

import re
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
RUN_AXE = """async rules => (await axe.run({resultTypes: ["violations"], rules})).violations.map(
    one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html.slice(0, 150)).join())"""
RAGGED = """() => [...document.querySelectorAll("td.n, th.n")].some(
    one => getComputedStyle(one).textAlign !== "right")"""
"""Digits run from left to right in every script: units line up at the right."""
CUT = """() => [...document.querySelectorAll(".scroll, .drawing")].some(
    one => one.scrollWidth > one.clientWidth && getComputedStyle(one).backgroundImage === "none")"""
TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def looked_at(page: Page, url: str, direction: str, *, colours: bool = True) -> list[str]:
    """What is wrong with one page; its colours, slow to measure, may have been looked at before."""
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(url)
    told = []
    if page.locator("html").get_attribute("dir") != direction:
        told.append("its direction is wrong")
    if page.evaluate(RAGGED):
        told.append("numbers do not line up")
    page.evaluate(AXE)
    told += page.evaluate(RUN_AXE, {"color-contrast": {"enabled": colours}})
    for width in (1600, 360):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate(TOO_WIDE)
        if over > 0:
            told.append(f"{over} px too wide at {width} px")
        if page.evaluate(CUT):
            told.append(f"something goes on beyond its edge without a shadow at {width} px")
    return told


RUNNING = re.compile(r"\d+")
"""Times run on between two looks at a page; time left is counted on where script runs."""


TEXTS = """main => [
    main.innerText, Array.from(main.querySelectorAll(".left"), one => one.innerText)]"""
"""Read at one instant, since a clock may move on between two looks."""


def text_of(page: Page, url: str) -> str:
    """The text of a page's main part; of the page that is open where no address is given."""
    if url:
        page.goto(url)
    text, running = page.locator("main").evaluate(TEXTS)
    for left in running:
        text = text.replace(left, "", 1)
    return RUNNING.sub("N", " ".join(text.split()))
