"""Entries chained by hashes: each vouches for all before it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from commonhaven.reading import digest
from commonhaven.record.content import Content, seal

GENESIS = "0" * 64
"""What the first entry names as the hash before it, and the head of a record without entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act in the record, with its seal and the hashes before it and of itself."""

    content: Content
    seal: str
    previous: str
    hash: str

    @property
    def number(self) -> int:
        return self.content.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An act that a reader may not see: its place, its seal, its hash."""

    number: int
    seal: str
    hash: str


Line = Entry | Sealed
"""What an export holds of one act: the whole entry, or its seal only."""


def link(number: int, previous: str, sealed: str) -> str:
    """The hash of an entry: of its number, the hash before it and its seal, in canonical JSON.

    The content enters through its seal, so the chain can be checked without the contents.
    """
    return digest({"number": number, "previous": previous, "seal": sealed})


def entry(content: Content, previous: str) -> Entry:
    """The entry that follows the one whose hash is ``previous``; GENESIS before the first."""
    sealing = seal(content)
    return Entry(
        content=content,
        seal=sealing,
        previous=previous,
        hash=link(content.number, previous, sealing),
    )


def chain(contents: Iterable[Content], previous: str = GENESIS) -> tuple[Entry, ...]:
    """The entries of several contents, one after the other."""
    entries: list[Entry] = []
    for content in contents:
        entries.append(entry(content, previous))
        previous = entries[-1].hash
    return tuple(entries)


def sealed(one: Entry) -> Sealed:
    """The entry without what it says."""
    return Sealed(number=one.number, seal=one.seal, hash=one.hash)


def for_reader(entries: Iterable[Entry], may_read: Callable[[Content], bool]) -> tuple[Line, ...]:
    """Every entry, open where the reader may read it, else sealed; none is left out."""
    return tuple(one if may_read(one.content) else sealed(one) for one in entries)
