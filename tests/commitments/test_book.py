"""A promise on its way: each step by the party whose step it is, and disputes on a clock."""

from datetime import date, timedelta

import pytest
from commitments_world import NGOS, PAPER, Story, draw, sent

from commonhaven.commitments import Book, Promise, Transfer


def promise(book: Book, giver: str = "FRA") -> Promise:
    return next(one for one in book.promises if one.giver == giver)


def transfer(book: Book, name: str) -> Transfer:
    return next(one for one in book.transfers if one.id == name)


def test_from_announced_to_verified() -> None:
    story = Story()
    gift = sent(story, 300)
    assert promise(story.book()).stage == "delivered"
    story.then("received", by="GHA", of=gift, quantity=300)
    story.then("verified", by="UNHCR", of=gift, quantity=200)
    found = promise(story.book())
    assert [str(getattr(found, name)) for name in ("announced", "received", "verified")] == [
        "300.00 USD", "300.00 USD", "200.00 USD",
    ]  # fmt: skip
    assert found.stage == "received"
    assert not story.book().refused


def test_an_announcement_is_no_help() -> None:
    story = Story()
    story.then("announced", by="FRA", giver="FRA", quantity=600)
    found = promise(story.book())
    assert (found.stage, found.delivered.value, found.received.value) == ("announced", 0, 0)


def test_the_receiver_turns_its_own_key() -> None:
    story = Story()
    gift = sent(story, 300)
    story.then("received", by="FRA", of=gift, quantity=300)
    assert story.refused() == "only GHA can say that it received this"
    story.then("received", by="GHA", of=gift, quantity=301)
    assert "not yet received" in story.refused()


@pytest.mark.parametrize(
    ("by", "why"), [("FRA", "does not verify"), ("IOM", "does not verify"), ("UNHCR", "")]
)
def test_who_verifies(by: str, why: str) -> None:
    story = Story()
    gift = sent(story, 300)
    story.then("received", by="GHA", of=gift, quantity=300)
    story.then("verified", by=by, of=gift, quantity=1)
    assert why in story.refused() if why else not story.book().refused


def test_nobody_verifies_what_went_through_its_own_hands() -> None:
    story = Story()
    gift = sent(story, 300, to="UNHCR")
    story.then("received", by="UNHCR", of=gift, quantity=300)
    onward = story.then("passed on", by="UNHCR", to="GHA", quantity=100, draws=draw(gift, 100))
    story.then("received", by="GHA", of=onward, quantity=100)
    story.then("verified", by="UNHCR", of=onward, quantity=100)
    assert story.refused() == "UNHCR had a hand in it"
    story.then("verified", by=NGOS, of=onward, quantity=100)
    assert transfer(story.book(), onward).verified.value == 100


def test_what_passes_through_several_hands_counts_once() -> None:
    story = Story()
    gift = sent(story, 300, to="UNHCR")
    story.then("received", by="UNHCR", of=gift, quantity=300)
    onward = story.then("passed on", by="UNHCR", to="GHA", quantity=250, draws=draw(gift, 250))
    story.then("received", by="GHA", of=onward, quantity=200)
    book = story.book()
    assert promise(book).delivered.value == promise(book).received.value == 300
    assert transfer(book, gift).held.value == 50
    assert transfer(book, onward).on_the_way.value == 50
    story.then("passed on", by="UNHCR", to="GHA", quantity=51, draws=draw(gift, 51))
    assert story.refused() == f"of {gift}, UNHCR does not hold so much"


def test_nobody_delivers_more_than_it_signed() -> None:
    story = Story()
    story.then("announced", by="FRA", giver="FRA", quantity=600)
    story.then("committed", by="FRA", giver="FRA", quantity=100)
    story.then("delivered", by="FRA", giver="FRA", quantity=101, to="GHA")
    assert "more of money than it has signed" in story.refused()


def test_signing_more_than_was_announced_announces_it() -> None:
    story = Story()
    story.then("committed", by="FRA", giver="FRA", quantity=100)
    found = promise(story.book())
    assert found.announced == found.committed
    assert found.stage == "committed"


