"""Our words for themes and regions, and the sources that facts name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from commonhaven.processes.model import Process, Source
from commonhaven.reading import build, described, load_toml

HOME = "commonhaven.processes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme of our vocabulary."""

    name: str = described("In a few words")
    what: str = described("What belongs to it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Themes, regions and organisations by id."""

    organisations: Mapping[str, str] = described("Organisations with a code of three letters")
    regions: Mapping[str, str] = described("Regions")
    themes: Mapping[str, Theme] = described("Themes")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    sources: Mapping[str, Source] = described("Sources by id")


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships."""
    name = "vocabulary.toml"
    return build(Vocabulary, load_toml(files(HOME) / name, name), name)


def source_of(process: Process, name: str) -> Source:
    """The source that a process names: its own, or one that ships."""
    return process.sources[name] if name in process.sources else sources()[name]


@cache
def sources() -> Mapping[str, Source]:
    """The sources that ship, by id."""
    name = "sources.toml"
    return build(_Sources, {"sources": load_toml(files(HOME) / name, name)}, name).sources
