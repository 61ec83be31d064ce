"""Who runs a group over the API: groups, seats, invitations, the chair, caucuses, instruments."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from commonhaven.charter import shipped
from commonhaven.web.accounts.actions import accept_invitation
from commonhaven.web.accounts.models import Invitation, Seat, User
from commonhaven.web.api.models import Answered
from commonhaven.web.groups.actions import draft_charter
from commonhaven.web.groups.models import Group
from commonhaven.web.record.models import Entry

HERE = "/groups/west-africa"
PHRASE = "a sentence easily kept"
UNSENT = "django.core.mail.backends.dummy.EmailBackend"
MAILING = "django.core.mail.backends.locmem.EmailBackend"
Callers = Callable[..., Any]


def offer(now: datetime, **other: object) -> dict[str, object]:
    return {
        "email": "office@example.org", "label": "Delegate of Ghana", "party": "GHA",
        "capacity": "delegate", "since": str(now.date()), **other,
    }  # fmt: skip


def test_invitation_from_offer_to_accepted_seat(
    group: Group, caller: Callers, now: datetime
) -> None:
    assert caller("ghana").post(f"{HERE}/invitations", offer(now)).status_code == 403
    assert caller("ngo").post(f"{HERE}/invitations", offer(now)).status_code == 404
    made = caller("secretariat").post(f"{HERE}/invitations", offer(now))
    assert made.status_code == 201, made.content
    assert [one["id"] for one in caller("secretariat").get(f"{HERE}/invitations").json()["items"]] \
        == [made.json()["id"]]  # fmt: skip
    secret = made.json()["link"].rstrip("/").rpartition("/")[2]
    row = accept_invitation(token=secret, at=now, password=PHRASE)
    seats = {one["id"]: one for one in caller("guinea").get(f"{HERE}/seats").json()["items"]}
    assert (seats[row.pk]["label"], seats[row.pk]["accepted_at"]) == ("Delegate of Ghana", None)
    assert "office@example.org" not in str(seats)
    at = f"{HERE}/seats/{row.pk}"
    assert caller("ghana").post(f"{at}/accept").status_code == 403
    assert caller("secretariat").post(f"{at}/accept").json()["accepted_at"] is not None
    assert caller("secretariat").post(f"{at}/refuse", {"reason": "No"}).status_code == 409
    ended = caller("secretariat").post(f"{at}/end", {"until": str(now.date())})
    assert ended.json()["until"] == str(now.date())


def test_link_is_kept_with_no_answer(
    group: Group, caller: Callers, now: datetime, settings: Any
) -> None:
    asks, settings.EMAIL_BACKEND = caller("secretariat"), UNSENT
    refused = asks.post(f"{HERE}/invitations", offer(now), Idempotency_Key="a")
    assert (refused.status_code, refused.json()["where"]) == (422, "Idempotency-Key")
    settings.EMAIL_BACKEND = MAILING
    for _ in range(2):
        answer = asks.post(f"{HERE}/invitations", offer(now), Idempotency_Key="a")
        assert (answer.status_code, answer.json()["link"]) == (201, None)
    assert Invitation.objects.count() == 1
    assert "/invitation/" not in "".join(Answered.objects.values_list("body", flat=True))


def test_invitation_is_withdrawn_and_checked(group: Group, caller: Callers, now: datetime) -> None:
    asks = caller("secretariat")
    for wrong in ({"email": "nobody"}, {"party": "BRA"}, {"capacity": "ngo"}):
        assert asks.post(f"{HERE}/invitations", offer(now, **wrong)).status_code == 422
    made = asks.post(f"{HERE}/invitations", offer(now)).json()
    at = f"{HERE}/invitations/{made['id']}/withdraw"
    assert caller("ghana").post(at).status_code == 403
    assert [asks.post(at).status_code for _ in range(2)] == [200, 409]
    assert asks.get(f"{HERE}/invitations").json()["count"] == 0
    reads = {who: caller(who).get(f"{HERE}/invitations").status_code for who in ("ghana", "ngo")}
    assert reads == {"ghana": 403, "ngo": 404}
    assert caller("ngo").get(f"{HERE}/seats").status_code == 404


def test_credentials_are_refused_with_a_reason_and_own_seat_is_ended(
    group: Group, caller: Callers, person: Callable[[str], User], now: datetime
) -> None:
    row = Seat.objects.create(
        user=person("outsider"), group=group, party="GHA", capacity="delegate", since=now.date()
    )
    at = f"{HERE}/seats/{row.pk}"
    assert caller("secretariat").post(f"{at}/refuse", {"reason": " "}).status_code == 422
    assert caller("secretariat").post(f"{at}/refuse", {"reason": "No note"}).json()["reason"] == (
        "No note"
    )
    own = Seat.objects.get(user=person("ngo"))
    asks = caller("ngo")
    assert asks.post(f"{HERE}/seats/{row.pk}/end", {"until": str(now.date())}).status_code == 404
    assert asks.post(f"{HERE}/seats/{own.pk}/end", {"until": str(now.date())}).status_code == 200
    reader = caller("guinea", "read")
    mine = Seat.objects.get(user=person("guinea"))
    refused = reader.post(f"{HERE}/seats/{mine.pk}/end", {"until": str(now.date())})
    assert (refused.status_code, refused.json()["where"]) == (403, "Authorization")


def test_chair_is_seated_handed_over_with_its_pack_and_never_to_outsiders(
    group: Group, caller: Callers, now: datetime
) -> None:
    today = now.date()
    term = {"party": "GHA", "since": str(today)}
    assert caller("ghana").post(f"{HERE}/chair", term).status_code == 403
    assert caller("secretariat").post(f"{HERE}/chair", term).status_code == 201
    assert caller("nobody").get(f"{HERE}/chair").json()["chair"] == "GHA"
    pack = caller("ghana", "read").get(f"{HERE}/chair/pack").json()  # the chair's own party reads
    assert pack["chair"] == "GHA"
    statuses = {who: caller(who).get(f"{HERE}/chair/pack").status_code for who in ("guinea", "ngo")}
    assert statuses == {"guinea": 403, "ngo": 404}
    after = caller("ghana").post(f"{HERE}/chair/hand-over", {"party": "SEN"})
    assert (after.status_code, after.json()["since"]) == (201, str(today + timedelta(days=1)))
    ended = caller("secretariat").get(f"{HERE}/chair").json()["terms"]
    kept = next(one["id"] for one in ended if one["handed_over_at"])
    at = f"{HERE}/chair/{kept}/pack"
    assert caller("secretariat").get(at).json()["chair"] == "GHA"
    assert caller("ngo").get(at).status_code == 404
    assert caller("secretariat").get(f"{HERE}/chair/{after.json()['id']}/pack").status_code == 404


def test_caucus_is_known_to_its_parties_only(group: Group, caller: Callers) -> None:
    body = {"name": "Coast", "parties": ["GHA", "SEN"]}
    assert caller("guinea").post(f"{HERE}/caucuses", body).status_code == 422
    assert caller("ngo").post(f"{HERE}/caucuses", body).status_code == 404
    made = caller("ghana").post(f"{HERE}/caucuses", body)
    assert (made.status_code, made.json()["parties"]) == (201, ["GHA", "SEN"])
    names = {
        who: [one["name"] for one in caller(who).get(f"{HERE}/caucuses").json()]
        for who in ("ghana", "guinea", "ngo", "nobody")
    }
    assert names == {"ghana": ["Coast"], "guinea": [], "ngo": [], "nobody": []}


def test_settings_are_the_secretariat_s(group: Group, caller: Callers) -> None:
    body = {"zone": "Africa/Dakar", "listed": False}
    assert caller("ghana").post(f"{HERE}/settings", body).status_code == 403
    wrong = {**body, "zone": "Middle/Earth"}
    assert caller("secretariat").post(f"{HERE}/settings", wrong).status_code == 422
    told = caller("secretariat").post(f"{HERE}/settings", body).json()
    assert (told["zone"], told["listed"]) == ("Africa/Dakar", False)
    assert caller("nobody").get(HERE).status_code == 404


def test_group_is_set_up_by_an_administrator_s_token_of_that_scope(
    group: Group, caller: Callers, now: datetime
) -> None:
    body = {
        "slug": "new-group", "name": "New group", "party": "UNHCR", "email": "office@example.org",
        "label": "Secretariat",
    }  # fmt: skip
    assert caller("administrator").post("/groups", body).status_code == 403
    assert caller("secretariat").post("/groups", body).status_code == 403
    asks = caller("administrator", "administer")
    made = asks.post("/groups", body)
    assert made.status_code == 201, made.content
    assert made.json()["group"]["slug"] == "new-group"
    secret = made.json()["invitation"]["link"].rstrip("/").rpartition("/")[2]
    assert accept_invitation(token=secret, at=now, password=PHRASE).accepted_at
    assert asks.post("/groups", body).status_code == 422
    assert asks.post("/groups", {**body, "slug": "new"}).status_code == 422


def test_instrument_is_deposited_for_a_state(
    group: Group, caller: Callers, seat: Callable[[str], Any], now: datetime
) -> None:
    text = shipped()["west-africa"].read_text("utf-8").replace('version = "1"', 'version = "2"')
    text = text.replace("in_force = 2026-01-01", f"in_force = {date(now.year + 1, 1, 1)}")
    row = draft_charter(group=group, text=text, by=seat("secretariat"), at=now)
    at = f"{HERE}/charters/{row.pk}"
    body = {"party": "GHA", "reference": "Note 12/2026", "revision": 1}
    assert caller("ghana").post(f"{at}/deposits", body).status_code == 403
    assert caller("secretariat").post(f"{at}/deposits", {**body, "revision": 2}).status_code == 409
    told = caller("secretariat").post(f"{at}/deposits", body)
    assert (told.status_code, told.json()["reference"]) == (201, "Note 12/2026")
    held = caller("guinea").get(at).json()["consents"]
    assert [(one["party"], one["choice"], one["reference"]) for one in held] == [
        ("GHA", "yes", "Note 12/2026")
    ]
    assert Entry.objects.filter(act="position on charter declared").count() == 1


def test_notices_are_marked_as_read_together(
    group: Group, caller: Callers, person: Callable[[str], User]
) -> None:
    person("ghana")
    caller("guinea").post(f"{HERE}/meetings", {"title": "Now"})
    asks = caller("ghana")
    waiting = asks.get("/notices?unread=true").json()["count"]
    assert waiting > 0
    assert asks.post("/notices/read", {"group": "elsewhere"}).json() == {"read": 0}
    assert asks.post("/notices/read", {}).json() == {"read": waiting}
    assert asks.get("/notices?unread=true").json()["count"] == 0
