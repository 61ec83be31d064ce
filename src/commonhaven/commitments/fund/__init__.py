"""The standing fund: calls, agreements, requests, releases, payments, and books that balance."""

from commonhaven.commitments.fund.acts import FundAct, FundActKind, Keeping, keeping
from commonhaven.commitments.fund.ledger import Account, Entry, Ledger, trial_balance
from commonhaven.commitments.fund.state import (
    BudgetLine,
    Funded,
    FundRefusal,
    FundState,
    Level,
    Request,
    Statement,
    fund,
    funded,
    levels,
    statement,
)

__all__ = [
    "Account",
    "BudgetLine",
    "Entry",
    "FundAct",
    "FundActKind",
    "FundRefusal",
    "FundState",
    "Funded",
    "Keeping",
    "Ledger",
    "Level",
    "Request",
    "Statement",
    "fund",
    "funded",
    "keeping",
    "levels",
    "statement",
    "trial_balance",
]
