"""Promises, needs, matches and delivery: what was said, signed, sent, received and verified."""

from commonhaven.commitments.acts import Act, ActKind, Draw, Evidence, Setting
from commonhaven.commitments.book import book
from commonhaven.commitments.check import check, measurable
from commonhaven.commitments.file import BookFile, read_book, shipped
from commonhaven.commitments.matching import (
    Match,
    MatchAct,
    Matched,
    Suggestion,
    matched,
    suggestions,
)
from commonhaven.commitments.model import Commitment, Condition, Instalment, Share
from commonhaven.commitments.needs import (
    Bundle,
    Change,
    Need,
    by_bundle,
    check_need,
    difference,
)
from commonhaven.commitments.overdue import Asking, Days, asking, askings, days_on
from commonhaven.commitments.quantity import Quantity, quantity
from commonhaven.commitments.staircase import Deduction, Pool, Staircase, Step, staircase, together
from commonhaven.commitments.staircase import whole as all_together
from commonhaven.commitments.value import Book, Dispute, Due, Promise, Refusal, Transfer
from commonhaven.commitments.year import FellDue, fell_due

__all__ = [
    "Act",
    "ActKind",
    "Asking",
    "Book",
    "BookFile",
    "Bundle",
    "Change",
    "Commitment",
    "Condition",
    "Days",
    "Deduction",
    "Dispute",
    "Draw",
    "Due",
    "Evidence",
    "FellDue",
    "Instalment",
    "Match",
    "MatchAct",
    "Matched",
    "Need",
    "Pool",
    "Promise",
    "Quantity",
    "Refusal",
    "Setting",
    "Share",
    "Staircase",
    "Step",
    "Suggestion",
    "Transfer",
    "all_together",
    "asking",
    "askings",
    "book",
    "by_bundle",
    "check",
    "check_need",
    "days_on",
    "difference",
    "fell_due",
    "matched",
    "measurable",
    "quantity",
    "read_book",
    "shipped",
    "staircase",
    "suggestions",
    "together",
]
