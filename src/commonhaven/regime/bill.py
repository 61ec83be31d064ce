"""Who pays what in a plan: the charter's scale, the hosts' costs, relief, the common costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from commonhaven.allocation import Settings, Tie
from commonhaven.charter import Charter, Member
from commonhaven.costs import (
    Assessment,
    Bearing,
    HostCost,
    assess,
    credited,
    estimated,
    money,
    scale,
)
from commonhaven.reading import Problem
from commonhaven.regime.evidence import Evidence
from commonhaven.regime.plan import Money
from commonhaven.regime.stranded import by_state
from commonhaven.regime.trace import parameter_lines, under
from commonhaven.saying import Party, parties, say
from commonhaven.situations import Situation
from commonhaven.situations import UnitCost as Stated
from commonhaven.working import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """The money part of a plan: by state, in all, and its working."""

    settings: Settings
    states: Mapping[str, Money]
    total: Decimal
    common: Decimal
    shortfall: Decimal
    ties: tuple[Tie, ...]
    notes: tuple[str, ...]
    parameters: tuple[Line, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a bill is drawn from.

    ``placed``: state → people it is to protect; ``stranded``: cohort → state → people there
    without a place.
    ``working``: the placement's lines, which the numbers of people rest on.
    """

    charter: Charter
    situation: Situation
    members: Mapping[str, Member]
    evidence: Evidence
    placed: Mapping[str, int]
    stranded: Mapping[str, Mapping[str, int]]
    working: Sequence[Line]
    tie_order: Sequence[str]

    @property
    def people(self) -> dict[str, int]:
        """State → people whom it protects, placed there or without a place."""
        left = by_state(self.stranded)
        both = sorted({*self.placed, *left})
        return {state: self.placed.get(state, 0) + left.get(state, 0) for state in both}

    def lines_behind(self, state: str) -> tuple[str, ...]:
        """The ids of the lines that give the people of a state."""
        ends = (f".{state}.people", f".{state}.special-needs")
        placed = [line.id for line in self.working if line.id.endswith(ends)]
        whole = [name for name in placed if name.startswith("placement.")]
        left = [f"stranded.{c}.{state}" for c, there in self.stranded.items() if state in there]
        return (*(whole or placed), *left)


def bill(account: Account) -> Bill:
    """Assess every member but the country fled from, and those whom the scale does not know.

    Raises Problem for costs in another currency than the charter's, or where nobody has a share.
    """
    charter, situation, evidence = account.charter, account.situation, account.evidence
    payers = [state for state in account.members if state != situation.origin]
    shares = scale_of(charter, payers, evidence)
    people = {state: account.people.get(state, 0) for state in shares.shares}
    hosts = [state for state in people if people[state]]
    costs = host_costs(charter, situation, account.members, hosts, evidence)
    assessment = assess(
        people=people,
        unit_costs={state: cost.counted for state, cost in costs.items()},
        common_costs=common_costs(charter, situation),
        scale=shares.shares,
        full_at=charter.costs.host_relief_full_at,
        ceiling=charter.costs.ceiling,
        currency=charter.costs.currency,
        on=situation.on,
        order=account.tie_order,
    )
    return Bill(
        settings=shares.settings,
        states={
            state: as_money(bearing, costs.get(state))
            for state, bearing in assessment.states.items()
        },
        total=assessment.total.amount,
        common=assessment.common_costs.amount,
        shortfall=assessment.shortfall.amount,
        ties=ties(assessment),
        notes=(
            *shares.notes,
            *origin_note(situation, account.members),
            *cost_notes(costs),
            *assessment.notes,
        ),
        parameters=shares.parameters,
        lines=(
            *shares.lines,
            *(linked(line, account, shares.uses, costs) for line in assessment.working),
            fund_line(assessment),
        ),
    )


