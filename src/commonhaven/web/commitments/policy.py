"""Who may promise, take steps, state and review needs, and match."""

from commonhaven.commitments import Act
from commonhaven.commitments import Commitment as Value
from commonhaven.web.commitments.models import Match, Need
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.situations.policy import SPEAKS, accredited, runs_group

ACTS = SPEAKS | {"treasurer", "unhcr", "secretariat", "ngo"}
"""Capacities in which a person binds its party; analysts, observers, administrators read."""
OWN = frozenset({"announced", "committed", "delivered", "withdrawn"})
"""Steps that the giver takes itself; secretariat and receiver may enter them with evidence."""


def may_act(seat: Seat) -> None:
    """Refused to whoever binds no party of the group."""
    accredited(seat)
    if seat.capacity not in ACTS or not seat.standing:
        raise Refused(
            "this seat binds no party",
            fix="Delegations, UNHCR, the secretariat, treasurers and organisations promise and "
            "confirm.",
        )


def keeps_book(seat: Seat) -> bool:
    """Whether the seat enters for givers what they tell it: the secretariat's."""
    return seat.capacity == "secretariat"


def may_promise(seat: Seat, value: Value) -> None:
    """Refused where a seat would enter a promise that none of its own party makes."""
    may_act(seat)
    if seat.party not in value.givers and not keeps_book(seat):
        raise Refused(
            f"{seat.party} gives nothing in it",
            fix="A giver enters a promise, or the secretariat does for it.",
        )


def may_step(seat: Seat, act: Act) -> None:
    """Refused where the seat may not take such a step at all; the book knows the rest."""
    may_act(seat)
    if act.kind == "verified" and seat.capacity not in {"unhcr", "ngo"}:
        raise Refused(
            "this seat does not verify",
            fix="UNHCR and organisations with consultative status do.",
        )
    if act.decision and not runs_group(seat):
        raise Refused(
            "only the chair or the secretariat carries out a decision of the group",
            fix="Ask one of them.",
        )


def may_state(seat: Seat, party: str) -> None:
    """Refused where a seat would state another party's need."""
    may_act(seat)
    if seat.party != party:
        raise Refused(f"this need is {party}'s", fix="A party states and changes its own needs.")


def may_review(seat: Seat, need: Need) -> None:
    """Refused to whoever neither runs the group nor speaks for UNHCR, and to the party itself."""
    may_act(seat)
    if not runs_group(seat) and seat.capacity != "unhcr":
        raise Refused(
            "this seat does not review needs", fix="The secretariat, the chair and UNHCR do."
        )
    if seat.party == need.party:
        raise Refused("nobody reviews its own need", fix="Let another review it.")


def may_match(seat: Seat, value: Value, need: Need) -> None:
    """Refused to whoever is on neither side and does not run the group."""
    may_act(seat)
    if seat.party not in {*value.givers, need.party} and not runs_group(seat):
        raise Refused(
            f"{seat.party} is on neither side",
            fix="A giver, who states the need, or the secretariat proposes a match.",
        )


def may_answer(seat: Seat, value: Value, match: Match) -> None:
    """Refused to whoever is on neither side."""
    may_act(seat)
    if seat.party not in {*value.givers, match.need.party}:
        raise Refused(
            f"{seat.party} is on neither side", fix="A giver and who states the need answer."
        )


def in_status(need: Need, *allowed: str) -> None:
    """Conflict where a need's status does not allow the act."""
    if need.status not in allowed:
        raise Conflict(
            f"the need is {need.get_status_display().lower()}",
            fix="See its page for what can be done now.",
        )
