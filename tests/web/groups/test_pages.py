"""Pages of groups and charters: who sees what, and what a click does."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonhaven.charter import shipped
from commonhaven.web.accounts.models import Invitation, Seat
from commonhaven.web.groups import actions
from commonhaven.web.groups.models import Caucus, ChairTerm, CharterVersion, Group
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings.actions import convene
from commonhaven.web.record.actions import Placing
from commonhaven.web.record.models import Entry

Signed = Callable[[str], Client]
G = "/groups/west-africa/"


def draft(group: Group, seat: Callable[[str], Any], now: Any, **placing: Any) -> CharterVersion:
    held = CharterVersion.objects.get(group=group, status="adopted")
    text = actions_text(held)
    return actions.draft_charter(
        group=group, text=text, by=seat("secretariat"), at=now,
        placing=actions.For(**placing) if placing else actions.For(),
    )  # fmt: skip


def actions_text(held: CharterVersion) -> str:
    text = shipped()["west-africa"].read_text(encoding="utf-8")
    text = text.replace('group.version = "1"', 'group.version = "2"')
    return text.replace("group.in_force = 2026-01-01", "group.in_force = 2099-01-01")


@pytest.mark.parametrize("who", ["nobody", "outsider", "ghana", "ngo", "secretariat"])
def test_group_shows_who_is_in_it(signed_in: Signed, group: Group, who: str) -> None:
    page = signed_in(who).get(G).text
    assert "Charter version 1 binds this group" in page
    assert "Ghana" in page
    assert ("Who acts for whom" in page) == (who in {"ghana", "secretariat"})
    assert ("Offer a seat" in page) == (who == "secretariat")


def test_group_that_is_not_listed_is_unknown_to_outsiders(signed_in: Signed, group: Group) -> None:
    Group.objects.update(listed=False)
    statuses = {
        who: signed_in(who).get(G).status_code
        for who in ("nobody", "outsider", "ghana", "analyst", "administrator")
    }
    assert statuses == {
        "nobody": 404, "outsider": 404, "ghana": 200, "analyst": 200, "administrator": 200,
    }  # fmt: skip
    assert "west-africa" not in signed_in("nobody").get("/groups/").text


def test_draft_for_members_is_unknown_to_everybody_else(
    signed_in: Signed, group: Group, seat: Any, now: Any
) -> None:
    made = draft(group, seat, now)
    page = made.get_absolute_url()
    seen = {who: signed_in(who).get(page).status_code for who in ("ghana", "france", "unhcr")}
    assert set(seen.values()) == {200}
    for who in ("nobody", "outsider", "ngo", "observer", "administrator"):
        client = signed_in(who)
        for door in ("", "compare/", "charter.toml", "charter.json", "edit/"):
            assert (who, door, client.get(page + door).status_code) == (who, door, 404)
        for door in ("comment/", "position/", "adopt/", "withdraw/", "deposit/"):
            assert (who, door, client.post(page + door).status_code) == (who, door, 404)
        assert page not in client.get(f"{G}charters/").text


def test_released_draft_is_public(signed_in: Signed, group: Group, seat: Any, now: Any) -> None:
    made = draft(group, seat, now, audience="members", release_at=now - timedelta(minutes=1))
    assert signed_in("nobody").get(made.get_absolute_url()).status_code == 200


def test_draft_in_a_caucus_is_for_its_parties(
    signed_in: Signed, group: Group, seat: Any, now: Any
) -> None:
    caucus = actions.make_caucus(
        group=group, name="Coast", parties=("GHA", "LBR"), by=seat("ghana"), at=now
    )
    held = CharterVersion.objects.get(group=group, status="adopted")
    made = actions.draft_charter(
        group=group, text=actions_text(held), by=seat("ghana"), at=now,
        placing=actions.For(audience="caucus", caucus=caucus),
    )  # fmt: skip
    found = {
        who: signed_in(who).get(made.get_absolute_url()).status_code
        for who in ("ghana", "liberia", "guinea", "france", "secretariat", "analyst", "nobody")
    }
    assert found == {
        "ghana": 200, "liberia": 200, "guinea": 404, "france": 404, "secretariat": 404,
        "analyst": 404, "nobody": 404,
    }  # fmt: skip
    assert "Coast" in signed_in("liberia").get(f"{G}members/").text
    assert "Coast" not in signed_in("guinea").get(f"{G}members/").text


def test_draft_is_begun_checked_and_brought_in(signed_in: Signed, group: Group) -> None:
    client = signed_in("ghana")
    begun = client.get(f"{G}charters/draft/?begin=blank")
    assert "version = &quot;2&quot;" in begun.text
    text = actions_text(CharterVersion.objects.get())
    fields = {"text": text, "audience": "members"}
    checked = client.post(f"{G}charters/draft/", {**fields, "check": "1"})
    assert (checked.status_code, CharterVersion.objects.count()) == (200, 1)
    wrong = client.post(f"{G}charters/draft/", {**fields, "text": text.replace("GHA", "XQQ")})
    assert (wrong.status_code, CharterVersion.objects.count()) == (422, 1)
    assert "line 27" in wrong.text
    assert "XQQ" in wrong.text
    done = client.post(f"{G}charters/draft/", fields)
    made = CharterVersion.objects.get(status="draft")
    assert (done.status_code, done["Location"]) == (302, made.get_absolute_url())
    assert (made.party, made.version, made.in_force) == ("GHA", "2", date(2099, 1, 1))


@pytest.mark.parametrize("who", ["ngo", "observer", "analyst", "unhcr", "treasurer"])
def test_who_does_not_write_drafts_is_told_so(signed_in: Signed, group: Group, who: str) -> None:
    response = signed_in(who).get(f"{G}charters/draft/")
    assert response.status_code == 403
    assert "Only members, the chair and the secretariat write drafts" in response.text


def test_stale_save_keeps_the_typed_text(
    signed_in: Signed, group: Group, seat: Any, now: Any
) -> None:
    made = draft(group, seat, now)
    client, page = signed_in("secretariat"), f"{made.get_absolute_url()}edit/"
    first = made.toml.replace("nobody's position", "no position")
    second = made.toml.replace("such a charter works", "a charter works")
    assert client.post(page, {"text": first, "revision": 1}).status_code == 302
    stale = client.post(page, {"text": second, "revision": 1})
    assert stale.status_code == 409
    assert "you began from revision 1, it is now at 2" in stale.text
    assert "shows how a charter works" in stale.text
    made.refresh_from_db()
    assert (made.revision, "such a charter works" in made.toml) == (2, True)
    assert client.post(page, {"text": second, "revision": 2}).status_code == 302
    made.refresh_from_db()
    assert (made.revision, "such a charter works" in made.toml) == (3, False)


def test_member_comments_and_declares_a_position(
    signed_in: Signed, group: Group, seat: Any, now: Any
) -> None:
    made = draft(group, seat, now)
    page, client = made.get_absolute_url(), signed_in("france")
    client.post(f"{page}comment/", {"article": "costs", "text": "The ceiling is too low."})
    client.post(f"{page}position/", {"choice": "objection", "revision": 1})
    shown = client.get(page).text
    assert "The ceiling is too low." in shown
    assert "Objection: we stop consensus" in shown
    assert [(c.party, c.choice) for c in made.consents.all()] == [("FRA", "objection")]
    client.post(f"{page}position/", {"choice": "yes", "revision": 9})
    assert made.consents.count() == 1


def test_analyst_neither_comments_nor_declares(
    signed_in: Signed, group: Group, seat: Any, now: Any
) -> None:
    made = draft(group, seat, now, audience="consultative")
    page, client = made.get_absolute_url(), signed_in("analyst")
    answer = client.post(f"{page}comment/", {"text": "x"}, follow=True)
    assert "act for no party" in answer.text
    answer = client.post(f"{page}position/", {"choice": "yes", "revision": 1}, follow=True)
    assert "declared by its delegation" in answer.text
    assert (made.comments.count(), made.consents.count()) == (0, 0)


def test_compare_tells_the_changes_in_words(
    signed_in: Signed, group: Group, seat: Any, now: Any
) -> None:
    made = draft(group, seat, now)
    page = signed_in("ghana").get(f"{made.get_absolute_url()}compare/").text
    assert "From version 1 to version 2" in page
    assert "1 January 2099" in page


def test_downloads_are_what_is_stored(signed_in: Signed, group: Group, seat: Any, now: Any) -> None:
    made, client = draft(group, seat, now), signed_in("ghana")
    page = made.get_absolute_url()
    assert client.get(f"{page}charter.toml").content.decode() == made.toml
    assert client.get(f"{page}charter.json").content.decode() == made.value
    value = client.get(f"{page}charter.json").content
    assert hashlib.sha256(value).hexdigest() == made.digest
    public = CharterVersion.objects.get(status="adopted").get_absolute_url()
    assert signed_in("nobody").get(f"{public}charter.json").status_code == 200
    assert signed_in("nobody").get(f"{public}charter.toml").status_code == 404


def test_members_on_a_day_before_the_charter_are_none(signed_in: Signed, group: Group) -> None:
    client = signed_in("nobody")
    assert "Nobody was a member on that day" in client.get(f"{G}members/?day=2025-12-31").text
    then = client.get(f"{G}members/?day=2026-01-01").text
    assert "Ghana" in then
    assert "Ghana joins: Inner core" in then
    assert "That is no day" in client.get(f"{G}members/?day=yesterday").text


def test_administrator_sets_up_a_group(signed_in: Signed, group: Group) -> None:
    fields = {
        "name": "New group", "slug": "new-group", "kind": "forum", "zone": "Africa/Dakar",
        "listed": "on", "party": "UNHCR", "label": "Secretariat", "email": "office@example.org",
    }  # fmt: skip
    assert signed_in("secretariat").post("/groups/new/", fields).status_code == 403
    assert signed_in("nobody").post("/groups/new/", fields).status_code == 302
    done = signed_in("administrator").post("/groups/new/", fields)
    assert done.status_code == 200
    assert "/account/invitation/" in done.text
    made = Invitation.objects.get()
    assert (made.group.slug, made.capacity, made.party) == ("new-group", "secretariat", "UNHCR")
    again = signed_in("administrator").post("/groups/new/", fields)
    assert (again.status_code, "There is a group new-group already" in again.text) == (422, True)


def test_chair_is_handed_over_with_its_pack(signed_in: Signed, group: Group, now: Any) -> None:
    client = signed_in("secretariat")
    today = now.date()
    client.post(f"{G}chair/seat/", {"party": "GHA", "since": today.isoformat(), "until": ""})
    assert "Ghana holds the chair" in signed_in("nobody").get(f"{G}chair/").text
    both = client.post(f"{G}chair/seat/", {"party": "LBR", "since": today.isoformat()})
    assert (both.status_code, "GHA holds the chair" in both.text) == (422, True)
    assert signed_in("ghana").get(f"{G}chair/pack/").status_code == 200
    assert signed_in("france").get(f"{G}chair/pack/").status_code == 403
    done = signed_in("ghana").post(f"{G}chair/hand-over/", {"party": "LBR"})
    assert done.status_code == 302
    old, new = ChairTerm.objects.order_by("since")
    assert (old.party, old.until, new.party, new.since) == (
        "GHA", today, "LBR", today + timedelta(days=1),
    )  # fmt: skip
    assert "example.org" not in old.pack
    kept = client.get(f"{G}chair/{old.pk}/pack.json")
    assert kept.content.decode() == old.pack
    assert signed_in("nobody").get(f"{G}chair/{old.pk}/pack/").status_code == 404
    twice = signed_in("ghana").post(f"{G}chair/hand-over/", {"party": "GIN"})
    assert (twice.status_code, ChairTerm.objects.count()) == (422, 2)


def test_next_chair_may_be_seated_ahead_and_takes_over_when_it_is_handed_over(
    group: Group, seat: Any, now: Any
) -> None:
    today, by = now.date(), seat("secretariat")
    given = {"group": group, "by": by, "at": now}
    actions.seat_chair(party="GHA", since=today, until=today + timedelta(days=99), **given)
    with pytest.raises(Conflict, match="GHA holds the chair from"):
        actions.seat_chair(party="LBR", since=today + timedelta(days=99), until=None, **given)
    ahead = actions.seat_chair(
        party="LBR", since=today + timedelta(days=100), until=today + timedelta(days=200), **given
    )
    following = actions.hand_over(party="LBR", until=None, **given)
    assert following.pk == ahead.pk
    assert [(t.party, t.since, t.until) for t in ChairTerm.objects.order_by("since")] == [
        ("GHA", today, today),
        ("LBR", today + timedelta(days=1), today + timedelta(days=200)),
    ]


def test_comments_stand_by_article(signed_in: Signed, group: Group, seat: Any, now: Any) -> None:
    made = draft(group, seat, now)
    for article, text in (("fund", "third"), ("", "first"), ("costs", "second")):
        actions.comment(charter=made, article=article, text=text, by=seat("ngo"), at=now)
    page = signed_in("ghana").get(made.get_absolute_url()).text
    assert page.index("first") < page.index("second") < page.index("third")
    assert "<h3>Who pays what</h3>" in page


def test_pack_holds_what_is_open_for_members_and_nothing_of_a_caucus(
    signed_in: Signed, group: Group, seat: Any, now: Any
) -> None:
    coast = actions.make_caucus(
        group=group, name="Coast", parties=("GHA", "LBR"), by=seat("ghana"), at=now
    )
    convene(group=group, title="Arrivals", by=seat("ghana"), at=now)
    inner = Placing(audience="caucus", caucus=coast)
    convene(group=group, title="Among us", by=seat("ghana"), at=now, placing=inner)
    draft(group, seat, now)
    seat("unhcr")
    pack = signed_in("secretariat").get(f"{G}chair/pack.json").json()
    assert [one["title"] for one in pack["meetings"]] == ["Arrivals"]
    clocks = pack["meetings"][0]["clocks"]
    assert clocks
    assert {clock["status"] for clock in clocks} <= {"open", "not yet open"}
    assert [one["version"] for one in pack["drafts"]] == ["2"]
    shown = {(one["party"], one["capacity"]) for one in pack["contacts"]}
    assert shown == {("GHA", "head of delegation"), ("UNHCR", "secretariat"), ("UNHCR", "unhcr")}
    page = signed_in("ghana").get(G).text
    assert ("Arrivals" in page, "Among us" in page) == (True, True)
    assert "Among us" not in signed_in("secretariat").get(G).text


def test_contributor_of_one_situation_never_chairs(
    signed_in: Signed, group: Group, now: Any
) -> None:
    fields = {"party": "UNHCR", "since": now.date().isoformat()}
    assert signed_in("secretariat").post(f"{G}chair/seat/", fields).status_code == 422


def more(group: Group, seat: Callable[[str], Any], now: Any, numbers: range) -> None:
    for number in numbers:
        draft(group, seat, now)
        Caucus.objects.create(group=group, name=f"c{number}", parties=["UNHCR", "GHA"])
        day = date(2027, 1, 1) + timedelta(days=number)
        ChairTerm.objects.create(group=group, party="GHA", since=day, until=day)


def test_number_of_queries_does_not_grow_with_what_is_shown(
    signed_in: Signed, group: Group, seat: Any, now: Any
) -> None:
    client, counts = signed_in("secretariat"), []
    for numbers in (range(3), range(3, 30)):
        more(group, seat, now, numbers)
        for page in ("/groups/", G, f"{G}charters/", f"{G}members/", f"{G}chair/", f"{G}people/"):
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            counts.append((page, len(asked)))
    assert counts[:6] == counts[6:]


def test_settings_are_changed_by_who_runs_the_group(signed_in: Signed, group: Group) -> None:
    fields = {"zone": "Asia/Kathmandu"}
    assert signed_in("ghana").post(f"{G}settings/", fields).status_code == 403
    assert signed_in("secretariat").post(f"{G}settings/", fields).status_code == 302
    group.refresh_from_db()
    assert (group.zone, group.listed) == ("Asia/Kathmandu", False)


def test_people_of_a_group_are_for_members(signed_in: Signed, group: Group, person: Any) -> None:
    person("ghana")
    Seat.objects.filter(party="GHA").update(accepted_at=None)
    for who, status in {"nobody": 404, "ngo": 404, "france": 200, "secretariat": 200}.items():
        assert (who, signed_in(who).get(f"{G}people/").status_code) == (who, status)


def test_person_with_two_seats_acts_in_the_one_that_may(
    signed_in: Signed, group: Group, person: Any, seat: Any, now: Any
) -> None:
    user = person("secretariat")
    Seat.objects.create(
        user=user, group=group, party="GHA", capacity="delegate", since=date(2026, 1, 1),
        accepted_at=now,
    )  # fmt: skip
    client = signed_in("secretariat")
    assert client.get(f"{G}settings/").status_code == 200
    assert client.get(f"{G}people/invite/").status_code == 200
    made = draft(group, lambda _: seat("ghana"), now)
    client.post(f"{made.get_absolute_url()}position/", {"choice": "yes", "revision": 1})
    assert [(c.party, c.choice) for c in made.consents.all()] == [("GHA", "yes")]
    client.post(f"{made.get_absolute_url()}withdraw/")
    made.refresh_from_db()
    assert made.status == "withdrawn"


@pytest.mark.parametrize(("who", "seen"), [("nobody", False), ("ngo", False), ("france", True)])
def test_what_was_said_of_a_draft_stays_with_whom_it_was_for(
    signed_in: Signed,
    group: Group,
    seat: Any,
    now: Any,
    who: str,
    seen: bool,
) -> None:
    made = draft(group, seat, now)
    actions.comment(charter=made, article="costs", text="A red line.", by=seat("ghana"), at=now)
    actions.consent(charter=made, choice="yes", revision=1, by=seat("france"), at=now)
    made.refresh_from_db()
    made.status, made.audience, made.adopted_at = "adopted", "public", now
    made.save()
    client = signed_in(who)
    page = client.get(made.get_absolute_url())
    assert (page.status_code, "A red line." in page.text) == (200, seen)
    told = client.get(f"/api/v1/groups/west-africa/charters/{made.pk}").json()
    assert (bool(told["comments"]), bool(told["consents"])) == (seen, seen)
    assert client.get("/api/v1/search", {"q": "red line"}).json()["count"] == 0


@pytest.mark.parametrize("page", ["pack/", "hand-over/"])
def test_secretariat_that_was_replaced_reads_no_pack(
    signed_in: Signed, group: Group, now: Any, page: str
) -> None:
    client = signed_in("secretariat")
    assert client.get(f"{G}chair/{page}").status_code == 200
    yesterday = now.date() - timedelta(days=1)
    group.memberships.filter(party="UNHCR").update(until=yesterday)
    assert client.get(f"{G}chair/{page}").status_code == 404


def test_caucus_s_name_tells_nothing_of_other_caucuses(
    group: Group, seat: Callable[[str], Any], now: datetime
) -> None:
    """A name is taken among one's own caucuses; who belongs to none of them is told nothing."""

    def make(who: str, *parties: str) -> Caucus:
        return actions.make_caucus(group=group, name="Coast", parties=parties, by=seat(who), at=now)

    first = make("ghana", "GHA", "LBR")
    with pytest.raises(Conflict, match="a name of its own"):
        make("liberia", "LBR", "GIN")
    assert make("france", "FRA", "DEU").pk != first.pk
    written = Entry.objects.count()
    assert make("secretariat", "LBR", "GHA") == first
    assert Entry.objects.count() == written
