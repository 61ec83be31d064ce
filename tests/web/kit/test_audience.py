"""The one policy: what a seat sees follows from its party's place and its capacity."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from commonhaven.web.accounts.models import Capacity, Seat, User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups.models import Caucus, CharterVersion, Group, Membership
from commonhaven.web.kit.audience import Audience, Viewer, sees, visible
from commonhaven.web.situations.models import Situation

MEMBER_SEES = {"members", "consultative", "public"}
OTHERS_SEE = {"consultative", "public"}
BY_PARTY = {"GHA": MEMBER_SEES, "FRA": MEMBER_SEES, "UNHCR": MEMBER_SEES, "IOM": OTHERS_SEE,
            "Council of lead NGOs": OTHERS_SEE, "nobody's party": {"public"}}  # fmt: skip
"""What a party's place in the West African example charter opens, written out by hand."""
NARROWED = {"ngo": OTHERS_SEE, "observer": OTHERS_SEE, "analyst": OTHERS_SEE,
            "administrator": {"public"}}  # fmt: skip

START = date(2026, 1, 1)


def items(group: Group, now: datetime) -> list[Situation]:
    """One item for each audience, each kind of release date and each caucus."""
    caucuses = [
        Caucus.objects.create(group=group, name="Region", parties=["GHA", "IOM"]),
        Caucus.objects.create(group=group, name="Givers", parties=["FRA", "UNHCR"]),
    ]
    releases = (None, now - timedelta(days=1), now, now + timedelta(days=1))
    placings = [(audience, None) for audience in ("members", "consultative", "public")]
    placings += [("caucus", caucus) for caucus in caucuses]
    return [
        Situation.objects.create(
            group=group, audience=audience, caucus=caucus, release_at=release, created_at=now,
            slug=f"s-{number}", title="", party="GHA",
        )
        for number, ((audience, caucus), release) in enumerate(product(placings, releases))
    ]  # fmt: skip


def expected(item: Situation, party: str, capacity: str, now: datetime) -> bool:
    """The rule in words, apart from the code that is tested."""
    if item.release_at is not None and item.release_at <= now:
        return True
    opened = BY_PARTY[party] & NARROWED.get(capacity, MEMBER_SEES)
    if item.audience != "caucus":
        return item.audience in opened
    assert item.caucus is not None
    return party in item.caucus.parties and "members" in opened


@pytest.mark.parametrize("capacity", Capacity.values)
@pytest.mark.parametrize("party", BY_PARTY)
def test_seat_sees_what_party_and_capacity_open(
    group: Group, now: datetime, party: str, capacity: str
) -> None:
    made = items(group, now)
    user = User.objects.create_user("someone@example.org", label="Someone")
    Seat.objects.create(user=user, group=group, party=party, capacity=capacity, since=now.date())
    viewer = viewer_of(user, now)
    wanted = {item.pk for item in made if expected(item, party, capacity, now)}
    assert {item.pk for item in made if sees(viewer, item)} == wanted
    assert set(visible(Situation.objects.all(), viewer).values_list("pk", flat=True)) == wanted


def test_nobody_sees_public_and_released_only(group: Group, now: datetime) -> None:
    made = items(group, now)
    viewer = Viewer(at=now)
    wanted = {
        i.pk for i in made if i.audience == "public" or (i.release_at and i.release_at <= now)
    }
    assert set(visible(Situation.objects.all(), viewer).values_list("pk", flat=True)) == wanted
    assert {item.pk for item in made if sees(viewer, item)} == wanted


def test_seat_in_one_group_opens_nothing_in_another(
    group: Group, now: datetime, viewer: Callable[[str], Viewer]
) -> None:
    other = Group.objects.create(slug="other", name={}, created_at=now)
    items(other, now)
    seen = visible(Situation.objects.filter(group=other), viewer("ghana"))
    assert {item.audience for item in seen if item.release_at is None} == {"public"}


@pytest.mark.parametrize(("since", "until", "holds"), [
    (-10, None, True), (0, 0, True), (1, None, False), (-10, -1, False), (-10, 0, True),
])  # fmt: skip
def test_seat_holds_from_its_first_day_to_its_last(
    group: Group,
    now: datetime,
    since: int,
    until: int | None,
    holds: bool,
) -> None:
    day = now.date()
    user = User.objects.create_user("someone@example.org", label="Someone")
    Seat.objects.create(
        user=user, group=group, party="GHA", capacity="delegate", since=day + timedelta(days=since),
        until=None if until is None else day + timedelta(days=until),
    )  # fmt: skip
    assert bool(viewer_of(user, now).seats) is holds


