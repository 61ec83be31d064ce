"""Consultative processes: who meets, on what, who could learn from whom, and the global fora."""

from commonhaven.processes.bridges import Bridge, bridges
from commonhaven.processes.exchange import (
    Exchange,
    Suggestion,
    exchanges,
    reasons,
    suggestions,
)
from commonhaven.processes.gaps import Gaps, RegionCover, ThemeCover, gaps
from commonhaven.processes.library import (
    check_together,
    findings,
    json_schema,
    load,
    process,
    processes,
    read,
    shipped,
)
from commonhaven.processes.likeness import Likeness, equal_weights, likeness, rarity
from commonhaven.processes.matrix import (
    POINTS,
    Cell,
    Comparison,
    Filter,
    Point,
    chosen,
    compare,
    point,
)
from commonhaven.processes.model import (
    Chair,
    Covers,
    Involvement,
    Part,
    Process,
    Secretariat,
    Source,
    unknown,
)
from commonhaven.processes.overlap import Overlap, Seats, overlap, overlaps, seats
from commonhaven.processes.roster import Roster, chairs_on, roster
from commonhaven.processes.vocabulary import Theme, Vocabulary, sources, vocabulary

__all__ = [
    "POINTS",
    "Bridge",
    "Cell",
    "Chair",
    "Comparison",
    "Covers",
    "Exchange",
    "Filter",
    "Gaps",
    "Involvement",
    "Likeness",
    "Overlap",
    "Part",
    "Point",
    "Process",
    "RegionCover",
    "Roster",
    "Seats",
    "Secretariat",
    "Source",
    "Suggestion",
    "Theme",
    "ThemeCover",
    "Vocabulary",
    "bridges",
    "chairs_on",
    "check_together",
    "chosen",
    "compare",
    "equal_weights",
    "exchanges",
    "findings",
    "gaps",
    "json_schema",
    "likeness",
    "load",
    "overlap",
    "overlaps",
    "point",
    "process",
    "processes",
    "rarity",
    "read",
    "reasons",
    "roster",
    "seats",
    "shipped",
    "sources",
    "suggestions",
    "unknown",
    "vocabulary",
]
