"""The whole story of a group, played by eight people in a real browser on both databases.

Set up, adopt a charter, open a situation, convene, reach a quorum, table two plans, go through a
round of offers, hear UNHCR, decide by the charter's mode, see obligations and calendar, and let an
outsider check the record.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import servers
from acting import done, forward, press
from icalendar import Calendar
from playwright.sync_api import Page, expect

GROUP = "/groups/river/"
PASSWORD = "a boat has room for more"  # noqa: S105 - of accounts that live for one test
TODAY = datetime.now(UTC).date().isoformat()
CHARTER = f"""
group.id = "river"
group.name.en = "Group of the river"
group.version = "1"
group.in_force = {TODAY}
members = [
  {{ state = "GIN", tier = "inner core", since = {TODAY} }},
  {{ state = "CIV", tier = "inner core", since = {TODAY} }},
  {{ state = "FRA", tier = "outer core", since = {TODAY} }},
  {{ state = "CAN", tier = "outer core", since = {TODAY} }},
]
participants = [
  {{ party = "UNHCR", role = "secretariat", may_convene = true }},
  {{ party = "Council of lead NGOs", role = "organisation with consultative status" }},
]
[convening]
zone = "Africa/Abidjan"
[responsibility]
parameters = {{ security_band_width = "1", presence_as_wish = "yes" }}
[costs]
ceiling = "0.5"
"""
SEATS = {
    "host": ("GIN", "Guinea", "head of delegation"),
    "chair": ("CIV", "Côte d'Ivoire", "head of delegation"),
    "donor": ("FRA", "France", "head of delegation"),
    "second donor": ("CAN", "Canada", "head of delegation"),
    "unhcr": ("UNHCR", "UNHCR", "unhcr"),
    "ngo": ("Council of lead NGOs", "Council of lead NGOs", "ngo"),
    "treasurer": ("UNHCR", "UNHCR", "treasurer"),
}
Visitor = Callable[..., Page]


class People:
    """Everybody in the story, each in a browser of their own."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.pages: dict[str, Page] = {}

    def __getitem__(self, who: str) -> Page:
        return self.pages[who]

    def join(self, who: str, link: str) -> None:
        """Open an invitation's link, choose a password, take the seat."""
        page = self.pages[who] = self.visitor()
        page.goto(link)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Password again").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button").click()
        expect(page.get_by_role("status")).to_contain_text("You have taken the seat")


def link_on(page: Page) -> str:
    """The path of the link shown once."""
    found = re.search(r"/account/invitation/[^\s<]+", page.get_by_role("main").inner_text())
    assert found, page.get_by_role("main").inner_text()
    return found[0]


def do(page: Page, address: str, what: str, **given: str) -> None:
    """Do an act of the procedure on a meeting's page."""
    page.goto(address)
    form = page.locator("form[action$='/act/']", has_text=what)
    assert form.count(), page.get_by_role("main").inner_text()
    if form.first.locator("summary").count():
        form.first.locator("summary").click()
    for label, text in given.items():
        form.first.get_by_label(re.compile(label, re.IGNORECASE)).fill(text)
    form.first.get_by_role("button", name="Do it").click()
    done(page)


@pytest.fixture
def people(visitor: Visitor) -> People:
    return People(visitor)


def set_up(people: People) -> None:
    """The administrator sets the group up; the secretariat invites, and accepts credentials."""
    admin = people.pages["administrator"] = people.visitor()
    admin.goto("/account/login/")
    admin.get_by_role("button", name="Administrator of the platform").click()
    admin.goto("/groups/new/")
    admin.get_by_label("Name", exact=True).fill("River")
    admin.get_by_label("Short name").fill("river")
    admin.get_by_label("Time zone").select_option("Africa/Abidjan")
    admin.get_by_label("Who provides the secretariat").fill("UNHCR")
    admin.get_by_label("E-mail of the secretariat").fill("office@example.org")
    press(admin, "Set up the group")
    people.join("secretariat", link_on(admin))
    for who, (party, name, capacity) in SEATS.items():
        office = people["secretariat"]
        office.goto(f"{GROUP}people/invite/")
        office.get_by_label("E-mail").fill(f"river-{who.replace(' ', '-')}@example.org")
        office.get_by_label("Shown to others as").fill(f"{who.title()} ({name})")
        office.get_by_label("Party").fill(party)
        office.get_by_label("Capacity").select_option(capacity)
        office.get_by_label("Credentials").fill("Note 1/2026")
        press(office, "Offer the seat")
        people.join(who, link_on(office))
    office = people["secretariat"]
    office.goto(f"{GROUP}people/")
    for _ in SEATS:
        office.get_by_role("button", name="Accept the credentials").first.click()
        done(office)


