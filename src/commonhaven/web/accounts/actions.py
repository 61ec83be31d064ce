"""Invite people to seats, let them in, accept their credentials, end their seats."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from commonhaven.instruments import entry
from commonhaven.reading import Problem
from commonhaven.web.accounts import policy
from commonhaven.web.accounts.mail import mail_invitation
from commonhaven.web.accounts.models import Capacity, Invitation, User
from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.accounts.queries import parties_to_invite
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.refused import Conflict, Unknown
from commonhaven.web.record.actions import write


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The seat that an invitation offers, to whom."""

    email: str
    label: str
    party: str
    capacity: str
    since: date
    until: date | None = None
    credentials: str = ""


def hashed(token: str) -> str:
    """What is kept of a secret link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, group: Group, offer: Offer, by: Seat, at: datetime) -> tuple[Invitation, str]:
    """Offer a seat; returns the invitation and the secret of its link, which is not kept."""
    policy.must_run(by)
    _check_offer(group, offer, at)
    return _invite(group, offer, by, at)


@transaction.atomic
def invite_secretariat(
    *, group: Group, email: str, label: str, party: str, by: Viewer, at: datetime
) -> tuple[Invitation, str]:
    """An administrator offers a secretariat's seat: how a group begins, or is taken up again."""
    policy.must_administer(by)
    offer = Offer(
        email=email, label=label, party=party, capacity=Capacity.SECRETARIAT, since=at.date(),
        credentials="Named by the administrator of the platform",
    )  # fmt: skip
    return _invite(group, offer, None, at)


def _check_offer(group: Group, offer: Offer, at: datetime) -> None:
    parties = parties_to_invite(group, at.date())
    if not parties:
        return
    if offer.party not in parties:
        fix = "Invite people of the charter's members and participants, or of an open draft's."
        raise Problem(f"{offer.party[:80]} has no part in the group", where="party", fix=fix)
    known = set().union(*(policy.CAPACITIES.get(one, frozenset()) for one in parties[offer.party]))
    if offer.capacity not in known:
        said = f"nobody acts for {offer.party} as {offer.capacity}"
        raise Problem(said, where="capacity", fix=f"Choose one of: {', '.join(sorted(known))}.")


def _invite(group: Group, offer: Offer, by: Seat | None, at: datetime) -> tuple[Invitation, str]:
    if offer.until is not None and offer.until < offer.since:
        raise Problem("the seat ends before it begins", where="until", fix="Correct the days.")
    token = secrets.token_urlsafe(32)
    days = int(entry("platform", "invitation_days", at.date()).number)
    made = Invitation.objects.create(
        group=group, email=offer.email.lower(), label=offer.label, party=offer.party,
        capacity=offer.capacity, since=offer.since, until=offer.until,
        credentials=offer.credentials, token_hash=hashed(token),
        invited_by_id=by.id if by else None, made_at=at, expires_at=at + timedelta(days=days),
    )  # fmt: skip
    write(group, "seat offered", _terms(made), by=by, at=at)
    transaction.on_commit(lambda: mail_invitation(made, token))
    return made, token


def _terms(row: Invitation | SeatRow) -> dict[str, Any]:
    """A seat as the record tells it: for which party, never whose."""
    return {
        "party": row.party, "capacity": row.capacity, "since": row.since, "until": row.until,
        "credentials": row.credentials,
    }  # fmt: skip


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Seat, at: datetime) -> None:
    """Take back an invitation that nobody has accepted yet."""
    policy.must_run(by)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.used_at or locked.withdrawn_at:
        fix = "Nothing is left to withdraw; end the seat instead, if it was taken."
        raise Conflict("the invitation was accepted or withdrawn already", fix=fix)
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    write(locked.group, "offer of a seat withdrawn", _terms(locked), by=by, at=at)


def open_invitation(token: str, at: datetime) -> Invitation:
    """The invitation of a secret link; Unknown for any other, Conflict where it lapsed."""
    return _open(Invitation.objects.all(), token, at)


def _open(rows: QuerySet[Invitation], token: str, at: datetime) -> Invitation:
    found = rows.select_related("group").filter(token_hash=hashed(token)).first()
    if found is None:
        raise Unknown("there is no such invitation", fix="Ask for a new one.")
    fix = "Ask the group's secretariat for a new one."
    if found.used_at:
        raise Conflict("the invitation has been accepted already", fix="Sign in instead.")
    if found.withdrawn_at:
        raise Conflict("the invitation was withdrawn", fix=fix)
    if found.expires_at < at:
        raise Conflict("the invitation has run out", fix=fix)
    return found


