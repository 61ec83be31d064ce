"""The part of a text where the words looked for stand, with those marked."""

from collections.abc import Iterator, Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from commonhaven.reading.fold import CHINESE, WORD, words

READ = 20_000
"""Characters of a text that are looked through for the excerpt."""
AROUND = 110


def excerpt(text: str, begins: Sequence[str]) -> SafeString:
    """The text round the first word found, marked up; its beginning where no word is in it."""
    text = " ".join(text[:READ].split())
    spans = merged(list(hits(text, begins)))
    start, end = _window(text, spans[0][0] if spans else 0)
    pieces: list[tuple[str, str, str, str]] = []
    at = start
    for low, high in spans:
        if low < at or high > end:
            continue
        pieces.append((text[at:low], "<mark>", text[low:high], "</mark>"))
        at = high
    pieces.append((text[at:end], "", "", ""))
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    marked = [(plain, SafeString(a), hit, SafeString(b)) for plain, a, hit, b in pieces]
    inner = format_html_join("", "{}{}{}{}", marked)
    return format_html_join("", "{}", [(before,), (inner,), (after,)])


def hits(text: str, begins: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where in a text words stand that begin as wanted."""
    for found in WORD.finditer(text):
        for start, end in _units(found.group(), found.start()):
            if any(w.startswith(b) for w in words(text[start:end]) for b in begins):
                yield start, end


def _units(word: str, at: int) -> Iterator[tuple[int, int]]:
    """A word whole; a run of Chinese signs in pairs, as it is indexed."""
    if not CHINESE.search(word):
        yield at, at + len(word)
        return
    for place in range(len(word)):
        yield at + place, at + min(place + 2, len(word))


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch joined."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _window(text: str, at: int) -> tuple[int, int]:
    start, end = max(0, at - AROUND), min(len(text), at + 2 * AROUND)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", at, end)
        end = space if space > at else end
    return start, end
