"""Who may compute, table, move and give an opinion on plans."""

from dataclasses import replace

from commonhaven.web.kit.audience import Audience, Item, Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.queries import stands_at
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.policy import (
    accredited,
    narrower,
    no_wider,
    runs_group,
    sooner,
    speaks_for_member,
)

CONSULTED = "organisation with consultative status"
VOTES = frozenset({"head of delegation", "delegate"})
"""Capacities in which a person commits a state: by a vote or a move."""


def may_compute(seat: Seat) -> None:
    """Refused to whoever may not compute plans for the group."""
    accredited(seat)
    if not (speaks_for_member(seat) or runs_group(seat) or seat.capacity == "unhcr"):
        raise Refused(
            "this seat computes no plans for the group",
            fix="Members, UNHCR and the secretariat do. Anyone can use the page Try it.",
        )


def may_table(seat: Seat) -> None:
    """Refused to whoever may not lay a proposal before a meeting."""
    accredited(seat)
    if not (commits(seat) or runs_group(seat)):
        raise Refused(
            "this seat tables no proposals",
            fix="Heads of delegation and delegates of members, the chair and the secretariat do.",
        )


def may_withdraw(seat: Seat, plan: Plan) -> None:
    """Refused to whoever did not table the plan."""
    may_table(seat)
    if seat.party != (plan.tabled_by or plan.party):
        raise Refused("another party tabled this plan", fix="Whoever tabled it may withdraw it.")


def commits(seat: Seat) -> bool:
    """Whether the seat can commit a member state."""
    return seat.member and seat.capacity in VOTES


def may_move(seat: Seat) -> None:
    """Refused to whoever cannot commit a state: a move is always of the seat's own state."""
    accredited(seat)
    if not commits(seat):
        raise Refused(
            "this seat makes no moves in the talks",
            fix="A state's head of delegation or delegate moves its part, and nobody else.",
        )


def may_give_opinion(seat: Seat) -> None:
    """Refused to whoever gives no opinions: members vote, the secretariat serves, observers watch.

    UNHCR assesses every plan, and lead organisations "might be granted the kind of consultative
    status afforded NGOs within the UN system" (Hathaway and Neve 1997, pp. 177, 197-98). To be
    heard on a plan is what that status gives; of observers the proposal says nothing, and here as
    elsewhere their seats read.
    """
    accredited(seat)
    consulted = seat.capacity == "ngo" and seat.standing == CONSULTED
    if not (consulted or seat.capacity == "unhcr"):
        raise Refused(
            "this seat gives no opinion on plans",
            fix="UNHCR and organisations with consultative status do.",
        )


def may_ask(seat: Seat) -> None:
    """Refused to whoever is neither secretariat nor chair."""
    accredited(seat)
    if not runs_group(seat):
        raise Refused("this is for the secretariat or the chair", fix="Ask one of them.")


def live(plan: Plan) -> None:
    """Conflict where a plan is not before a meeting, was moved on, or is being voted on."""
    if plan.status != Plan.Status.TABLED:
        raise Conflict(
            f"plan {plan.number} is {plan.get_status_display().lower()}, not before a meeting",
            fix="Table it first, or look for the plan that is.",
        )
    later = stands_at(plan)
    if later is not None:
        raise Conflict(
            f"another move was made on plan {plan.number} meanwhile: it is plan {later.number} now",
            fix="Look at that plan and move there.",
        )
    number = plan.decisions.filter(status="open").values_list("number", flat=True).first()
    if number is not None:
        raise Conflict(
            f"plan {plan.number} is being voted on in decision {number}",
            fix="Wait until it is closed, or have it withdrawn.",
        )


def placing_for(plan: Plan, meeting: Meeting) -> Placing:
    """Where a tabled plan is shown: where the meeting is, no wider or sooner than its situation.

    What is public already stays so. Raises Conflict where the meeting is one caucus's and the
    situation another's.
    """
    if plan.audience == Audience.PUBLIC:
        return Placing.of(plan)
    item: Item = narrower(meeting, plan.situation)
    placing, kept = Placing.of(item), plan.situation
    if kept.audience != Audience.PUBLIC and sooner(placing.release_at, kept.release_at):
        placing = replace(placing, release_at=kept.release_at)
    no_wider(placing, than=kept, what="the situation")
    return placing
