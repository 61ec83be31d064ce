"""What people do on pages, for the stories that are played in a browser."""

from playwright.sync_api import Locator, Page, expect


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def done(page: Page) -> None:
    """The act was done: the page says so, and shows no problem."""
    expect(page.locator(".messages .error, .problem, .errorlist")).to_have_count(0)


def forward(page: Page, hours: str) -> None:
    """Move the demonstration's clock."""
    page.get_by_label("Move the clock forward by").select_option(hours)
    page.get_by_role("button", name="Move", exact=True).click()


def sign_in(page: Page, label: str) -> Page:
    """Enter the demonstration as one of its people."""
    page.goto("/account/login/")
    page.get_by_role("button", name=label, exact=True).click()
    return page


def fill(where: Page | Locator, given: dict[str, str]) -> None:
    """Write into fields, by their names."""
    for name, text in given.items():
        where.locator(f"[name={name}]").fill(text)


def choose(where: Page | Locator, given: dict[str, str]) -> None:
    """Choose from lists, by their names: what each option is called."""
    for name, label in given.items():
        where.locator(f"select[name={name}]").select_option(label=label)


def told(page: Page) -> str:
    """All that a page's main part says, on one line."""
    return " ".join(page.get_by_role("main").inner_text().split())


def rows(page: Page, name: str) -> list[list[str]]:
    """The cells of the table of a name, row by row, without its head."""
    body = page.get_by_role("region", name=name, exact=True).locator("tbody tr")
    return [row.locator("th, td").all_inner_texts() for row in body.all()]
