"""A new group is led to its first charter, and the text that it begins with can be adopted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from commonhaven.charter import shipped
from commonhaven.web.accounts.forms import party_code
from commonhaven.web.accounts.models import Invitation, User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups.beginning import beginning
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.texts import charter_of, remarks
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.situations.models import Situation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def errors(text: str) -> list[str]:
    return [one.said for one in remarks(text) if one.error]


def begun(founding: Any, begin: str = "blank") -> str:
    return beginning(founding.group, begin, "UNHCR", Viewer(at=founding.at))


@pytest.fixture
def secretary(founding: Any) -> Client:
    """The secretariat of the group that is being founded, signed in."""
    seat = founding.secretariat()
    client = Client()
    client.force_login(User.objects.get(pk=seat.user), BACKEND)
    return client


def test_blank_charter_names_the_states_that_were_invited_and_passes(founding: Any) -> None:
    founding.seat("GHA")
    Invitation.objects.create(
        group=founding.group, email="office@example.org", label="x", party="FRA",
        capacity="delegate", since=founding.at.date(), token_hash="0" * 64, made_at=founding.at,
        expires_at=founding.at + timedelta(days=3),
    )  # fmt: skip
    text = begun(founding)
    assert errors(text) == []
    assert [one.state for one in charter_of(text).members] == ["FRA", "GHA"]


def test_blank_charter_without_members_says_that_they_are_to_fill(founding: Any) -> None:
    text = begun(founding)
    (said,) = errors(text)
    assert "Add one or more tables [[members]]" in said
    filled = text.replace('# state = "AAA"', 'state = "TGO"')
    for line in ("[[members]]", "tier", "since"):
        filled = filled.replace(f"# {line}", line)
    assert errors(filled) == []


def test_blank_charter_names_the_secretariat_that_runs_the_group(founding: Any) -> None:
    founding.seat("GHA")
    founding.seat("IOM", "secretariat")
    (held,) = charter_of(begun(founding)).participants
    assert (held.party, held.role) == ("IOM", "secretariat")


@pytest.mark.parametrize("name", shipped())
def test_example_begins_under_the_groups_own_name(founding: Any, name: str) -> None:
    text = begun(founding, name)
    made, its = charter_of(text), charter_of(shipped()[name].read_text(encoding="utf-8"))
    assert errors(text) == []
    assert (made.group.id, dict(made.group.name)) == ("pair", {"en": "Pair"})
    assert (made.group.in_force, made.group.example) == (founding.at.date(), False)
    assert (made.members, made.costs, made.protection) == (its.members, its.costs, its.protection)


def test_name_of_a_group_cannot_break_the_text(founding: Any) -> None:
    founding.seat("GHA")
    founding.group.name = {"en": 'A "pair"\\ of two'}
    assert charter_of(begun(founding)).group.name["en"] == "A 'pair' of two"


def test_new_group_leads_to_its_first_draft(founding: Any, secretary: Client) -> None:
    page = secretary.get("/groups/pair/").text
    assert 'class="button" href="/groups/pair/charters/#begin"' in page
    form = secretary.get("/groups/pair/charters/").text
    assert 'value="blank"' in form
    assert 'value="west-africa"' in form
    assert 'value="force"' not in form
    founding.seat("GHA")
    made = founding.draft(begun(founding))
    page = secretary.get("/groups/pair/").text
    assert f'class="button" href="{made.get_absolute_url()}"' in page


def test_draft_says_for_whom_nobody_was_offered_a_seat(founding: Any, secretary: Client) -> None:
    founding.seat("GHA")
    made = founding.draft(begun(founding, "west-africa"))
    page = secretary.get(made.get_absolute_url()).text
    absent = page.partition("Nobody who can consent has a seat yet for:")[2].partition("</p>")[0]
    assert ("Togo" in absent, "Ghana" in absent) == (True, False)
    other = Client()
    other.force_login(User.objects.get(email="gha-head-of-delegation@example.org"), BACKEND)
    assert "Nobody who can consent" not in other.get(made.get_absolute_url()).text


def test_group_page_counts_what_its_viewer_sees(
    group: Group, signed_in: Callable[[str], Client], now: Any
) -> None:
    for number, audience in enumerate(("members", "members", "consultative", "public")):
        Situation.objects.create(
            group=group, audience=audience, created_at=now, slug=f"s{number}", title="S",
            party="GHA",
        )  # fmt: skip
    for who, seen in (("ghana", 4), ("ngo", 2), ("nobody", 1)):
        page = signed_in(who).get("/groups/west-africa/").text
        for name in ("meetings", "plans", "decisions", "record"):
            assert f'href="/groups/west-africa/{name}/"' in page
        after = page.partition("<h3>What it keeps")[2].partition("situations/")[2]
        assert after.partition("<bdi>")[2].startswith(f"{seen}</bdi>")


def test_group_page_offers_first_acts_to_who_may_do_them(
    group: Group, signed_in: Callable[[str], Client]
) -> None:
    opens, calls, seats = "/situations/open/", "/meetings/convene/", "/chair/seat/"
    expected = {
        "ghana": (True, True, False), "secretariat": (True, True, True),
        "unhcr": (True, True, False), "ngo": (False, False, False),
        "analyst": (False, False, False),
    }  # fmt: skip
    for who, offered in expected.items():
        page = signed_in(who).get("/groups/west-africa/").text
        listed = page.partition("What you may do")[2].partition("What it keeps")[0]
        assert tuple(one in listed for one in (opens, calls, seats)) == offered, who


def test_party_is_the_same_by_name_and_code() -> None:
    named = [party_code(text) for text in ("ghana", "GHA", "gha", "Côte d'Ivoire", " UNHCR ")]
    assert named == ["GHA", "GHA", "GHA", "CIV", "UNHCR"]


def test_administrator_is_led_to_set_up_a_group(person: Callable[[str], User], now: Any) -> None:
    user = User.objects.create_user("office@example.org", None, label="O", administrator=True)
    assert viewer_of(user, now).administrator
    client = Client()
    client.force_login(user, BACKEND)
    assert 'href="/groups/new/"' in client.get("/").text
    assert 'href="/groups/new/"' not in Client().get("/").text
