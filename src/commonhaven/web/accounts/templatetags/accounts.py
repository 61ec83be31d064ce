"""What the sign-in page shows in demonstration mode."""

from django import template
from django.conf import settings

from commonhaven.web.accounts.mail import mailed
from commonhaven.web.accounts.models import User

register = template.Library()


@register.simple_tag
def demonstration_accounts() -> list[User]:
    """The accounts that one click opens, with their seats; none outside demonstration mode."""
    if not settings.DEMONSTRATION:
        return []
    people = User.objects.filter(demonstration=True, is_active=True).order_by("pk")
    return list(people.prefetch_related("seats__group"))


@register.simple_tag
def sign_on_providers() -> tuple[object, ...]:
    """The single sign-on providers of the installation."""
    return tuple(settings.PLATFORM.sign_on)


@register.simple_tag
def mail_is_sent() -> bool:
    """Whether this installation sends mail."""
    return mailed()
