"""Search finds what one may see, and says nothing of the rest."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonhaven.web.groups.models import Group
from commonhaven.web.kit import clock
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.meetings.models import (
    Document,
    Intervention,
    Meeting,
    OutcomeParagraph,
    Position,
)
from commonhaven.web.search.actions import reindex
from commonhaven.web.search.models import Entry
from commonhaven.web.search.queries import Asked, found_groups, search
from commonhaven.web.situations.models import Situation, SituationVersion

Seen = Callable[[str], Viewer]


def titles(text: str, viewer: Viewer, **where: object) -> list[str]:
    return [row.title for row in search(Asked(text=text, **where), viewer)]  # type: ignore[arg-type]


def content(page: str) -> str:
    """The page without what is round it on every page."""
    return page.split("<main", 1)[1].split("</main>", 1)[0]


SEES = {
    "ghana": {"caucus", "members", "consultative", "public", "later"},
    "guinea": {"members", "consultative", "public", "later"},
    "secretariat": {"members", "consultative", "public", "later"},
    "ngo": {"consultative", "public"},
    "observer": {"consultative", "public"},
    "analyst": {"consultative", "public"},
    "administrator": {"public"},
    "outsider": {"public"},
    "nobody": {"public"},
}


@pytest.mark.parametrize("who", sorted(SEES))
def test_each_finds_exactly_what_is_theirs(
    documents: dict[str, Document], viewer: Seen, who: str
) -> None:
    found = {title.removeprefix("Paper for ") for title in titles("zanzibar", viewer(who))}
    assert found == SEES[who]


@pytest.mark.parametrize("who", ["nobody", "ngo", "guinea"])
def test_page_shows_neither_title_nor_text_nor_count_of_the_hidden(
    documents: dict[str, Document], signed_in: Callable[[str], Client], who: str
) -> None:
    client = signed_in(who)
    seen = len(SEES[who])
    page = client.get("/search/", {"q": "zanzibar", "kind": "document"}).text
    assert f"{seen} result{'s' if seen > 1 else ''} in groups" in page
    assert "caucusword" not in page
    hidden = client.get("/search/", {"q": "caucusword"})
    nothing = client.get("/search/", {"q": "nosuchword"})
    same = hidden.text.replace("caucusword", "nosuchword")
    assert content(same) == content(nothing.text)


def test_release_opens_at_its_instant_without_writing(
    documents: dict[str, Document], viewer: Seen, now: datetime
) -> None:
    before = Viewer(at=now + timedelta(minutes=59, seconds=59))
    after = Viewer(at=now + timedelta(hours=1))
    assert titles("laterword", before) == []
    assert titles("laterword", after) == ["Paper for later"]


def test_change_of_audience_is_followed(documents: dict[str, Document], viewer: Seen) -> None:
    paper = documents["public"]
    paper.audience = "members"
    paper.save()
    assert titles("publicword", viewer("nobody")) == []
    assert titles("publicword", viewer("ghana")) == ["Paper for public"]


def test_change_of_text_is_followed(documents: dict[str, Document], viewer: Seen) -> None:
    paper = documents["public"]
    paper.text = "madagascar"
    paper.save()
    assert titles("publicword", viewer("nobody")) == []
    assert titles("madagascar", viewer("nobody")) == ["Paper for public"]
    paper.delete()
    assert titles("madagascar", viewer("nobody")) == []
    assert not Entry.objects.filter(kind="document", item=0).exists()


def test_part_of_a_hidden_meeting_is_hidden(
    meeting: Callable[..., Meeting], group: Group, viewer: Seen, now: datetime
) -> None:
    held = meeting(audience="members")
    Intervention.objects.create(
        group=group, audience="public", created_at=now, meeting=held, party="NGO", kind="observer",
        form="written", text="zanzibar",
    )  # fmt: skip
    assert titles("zanzibar", viewer("nobody")) == []
    assert titles("zanzibar", viewer("ghana")) == ["NGO: Meeting 1"]
    held.audience = "public"
    held.save()
    assert titles("zanzibar", viewer("nobody")) == ["NGO: Meeting 1"]


def test_parts_are_found_in_their_whole(
    meeting: Callable[..., Meeting], group: Group, viewer: Seen, now: datetime
) -> None:
    held = meeting()
    paragraph = OutcomeParagraph.objects.create(
        group=group, created_at=now, meeting=held, number=3, text="Decides", party="GHA"
    )
    Position.objects.create(
        meeting=held, paragraph=paragraph, party="LBR", kind="reservation", text="zanzibar",
        made_at=now,
    )  # fmt: skip
    assert titles("zanzibar", viewer("ghana")) == ["Meeting 1, § 3"]


def test_situation_is_found_by_what_its_versions_say(
    group: Group, viewer: Seen, now: datetime
) -> None:
    made = Situation.objects.create(
        group=group, created_at=now, slug="x", title="Crossing", party="GHA"
    )
    value = {"origin": "LBR", "about": "zanzibar", "name": {"fr": "Traversée"}, "cohorts": []}
    SituationVersion.objects.create(
        situation=made, number=1, toml="", value=json.dumps(value), digest="", day=now.date(),
        party="GHA", given_at=now,
    )  # fmt: skip
    for word in ("zanzibar", "traversee", "利比里亚", "ليبيريا", "либерия"):
        assert titles(word, viewer("ghana"), kind="situation") == ["Crossing"]


def test_title_comes_before_text_and_newer_before_older(
    group: Group, viewer: Seen, now: datetime
) -> None:
    def paper(title: str, text: str, days: int) -> None:
        at = now - timedelta(days=days)
        Document.objects.create(
            group=group, audience="public", created_at=at, symbol=title, title=title, text=text,
            party="GHA",
        )  # fmt: skip

    paper("Zanzibar", "old", 9)
    paper("Newer", "zanzibar", 1)
    paper("Older", "zanzibar", 3)
    assert titles("zanzibar", viewer("nobody")) == ["Zanzibar", "Newer", "Older"]


def test_filters_narrow(documents: dict[str, Document], viewer: Seen, now: datetime) -> None:
    ghana, today = viewer("ghana"), now.date()
    assert len(titles("zanzibar", ghana, group="west-africa", kind="document")) == 5
    assert titles("zanzibar", ghana, group="elsewhere") == []
    assert titles("zanzibar", ghana, kind="meeting") == []
    assert len(titles("zanzibar", ghana, since=today, until=today)) == 5
    assert titles("zanzibar", ghana, since=today + timedelta(days=1)) == []
    assert titles("zanzibar", ghana, until=today - timedelta(days=1)) == []


def test_group_that_is_not_listed_is_found_by_its_own_only(group: Group, viewer: Seen) -> None:
    group.listed = False
    group.save()
    assert found_groups(Asked(text="afrique"), viewer("ghana")) == [group]
    assert found_groups(Asked(text="afrique"), viewer("nobody")) == []
    Document.objects.create(
        group=group, audience="public", created_at=group.created_at, symbol="a", title="b",
        text="zanzibar", party="GHA",
    )  # fmt: skip
    assert titles("zanzibar", viewer("ghana")) == ["b"]
    assert titles("zanzibar", viewer("nobody")) == []


def test_search_signs_of_databases_are_words(documents: dict[str, Document], viewer: Seen) -> None:
    signs = ('"', "zanzibar OR", "a:*", "' | '", "NEAR(", "*", "(", "zanzibar -x", "\\", "%")
    for text in signs:
        assert isinstance(titles(text, viewer("ghana")), list)
    assert titles("zanzibar nosuchword", viewer("ghana")) == []


def test_number_of_queries_does_not_grow(
    documents: dict[str, Document], group: Group, signed_in: Callable[[str], Client], now: datetime
) -> None:
    client = signed_in("ghana")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/search/", {"q": "zanzibar"}).status_code == 200
        return len(caught)

    few = queries()
    for number in range(30):
        Document.objects.create(
            group=group, audience="public", created_at=now, symbol=str(number), title="more",
            text="zanzibar", party="GHA",
        )  # fmt: skip
    assert queries() <= few + 1


def test_reindex_writes_all_again_and_drops_orphans(
    documents: dict[str, Document], viewer: Seen
) -> None:
    before = set(Entry.objects.values_list("kind", "item", "folded"))
    Entry.objects.filter(item=documents["public"].pk, kind="document").delete()
    stray = Entry.objects.filter(kind="document").first()
    assert stray is not None
    stray.pk, stray.item = None, 999_999
    stray.save()
    assert reindex() == len(before)
    assert set(Entry.objects.values_list("kind", "item", "folded")) == before
    assert len(titles("zanzibar", viewer("ghana"))) == 5


def test_page_finds_the_library_for_everyone(db: None) -> None:
    page = Client().get("/search/", {"q": "ruanda"}).text
    assert "/library/situations/rwanda-1994/" in page
    assert Client().get("/search/", {"q": "x" * 201}).status_code == 422


def test_clock_of_the_platform_opens_releases(
    documents: dict[str, Document], forward: Callable[[timedelta], None]
) -> None:
    assert "Paper for later" not in Client().get("/search/", {"q": "zanzibar"}).text
    clock.move(timedelta(hours=1))
    assert "Paper for later" in Client().get("/search/", {"q": "zanzibar"}).text
