"""Rules side by side: a row for each state, a dot for each rule."""

from collections.abc import Sequence

from commonhaven.figures.dot_chart import span, spec
from commonhaven.figures.maps import leading
from commonhaven.figures.numbers import count
from commonhaven.figures.picture import Picture
from commonhaven.figures.reproduce import Names, Way, of_comparison
from commonhaven.figures.words import disclaimer, listed, say
from commonhaven.parties import name as name_of
from commonhaven.regime import Comparison


def rule_dots(
    comparison: Comparison,
    *,
    language: str = "en",
    names: Names | None = None,
    situation: str = "",
) -> Picture:
    """People whom each state protects under each rule; the charter's rule stands out.

    ``names``: by which the charter and situation are called again; a comparison does not know
    them, so that without them nothing tells how to reproduce it. ``situation``: for the title.
    """
    states = in_order(comparison)
    columns = comparison.columns
    titled = situation or (names[1] if names else comparison.charter_rule)
    failed = listed(comparison.not_run, language)
    notes = [say("not-run", language, list=failed)] if comparison.not_run else []
    way = Way(kind="rules", function="rule_dots")
    return Picture(
        id="rules",
        title=say("dots-title", language, situation=titled),
        spec=spec(comparison, states, language),
        alternative=alternative(comparison, states, language),
        columns=(
            say("state", language),
            say("there-now", language),
            *(column.rule for column in columns),
        ),
        rows=table(comparison, states, language),
        reproduce=of_comparison(way, tuple(c.rule for c in columns[1:]), names, language),
        note=" ".join((*notes, disclaimer(language))),
    )


def table(
    comparison: Comparison, states: Sequence[str], language: str
) -> tuple[tuple[str, ...], ...]:
    """A row for each state, and one for the people without a place."""
    rows = (
        (
            name_of(state, language),
            count(comparison.present.get(state, 0), language),
            *(count(column.people.get(state, 0), language) for column in comparison.columns),
        )
        for state in states
    )
    unplaced = (count(column.unplaced, language) for column in comparison.columns)
    return (*rows, (say("no-place", language), "", *unplaced))


def in_order(comparison: Comparison) -> list[str]:
    """States with people now or under some rule; the most under the charter's rule first."""
    own = comparison.columns[0].people
    there = {state for state, people in comparison.present.items() if people}
    there |= {s for column in comparison.columns for s, people in column.people.items() if people}
    return sorted(there, key=lambda state: (-own.get(state, 0), state))


def alternative(comparison: Comparison, states: Sequence[str], language: str) -> str:
    if not states:
        return say("nobody", language)
    spans = {state: span(comparison, state) for state in states}
    widest = max(states, key=lambda state: (spans[state][1] - spans[state][0], state))
    own = comparison.columns[0]
    return say(
        "dots-alt",
        language,
        n=count(len(comparison.columns), language),
        rule=own.rule,
        list=leading({s: count(own.people[s], language) for s in states if own.people.get(s)},
                     language),
        state=name_of(widest, language),
        low=count(spans[widest][0], language),
        high=count(spans[widest][1], language),
    )  # fmt: skip
