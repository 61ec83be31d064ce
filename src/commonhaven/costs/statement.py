"""The working of an assessment: every number with its formula and source, and the notes."""

from collections.abc import Iterator
from fractions import Fraction

from commonhaven.costs.assessment import Assessment, Bearing
from commonhaven.saying import Number, Party, parties, say
from commonhaven.working import Line

CITE = "Hathaway and Neve 1997, 207-09; our proposal (instrument cost-sharing)"
FULL_AT = "parameter:cost-sharing/full_at"
CEILING = "parameter:cost-sharing/ceiling"


def lines(assessment: Assessment) -> tuple[Line, ...]:
    """Every line: the terms, each state's numbers from people to net, and the totals."""
    return tuple(_lines(assessment))


def _lines(assessment: Assessment) -> Iterator[Line]:
    yield Line(
        id=FULL_AT, value=assessment.full_at, unit="ratio", cite=CITE,
        what="Hosting ratio from which a host is assessed nothing",
    )  # fmt: skip
    yield Line(
        id=CEILING, value=assessment.ceiling, unit="part of the cost",
        cite="A/RES/55/5 B; A/RES/79/249", what="Greatest part of the cost that one state bears",
    )  # fmt: skip
    for bearing in assessment.states.values():
        yield from _hosting_lines(bearing, assessment.currency)
    yield from _total_lines(assessment)
    for bearing in assessment.states.values():
        yield from _paying_lines(bearing, tuple(assessment.states), assessment.currency)


def _hosting_lines(bearing: Bearing, currency: str) -> Iterator[Line]:
    own = f"costs.{bearing.state}"
    yield Line(
        id=f"{own}.people", value=bearing.people, unit="people",
        what=f"People whom {bearing.state} protects",
    )  # fmt: skip
    yield Line(
        id=f"{own}.unit-cost", value=bearing.unit_cost, unit=f"{currency} per person",
        what=f"Cost of protecting one person in {bearing.state} for a year ({bearing.basis})",
    )  # fmt: skip
    for part in ("recurrent", "capital"):
        yield Line(
            id=f"{own}.{part}", value=getattr(bearing, part).amount, unit=currency,
            what=f"{part.capitalize()} cost of hosting in {bearing.state}",
            formula=f"people × {part} unit cost, to the nearest minor unit", cite=CITE,
            uses=(f"{own}.people", f"{own}.unit-cost"),
        )  # fmt: skip
    yield Line(
        id=f"{own}.cost", value=bearing.cost.amount, unit=currency,
        what=f"Cost of hosting in {bearing.state}", formula="recurrent + capital", cite=CITE,
        uses=(f"{own}.recurrent", f"{own}.capital"),
    )  # fmt: skip


def _total_lines(assessment: Assessment) -> Iterator[Line]:
    currency = assessment.currency
    yield Line(
        id="costs.common", value=assessment.common_costs.amount, unit=currency,
        what="Costs that no single host bears",
    )  # fmt: skip
    yield Line(
        id="costs.total", value=assessment.total.amount, unit=currency,
        what="Cost of the year: hosting and common costs", formula="Σ cost + common", cite=CITE,
        uses=(*(f"costs.{state}.cost" for state in assessment.states), "costs.common"),
    )  # fmt: skip
    yield Line(
        id="costs.people", unit="people", what="People protected in all", formula="Σ people",
        value=sum((bearing.people for bearing in assessment.states.values()), start=0),
        uses=tuple(f"costs.{state}.people" for state in assessment.states),
    )  # fmt: skip
    yield Line(
        id="costs.shortfall", value=assessment.shortfall.amount, unit=currency,
        what="Cost that nobody may be asked for, since every payer is at the ceiling",
        formula="total - Σ gross", cite=CITE,
        uses=("costs.total", CEILING, *(f"costs.{state}.gross" for state in assessment.states)),
    )  # fmt: skip


