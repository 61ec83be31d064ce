"""Make and withdraw tokens; find out whose a token is."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from commonhaven.reading import Problem
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.api.models import Token
from commonhaven.web.api.scopes import checked, narrowed
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.kit.refused import Conflict, Unknown

MARK = "ch_"
"""How a token begins, so that scanners of leaked secrets can know it."""
LONGEST = 366
"""Days for which a token holds at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The token that a person asks for."""

    name: str
    scopes: tuple[str, ...]
    days: int = 90


def make_token(*, user: User, wish: Wish, at: datetime) -> tuple[Token, str]:
    """Make a token; the second value is the secret, which is not kept."""
    if not 1 <= wish.days <= LONGEST:
        fix = f"Write a number of days from 1 to {LONGEST}."
        raise Problem(f"a token cannot hold {wish.days} days", where="days", fix=fix)
    if not wish.name.strip():
        raise Problem("the token has no name", where="name", fix="Say what it is for.")
    own = Group.objects.filter(pk__in=viewer_of(user, at).groups).values_list("slug", flat=True)
    secret = MARK + secrets.token_urlsafe(32)
    made = Token.objects.create(
        user=user, name=wish.name.strip()[:80], token_hash=hashed(secret), made_at=at,
        scopes=checked(wish.scopes, own), expires_at=at + timedelta(days=wish.days),
    )  # fmt: skip
    return made, secret


def withdraw_token(*, pk: int, user: User, at: datetime) -> Token:
    """Withdraw one's own token; Unknown for any other."""
    row = Token.objects.filter(pk=pk, user=user).first()
    if row is None:
        raise Unknown("there is no such token", fix="Look in your list of tokens.")
    if row.withdrawn_at is not None:
        raise Conflict("the token is withdrawn already", fix="Nothing is to be done.")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    return row


def withdraw_tokens(*, user: User, at: datetime) -> int:
    """Withdraw every token of a person that still holds; how many."""
    return Token.objects.filter(user=user, withdrawn_at=None).update(withdrawn_at=at)


def token_of(secret: str, at: datetime) -> Token | None:
    """The token that a secret belongs to; None for an unknown, expired or withdrawn one."""
    row = Token.objects.select_related("user").filter(token_hash=hashed(secret)).first()
    if row is None or row.withdrawn_at or row.expires_at <= at or not row.user.is_active:
        return None
    if row.used_on != at.date():
        Token.objects.filter(pk=row.pk).update(used_on=at.date())
    return row


def viewer_with(token: Token, at: datetime) -> Viewer:
    """The viewer that a person is with a token: never more than the person, often less."""
    viewer = viewer_of(token.user, at)
    slugs = dict(Group.objects.filter(pk__in=viewer.groups).values_list("pk", "slug"))
    return narrowed(viewer, token.scopes, slugs)


def hashed(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()
