"""Words of charters in pages."""

from django import template
from django.utils.translation import gettext_lazy as _

from commonhaven.web.groups.forms import ARTICLES, CHOICES

register = template.Library()
STANDINGS = {
    "inner core": _("Inner core"),
    "outer core": _("Outer core"),
    "situation-specific contributor": _("Situation-specific contributors"),
    "secretariat": _("Secretariat"),
    "observer": _("Observers"),
    "organisation with consultative status": _("Organisations with consultative status"),
}


@register.filter
def standing(value: str) -> str:
    """What a tier or role is called as the head of a list."""
    return str(STANDINGS.get(value, value))


@register.filter
def article(value: str) -> str:
    """What an article of a charter is called."""
    return str(dict(ARTICLES).get(value, value))


@register.filter
def position(value: str) -> str:
    """What a position on a draft is called."""
    return str(dict(CHOICES).get(value, value))
