"""Practices and themes in templates, in the language of the page."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from commonhaven.processes.practices import Practice, practices
from commonhaven.web.exchange.models import Sure
from commonhaven.web.exchange.words import doer_name, summed, theme_name, titled

register = template.Library()


@register.filter
def theme(value: str) -> str:
    """What a theme is called."""
    return theme_name(value)


@register.filter
def doer(value: str) -> str:
    """What a party or a process is called."""
    return doer_name(value)


@register.filter
def practice_title(value: Practice) -> str:
    """What a practice is called."""
    return titled(value)


@register.filter
def practice_summary(value: Practice) -> str:
    """A practice in a sentence."""
    return summed(value)


@register.filter
def shipped_title(value: str) -> str:
    """What a practice that ships is called; its id where it ships no more."""
    return titled(practices()[value]) if value in practices() else value


@register.filter
def shipped_url(value: str) -> str:
    """The page of a practice that ships."""
    return reverse("practices:shipped", args=[value])


@register.filter
def sure(value: str) -> str:
    """How sure a result is, in a sentence."""
    return str(dict(Sure.choices).get(value, value))


@register.filter
def kind_of_practice(value: str) -> str:
    """A practice, or a past arrangement."""
    return _("precedent") if value == "precedent" else _("practice")
