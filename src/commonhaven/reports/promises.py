"""The four numbers in reports: fair share, pledged, after deductions, delivered, and the steps."""

from collections.abc import Iterable, Iterator

from commonhaven.commitments import Staircase, Step
from commonhaven.reports.document import Column, Table
from commonhaven.reports.words import Words

NUMBERS = ("fair_share", "pledged", "after_deductions", "delivered", "received", "verified")
STEPS = ("to_fair_share", "to_pledged", "to_after", "to_delivered")


def four_numbers(stairs: Iterable[Staircase], words: Words, *, source: str) -> Iterator[Table]:
    """The numbers of each state in the pool's unit, and what lies between them."""
    each = tuple(stairs)
    if not each:
        return
    yield numbers(each, words, source)
    rows = tuple(
        (words.party(one.state), reason(step, words), step.decision, step.change)
        for one in each
        for step in steps(one)
    )
    if rows:
        yield Table(
            caption=words.say("steps-table"),
            columns=(
                Column(title=words.say("state")),
                Column(title=words.say("reason"), wide=True),
                Column(title=words.say("decision")),
                Column(title=words.say("change"), kind="number", places=None),
            ),
            rows=rows,
            sources=(source,),
        )


def numbers(each: tuple[Staircase, ...], words: Words, source: str) -> Table:
    """One row a state; exact sums below."""
    whole = all(getattr(one, name).denominator == 1 for one in each for name in NUMBERS)
    unit = words.told(each[0].unit)
    titles = (words.say(name.replace("_", "-")) for name in NUMBERS)
    columns = (
        Column(title=title, kind="number", places=0 if whole else 2, total=True) for title in titles
    )
    return Table(
        caption=words.say("four-table", unit=unit),
        columns=(Column(title=words.say("state"), wide=True), *columns),
        rows=tuple(
            (words.party(one.state), *(getattr(one, name) for name in NUMBERS)) for one in each
        ),
        sources=(source,),
    )


def reason(step: Step, words: Words) -> str:
    """Why a step goes up or down; what a person remarked stays as it was written."""
    said, colon, remark = step.reason.partition(": ")
    return f"{words.told(said)}{colon}{remark}"


def steps(one: Staircase) -> Iterator[Step]:
    """Every step of a staircase, from the top."""
    for name in STEPS:
        yield from getattr(one, name)
