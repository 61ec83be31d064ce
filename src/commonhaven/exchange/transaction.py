"""One flow of money in a form that no single format owns: exact, dated, from whom to whom.

The kinds and their codes are IATI's (standard 2.03, code list TransactionType), since every other
format in use says less.
"""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from commonhaven.commitments.model import Earmarking

Kind = Literal[
    "incoming funds", "outgoing commitment", "disbursement", "expenditure", "interest payment",
    "loan repayment", "reimbursement", "purchase of equity", "sale of equity", "credit guarantee",
    "incoming commitment", "outgoing pledge", "incoming pledge",
]  # fmt: skip
Stage = Literal["announced", "committed", "delivered", "received", "other"]
STAGES: tuple[Stage, ...] = ("announced", "committed", "delivered", "received", "other")

STAGE: dict[Kind, Stage] = {
    "outgoing pledge": "announced", "incoming pledge": "announced",
    "outgoing commitment": "committed", "incoming commitment": "committed",
    "disbursement": "delivered", "expenditure": "delivered",
    "incoming funds": "received",
}  # fmt: skip
"""How far a flow of a kind has come; what repays or insures is none of these."""

OUTGOING: dict[Stage, Kind] = {
    "announced": "outgoing pledge", "committed": "outgoing commitment",
    "delivered": "disbursement", "received": "incoming funds",
}  # fmt: skip
INCOMING: dict[Stage, Kind] = OUTGOING | {
    "announced": "incoming pledge", "committed": "incoming commitment",
}  # fmt: skip


class Organisation(NamedTuple):
    """Who gives or gets: a name, an identifier where it has one, its type, its state's code."""

    name: str = ""
    ref: str = ""
    kind: str = ""
    country: str = ""


NOBODY = Organisation()


class Transaction(NamedTuple):
    """One flow. A named tuple, since a file holds a million of them.

    ``passed_on``: it moves on what an earlier flow brought, and enters no total of help given.
    ``year``: the year it is reported under, where that is another than the year of its day.
    """

    activity: str
    kind: Kind
    on: date
    value: Decimal
    currency: str
    ref: str = ""
    value_on: date | None = None
    provider: Organisation = NOBODY
    receiver: Organisation = NOBODY
    provider_activity: str = ""
    receiver_activity: str = ""
    about: str = ""
    aid_type: str = ""
    earmarking: Earmarking | None = None
    humanitarian: bool | None = None
    country: str = ""
    year: int | None = None
    passed_on: bool = False

    @property
    def stage(self) -> Stage:
        return STAGE.get(self.kind, "other")

    @property
    def reported(self) -> int:
        """The year that it counts for."""
        return self.on.year if self.year is None else self.year
