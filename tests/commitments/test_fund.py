"""A fund's books: they balance after anything, and nothing is granted that is only announced."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.commitments.fund import (
    Account,
    BudgetLine,
    Entry,
    FundAct,
    FundState,
    Keeping,
    fund,
    funded,
    levels,
    statement,
)
from commonhaven.costs import Rate, money
from commonhaven.reading import Problem

START = datetime(2026, 1, 1, tzinfo=UTC)
RULES = Keeping(
    currency="USD", members=frozenset({"GHA", "FRA", "DEU"}), keepers=frozenset({"UNHCR"}),
    release_part=Fraction(1, 5), release_hours=48, opens_at=Fraction(1, 2),
)  # fmt: skip


class Story:
    def __init__(self) -> None:
        self.acts: list[FundAct] = []
        self.at = START

    def then(self, kind: str, amount: object = None, **more: Any) -> None:
        self.at += timedelta(hours=1)
        fields = {"by": "UNHCR", "evidence": "register 7", "says": "because", **more}
        if amount is not None:
            fields["amount"] = money(amount, "USD")  # type: ignore[arg-type]
        self.acts.append(
            FundAct(id=f"f{len(self.acts)}", kind=kind, at=self.at, **fields)  # type: ignore[arg-type]
        )

    def call(self, **shares: int) -> None:
        parts = {party: money(units, "USD") for party, units in shares.items()}
        self.then("called", shares=parts, due=date(2026, 3, 1), year=2026)

    def state(self) -> FundState:
        return fund(RULES, self.acts, self.at)

    def refused(self) -> str:
        last = self.state().refused[-1]
        assert last.act is self.acts[-1]
        assert last.fix
        return last.why


def filled(amount: int = 1000) -> Story:
    story = Story()
    story.call(FRA=amount)
    story.then("paid", amount, party="FRA")
    return story


def asked(story: Story, amount: int, **more: Any) -> None:
    story.then("asked", amount, by="GHA", request="r", **more)


def cash(state: FundState) -> Decimal:
    return state.cash.amount


def test_an_unbalanced_entry_cannot_be_made() -> None:
    with pytest.raises(Problem, match="two sides"):
        Entry(act="a", at=START, what="slip", units={Account("cash"): 5, Account("owed", "r"): -4})


def test_from_call_to_report() -> None:
    story = filled()
    asked(story, 600)
    story.then("reviewed", request="r")
    story.then("granted", 600, request="r", decision="D/1", by="GHA")
    story.then("paid out", 600, request="r")
    story.then("confirmed", 600, request="r", by="GHA")
    story.then("reported", 550, request="r", by="GHA")
    story.then("closed", request="r")
    state = story.state()
    assert not state.refused
    one = state.requests[0]
    assert (one.stage, one.spent.amount, one.returned.amount) == ("closed", 550, 50)
    assert cash(state) == 450
    assert sum(state.balance.values()) == 0


def test_what_is_announced_opens_nothing() -> None:
    story = Story()
    story.then("announced", 1000, by="DEU")
    asked(story, 100)
    story.then("reviewed", request="r")
    story.then("granted", 100, request="r", decision="D/1")
    assert story.refused() == "only 0.00 USD may be granted now"
    story.then("signed", 499, by="DEU")
    story.then("granted", 100, request="r", decision="D/1")
    assert story.refused() == "only 0.00 USD may be granted now"
    story.then("signed", 1, by="DEU")
    story.then("granted", 100, request="r", decision="D/1")
    state = story.state()
    assert state.requests[0].stage == "granted"
    assert (state.authority.amount, cash(state)) == (400, 0)
    story.then("paid out", 100, request="r")
    assert story.refused() == "only 0.00 USD are there"


def test_the_group_grants_what_was_reviewed() -> None:
    story = filled()
    asked(story, 100)
    story.then("granted", 100, request="r", decision="D/1")
    assert story.refused() == "the request was not reviewed"
    story.then("reviewed", request="r")
    story.then("granted", 100, request="r")
    assert story.refused() == "it names no decision"
    story.then("granted", 101, request="r", decision="D/1")
    assert story.refused() == "only 100.00 USD more were asked for"


def test_an_award_needs_no_asking_but_decision_evidence_and_money() -> None:
    story = filled()
    award: dict[str, Any] = {"request": "r", "party": "GHA", "decision": "D/1"}
    for changed, why in (
        ({"decision": ""}, "it names no decision"), ({"party": ""}, "it does not say to whom"),
        ({"evidence": ""}, "it names no evidence"), ({"by": "GHA"}, "GHA does not keep the fund"),
    ):  # fmt: skip
        story.then("awarded", 100, **{**award, **changed})
        assert story.refused() == why
    story.then("awarded", 1001, **award)
    assert story.refused() == "only 1,000.00 USD may be granted now"
    story.then("awarded", 600, **award)
    story.then("awarded", 100, **award)
    assert story.refused() == "the request has no name of its own"
    story.then("paid out", 600, request="r")
    story.then("confirmed", 600, request="r", by="UNHCR")
    assert story.refused() == "only GHA can confirm it"
    story.then("confirmed", 600, request="r", by="GHA")
    state = story.state()
    assert (state.requests[0].by, state.requests[0].stage) == ("GHA", "confirmed")
    assert (cash(state), sum(state.balance.values())) == (400, 0)


@pytest.mark.parametrize(
    ("hours", "amount", "why"),
    [(48, 200, ""), (49, 1, "the release was open until"), (10, 201, "200.00 USD may go out")],
)
def test_the_release_within_hours_of_a_convening(hours: int, amount: int, why: str) -> None:
    story = filled()
    convened = story.at
    asked(story, 500, convened=convened)
    story.at = convened + timedelta(hours=hours - 1)
    story.then("released", amount, request="r")
    if why:
        assert why in story.refused()
    else:
        assert cash(story.state()) == 800
        story.then("released", 1, request="r")
        assert story.refused()


def test_two_requests_on_one_convening_share_the_release() -> None:
    story = filled()
    convened = story.at
    for name in ("r", "s"):
        story.then("asked", 150, by="GHA", request=name, convened=convened)
    story.then("released", 150, request="r")
    story.then("released", 51, request="s")
    assert "50.00 USD may go out" in story.refused()
    story.then("released", 50, request="s")
    assert cash(story.state()) == 800


def test_arrears_and_what_lifts_them() -> None:
    story = Story()
    story.call(FRA=600, DEU=400)
    story.then("paid", 100, party="FRA")
    state = story.state()
    assert state.arrears("FRA", date(2026, 3, 1)).amount.amount == 0
    assert state.arrears("FRA", date(2026, 3, 2)).amount.amount == 500
    assert state.arrears("FRA", date(2027, 3, 2)).suspended
    story.then("waived", 500, party="FRA")
    assert story.refused() == "it names no decision"
    story.then("waived", 500, party="FRA", decision="D/1")
    assert story.state().arrears("FRA", date(2027, 3, 2)).amount.amount == 0


def test_what_is_lifted_is_no_part_of_the_earliest_call_and_is_not_told_as_received() -> None:
    story = Story()
    story.call(FRA=600)
    story.call(FRA=100)
    story.then("paid", 50, party="FRA")
    story.then("waived", 500, party="FRA", decision="D/1")
    calls = [
        (call.amount.amount, call.received.amount, call.open.amount)
        for _party, call in story.state().calls
    ]
    assert calls == [(100, 50, 50), (100, 0, 100)]


def test_a_payment_too_much_is_credit_for_the_next_call() -> None:
    story = Story()
    story.call(FRA=600)
    story.then("paid", 700, party="FRA")
    story.at = datetime(2027, 1, 5, tzinfo=UTC)
    story.call(FRA=300)
    state = story.state()
    assert state.owed_by_parties.amount == 200
    before, after = statement(state, "FRA", 2026), statement(state, "FRA", 2027)
    assert [m.amount for m in (before.opening, before.called, before.received, before.closing)] == [
        0, 600, 700, -100,
    ]  # fmt: skip
    assert (after.opening.amount, after.called.amount, after.closing.amount) == (-100, 300, 200)


def test_a_payment_in_another_currency_shows_its_rate() -> None:
    story = Story()
    rate = Rate(base="EUR", quote="USD", value=Fraction("1.10"), on=date(2026, 1, 1), source="ECB")
    story.then("paid", 110, party="FRA", original=money(100, "EUR"), rate=rate)
    assert cash(story.state()) == 110
    story.then("paid", 111, party="FRA", original=money(100, "EUR"), rate=rate)
    assert story.refused() == "amount, original and rate do not agree"


def test_gifts_in_kind_cover_a_budget_and_are_no_cash() -> None:
    story = Story()
    story.then("given in kind", 400, by="GHA", says="conference rooms, at the city's rate")
    story.then("signed", 100, by="FRA")
    story.then("paid", 100, party="FRA")
    state = story.state()
    found = funded(state, [BudgetLine(line="meetings", planned=money(1000, "USD"))], 2026)
    assert (cash(state), found.covered, found.in_kind.amount) == (100, Fraction(1, 2), 400)


def test_the_level_over_time() -> None:
    story = filled()
    asked(story, 100, convened=story.at)
    story.then("released", 100, request="r")
    assert [level.cash.amount for level in levels(story.state())] == [1000, 900]


KINDS = (
    "called", "called", "announced", "signed", "paid", "paid", "given in kind", "asked", "reviewed",
    "released", "granted", "granted", "paid out", "paid out", "confirmed", "reported", "closed",
    "waived", "awarded",
)  # fmt: skip
TO_A_PARTY = frozenset({"paid", "waived", "awarded"})


@st.composite
def stories(draw: Any) -> list[FundAct]:
    story = Story()
    for _ in range(draw(st.integers(1, 30))):
        kind, amount = draw(st.sampled_from(KINDS)), draw(st.integers(1, 300))
        if kind == "called":
            story.call(FRA=amount, GHA=draw(st.integers(1, 50)))
            continue
        by = {"asked": "GHA", "confirmed": "GHA", "reported": "GHA"}.get(kind, "UNHCR")
        if kind in {"announced", "signed"} or draw(st.integers(0, 12)) == 0:
            by = draw(st.sampled_from(("FRA", "DEU", "GHA", "UNHCR")))
        story.then(
            kind, amount, by=by, request=draw(st.sampled_from(("r", "s"))),
            party=draw(st.sampled_from(("FRA", "DEU"))) if kind in TO_A_PARTY else "",
            decision=draw(st.sampled_from(("D/1", "D/1", ""))), convened=START,
        )  # fmt: skip
    return story.acts


@settings(deadline=None)
@given(stories())
def test_the_books_balance_after_any_acts(acts: list[FundAct]) -> None:
    for n in range(len(acts) + 1):
        state = fund(RULES, acts[:n], acts[max(0, n - 1)].at)
        balance = state.balance
        assert sum(balance.values()) == 0
        assert state.cash.amount >= 0
        for account, units in balance.items():
            if account.kind in {"called", "signed", "granted"}:
                assert units >= 0, account
            if account.kind in {"owed", "credit"}:
                assert units <= 0, account
    if levels(state):
        assert levels(state)[-1].cash == state.cash
    for party in ("FRA", "DEU", "GHA"):
        one = statement(state, party, 2026)
        came = one.called + one.signed - one.lifted - one.received
        assert (one.opening + came).amount == one.closing.amount
    for one_request in state.requests:
        assert one_request.confirmed.amount <= one_request.paid.amount
        out = one_request.spent.amount + one_request.returned.amount
        assert out <= one_request.confirmed.amount
        given_ = one_request.granted.amount + one_request.released.amount
        assert one_request.paid.amount <= given_ <= one_request.asked.amount


@pytest.mark.parametrize("kind", ["announced", "signed", "given in kind"])
def test_nobody_gives_in_the_name_of_another(kind: str) -> None:
    story = Story()
    story.then(kind, 400, by="GHA", party="DEU")
    assert story.refused() == "GHA does not keep the fund"
    story.then(kind, 400, party="DEU")
    story.then(kind, 400, by="DEU")
    assert len(story.state().refused) == 1


def test_what_comes_back_unspent_is_no_income() -> None:
    story = filled(1000)
    asked(story, 600)
    story.then("reviewed", request="r")
    story.then("granted", 600, request="r", decision="D1")
    story.then("paid out", 600, request="r")
    story.then("confirmed", 600, by="GHA", request="r")
    story.then("reported", 100, by="GHA", request="r")
    story.then("closed", request="r")
    state = story.state()
    assert cash(state) == 900
    found = funded(state, [BudgetLine(line="help", planned=money(2000, "USD"))], 2026)
    assert (found.received.amount, found.covered) == (1000, Fraction(1, 2))


def test_a_payment_meets_the_agreement_with_a_day_before_the_one_without() -> None:
    story = Story()
    story.then("signed", 100, by="DEU")
    story.then("signed", 50, by="DEU", due=date(2026, 2, 1))
    story.then("paid", 50, party="DEU")
    assert story.state().arrears("DEU", date(2026, 3, 1)).since is None
    assert story.state().owed_by_parties.amount == 100


def test_a_gift_without_an_agreement_stands_in_the_statement() -> None:
    story = Story()
    story.then("paid", 70, party="NOR")
    state = story.state()
    found = statement(state, "NOR", 2026)
    numbers = [getattr(found, n).amount for n in ("opening", "signed", "received", "closing")]
    assert numbers == [0, 70, 70, 0]
    assert state.parties == {"NOR"}


def test_the_hour_until_which_a_release_was_open_is_told_in_utc() -> None:
    story = filled(1000)
    convened = story.at.astimezone(timezone(timedelta(hours=5)))
    asked(story, 100, convened=convened)
    story.at += timedelta(days=5)
    story.then("released", 10, request="r")
    assert story.refused() == "the release was open until 2026-01-03 02:00 UTC"


def test_a_rate_without_what_was_paid_is_refused() -> None:
    story = filled(10)
    rate = Rate(base="EUR", quote="USD", value=Fraction(11, 10), on=date(2026, 1, 1), source="ECB")
    story.then("paid", 11, party="FRA", rate=rate)
    assert story.refused() == "it names no rate from what was paid"
