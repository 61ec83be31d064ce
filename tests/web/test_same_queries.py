"""Every list asks the database the same number of questions for a few items as for 300 more."""

from collections.abc import Iterator
from typing import Any

import pytest
from access_doors import fetch, lists, single
from access_viewers import SHADES
from access_world import VIEWERS, World, world
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from commonhaven.web.commitments.models import (
    Commitment,
    Match,
    MatchStep,
    Need,
    NeedVersion,
    Share,
    Step,
)
from commonhaven.web.decisions.models import Decision, Obligation, Vote
from commonhaven.web.flows.models import Flow, FlowFile, Line
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import CharterComment, CharterVersion
from commonhaven.web.meetings.models import (
    AgendaItem,
    Amendment,
    Document,
    Intervention,
    Meeting,
    OutcomeParagraph,
    Position,
    Presence,
    SummaryParagraph,
)
from commonhaven.web.notices.models import Notice
from commonhaven.web.plans.models import Opinion, Plan
from commonhaven.web.record.models import Entry
from commonhaven.web.search.models import Entry as Indexed
from commonhaven.web.situations.models import Situation, SituationVersion

MORE = 300
FIRST = 10_000
"""Numbers and names of what is added begin here."""
UNIQUE = {
    Situation: ("slug",), Meeting: ("number",), Plan: ("number",), Decision: ("number",),
    CharterVersion: ("version",), Document: ("symbol",), Obligation: ("code",), Notice: ("key",),
    Entry: ("number",), Indexed: ("item",), AgendaItem: ("number",), Intervention: (),
    SummaryParagraph: ("number",), OutcomeParagraph: ("number",), Opinion: (), Amendment: (),
    Position: (), CharterComment: (), Vote: ("party",), Presence: ("party",),
    NeedVersion: ("number",), FlowFile: (), Line: (), Flow: ("number",),
}  # fmt: skip
"""Tables whose rows are multiplied → the fields in which no two rows may be the same."""
CLEARED = {
    FlowFile: {"load": None}, Decision: {"plan": None}, Plan: {"after": None, "meeting": None},
}  # fmt: skip
WATCHER = "GHA head of delegation"


@pytest.fixture(scope="module")
def few(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), world(frozenset({"public", "members", "hosts"})) as made:
        rows = made.bundles["members"].rows
        Commitment.objects.filter(pk=rows[Commitment][0].pk).update(
            situation=rows[Situation][0], obligation=rows[Obligation][0]
        )
        yield made


