"""Whom to ask: processes that did something on a question's theme, that work on it, or neither.

Our proposal. Who has a practice that bears on the question comes before who only works on the
theme; who took a practice over counts like who began it. No process is asked of itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonhaven.processes.likeness import themes
from commonhaven.processes.model import Process
from commonhaven.processes.practices.model import Practice
from commonhaven.processes.practices.search import search
from commonhaven.saying import Number, Said, say, several

BEARING = 10
"""How many of the practices that have words of the question bear on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A process that could be asked, with the practices and the themes that speak for it."""

    process: str
    on_theme: tuple[str, ...]
    on_words: tuple[str, ...]
    works_on: bool

    @property
    def order(self) -> tuple[int, int, int, str]:
        both = len({*self.on_theme} & {*self.on_words})
        return (-both, -len({*self.on_theme, *self.on_words}), -self.works_on, self.process)


def peers(
    theme: str,
    question: str,
    among: Iterable[Practice],
    known: Mapping[str, Process],
    *,
    asking: str = "",
) -> tuple[Peer, ...]:
    """Every process with something to say on a theme and a question, the likeliest first."""
    held = list(among)
    worded = {hit.practice.id for hit in search(question, held, most=BEARING)} if question else ()
    found = []
    for name, process in known.items():
        if name == asking or process.status == "ended":
            continue
        own = [each for each in held if name in each.processes]
        peer = Peer(
            process=name, on_theme=tuple(e.id for e in own if theme in e.themes),
            on_words=tuple(e.id for e in own if e.id in worded),
            works_on=theme in themes(process),
        )  # fmt: skip
        if peer.on_theme or peer.on_words or peer.works_on:
            found.append(peer)
    return tuple(sorted(found, key=lambda each: each.order))


def reasons(peer: Peer) -> tuple[Said, ...]:
    """Why a process is named, a sentence each."""
    told = []
    if peer.on_theme:
        told.append(
            several("It has {number} practice on the theme.", "It has {number} practices on the "
                    "theme.", number=Number(len(peer.on_theme)))
        )  # fmt: skip
    if worded := set(peer.on_words) - set(peer.on_theme):
        told.append(
            several("It has {number} practice with words of the question.", "It has {number} "
                    "practices with words of the question.", number=Number(len(worded)))
        )  # fmt: skip
    if peer.works_on:
        told.append(say("It works on the theme."))
    return tuple(told)
