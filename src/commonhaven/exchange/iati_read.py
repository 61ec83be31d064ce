"""IATI 2.03 in, transaction by transaction, in memory that does not grow with the file.

A file is taken from anybody, so a document type, which could define entities that explode, is
refused before anything is read.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from commonhaven.exchange.activity import Activity
from commonhaven.exchange.codes import ALPHA2
from commonhaven.exchange.iati_values import head, transaction
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.transaction import Transaction
from commonhaven.reading import Problem

CHUNK = 1 << 18
ENCODINGS = ("utf-8", "utf-16", "us-ascii", "iso-8859-1")
SKIPPED = frozenset({
    "contact-info", "location", "country-budget-items", "budget", "planned-disbursement",
    "capital-spend", "document-link", "legacy-data", "conditions", "result", "crs-add", "fss",
})  # fmt: skip
Attributes = dict[str, str]
Progress = Callable[[int], None]


def read_iati(
    path: Path,
    *,
    report: Report | None = None,
    heads: Callable[[Activity], None] | None = None,
    progress: Progress | None = None,
) -> Iterator[Transaction]:
    """The transactions of a file, in its order.

    ``heads`` is told each activity; ``progress`` how many bytes were read. With a ``report`` what
    is wrong in a transaction is noted and reading goes on, else it raises Problem, which names
    file, line, element and what to do.
    """
    reader = Reader(str(path), report, heads)
    with _opened(path) as file:
        while chunk := file.read(CHUNK):
            reader.feed(chunk)
            yield from reader.drain()
            if progress:
                progress(len(chunk))
        reader.close()
        yield from reader.drain()


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        said = f"cannot be read ({error.strerror})"
        raise Problem(said, where=str(path), fix="Check the path.") from None


class Reader:
    """The parser's state: the activity and the transaction that are open."""

    def __init__(
        self, name: str, report: Report | None, heads: Callable[[Activity], None] | None
    ) -> None:
        self.name, self.report, self.heads = name, report, heads
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.XmlDeclHandler = self.declared
        self.done: list[Transaction] = []
        self.depth = self.skip = 0
        self.text: list[str] | None = None
        self.slot = ""
        self.a: dict[str, Any] = _blank({})
        self.t: dict[str, Any] | None = None
        self.head: Activity | None = None
        self.seen_root = False
        self.begun = 0

    def feed(self, chunk: bytes) -> None:
        try:
            self.parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by place
        except expat.ExpatError as error:
            raise self.broken(error) from None

    def close(self) -> None:
        try:
            self.parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by place
        except expat.ExpatError as error:
            raise self.broken(error) from None

    def drain(self) -> Iterator[Transaction]:
        done, self.done = self.done, []
        yield from done

    def broken(self, error: expat.ExpatError) -> Problem:
        where = f"{self.name}, line {error.lineno}, column {error.offset + 1}"
        said = expat.errors.messages[error.code]
        return Problem(f"not well-formed XML ({said})", where=where, fix="Is the file complete?")

    @property
    def line(self) -> int:
        """Where the open transaction began, else where the parser is."""
        return self.begun or self.parser.CurrentLineNumber

    def problem(self, what: str, element: str, fix: str) -> Problem:
        where = f"{self.name}, line {self.line}, element {element}"
        return Problem(what, where=where, fix=fix)

    def declared(self, _: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.lower() not in ENCODINGS:
            fix = "Save it as UTF-8, and say so in the first line."
            raise self.problem(f'the encoding "{encoding[:20]}" is not read', "?xml", fix)

    def doctype(self, *_: object) -> None:
        fix = "Take the line <!DOCTYPE ...> out: IATI has none, and it can hide what explodes."
        raise self.problem("the file brings its own document type", "!DOCTYPE", fix)

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.skip:
            return
        if name == "narrative":
            self.text = [] if self.slot else None
            return
        self.slot = ""
        if name in SKIPPED or " " in name:
            self.skip = self.depth
            return
        table = HEAD if self.t is None else BODY
        handler = table.get(name)
        if handler:
            handler(self, attributes)
        elif not self.seen_root:
            fix = "Give a file whose first element is <iati-activities>."
            raise self.problem("this is no IATI file of activities", name, fix)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.skip:
            if self.depth < self.skip:
                self.skip = 0
            return
        if name == "narrative":
            self.narrative()
        elif name == "transaction":
            self.finish()
        elif name == "value" and self.t is not None:
            self.t["value"] = "".join(self.text or ())
            self.text = None
        elif name == "iati-identifier":
            self.a["id"] = "".join(self.text or ()).strip()
            self.text = None
        elif name == "iati-activity":
            self.tell()

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def narrative(self) -> None:
        """The first narrative of an element counts: the others say it in other languages."""
        if self.text is None:
            return
        text, self.text = "".join(self.text).strip(), None
        if self.slot == "part":
            part = self.a["parts"][-1]
            part["name"] = part.get("name") or text
        else:
            into = self.a if self.t is None else self.t
            if not into.get(self.slot):
                into[self.slot] = text

    def tell(self) -> None:
        """Hand on the head of the activity, once, as soon as it is complete or needed."""
        if self.head is not None:
            return
        if not self.a.get("id"):
            fix = "Put <iati-identifier> first in each activity, with its text."
            raise self.problem("an activity has no identifier", "iati-activity", fix)
        with self.noted("iati-activity"):
            self.head = head(self.a)
        self.head = self.head or Activity(id=self.a["id"])
        if self.heads:
            self.heads(self.head)

    def finish(self) -> None:
        t, self.t = self.t or {}, None
        with self.noted("transaction"):
            assert self.head is not None  # noqa: S101 - told when the transaction began
            self.done.append(transaction(t, self.a, self.head))
        self.begun = 0

    def noted(self, element: str) -> "_Noting":
        return _Noting(self, element)


class _Noting:
    """Notes a Problem in the report with its line and element, or raises it anew with them."""

    def __init__(self, reader: Reader, element: str) -> None:
        self.reader, self.element = reader, element

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, problem: BaseException | None, __: object) -> bool:
        if not isinstance(problem, Problem):
            return False
        element = problem.where or self.element
        if self.reader.report is None:
            raise self.reader.problem(problem.what, element, problem.fix) from None
        self.reader.report.add(
            problem.what, file=self.reader.name, row=self.reader.line,
            column=element, fix=problem.fix,
        )  # fmt: skip
        return True


