"""Code lists of IATI 2.03 and of the OECD's Creditor Reporting System that we read and write."""

from typing import get_args

from commonhaven.commitments.model import Earmarking
from commonhaven.exchange.transaction import Kind
from commonhaven.parties import states

KINDS: dict[str, Kind] = {str(n): kind for n, kind in enumerate(get_args(Kind), 1)}
"""IATI TransactionType: 1 incoming funds … 12 outgoing pledge, 13 incoming pledge."""
KIND_CODES: dict[Kind, str] = {kind: code for code, kind in KINDS.items()}

EARMARKINGS: dict[str, Earmarking] = {
    str(n): word for n, word in enumerate(get_args(Earmarking), 1)
}
"""IATI EarmarkingCategory, vocabulary 2 of aid types (after the Grand Bargain, 2016)."""
EARMARKING_CODES: dict[Earmarking, str] = {word: code for code, word in EARMARKINGS.items()}

ORGANISATIONS = {
    "10": "government", "11": "local government", "15": "other public sector",
    "21": "international NGO", "22": "national NGO", "23": "regional NGO",
    "24": "partner country based NGO", "30": "public private partnership", "40": "multilateral",
    "60": "foundation", "70": "private sector", "71": "private sector in provider country",
    "72": "private sector in aid recipient country", "73": "private sector in third country",
    "80": "academic, training and research", "90": "other",
}  # fmt: skip
"""IATI OrganisationType."""
ORGANISATION_CODES = {word: code for code, word in ORGANISATIONS.items()}
GOVERNMENT = "government"

IN_DONOR = ("H02", "H03", "H04", "H05", "H06")
"""Aid types of what is spent on refugees and asylum seekers in a providing country (OECD DAC)."""
IN_DONOR_SECTOR = "93010"

ALPHA2 = {one.alpha2: code for code, one in states().items() if one.alpha2}
"""IATI's RecipientCountry (ISO 3166-1 alpha-2) → our code."""


def alpha2(code: str) -> str:
    """IATI's code of a state, "" where it has none."""
    found = states().get(code)
    return found.alpha2 if found else ""
