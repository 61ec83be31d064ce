"""Who scores good faith, who brings evidence, who replies. Reading is the audience's affair."""

from commonhaven.web.commitments.policy import may_act
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.kit.saying import party_name
from commonhaven.web.situations.policy import speaks_for_member

CONSULTED = "organisation with consultative status"


def scores(seat: Seat) -> bool:
    """Whether the seat is UNHCR's own; the secretariat serves the group and scores nobody."""
    return seat.accepted and seat.capacity == "unhcr" and bool(seat.standing)


def may_score(seat: Seat) -> None:
    """Refused to whoever does not speak for UNHCR."""
    may_act(seat)
    if not scores(seat):
        raise Refused(
            "only UNHCR assesses good faith",
            fix="Organisations with consultative status bring evidence; a state replies.",
        )


def brings(seat: Seat) -> bool:
    """Whether the seat brings evidence: an organisation's with consultative status."""
    return seat.accepted and seat.capacity == "ngo" and seat.standing == CONSULTED


def may_bring(seat: Seat) -> None:
    """Refused to whoever is no organisation with consultative status."""
    may_act(seat)
    if not brings(seat):
        raise Refused(
            "this seat brings no evidence on good faith",
            fix="Organisations with consultative status do; UNHCR enters findings.",
        )


def replies(seat: Seat, state: str) -> bool:
    """Whether the seat replies for a state."""
    return seat.accepted and speaks_for_member(seat) and seat.party == state


def may_reply(seat: Seat, state: str) -> None:
    """Refused to whoever does not speak for the state."""
    may_act(seat)
    if not replies(seat, state):
        raise Refused(
            f"the reply is for {party_name(state)} to give", fix="Its delegation gives it."
        )


def in_status(row: Assessment, *allowed: str) -> None:
    """Conflict where the assessment has not come so far, or is past it."""
    if row.status not in allowed:
        raise Conflict(
            {
                "draft": "the assessment is not published yet",
                "published": "the assessment is published and not closed",
                "closed": "the assessment is closed",
                "withdrawn": "the assessment was withdrawn",
            }[row.status],
            where=row.title, fix="See its page for what can be done now.",
        )  # fmt: skip
