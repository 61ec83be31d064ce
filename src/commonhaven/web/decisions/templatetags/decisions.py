"""How obligations are shown: what is owed and how much, in words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonhaven.web.decisions.models import Obligation
from commonhaven.web.kit.templatetags.kit import number

register = template.Library()
KINDS = {
    "keep protecting": gettext_lazy("Keep protecting"),
    "protect without a place": gettext_lazy("Protect without a place"),
    "protect until departure": gettext_lazy("Protect until departure"),
    "receive": gettext_lazy("Receive"),
    "pay": gettext_lazy("Pay"),
    "be paid": gettext_lazy("Be paid"),
    "permanent places": gettext_lazy("Permanent places"),
    "report": gettext_lazy("Report"),
    "review": gettext_lazy("Review"),
}
ONCE = ("report", "review")
"""Kinds that are owed once each: no number is worth showing."""


@register.filter
def owed_as(kind: str) -> str:
    """What a kind of obligation is called."""
    return str(KINDS.get(kind, kind))


@register.filter
def amount(row: Obligation) -> SafeString | str:
    """How much is owed, with its unit; empty where it is owed once."""
    if row.kind in ONCE:
        return ""
    if row.kind == "permanent places":
        return number(row.quantity)
    if row.unit == "people":
        return format_html("{} {}", number(row.quantity), _("people"))
    return format_html("{} {}", number(row.quantity, 2), row.unit)
