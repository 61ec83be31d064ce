"""From a decision to obligations: who owes what by when, measured how, confirmed by whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from commonhaven.costs.money import EXACT
from commonhaven.reading import Problem, months_after
from commonhaven.regime.due import Terms, after, reviews, terms_of
from commonhaven.regime.instalments import Flow, instalments
from commonhaven.regime.plan import Plan, StatePart
from commonhaven.regime.settlement import Settlement, settle, uncovered
from commonhaven.regime.words import people_word
from commonhaven.saying import Party, Said, say, together

What = Literal[
    "keep protecting", "protect without a place", "protect until departure", "receive",
    "pay", "be paid", "permanent places", "report", "review",
]  # fmt: skip
GROUP = say("the group")
ACCOUNT = say("the group's account")
FUND = say("the standing fund")
COMMON = say("common costs")
NAMES: Mapping[str, str] = {GROUP: "group", FUND: "fund", COMMON: "common-costs"}
TERMS = "days: instruments/obligations.toml (our proposal)"
STAYS = "docs/explanation/hathaway-neve.md, step 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty of one state, of the group, or of its fund.

    ``quantity``: exact; people, places and reports whole, money a decimal. ``counterpart``: to
    whom it is owed; a receipt (be paid) is owed by the counterpart. ``measured``: the indicator;
    ``confirmed_by``: who says that it is done, never the debtor alone. ``plan``: the hash of the
    plan decided on.
    """

    id: str
    state: str
    what: What
    quantity: int | Decimal
    unit: str
    due: date
    counterpart: str
    measured: str
    confirmed_by: str
    about: str
    cite: str
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What all obligations of a kind have in common."""

    measured: str
    confirmed_by: str
    cite: str
    unit: str = ""


KINDS: Mapping[str, Kind] = {
    "keep protecting": Kind(
        measured=say("people of this situation under protection there"),
        confirmed_by=say("UNHCR"), cite=STAYS, unit="people",
    ),
    "protect without a place": Kind(
        measured=say("people of this situation under protection there, without a place elsewhere"),
        confirmed_by=say("UNHCR"), cite=STAYS, unit="people",
    ),
    "protect until departure": Kind(
        measured=say("people not yet admitted elsewhere and under protection there"),
        confirmed_by=say("UNHCR"), cite=STAYS, unit="people",
    ),
    "receive": Kind(
        measured=say("people admitted from the states where they are"),
        confirmed_by=say("UNHCR, with the state that they left"),
        cite=f"Hathaway and Neve 1997, 204-07; {TERMS}", unit="people",
    ),
    "pay": Kind(
        measured=say("money received on the account"), confirmed_by=say("the secretariat"),
        cite=f"Hathaway and Neve 1997, 207-09; {TERMS}",
    ),
    "be paid": Kind(
        measured=say("money received from the account"), confirmed_by=say("the receiver"),
        cite=f"Hathaway and Neve 1997, 207-09; {TERMS}",
    ),
    "permanent places": Kind(
        measured=say("places guaranteed in writing"), confirmed_by=say("UNHCR"),
        cite=f"Hathaway and Neve 1997, 206; {TERMS}", unit="permanent places",
    ),
    "report": Kind(
        measured=say("reports received by the secretariat"), confirmed_by=say("the secretariat"),
        cite=f"Hathaway and Neve 1997, 201; {TERMS}", unit="reports",
    ),
    "review": Kind(
        measured=say("reviews held"), confirmed_by=say("the members"),
        cite=f"Hathaway and Neve 1997, 201; {TERMS}", unit="reviews",
    ),
}  # fmt: skip


def obligations(
    plan: Plan,
    *,
    decided: date,
    settlement: Settlement | None = None,
    terms: Terms | None = None,
) -> tuple[Obligation, ...]:
    """What each state owes under a plan that the group adopted on ``decided``.

    ``settlement``: that of the last round of offers; left out, nobody offered money beyond its
    share. ``terms``: the decision's own; left out, the group's (`terms_of`). The
    sums are those of the plan, to the person, the place and the cent. Raises Problem for a day
    before the situation's, or beyond the calendar.
    """
    counted = plan.result.figures_on
    if decided < counted:
        raise Problem(
            f"the decision of {decided} comes before the people were counted, on {counted}",
            where="decided", fix="Give the day on which the group adopted the plan.",
        )  # fmt: skip
    held = Decided(
        plan=plan,
        on=decided,
        terms=terms or terms_of(plan.inputs.charter, decided),
        settlement=settlement or settle(plan, ()),
    )
    owed = [
        *held.people(),
        *held.money(),
        *held.permanent_places(),
    ]
    states = [part.state for part in plan.result.states if any(o.state == part.state for o in owed)]
    return (*owed, *held.reviews(states))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A plan, the day on which it was adopted, the terms, and who pays what."""

    plan: Plan
    on: date
    terms: Terms
    settlement: Settlement

    def owed(
        self,
        name: str,
        state: str,
        what: What,
        *,
        quantity: int | Decimal,
        due: date,
        counterpart: str,
        about: str,
    ) -> Obligation:
        kind = KINDS[what]
        return Obligation(
            id=f"{NAMES.get(state, state)}.{name}",
            state=state,
            what=what,
            quantity=quantity,
            unit=kind.unit or self.plan.result.currency,
            due=due,
            counterpart=counterpart,
            measured=kind.measured,
            confirmed_by=kind.confirmed_by,
            about=about,
            cite=kind.cite,
            plan=self.plan.manifest.plan,
        )

    def people(self) -> Iterator[Obligation]:
        """Those there keep protection; those to come are received; nobody waits without either."""
        for part in self.plan.result.states:
            yield from self.there_now(part)
            yield from self.to_move(part)

    def there_now(self, part: StatePart) -> Iterator[Obligation]:
        """A duty of every day, dated by the end of temporary protection."""
        years = self.plan.inputs.charter.protection.years
        until = months_after(self.on, 12 * years)
        kept = part.stay + self.plan.result.outside.get(part.state, 0)
        if kept:
            yield self.owed(
                "keep", part.state, "keep protecting", quantity=kept, due=until,
                counterpart=say("the people there"),
                about=say(
                    "{people} there now keep protection from the decision on, until they return by "
                    "their own choice or have a permanent place",
                    people=people_word(kept),
                ),
            )  # fmt: skip
        if part.unplaced:
            yield self.owed(
                "without-place", part.state, "protect without a place", quantity=part.unplaced,
                due=until, counterpart=say("the people there"),
                about=say(
                    "{people} there have no place elsewhere: the state stays responsible, and the "
                    "group meets",
                    people=people_word(part.unplaced),
                ),
            )  # fmt: skip

    def to_move(self, part: StatePart) -> Iterator[Obligation]:
        due = after(self.on, self.terms.transfer_days)
        if part.leave:
            yield self.owed(
                "until-departure", part.state, "protect until departure", quantity=part.leave,
                due=due, counterpart=self.those_who("arrive", part.state),
                about=say(
                    "{people} there have a place elsewhere and keep protection until they are "
                    "admitted; the day is a duty of the states, and nobody is moved against his or "
                    "her will to meet it",
                    people=people_word(part.leave),
                ),
            )  # fmt: skip
        if part.arrive:
            yield self.owed(
                "receive", part.state, "receive", quantity=part.arrive, due=due,
                counterpart=self.those_who("leave", part.state),
                about=say(
                    "admits {people} from elsewhere and protects them",
                    people=people_word(part.arrive),
                ),
            )  # fmt: skip

    def those_who(self, name: str, state: str) -> str:
        """The other states from which people leave, or at which they arrive."""
        parts = self.plan.result.states
        found = [part.state for part in parts if getattr(part, name) and part.state != state]
        return together((Party(code) for code in found), ", ") if found else GROUP

    def money(self) -> Iterator[Obligation]:
        """Two instalments into the account, and from it to those who host and for common costs."""
        days = (self.terms.first_instalment_days, self.terms.second_instalment_days)
        made = instalments(self.flow(), self.terms.first_part, self.plan.result.currency)
        for number, (flow, wait) in enumerate(zip(made, days, strict=True), 1):
            due = after(self.on, wait)
            for state, amount in flow.incoming.items():
                if amount:
                    yield self.owed(
                        f"pay.{number}", state, "pay", quantity=amount, due=due,
                        counterpart=ACCOUNT, about=instalment(number),
                    )  # fmt: skip
            for state, amount in flow.outgoing.items():
                if amount:
                    yield self.owed(
                        f"be-paid.{number}", state, "be paid", quantity=amount,
                        due=after(due, self.terms.payout_days), counterpart=ACCOUNT,
                        about=instalment(number),
                    )  # fmt: skip

    def flow(self) -> Flow:
        """What comes in and goes out of the account in all: the two are the same."""
        paid = {state: each.pays for state, each in self.settlement.states.items()}
        incoming = {state: pays for state, pays in paid.items() if pays > 0}
        outgoing = {state: -pays for state, pays in paid.items() if pays < 0}
        call = EXACT.subtract(uncovered(self.plan), self.settlement.gap)
        return Flow(
            incoming=incoming | ({FUND: call} if call else {}),
            outgoing=outgoing
            | ({COMMON: self.plan.result.common_cost} if self.plan.result.common_cost else {})
            | ({FUND: self.settlement.to_fund} if self.settlement.to_fund else {}),
        )

    def permanent_places(self) -> Iterator[Obligation]:
        years = self.plan.inputs.charter.protection.years
        opened = months_after(self.on, 12 * years)
        for part in self.plan.result.states:
            if part.residual_places:
                yield self.owed(
                    "permanent-places", part.state, "permanent places",
                    quantity=part.residual_places,
                    due=after(self.on, self.terms.guarantee_days), counterpart=GROUP,
                    about=say(
                        "guarantees them in writing, open from {day} at the latest, when {years} "
                        "years of temporary protection end",
                        day=opened, years=years,
                    ),
                )  # fmt: skip

    def reviews(self, states: Sequence[str]) -> Iterator[Obligation]:
        """Every state that owes anything reports; the group reviews people and money against it."""
        regular = 12 * int(self.plan.inputs.charter.review.every.split()[0])
        for number, (day, name) in enumerate(reviews(self.on, self.terms, regular), 1):
            for state in states:
                yield self.owed(
                    f"report.{number}", state, "report", quantity=1,
                    due=after(day, -self.terms.report_days_before),
                    counterpart=say("the secretariat"),
                    about=say(
                        "tells what it has done, for the {review} on {day}",
                        review=name, day=day,
                    ),
                )  # fmt: skip
            yield self.owed(
                f"review.{number}", GROUP, "review", quantity=1, due=day,
                counterpart=say("the members"),
                about=say(
                    "{review}: people received and money paid against the decision",
                    review=name,
                ),
            )  # fmt: skip


def instalment(number: int) -> Said:
    return say("instalment {number} of 2", number=number)
