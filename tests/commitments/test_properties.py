"""Whatever is done in whatever order: a promise is not a delivery, and nothing counts twice."""

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from commitments_world import NGOS, PAPER, SETTING, START, Story
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.commitments import Act, Book, Deduction, Draw, Pool, all_together, book, together

SLOW = settings(deadline=None)

PARTIES = ("FRA", "DEU", "CAN", "GHA", "UNHCR", "UNICEF", NGOS, "IOM")
KINDS = (
    "announced", "committed", "committed", "delivered", "delivered", "delivered", "passed on",
    "passed on", "received", "received", "received", "verified", "verified", "withdrawn",
    "postponed", "disputed", "disputed", "replied", "settled",
)  # fmt: skip
NAMES = st.integers(0, 25).map(lambda n: f"act-{n}")


@st.composite
def acts(draw: Any) -> list[Act]:
    """Acts that are mostly likely to be taken, and some that are nonsense."""
    found, hours = [], 0
    hands: list[tuple[str, str, str, int]] = []
    for n in range(draw(st.integers(1, 26))):
        hours += draw(st.sampled_from((1, 1, 24, 24 * 31)))
        kind, amount = draw(st.sampled_from(KINDS)), draw(st.integers(1, 60))
        commitment = draw(st.sampled_from(("money", "places")))
        giver = draw(st.sampled_from(("FRA", "DEU"))) if commitment == "money" else "CAN"
        by, to = giver, draw(st.sampled_from(PARTIES))
        of = draw(NAMES)
        draws: tuple[Draw, ...] = ()
        if kind in {"passed on", "received", "verified"} and hands:
            of, commitment, by, size = draw(st.sampled_from(hands))
            amount = draw(st.sampled_from((size, amount)))
            if kind == "verified":
                by = draw(st.sampled_from(("UNHCR", NGOS)))
            draws = (Draw(transfer=of, quantity=Fraction(amount)),)
        if kind in {"disputed", "replied", "settled"} or draw(st.integers(0, 9)) == 0:
            by = draw(st.sampled_from(PARTIES))
        found.append(
            Act(id=f"act-{n}", kind=kind, commitment=commitment, at=START + timedelta(hours=hours),
                by=by, giver=giver, quantity=Fraction(amount), of=of, to=to, draws=draws,
                evidence=PAPER, says="a reason",
                outcome=draw(st.sampled_from(("upheld", "dropped"))),
                decision=draw(st.sampled_from(("", "", "D/1"))))
        )  # fmt: skip
        if kind in {"delivered", "passed on"}:
            hands.append((f"act-{n}", commitment, to, amount))
    return found


def after(done: list[Act], days: int = 0) -> Book:
    at = max((act.at for act in done), default=START) + timedelta(days=days)
    return book(Story().commitments, done, at, SETTING)


@SLOW
@given(acts())
def test_each_stage_is_within_the_one_before(done: list[Act]) -> None:
    for n in range(len(done) + 1):
        for one in after(done[:n]).promises:
            stages = (one.verified, one.received, one.delivered, one.committed, one.announced)
            assert all(a <= b for a, b in pairwise(stages))
            assert one.announced + one.withdrawn + one.released <= one.promised


@SLOW
@given(acts())
def test_first_hand_deliveries_are_the_help_given_whatever_is_passed_on(done: list[Act]) -> None:
    found = after(done)
    for one in found.promises:
        mine = [t for t in found.transfers
                if t.first and (t.commitment, t.giver) == (one.commitment, one.giver)]  # fmt: skip
        for level in ("delivered", "received", "verified"):
            assert getattr(one, level).value == sum(getattr(t, level).value for t in mine)


@SLOW
@given(acts())
def test_what_came_is_held_or_on_the_way_once(done: list[Act]) -> None:
    """What first hands confirmed = what all hold + what is between hands, nothing twice."""
    found = after(done, 40)
    received: dict[str, Fraction] = defaultdict(Fraction)
    spread: dict[str, Fraction] = defaultdict(Fraction)
    for one in found.transfers:
        assert 0 <= one.passed_on.value <= one.received.value <= one.delivered.value
        spread[one.commitment] += one.held.value
        if one.first:
            received[one.commitment] += one.received.value
        else:
            spread[one.commitment] += one.on_the_way.value
    assert received == {name: n for name, n in spread.items() if n or name in received}


@SLOW
@given(acts())
def test_nobody_confirms_its_own_gift_or_verifies_what_it_handled(done: list[Act]) -> None:
    found = after(done)
    refused = {id(refusal.act) for refusal in found.refused}
    by_id = {one.id: one for one in found.transfers}
    for act in done:
        if id(act) not in refused and act.kind == "received":
            assert act.by == by_id[act.of].receiver != by_id[act.of].sender
        if id(act) not in refused and act.kind == "verified":
            one = by_id[act.of]
            assert act.by in SETTING.verifiers - {one.sender, one.receiver, one.giver}


@SLOW
@given(acts(), st.integers(0, 600), st.integers(0, 200))
def test_the_four_numbers_reconcile(done: list[Act], share: int, lifted: int) -> None:
    """Every step has a reason, and state by state and in all they lead from share to delivered."""
    deductions = (
        (Deduction(state="FRA", quantity=Fraction(min(share, lifted)), decision="D/2", reason="r"),)
        if min(share, lifted)
        else ()
    )
    worth = {"USD": Fraction(1, 3), "people": Fraction(7)}
    pool = Pool(id="", unit="points", worth=worth, deductions=deductions,
                shares={"FRA": Fraction(share), "CAN": Fraction(20)})  # fmt: skip
    found = after(done)
    stairs = together(pool, found, found.at.date())
    whole = all_together(pool, stairs)
    assert whole.delivered == sum(
        (pool.value(p.delivered.value, p.delivered.unit) for p in found.promises), Fraction(0)
    )
    for one in (*stairs, whole):
        down = one.fair_share + sum(step.change for step in one.to_pledged)
        assert down == one.pledged
        assert down + sum(step.change for step in one.to_after) == one.after_deductions
        assert one.delivered <= one.after_deductions <= one.pledged
        assert all(step.reason and step.change for step in (*one.to_after, *one.to_delivered))


@SLOW
@given(acts())
def test_what_is_refused_changes_nothing(done: list[Act]) -> None:
    found = after(done)
    refused = {id(refusal.act) for refusal in found.refused}
    taken = [act for act in done if id(act) not in refused]
    again = after(taken) if taken and taken[-1].at == done[-1].at else None
    if again is not None:
        assert again.promises == found.promises
        assert again.transfers == found.transfers
