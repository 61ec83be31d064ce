"""Sign-in by invitation only: accounts are made by invitations, never by a sign-up form."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

if TYPE_CHECKING:
    from commonhaven.web.accounts.models import User


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False


class KnownOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on for people who have an account already, by their verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401, ARG002
        return False


def shown(user: "User") -> str:
    """What others are shown of a person."""
    return str(user)
