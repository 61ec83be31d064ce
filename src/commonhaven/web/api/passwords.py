"""A new password ends what was opened with the old one: tokens, the calendar's address.

Other sessions end by themselves: each holds a fingerprint of the password it was opened with.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonhaven.web.accounts.models import User
from commonhaven.web.api.actions import withdraw_tokens
from commonhaven.web.kit import clock
from commonhaven.web.notices.actions import withdraw_feed

NEW = (password_changed, password_reset, password_set)


@receiver(NEW, dispatch_uid="a new password ends tokens")
def end_tokens(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Withdraw the person's tokens and calendar address, and say so on the page."""
    withdraw_tokens(user=user, at=clock.now())
    withdraw_feed(user=user)
    text = _(
        "The new password holds. Sessions elsewhere have ended, and your tokens for programs and"
        " your calendar address no longer work: make new ones where you need them."
    )
    messages.info(request, text)
