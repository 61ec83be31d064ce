"""How promises are shown: quantities in their unit, steps and reasons in words."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from commonhaven.commitments.quantity import nothing
from commonhaven.web.commitments.steps import KINDS
from commonhaven.web.kit.templatetags.kit import day, number, party

register = template.Library()

UNITS = {
    "people": _("people"), "places": _("places"), "households": _("households"),
    "measures": _("measures"), "items": _("items"),
}  # fmt: skip
ASKING = {
    "not yet": _("not due yet"), "reminded": _("giver reminded"), "due": _("due today"),
    "overdue": _("overdue"), "asked by the chair": _("overdue; the chair asks for the reason"),
    "before the review": _("overdue; on the list of the annual review"),
}  # fmt: skip
ENDED = {
    "upheld": _("upheld"), "upheld by silence": _("upheld: no answer in time"),
    "dropped": _("dropped"),
}  # fmt: skip
REASONS = {
    "not pledged": _("not pledged"),
    "pledged beyond what it owes": _("pledged beyond what it owes"),
    "pledged without a share": _("pledged without a share"),
    "released by decision": _("released by decision"),
    "withdrawn by the giver": _("withdrawn by the giver"), "overdue": _("overdue"),
    "announced, not signed": _("announced, not signed"),
    "signed, not due yet": _("signed, not due yet"),
}  # fmt: skip
FIELDS = {
    "title": _("title"), "kind": _("kind"), "unit": _("counted in"), "quantity": _("how much"),
    "places": _("where"), "starts": _("first day"), "ends": _("last day"), "about": _("what for"),
    "people": _("people"), "cost": _("cost"), "currency": _("currency"),
    "basis": _("how it was worked out"),
}  # fmt: skip


@register.filter
def quantity(value: Fraction | Decimal | int, of: str) -> SafeString | str:
    """A number with as many digits as its unit has; whole money without its cents."""
    exact = Fraction(value)
    digits = 0 if exact.denominator == 1 else len(str(nothing(of).smallest)) - 1
    return number(exact, digits)


@register.filter
def unit(value: str) -> SafeString | str:
    """What something is counted in, in words; a currency by its code."""
    return str(UNITS[value]) if value in UNITS else format_html("<bdi>{}</bdi>", value)


@register.filter
def asking(value: str) -> str:
    """Where the asking for an instalment stands."""
    return str(ASKING.get(value, value))


@register.filter
def ended(value: str) -> str:
    """How a dispute ended."""
    return str(ENDED.get(value, value))


@register.filter
def reason(value: str) -> str:
    """Why two of the four numbers differ; a decision's own title stays as it is."""
    return str(REASONS.get(value, value))


@register.filter
def step_name(value: str) -> str:
    """A step as it is offered."""
    return str(KINDS[value].says) if value in KINDS else value


@register.filter
def need_field(value: str) -> str:
    """A field of a need in words."""
    return str(FIELDS.get(value, value))


@register.filter
def shown(value: object) -> str:
    """A field's value: days, numbers and lists as people write them."""
    if value is None or value in ("", ()):
        return "–"
    if isinstance(value, Fraction | int):
        return str(number(value, 0 if Fraction(value).denominator == 1 else 2))
    if isinstance(value, tuple):
        return ", ".join(party(str(part)) for part in value)
    if hasattr(value, "isoformat"):
        return str(day(value))  # type: ignore[arg-type]
    return str(value)
