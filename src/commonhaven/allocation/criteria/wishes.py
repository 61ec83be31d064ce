"""What people wish, as data on functional, cultural and proximity criteria; never on security."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from commonhaven.allocation.question import Cohort, Scores
from commonhaven.reading import Problem


def wished(
    cohort: Cohort,
    members: frozenset[str],
    weight: Fraction,
    least_asked: int,
    *,
    presence: bool = False,
) -> Mapping[str, Scores]:
    """The cohort's scores with ``(1 - weight) × score + weight × wish / greatest wish``.

    Wishes count where at least ``least_asked`` people were asked and some named a member; else the
    scores stay, unless ``presence``: then where people fled to stands for what they wish.
    Hathaway and Neve 1997, 205: refugees often choose by the very factors that should guide the
    group; ExCom Conclusion 15. Problem where shares of wishes are below zero or exceed one
    together.
    """
    if any(share < 0 for share in cohort.wishes.values()) or sum(cohort.wishes.values()) > 1:
        raise Problem(
            "the wishes are not parts of those asked",
            where=cohort.id,
            fix="Give each state the part that named it; together at most 1.",
        )
    wishes = _counted(cohort, least_asked, presence=presence)
    greatest = max((wishes.get(state, Fraction(0)) for state in members), default=0)
    if not greatest or not weight:
        return cohort.scores
    return {
        state: _moved(scores, wishes.get(state, Fraction(0)) / greatest, weight)
        for state, scores in cohort.scores.items()
        if state in members
    }


def _counted(cohort: Cohort, least_asked: int, *, presence: bool) -> Mapping[str, Fraction]:
    if cohort.asked >= least_asked:
        return cohort.wishes
    return {s: Fraction(people) for s, people in cohort.present.items()} if presence else {}


def _moved(scores: Scores, wish: Fraction, weight: Fraction) -> Scores:
    return replace(
        scores,
        functional=(1 - weight) * scores.functional + weight * wish,
        cultural=(1 - weight) * scores.cultural + weight * wish,
        proximity=(1 - weight) * scores.proximity + weight * wish,
    )