def test_partners_answer_for_their_own_share() -> None:
    story = Story()
    story.then("announced", by="FRA", giver="FRA", quantity=601)
    assert "more than its share" in story.refused()
    story.then("announced", by="FRA", giver="DEU", quantity=1)
    assert story.refused() == "FRA cannot say this for DEU"
    story.then("announced", by="IOM", giver="DEU", quantity=1, evidence=())
    assert story.refused() == "IOM cannot say this for DEU"
    story.then("announced", by="IOM", giver="DEU", quantity=1, evidence=PAPER)
    assert promise(story.book(), "DEU").announced.value == 1


def test_withdrawn_with_a_reason_and_never_what_was_delivered() -> None:
    story = Story()
    sent(story, 300)
    story.then("announced", by="FRA", giver="FRA", quantity=100)
    story.then("withdrawn", by="FRA", giver="FRA", quantity=100)
    assert story.refused() == "a promise is withdrawn without a reason"
    story.then("withdrawn", by="FRA", giver="FRA", quantity=101, says="budget")
    assert "undelivered" in story.refused()
    story.then("withdrawn", by="FRA", giver="FRA", quantity=100, says="budget")
    story.then("announced", by="FRA", giver="FRA", quantity=201)
    assert "more than its share" in story.refused()
    found = promise(story.book())
    assert (found.announced.value, found.withdrawn.value, found.released.value) == (300, 100, 0)


def test_a_dispute_that_is_answered_stays_open_until_it_is_settled() -> None:
    story = Story()
    gift = sent(story, 300)
    doubt = story.then("disputed", by="GHA", of=gift, quantity=120, says="180 came")
    story.then("received", by="GHA", of=gift, quantity=181)
    assert "not yet received" in story.refused()
    story.then("replied", by="FRA", of=doubt, says="bank advice of 3 January")
    story.wait(60)
    assert promise(story.book()).delivered.value == 300
    assert promise(story.book()).disputed.value == 120
    story.then("settled", by="FRA", of=doubt, outcome="dropped")
    assert story.refused() == "FRA cannot end it so"
    story.then("settled", by="GHA", of=doubt, outcome="dropped")
    story.then("received", by="GHA", of=gift, quantity=300)
    assert promise(story.book()).received.value == 300


def test_a_dispute_without_a_reply_is_upheld_on_the_day() -> None:
    story = Story()
    gift = sent(story, 300)
    doubt = story.then("disputed", by="GHA", of=gift, quantity=120, says="180 came")
    opened = story.at
    last = opened + timedelta(days=30)
    assert promise(story.book(last)).delivered.value == 300
    later = story.book(last + timedelta(seconds=1))
    assert promise(later).delivered.value == 180
    assert later.disputes[0].ended == "upheld by silence"
    assert later.disputes[0].ended_at == last
    story.wait(31)
    story.then("replied", by="FRA", of=doubt, says="too late")
    assert story.refused() == f"the dispute {doubt} has ended"
    story.then("delivered", by="FRA", giver="FRA", quantity=120, to="GHA")
    assert promise(story.book()).delivered.value == 300


def test_an_upheld_dispute_gives_back_what_was_never_passed_on() -> None:
    story = Story()
    gift = sent(story, 300, to="UNHCR")
    story.then("received", by="UNHCR", of=gift, quantity=300)
    onward = story.then("passed on", by="UNHCR", to="GHA", quantity=250, draws=draw(gift, 250))
    doubt = story.then("disputed", by="GHA", of=onward, quantity=250, says="nothing came")
    story.then("settled", by="UNHCR", of=doubt, outcome="upheld")
    book = story.book()
    assert transfer(book, gift).held.value == 300
    assert transfer(book, onward).delivered.value == 0
    assert promise(book).delivered.value == 300


def test_what_was_verified_is_doubted_before_what_was_received() -> None:
    story = Story()
    gift = sent(story, 300)
    receipt = story.then("received", by="GHA", of=gift, quantity=300)
    finding = story.then("verified", by="UNHCR", of=gift, quantity=300)
    story.then("disputed", by=NGOS, of=receipt, quantity=10, says="not seen")
    assert "is not open to doubt" in story.refused()
    doubt = story.then("disputed", by=NGOS, of=finding, quantity=10, says="not seen")
    story.then("settled", by="UNHCR", of=doubt, outcome="upheld")
    found = promise(story.book())
    assert (found.received.value, found.verified.value) == (300, 290)


