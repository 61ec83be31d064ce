"""Search, calendars, notices, exports and the API show what the pages show, and no more."""

import re
from typing import Any

from access_doors import NEVER, Door, Round, body_of, fetch, lists, plainly, unlike
from access_viewers import NOW_OPEN, SHADES, Who
from access_world import World
from django.test import Client

from commonhaven.record.check import check
from commonhaven.web.accounts.models import User
from commonhaven.web.commitments.models import Commitment, Match, Need
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.exchange.models import Offer, Practice, Question, Reuse
from commonhaven.web.flows.models import FlowFile
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.groups.models import CharterVersion
from commonhaven.web.groups.queries import chair_on
from commonhaven.web.kit.audience import Item
from commonhaven.web.meetings.models import AdoptedText, Document, Meeting
from commonhaven.web.notices.actions import make_feed
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.models import Head
from commonhaven.web.situations.models import Situation

TITLED = frozenset({
    "situation.title", "meeting.title", "agenda.title", "document.title1", "document.title2",
    "plan.title", "decision.title1", "decision.title2", "obligation.what", "commitment.title",
    "need.title", "fund.title", "assessment.title", "flows.title",
})  # fmt: skip
"""Fields that search shows as a result's title."""


def test_search(made: World, who: Who, client: Client, round_: Round) -> None:
    """Search finds every title that one may see, and answers for the rest as for no word at all."""
    text, page = "", 1
    while page == 1 or f"page={page}" in text:
        text += body_of(fetch(client, "/search/", data={"q": "qz", "page": page}))
        page += 1
    shown = made.no_more(who, text, "search")
    assert shown & made.words.of(SHADES, TITLED) == made.words.of(who.sees, TITLED)
    nothing = plainly(fetch(client, "/search/", data={"q": "qzneverplanted"}), "qzneverplanted")
    for word in sorted(made.words.of(SHADES - who.sees))[:: 1 if round_.whole else 40]:
        response = fetch(client, "/search/", data={"q": word})
        assert not unlike(plainly(response, word), nothing), made.words.told(frozenset({word}))


def test_calendars(made: World, who: Who, client: Client) -> None:
    """A person's calendar has what that person may see; the public one what everybody may."""
    public = body_of(fetch(client, "/notices/calendar/public/west-africa.ics"))
    everybody = made.words.in_text(unfolded(public))
    dated = CLOSING | PROMISED | frozenset({"fund.title"})
    assert everybody & made.words.of(SHADES, dated) == made.words.of(NOW_OPEN, dated)
    assert not everybody - made.words.of(NOW_OPEN)
    if not who.signed_in:
        return
    token = make_feed(user=User.objects.get(email=who.email), at=made.at)
    own = body_of(fetch(Client(), f"/notices/calendar/{token}.ics"))
    shown = made.no_more(who, unfolded(own), "own calendar")
    seated = who.party and not (who.elsewhere or who.refused or who.until)
    due = made.words.of(who.sees, CLOSING) if seated else frozenset()
    assert shown & made.words.of(SHADES, CLOSING) == due
    gives = {shade for shade, row in made.rows(Commitment) if row.party == who.party}
    own = who.sees if who.capacity == "analyst" else who.sees & gives
    owed = made.words.of(own, PROMISED) if seated else frozenset()
    assert shown & made.words.of(SHADES, PROMISED) == owed


CLOSING = frozenset({"decision.title1"})
"""What closes at an instant, so that it stands in calendars."""


PROMISED = frozenset({"commitment.title"})
"""What somebody gives on a day: in the giver's calendar, an analyst's, and the public one."""


def test_before_the_annual_review(made: World, who: Who, client: Client) -> None:
    """The list of what was asked for in vain holds what one may see, on its page and in the API."""
    fields = PROMISED | frozenset({"fund.title"})
    api = body_of(fetch(client, "/api/v1/groups/west-africa/review"))
    shown = made.no_more(who, api, "review in the API")
    assert shown & made.words.of(SHADES, fields) == made.words.of(who.sees, fields)
    page = body_of(fetch(client, "/groups/west-africa/promises/due/")).partition('id="review"')[2]
    shown = made.no_more(who, page, "review on its page")
    assert shown & made.words.of(SHADES, fields) == made.words.of(who.sees, fields)


