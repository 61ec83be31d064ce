"""How promises are shown: quantities in their unit, steps and reasons in words."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commonhaven.commitments import Promise
from commonhaven.commitments.quantity import nothing
from commonhaven.web.kit.saying import listed
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


REQUESTS = {
    "asked": _("asked"), "reviewed": _("reviewed"), "granted": _("granted"), "paid": _("paid"),
    "confirmed": _("confirmed by the receiver"), "closed": _("closed"),
}  # fmt: skip


@register.filter
def request_stage(value: str) -> str:
    """How far a request to a fund has come."""
    return str(REQUESTS.get(value, value))


FUND_ACTS = {
    "called": _("Contributions called"), "announced": _("Contribution announced"),
    "signed": _("Contribution signed"), "paid": _("Payment received"),
    "given in kind": _("Gift in kind received"), "asked": _("Money asked for"),
    "reviewed": _("Request reviewed"), "released": _("Money released at once"),
    "granted": _("Money granted"), "paid out": _("Money paid out"),
    "confirmed": _("Payment confirmed"), "reported": _("Use of money reported"),
    "closed": _("Request closed"), "waived": _("Call lifted"),
    "awarded": _("Money awarded"),
}  # fmt: skip


@register.filter
def fund_act(value: str) -> str:
    """An act on a fund that was done."""
    return str(FUND_ACTS.get(value, value))


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


COUNTED = {
    "people": lambda n: ngettext("{number} person", "{number} people", n),
    "places": lambda n: ngettext("{number} place", "{number} places", n),
    "households": lambda n: ngettext("{number} household", "{number} households", n),
    "measures": lambda n: ngettext("{number} measure", "{number} measures", n),
    "items": lambda n: ngettext("{number} item", "{number} items", n),
}
"""Unit → a number of it, in the right form."""


@register.filter
def counted(value: Fraction | Decimal | int, of: str) -> SafeString:
    """A quantity together with its unit: 1 measure, 600 people, 1,500,000 USD."""
    told, exact = quantity(value, of), Fraction(value)
    if of in COUNTED and exact.denominator == 1:
        return format_html(COUNTED[of](int(exact)), number=told)
    return format_html("{} {}", told, unit(of))


@register.filter
def in_all(promises: Iterable[Promise], stage: str) -> Fraction:
    """What of all givers' shares has come to a stage."""
    return sum((getattr(one, stage).value for one in promises), Fraction(0))


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


STEPS = {
    "announced": _("Announced"), "committed": _("Signed"), "delivered": _("Delivery reported"),
    "passed on": _("Passed on"), "received": _("Receipt confirmed"), "verified": _("Verified"),
    "withdrawn": _("Withdrawn"), "condition met": _("Condition met"),
    "postponed": _("More time granted"), "disputed": _("Disputed"), "replied": _("Answered"),
    "settled": _("Dispute ended"),
}  # fmt: skip


@register.filter
def step_name(value: str) -> str:
    """A step that was taken."""
    return str(STEPS.get(value, value))


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
        return listed(party(str(part)) for part in value)
    if hasattr(value, "isoformat"):
        return str(day(value))  # type: ignore[arg-type]
    return str(value)