def adopt(people: People) -> None:
    """The secretariat brings the charter in, an NGO comments, each member consents; adopted."""
    office = people["secretariat"]
    office.goto(f"{GROUP}charters/draft/")
    office.get_by_label("Text", exact=False).last.fill(CHARTER)
    press(office, "Bring in the draft")
    done(office)
    charter = office.url
    for who in ("host", "chair", "donor", "second donor"):
        page = people[who]
        page.goto(charter)
        page.locator("select[name=choice], input[name=choice][value=yes]").first.wait_for()
        if page.locator("select[name=choice]").count():
            page.locator("select[name=choice]").select_option("yes")
        else:
            page.locator("input[name=choice][value=yes]").check()
        press(page, "Declare the position")
        done(page)
    office.goto(charter)
    press(office, "Adopt the charter")
    done(office)
    expect(office.get_by_role("heading", level=1)).to_contain_text("Adopted")
    office.goto(f"{GROUP}chair/seat/")
    office.get_by_label("Party").select_option("CIV")
    office.get_by_label("From").fill(TODAY)
    press(office, "Seat the chair")
    done(office)


def convene(people: People) -> str:
    """The host opens the situation and convenes with one click; clocks run; all answer."""
    host = people["host"]
    host.goto(f"{GROUP}situations/open/")
    host.get_by_label("A situation that ships").select_option("liberia-1990")
    host.get_by_label("Audience").select_option("public")
    press(host, "Open the situation")
    done(host)
    host.get_by_role("main").get_by_role(
        "link", name=re.compile("meeting", re.IGNORECASE)
    ).first.click()
    host.get_by_label("Reason").fill("More people than we can shelter alone.")
    press(host, "Convene now")
    done(host)
    meeting = host.url
    do(people["secretariat"], meeting, "Acknowledge the request")
    for who in ("chair", "donor", "second donor"):
        do(people[who], meeting, "Answer the request")
    do(people["chair"], meeting, "Give notice of the meeting")
    people["chair"].goto(meeting)
    expect(people["chair"].get_by_text("What opens later")).to_be_visible()
    forward(people["chair"], "48")
    do(people["chair"], meeting, "Open the meeting")
    return meeting


def seated(people: People, meeting: str) -> None:
    """Delegations come into the room until there is a quorum."""
    for who in ("host", "chair", "donor", "second donor", "unhcr", "ngo"):
        page = people[who]
        page.goto(meeting)
        press(page, "Arrive")
        done(page)
    people["chair"].goto(meeting)
    expect(people["chair"].get_by_text("There is a quorum.")).to_be_visible()


def compute(page: Page, title: str) -> str:
    page.goto(f"{GROUP}plans/compute/")
    page.get_by_label("Situation").select_option(label="Liberia, 1990")
    page.get_by_label("Title").fill(title)
    press(page, "Compute")
    done(page)
    return page.url


def table(page: Page, plan: str) -> None:
    page.goto(plan)
    page.get_by_label("Meeting").select_option(index=1)
    press(page, "Table it in this meeting")
    done(page)


def negotiate(people: People) -> str:
    """Two plans are tabled; on one of them a state offers more, and every share recomputes."""
    first = compute(people["secretariat"], "Plan of the chair")
    table(people["chair"], first)
    second = compute(people["secretariat"], "Plan of the host")
    table(people["host"], second)
    donor = people["donor"]
    donor.goto(first)
    before = donor.get_by_role("main").inner_text()
    donor.get_by_role("link", name="Offer, opt out, use a deduction").click()
    donor.get_by_role("link", name="Protect more people than our share").click()
    donor.get_by_label(re.compile("^People")).fill("5000")
    donor.get_by_label("Reason, on the record").fill("Families of people settled with us.")
    press(donor, "Make this move")
    done(donor)
    donor.goto(f"{GROUP}plans/")
    donor.get_by_role("main").get_by_role("link", name="Plan of the chair").first.click()
    moved = donor.url
    assert moved != first
    assert donor.get_by_role("main").inner_text() != before
    return moved