def unfolded(calendar: str) -> str:
    """iCalendar cuts long lines: the lines whole."""
    return calendar.replace("\r\n ", "").replace("\n ", "")


def test_notices(made: World, who: Who, client: Client) -> None:
    """A person is shown the notices of what may be seen, however they came to be."""
    response = fetch(client, "/notices/")
    if not who.signed_in:
        assert response.status_code == 302
        return
    text, page = body_of(response), 2
    while f"page={page}" in text:
        text += body_of(fetch(client, "/notices/", data={"page": page}))
        page += 1
    shown = made.no_more(who, text, "notices")
    fields = frozenset({"notice.facts"})
    placed = bool(who.party) and not who.elsewhere
    due = made.words.of(who.sees, fields) if placed else frozenset()
    assert shown & made.words.of(SHADES, fields) == due


def test_record_export(made: World, who: Who, client: Client) -> None:
    """The export holds every entry that one may read, seals the others, and verifies."""
    for url in (
        "/groups/west-africa/record/export.jsonl",
        "/api/v1/groups/west-africa/record.jsonl",
    ):
        text = body_of(fetch(client, url))
        shown = made.no_more(who, text, url)
        fields = frozenset({"record.title", "record.text"})
        assert shown & made.words.of(SHADES, fields) == made.words.of(who.sees, fields)
        found = check(text)
        assert found.stands, found.sentences()
        assert found.entries == Head.objects.get(group=made.group).number


API_LISTS = {
    "/api/v1/groups/{slug}/situations": (Situation, "situation.title"),
    "/api/v1/groups/{slug}/meetings": (Meeting, "meeting.title"),
    "/api/v1/groups/{slug}/plans": (Plan, "plan.title"),
    "/api/v1/groups/{slug}/decisions": (Decision, "decision.title1"),
    "/api/v1/groups/{slug}/documents": (Document, "document.title1"),
    "/api/v1/groups/{slug}/texts": (AdoptedText, "adopted.title"),
    "/api/v1/groups/{slug}/commitments": (Commitment, "commitment.title"),
    "/api/v1/groups/{slug}/needs": (Need, "need.title"),
    "/api/v1/groups/{slug}/funds": (Fund, "fund.title"),
    "/api/v1/groups/{slug}/good-faith": (Assessment, "assessment.title"),
    "/api/v1/groups/{slug}/flow-files": (FlowFile, "flows.title"),
    "/api/v1/groups/{slug}/practices": (Practice, "practice.title"),
    "/api/v1/groups/{slug}/reuses": (Reuse, "reuse.result"),
    "/api/v1/groups/{slug}/questions": (Question, "question.title"),
    "/api/v1/groups/{slug}/offers": (Offer, "offer.title"),
}  # fmt: skip
"""Operations that list all that there is of a kind: its table, a field that tells each."""
API_KINDS: dict[str, type[Item]] = {
    "charters": CharterVersion, "situations": Situation, "meetings": Meeting, "plans": Plan,
    "decisions": Decision, "obligations": Obligation, "documents": Document, "texts": AdoptedText,
    "commitments": Commitment, "needs": Need, "matches": Match, "funds": Fund,
    "good-faith": Assessment,
    "flow-files": FlowFile, "practices": Practice, "questions": Question, "offers": Offer,
}  # fmt: skip


API_INSIDE = frozenset({
    "/api/v1/groups/{slug}/seats", "/api/v1/groups/{slug}/invitations",
    "/api/v1/groups/{slug}/chair/pack",
})  # fmt: skip
"""Operations for whoever sees what members see; all but the seats for who runs the group."""


CHAIRING = frozenset({"head of delegation", "delegate"})


def _closed(made: World, who: Who, path: str) -> set[int]:
    """What an operation that is not for everybody answers; empty for all others."""
    if path not in API_INSIDE:
        return set()
    if not path.endswith("/seats") and not who.signed_in:
        return {401}
    if "members" not in who.sees:
        return {404}
    now = chair_on(made.group, made.at.date())
    chairs = now is not None and now.party == who.party and who.capacity in CHAIRING
    runs = who.accepted and (chairs or who.capacity == "secretariat")
    return {200} if runs or path.endswith("/seats") else {403}


