"""The rule of Hathaway and Neve: safety, then fit, then culture, then nearness; demography last."""

from collections.abc import Mapping
from fractions import Fraction

from commonhaven.allocation.criteria.bands import CRITERIA, Class, band, widths
from commonhaven.allocation.criteria.record import notes, working
from commonhaven.allocation.criteria.wishes import wished
from commonhaven.allocation.flow.stage import Ask, Stage, places, stage
from commonhaven.allocation.gate import excluded
from commonhaven.allocation.question import Host, Placement, Question, Scores
from commonhaven.allocation.rule import Parameter, Rule, Settings
from commonhaven.allocation.tie_break import KEYS

INSTRUMENT = "hathaway-neve"


def place(question: Question, settings: Settings) -> Placement:
    """Place every cohort at once: special needs first, then everybody by class.

    Nothing runs before the gate. As many people as possible are placed; among the placements that
    do, the four criteria decide in their order over all cohorts; among those still equal, the
    demographic key; what is then still open, the declared order. Hathaway and Neve 1997, 204-06;
    the numbers are our proposal (see the instrument hathaway-neve).
    """
    shut = excluded(question)
    gates = _open(question, shut)
    scores = _scores(question, settings)
    classes = _classes(gates, scores, widths(settings))
    key = KEYS[str(settings["tie_break_key"])]
    special = stage(_special(question, gates), question, key)
    general = stage(
        _general(question, gates, classes, special, region_first=bool(settings["region_first"])),
        question,
        key,
    )
    people = {
        cohort.id: _sum(special.people[cohort.id], general.people[cohort.id])
        for cohort in sorted(question.cohorts, key=lambda cohort: cohort.id)
    }
    return Placement(
        people=people,
        unplaced=dict(general.unplaced),
        excluded=shut,
        targets={s: special.targets[s] + target for s, target in general.targets.items()},
        ties=(*special.ties, *general.ties),
        notes=notes(question, gates, special, general, region_first=bool(settings["region_first"])),
        working=working(question, scores, classes, settings, special, general),
    )