def test_membership_that_ended_opens_what_is_public_only(
    group: Group, now: datetime, person: Callable[[str], User]
) -> None:
    user = person("ghana")
    assert Audience.MEMBERS in viewer_of(user, now).audiences(group.pk)
    Membership.objects.filter(group=group, party="GHA").update(until=now.date())
    later = now + timedelta(days=1)
    assert viewer_of(user, later).audiences(group.pk) == {Audience.PUBLIC}


def test_who_writes_the_first_charter_sees_members_items(now: datetime, db: None) -> None:
    group = Group.objects.create(slug="new", name={}, created_at=now)
    user = User.objects.create_user("someone@example.org", label="Someone")
    for capacity in ("secretariat", "delegate", "analyst"):
        Seat.objects.create(
            user=user, group=group, party="UNHCR", capacity=capacity, since=now.date()
        )
    standings = {s.capacity: s.standing for s in viewer_of(user, now).seats}
    assert standings == {"secretariat": "founding", "delegate": "founding", "analyst": ""}
    assert Audience.MEMBERS in viewer_of(user, now).audiences(group.pk)


def test_caucus_is_named_where_the_audience_is_one_and_nowhere_else(
    group: Group, now: datetime
) -> None:
    caucus = Caucus.objects.create(group=group, name="Region", parties=["GHA"])
    for audience, named in (("caucus", None), ("members", caucus)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Situation.objects.create(
                group=group, audience=audience, caucus=named, created_at=now, slug="s", title="",
                party="GHA",
            )  # fmt: skip


def test_inactive_person_is_nobody(
    group: Group, now: datetime, person: Callable[[str], User]
) -> None:
    user = person("ghana")
    user.is_active = False
    user.save()
    assert viewer_of(user, now) == Viewer(at=now)


def test_viewer_takes_the_same_queries_for_one_seat_and_for_many(
    group: Group,
    now: datetime,
    person: Callable[[str], User],
    django_assert_num_queries: Callable[..., object],
) -> None:
    user = person("ghana")
    with django_assert_num_queries(4):
        viewer_of(user, now)
    for number in range(20):
        other = Group.objects.create(slug=f"g-{number}", name={}, created_at=now)
        Seat.objects.create(
            user=user, group=other, party="GHA", capacity="delegate", since=now.date()
        )
    with django_assert_num_queries(4):
        viewer_of(user, now)


@pytest.mark.parametrize("first", [True, False])
def test_party_with_two_places_stands_by_the_wider(
    group: Group, now: datetime, *, first: bool
) -> None:
    """Whatever their order in the alphabet or in the tables."""
    charter = CharterVersion.objects.get(group=group)
    for standing in sorted(("observer", "inner core"), reverse=first):
        Membership.objects.create(
            group=group, charter=charter, party="XKX", standing=standing, since=START,
            may_convene=standing == "observer",
        )  # fmt: skip
    user = User.objects.create_user("two@example.org", label="Two")
    Seat.objects.create(
        user=user, group=group, party="XKX", capacity="delegate", since=START, accepted_at=now
    )
    place = viewer_of(user, now).seats_in(group.pk)[0]
    assert (place.standing, place.member, place.may_convene) == ("inner core", True, True)


def test_secretariat_s_people_stand_by_its_place_as_secretariat(
    group: Group, now: datetime
) -> None:
    charter = CharterVersion.objects.get(group=group)
    for standing in ("inner core", "secretariat"):
        Membership.objects.create(
            group=group, charter=charter, party="XKX", standing=standing, since=START
        )
    for capacity, expects in (("secretariat", "secretariat"), ("delegate", "inner core")):
        user = User.objects.create_user(f"{capacity}@example.org", label=capacity)
        Seat.objects.create(
            user=user, group=group, party="XKX", capacity=capacity, since=START, accepted_at=now
        )
        assert viewer_of(user, now).seats_in(group.pk)[0].standing == expects
