"""What the page of a plan shows: the answer, the parts, what the viewer may do now."""

from dataclasses import dataclass
from decimal import Decimal

from commonhaven.regime import Plan as Value
from commonhaven.regime import StatePart, answer
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import may
from commonhaven.web.plans import policy
from commonhaven.web.plans.models import Asked, Plan
from commonhaven.web.plans.queries import unhcr_opinion
from commonhaven.web.plans.talks import Part, Talk


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One state's row; ``pays``: under the moves in force."""

    part: StatePart
    pays: Decimal | None
    own: bool


def shown_rows(value: Value, talk: Talk, own: frozenset[str]) -> tuple[Shown, ...]:
    """The states with a part, the viewer's own first, then by people protected."""
    rows = [
        Shown(part=part, pays=pays_in(talk, part), own=part.state in own)
        for part in value.result.states
    ]
    kept = [r for r in rows if r.own or r.part.placed or r.part.present or r.pays]
    return tuple(sorted(kept, key=lambda r: (not r.own, -r.part.placed, r.part.state)))


def pays_in(talk: Talk, part: StatePart) -> Decimal | None:
    """What a state pays under the moves in force; None where it is neither assessed nor paid."""
    found = talk.part(part.state)
    if found is None or (part.money is None and not found.pays):
        return None
    return found.pays


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The sums under the table: those of the plan, whatever rows are shown."""

    present: int
    placed: int
    unplaced: int
    arrive: int
    permanent: int
    paid: Decimal
    received: Decimal


def sums(value: Value, talk: Talk) -> Sums:
    """Sums over all states, shown or not."""
    states = value.result.states
    pays = [part.pays for part in talk.parts]
    return Sums(
        present=sum(part.present for part in states),
        placed=sum(part.placed for part in states),
        unplaced=sum(part.unplaced for part in states),
        arrive=sum(part.arrive for part in states),
        permanent=sum(part.residual_places for part in states),
        paid=sum((each for each in pays if each > 0), Decimal(0)),
        received=-sum((each for each in pays if each < 0), Decimal(0)),
    )


def own_sentences(
    value: Value, talk: Talk, own: frozenset[str]
) -> list[tuple[str, tuple[str, ...], Part | None]]:
    """For each of the viewer's states with a part, what the plan and the talks mean for it."""
    return [
        (state, answer(value, state), talk.part(state))
        for state in sorted(own)
        if value.state(state) is not None
    ]


def acts(plan: Plan, seats: tuple[Seat, ...], *, moved: bool) -> dict[str, bool]:
    """What the viewer may do with a plan now, by name; ``moved``: whether a later plan follows."""
    is_live = plan.status == Plan.Status.TABLED and not moved
    asked = Asked.objects.filter(plan=plan).first()
    opinion = unhcr_opinion(plan)
    can = {
        "table": any(may(policy.may_table, s) for s in seats),
        "withdraw": any(may(policy.may_withdraw, s, plan) for s in seats),
        "move": any(may(policy.may_move, s) for s in seats),
        "opinion": any(may(policy.may_give_opinion, s) for s in seats),
        "ask": any(may(policy.may_ask, s) for s in seats),
    }
    tabled = plan.status == Plan.Status.TABLED
    return {
        "table": can["table"] and plan.status == "computed" and plan.purpose == "plan",
        "withdraw": can["withdraw"] and is_live,
        "move": can["move"] and is_live,
        "opinion": can["opinion"] and tabled,
        "ask": can["ask"] and is_live and asked is None and opinion is None,
        "note": can["ask"] and is_live and bool(asked and not asked.noted_at) and not opinion,
        "put": can["table"] and is_live,
    }
