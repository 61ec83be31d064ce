"""How a fund's books are shown: accounts, entries and acts in words."""

from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonhaven.commitments.fund import Account, FundState
from commonhaven.web.commitments.templatetags.promises import counted
from commonhaven.web.funds.models import FundStep
from commonhaven.web.funds.values import act_of
from commonhaven.web.kit.templatetags.kit import party

register = template.Library()

ACCOUNTS = {
    "cash": _("Cash"), "called": _("Called, unpaid"), "signed": _("Signed, unpaid"),
    "owed": _("Granted, not paid out"), "credit": _("In credit"),
    "assessed": _("Called for"), "voluntary": _("Given beyond calls"),
    "in kind": _("Given in kind"), "granted": _("Granted"), "used in kind": _("Used in kind"),
}  # fmt: skip
"""Kind of account → as people call it."""
ENTRIES = {
    "credit carried over": _("credit carried over"), "agreement signed": _("agreement signed"),
    "received": _("received"), "released at once": _("released at once"),
    "granted": _("granted"), "paid out": _("paid out"), "no longer owed": _("no longer owed"),
    "returned unspent": _("returned unspent"), "lifted by decision": _("lifted by decision"),
}  # fmt: skip
"""What an entry says where nobody typed it; a call names its year beside."""
CALL = "call of "


@register.filter
def account_name(account: Account, state: FundState) -> str:
    """An account with whose it is; that of a request by who asked."""
    kind = str(ACCOUNTS.get(account.kind, account.kind))
    if not account.whose:
        return kind
    asked = next((one.by for one in state.requests if one.id == account.whose), "")
    if asked:
        told = {"account": kind, "party": party(asked)}
        return gettext("%(account)s: request of %(party)s") % told
    return f"{kind}: {party(account.whose)}"


@register.filter
def entry_name(what: str) -> str:
    """What an entry is, in words; what somebody typed stays as it is."""
    if what.startswith(CALL):
        return gettext("call of %(year)s") % {"year": what.removeprefix(CALL)}
    return str(ENTRIES.get(what, what))


@register.filter
def act_told(step: FundStep, currency: str) -> SafeString | str:
    """How much an act on a fund is about, and whom, where that is not who did it."""
    act = act_of(step, currency)
    asked = act.shares.values() if act.shares else [act.amount] if act.amount else []
    amount = sum((money.exact for money in asked), Fraction(0))
    told = format_html(": {}", counted(amount, currency)) if amount else ""
    if not act.party or act.party == act.by:
        return told
    return format_html("{} ({})", told, party(act.party))
