"""What other processes have tried, with what result; found in six languages, and whom to ask."""

from commonhaven.processes.practices.library import (
    check,
    findings,
    json_schema,
    load,
    practice,
    practices,
    read,
    shipped,
    source_of,
    sources,
    theme_words,
)
from commonhaven.processes.practices.model import (
    LANGUAGES,
    SURE,
    Evidence,
    Practice,
    Reuse,
    Sure,
    in_language,
)
from commonhaven.processes.practices.peers import Peer, peers, reasons
from commonhaven.processes.practices.recall import Answered, answered, read_questions, recalls
from commonhaven.processes.practices.search import Hit, search

__all__ = [
    "LANGUAGES",
    "SURE",
    "Answered",
    "Evidence",
    "Hit",
    "Peer",
    "Practice",
    "Reuse",
    "Sure",
    "answered",
    "check",
    "findings",
    "in_language",
    "json_schema",
    "load",
    "peers",
    "practice",
    "practices",
    "read",
    "read_questions",
    "reasons",
    "recalls",
    "search",
    "shipped",
    "source_of",
    "sources",
    "theme_words",
]