def multiplied(model: type[models.Model], pattern: Any, number: int, **changed: Any) -> list[Any]:
    """Many more rows like one."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    rows = []
    for count in range(number):
        given = {field.attname: getattr(pattern, field.attname) for field in fields}
        row = model(**given)
        for name in UNIQUE.get(model, ()):
            whole = isinstance(model._meta.get_field(name), models.IntegerField)
            setattr(row, name, FIRST + count if whole else f"more-{FIRST + count}")
        for name, value in {**CLEARED.get(model, {}), **changed}.items():
            setattr(row, name, value)
        rows.append(row)
    return list(model._default_manager.bulk_create(rows, batch_size=10))


def crowded(made: World) -> None:
    """Three hundred more of every kind: in the group, and in one meeting, decision and charter."""
    bundle = made.bundles["members"]
    for model in (Situation, Meeting, Plan, Decision, CharterVersion, Document, Obligation,
                  AgendaItem, Intervention, SummaryParagraph, OutcomeParagraph,
                  Opinion):  # fmt: skip
        rows = multiplied(model, bundle.rows[model][0], MORE)
        if model is Situation:
            version = SituationVersion.objects.get(situation=bundle.rows[model][0])
            for row in rows:
                multiplied(SituationVersion, version, 1, situation=row)
        if model is Meeting:
            begun(bundle.rows[Meeting][0], rows)
    promised(bundle)
    flowed(bundle)
    for part in (Amendment, Position, CharterComment, Vote, Presence, NeedVersion):
        multiplied(part, parts(part, bundle), MORE)
    mine = Notice.objects.filter(user__email=VIEWERS[WATCHER].email).first()
    multiplied(Notice, mine, MORE)
    multiplied(Indexed, Indexed.objects.filter(audience="members").first(), MORE)


def promised(bundle: Any) -> None:
    """Promises with a share and a step each, under a duty and for a situation; needs; matches."""
    pattern = Commitment.objects.get(pk=bundle.rows[Commitment][0].pk)
    need = bundle.rows[Need][0]
    for row in multiplied(Commitment, pattern, MORE):
        value = row.value.replace(f'"id":"c{pattern.pk}"', f'"id":"c{row.pk}"')
        Commitment.objects.filter(pk=row.pk).update(value=value)
        multiplied(Share, pattern.shares.first(), 1, commitment=row)
        step = pattern.steps.first()
        act = step.value.replace(f'"c{pattern.pk}', f'"c{row.pk}')
        multiplied(Step, step, 1, commitment=row, value=act)
    for row in multiplied(Need, need, MORE):
        version = need.versions.first()
        given = version.value.replace(f'"id":"n{need.pk}"', f'"id":"n{row.pk}"')
        multiplied(NeedVersion, version, 1, need=row, value=given)
    match = bundle.rows[Match][0]
    for row in multiplied(Match, match, MORE):
        multiplied(MatchStep, match.steps.first(), 1, match=row)
    multiplied(Fund, bundle.rows[Fund][0], MORE)


def flowed(bundle: Any) -> None:
    """Three hundred more files of flows, and in one file as many flows, each with a sum."""
    row = bundle.rows[FlowFile][0]
    multiplied(FlowFile, row, MORE)
    lines = multiplied(Line, row.load.lines.first(), MORE)
    flows = multiplied(Flow, Flow.objects.get(load=row.load), MORE)
    for flow, line in zip(flows, lines, strict=True):
        flow.line = line
    Flow.objects.bulk_update(flows, ["line"])


def parts(model: type[models.Model], bundle: Any) -> Any:
    """A part of an item of the bundle."""
    above = {Amendment: ("paragraph", OutcomeParagraph), Position: ("meeting", Meeting),
             CharterComment: ("charter", CharterVersion), Vote: ("decision", Decision),
             Presence: ("meeting", Meeting), NeedVersion: ("need", Need)}  # fmt: skip
    field, table = above[model]
    return model._default_manager.filter(**{field: bundle.rows[table][0]}).first()


def begun(pattern: Meeting, rows: list[Meeting]) -> None:
    """The acts by which each meeting began, in the record."""
    acts = list(Entry.objects.filter(subject=pattern.subject).order_by("number"))
    more = []
    for place, row in enumerate(rows):
        for step, act in enumerate(acts):
            fields = [field for field in Entry._meta.concrete_fields if not field.primary_key]
            entry = Entry(**{field.attname: getattr(act, field.attname) for field in fields})
            entry.number, entry.subject = FIRST + place * len(acts) + step, row.subject
            more.append(entry)
    Entry.objects.bulk_create(more, batch_size=20)


def addresses(made: World, client: Client) -> list[str]:
    """Every list: pages without an item's number, pages of one item with its parts, the API."""
    found = [door.url for door in lists()]
    found += [
        door.url for door in single(made)
        if door.shade == "members" and door.name not in APART
    ]  # fmt: skip
    found += ["/search/?q=qz", "/groups/west-africa/record/?party=GHA"]
    paths = fetch(client, "/api/v1/openapi.json").json()["paths"]
    for path, known in paths.items():
        if "get" in known and "{slug}" in path and path.count("{") == 1:
            found.append(path.replace("{slug}", "west-africa") + "?limit=200")
    meeting = made.bundles["members"].rows[Meeting][0].pk
    inside = [path for path in paths if "/meetings/{pk}" in path and path.count("{") == 2]
    found += [
        path.replace("{slug}", "west-africa").replace("{pk}", str(meeting))
        for path in inside
        if "get" in paths[path]
    ]
    return list(dict.fromkeys(found))


APART = frozenset({"plans:trace", "plans:pictures", "plans:download", "meetings:clocks"})
"""Pages of one plan or meeting that hold no list of rows."""


def questions(client: Client, url: str) -> list[str]:
    """What a page asks of the database, without the count of requests by the minute."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = fetch(client, url)
        _ = response.streaming and b"".join(response.streaming_content)
    assert response.status_code < 500, url
    asked = [query["sql"] for query in caught.captured_queries]
    return [sql for sql in asked if "api_window" not in sql and "SAVEPOINT" not in sql]


def test_lists_ask_no_more_questions_for_more_items(few: World, db: None) -> None:
    assert {"public", "members", "hosts"} <= SHADES
    client = few.client(VIEWERS[WATCHER])
    urls = addresses(few, client)
    for url in urls:
        questions(client, url)  # the first look fills what is kept between requests
    before = {url: questions(client, url) for url in urls}
    crowded(few)
    wrong = {}
    for url in urls:
        after = questions(client, url)
        if len(after) != len(before[url]):
            wrong[url] = f"{len(before[url])} questions before, {len(after)} after"
    assert wrong == {}
