"""The rule of Hathaway and Neve: safety, then fit, then culture, then nearness; demography last."""

from collections.abc import Mapping
from fractions import Fraction

from commonhaven.allocation.criteria.bands import CRITERIA, Class, band, widths
from commonhaven.allocation.criteria.record import notes, working
from commonhaven.allocation.criteria.rows import Rows, rows, split
from commonhaven.allocation.criteria.wishes import wished
from commonhaven.allocation.flow.stage import Ask, places, stage
from commonhaven.allocation.gate import excluded
from commonhaven.allocation.question import Placement, Question, Scores
from commonhaven.allocation.rule import Parameter, Rule, Settings
from commonhaven.allocation.tie_break import KEYS

INSTRUMENT = "hathaway-neve"


def place(question: Question, settings: Settings) -> Placement:
    """Place every cohort at once, behind the gate, each aim within what those before leave open.

    As many people as possible; of those with special needs as many as possible in the outer core;
    where ``region_first`` is yes, as many others as possible in the inner core; then security,
    functional fit, culture and nearness by class; then the demographic key; last, the declared
    order. Hathaway and Neve 1997, 204-06; the numbers, and putting the region before security, are
    our proposal (see the instrument hathaway-neve).
    """
    shut = excluded(question)
    gates = _open(question, shut)
    scores = _scores(question, settings)
    classes = _classes(gates, scores, widths(settings))
    outer = frozenset(host.state for host in question.hosts if host.tier == "outer core")
    apart = rows(question, gates, outer)
    region = bool(settings["region_first"])
    ask = Ask(
        name=INSTRUMENT,
        people=apart.people,
        places=places(question),
        levels=_levels(question, classes, apart, outer, region_first=region),
        cohort=apart.cohort,
        advice="Give the figure, or choose another tie_break_key.",
    )
    made = stage(ask, question, KEYS[str(settings["tie_break_key"])])
    found = split(apart, made, outer)
    return Placement(
        people={cohort: part.people for cohort, part in found.items()},
        unplaced={cohort: part.unplaced for cohort, part in found.items()},
        excluded=shut,
        targets=made.targets,
        ties=made.ties,
        notes=notes(question, gates, found, made, region_first=region),
        working=working(question, scores, classes, settings, found, made),
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


def _levels(
    question: Question,
    classes: Mapping[str, Mapping[str, Class]],
    apart: Rows,
    outer: frozenset[str],
    *,
    region_first: bool,
) -> dict[str, dict[str, tuple[int, ...]]]:
    """Row → eligible state → 1 for special needs in the outer core, 1 for the region, the class.

    ``region_first``: for a cohort with an eligible state in the inner core, the inner core comes
    before all other members; for a cohort without, all are hosts on the same footing. Within the
    outer core nothing but the key tells states apart for people with special needs.
    """
    inner = {host.state for host in question.hosts if host.tier == "inner core"}
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for row, cohort in apart.cohort.items():
        region = region_first and bool(inner & set(classes[cohort]))
        special = row in apart.special
        found[row] = {
            state: (1, 0, 0, 0, 0, 0)
            if special and state in outer
            else (0, int(not region or state in inner), *bands)
            for state, bands in classes[cohort].items()
        }
    return found


HATHAWAY_NEVE = Rule(
    id="hathaway-neve",
    title="Hathaway and Neve: four criteria in order",
    kind="placement",
    principle="No state below the floor of security receives anyone. Above it, people stay in "
    "their region by default (region_first); within the region, or wherever a charter lets the "
    "region not come first, they are protected where they are safest, then where they can best "
    "provide for themselves, then where ties are closest, then where it is nearest; only among "
    "states similarly positioned does size or wealth count.",
    value_judgement="What protects people best decides where they are, and a region that is safe "
    "enough counts as best before a safer state outside it (by default); what is unfair to a state "
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
            meaning="Whether the inner core comes before members outside the region, and so before "
            "the four criteria; the floor of security holds in any case.",
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
        "By default the region comes before security: a state of the inner core just above the "
        "floor receives people before a much safer member outside. The text makes security the "
        "first criterion and expects the region to follow from the criteria; region_first = no "
        "leaves it to them.",
        "Most people stay in the region they fled to: without the cost rule and the permanent "
        "places that belong to it, this rule alone is unfair to neighbours.",
        "How safe and how fitting a state is, is a judgement; the computed scores start the "
        "group's discussion and do not end it.",
        "People with special needs come first in the outer core, but not before anybody's place: "
        "where an outer state is the only one open to others, those with special needs give way. "
        "Within the outer core the key divides them, not how safe or fitting each state is.",
        "With several cohorts the criteria are summed over all people, so one cohort may get a "
        "lesser state for the good of the others.",
    ),
    place=place,
)
