"""Everything that is done to groups and charters, by the name that other slices call."""

from commonhaven.web.groups.adoption import adopt_charter, consent, deposit_consent
from commonhaven.web.groups.chairing import hand_over, seat_chair
from commonhaven.web.groups.drafting import (
    For,
    comment,
    draft_charter,
    revise_charter,
    withdraw_charter,
)
from commonhaven.web.groups.founding import Frame, create_group, make_caucus, set_frame

__all__ = [
    "For",
    "Frame",
    "adopt_charter",
    "comment",
    "consent",
    "create_group",
    "deposit_consent",
    "draft_charter",
    "hand_over",
    "make_caucus",
    "revise_charter",
    "seat_chair",
    "set_frame",
    "withdraw_charter",
]
