"""Checks of what binds the members: rules, parameters, limits, ceilings."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from commonhaven.allocation import Rule
from commonhaven.charter.known import known_rules, known_scales, state_finding
from commonhaven.charter.model import Charter, Limit, TieBreak
from commonhaven.charter.phrases import shown
from commonhaven.costs.erf import EUROPEAN_REFUGEE_FUND
from commonhaven.costs.money import currencies
from commonhaven.reading import Problem, closest, decimal_text, exact
from commonhaven.reading.finding import Finding, advice, error

ELSEWHERE: dict[str, tuple[str, ...]] = {
    "security_floor": ("responsibility", "security_floor"),
    "tie_break_key": ("responsibility", "tie_break", "key"),
}
ELSEWHERE |= {name: ("protection", name) for name in ("years", "residual_share", "residual_key")}
ELSEWHERE |= {name: ("costs", name) for name in ("ceiling", "host_relief_full_at")}
"""Terms that a charter lays down once, whatever the rule: name → tables and field."""
TRIAL_FIGURE = Fraction(50_000)
"""A figure that is possible for every indicator: people, money, square kilometres, a rate."""


BELONGS_TO_KEYS = {"at_least": "a floor", "deduction": "a deduction"}
"""Terms of a limit that only a key applies: field → in words."""
DIVIDES_RECEIPTS = (EUROPEAN_REFUGEE_FUND.id,)
"""Scales that say who receives from a fund, not who pays into it."""


def responsibility_findings(charter: Charter) -> Iterator[Finding]:
    """The rule of responsibility, its parameters, ties and limits."""
    terms, rules = charter.responsibility, known_rules()
    rule = rules.get(terms.rule)
    where = "responsibility, rule"
    if rule is None and terms.rule in known_scales():
        said = f"{terms.rule} shares money, not people"
        yield error(said, where, "Name it under costs, scale.")
    elif rule is None:
        said = f"no rule is called {terms.rule[:60]}"
        yield error(said, where, closest(terms.rule, rules))
    elif rule.kind == "scenario":
        said = f"{rule.id} may be compared, never chosen"
        fix = f"{rule.warning} Choose another rule: see `commonhaven rules`."
        yield error(said, where, fix.strip())
    else:
        yield from parameter_findings(rule, terms.parameters, "responsibility, parameters")
        yield from _contradictions(charter, rule)
        yield from _rounding_findings(charter, rule)
        yield from _warning(rule, where)
    yield from key_finding(terms.tie_break.key, "responsibility, tie_break, key")
    yield from _lots_findings(charter, terms.tie_break)
    yield from _limit_findings(charter)


def key_finding(name: str, where: str) -> Iterator[Finding]:
    """The rule of that name exists and gives every state a share of people."""
    rules = known_rules()
    keys = sorted(rule.id for rule in rules.values() if rule.kind == "key")
    if name not in rules:
        yield error(f"no key is called {name[:60]}", where, closest(name, keys))
    elif name not in keys:
        said = f"{name} is not a key: it places people itself"
        yield error(said, where, "Choose one of the keys that `commonhaven rules` lists.")


def parameter_findings(rule: Rule, given: Mapping[str, str], where: str) -> Iterator[Finding]:
    """Every parameter that the rule does not have or does not take, then those that conflict."""
    wrong = False
    for name, value in given.items():
        try:
            rule.settings({name: value}, f"{where}, {name}")
        except Problem as problem:
            wrong = True
            fix = problem.fix
            if name in ELSEWHERE and name not in {each.name for each in rule.parameters}:
                fix = f"It stands in the charter itself: {', '.join(ELSEWHERE[name])}."
            yield error(problem.what, problem.where or where, fix)
    if not wrong:
        yield from _joint_findings(rule, given, where)


def _joint_findings(rule: Rule, given: Mapping[str, str], where: str) -> Iterator[Finding]:
    """Parameters that are each in range and yet do not go together, such as weights.

    A key or scale tells when it computes: it is tried on two states that do not exist. Where it
    fails on them with its defaults too, the trial says nothing about the parameters.
    """
    if rule.shares is None:
        return
    if _trial(rule, {}) is None and (problem := _trial(rule, given)) is not None:
        yield error(problem.what, where, problem.fix)


def _trial(rule: Rule, given: Mapping[str, str]) -> Problem | None:
    indicators = (*rule.indicators, *rule.optional_indicators)
    figures = {state: dict.fromkeys(indicators, TRIAL_FIGURE) for state in ("one", "two")}
    try:
        rule.key(figures, rule.settings(given), 100)
    except Problem as problem:
        return problem
    return None


def _warning(rule: Rule, where: str) -> Iterator[Finding]:
    if rule.warning:
        yield advice(f"{rule.id} carries a warning", where, rule.warning)


def _contradictions(charter: Charter, rule: Rule) -> Iterator[Finding]:
    """A parameter that says otherwise than the charter's own term of the same meaning."""
    given = charter.responsibility.parameters
    for parameter in rule.parameters:
        name = parameter.name
        if name not in given or name not in ELSEWHERE:
            continue
        own: object = charter
        for step in ELSEWHERE[name]:
            own = getattr(own, step)
        if shown(own) != shown(_value(given[name])):
            place = ", ".join(ELSEWHERE[name])
            yield error(
                f"{name} is {given[name]} here and {shown(own)} in {place}",
                f"responsibility, parameters, {name}",
                f"Leave it out here: {place} decides.",
            )


def _value(text: str) -> object:
    try:
        return exact(text)
    except Problem:
        return text


