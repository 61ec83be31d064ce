"""A document as PDF, tagged for readers (PDF/UA-1) and fit for archives (PDF/A-2a), by typst.

The document goes to the compiler as data; nothing of it is ever markup.
"""

import json
import re
from datetime import UTC, datetime
from functools import singledispatch
from importlib.resources import files
from pathlib import Path
from typing import Literal

from commonhaven.reading import Problem
from commonhaven.reports.document import (
    Block,
    Bullets,
    Cell,
    Cited,
    Column,
    Document,
    Drawing,
    Facts,
    Paragraph,
    Section,
    Spans,
    Table,
    Written,
    direction,
)
from commonhaven.reports.fonts import Fonts, fonts
from commonhaven.reports.printing import cell_text, leftward, printable, total_texts
from commonhaven.reports.words import Words
from commonhaven.telling import END, LATIN, START

MARKS = re.compile("[\u064b-\u0652]")
"""Vowel signs, which the compiler cannot map back to text inside pictures; labels need none."""
WITHOUT_SIGN = frozenset(
    {0x0A, 0x20, 0xA0, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202F, 0xFEFF}
    | set(range(0x2000, 0x200B)) | set(range(0x2066, 0x206A))
)  # fmt: skip
"""Spaces, and orders on joining and direction: printed without a sign of the font."""
LINE = 105
"""Letters of a table that fit beside each other on a page at its usual size."""
BREAKS = re.compile(r" |-(?=\D)")
WIDE, NARROW, BROKEN = 60, 30, 12
"""Letters beyond which a column breaks its lines, wide or not, and for which it always has room."""
Plain = object


def pdf(document: Document, *, more_fonts: Path | None = None) -> bytes:
    """The document as PDF; the same document gives the same bytes.

    ``more_fonts``: a folder of fonts for letters that ours lack. A letter without a font is
    printed by its number, [U+4E2D], and the document says so.
    """
    made: bytes = _compiled(document, "pdf", more_fonts)[0]
    return made


def pages(
    document: Document, *, resolution: int = 60, more_fonts: Path | None = None
) -> list[bytes]:
    """Each page as a picture (PNG), to look at."""
    return _compiled(document, "png", more_fonts, resolution)


def _compiled(
    document: Document, form: Literal["pdf", "png"], added: Path | None, resolution: int = 60
) -> list[bytes]:
    found = fonts(added)
    import typst  # noqa: PLC0415 - large, and needed only for PDF

    compiler = typst.Compiler(
        (files("commonhaven.reports") / "report.typ").read_bytes(),
        root=found.folder.name,
        font_paths=found.found,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(laid_out(document, found), ensure_ascii=False)},
    )
    made = datetime(document.made.year, document.made.month, document.made.day, tzinfo=UTC)
    try:
        result = (
            compiler.compile(format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=made)
            if form == "pdf"
            else compiler.compile(format="png", ppi=resolution)
        )
    except typst.TypstError as error:
        fix = "Make it as HTML (--format html), and report it with the document."
        said = f"it cannot be printed ({' '.join(str(error).split())[:200]})"
        raise Problem(said, where=f'report "{document.title}"', fix=fix) from error
    parts = result if isinstance(result, list) else [result]
    return [part for part in parts if part is not None]


def laid_out(document: Document, found: Fonts) -> dict[str, Plain]:
    """The document as the template reads it, every letter one that can be printed."""
    words = Words("common", document.language)
    whole: dict[str, Plain] = {
        "language": document.language,
        "direction": document.direction,
        "families": list(found.families),
        "kind": words.say(f"kind-{document.kind}"),
        "title": document.title,
        "subtitle": document.subtitle,
        "made": _spans(words.spans("made", day=document.made), document),
        "day": [document.made.year, document.made.month, document.made.day],
        "sections": [_section(part, document) for part in document.sections],
        "sources": _sources(document, words),
        "words": {key: words.say(key) for key in
                  ("contents", "sources", "manifest", "manifest-about", "again", "data")},
        "hashes": [*map(list, document.inputs), [words.say("this-document"), document.digest]],
        "again": list(document.again),
    }  # fmt: skip
    seen: set[int] = set()
    fitted = {key: _fitting(part, found.signs, seen) for key, part in whole.items()}
    return {**fitted, "spelled": words.say("spelled") if seen else ""}


def _fitting(value: Plain, signs: frozenset[int], seen: set[int]) -> Plain:
    """The same with every sign that no font has told by its number; ``seen`` gets them."""
    if isinstance(value, str):
        return _spelled(printable(value), signs, seen)
    if isinstance(value, list):
        return [_fitting(part, signs, seen) for part in value]
    if isinstance(value, dict):
        return {key: part if key == "svg" else _fitting(part, signs, seen)
                for key, part in value.items()}  # fmt: skip
    return value


