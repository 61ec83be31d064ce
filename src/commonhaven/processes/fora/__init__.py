"""Global fora: their cycles and programmes, their questions, and one draft that answers several."""

from commonhaven.processes.fora.answers import (
    Answered,
    Answers,
    Contribution,
    Fact,
    Section,
    answers,
    calls_of,
    read_contribution,
)
from commonhaven.processes.fora.library import (
    examples,
    findings,
    fora,
    forum,
    load,
    read,
    shipped,
    upcoming,
)
from commonhaven.processes.fora.model import (
    Call,
    Cycle,
    Forum,
    Phase,
    Priority,
    Question,
    Session,
    Slot,
)
from commonhaven.processes.fora.programme import Part, Programme, programme
from commonhaven.processes.fora.signoff import Delegation, SignOff, Standing, standing

__all__ = [
    "Answered",
    "Answers",
    "Call",
    "Contribution",
    "Cycle",
    "Delegation",
    "Fact",
    "Forum",
    "Part",
    "Phase",
    "Priority",
    "Programme",
    "Question",
    "Section",
    "Session",
    "SignOff",
    "Slot",
    "Standing",
    "answers",
    "calls_of",
    "examples",
    "findings",
    "fora",
    "forum",
    "load",
    "programme",
    "read",
    "read_contribution",
    "shipped",
    "standing",
    "upcoming",
]
