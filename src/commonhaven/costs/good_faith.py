"""The incentive fund for good faith: who keeps the rules is paid for the people it protects.

Hathaway and Neve 1997 propose an incentive fund administered by UNHCR's Division of International
Protection. Pot, criteria and penalties are our proposal (instrument cost-sharing).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from commonhaven.costs.money import Money, money, nearest, split
from commonhaven.instruments import entry
from commonhaven.reading import Problem

CRITERIA = {
    "attended": "did not attend every meeting convened",
    "answered": "did not answer requests for clarification in time",
    "reported": "did not report its data",
}
REFOULEMENT = "refoulement was verified"
UNPAID = "paid too small a part of its pledges"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """A state's year as UNHCR scored it, with the evidence; ``people``: whom it protects.

    ``pledged`` and ``received`` of the year; nothing pledged counts as paid.
    """

    state: str
    people: int
    attended: bool
    answered: bool
    reported: bool
    verified_refoulement: bool
    pledged: Money
    received: Money
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A good-faith score from 0 to 1 and the reasons for what was taken off."""

    state: str
    value: Fraction
    reasons: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incentive:
    """Scores, payments, and what of the pot stays where nobody earned it."""

    pot: Money
    scores: Mapping[str, Score]
    payments: Mapping[str, Money]
    kept: Money


def score(conduct: Conduct, on: date | None = None) -> Score:
    """The score of a year: 1 less a penalty for each criterion missed; refoulement takes it all.

    Raises Problem where no evidence stands behind a verified refoulement.
    """
    reasons = [said for name, said in CRITERIA.items() if not getattr(conduct, name)]
    due = conduct.pledged.exact * entry("cost-sharing", "good_faith_paid", on).number
    if (conduct.received - conduct.pledged).amount < 0 and conduct.received.exact < due:
        reasons.append(UNPAID)
    penalty = entry("cost-sharing", "good_faith_penalty", on).number
    value = max(Fraction(0), 1 - penalty * len(reasons))
    if conduct.verified_refoulement:
        if not conduct.evidence:
            said = "refoulement counts as verified and no evidence is named"
            raise Problem(said, where=f"good faith, {conduct.state}", fix="Name it, or leave it.")
        reasons.insert(0, REFOULEMENT)
        value = Fraction(0)
    return Score(
        state=conduct.state, value=value, reasons=tuple(reasons), evidence=conduct.evidence
    )


def incentive(
    year: Iterable[Conduct], *, cost: Money, order: Sequence[str] = (), on: date | None = None
) -> Incentive:
    """Divide the pot by score × people protected, to the cent.

    The pot is 5 % of the year's cost, to the nearest minor unit. Where nobody earns any of it, it
    is kept. Raises Problem for a state named twice or people below zero.
    """
    states = sorted(year, key=lambda conduct: conduct.state)
    for conduct in states:
        where = f"good faith, {conduct.state}"
        if [other.state for other in states].count(conduct.state) > 1:
            raise Problem("the state is named twice", where=where, fix="Keep one.")
        if conduct.people < 0:
            raise Problem(f"{conduct.people} people", where=where, fix="Give 0 or more.")
    part = entry("cost-sharing", "good_faith_pot", on).number
    pot = nearest(cost.exact * part, cost.currency, cost.on)
    scores = {conduct.state: score(conduct, on) for conduct in states}
    earned = {c.state: scores[c.state].value * c.people for c in states}
    total = sum(earned.values(), Fraction(0))
    none = money(0, cost.currency, cost.on)
    if not total:
        payments = dict.fromkeys(scores, none)
        return Incentive(pot=pot, scores=scores, payments=payments, kept=pot)
    shares = {state: part / total for state, part in earned.items()}
    parts = split(pot, shares, order).parts
    return Incentive(pot=pot, scores=scores, payments=parts, kept=none)
