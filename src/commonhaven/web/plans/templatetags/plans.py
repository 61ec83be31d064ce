"""How lines of working and moves are told."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from commonhaven.reading import decimal_text
from commonhaven.web.kit.templatetags.kit import millions, number
from commonhaven.web.plans.models import Move
from commonhaven.working import Line

register = template.Library()
PLACES = 6
SMALL = 5000
"""Money that would be shown as no million at all."""


@register.filter
def worth(line: Line) -> SafeString:
    """A line's value with its unit; long decimals are cut, the exact value is in the title."""
    value = line.value
    if isinstance(value, int):
        return format_html("{} {}", number(value), line.unit)
    if isinstance(value, Decimal):
        return format_html("{} {}", number(value, 2), line.unit)
    if isinstance(value, Fraction):
        exact = Fraction(value)
        shown = decimal_text(exact, PLACES).rstrip("0").rstrip(".") if exact else "0"
        return format_html('<bdi title="{}">{}</bdi> {}', str(value), shown or "0", line.unit)
    return format_html("{} {}", value, line.unit)


@register.filter
def signed(value: int) -> SafeString | str:
    """A change with its sign; a dash where there is none."""
    if not value:
        return "–"
    return format_html("<bdi>{}{}</bdi>", "+" if value > 0 else "\u2212", bare(abs(value)))


def bare(value: int) -> str:
    return str(number(value)).removeprefix("<bdi>").removesuffix("</bdi>")


@register.filter
def signed_millions(value: Decimal) -> SafeString | str:
    """A change of money in millions with its sign."""
    if not value:
        return "–"
    if abs(value) < SMALL:
        return format_html("<bdi>{}&lt;0.01</bdi>", "+" if value > 0 else "\u2212")
    shown = str(millions(abs(value))).removeprefix("<bdi>").removesuffix("</bdi>")
    return format_html("<bdi>{}{}</bdi>", "+" if value > 0 else "\u2212", shown)


@register.filter
def minus(value: Decimal) -> Decimal:
    """The same amount the other way."""
    return -value


@register.filter
def moved(move: Move) -> str:
    """A move in a few words."""
    words = {
        "offer people": gettext("offers to protect %(people)s more"),
        "offer money": gettext("offers to pay %(money)s more a year"),
        "opt out": gettext("opts out of the placement"),
        "deduction": ngettext(
            "uses a deduction of %(people)s person",
            "uses a deduction of %(people)s people",
            move.people or 0,
        ),
        "withdraw": gettext("withdraws move %(withdraws)s"),
    }
    values = {
        "people": f"{move.people or 0:,}", "money": f"{move.money or 0:,}",
        "withdraws": move.withdraws,
    }  # fmt: skip
    return words.get(move.kind, move.kind) % values
