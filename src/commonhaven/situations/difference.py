"""What changed between two versions of a situation, in sentences."""

from collections.abc import Iterator, Mapping

from commonhaven.parties import name as name_of
from commonhaven.reading import decimal_text, dump
from commonhaven.reading.canonical import Plain
from commonhaven.situations.model import CohortGroup, Situation, UnitCost

TIES: Mapping[str, str] = {
    "name": "its name", "origin": "the country fled from", "source": "the source of its numbers",
    "languages": "languages", "religions": "religions", "kin": "states with kin",
    "livelihoods": "livelihoods", "rural": "the part from rural areas", "diaspora": "the diaspora",
    "special_needs": "the part with special needs", "wishes": "wishes",
    "assessed": "the group's own assessments", "ties_source": "the source of the ties",
}  # fmt: skip
"""What a cohort says besides where its people are, in words."""


def difference(before: Situation, after: Situation) -> tuple[str, ...]:
    """The changes from one version to the next, numbers first; empty where there is none.

    Every field of a situation is compared: two versions without a sentence are equal.
    """
    return tuple(_sentences(before, after))


def _sentences(before: Situation, after: Situation) -> Iterator[str]:
    if before.people != after.people:
        yield f"People in all: {_step(before.people, after.people)}."
    if before.on != after.on:
        yield f"The numbers refer to {after.on}, before to {before.on}."
    old = {cohort.id: cohort for cohort in before.cohorts}
    new = {cohort.id: cohort for cohort in after.cohorts}
    for name, cohort in new.items():
        if name not in old:
            yield f"New cohort {name}: {cohort.people:,} people."
        else:
            yield from _cohort(old[name], cohort)
    yield from (
        f"The cohort {name} is no longer there; it had {cohort.people:,} people."
        for name, cohort in old.items()
        if name not in new
    )
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield "The cohorts stand in another order."
    yield from _capacities(before, after)
    yield from _costs(before, after)
    yield from _rest(before, after)


def _cohort(before: CohortGroup, after: CohortGroup) -> Iterator[str]:
    for state in sorted({*before.present, *after.present}):
        old, new = before.present.get(state), after.present.get(state)
        if old != new:
            yield f"{after.id} in {name_of(state)}: {_step(old or 0, new or 0)}."
    changed = [
        words for name, words in TIES.items() if getattr(before, name) != getattr(after, name)
    ]
    if changed:
        yield f"{after.id}: changed are {', '.join(changed)}."


def _capacities(before: Situation, after: Situation) -> Iterator[str]:
    old = {each.state: each for each in before.capacities}
    new = {each.state: each for each in after.capacities}
    for state in sorted({*old, *new}):
        was, now = old.get(state), new.get(state)
        if was == now:
            continue
        if now is None:
            yield f"{name_of(state)} no longer declares how many people it can receive."
        elif was is None:
            yield f"{name_of(state)} declares that it can receive {now.people:,} people."
        elif was.people != now.people:
            yield f"Capacity of {name_of(state)}: {_step(was.people, now.people)}."
        else:
            yield f"The capacity of {name_of(state)} has another source: {now.source}."


def _costs(before: Situation, after: Situation) -> Iterator[str]:
    old = {each.state: each for each in before.unit_costs}
    new = {each.state: each for each in after.unit_costs}
    for state in sorted({*old, *new}):
        if old.get(state) != new.get(state):
            yield (
                f"Cost per person and year in {'other hosts' if state == '*' else name_of(state)}: "
                f"{_cost(new.get(state))}, before {_cost(old.get(state))}."
            )
    if before.common_costs != after.common_costs:
        yield "The costs that no single host bears changed."


def _cost(cost: UnitCost | None) -> str:
    if cost is None:
        return "not given"
    once = f" and {decimal_text(cost.capital)} once" if cost.capital else ""
    return f"{cost.currency} {decimal_text(cost.amount)}{once} ({cost.source})"


def _rest(before: Situation, after: Situation) -> Iterator[str]:
    old, new = {each.id: each for each in before.sources}, {each.id: each for each in after.sources}
    for name in sorted({*old, *new}):
        if name not in old:
            yield f"New source {name}: {new[name].title}."
        elif name not in new:
            yield f"The source {name} is no longer named."
        elif old[name] != new[name]:
            yield f"The source {name} is described otherwise."
    for field, words in (
        ("id", "The short name"), ("name", "The name"), ("origin", "The country fled from"),
        ("about", "What happened, as told,"), ("synthetic", "Whether figures are invented"),
        ("conflict", "The conflict that reaches refugees"),
    ):  # fmt: skip
        if getattr(before, field) != getattr(after, field):
            yield f"{words} changed."
    kept = ("sources", "capacities", "unit_costs")
    if any(_reordered(dump(getattr(before, k)), dump(getattr(after, k))) for k in kept):
        yield "Sources, capacities or costs stand in another order."


def _reordered(before: Plain, after: Plain) -> bool:
    """Whether two lists hold the same in another order."""
    same = isinstance(before, list) and isinstance(after, list) and before != after
    return same and sorted(map(str, before)) == sorted(map(str, after))  # type: ignore[arg-type]


def _step(before: int, after: int) -> str:
    return f"{after:,}, {abs(after - before):,} {'more' if after > before else 'fewer'}"