def _root(reader: Reader, attributes: Attributes) -> None:
    reader.seen_root = True
    version = attributes.get("version", "")
    if not version.startswith("2."):
        fix = "Give a file of version 2.01 to 2.03: those before have other elements."
        raise reader.problem(f'version "{version[:20]}" is not read', "iati-activities", fix)


def _activity(reader: Reader, attributes: Attributes) -> None:
    reader.head = None
    reader.a = _blank(attributes)


def _blank(attributes: Attributes) -> dict[str, Any]:
    """An activity of which nothing is known yet but its attributes."""
    return {
        "currency": attributes.get("default-currency", ""),
        "humanitarian": attributes.get("humanitarian", ""),
        "parts": [], "countries": [], "dates": {},
    }  # fmt: skip


def _identifier(reader: Reader, _: Attributes) -> None:
    reader.text = []


def _reporter(reader: Reader, attributes: Attributes) -> None:
    reader.slot = "reporter"
    reader.a["reporter_org"] = attributes


def _part(reader: Reader, attributes: Attributes) -> None:
    reader.slot = "part"
    reader.a["parts"].append(dict(attributes))


def _other(reader: Reader, attributes: Attributes) -> None:
    if attributes.get("type") == "A1":
        reader.a["own_id"] = attributes.get("ref", "")


def _date(reader: Reader, attributes: Attributes) -> None:
    reader.a["dates"][attributes.get("type", "")] = attributes.get("iso-date", "")


def _country(reader: Reader, attributes: Attributes) -> None:
    reader.a["countries"].append(ALPHA2.get(attributes.get("code", ""), ""))


def _begin(reader: Reader, attributes: Attributes) -> None:
    reader.tell()
    reader.begun = reader.parser.CurrentLineNumber
    reader.t = {
        "ref": attributes.get("ref", ""), "humanitarian": attributes.get("humanitarian", ""),
    }  # fmt: skip


def _value(reader: Reader, attributes: Attributes) -> None:
    assert reader.t is not None  # noqa: S101 - the table BODY is read inside a transaction alone
    reader.text = []
    reader.t["currency"] = attributes.get("currency", "")
    reader.t["value_date"] = attributes.get("value-date", "")


def _keep(name: str, attribute: str) -> Callable[[Reader, Attributes], None]:
    def kept(reader: Reader, attributes: Attributes) -> None:
        into = reader.a if reader.t is None else reader.t
        into[name] = attributes.get(attribute, "")

    return kept


def _slot(name: str) -> Callable[[Reader, Attributes], None]:
    def chosen(reader: Reader, attributes: Attributes) -> None:
        reader.slot = name
        if reader.t is not None and attributes:
            reader.t[f"{name}_org"] = attributes

    return chosen


def _aid(reader: Reader, attributes: Attributes) -> None:
    vocabulary = attributes.get("vocabulary", "1")
    name = {"1": "aid", "2": "earmarking"}.get(vocabulary)
    if name:
        into = reader.a if reader.t is None else reader.t
        into[name] = attributes.get("code", "")


Handlers = dict[str, Callable[[Reader, Attributes], None]]
HEAD: Handlers = {
    "iati-activities": _root, "iati-activity": _activity, "iati-identifier": _identifier,
    "reporting-org": _reporter, "title": _slot("title"), "description": _slot("about"),
    "participating-org": _part, "other-identifier": _other, "activity-date": _date,
    "activity-status": _keep("status", "code"), "recipient-country": _country,
    "sector": _keep("sector", "code"), "default-aid-type": _aid,
    "transaction": _begin,
}  # fmt: skip
BODY: Handlers = {
    "transaction-type": _keep("type", "code"), "transaction-date": _keep("date", "iso-date"),
    "value": _value, "description": _slot("about"), "provider-org": _slot("provider"),
    "receiver-org": _slot("receiver"), "recipient-country": _keep("country", "code"),
    "aid-type": _aid, "sector": _keep("sector", "code"),
}  # fmt: skip