@transaction.atomic
def accept_invitation(
    *, token: str, at: datetime, user: User | None = None, password: str = ""
) -> SeatRow:
    """Take the seat: the person signed in, or a new account with a password.

    The credentials of a seat are accepted by the secretariat or the chair afterwards; those of a
    secretariat named by the administrator are accepted with it, for nobody else is there to do so.
    """
    locked = _open(Invitation.objects.select_for_update(of=("self",)), token, at)
    person = user or _new_person(locked, password)
    same = SeatRow.objects.filter(
        user=person, group=locked.group, party=locked.party, capacity=locked.capacity,
        since=locked.since,
    )  # fmt: skip
    if same.exists():
        raise Conflict("you have this seat already", fix="Nothing more is to be done.")
    made = SeatRow.objects.create(
        user=person, group=locked.group, party=locked.party, capacity=locked.capacity,
        since=locked.since, until=locked.until, credentials=locked.credentials,
        accepted_at=at if locked.invited_by_id is None else None,
    )  # fmt: skip
    locked.used_at = at
    locked.save(update_fields=["used_at"])
    body = {**_terms(made), "accepted": made.accepted_at is not None}
    write(locked.group, "seat taken", body, by=acting(made), at=at, subject=f"seat/{made.pk}")
    return made


def _new_person(offered: Invitation, password: str) -> User:
    if User.objects.filter(email=offered.email).exists():
        fix = "Sign in with it, then open the invitation's link again."
        raise Conflict("there is an account with this address already", fix=fix)
    person = User(email=offered.email, label=offered.label)
    try:
        validate_password(password, person)
    except ValidationError as error:
        said = " ".join(str(each) for each in error.messages)
        raise Problem(said, where="password", fix="Choose another.") from None
    return User.objects.create_user(offered.email, password, label=offered.label)


def acting(row: SeatRow) -> Seat:
    """A seat's row as the record wants it: who acts, in which capacity."""
    return Seat(
        id=row.pk, user=row.user_id, group=row.group_id, party=row.party, capacity=row.capacity,
        standing="", accepted=row.accepted_at is not None,
    )  # fmt: skip


@transaction.atomic
def accept_credentials(*, seat: SeatRow, by: Seat, at: datetime) -> None:
    """Accept the note or letter that accredits a person, who may act from now on."""
    policy.may_settle(by, seat)
    locked = _unsettled(seat)
    locked.accepted_at = at
    locked.save(update_fields=["accepted_at"])
    write(
        locked.group, "credentials accepted", _terms(locked), by=by, at=at,
        subject=f"seat/{locked.pk}",
    )  # fmt: skip


@transaction.atomic
def refuse_credentials(*, seat: SeatRow, reason: str, by: Seat, at: datetime) -> None:
    """Refuse them with a reason; the seat opens nothing any more."""
    policy.may_settle(by, seat)
    locked = _unsettled(seat)
    if not reason.strip():
        raise Problem("no reason is given", where="reason", fix="Say why, in a sentence.")
    locked.refused_at, locked.reason = at, reason
    locked.save(update_fields=["refused_at", "reason"])
    body = {**_terms(locked), "reason": reason}
    write(
        locked.group, "credentials refused", body, by=by, at=at, subject=f"seat/{locked.pk}"
    )  # fmt: skip


def _unsettled(seat: SeatRow) -> SeatRow:
    locked = SeatRow.objects.select_for_update().select_related("group").get(pk=seat.pk)
    if locked.accepted_at or locked.refused_at:
        fix = "End the seat, if the person shall not act any more."
        raise Conflict("the credentials were accepted or refused already", fix=fix)
    return locked


@transaction.atomic
def end_seat(*, seat: SeatRow, until: date, by: Seat, at: datetime) -> None:
    """Name the last day of a seat; what was done in it stays."""
    policy.may_end(by, seat)
    locked = SeatRow.objects.select_for_update().select_related("group").get(pk=seat.pk)
    if until < locked.since:
        fix = f"Name a day from {locked.since} on."
        raise Problem("the seat would end before it began", where="until", fix=fix)
    if locked.until is not None and locked.until <= until:
        raise Conflict(f"the seat ends on {locked.until} already", fix="Nothing is to be done.")
    locked.until = until
    locked.save(update_fields=["until"])
    write(
        locked.group, "seat ended", _terms(locked), by=by, at=at, subject=f"seat/{locked.pk}"
    )  # fmt: skip


@transaction.atomic
def first_administrator(*, email: str, at: datetime) -> str:  # noqa: ARG001 - all acts take it
    """Make a person administrator of the platform; returns the link that sets the password.

    For whoever runs the server: it needs no administrator before it. The link works once, for as
    long as Django's own password links do.
    """
    address = email.strip().lower()
    if "@" not in address.strip("@") or " " in address:
        fix = "Write one, such as office@example.org."
        raise Problem(f'"{email[:80]}" is no e-mail address', where="address", fix=fix)
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, None, label="Administrator of the platform")
    user.administrator = True
    user.save(update_fields=["administrator"])
    return _password_link(user)


def password_link(*, email: str) -> str:
    """A link by which a person sets a new password, for whoever runs the server without mail."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        fix = "Write the address of the account, as its invitation did."
        raise Problem(f'there is no account "{email[:80]}"', where="address", fix=fix)
    return _password_link(user)


def _password_link(user: User) -> str:
    key = default_token_generator.make_token(user)
    to = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
    return f"{settings.PLATFORM.address.rstrip('/')}{to}"


def set_preferences(*, user: User, language: str, zone: str, mail_notices: bool) -> None:
    """Keep how a person wants to be told of things; it is no act of any group."""
    user.language, user.zone, user.mail_notices = language, zone, mail_notices
    user.save(update_fields=["language", "zone", "mail_notices"])
