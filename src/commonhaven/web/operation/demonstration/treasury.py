"""Play the group's money: a standing fund and the budget of the secretariat.

The fund is called for, paid in part and asked in an emergency; the budget lives on gifts. Claims,
budget and contributions are invented for the demonstration; who is called upon for how much
follows from the charter's scale.
"""

from datetime import datetime, timedelta
from fractions import Fraction

from commonhaven.commitments.fund.file import RateTable
from commonhaven.costs.money import money
from commonhaven.regime import replenish
from commonhaven.web.funds.actions import act_on, open_fund, set_basis
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.queries import charter_on
from commonhaven.web.kit.audience import Audience
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.operation.demonstration.found import Stage
from commonhaven.web.plans.talks import source
from commonhaven.web.record.actions import PUBLIC, Placing

CLAIMS = (400, 0, 900, 1_300, 2_100, 600, 3_200, 1_500, 2_700, 4_800)
"""Thousands of dollars, year by year."""
BUDGET = (("meetings and interpretation", 180_000), ("registration of those who arrive", 120_000))
TOTAL = 5_000_000
UNPAID = "JPN"
IN_PART = "FRA"
IN_EURO = "DEU"
GIVES = "CAN"
RATE = Fraction(27, 25)
HOUR = timedelta(hours=1)


def filled(stage: Stage, at: datetime) -> Fund:
    """The fund opened, called for by the charter's scale, and paid by all but two in full."""
    fund = opened(stage, at)
    shares = called(stage, fund, at + HOUR)
    when = at + timedelta(days=3)
    treasurer = stage.seat("treasurer", when)
    for party, share in shares.items():
        if party not in {UNPAID, IN_PART, IN_EURO}:
            act_on(fund=fund, kind="paid", by=treasurer, at=when, party=party, amount=share)
    part = Fraction(int(shares[IN_PART] / 2))
    act_on(fund=fund, kind="paid", by=treasurer, at=when, party=IN_PART, amount=part)
    converted(stage, fund, shares[IN_EURO], when)
    beyond(stage, fund, when + HOUR)
    return fund


def opened(stage: Stage, at: datetime) -> Fund:
    """An empty fund with its target, for those who see the group's decisions and meetings."""
    treasurer = stage.seat("treasurer", at)
    fund = open_fund(
        group=stage.group, kind=Fund.Kind.STANDING, title="Standing fund of the group",
        currency="USD", by=treasurer, at=at, placing=Placing(audience=Audience.CONSULTATIVE),
    )  # fmt: skip
    first = at.year - len(CLAIMS)
    claims = (
        f"{year}; invented for the demonstration; {thousands * 1000}"
        for year, thousands in enumerate(CLAIMS, first)
        if thousands
    )
    return set_basis(
        fund=fund, claims="\n".join(claims), last_year=at.year - 1, budget="", by=treasurer, at=at
    )


def called(stage: Stage, fund: Fund, at: datetime) -> dict[str, Fraction]:
    """All members are called upon, each for its part by the charter's scale, within four weeks."""
    charter, day = charter_on(stage.group, at.date()), at.date()
    parts = replenish(charter, money(TOTAL, fund.currency), on=day, source=source()).parts.parts
    shares = {party: part.exact for party, part in parts.items()}
    act_on(
        fund=fund, kind="called", by=stage.seat("treasurer", at), at=at, year=at.year,
        due=day + timedelta(days=28), shares=shares,
    )  # fmt: skip
    return shares


def converted(stage: Stage, fund: Fund, share: Fraction, at: datetime) -> None:
    """A share paid in euro at a dated rate, rounded up to the euro: the rest stays to its credit.

    A rate of the demonstration: nobody published it.
    """
    original = Fraction(int(share / RATE) + 1)
    rate = RateTable(value=RATE, on=at.date(), source="Invented for the demonstration")
    act_on(
        fund=fund, kind="paid", by=stage.seat("treasurer", at), at=at, party=IN_EURO,
        amount=original * RATE, original=original, currency="EUR", rate=rate,
    )  # fmt: skip


def beyond(stage: Stage, fund: Fund, at: datetime) -> None:
    """France announces more than it is called for and signs a part."""
    donor = stage.seat("donor", at)
    act_on(fund=fund, kind="announced", by=donor, at=at, amount=Fraction(1_000_000))
    act_on(
        fund=fund, kind="signed", by=donor, at=at + HOUR, amount=Fraction(600_000),
        due=at.date() + timedelta(days=120), evidence="Contribution agreement (demonstration)",
    )  # fmt: skip


def budgeted(stage: Stage, at: datetime) -> None:
    """The budget of the secretariat, which everybody may read: a gift in money, one in kind."""
    treasurer = stage.seat("treasurer", at)
    fund = open_fund(
        group=stage.group, kind=Fund.Kind.BUDGET, title="Budget of the secretariat",
        currency="USD", by=treasurer, at=at, placing=PUBLIC,
    )  # fmt: skip
    budget = (f"{at.year}; {what}; {amount}" for what, amount in BUDGET)
    set_basis(
        fund=fund, claims="", last_year=None, budget="\n".join(budget), by=treasurer, at=at
    )  # fmt: skip
    act_on(
        fund=fund, kind="signed", by=stage.seat("ministry", at), at=at + HOUR,
        amount=Fraction(200_000), due=at.date() + timedelta(days=90),
        evidence="Contribution agreement (demonstration)",
    )  # fmt: skip
    act_on(
        fund=fund, kind="given in kind", by=stage.seat("chair", at), at=at + 2 * HOUR,
        amount=Fraction(40_000), says="Rooms for the meetings, at the rent of such rooms "
        "(invented for the demonstration).",
    )  # fmt: skip
    act_on(
        fund=fund, kind="paid", by=treasurer, at=at + 3 * HOUR, party=GIVES,
        amount=Fraction(120_000),
    )  # fmt: skip


def emergency(stage: Stage, fund: Fund, meeting: Meeting) -> None:
    """The host that called the meeting asks the fund, and is paid at once what may go out."""
    at = meeting.created_at
    asked = act_on(
        fund=fund, kind="asked", by=stage.seat("host", at), at=at + 27 * HOUR,
        amount=Fraction(900_000), convened=at, says="Shelter and water for 30,000 people who came "
        "within a month, at 30 US dollars a person (invented for the demonstration).",
    )  # fmt: skip
    request = f"r{asked.number}"
    act_on(
        fund=fund, kind="reviewed", by=stage.seat("secretariat", at), at=at + 30 * HOUR,
        request=request, says="The numbers are those of the data sheet; the price is that of "
        "earlier crises in the region.",
    )  # fmt: skip
    act_on(
        fund=fund, kind="released", by=stage.seat("treasurer", at), at=at + 32 * HOUR,
        request=request, amount=Fraction(600_000),
    )  # fmt: skip
    host = stage.seat("host", at)
    act_on(
        fund=fund, kind="confirmed", by=host, at=at + 50 * HOUR, request=request,
        amount=Fraction(600_000),
    )  # fmt: skip
    act_on(
        fund=fund, kind="reported", by=host, at=at + 90 * HOUR, request=request,
        amount=Fraction(250_000), evidence="Account of the ministry (demonstration)",
    )  # fmt: skip
