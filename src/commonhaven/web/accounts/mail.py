"""The letter that carries an invitation."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonhaven.web.accounts.models import Invitation
from commonhaven.web.kit.templatetags.kit import party

log = logging.getLogger(__name__)
UNSENT = "django.core.mail.backends.dummy.EmailBackend"


def mailed() -> bool:
    """Whether this installation sends mail at all."""
    return bool(settings.EMAIL_BACKEND != UNSENT)


def address_of(token: str) -> str:
    """The full address of an invitation's page."""
    path = reverse("accounts:invitation", args=[token])
    return f"{settings.PLATFORM.address.rstrip('/')}{path}"


def mail_invitation(invitation: Invitation, token: str) -> None:
    """Send the link; where the server does not answer, the link shown on the page remains."""
    if not mailed():
        return
    group = invitation.group.called()
    text = _(
        "You are invited to a seat in %(group)s: for %(party)s, as %(capacity)s.\n\n"
        "To accept, open this address before %(day)s (UTC):\n%(address)s\n\n"
        "Whoever holds this address can take the seat: do not pass it on."
    ) % {
        "group": group,
        "party": party(invitation.party),
        "capacity": invitation.get_capacity_display(),
        "day": date_format(invitation.expires_at.date(), "j F Y"),
        "address": address_of(token),
    }
    subject = " ".join((_("A seat in %(group)s") % {"group": group}).split())
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    except OSError as error:  # what it says names the address
        log.error("invitation %s could not be mailed: %s", invitation.pk, type(error).__name__)  # noqa: TRY400
