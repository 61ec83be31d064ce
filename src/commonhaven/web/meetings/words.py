"""The difference between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

Piece = tuple[str, str]
"""Kind ("same", "ins", "del") and text."""
MOST = 4_000_000
"""Words times words up to which two passages are compared word by word."""


def changes(old: str, new: str) -> list[Piece]:
    """What was taken out and put in, in the order of reading.

    >>> changes("We shall act.", "We should act.")
    [('same', 'We '), ('del', 'shall'), ('ins', 'should'), ('same', ' act.')]
    """
    return list(_joined(_by_lines(old.splitlines(keepends=True), new.splitlines(keepends=True))))


def _by_lines(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Lines first, so that long texts stay quick; words within the lines that changed."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield ("same", before)
        else:
            yield from _by_words(before, after)


def _by_words(old: str, new: str) -> Iterator[Piece]:
    before, after = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (old, new))
    if len(before) * len(after) > MOST:
        yield from (("del", old), ("ins", new))
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield ("same", "".join(before[a:b]))
            continue
        yield ("del", "".join(before[a:b]))
        yield ("ins", "".join(after[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; empty ones left out."""
    kind, text = "", ""
    for next_kind, more in pieces:
        if not more:
            continue
        if next_kind != kind and text:
            yield (kind, text)
            text = ""
        kind, text = next_kind, text + more
    if text:
        yield (kind, text)
