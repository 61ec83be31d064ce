"""The charter, the situation and the figures that a command names."""

from datetime import date

from commonhaven.charter import Charter
from commonhaven.charter import load as load_charter
from commonhaven.cli.options import read_day, read_store
from commonhaven.parties.figures import Figures, reference
from commonhaven.regime import Plan, WithFacts, compute
from commonhaven.situations import Situation
from commonhaven.situations import load as load_situation


def read_inputs(charter: str, situation: str) -> tuple[Charter, Situation]:
    return load_charter(charter), load_situation(situation)


def opened(store: str | None) -> Figures:
    """The figures that ship, or those of the user's own store over them."""
    folder = read_store(store)
    if folder is None:
        return reference()
    from commonhaven.parties.figures import open_store

    return open_store(folder)


def source(store: str | None) -> WithFacts:
    return WithFacts(opened(store))


def plan_of(charter: str, situation: str, day: str | None, store: str | None) -> Plan:
    agreed, crisis = read_inputs(charter, situation)
    asked: date | None = read_day(day)
    return compute(agreed, crisis, source(store), on=asked)