def _open(question: Question, shut: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Cohort → the states that the gate leaves open to it, in alphabetical order."""
    states = sorted(host.state for host in question.hosts)
    return {
        cohort: tuple(state for state in states if state not in reasons)
        for cohort, reasons in shut.items()
    }


def _scores(question: Question, settings: Settings) -> dict[str, Mapping[str, Scores]]:
    members = frozenset(host.state for host in question.hosts)
    weight, least = Fraction(settings["wish_weight"]), int(settings["wish_least_asked"])
    presence = bool(settings["presence_as_wish"])
    return {
        cohort.id: wished(cohort, members, weight, least, presence=presence)
        for cohort in question.cohorts
    }


def _classes(
    gates: Mapping[str, tuple[str, ...]],
    scores: Mapping[str, Mapping[str, Scores]],
    width: Mapping[str, Fraction],
) -> dict[str, dict[str, Class]]:
    """Cohort → eligible state → its bands in the order of the criteria."""
    found: dict[str, dict[str, Class]] = {}
    for cohort, states in gates.items():
        found[cohort] = {}
        for state in states:
            first, second, third, fourth = (
                band(getattr(scores[cohort][state], name), width[name]) for name in CRITERIA
            )
            found[cohort][state] = (first, second, third, fourth)
    return found


def _special(question: Question, gates: Mapping[str, tuple[str, ...]]) -> Ask:
    """People exempt from temporary protection, and the eligible states of the outer core."""
    outer = {host.state for host in question.hosts if host.tier == "outer core"}
    return Ask(
        name=f"{INSTRUMENT}.special-needs",
        people={cohort.id: cohort.special_needs for cohort in question.cohorts},
        places=places(question),
        levels={
            g: {state: () for state in states if state in outer} for g, states in gates.items()
        },
    )


def _general(
    question: Question,
    gates: Mapping[str, tuple[str, ...]],
    classes: Mapping[str, Mapping[str, Class]],
    special: Stage,
    *,
    region_first: bool,
) -> Ask:
    """Everybody else, and the room that is left.

    ``region_first``: for a cohort with an eligible state in the inner core, the inner core comes
    before all other members; for a cohort without, all are hosts on the same footing.
    """
    hosts = {host.state: host for host in question.hosts}
    levels: dict[str, dict[str, tuple[int, ...]]] = {}
    for cohort, states in gates.items():
        region = region_first and any(inner(hosts[state]) for state in states)
        levels[cohort] = {
            state: (int(not region or inner(hosts[state])), *classes[cohort][state])
            for state in states
        }
    return Ask(
        name=INSTRUMENT,
        people={
            cohort.id: cohort.people - sum(special.people[cohort.id].values())
            for cohort in question.cohorts
        },
        places={s: room - special.received(s) for s, room in places(question).items()},
        levels=levels,
    )


def inner(host: Host) -> bool:
    return host.tier == "inner core"


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    states = sorted({*one, *other})
    both = {state: one.get(state, 0) + other.get(state, 0) for state in states}
    return {state: number for state, number in both.items() if number}


HATHAWAY_NEVE = Rule(
    id="hathaway-neve",
    title="Hathaway and Neve: four criteria in order",
    kind="placement",
    principle="People are protected where they are safest, then where they can best provide for "
    "themselves, then where ties are closest, then where it is nearest; only among states "
    "similarly positioned does size or wealth count.",
    value_judgement="What protects people best decides where they are; what is unfair to a state "
    "is put right with money and permanent places, not by moving people.",
    source="J. C. Hathaway and R. A. Neve, 10 Harvard Human Rights Journal 115 (1997), 204-06; "
    "bands, weights and the order of regions are our proposal",
    standing="our proposal",
    optional_indicators=tuple(sorted({name for key in KEYS.values() for name in key.indicators})),
    parameters=(
        Parameter(
            name="band_width",
            kind="number",
            meaning="Width of a band: scores in the same band count as equal.",
            instrument=INSTRUMENT,
            entry="band_width",
            low=Fraction(1, 100),
            high=Fraction(1),
        ),
        Parameter(
            name="security_band_width",
            kind="number",
            meaning="Width of a band of security. 1: above the floor, security does not rank.",
            instrument=INSTRUMENT,
            entry="security_band_width",
            low=Fraction(1, 100),
            high=Fraction(1),
        ),
        Parameter(
            name="wish_weight",
            kind="number",
            meaning="Weight of people's wishes in criteria two to four; never in security.",
            instrument=INSTRUMENT,
            entry="wish_weight",
            low=Fraction(0),
            high=Fraction(1),
        ),
        Parameter(
            name="wish_least_asked",
            kind="whole",
            meaning="Least number of people asked for their wishes to count.",
            instrument=INSTRUMENT,
            entry="wish_least_asked",
            low=1,
        ),
        Parameter(
            name="presence_as_wish",
            kind="yes or no",
            meaning="Whether, where too few were asked, the state that people fled to counts as "
            "what they wish.",
            instrument=INSTRUMENT,
            entry="presence_as_wish",
        ),
        Parameter(
            name="special_needs_share",
            kind="number",
            meaning="Part of a cohort with special needs where the situation gives none; it is "
            "applied when the question is put.",
            instrument=INSTRUMENT,
            entry="special_needs_share",
            low=Fraction(0),
            high=Fraction(1),
        ),
        Parameter(
            name="region_first",
            kind="yes or no",
            meaning="Whether the inner core comes before members outside the region.",
            instrument=INSTRUMENT,
            entry="region_first",
        ),
        Parameter(
            name="tie_break_key",
            kind="choice",
            meaning="Key that divides people between similarly positioned states.",
            instrument=INSTRUMENT,
            entry="tie_break_key",
            choices=tuple(KEYS),
        ),
    ),
    weaknesses=(
        "A score just below the edge of a band counts less than one just above it; the distance of "
        "every score to its edge is reported.",
        "Most people stay in the region they fled to: without the cost rule and the permanent "
        "places that belong to it, this rule alone is unfair to neighbours.",
        "How safe and how fitting a state is, is a judgement; the computed scores start the "
        "group's discussion and do not end it.",
        "With several cohorts the criteria are summed over all people, so one cohort may get a "
        "lesser state for the good of the others.",
    ),
    place=place,
)
