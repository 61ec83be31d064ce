"""Who may do what at a meeting. Reading is the audience's affair (kit/audience.py)."""

from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Refused
from commonhaven.web.meetings.models import Meeting

PASSIVE = frozenset({"analyst", "observer", "administrator"})
"""Capacities that never act for a party."""
BINDING = frozenset({"head of delegation", "delegate"})
"""Capacities in which a person binds a member; a focal point calls, attends and answers."""
CALL = "request"
"""The act by which a meeting is called, whatever a procedure names it."""
PRESENCE = frozenset({"attend", "leave", "return"})
"""Acts by which a party is there or not; in a room they are done by coming and going."""
ANSWERING = PRESENCE | {CALL, "reply"}
RUNS = "The chair or the secretariat does it."


def runs(seat: Seat) -> bool:
    """Whether the seat runs meetings: the chair's, or the secretariat's."""
    return acts(seat) and seat.keeps


def acts(seat: Seat) -> bool:
    """Whether the seat acts for its party at all."""
    return seat.accepted and seat.capacity not in PASSIVE and seat.standing != ""


def may_act(seat: Seat) -> None:
    """Refused where the seat does not act for a party of the group."""
    if seat.capacity in PASSIVE:
        said = f"a seat as {seat.capacity} reads and does not act for {seat.party}"
        raise Refused(said, fix="A delegate of the party does it.")
    if not seat.accepted:
        fix = "The secretariat or the chair accepts them."
        raise Refused(f"the credentials of this seat for {seat.party} are not accepted", fix=fix)
    if not seat.standing:
        fix = "A charter in force names members and participants."
        raise Refused(f"{seat.party} has no part in the group", fix=fix)


def may_run(seat: Seat) -> None:
    """Refused for whoever is neither in the chair nor in the secretariat."""
    may_act(seat)
    if not runs(seat):
        raise Refused(f"{seat.party} does not run this meeting", fix=RUNS)


def may_propose(seat: Seat) -> None:
    """Refused for participants that have no proposal to make: members and secretariat have."""
    may_act(seat)
    if not (seat.member or seat.standing == "secretariat" or runs(seat)):
        fix = "Organisations and observers hand in documents and take the floor."
        raise Refused(f"{seat.party} speaks, and leaves proposals to the members", fix=fix)


def may_take_position(seat: Seat) -> None:
    """Refused for whoever does not speak for a member."""
    may_act(seat)
    if not seat.member:
        raise Refused(f"{seat.party} is not a member", fix="Members take positions.")


def may_answer_for(seat: Seat, party: str) -> None:
    """Refused where a party's affair is done by somebody else than itself, chair or secretariat."""
    may_act(seat)
    if seat.party != party and not runs(seat):
        raise Refused(f"{seat.party} cannot act for {party}", fix=f"{party}, or: {RUNS}")


def own(seat: Seat, party: str) -> None:
    """Refused where the seat is not the party's own; nobody speaks for another party."""
    may_act(seat)
    if seat.party != party:
        raise Refused(f"this is {party}'s, not {seat.party}'s", fix=f"{party} does it.")


def may_follow(seat: Seat, kind: str, roles: tuple[str, ...], meeting: Meeting) -> None:
    """Refused where a procedure gives an act to chair and secretariat, and the seat is neither.

    The engine knows parties; that a delegate of the secretariat's organisation does not run the
    meeting is known here, and that a treasurer or a focal point does not bind a member.
    """
    may_act(seat)
    may = BINDING if kind not in ANSWERING else BINDING | {"ministry focal point"}
    if seat.member and not seat.keeps and seat.capacity not in may:
        fix = "Its head of delegation or a delegate does it."
        raise Refused(f"a seat as {seat.capacity} does not bind {seat.party}", fix=fix)
    others = set(roles) - {"chair", "secretariat"}
    initiated = others == {"initiator"} and meeting.party == seat.party
    if others - {"initiator"} or initiated or runs(seat):
        return
    raise Refused(f"{seat.party} does not run this meeting", fix=RUNS)
