"""A cast for the platform's tests: one group, one person for each part in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from commonhaven.charter import load as load_charter
from commonhaven.reading import canonical, digest, dump
from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.groups.models import CharterVersion, Group, Membership

START = date(2026, 1, 1)
CAST = {
    "ghana": ("GHA", "head of delegation"),
    "liberia": ("LBR", "head of delegation"),
    "guinea": ("GIN", "delegate"),
    "france": ("FRA", "head of delegation"),
    "germany": ("DEU", "delegate"),
    "unhcr": ("UNHCR", "unhcr"),
    "secretariat": ("UNHCR", "secretariat"),
    "ngo": ("Council of lead NGOs", "ngo"),
    "observer": ("IOM", "observer"),
    "analyst": ("GHA", "analyst"),
    "treasurer": ("UNHCR", "treasurer"),
    "administrator": ("UNHCR", "administrator"),
}
"""Who → party and capacity in the West African example group."""
CHARTER = load_charter("west-africa")
VALUE, DIGEST = canonical(dump(CHARTER)), digest(dump(CHARTER))


def founded(at: datetime) -> Group:
    """The West African example charter adopted, its memberships laid out."""
    made = Group.objects.create(
        slug="west-africa", name=dict(CHARTER.group.name), zone="Africa/Accra", created_at=at
    )
    version = CharterVersion.objects.create(
        group=made, audience="public", created_at=at, version="1", status="adopted", toml="",
        value=VALUE, digest=DIGEST, in_force=START, party="UNHCR", adopted_at=at,
    )  # fmt: skip
    places = [(one.state, one.tier, True) for one in CHARTER.members]
    places += [(one.party, one.role, one.may_convene) for one in CHARTER.participants]
    Membership.objects.bulk_create(
        Membership(group=made, charter=version, party=party, standing=standing,
                   may_convene=may, since=START)
        for party, standing, may in places
    )  # fmt: skip
    return made


def person_in(group: Group, who: str, at: datetime) -> User:
    """A person of the cast, made when first asked for."""
    email = f"{who}@example.org"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email, "a long pass phrase", label=who.title(),
            administrator=who == "administrator",
        )  # fmt: skip
        if who in CAST:
            party, capacity = CAST[who]
            Seat.objects.create(
                user=user, group=group, party=party, capacity=capacity, since=START,
                accepted_at=at,
            )  # fmt: skip
    return user


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written within is taken back at the end: for what a module's tests share."""
    atomic = transaction.atomic()
    atomic.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
