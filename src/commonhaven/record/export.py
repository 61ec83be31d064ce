"""A record as text: one line about the export, then one line an entry, open or sealed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commonhaven.reading import canonical, digest
from commonhaven.reading.canonical import Plain
from commonhaven.record.chain import GENESIS, Line, Sealed
from commonhaven.record.content import check_instant, check_text

FORMAT = "commonhaven record 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line: whose record, for which audience, when, how many entries, the last hash.

    ``audience`` is written as "for". The line carries a seal of its other fields against slips of
    the pen; what binds the entries is the head.
    """

    group: str
    exported: str
    audience: str
    entries: int
    head: str

    def __post_init__(self) -> None:
        check_text(self.group, "group", "line 1", needed=True)
        check_text(self.audience, "for", "line 1", needed=True)
        check_instant(self.exported, "exported", "line 1")

    def table(self) -> dict[str, Plain]:
        named: dict[str, Plain] = {
            "format": FORMAT, "group": self.group, "exported": self.exported,
            "for": self.audience, "entries": self.entries, "head": self.head,
        }  # fmt: skip
        return {**named, "seal": digest(named)}


def line_text(line: Line) -> str:
    """The line of one entry, without the end of line."""
    if isinstance(line, Sealed):
        return canonical({"number": line.number, "seal": line.seal, "hash": line.hash})
    return canonical({"content": line.content.table(), "seal": line.seal, "hash": line.hash})


def export_lines(header: Header, lines: Iterable[Line]) -> Iterator[str]:
    """The lines of an export with their ends, one by one, for records too long to hold."""
    yield canonical(header.table()) + "\n"
    for line in lines:
        yield line_text(line) + "\n"


def export_text(lines: Iterable[Line], *, group: str, exported: str, audience: str) -> str:
    """The export of a whole chain as text; see `for_reader` for what is open in it.

    ``exported``: the instant of the export, an argument like every instant here.
    """
    held = tuple(lines)
    header = Header(
        group=group,
        exported=exported,
        audience=audience,
        entries=len(held),
        head=held[-1].hash if held else GENESIS,
    )
    return "".join(export_lines(header, held))
