"""What stands in the library, to be listed and searched by everyone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from commonhaven.allocation import Rule
from commonhaven.allocation.registry import rules
from commonhaven.charter import load as load_charter
from commonhaven.charter import shipped as shipped_charters
from commonhaven.costs import scales
from commonhaven.indicators import framework, measures
from commonhaven.instruments import instruments
from commonhaven.parties import groupings, states
from commonhaven.parties.names import names
from commonhaven.procedures import procedures
from commonhaven.processes import called, processes
from commonhaven.processes.fora import fora
from commonhaven.processes.practices import in_language, practices, theme_words
from commonhaven.reading.fold import words
from commonhaven.situations import load as load_situation
from commonhaven.situations import shipped as shipped_situations
from commonhaven.web.search.excerpt import excerpt

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
ELSEWHERE = {
    "process": "processes:show", "forum": "fora:show", "indicator": "indicators:indicator",
    "measure": "indicators:measure", "practice": "practices:shipped",
}  # fmt: skip
"""Kinds whose pages stand in another slice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One page of the library: what it is called and what is found in it.

    ``also``: words by which it is found too, and which are not shown.
    """

    kind: str
    label: Any
    id: str
    title: str
    text: str
    also: str = ""
    called: Mapping[str, str] = field(default_factory=dict)
    """Language → title, where it has one in several."""

    @property
    def url(self) -> str:
        return reverse(ELSEWHERE.get(self.kind, f"library:{self.kind}"), args=[self.id])

    @property
    def shown(self) -> str:
        """The title in the language of the page."""
        language = (get_language() or "en").split("-", maxsplit=1)[0]
        return in_language(self.called, language) or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of the library that has the words."""

    label: Any
    title: str
    url: str
    excerpt: SafeString


def every_rule() -> dict[str, Rule]:
    """Rules that share people and scales that share money, by a name of their own.

    A scale of the name of a rule (gdp, equal, population) is told apart by its kind.
    """
    money = {f"scale-{name}" if name in rules() else name: each for name, each in scales().items()}
    return {**rules(), **money}


@cache
def volumes() -> tuple[Volume, ...]:
    """Every page of the library."""
    return (
        *_rules(), *_procedures(), *_charters(), *_situations(), *_instruments(), *_processes(),
        *_practices(), *_fora(), *_states(), *_indicators(), *_measures(),
    )  # fmt: skip


def _rules() -> Iterator[Volume]:
    for name, each in every_rule().items():
        told = [each.principle, each.value_judgement, each.source, *each.weaknesses]
        told += [parameter.meaning for parameter in each.parameters]
        yield Volume(
            kind="rule", label=_("Rule"), id=name, title=f"{each.title} ({each.id})",
            text=" ".join(told),
        )  # fmt: skip


def _procedures() -> Iterator[Volume]:
    for name, each in procedures().items():
        told = [each.principle, each.starts, each.silence, each.source, *each.weaknesses, each.note]
        told += [*(limit.what for limit in each.limits), *(act.what for act in each.acts)]
        yield Volume(
            kind="procedure", label=_("Procedure"), id=name, title=f"{each.title} ({name})",
            text=" ".join(told),
        )  # fmt: skip


def _charters() -> Iterator[Volume]:
    for name in shipped_charters():
        charter = load_charter(name)
        called = " · ".join(dict.fromkeys(charter.group.name.values()))
        members = [member.state for member in charter.members]
        text = f"{charter.group.note} {charter.responsibility.rule} {_called(members)}"
        yield Volume(kind="charter", label=_("Charter"), id=name, title=called, text=text)


def _situations() -> Iterator[Volume]:
    for name in shipped_situations():
        each = load_situation(name)
        called = " · ".join(dict.fromkeys(each.name.values()))
        cohorts = [f"{c.name} {' '.join(c.languages)}" for c in each.cohorts]
        where = [state for cohort in each.cohorts for state in cohort.present]
        sources = [source.title for source in each.sources]
        text = " ".join([each.about, *cohorts, *sources, _called([each.origin, *where])])
        yield Volume(kind="situation", label=_("Situation"), id=name, title=called, text=text)