def ties(assessment: Assessment) -> tuple[Tie, ...]:
    """Equal claims to the last cents, as a tie of the plan."""
    tie = assessment.tie
    if tie is None:
        return ()
    return (
        Tie(
            what="the last minor units of the assessments",
            states=tuple(tie.parties),
            places=tie.units,
            settled_for=tuple(tie.settled_for),
            by="the declared order of states",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The scale of the members: shares that add up to one, settings, working, notes."""

    shares: Mapping[str, Fraction]
    settings: Settings
    uses: Mapping[str, str]
    notes: tuple[str, ...]
    parameters: tuple[Line, ...]
    lines: tuple[Line, ...]


def scale_of(charter: Charter, payers: Sequence[str], evidence: Evidence) -> Shares:
    """Shares under the charter's scale of the members that it knows; the others get a note."""
    chosen = scale(charter.costs.scale)
    given = charter.costs.parameters
    settings = chosen.settings(given, "charter, costs.parameters")
    indicators = (*chosen.indicators, *chosen.optional_indicators)
    figures = {state: evidence.values(state, indicators) for state in payers}
    known = {
        state: values
        for state, values in figures.items()
        if all(indicator in values for indicator in chosen.indicators)
    }
    if not known:
        raise Problem(
            f"no member has the figures that the scale {chosen.id} needs for {evidence.day}",
            where="charter, costs.scale", fix=f"It needs {', '.join(chosen.indicators)}.",
        )  # fmt: skip
    key = chosen.key(known, settings, 0)
    unknown = [state for state in payers if state not in known]
    notes = (
        [
            say(
                "Neither assessed nor paid, for want of figures for {scale}: {states}. What such a "
                "state hosts it bears itself, outside the sum.",
                scale=chosen.id,
                states=parties(unknown),
            )
        ]
        if unknown
        else []
    )
    return Shares(
        shares=dict(key.shares),
        settings=settings,
        uses={state: f"costs.key.{chosen.id}.{state}.share" for state in known},
        notes=tuple(notes),
        parameters=parameter_lines(chosen, settings, given),
        lines=under("costs.", key.working),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a person costs a host, as it counts, and the figure or statement behind it."""

    counted: HostCost
    source: str
    uses: tuple[str, ...]
    formula: str = ""


def host_costs(
    charter: Charter,
    situation: Situation,
    members: Mapping[str, Member],
    hosts: Sequence[str],
    evidence: Evidence,
) -> dict[str, Cost]:
    """Unit costs of the hosts: as the situation states them, else estimated from income."""
    stated = {cost.state: cost for cost in situation.unit_costs}
    found = {
        state: (
            as_stated(stated.get(state, stated.get("*")), situation, charter)
            or from_income(state, charter, evidence)
        )
        for state in hosts
    }
    outer = frozenset(state for state in hosts if members[state].tier != "inner core")
    counted = credited({state: cost.counted for state, cost in found.items()}, outer)
    return {
        state: Cost(
            counted=counted[state],
            source=found[state].source
            if counted[state].basis != "capped"
            else say("{source}, capped at twice the median host's", source=found[state].source),
            uses=found[state].uses,
            formula=found[state].formula,
        )
        for state in found
    }


def as_stated(stated: Stated | None, situation: Situation, charter: Charter) -> Cost | None:
    if stated is None:
        return None
    currency = charter.costs.currency
    if stated.currency != currency:
        raise Problem(
            f"a unit cost is in {stated.currency}; the charter's account is in {currency}",
            where=f"situation {situation.id}, unit_costs, {stated.state}",
            fix="State it in the charter's currency, with the rate in the source's note.",
        )  # fmt: skip
    cost = HostCost(
        recurrent=money(stated.amount, currency, situation.on),
        capital=money(stated.capital, currency, situation.on),
        source=stated.source,
    )
    return Cost(
        counted=cost, source=say("stated in the situation: {source}", source=stated.source), uses=()
    )


def from_income(state: str, charter: Charter, evidence: Evidence) -> Cost:
    """The documented estimate; USD only, since the figures are in USD."""
    if charter.costs.currency != "USD":
        raise Problem(
            f"no unit cost of {state} is stated, and estimates are in USD only",
            where="situation, unit_costs", fix="State one, or keep the account in USD.",
        )  # fmt: skip
    indicator = "gni_per_capita"
    income = evidence.value(state, indicator)
    if income is None:
        income = product_per_head(state, evidence)
        uses: tuple[str, ...] = (f"figure:{state}/gdp", f"figure:{state}/population")
        source = say("estimated from GDP per head (GNI is missing)")
    else:
        uses = (f"figure:{state}/{indicator}",)
        source = say("estimated from GNI per head")
    return Cost(
        counted=estimated(income, on=evidence.day),
        source=source,
        uses=(*uses, "parameter:cost-sharing/base_cost", "parameter:cost-sharing/income_part"),
        formula="base_cost + income_part × income per head",
    )


def product_per_head(state: str, evidence: Evidence) -> Fraction:
    why = "estimating the cost of protection"
    return evidence.need(state, "gdp", why) / evidence.need(state, "population", why)


def common_costs(charter: Charter, situation: Situation) -> Decimal:
    total = sum((cost.amount for cost in situation.common_costs), Fraction(0))
    return money(total, charter.costs.currency, situation.on).amount


def origin_note(situation: Situation, members: Mapping[str, Member]) -> tuple[str, ...]:
    if situation.origin not in members:
        return ()
    return (
        say(
            "{state}, the country fled from, is a member; it takes part in neither the placement "
            "nor the costs of this situation.",
            state=Party(situation.origin),
        ),
    )


def cost_notes(costs: Mapping[str, Cost]) -> tuple[str, ...]:
    guessed = sorted(state for state, cost in costs.items() if cost.source.startswith("estimated"))
    if not guessed:
        return ()
    return (
        say(
            "The cost of protecting a person is our estimate from national income, not a figure of "
            "the host, for: {states}.",
            states=parties(guessed),
        ),
    )


def linked(
    line: Line, account: Account, uses: Mapping[str, str], costs: Mapping[str, Cost]
) -> Line:
    """A line of the assessment, tied to the lines of other rooms that it rests on."""
    if line.id == "costs.common":
        sources = sorted({cost.source for cost in account.situation.common_costs})
        return replace(line, cite=f"the situation: {', '.join(sources)}") if sources else line
    state = line.id.split(".")[1] if line.id.startswith("costs.") else ""
    if line.id.endswith(".scale-share") and state in uses:
        return replace(
            line,
            uses=(*line.uses, uses[state]),
            formula="its share of the scale among the members that the scale knows",
            cite="the charter, costs.scale",
        )
    if line.id.endswith(".unit-cost") and state in costs:
        found = costs[state]
        return replace(
            line, uses=(*line.uses, *found.uses), cite=found.source, formula=found.formula
        )
    if line.id == f"costs.{state}.people":
        return replace(
            line,
            uses=(*line.uses, *account.lines_behind(state)),
            formula="people placed + people without a place who stay there",
            cite="the plan's placement",
        )
    return line


def fund_line(assessment: Assessment) -> Line:
    """What the standing fund is asked for: the cost that no state may be asked for."""
    return Line(
        id="fund.call", value=assessment.shortfall.amount, unit=assessment.currency,
        what="Call on the standing fund: the cost that no state may be asked for",
        uses=("costs.shortfall",),
    )  # fmt: skip


def as_money(bearing: Bearing, cost: Cost | None) -> Money:
    return Money(
        people=int(bearing.people),
        unit_cost=bearing.unit_cost,
        unit_cost_source="" if cost is None else cost.source,
        capital=bearing.capital.amount,
        cost=bearing.cost.amount,
        scale=bearing.scale,
        hosting_ratio=bearing.hosting_ratio,
        relief=bearing.relief,
        gross=bearing.gross.amount,
        net=bearing.net.amount,
    )
