"""Seats are offered, taken, accredited, ended; each step is an act, no person is named in it."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models import QuerySet
from django.test import Client

from commonhaven.reading import Problem
from commonhaven.web.accounts import actions
from commonhaven.web.accounts.models import Invitation, Seat, User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.refused import Conflict, Refused, Unknown
from commonhaven.web.record.models import Entry

Signed = Callable[[str], Client]
PEOPLE = "/groups/west-africa/people/"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/account/invitation/[\w-]+/)")
PHRASE = "a sentence easily kept"


def offer(now: datetime, **given: Any) -> actions.Offer:
    fields: dict[str, Any] = {
        "email": "delegate@example.org", "label": "Delegate of Togo", "party": "TGO",
        "capacity": "delegate", "since": now.date(), "credentials": "Note 7",
    }  # fmt: skip
    return actions.Offer(**{**fields, **given})


def posted(now: datetime, **given: str) -> dict[str, str]:
    fields = {
        "email": "delegate@example.org", "label": "Delegate of Togo", "party": "TGO",
        "capacity": "delegate", "since": now.date().isoformat(), "credentials": "Note 7",
    }  # fmt: skip
    return {**fields, **given}


def test_whole_way_from_the_invitation_to_the_first_act(
    signed_in: Signed, group: Group, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    secretariat = signed_in("secretariat")
    with django_capture_on_commit_callbacks(execute=True):
        shown = secretariat.post(f"{PEOPLE}invite/", posted(now))
    link = LINK.search(shown.text)
    assert link
    (letter,) = mail.outbox
    assert (letter.to, link[0] in letter.body) == (["delegate@example.org"], True)
    until = Invitation.objects.get().expires_at
    assert "for Togo, as Delegate" in letter.body
    assert f"{until.day} {until:%B} {until.year} (UTC)" in letter.body
    new = Client()
    page = new.get(link[1])
    assert "A seat in Example group for West Africa" in page.text
    short = new.post(link[1], {"password": "short", "again": "short"})
    assert (short.status_code, User.objects.filter(email="delegate@example.org").count()) == (
        422,
        0,
    )
    assert "too short" in short.text
    done = new.post(link[1], {"password": PHRASE, "again": PHRASE}, follow=True)
    assert "act when your credentials are accepted" in done.text
    user = User.objects.get(email="delegate@example.org")
    (seat,) = viewer_of(user, now).seats
    assert (seat.party, seat.standing, seat.accepted) == ("TGO", "inner core", False)
    assert new.get("/groups/west-africa/charters/draft/").status_code == 403
    row = Seat.objects.get(user=user)
    secretariat.post(f"{PEOPLE}{row.pk}/accept/")
    assert new.get("/groups/west-africa/charters/draft/").status_code == 200
    acts = list(Entry.objects.order_by("number").values_list("act", "party", "subject"))
    assert acts == [
        ("seat offered", "UNHCR", ""),
        ("seat taken", "TGO", f"seat/{row.pk}"),
        ("credentials accepted", "UNHCR", f"seat/{row.pk}"),
    ]
    assert not any("@" in entry.body for entry in Entry.objects.all())


def test_link_works_once_and_is_not_kept(
    signed_in: Signed, group: Group, seat: Any, now: datetime
) -> None:
    made, token = actions.invite(group=group, offer=offer(now), by=seat("secretariat"), at=now)
    assert token not in (made.token_hash, made.email)
    actions.accept_invitation(token=token, at=now, password=PHRASE)
    with pytest.raises(Conflict, match="accepted already"):
        actions.accept_invitation(token=token, at=now, password=PHRASE)
    assert Client().get(f"/account/invitation/{token}/").status_code == 409


def test_link_is_looked_at_when_its_row_is_held(
    group: Group, seat: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = actions.invite(group=group, offer=offer(now), by=seat("secretariat"), at=now)
    held: list[bool] = []
    of_rows = QuerySet.first

    def first(rows: QuerySet[Any]) -> Any:
        if rows.model is Invitation:
            held.append(bool(rows.query.select_for_update))
        return of_rows(rows)

    monkeypatch.setattr(QuerySet, "first", first)
    actions.accept_invitation(token=token, at=now, password=PHRASE)
    assert held == [True]


def test_unknown_link_leads_nowhere(db: None, now: datetime) -> None:
    assert Client().get("/account/invitation/guessed/").status_code == 404
    with pytest.raises(Unknown):
        actions.open_invitation("guessed", now)


def test_invitation_runs_out_after_its_days(group: Group, seat: Any, now: datetime) -> None:
    _, token = actions.invite(group=group, offer=offer(now), by=seat("secretariat"), at=now)
    last = now + timedelta(days=14)
    assert actions.open_invitation(token, last).party == "TGO"
    with pytest.raises(Conflict, match="has run out"):
        actions.open_invitation(token, last + timedelta(seconds=1))


def test_withdrawn_invitation_lets_nobody_in(
    signed_in: Signed, group: Group, seat: Any, now: datetime
) -> None:
    made, token = actions.invite(group=group, offer=offer(now), by=seat("secretariat"), at=now)
    assert "delegate@example.org" in signed_in("secretariat").get(PEOPLE).text
    assert "delegate@example.org" not in signed_in("france").get(PEOPLE).text
    signed_in("secretariat").post(f"{PEOPLE}invitations/{made.pk}/withdraw/")
    with pytest.raises(Conflict, match="withdrawn"):
        actions.accept_invitation(token=token, at=now, password=PHRASE)


def test_signed_in_person_adds_the_seat_to_the_account(
    signed_in: Signed, person: Any, group: Group, seat: Any, now: datetime
) -> None:
    _, token = actions.invite(
        group=group, offer=offer(now, email="other@example.org"), by=seat("secretariat"), at=now
    )
    client = signed_in("outsider")
    assert "will be added to this account" in client.get(f"/account/invitation/{token}/").text
    client.post(f"/account/invitation/{token}/")
    assert [s.party for s in viewer_of(person("outsider"), now).seats] == ["TGO"]
    assert not User.objects.filter(email="other@example.org").exists()


def test_address_with_an_account_signs_in_first(
    person: Any, group: Group, seat: Any, now: datetime
) -> None:
    person("outsider")
    _, token = actions.invite(
        group=group, offer=offer(now, email="outsider@example.org"), by=seat("secretariat"), at=now
    )
    page = Client().get(f"/account/invitation/{token}/")
    assert "There is an account with this address" in page.text
    with pytest.raises(Conflict, match="there is an account"):
        actions.accept_invitation(token=token, at=now, password=PHRASE)


@pytest.mark.parametrize("who", ["ghana", "unhcr", "analyst", "treasurer", "administrator"])
def test_only_the_secretariat_and_the_chair_invite(
    group: Group, seat: Any, now: datetime, who: str
) -> None:
    with pytest.raises(Refused):
        actions.invite(group=group, offer=offer(now), by=seat(who), at=now)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"party": "ZZZ"}, "ZZZ has no part in the group"),
        ({"capacity": "secretariat"}, "nobody acts for TGO as secretariat"),
        ({"party": "IOM", "capacity": "delegate"}, "nobody acts for IOM as delegate"),
        ({"until": date(2020, 1, 1)}, "ends before it begins"),
    ],
)
def test_offer_that_cannot_stand_is_refused(
    group: Group, seat: Any, now: datetime, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(Problem, match=said):
        actions.invite(group=group, offer=offer(now, **given), by=seat("secretariat"), at=now)


def test_refused_credentials_close_the_seat(
    signed_in: Signed, group: Group, seat: Any, now: datetime
) -> None:
    _, token = actions.invite(group=group, offer=offer(now), by=seat("secretariat"), at=now)
    row = actions.accept_invitation(token=token, at=now, password=PHRASE)
    client = signed_in("secretariat")
    assert client.post(f"{PEOPLE}{row.pk}/refuse/", {"reason": ""}).status_code == 422
    client.post(f"{PEOPLE}{row.pk}/refuse/", {"reason": "The note is not signed."})
    assert viewer_of(row.user, now).seats == ()
    with pytest.raises(Conflict):
        actions.accept_credentials(seat=row, by=seat("secretariat"), at=now)


def test_nobody_accepts_their_own_credentials(
    group: Group, person: Any, seat: Any, now: datetime
) -> None:
    own = Seat.objects.create(
        user=person("secretariat"), group=group, party="UNHCR", capacity="treasurer",
        since=now.date(),
    )  # fmt: skip
    with pytest.raises(Refused, match="their own credentials"):
        actions.accept_credentials(seat=own, by=seat("secretariat"), at=now)


def test_seat_ends_with_its_last_day(
    signed_in: Signed, group: Group, person: Any, now: datetime
) -> None:
    row = person("france").seats.get()
    fields = {"until": now.date().isoformat()}
    assert signed_in("germany").post(f"{PEOPLE}{row.pk}/end/", fields).status_code == 403
    assert signed_in("nobody").post(f"{PEOPLE}{row.pk}/end/", fields).status_code == 404
    signed_in("france").post(f"{PEOPLE}{row.pk}/end/", fields)
    assert len(viewer_of(person("france"), now).seats) == 1
    assert viewer_of(person("france"), now + timedelta(days=1)).seats == ()
    again = signed_in("secretariat").post(f"{PEOPLE}{row.pk}/end/", fields, follow=True)
    assert "ends on" in again.text


def test_first_secretariat_is_accredited_by_the_administrator(
    viewer: Any, group: Group, now: datetime
) -> None:
    made = Group.objects.create(slug="new", name={"en": "New"}, created_at=now)
    given = {"group": made, "email": "office@example.org", "label": "Office", "party": "UNHCR"}
    with pytest.raises(Refused):
        actions.invite_secretariat(by=viewer("secretariat"), at=now, **given)
    _, token = actions.invite_secretariat(by=viewer("administrator"), at=now, **given)
    row = actions.accept_invitation(token=token, at=now, password=PHRASE)
    (seat,) = viewer_of(row.user, now).seats
    assert (seat.capacity, seat.standing, seat.accepted) == ("secretariat", "founding", True)
    actions.invite(group=made, offer=offer(now, party="KEN"), by=seat, at=now)


def test_founding_parties_read_what_members_will(group: Group, now: datetime) -> None:
    made = Group.objects.create(slug="new", name={"en": "New"}, created_at=now)
    standings = {}
    for party, capacity in (
        ("KEN", "delegate"),
        ("UNHCR", "unhcr"),
        ("KEN", "analyst"),
        ("X", "ngo"),
    ):
        user = User.objects.create_user(f"{party}.{capacity}@example.org".lower(), None, label="x")
        Seat.objects.create(user=user, group=made, party=party, capacity=capacity, since=now.date())
        standings[capacity] = viewer_of(user, now).seats[0].standing
    assert standings == {"delegate": "founding", "unhcr": "founding", "analyst": "", "ngo": ""}
