"""A document as one file of HTML: standalone, without script, for screens, readers and paper."""

from collections.abc import Iterator
from functools import singledispatch
from html import escape
from importlib.resources import files

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
from commonhaven.reports.printing import cell_text, printable, total_texts
from commonhaven.reports.words import Words


class Markup(str):
    """Text that is markup already; any other text is escaped."""

    __slots__ = ()


def markup(*parts: str) -> Markup:
    """The parts one after the other, each escaped where it is no markup."""
    return Markup("".join(p if isinstance(p, Markup) else escape(printable(p)) for p in parts))


def tag(name: str, /, *parts: str, **attributes: str | None) -> Markup:
    """An element; of an attribute whose value is None nothing is written."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(printable(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>{markup(*parts)}</{name}>")


def style() -> str:
    """The looks of every report; a policy of content may name it by its hash."""
    return (files("commonhaven.reports") / "report.css").read_text(encoding="utf-8")


def html(document: Document) -> str:
    """The whole document; the same document gives the same text."""
    words = Words("common", document.language)
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", document.title),
        Markup(f"<style>{style()}</style>"),
    )
    page = tag(
        "body",
        _top(document, words),
        _contents(document, words),
        tag("main", *(_section(part, document, 2) for part in document.sections)),
        _sources(document, words),
        _manifest(document, words),
    )
    root = tag("html", head, page, lang=document.language, dir=document.direction)
    return f"<!doctype html>\n{root}\n"


def _top(document: Document, words: Words) -> Markup:
    return tag(
        "header",
        tag("p", words.say(f"kind-{document.kind}"), class_="kind"),
        tag("h1", document.title),
        tag("p", document.subtitle, class_="subtitle") if document.subtitle else Markup(),
        tag("p", *_spans(words.spans("made", day=document.made), document), class_="made"),
    )


def _contents(document: Document, words: Words) -> Markup:
    """Links to every section, and to what stands behind the document."""
    parts = [(f"section-{part.id}", part.title) for part in document.sections]
    if document.sources:
        parts.append(("sources", words.say("sources")))
    parts.append(("manifest", words.say("manifest")))
    links = (tag("li", tag("a", title, href=f"#{place}")) for place, title in parts)
    return tag("nav", tag("ol", *links), aria_label=words.say("contents"))


def _section(section: Section, document: Document, level: int) -> Markup:
    place = f"section-{section.id}"
    return tag(
        "section",
        tag(f"h{min(level, 6)}", section.title, id=f"{place}-title"),
        *(_block(block, document) for block in section.blocks),
        *(_section(inner, document, level + 1) for inner in section.sections),
        id=place,
        aria_labelledby=f"{place}-title",
    )


def _spans(spans: Spans, document: Document) -> Iterator[Markup]:
    for span in spans:
        if isinstance(span, str):
            yield markup(span)
        else:
            shown = tag("bdi", span.text, dir="ltr")
            yield tag("data", shown, value=span.value) if span.value else shown
            yield from _marks((span.source,) if span.source else (), document)


def _marks(sources: tuple[str, ...], document: Document) -> Iterator[Markup]:
    """Links to sources by their numbers."""
    words = Words("common", document.language)
    for source in sources:
        number = str(document.numbers[source])
        label = words.say("source-number", number=number)
        yield tag("sup", tag("a", number, href=f"#source-{number}", aria_label=label))


@singledispatch
def _block(block: Block, document: Document) -> Markup:
    raise TypeError(f"no form for {type(block).__name__} of {document.title}")


@_block.register
def _(block: Paragraph, document: Document) -> Markup:
    other = block.language if block.language and block.language != document.language else None
    return tag(
        "p",
        *_spans(block.spans, document),
        class_=None if block.kind == "text" else block.kind,
        lang=other,
        dir=direction(other) if other else None,
    )


@_block.register
def _(block: Bullets, document: Document) -> Markup:
    items = (tag("li", *_spans(item, document)) for item in block.items)
    return tag("ol" if block.ordered else "ul", *items)


@_block.register
def _(block: Facts, document: Document) -> Markup:
    rows = (
        tag("div", tag("dt", label), tag("dd", *_spans(spans, document)))
        for label, spans in block.rows
    )
    return tag("dl", *rows)


@_block.register
def _(block: Written, document: Document) -> Markup:  # noqa: ARG001 - as every form
    paragraphs = [part for part in printable(block.text).split("\n\n") if part.strip()]
    warning = tag("p", block.warning, class_="warning") if block.warning else Markup()
    text = tag(
        "div", *(tag("p", part) for part in paragraphs), class_="written",
        lang=block.language, dir=direction(block.language),
    )  # fmt: skip
    return markup(warning, text)


@_block.register
def _(block: Table, document: Document) -> Markup:
    return _table(block, document)


def _table(table: Table, document: Document) -> Markup:
    language = document.language
    heads = (
        tag("th", column.title, scope="col", class_=_looks(column)) for column in table.columns
    )
    rows = (
        tag("tr", *(_cell(cell, column, document, first=not place)
                    for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))))
        for row in table.rows
    )  # fmt: skip
    totals = total_texts(table, language)
    foot = (
        tag("tfoot", tag("tr", tag("th", totals[0], scope="row"), *(
            tag("td", tag("bdi", text, dir="ltr"), class_=_looks(column))
            for text, column in zip(totals[1:], table.columns[1:], strict=True))))
        if totals
        else Markup()
    )  # fmt: skip
    whole = tag(
        "table",
        tag("caption", table.caption, *_marks(table.sources, document)),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *rows),
        foot,
    )
    note = tag("p", table.note, class_="note") if table.note else Markup()
    kept = tag("div", whole, class_="table", role="region", tabindex="0", aria_label=table.caption)
    return markup(kept, note)


def _looks(column: Column) -> str | None:
    return {"number": "number", "day": "day"}.get(column.kind, "wide" if column.wide else None)


def _cell(cell: Cell, column: Column, document: Document, *, first: bool) -> Markup:
    text = cell_text(cell, column, document.language)
    sides = "ltr" if column.kind == "number" and any(sign.isdigit() for sign in text) else None
    source = cell.source if isinstance(cell, Cited) else ""
    inside = (tag("bdi", text, dir=sides), *_marks((source,) if source else (), document))
    if first:
        return tag("th", *inside, scope="row", class_=_looks(column))
    return tag("td", *inside, class_=_looks(column))


@_block.register
def _(block: Drawing, document: Document) -> Markup:
    words = Words("common", document.language)
    return tag(
        "figure",
        tag("figcaption", block.title),
        Markup(block.svg),
        tag("p", block.alternative, class_="alternative"),
        tag("p", block.note, class_="note") if block.note else Markup(),
        tag("details", tag("summary", words.say("data")), _table(block.data, document), open=""),
    )


def _sources(document: Document, words: Words) -> Markup:
    if not document.sources:
        return Markup()
    items = []
    for number, source in enumerate(document.sources, 1):
        read = (
            tag("span", " ", *_spans(words.spans("read-on", day=source.read_on), document))
            if source.read_on
            else Markup()
        )
        address = _address(source.address) if source.address else Markup()
        note = tag("p", source.note, class_="note", dir="auto") if source.note else Markup()
        items.append(tag("li", tag("bdi", source.text), address, read, note, id=f"source-{number}"))
    return tag(
        "section", tag("h2", words.say("sources"), id="sources-title"), tag("ol", *items),
        id="sources", aria_labelledby="sources-title",
    )  # fmt: skip


def _address(address: str) -> Markup:
    """A link where the address is one of the web; any other text as it is."""
    shown = tag("bdi", address, dir="ltr")
    safe = address.startswith(("https://", "http://"))
    return markup(" ", tag("a", shown, href=address) if safe else shown)


def _manifest(document: Document, words: Words) -> Markup:
    """What the document was made from, by hashes, and how to make it again."""
    hashes = (*document.inputs, (words.say("this-document"), document.digest))
    rows = (
        tag("div", tag("dt", label), tag("dd", tag("code", value, dir="ltr")))
        for label, value in hashes
    )
    again = tag("ul", *(tag("li", tag("code", line, dir="ltr")) for line in document.again))
    return tag(
        "section",
        tag("h2", words.say("manifest"), id="manifest-title"),
        tag("p", words.say("manifest-about")),
        tag("dl", *rows),
        *((tag("p", words.say("again")), again) if document.again else ()),
        id="manifest",
        aria_labelledby="manifest-title",
    )
