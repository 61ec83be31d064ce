"""Who sees what: every viewer before every door, with words planted in every item.

The viewers are made from the West African example charter, the doors from the platform's own table
of addresses, the items from its tables: a new kind of item or address that is not entered here
fails. What each viewer may see stands written out by hand in ``access_viewers``.
"""

from typing import Any

from access_doors import (
    NEVER,
    OWN_PAGE,
    Door,
    Round,
    body_of,
    fetch,
    lists,
    naming,
    of_platform,
    plainly,
    single,
    table_of,
    unlike,
)
from access_items import FACTORIES
from access_viewers import SHADES, TABLE, Who
from access_world import World
from django.apps import apps
from django.db import models
from django.test import Client

from commonhaven.web.accounts.policy import CAPACITIES
from commonhaven.web.kit.audience import Audience, Item
from commonhaven.web.record.models import Entry, Head


def test_every_kind_of_item_is_in_the_matrix(made: World) -> None:
    items = {
        model
        for model in apps.get_models()
        if issubclass(model, Item) and not model._meta.abstract and not model._meta.proxy
    }
    assert items == set(FACTORIES)
    for model in items:
        shades = {shade for shade, _ in made.rows(model)}
        assert shades == SHADES, model


def test_every_standing_and_capacity_is_in_the_matrix() -> None:
    held = {
        (standing, str(capacity))
        for standing, capacities in CAPACITIES.items()
        for capacity in capacities
        if standing != "situation-specific contributor"
    }
    assert held == set(TABLE)
    assert {shade.split()[0] for shade in SHADES} - {"hosts", "donors"} | {"caucus"} == set(
        Audience.values
    )


def test_every_address_of_an_item_is_in_the_matrix(made: World) -> None:
    """An address with a number that is entered nowhere has no table: KeyError."""
    for name, parts in of_platform():
        if "pk" in parts:
            table = table_of(name)
            assert table is None or issubclass(table, Item)


TEXTS = (models.CharField, models.TextField, models.JSONField)


def test_every_part_of_an_item_has_words(made: World) -> None:
    """Tables that hang on an item are filled too, if they hold any text that people write."""
    for model in apps.get_models():
        above = [f for f in model._meta.get_fields() if isinstance(f, models.ForeignKey)
                 and issubclass(f.related_model, Item)]  # fmt: skip
        written = [f for f in model._meta.get_fields() if isinstance(f, TEXTS) and f.editable
                   and f.name not in {"party", "state", "situation"} and not f.choices]  # fmt: skip
        if above and written:
            assert model._default_manager.exists(), f"nothing of {model.__name__} is in the matrix"


def test_addresses_of_items(made: World, who: Who, client: Client, round_: Round) -> None:
    """Every address of an item: there for whoever may see it, as if it never was for others."""
    never: dict[str, tuple[str, ...]] = {}
    for door in filter(round_.opens, single(made)):
        response = fetch(client, door.url)
        if door.shade in who.sees:
            _open(made, who, door, response)
            continue
        if door.never not in never:
            never[door.never] = plainly(fetch(client, door.never), door.never)
        told = unlike(plainly(response, door.url), never[door.never])
        assert not told, f"{who.id} at {door.url}: {told}"
        if door.name in OWN_PAGE:
            assert response.status_code == 404, f"{who.id} at {door.url}"


def _open(made: World, who: Who, door: Door, response: Any) -> None:
    assert response.status_code < 500, f"{who.id} at {door.url}: {response.status_code}"
    shown = made.no_more(who, body_of(response), door.url)
    if door.name in OWN_PAGE:
        assert response.status_code == 200, f"{who.id} at {door.url}"
        due = made.words.of(frozenset({door.shade}), frozenset(OWN_PAGE[door.name]))
        assert shown & due, f"{who.id} at {door.url} misses its words"


def test_items_named_in_passing(made: World, who: Who, client: Client, round_: Round) -> None:
    """A page that is asked about a hidden item answers as about nothing."""
    for door in filter(round_.opens, naming(made)):
        response = fetch(client, door.url)
        assert response.status_code < 500, f"{who.id} at {door.url}: {response.status_code}"
        made.no_more(who, body_of(response), door.url)
        if door.shade not in who.sees:
            named = (door.row.pk, NEVER)
            never = plainly(fetch(client, door.never), door.never, named)
            told = unlike(plainly(response, door.url, named), never)
            assert not told, f"{who.id} at {door.url}: {told}"


def test_acts_on_hidden_items(made: World, who: Who, client: Client, round_: Round) -> None:
    """A form sent to a hidden item is answered as one sent to nothing, and nothing is written."""
    before, form = rows(), {"do": "propose", "text": "a text"}
    never: dict[str, tuple[str, ...]] = {}
    client.raise_request_exception = False
    for door in single(made):
        if door.shade in who.sees or not round_.opens(door):
            continue
        if door.never not in never:
            never[door.never] = plainly(client.post(door.never, form), door.never)
        response = client.post(door.url, form)
        told = unlike(plainly(response, door.url), never[door.never])
        assert not told, f"{who.id} at {door.url}: {told}"
        assert response.status_code in {302, 403, 404, 405}
    assert rows() == before


def rows() -> dict[str, int]:
    """How many rows every table of the platform's slices holds, and where the record ends."""
    found = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("commonhaven.web")
    }
    return found | {f"record {head.group_id}": head.number for head in Head.objects.all()}


LISTED = {
    "situations:list": {"situation.title"},
    "meetings:list": {"meeting.title"},
    "meetings:all_documents": {"document.title2"},
    "plans:list": {"plan.title"},
    "decisions:list": {"decision.title1", "decision.title2"},
    "groups:charters": set[str](),
    "commitments:list": {"commitment.title"},
    "commitments:needs": {"need.title"},
    "funds:list": {"fund.title"},
    "good_faith:list": {"assessment.title"},
    "flows:list": {"flows.title", "flows.source"},
    "exchange:list": {"practice.title", "reuse.result", "question.title", "offer.title"},
}  # fmt: skip
"""Lists that show all that there is, page by page, by these fields."""


def test_lists(made: World, who: Who, client: Client) -> None:
    """Every address without a number shows nothing that is hidden; lists show all that is not."""
    for door in lists():
        response = fetch(client, door.url)
        assert response.status_code < 500, f"{who.id} at {door.url}: {response.status_code}"
        text = body_of(response)
        if response.status_code == 200 and "?page=2" in text:
            text += "".join(body_of(fetch(client, door.url, data={"page": n})) for n in range(2, 6))
        shown = made.no_more(who, text, door.url)
        if door.name in LISTED:
            fields = frozenset(LISTED[door.name])
            due = made.words.of(who.sees, fields)
            assert shown & made.words.of(SHADES, fields) == due, f"{who.id} at {door.url}"


def test_record_page_and_its_filters(made: World, who: Who, client: Client) -> None:
    url = "/groups/west-africa/record/"
    for query in ({}, {"act": "document submitted"}, {"subject": "decision"}, {"party": "GHA"}):
        text = ""
        for page in range(1, 6):
            answer = body_of(fetch(client, url, data={**query, "page": page}))
            text += answer
            if f"page={page + 1}" not in answer:
                break
        shown = made.no_more(who, text, f"{url} {query}")
        if query.get("act"):
            fields = frozenset({"record.title", "record.text"})
            assert shown & made.words.of(SHADES, fields) == made.words.of(who.sees, fields)
    hidden = Entry.objects.filter(audience="caucus").count()
    assert hidden
