"""Who may put questions, vote, close, and report what is done."""

from commonhaven.parties import states
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.kit.templatetags.kit import party
from commonhaven.web.plans.policy import commits, may_table
from commonhaven.web.situations.policy import SPEAKS, accredited, runs_group

may_put = may_table
"""Whoever may table a proposal may put a question."""


def may_vote(seat: Seat) -> None:
    """Refused to whoever cannot commit a member state by a vote."""
    accredited(seat)
    if not commits(seat):
        raise Refused(
            "this seat has no vote",
            fix="A member votes by its head of delegation or a delegate.",
        )


def may_close(seat: Seat) -> None:
    """Refused to whoever is neither chair nor secretariat."""
    accredited(seat)
    if not runs_group(seat):
        raise Refused("the chair or the secretariat closes a vote", fix="Ask one of them.")


def may_withdraw(seat: Seat, decision: Decision) -> None:
    """Refused to whoever did not put the question and does not run the group."""
    may_put(seat)
    if seat.party != decision.party and not runs_group(seat):
        raise Refused("another party put this question", fix="That party may withdraw it.")


def may_report(seat: Seat, obligation: Obligation) -> None:
    """Refused to whoever does not speak for the party that owes.

    What the group or its fund owes, as any that is no state's, is reported by the secretariat or
    the treasurer.
    """
    accredited(seat)
    own = seat.party == obligation.party and seat.member and seat.capacity in SPEAKS
    common = obligation.party not in states()
    if not own and not (common and (runs_group(seat) or seat.capacity == "treasurer")):
        raise Refused(
            f"this is for {party(obligation.party)} to report",
            fix="A party reports what it has done itself; others confirm it.",
        )


def still_open(decision: Decision) -> None:
    """Conflict where the vote is over."""
    if decision.status != Decision.Status.OPEN:
        raise Conflict(
            f"decision {decision.number} is {decision.get_status_display().lower()}",
            fix="Put another question if the group wants to decide anew.",
        )