def _paying_lines(bearing: Bearing, states: tuple[str, ...], currency: str) -> Iterator[Line]:
    own, state = f"costs.{bearing.state}", bearing.state
    yield Line(
        id=f"{own}.scale-share", value=bearing.scale, unit="share",
        what=f"Share of {state} under the charter's scale",
    )  # fmt: skip
    ratio = bearing.hosting_ratio
    yield Line(
        id=f"{own}.hosting-ratio", value="no share of the scale" if ratio is None else ratio,
        unit="ratio", what=f"What {state} hosts against its share of the scale",
        formula="(people / all people) / scale share", cite=CITE,
        uses=(f"{own}.people", "costs.people", f"{own}.scale-share"),
    )  # fmt: skip
    yield Line(
        id=f"{own}.relief", value=bearing.relief, unit="part of its assessment",
        what=f"Relief of {state} for hosting",
        formula="clip((hosting ratio - 1) / (full relief at - 1), 0, 1)", cite=CITE,
        uses=(f"{own}.hosting-ratio", FULL_AT),
    )  # fmt: skip
    yield Line(
        id=f"{own}.gross", value=bearing.gross.amount, unit=currency,
        what=f"Assessment of {state}" + (", at the ceiling" if bearing.at_ceiling else ""),
        formula="total × scale share × (1 - relief) / Σ scale share × (1 - relief), at most "
        "ceiling × total; the excess goes to the others", cite=CITE,
        uses=("costs.total", CEILING, *(f"costs.{other}.scale-share" for other in states),
              *(f"costs.{other}.relief" for other in states)),
    )  # fmt: skip
    yield Line(
        id=f"{own}.net", value=bearing.net.amount, unit=currency,
        what=f"What {state} pays after what hosting costs it; below zero, it receives",
        formula="gross - cost", cite=CITE, uses=(f"{own}.gross", f"{own}.cost"),
    )  # fmt: skip


def _raised(assessment: Assessment) -> Fraction:
    """The greatest factor by which the ceiling raises an assessment, to two decimals.

    Parts below one unit of the currency are left out: there a cent is a large factor.
    """
    weights = {s: part.scale * (1 - part.relief) for s, part in assessment.states.items()}
    each = assessment.total.exact / sum(weights.values())
    factors = [
        part.gross.exact / (weights[state] * each)
        for state, part in assessment.states.items()
        if weights[state] * each >= 1
    ]
    return round(max(factors, default=Fraction(1)), 2)


def notes(assessment: Assessment) -> tuple[str, ...]:
    """Sentences for the record: ceiling, shortfall, hosts without a share, a settled tie."""
    return tuple(_notes(assessment))


def _notes(assessment: Assessment) -> Iterator[str]:
    if capped := [bearing.state for bearing in assessment.states.values() if bearing.at_ceiling]:
        yield say(
            "At the ceiling of {part} % of the cost: {states}.",
            part=Number(assessment.ceiling * 100), states=parties(capped),
        )  # fmt: skip
        if (factor := _raised(assessment)) > 1:
            yield say(
                "What exceeds the ceiling goes to the others: up to {factor} times what their "
                "weight asks for.",
                factor=Number(factor),
            )
    if assessment.shortfall.amount:
        yield say(
            "Every state that pays is at the ceiling: {sum} stay uncovered. They are a call on the "
            "standing fund and on situation-specific contributors.",
            sum=str(assessment.shortfall),
        )
    for bearing in assessment.states.values():
        if bearing.hosting_ratio is None:
            yield say(
                "{state} hosts and has no share of the scale: it is relieved in full.",
                state=Party(bearing.state),
            )
    if tie := assessment.tie:
        yield say(
            "Equal claims to the last {units} minor units between {states}: settled for {winners} "
            "by the declared order.",
            units=tie.units, states=parties(tie.parties), winners=parties(tie.settled_for),
        )  # fmt: skip
