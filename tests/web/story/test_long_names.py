"""Names and titles of the greatest length, without a space to break at: no page grows wider."""

import servers
from crawl import Visitor, crawl
from playwright.sync_api import Browser, BrowserContext

PEOPLE = ("", "Guinea", "Secretariat of the group")
"""By a word of an account's label; the first is signed out."""
LONG = """
from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.decisions.models import Decision
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.meetings.models import AgendaItem, Document, Meeting
from commonhaven.web.plans.models import Plan
from commonhaven.web.situations.models import Situation

Group.objects.update(name={"en": "N" * 120})
Caucus.objects.update(name="C" * 120)
User.objects.update(label="P" * 120)
Seat.objects.update(credentials="R" * 200)
for model in (AgendaItem, Decision, Document, Meeting, Plan, Situation):
    assert model.objects.update(title="T" * 200), model
"""
TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def signed_in(browser: Browser, address: str, who: str) -> BrowserContext:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 800})
    if who:
        page = context.new_page()
        page.goto("/account/login/")
        page.get_by_role("button", name=who).first.click()
    return context


def test_no_page_scrolls_sideways_with_long_names(
    browser: Browser, served: servers.Platform
) -> None:
    contexts = [signed_in(browser, served.address, who) for who in PEOPLE]
    servers.Run(served.config)(LONG)
    wrong, kinds = [], set[str]()
    for who, context in zip(PEOPLE, contexts, strict=True):
        page = context.new_page()
        visitor = Visitor(served.address, context.storage_state())
        for url, seen in crawl(visitor, ("/library/", "/try/", "/indicators/")).items():
            if not seen.html or seen.kind in kinds or url == "/account/logout/":
                continue
            kinds.add(seen.kind)
            page.goto(url)
            over = page.evaluate(TOO_WIDE)
            wrong += [f"{who} {url}: {over} px too wide at 360 px"] if over > 0 else []
        context.close()
    assert len(kinds) > 40
    assert not wrong, "\n".join(wrong)
