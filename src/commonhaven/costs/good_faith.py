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
from commonhaven.parties import states
from commonhaven.reading import Problem

CRITERIA = {
    "attended": "did not attend every meeting convened",
    "answered": "did not answer requests for clarification in time",
    "reported": "did not report its data",
    "paid": "paid too small a part of its pledges",
}
"""Criterion → what is said of a state that missed it; each takes the same off the score."""
REFOULEMENT = "refoulement was verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """A state's year as UNHCR scored it, with the evidence; ``people``: whom it protects.

    ``forgoes``: it leaves its payment to the others; its score stands all the same.
    """

    state: str
    people: int
    attended: bool
    answered: bool
    reported: bool
    paid: bool
    verified_refoulement: bool
    evidence: tuple[str, ...] = ()
    forgoes: bool = False


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


def paid_enough(
    pledged: Iterable[Money], received: Iterable[Money], on: date | None = None
) -> bool:
    """Whether at least 90 % of what was pledged came, in each currency by itself.

    Nothing pledged counts as paid. What came beyond a pledge in one currency fills no other.
    """
    asked, came = _by_currency(pledged), _by_currency(received)
    part = entry("cost-sharing", "good_faith_paid", on).number
    return all(came.get(currency, 0) >= due * part for currency, due in asked.items())


def _by_currency(amounts: Iterable[Money]) -> dict[str, Fraction]:
    sums: dict[str, Fraction] = {}
    for one in amounts:
        sums[one.currency] = sums.get(one.currency, Fraction(0)) + one.exact
    return sums


def score(conduct: Conduct, on: date | None = None) -> Score:
    """The score of a year: 1 less a penalty for each criterion missed; refoulement takes it all.

    Raises Problem where no evidence stands behind a verified refoulement.
    """
    reasons = [said for name, said in CRITERIA.items() if not getattr(conduct, name)]
    penalty = entry("cost-sharing", "good_faith_penalty", on).number
    value = max(Fraction(0), 1 - penalty * len(reasons))
    if conduct.verified_refoulement:
        if not conduct.evidence:
            said = "refoulement counts as verified and no evidence is named"
            raise Problem(said, where=_whose(conduct), fix="Name it, or leave it.")
        reasons.insert(0, REFOULEMENT)
        value = Fraction(0)
    return Score(
        state=conduct.state, value=value, reasons=tuple(reasons), evidence=conduct.evidence
    )


def _whose(conduct: Conduct) -> str:
    """Where a problem is: the state by its name, or as it was named where none is known."""
    known = states().get(conduct.state)
    return f"good faith, {known.name if known else conduct.state}"


def pot_of(cost: Money, on: date | None = None) -> Money:
    """What is set aside of a year's cost: 5 %, to the nearest minor unit."""
    part = entry("cost-sharing", "good_faith_pot", on).number
    return nearest(cost.exact * part, cost.currency, cost.on)


def incentive(
    year: Iterable[Conduct], *, pot: Money, order: Sequence[str] = (), on: date | None = None
) -> Incentive:
    """Divide the pot by score × people protected, to the minor unit.

    What a state forgoes goes to the others by the same rule. Where nobody earns any of the pot, or
    all forgo, it is kept. Raises Problem for a state named twice or people below zero.
    """
    conducts = sorted(year, key=lambda conduct: conduct.state)
    for conduct in conducts:
        where = _whose(conduct)
        if [other.state for other in conducts].count(conduct.state) > 1:
            raise Problem("the state is named twice", where=where, fix="Keep one.")
        if conduct.people < 0:
            raise Problem(f"{conduct.people} people", where=where, fix="Give 0 or more.")
    scores = {conduct.state: score(conduct, on) for conduct in conducts}
    earned = {c.state: scores[c.state].value * c.people * (not c.forgoes) for c in conducts}
    total = sum(earned.values(), Fraction(0))
    none = money(0, pot.currency, pot.on)
    if not total:
        payments = dict.fromkeys(scores, none)
        return Incentive(pot=pot, scores=scores, payments=payments, kept=pot)
    shares = {state: part / total for state, part in earned.items()}
    parts = split(pot, shares, order).parts
    return Incentive(pot=pot, scores=scores, payments=parts, kept=none)