def _rounding_findings(charter: Charter, rule: Rule) -> Iterator[Finding]:
    terms = charter.responsibility
    if rule.kind == "key" and rule.rounding != terms.rounding:
        said = f"{rule.id} is published with {rule.rounding}; the charter says {terms.rounding}"
        fix = f'Write rounding = "{rule.rounding}" to follow the text.'
        yield advice(said, "responsibility, rounding", fix)
    if rule.kind != "key" and terms.credit_hosted:
        said = f"credit_hosted works under a key; {rule.id} is not one"
        yield advice(said, "responsibility, credit_hosted", "Leave it out.")


def _lots_findings(charter: Charter, ties: TieBreak) -> Iterator[Finding]:
    where = "responsibility, tie_break, lots"
    if ties.order != "drawn lots":
        if ties.lots:
            said = f'lots were drawn, but ties are settled by "{ties.order}"'
            yield error(said, where, 'Write order = "drawn lots", or leave lots out.')
        return
    states = {member.state for member in charter.members}
    twice = sorted({state for state in ties.lots if ties.lots.count(state) > 1})
    if not ties.lots:
        yield error("no lots are recorded", where, "List the states in the order drawn.")
    elif missing := sorted(states - set(ties.lots)):
        yield error(f"no lot for {', '.join(missing)}", where, "Draw for every member.")
    if strangers := sorted(set(ties.lots) - states):
        said = f"{', '.join(strangers)} drew a lot without being a member"
        yield error(said, where, "Take it out, or add the member.")
    if twice:
        yield error(f"{', '.join(twice)} drew more than one lot", where, "Name each state once.")


def _limit_findings(charter: Charter) -> Iterator[Finding]:
    states = {member.state for member in charter.members}
    seen: dict[str, int] = {}
    for number, limit in enumerate(charter.responsibility.limits, 1):
        where = f"responsibility, limits {number}"
        unknown = tuple(state_finding(limit.state, f"{where}, state"))
        yield from unknown
        if not unknown and limit.state not in states:
            said = f"{limit.state} is not a member: nothing can be granted to it"
            yield error(said, f"{where}, state", "Remove the limit or add the member.")
        if limit.state in seen:
            said = f"{limit.state} has two limits"
            yield error(said, where, f"Join it with limits {seen[limit.state]}.")
        seen.setdefault(limit.state, number)
        yield from _one_limit(limit, where)
        yield from _idle_terms(limit, charter.responsibility.rule, where)


def _idle_terms(limit: Limit, rule: str, where: str) -> Iterator[Finding]:
    """Terms of a limit that the rule would not apply."""
    known = known_rules()
    if rule not in known or known[rule].kind != "placement":
        return
    for name, words in BELONGS_TO_KEYS.items():
        if getattr(limit, name):
            said = f"{words} belongs to keys; {rule} places cohorts and would not apply it"
            fix = "Leave it out, or choose a key as the rule."
            yield error(said, f"{where}, {name}", fix)


def _one_limit(limit: Limit, where: str) -> Iterator[Finding]:
    least, most, off = limit.at_least, limit.at_most, limit.deduction
    if not limit.decision.strip():
        said = f"no decision grants the limit of {limit.state}"
        yield error(said, f"{where}, decision", "Say who decided, when, with reference.")
    if least is not None and most is not None and least > most:
        said = f"{limit.state} must take at least {least} and at most {most}"
        yield error(said, f"{where}, at_least", "Let at_most be the larger.")
    if limit.exempt and (least or most or off):
        said = f"{limit.state} is exempt and yet has a number of people"
        yield error(said, f"{where}, exempt", "Leave out exempt, or at_least, at_most, deduction.")
    if not limit.exempt and least is None and most is None and off is None:
        said = f"the limit of {limit.state} grants nothing"
        yield error(said, where, "Write at_least, at_most, exempt or deduction.")


def cost_findings(charter: Charter) -> Iterator[Finding]:
    """The scale, its parameters, and a ceiling that can be met."""
    costs, scales = charter.costs, known_scales()
    scale = scales.get(costs.scale)
    if scale is None and costs.scale in known_rules():
        said = f"{costs.scale} shares people, not money"
        yield error(said, "costs, scale", "Name it under responsibility, rule.")
    elif scale is None:
        said = f"no scale is called {costs.scale[:60]}"
        yield error(said, "costs, scale", closest(costs.scale, scales))
    elif scale.id in DIVIDES_RECEIPTS:
        said = f"{scale.id} says who receives from a fund, not who pays into it"
        fix = "Choose another scale: see `commonhaven rules`."
        yield error(said, "costs, scale", fix)
    else:
        yield from parameter_findings(scale, costs.parameters, "costs, parameters")
        yield from _warning(scale, "costs, scale")
    yield from _currency_findings(costs.currency)
    payers = len(charter.members_on(charter.group.in_force))
    if payers and costs.ceiling * payers < 1:
        who, bear = ("member", "bears") if payers == 1 else ("members", "each bear")
        said = (
            f"{payers} {who} at no more than {decimal_text(costs.ceiling)} "
            f"{bear} {decimal_text(costs.ceiling * payers)} of the cost, not all of it"
        )
        fix = f"Let the ceiling be at least 1/{payers}, or bring in more members."
        yield error(said, "costs, ceiling", fix)


def _currency_findings(currency: str) -> Iterator[Finding]:
    where = "costs, currency"
    if currency not in currencies():
        fix = "Write the code of the currency of account, such as USD."
        yield error(f'"{currency}" is not an ISO 4217 currency in use', where, fix)
    elif currency != "USD":
        said = f"costs are counted in {currency}; estimates of unit costs are in USD only"
        yield advice(said, where, f"State unit costs in {currency} in every situation.")


def protection_findings(charter: Charter) -> Iterator[Finding]:
    """The key of the permanent places."""
    yield from key_finding(charter.protection.residual_key, "protection, residual_key")
