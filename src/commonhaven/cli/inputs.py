"""The charter, the situation and the figures that a command names."""

from datetime import date
from pathlib import Path

from commonhaven.charter import Charter
from commonhaven.charter import load as load_charter
from commonhaven.cli.options import read_day
from commonhaven.parties.figures import reference
from commonhaven.regime import Plan, WithFacts, compute
from commonhaven.situations import Situation
from commonhaven.situations import load as load_situation


def read_inputs(charter: str, situation: str) -> tuple[Charter, Situation]:
    return load_charter(charter), load_situation(situation)


def source(edition: str | None = None) -> WithFacts:
    """The figures that ship, or an edition of the user's own store."""
    if edition is None:
        return WithFacts(reference())
    from commonhaven.parties.figures import open_store

    return WithFacts(open_store(Path(edition)))


def plan_of(charter: str, situation: str, day: str | None, figures: str | None = None) -> Plan:
    agreed, crisis = read_inputs(charter, situation)
    asked: date | None = read_day(day)
    return compute(agreed, crisis, source(figures), on=asked)