def operations(client: Client, method: str) -> list[str]:
    """The paths of the API's own description that know a method, in a group's pages."""
    described = fetch(client, "/api/v1/openapi.json").json()["paths"]
    return [path for path, known in described.items() if method in known and "{slug}" in path]


def test_api_lists(made: World, who: Who, client: Client) -> None:
    plain = [path for path in operations(client, "get") if not re.search(r"\{(pk|term)\}", path)]
    assert set(API_LISTS) <= set(plain)
    for path in plain:
        response = fetch(client, path.replace("{slug}", "west-africa"), data={"limit": 200})
        expected = _closed(made, who, path) or {200, 401}
        assert response.status_code in expected, f"{who.id} at {path}: {response.status_code}"
        shown = made.no_more(who, body_of(response), path)
        if path in API_LISTS:
            table, field = API_LISTS[path]
            assert shown & made.words.of(SHADES, frozenset({field})) == made.words.of(
                who.sees, frozenset({field})
            )
            seen = [row for shade, row in made.rows(table) if shade in who.sees]
            assert response.json()["count"] == len(seen), f"{who.id} at {path}"


def test_api_items(made: World, who: Who, client: Client, round_: Round) -> None:
    """What may not be seen is answered as what there never was, for reading and for acting."""
    client.raise_request_exception = False
    for method in ("get", "post"):
        for path in operations(client, method):
            if "{pk}" in path:
                _api_item(made, client, round_, f"{method} {path}")


def _api_item(made: World, client: Client, round_: Round, operation: str) -> None:
    method, _, path = operation.partition(" ")
    table = API_KINDS[path.partition("/{pk}")[0].rpartition("/")[2]]
    filled = path.replace("{year}", "2026").replace("{party}", "CHE").replace("{state}", "GHA")
    filled = re.sub(r"\{(?!slug|pk)[a-z]+\}", "1", filled).replace("{slug}", "west-africa")
    send = client.get if method == "get" else client.post
    more: dict[str, Any] = {} if method == "get" else {"content_type": "application/json"}
    never = filled.replace("{pk}", str(NEVER))
    absent = plainly(send(never, **more), never)
    for shade, row in made.rows(table):
        url, who = filled.replace("{pk}", str(row.pk)), round_.who
        seen = shade in who.sees
        if (seen and method == "post") or not round_.opens(Door(name=operation, url=url)):
            continue
        response = send(url, **more)
        if seen:
            assert response.status_code == 200, f"{who.id} at {url}"
            made.no_more(who, body_of(response), url)
        else:
            told = unlike(plainly(response, url), absent)
            assert not told, f"{who.id}, {method} {url}: {told}"


WATCHERS = {
    "nobody": "hosts", "IOM observer": "members", "LBR delegate": "donors",
    "GHA head of delegation": "donors", "UNHCR secretariat": "hosts",
}  # fmt: skip
"""Who looks in every run → for whom something new comes up that the watcher may not see."""
TELLING = frozenset({"record:show", "record:export"})
"""Doors that tell how many entries there are: sealed entries keep the chain whole."""


def test_nothing_hidden_changes_anything(
    made: World, who: Who, client: Client, round_: Round
) -> None:
    """A list, count, feed or answer is the same, line by line, before and after."""
    chosen = [shade for name, shade in WATCHERS.items() if name == who.id]
    hidden = sorted(SHADES - who.sees) if round_.whole else chosen
    before = everything(made, who, client) if hidden else {}
    for shade in hidden:
        made.bundle(shade)
        after = everything(made, who, client)
        told = {url: unlike(after[url], lines) for url, lines in before.items()}
        assert {url: lines for url, lines in told.items() if lines} == {}, shade


def everything(made: World, who: Who, client: Client) -> dict[str, tuple[str, ...]]:
    """Every address that names no item, as one viewer finds it."""
    urls = [door.url for door in lists() if door.name not in TELLING]
    urls += ["/search/?q=qz", "/notices/calendar/public/west-africa.ics"]
    urls += [
        path.replace("{slug}", "west-africa")
        for path in operations(client, "get")
        if "{pk}" not in path and "/record" not in path and "{term}" not in path
    ]
    return {url: plainly(fetch(client, url), url) for url in urls}
