"""A group in which something of every kind stands for every audience."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from access_bundle import Bundle
from access_items import FACTORIES, LATE, PARTS
from access_viewers import CAUCUSES, SHADES, Who, by_charter, outside
from access_words import Words
from cast import taken_back
from django.db.models import Model
from django.test import Client

from commonhaven.charter import load as load_charter
from commonhaven.reading import canonical, digest, dump
from commonhaven.record import GENESIS
from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups.models import Caucus, ChairTerm, CharterVersion, Group, Membership
from commonhaven.web.kit.audience import Seat
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.actions import Placing
from commonhaven.web.record.models import Head

START = date(2026, 1, 1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CHARTER = load_charter("west-africa")
VIEWERS = {who.id: who for who in (*by_charter(CHARTER), *outside(datetime.now(UTC).date()))}
CALLERS = {"hosts": "GHA head of delegation", "donors": "FRA head of delegation"}
"""Caucus → who acts in it; elsewhere the first of them does."""


def founded(slug: str, at: datetime, *, listed: bool = True) -> Group:
    """A group under the West African example charter."""
    group = Group.objects.create(
        slug=slug, name={"en": slug.title()}, zone="Africa/Accra", created_at=at, listed=listed
    )
    value = dump(CHARTER)
    version = CharterVersion.objects.create(
        group=group, audience="public", created_at=at, version="1", status="adopted", toml="",
        value=canonical(value), digest=digest(value), in_force=START, party="UNHCR", adopted_at=at,
    )  # fmt: skip
    places = [(m.state, m.tier, True) for m in CHARTER.members]
    places += [(p.party, p.role, p.may_convene) for p in CHARTER.participants]
    Membership.objects.bulk_create(
        Membership(group=group, charter=version, party=party, standing=standing,
                   may_convene=may, since=START)
        for party, standing, may in places
    )  # fmt: skip
    Head.objects.create(group=group, hash=GENESIS)
    return group


@dataclass(slots=True, kw_only=True)
class World:
    """The group, what was planted in it, and the instant at which all was made."""

    group: Group
    at: datetime
    words: Words
    bundles: dict[str, Bundle]
    tokens: dict[str, str]

    def client(self, who: Who) -> Client:
        made = Client()
        if who.signed_in:
            made.force_login(User.objects.get(email=who.email), BACKEND)
        return made

    def rows(self, model: type[Model]) -> Iterator[tuple[str, Any]]:
        """Shade and row of every item of a kind."""
        for bundle in self.bundles.values():
            for row in bundle.rows.get(model, []):
                yield bundle.shade, row

    def no_more(self, who: Who, text: str, where: str) -> frozenset[str]:
        """The words that a text shows; none may be for others."""
        shown = self.words.in_text(text)
        hidden = shown - self.words.of(who.sees)
        assert not hidden, f"{who.id} at {where} sees {self.words.told(hidden)}"
        return shown

    def bundle(self, shade: str, under: Bundle | None = None) -> Bundle:
        """A further bundle of one shade, in the group; without what people are told of."""
        caucus = shade.split(maxsplit=1)[0] if shade.split(maxsplit=1)[0] in CAUCUSES else ""
        by = seat_of(VIEWERS[CALLERS[caucus or "hosts"]], self.group, self.at)
        made = Bundle(
            group=self.group, shade=shade, placing=placing(self.group, shade, self.at), by=by,
            at=self.at, words=self.words, hangs_on=under, pattern=self.pattern,
        )  # fmt: skip
        for model, make in FACTORIES.items():
            if model not in LATE and (under is None or model in PARTS):
                make(made)
        return made

    @property
    def pattern(self) -> Plan | None:
        public = self.bundles.get("public")
        return public.rows[Plan][0] if public else None


def seat_of(who: Who, group: Group, at: datetime) -> Seat:
    return viewer_of(User.objects.get(email=who.email), at).seats_in(group.pk)[0]


def placing(group: Group, shade: str, at: datetime) -> Placing:
    """Audience and release date of a shade, such as "members tomorrow"."""
    first, _, when = shade.partition(" ")
    release = {"": None, "released": at - timedelta(hours=1), "tomorrow": at + timedelta(days=2)}
    caucus = Caucus.objects.filter(group=group, name=first).first()
    return Placing(audience="caucus" if caucus else first, caucus=caucus, release_at=release[when])


def seated(who: Who, group: Group, other: Group, at: datetime) -> None:
    """Make one viewer's account and seat."""
    user = User.objects.create_user(who.email, None, label=who.id, administrator=who.administrator)
    if not who.party:
        return
    SeatRow.objects.create(
        user=user, group=other if who.elsewhere else group, party=who.party,
        capacity=who.capacity, since=START, until=who.until,
        accepted_at=at if who.accepted else None, refused_at=at if who.refused else None,
    )  # fmt: skip


@contextmanager
def world(shades: frozenset[str] = SHADES) -> Iterator[World]:
    """Everything, in a transaction that is taken back at the end."""
    with taken_back():
        yield made(shades)


def made(shades: frozenset[str]) -> World:
    """Two groups, every viewer, and a bundle for every shade."""
    at = datetime.now(UTC) - timedelta(hours=1)
    group, other = founded("west-africa", at), founded("elsewhere", at)
    first = [VIEWERS[name] for name in CALLERS.values()]
    for who in first:
        seated(who, group, other, at)
    for name, parties in CAUCUSES.items():
        Caucus.objects.create(group=group, name=name, parties=list(parties))
    ChairTerm.objects.create(
        group=group, party="GHA", since=START, until=START + timedelta(days=3650)
    )
    found = World(group=group, at=at, words=Words(), bundles={}, tokens={})
    for shade in ("public", *sorted(shades - {"public"})):
        found.bundles[shade] = found.bundle(shade)
    for shade in ("members", "hosts"):
        found.bundles[f"{shade} under public"] = found.bundle(shade, found.bundles["public"])
    late(found, other, [who for who in VIEWERS.values() if who.signed_in and who not in first])
    return found


def late(found: World, other: Group, rest: list[Who]) -> None:
    """Seat everybody else; then do what people are told of."""
    for who in rest:
        seated(who, found.group, other, found.at)
    for shade, bundle in found.bundles.items():
        for model in LATE if shade == bundle.shade else ():
            FACTORIES[model](bundle)