def _instruments() -> Iterator[Volume]:
    for name, each in instruments().items():
        told = [f"{entry.id} {entry.what} {entry.article}" for entry in each.entries]
        yield Volume(
            kind="instrument", label=_("Instrument"), id=name, title=each.title,
            text=" ".join([each.note, each.source, *told]),
        )  # fmt: skip


def _processes() -> Iterator[Volume]:
    for name, each in processes().items():
        ours = [("themes", covers.theme) for covers in each.themes]
        ours += [("regions", region) for region in each.regions]
        names_of = [called(kind, word) for kind, word in ours]
        spoken = [called(kind, word, language) for kind, word in ours for language in LANGUAGES]
        parties = groupings()[each.grouping].participations if each.grouping else ()
        states_in = [part.state for part in parties] + [part.party for part in each.parts]
        told = [*each.objectives, *names_of, *(covers.words for covers in each.themes), each.note]
        yield Volume(
            kind="process", label=_("Consultative process"), id=name,
            title=" · ".join(dict.fromkeys([each.name, *each.aka])),
            text="; ".join(text for text in told if text),
            also=" ".join([name, *spoken, _called(states_in)]),
        )  # fmt: skip


def _fora() -> Iterator[Volume]:
    for name, each in fora().items():
        told = [f"{cycle.title} {cycle.place}" for cycle in each.cycles]
        told += [q.text for cycle in each.cycles for call in cycle.calls for q in call.questions]
        yield Volume(
            kind="forum", label=_("Global forum"), id=name, title=each.name,
            text=" ".join([each.rhythm, each.role_of_processes, *told, each.note]),
        )  # fmt: skip


def _practices() -> Iterator[Volume]:
    for name, each in practices().items():
        spoken = [text for theme in each.themes for text in theme_words()[theme].values()]
        told = [*each.summary.values(), each.result, *each.needs]
        yield Volume(
            kind="practice", label=_("Practice"), id=name, title=" ".join(each.title.values()),
            text=" ".join(told), also=" ".join(spoken), called=each.title,
        )  # fmt: skip


def _states() -> Iterator[Volume]:
    for code, state in states().items():
        if state.standing in {"dissolved", "no state"}:
            continue
        called = " · ".join(dict.fromkeys(names(language)[code] for language in LANGUAGES))
        yield Volume(
            kind="state", label=_("Figures of a state"), id=code, title=called,
            text=f"{code} {state.region} {state.subregion}",
        )  # fmt: skip


def _indicators() -> Iterator[Volume]:
    for each in framework().indicators:
        told = [_spoken(each.title), each.numerator, each.denominator, each.method]
        yield Volume(
            kind="indicator", label=_("Indicator"), id=each.id, title=f"{each.id} {each.title}",
            text=" ".join(told),
        )  # fmt: skip


def _measures() -> Iterator[Volume]:
    for name, each in measures().items():
        told = [_spoken(each.title), each.method, each.is_not, each.source]
        yield Volume(
            kind="measure", label=_("Measure"), id=name, title=f"{each.title} ({name})",
            text=" ".join(told),
        )  # fmt: skip


def _spoken(text: str) -> str:
    """A text of the catalogue in every language."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(gettext(text))
    return " ".join(found)


def _called(codes: Sequence[str]) -> str:
    once = dict.fromkeys(code for code in codes if code in states())
    return " ".join(names(language)[code] for code in once for language in LANGUAGES)


@cache
def _folded() -> tuple[tuple[Volume, frozenset[str], frozenset[str]], ...]:
    return tuple(
        (each, frozenset(words(each.title)), frozenset(words(f"{each.text} {each.also}")))
        for each in volumes()
    )


def on_shelf(begins: Sequence[str]) -> list[Found]:
    """The pages that have every word, those that have them in the title first."""
    ranked: list[tuple[int, int, Volume]] = []
    for place, (volume, title, text) in enumerate(_folded() if begins else ()):
        if _has(begins, title | text):
            rank = 0 if _has(begins, title) else 1
            ranked.append((rank, place, volume))
    ranked.sort(key=lambda each: each[:2])
    return [
        Found(label=v.label, title=v.shown, url=v.url, excerpt=excerpt(v.text, begins))
        for *_rank, v in ranked
    ]


def _has(begins: Sequence[str], there: frozenset[str]) -> bool:
    return all(any(word.startswith(begin) for word in there) for begin in begins)