def _spelled(text: str, signs: frozenset[int], seen: set[int]) -> str:
    without = {ord(sign) for sign in text} - signs - WITHOUT_SIGN
    if not without:
        return text
    seen |= without
    return "".join(f"[U+{ord(sign):04X}]" if ord(sign) in without else sign for sign in text)


def _section(section: Section, document: Document) -> Plain:
    return {
        "title": section.title,
        "blocks": [_block(block, document) for block in section.blocks],
        "sections": [_section(inner, document) for inner in section.sections],
    }


def _spans(spans: Spans, document: Document) -> Plain:
    """Texts, and numbers with the number of their source."""
    found = list[Plain]()
    for span in spans:
        if isinstance(span, str):
            found.append(span)
        else:
            shown = sideways(span.text, document)
            found += [shown, document.numbers[span.source]] if span.source else [shown]
    return found


def sideways(text: str, document: Document, start: str = LATIN) -> str:
    """A text kept in its own direction where the document runs from right to left."""
    return f"{start}{text}{END}" if text and document.direction == "rtl" else text


@singledispatch
def _block(block: Block, document: Document) -> Plain:
    raise TypeError(f"no form for {type(block).__name__} of {document.title}")


@_block.register
def _(block: Paragraph, document: Document) -> Plain:
    language = block.language or document.language
    return {"is": block.kind, "spans": _spans(block.spans, document), "language": language,
            "direction": direction(language)}  # fmt: skip


@_block.register
def _(block: Bullets, document: Document) -> Plain:
    return {"is": "steps" if block.ordered else "points",
            "items": [_spans(item, document) for item in block.items]}  # fmt: skip


@_block.register
def _(block: Facts, document: Document) -> Plain:
    return {
        "is": "facts",
        "rows": [[label, _spans(spans, document)] for label, spans in block.rows],
    }


@_block.register
def _(block: Written, document: Document) -> Plain:
    parts = [part for part in printable(block.text).split("\n\n") if part.strip()]
    return {"is": "written", "parts": parts, "warning": block.warning,
            "language": block.language or document.language,
            "direction": direction(block.language)}  # fmt: skip


@_block.register
def _(block: Table, document: Document) -> Plain:
    return _table(block, document)


def _table(table: Table, document: Document) -> dict[str, Plain]:
    language = document.language
    totals = [
        leftward(text, column, language)
        for text, column in zip(total_texts(table, language), table.columns, strict=False)
    ]
    return {
        "is": "table",
        "caption": table.caption,
        "marks": [document.numbers[source] for source in table.sources],
        "columns": [{"title": column.title, "number": column.kind == "number", "width": width}
                    for column, width in zip(table.columns, _widths(table, language), strict=True)],
        "rows": [[_cell(cell, column, document)
                  for cell, column in zip(row, table.columns, strict=True)] for row in table.rows],
        "totals": totals,
        "note": table.note,
    }  # fmt: skip


def _widths(table: Table, language: str) -> list[int]:
    """How many hundredths of a letter each column gets: what it needs, and its part of the rest."""
    totals = total_texts(table, language) or ("",) * len(table.columns)
    least, wished = [], []
    for place, column in enumerate(table.columns):
        texts = [cell_text(row[place], column, language) for row in table.rows]
        longest = max((len(text) for text in (*texts, totals[place])), default=0)
        words = max(4, *(len(word) + 1 for word in BREAKS.split(column.title)))
        needed = longest if column.kind == "number" else min(longest, BROKEN)
        least.append(2 + max(words, needed))
        wished.append(2 + max(words, min(longest, WIDE if column.wide else NARROW)))
    spare = sum(wished) - sum(least)
    rest = max(0, min(LINE - sum(least), spare))
    return [
        100 * own + (100 * (wish - own) * rest // spare if spare else 0)
        for own, wish in zip(least, wished, strict=True)
    ]


def _cell(cell: Cell, column: Column, document: Document) -> Plain:
    text = leftward(cell_text(cell, column, document.language), column, document.language)
    if isinstance(cell, Cited) and cell.source:
        return [text, document.numbers[cell.source]]
    return [text]


@_block.register
def _(block: Drawing, document: Document) -> Plain:
    return {
        "is": "drawing",
        "title": block.title,
        "svg": MARKS.sub("", block.svg).replace("sans-serif", "FiraGO"),
        "alternative": block.alternative,
        "note": block.note,
        "data": _table(block.data, document),
    }


def _sources(document: Document, words: Words) -> Plain:
    found = list[Plain]()
    for source in document.sources:
        read = words.say("read-on", day=source.read_on) if source.read_on else ""
        link = source.address.startswith(("https://", "http://"))
        found.append({"text": sideways(source.text, document, START), "address": source.address,
                      "link": link, "read": read,
                      "note": sideways(source.note, document, START)})  # fmt: skip
    return found