def decide(people: People, plan: str) -> None:
    """No vote before UNHCR is heard; then by the charter's mode, on the record."""
    chair, office, unhcr = people["chair"], people["secretariat"], people["unhcr"]
    chair.goto(plan)
    expect(chair.get_by_role("link", name="Put it to the vote")).to_have_count(0)
    office.goto(plan)
    press(office, "Ask UNHCR for its opinion")
    done(office)
    unhcr.goto(plan)
    unhcr.get_by_label("Finding").select_option("compatible")
    unhcr.get_by_label("Reasons, and conditions if there are any").fill("Safe, and wished for.")
    press(unhcr, "Give this opinion")
    done(unhcr)
    chair.goto(plan)
    chair.get_by_role("link", name="Put it to the vote").click()
    press(chair, "Put it to the vote")
    done(chair)
    question = chair.url
    for who in ("host", "chair", "donor", "second donor"):
        page = people[who]
        page.goto(question)
        yes = page.locator("input[name=choice][value=yes]")
        assert yes.count(), f"{who} at {page.url}: {page.get_by_role('main').inner_text()}"
        yes.check()
        press(page, "Vote")
        done(page)
    ngo = people["ngo"]
    ngo.goto(question)
    expect(ngo.get_by_role("button", name="Vote", exact=True)).to_have_count(0)
    chair.goto(question)
    press(chair, "Count and close")
    done(chair)
    expect(chair.get_by_role("main")).to_contain_text("Adopted")


def owed(people: People) -> None:
    """The donor sees what it owes and by when; its calendar holds the dates."""
    donor = people["donor"]
    donor.goto(f"{GROUP}decisions/obligations/")
    expect(donor.get_by_role("main")).to_contain_text("France")
    donor.goto("/")
    expect(donor.get_by_role("main")).to_contain_text("What you owe")
    donor.goto("/notices/")
    donor.get_by_role("link", name="in your own calendar").click()
    press(donor, "Make an address")
    found = re.search(r"/notices/calendar/\S+\.ics", donor.get_by_role("main").inner_text())
    assert found, donor.get_by_role("main").inner_text()
    calendar = people.visitor().request.get(found[0])
    events = Calendar.from_ical(calendar.text()).walk("VEVENT")
    owes = [event for event in events if "obligation" in str(event["UID"])]
    assert owes, calendar.text()
    assert all(event.decoded("DTSTART") for event in owes)


def checked_by_an_outsider(people: People, folder: Path) -> None:
    """Somebody without an account downloads the record and checks it, plans included."""
    outsider = people.visitor()
    answer = outsider.request.get(f"{GROUP}record/export.jsonl")
    path = folder / "record.jsonl"
    path.write_bytes(answer.body())
    public = subprocess.run(
        [sys.executable, "-m", "commonhaven", "record", "verify", str(path), "--plans"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert public.returncode == 0, public.stdout + public.stderr
    assert "stands" in public.stdout
    member = people["host"].request.get(f"{GROUP}record/export.jsonl")
    whole = folder / "members.jsonl"
    whole.write_bytes(member.body())
    both = subprocess.run(
        [sys.executable, "-m", "commonhaven", "record", "verify", str(whole), "--plans"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert both.returncode == 0, both.stdout + both.stderr
    told = re.compile(r"head is ([0-9a-f]{64})")
    heads = [told.search(" ".join(text.split())) for text in (public.stdout, both.stdout)]
    assert heads[0]
    assert heads[1]
    assert heads[0][1] == heads[1][1]
    edited = folder / "edited.jsonl"
    edited.write_text(whole.read_text().replace("Families of people", "Friends of people", 1))
    changed = subprocess.run(
        [sys.executable, "-m", "commonhaven", "record", "verify", str(edited)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert changed.returncode == 1


def test_whole_story(people: People, platform: servers.Platform, tmp_path: Path) -> None:
    set_up(people)
    adopt(people)
    meeting = convene(people)
    seated(people, meeting)
    plan = negotiate(people)
    decide(people, plan)
    owed(people)
    checked_by_an_outsider(people, tmp_path)
