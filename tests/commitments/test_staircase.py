"""Four numbers and a reason for every step, and the EU's pool of 2026 as the case in point."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from commitments_world import Story

from commonhaven.commitments import (
    Deduction,
    Pool,
    Staircase,
    Step,
    all_together,
    book,
    read_book,
    shipped,
    staircase,
    together,
)
from commonhaven.reading import Problem

TODAY = date(2026, 4, 1)


def pool(share: int, *deductions: Deduction) -> Pool:
    shares = {"FRA": Fraction(share)}
    return Pool(
        id="", unit="USD", shares=shares, deductions=deductions, worth={"people": Fraction()}
    )


def lifted(quantity: int, decision: str = "D/1") -> Deduction:
    return Deduction(state="FRA", quantity=Fraction(quantity), decision=decision, reason="drought")


def steps(found: tuple[Step, ...]) -> dict[str, Fraction]:
    return {step.reason: step.change for step in found}


def france(story: Story, one: Pool) -> Staircase:
    return staircase(one, "FRA", story.book(), TODAY)


def test_a_reason_for_every_step() -> None:
    story = Story()
    for kind, amount in (("announced", 500), ("committed", 300), ("delivered", 100)):
        story.then(kind, by="FRA", giver="FRA", quantity=amount, to="GHA")
    story.then("withdrawn", by="FRA", giver="FRA", quantity=40, says="budget")
    story.then("withdrawn", by="FRA", giver="FRA", quantity=60, says="drought", decision="D/9")
    found = france(story, pool(700, lifted(150)))
    assert (found.fair_share, found.pledged, found.after_deductions, found.delivered) == (
        700, 500, 440, 100,
    )  # fmt: skip
    assert steps(found.to_pledged) == {"drought": -150, "not pledged": -50}
    assert steps(found.to_after) == {"released by decision": -60}
    assert steps(found.to_delivered) == {
        "withdrawn by the giver": -40, "overdue": Fraction("-199.70"),
        "announced, not signed": -100, "signed, not due yet": Fraction("-0.30"),
    }  # fmt: skip


def test_a_deduction_without_a_decision_is_refused() -> None:
    with pytest.raises(Problem, match="names no decision"):
        lifted(10, decision=" ")


def test_nobody_is_relieved_of_more_than_its_share() -> None:
    with pytest.raises(Problem, match="its share is 100"):
        pool(100, lifted(60), lifted(50, "D/2"))


def test_a_unit_without_a_worth_is_not_guessed() -> None:
    one = Pool(id="", unit="relocations", shares={"FRA": Fraction(5)})
    story = Story()
    story.then("announced", by="FRA", giver="FRA", quantity=600)
    with pytest.raises(Problem, match="USD has no worth in relocations"):
        france(story, one)


def test_the_pool_of_2026_from_21000_to_962() -> None:
    """RULES A6: 21,000 announced; shares of DEU and FRA; 962 relocations and EUR 74.66 million."""
    file = read_book("eu-pool-2026")
    assert file.pool is not None
    one = file.pool.pool()
    found = book(file.commitments, file.acts, datetime(2026, 6, 1, tzinfo=UTC), file.setting())
    assert not found.refused
    assert (one.shares["DEU"], one.shares["FRA"]) == (4555, 3361)
    whole = all_together(one, together(one, found, date(2026, 6, 1)))
    assert (whole.reference, whole.fair_share) == (21000, 21016)
    reasons = steps(whole.to_pledged)
    benefits = reasons["benefits from the pool and is not obliged to implement"]
    assert benefits == -5242
    assert Fraction(75, 100) == round(1 + benefits / whole.fair_share, 2)
    assert reasons["adjusted to nought: significant migratory situation"] == -2474
    assert reasons["not pledged: no pledge on record"] == -555
    assert whole.pledged == 962 + 74_660_000 // 20_000
    assert (whole.delivered, whole.verified) == (0, 0)
    assert steps(whole.to_delivered) == {"announced, not signed": -whole.pledged}
    assert all(step.decision for step in whole.to_pledged if "pledged" not in step.reason)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_what_ships_reads_and_refuses_nothing(name: str) -> None:
    file = read_book(name)
    late = datetime(2030, 1, 1, tzinfo=UTC)
    assert not book(file.commitments, file.acts, late, file.setting()).refused


def test_a_book_that_is_not_there_says_what_ships() -> None:
    with pytest.raises(Problem, match="eu-pool-2026"):
        read_book("eu-pool-2062")
