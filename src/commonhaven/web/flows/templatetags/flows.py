"""How flows are shown: exact amounts, kinds in words."""

from decimal import Context, Decimal, localcontext

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from commonhaven.exchange import Organisation
from commonhaven.exchange.cells import plain
from commonhaven.exchange.totals import DIGITS, named
from commonhaven.web.kit.templatetags.kit import number

register = template.Library()

KINDS = {
    "incoming funds": _("incoming funds"), "outgoing commitment": _("outgoing commitment"),
    "disbursement": _("disbursement"), "expenditure": _("expenditure"),
    "interest payment": _("interest payment"), "loan repayment": _("loan repayment"),
    "reimbursement": _("reimbursement"), "purchase of equity": _("purchase of equity"),
    "sale of equity": _("sale of equity"), "credit guarantee": _("credit guarantee"),
    "incoming commitment": _("incoming commitment"), "outgoing pledge": _("outgoing pledge"),
    "incoming pledge": _("incoming pledge"),
}  # fmt: skip


@register.filter
def exactly(value: Decimal) -> SafeString | str:
    """An amount with all the digits that it has, two at least where it is not whole."""
    digits = len(plain(value).partition(".")[2])
    with localcontext(Context(prec=DIGITS)):
        return number(value, max(2, digits) if digits else 0)


@register.filter
def flow_kind(value: str) -> str:
    """A kind of flow, as IATI calls it."""
    return str(KINDS.get(value, value))


@register.filter
def organisation(one: Organisation) -> str:
    """What an organisation is listed under."""
    return named(one)


@register.filter
def sum_key(value: str, by: str) -> str:
    """What a line of sums is called."""
    if by == "kind":
        return flow_kind(value)
    return value or str(_("not named"))