def test_instalments_are_met_in_order_and_divided_by_share() -> None:
    story = Story()
    for giver, whole in (("FRA", 600), ("DEU", 401)):
        story.then("committed", by=giver, giver=giver, quantity=whole)
    story.then("delivered", by="FRA", giver="FRA", quantity=350, to="GHA")
    dues = {(due.giver, due.instalment): due for due in story.book().dues}
    assert {key: str(due.quantity) for key, due in dues.items() if key[0] != "CAN"} == {
        ("FRA", "one"): "299.70 USD", ("FRA", "two"): "300.30 USD",
        ("DEU", "one"): "200.30 USD", ("DEU", "two"): "200.70 USD",
    }  # fmt: skip
    assert dues["FRA", "one"].missing.value == 0
    assert str(dues["FRA", "two"].missing) == "250.00 USD"
    assert str(dues["DEU", "one"].missing) == "200.30 USD"


def test_a_postponed_instalment_keeps_its_first_day_in_sight() -> None:
    story = Story()
    story.then("postponed", by="FRA", instalment="one", until=date(2026, 5, 1))
    assert story.refused() == "FRA cannot grant more time"
    story.then("postponed", by="GHA", instalment="one", until=date(2026, 5, 1))
    due = next(due for due in story.book().dues if due.instalment == "one")
    assert (due.first_due, due.due) == (date(2026, 3, 1), date(2026, 5, 1))


def test_the_book_of_an_earlier_day_is_what_it_was() -> None:
    story = Story()
    gift = sent(story, 300)
    then = story.at
    before = story.book()
    story.wait(10)
    story.then("received", by="GHA", of=gift, quantity=300)
    assert story.book(then) == before


def test_an_act_that_came_twice_counts_once() -> None:
    story = Story()
    sent(story, 100)
    story.acts.append(story.acts[-1])
    assert story.book().refused[-1].why.startswith("there is an act act-2 already")
    assert promise(story.book()).delivered.value == 100


def test_the_receiver_or_the_secretariat_enters_a_delivery_with_evidence() -> None:
    story = Story()
    story.then("committed", by="FRA", giver="FRA", quantity=600)
    story.then("delivered", by="GHA", giver="FRA", quantity=100, to="GHA")
    story.then("delivered", by="IOM", giver="FRA", quantity=50, to="GHA")
    assert promise(story.book()).delivered.value == 150
    story.then("delivered", by="GHA", giver="FRA", quantity=1, to="GHA", evidence=())
    assert story.refused() == "GHA cannot say this for FRA"
    story.then("delivered", by="GHA", giver="FRA", quantity=1, to="FRA")
    assert story.refused() == "it does not say to whom"
    story.then("delivered", by="FRA", giver="FRA", quantity=1, to="FRA")
    assert story.refused() == "it does not say to whom"


def test_more_time_is_added_to_a_day_that_was_granted_never_taken() -> None:
    story = Story()
    story.then("postponed", by="GHA", instalment="one", until=date(2026, 5, 1))
    for day in (date(2026, 4, 1), date(2026, 5, 1)):
        story.then("postponed", by="GHA", instalment="one", until=day)
        assert story.refused() == "an instalment is postponed to no later day"
    story.then("postponed", by="GHA", instalment="one", until=date(2026, 5, 2))
    due = next(due for due in story.book().dues if due.instalment == "one")
    assert due.due == date(2026, 5, 2)


def test_a_promise_without_instalments_can_be_given_more_time() -> None:
    story = Story()
    story.then("postponed", commitment="places", by="GHA", instalment="all",
               until=date(2027, 1, 31))  # fmt: skip
    due = next(due for due in story.book().dues if due.commitment == "places")
    assert (due.first_due, due.due) == (date(2026, 12, 31), date(2027, 1, 31))


def test_what_comes_meets_what_is_due_first_now() -> None:
    story = Story()
    story.then("postponed", by="GHA", instalment="one", until=date(2026, 12, 1))
    for kind in ("committed", "delivered"):
        story.then(kind, by="FRA", giver="FRA", quantity="300.30", to="GHA")
    story.then("announced", by="FRA", giver="FRA", quantity="299.70")
    missing = {due.instalment: str(due.missing) for due in story.book().dues if due.giver == "FRA"}
    assert missing == {"two": "0.00 USD", "one": "299.70 USD"}
