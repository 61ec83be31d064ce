"""Whether an export of a record stands, in sentences."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from commonhaven.reading import Problem
from commonhaven.record.chain import Entry, Line
from commonhaven.record.export import Header
from commonhaven.record.walk import Fault, Source, walk

OTHER = "One of the two was rewritten: ask the group which head it published."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether a record stands; where not, the first fault: its line, what, what to do.

    ``remarks``: what is no fault and worth a look, such as an act dated before the one before it.
    """

    stands: bool
    group: str = ""
    audience: str = ""
    exported: str = ""
    head: str = ""
    entries: int = 0
    open: int = 0
    sealed: int = 0
    line: int = 0
    what: str = ""
    fix: str = ""
    remarks: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        if not self.stands:
            return (f"The record does not stand. Line {self.line}: {self.what}. {self.fix}",)
        return (
            f"The record of {self.group} stands: {self.entries:,} entries, {self.open:,} open and "
            f"{self.sealed:,} sealed in this export for {self.audience} of {self.exported}.",
            f"Its head is {self.head}. Compare it with the head that the group published: only "
            "that shows that nobody wrote the whole record anew.",
            *self.remarks,
        )


@dataclass(slots=True)
class Count:
    """What was seen on the way through."""

    header: Header | None = None
    entries: int = 0
    open: int = 0
    backwards: int = 0
    first_backwards: int = 0
    latest: str = ""
    remarks: list[str] = field(default_factory=list)

    def take(self, line: Line) -> None:
        self.entries += 1
        if not isinstance(line, Entry):
            return
        self.open += 1
        if line.content.at < self.latest:
            self.backwards += 1
            self.first_backwards = self.first_backwards or line.number
        self.latest = max(self.latest, line.content.at)


def check(
    source: Source,
    *,
    extends: Source | None = None,
    head: str = "",
    seen: Callable[[Line], None] | None = None,
) -> Finding:
    """Check every seal, link, number, count and spelling, and name the first fault.

    ``extends``: an older export of the same record, whose entries must be the beginning of this
    one. ``head``: the last hash as the group published it. ``seen`` is called with every entry
    that holds. Raises Problem where a source cannot be read or is no export.
    """
    count = Count()
    try:
        lines = walk(source)
        count.header = first(lines)
        rest = lines if extends is None else beginning(lines, extends, count)
        for line in rest:
            if isinstance(line, Header):
                continue
            count.take(line)
            if seen is not None:
                seen(line)
        check_head(count.header, head)
    except Fault as fault:
        return broken(count, fault)
    return standing(count)


def first(lines: Iterator[Header | Line]) -> Header:
    header = next(lines)
    assert isinstance(header, Header)  # noqa: S101 - walk begins with it
    return header


def check_head(header: Header, head: str) -> None:
    if head and head.strip().lower() != header.head:
        said = f"the head is {header.head}, not the one that you gave"
        raise Fault(said, line=1, fix="The record was rewritten, or has grown: " + OTHER)


def beginning(
    lines: Iterator[Header | Line], older: Source, count: Count
) -> Iterator[Header | Line]:
    """The lines, as long as those of the older export are the same entries, and then the rest."""
    try:
        before = walk(older)
        header = first(before)
        if count.header is not None and header.group != count.header.group:
            said = f"the older export is the record of {header.group}"
            raise Problem(said, where="--extends", fix="Give an older export of this record.")
        for held in before:
            yield same_entry(held, lines)
    except Fault as fault:
        said = f"the older export does not stand: line {fault.line}, {fault.what}"
        if isinstance(fault, Newer):
            raise
        raise Problem(said, where="--extends", fix=fault.fix) from None
    count.remarks.append(
        f"It continues the older export of {header.exported}: its {header.entries:,} entries are "
        "the beginning of this one."
    )
    yield from lines


class Newer(Fault):
    """A fault of the newer of two exports."""


def same_entry(held: Header | Line, lines: Iterator[Header | Line]) -> Line:
    """The next entry; Newer where there is none or it is not the one the older export holds."""
    assert not isinstance(held, Header)  # noqa: S101 - the header was taken
    try:
        line = next(lines, None)
    except Fault as fault:
        raise Newer(fault.what, line=fault.line, fix=fault.fix) from None
    if line is None:
        said = f"entry {held.number} of the older export is missing"
        raise Newer(said, line=held.number + 1, fix=OTHER)
    assert not isinstance(line, Header)  # noqa: S101 - the header was taken
    if line.hash != held.hash:
        said = f"entry {held.number} is not the one that the older export holds"
        raise Newer(said, line=held.number + 1, fix=OTHER)
    return line


def broken(count: Count, fault: Fault) -> Finding:
    header = count.header
    return Finding(
        stands=False,
        group=header.group if header else "",
        audience=header.audience if header else "",
        exported=header.exported if header else "",
        head=header.head if header else "",
        entries=count.entries,
        open=count.open,
        sealed=count.entries - count.open,
        line=fault.line,
        what=fault.what,
        fix=fault.fix,
    )


def standing(count: Count) -> Finding:
    header = count.header
    assert header is not None  # noqa: S101 - a record that stands has one
    remarks = list(count.remarks)
    if count.backwards:
        remarks.append(
            f"{count.backwards:,} open entries are dated before one that precedes them; the first "
            f"is entry {count.first_backwards}. The order of the record is that of its numbers."
        )
    return Finding(
        stands=True,
        group=header.group,
        audience=header.audience,
        exported=header.exported,
        head=header.head,
        entries=count.entries,
        open=count.open,
        sealed=count.entries - count.open,
        remarks=tuple(remarks),
    )
