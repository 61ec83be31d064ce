"""Who may set up a group, write its charter, consent to it, adopt it, and chair."""

from commonhaven.web.accounts.policy import must_administer, must_run, runs
from commonhaven.web.groups.models import CharterVersion
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Refused

__all__ = [
    "binds", "changes", "drafts", "may_bind", "may_change", "may_draft", "may_speak",
    "must_administer", "must_run", "runs", "speaks",
]  # fmt: skip
DRAFT = frozenset({"head of delegation", "delegate", "ministry focal point"})
BIND = frozenset({"head of delegation", "delegate"})
SPEAK = DRAFT | {"secretariat", "unhcr", "ngo", "treasurer"}


def drafts(seat: Seat) -> bool:
    """Whether the seat may write a draft: a member's, a founder's, the secretariat or the chair."""
    takes_part = seat.member or seat.standing == "founding"
    return runs(seat) or (seat.accepted and takes_part and seat.capacity in DRAFT)


def changes(seat: Seat, draft: CharterVersion) -> bool:
    """Whether the seat may change a draft: who brought it in, the secretariat and the chair."""
    return runs(seat) or (drafts(seat) and seat.party == draft.party)


def speaks(seat: Seat) -> bool:
    """Whether the seat may comment on a draft that it sees."""
    return seat.accepted and seat.capacity in SPEAK


def binds(seat: Seat) -> bool:
    """Whether the seat may declare its party's consent to be bound."""
    return seat.accepted and seat.capacity in BIND


def may_draft(seat: Seat) -> None:
    """Refused unless the seat may write a draft."""
    _accepted(seat)
    if not drafts(seat):
        fix = "Comment on a draft instead, or ask a delegation to bring it in."
        raise Refused("only members, the chair and the secretariat write drafts", fix=fix)


def may_change(seat: Seat, draft: CharterVersion) -> None:
    """Refused unless the seat wrote the draft, or is the secretariat's or the chair's."""
    may_draft(seat)
    if not changes(seat, draft):
        fix = "Comment on it, or start a draft of your own from it."
        raise Refused(
            "only who brought in a draft, the chair and the secretariat change it", fix=fix
        )


def may_speak(seat: Seat) -> None:
    """Refused unless the seat may comment."""
    _accepted(seat)
    if not speaks(seat):
        fix = "Delegations, UNHCR, NGOs and the secretariat do."
        raise Refused("analysts, observers and administrators act for no party", fix=fix)


def may_bind(seat: Seat) -> None:
    """Refused unless the seat may declare its party's position on a draft."""
    _accepted(seat)
    if not binds(seat):
        fix = "Ask your head of delegation or a delegate."
        raise Refused("a party's position is declared by its delegation", fix=fix)


def _accepted(seat: Seat) -> None:
    if not seat.accepted:
        fix = "The secretariat or the chair accepts them; until then you may read."
        raise Refused("your credentials have not been accepted yet", fix=fix)
