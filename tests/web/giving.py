"""Pages of promises, as the people of a story use and read them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from acting import choose, done, fill, press, rows
from playwright.sync_api import Page, expect

BASE = "/groups/west-africa/promises/"
Numbers = dict[str, list[Decimal]]


def promises(page: Page, audience: str, **given: str) -> str:
    """Fill in the form of a promise that is open, enter it, and give its address."""
    fill(page, {
        "unit": "USD", "beneficiaries": "Families who fled and families who host them",
        "indicator": "People with water, counted by the districts", "places": "Guinea",
        "to": "Guinea", **given,
    })  # fmt: skip
    choose(page, {"kind": "Money", "additional": "New", "audience": audience})
    press(page, "Enter and announce")
    expect(page).to_have_url(re.compile(r"/promises/\d+/$"))
    done(page)
    return page.url


def takes(page: Page, promise: str, what: str, **given: str) -> None:
    """Take a step that a promise's page offers."""
    page.goto(promise)
    page.get_by_role("main").get_by_role("link", name=what, exact=True).click()
    fill(page, given)
    press(page, what)
    expect(page).to_have_url(promise)
    done(page)


def offered(page: Page, promise: str) -> list[str]:
    """The steps that a promise's page offers."""
    page.goto(promise)
    section = page.get_by_role("region", name="What you can do")
    return section.get_by_role("link").all_inner_texts()


def stages(page: Page, promise: str) -> Numbers:
    """Giver → promised, announced, signed, delivered, received, verified, disputed, withdrawn."""
    page.goto(promise)
    return {row[0]: numbers(row[1:9]) for row in rows(page, "How far it has come")}


def numbers(cells: list[str]) -> list[Decimal]:
    return [Decimal(re.sub(r"[^0-9.-]", "", cell)) for cell in cells]


def due(page: Page) -> dict[str, str]:
    """Day and giver → where the asking for it stands, as the page of what is due tells it."""
    page.goto(f"{BASE}due/")
    found = rows(page, "Instalments of which something is missing")
    return {f"{row[1]}, {row[3]}": row[5] for row in found}


def stairs(page: Page) -> Iterator[tuple[bool, Numbers, dict[str, str]]]:
    """Every table of the page of the staircase: whether of money, numbers and reasons by party."""
    page.goto(f"{BASE}staircase/")
    for section in page.locator("main section").all():
        cells = [row.locator("th, td").all_inner_texts() for row in
                 section.locator("table").last.locator("tbody tr").all()]  # fmt: skip
        money = section.get_by_role("heading").inner_text().startswith("Money")
        yield money, {c[0]: numbers(c[1:6]) for c in cells}, {c[0]: c[6] for c in cells}


def gap(page: Page) -> list[str]:
    """What the page of a need says is needed, covered, and not covered."""
    return re.findall(r"\d[\d,]*\d|\d", page.locator("main .lead").inner_text())
