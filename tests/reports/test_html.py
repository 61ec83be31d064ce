"""The form of a report as HTML: structure, languages, and nothing that is not escaped."""

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import Page
from page_tree import Node, tree

from commonhaven.reports import Document, html
from commonhaven.reports.document import (
    Bullets,
    Cited,
    Column,
    Facts,
    Figure,
    Paragraph,
    Section,
    Source,
    Table,
    Written,
)
from commonhaven.reports.printing import printable

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ALLOWED = {
    "", "html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "h1",
    "h2", "p", "ol", "ul", "li", "a", "sup", "bdi", "data", "dl", "div", "dt", "dd", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "code", "span",
}  # fmt: skip


def test_headings_begin_with_one_and_skip_none(page: Page) -> None:
    levels = [HEADINGS.index(node.tag) for node in page.tree.all(*HEADINGS)]
    assert levels.count(0) == 1
    assert levels[0] == 0
    steps = [after - before for before, after in pairwise(levels)]
    assert max(steps) <= 1


def test_language_and_direction_are_said(page: Page) -> None:
    (root,) = page.tree.all("html")
    direction = "rtl" if page.document.language == "ar" else "ltr"
    assert root.attributes == {"lang": page.document.language, "dir": direction}


def test_every_link_inside_leads_somewhere_and_every_id_stands_once(page: Page) -> None:
    nodes = page.tree.every()
    ids = [node.attributes["id"] for node in nodes if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    inside = {node.attributes["href"] for node in nodes
              if node.attributes.get("href", "").startswith("#")}  # fmt: skip
    assert inside
    assert inside <= {f"#{one}" for one in ids}
    named = {node.attributes["aria-labelledby"] for node in nodes
             if "aria-labelledby" in node.attributes}  # fmt: skip
    assert named <= set(ids)


def test_tables_have_captions_and_headers(page: Page) -> None:
    for table in page.tree.all("table"):
        assert table.all("caption")[0].text.strip()
        heads = table.all("thead")[0].all("th")
        assert {head.attributes["scope"] for head in heads} == {"col"}
        for row in table.all("tbody")[0].all("tr"):
            cells = row.all("th", "td")
            assert [cell.tag for cell in cells] == ["th", *["td"] * (len(heads) - 1)]
            assert cells[0].attributes["scope"] == "row"


def test_pictures_are_told_in_words_and_numbers(page: Page) -> None:
    for figure in page.tree.all("figure"):
        (svg,) = figure.all("svg")
        assert svg.attributes["role"] == "img"
        assert svg.attributes["aria-label"].strip()
        assert figure.all("figcaption")[0].text.strip()
        (told,) = (p for p in figure.all("p") if p.attributes.get("class") == "alternative")
        assert len(told.text) > 20
        assert figure.all("details")[0].all("table")


def test_nothing_runs_and_nothing_is_fetched(page: Page) -> None:
    nodes = page.tree.every()
    assert not {node.tag for node in nodes} & {"script", "link", "img", "iframe", "object", "form"}
    names = {name for node in nodes for name in node.attributes}
    assert not {name for name in names if name.startswith("on") or name in {"src", "style"}}
    assert set(re.findall(r"url\((.)", page.text)) <= {"#"}
    assert "@import" not in page.text


def test_no_word_is_missing_and_no_place_is_left_open(page: Page) -> None:
    assert not re.search(r"\{\w+\}", page.text.split("</style>", 1)[1])


def test_the_same_document_gives_the_same_page(page: Page) -> None:
    assert html(page.document) == page.text


def whole(text: str) -> Document:
    """A document with a text in every place where one can stand."""
    return Document(
        kind="brief",
        language="ar",
        title=f"t{text}",
        subtitle=text,
        made=date(2026, 1, 1),
        sections=(
            Section(
                id="all",
                title=f"t{text}",
                blocks=(
                    Paragraph(spans=(text, Figure(text=text, value=text, source="s"))),
                    Paragraph(spans=(text,), language="en"),
                    Bullets(items=((text,),)),
                    Facts(rows=((text, (text,)),)),
                    Written(text=text, language="fr", warning=text),
                    Table(
                        caption=f"t{text}",
                        columns=(Column(title=text), Column(title=text, kind="number")),
                        rows=((text, Cited(value=Fraction(1, 3), source="s")), (text, None)),
                        note=text,
                        sources=("s",),
                    ),
                ),
            ),
        ),
        sources=(Source(id="s", text=text, address=text, note=text),),
        inputs=((text, text),),
        again=(text,),
    )


HOSTILE = (
    "<script>alert(1)</script>", '" onclick="x', "'>", "</style><script>", "&lt;", "]]>", "<!--",
    "\x00\x07", "\u202eabc", "\u2069\u2067", "javascript:alert(1)", "{people}", "%s", "\ud800",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40)))
def test_hostile_text_stays_text(text: str) -> None:
    root = tree(html(whole(text)))
    assert {node.tag for node in root.every()} <= ALLOWED
    shown = printable(text)
    assert root.all("h1")[0].text == f"t{shown}"
    assert root.all("td")[0].text != ""
    assert root.all("tbody")[0].all("th")[0].text == shown
    assert {node.attributes["value"] for node in root.all("data")} <= {shown}
    links = [node.attributes["href"] for node in root.all("a")]
    assert all(link.startswith(("#", "https://", "http://")) for link in links)


def test_a_text_cannot_turn_what_follows_it() -> None:
    assert printable("a\u202eb") == "ab"
    assert printable("\u2067a") == "\u2067a\u2069"
    assert printable("a\u2069\u2069b") == "ab"


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    root = tree(html(whole("javascript:alert(1)")))
    (item,) = (node for node in root.all("li") if node.attributes.get("id") == "source-1")
    assert item.all("a") == []
    assert "javascript:alert(1)" in item.text


def sources_of(node: Node) -> list[str]:
    return [link.attributes["href"] for link in node.all("a")]


def test_a_number_leads_to_its_source() -> None:
    root = tree(html(whole("x")))
    paragraph = root.all("main")[0].all("p")[0]
    assert sources_of(paragraph) == ["#source-1"]
