"""The gate before every placement: to whom nobody may be sent, and why; no parameter opens it."""

from collections.abc import Iterable
from fractions import Fraction
from math import floor

from commonhaven.allocation.question import Cohort, Host, Question
from commonhaven.reading import Problem, decimal_text
from commonhaven.saying import Number, say

SHOWN = 10**4


def excluded(question: Question) -> dict[str, dict[str, str]]:
    """Cohort → state → the reason, as a sentence, why nobody of the cohort may be placed there.

    Hathaway and Neve 1997, 204-05: security comes first and removes a state, it is never weighed.
    """
    check(question)
    found: dict[str, dict[str, str]] = {}
    for cohort in question.cohorts:
        reasons = {
            host.state: reason(question, cohort, host)
            for host in sorted(question.hosts, key=lambda host: host.state)
        }
        found[cohort.id] = {state: why for state, why in reasons.items() if why}
    return found


def eligible(question: Question) -> dict[str, tuple[str, ...]]:
    """Cohort → the states, in alphabetical order, that the gate leaves open to it."""
    shut = excluded(question)
    states = sorted(host.state for host in question.hosts)
    return {
        cohort.id: tuple(state for state in states if state not in shut[cohort.id])
        for cohort in question.cohorts
    }


def reason(question: Question, cohort: Cohort, host: Host) -> str:
    """Why nobody of the cohort may be placed with this host; empty where the gate is open."""
    scores = cohort.scores.get(host.state)
    if host.state == cohort.origin:
        return say("It is the country fled from.")
    if host.state in cohort.refoulement_risk:
        return say("People of this cohort risk being returned to danger from there.")
    if scores is None:
        return say("Its security for this cohort was not assessed.")
    if scores.security < question.security_floor:
        level = Fraction(floor(scores.security * SHOWN), SHOWN)
        return say(
            "Its security, {level}, is below the floor of {floor}.",
            level=Number(level), floor=Number(question.security_floor),
        )  # fmt: skip
    if not host.takes_part:
        return say("It is exempt by decision.")
    return ""


def check(question: Question) -> None:
    """Problem where the question itself cannot be answered: a state or cohort named twice, ..."""
    _once((host.state for host in question.hosts), "the state", "hosts")
    _once((cohort.id for cohort in question.cohorts), "the cohort", "cohorts")
    for cohort in question.cohorts:
        if cohort.people < 0:
            raise Problem(f"{cohort.people} people", where=cohort.id, fix="Give 0 or more.")
        if not 0 <= cohort.special_needs <= cohort.people:
            said = f"{cohort.special_needs} of {cohort.people} people have special needs"
            raise Problem(said, where=cohort.id, fix="They are part of the people: 0 to all.")
        _within(cohort)
    for host in question.hosts:
        for name in ("capacity", "hosted", "at_least", "deduction"):
            number = getattr(host, name)
            if number is not None and number < 0:
                raise Problem(f"{name} is {number}", where=host.state, fix="Give 0 or more.")


def _within(cohort: Cohort) -> None:
    """Problem where a score is not from 0 to 1, or people present are fewer than none."""
    for state, scores in sorted(cohort.scores.items()):
        for name in ("security", "functional", "cultural", "proximity"):
            score = getattr(scores, name)
            if not 0 <= score <= 1:
                said = f"the score {name} is {decimal_text(score)}"
                raise Problem(said, where=f"{cohort.id}, {state}", fix="Give 0 to 1.")
    for state, number in sorted(cohort.present.items()):
        if number < 0:
            said = f"{number} people are present"
            raise Problem(said, where=f"{cohort.id}, {state}", fix="Give 0 or more.")


def _once(names: Iterable[str], what: str, where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Problem(f"{what} {name} appears twice", where=where, fix="Keep one.")
        seen.add(name)
