"""Through an export line by line, every hash checked on the way; nothing is held in memory."""

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

from commonhaven.reading import Problem
from commonhaven.record.chain import GENESIS, Entry, Line, Sealed
from commonhaven.record.content import FIELDS, Content
from commonhaven.record.export import FORMAT, Header

Source = Path | str | Iterable[str]
"""An export: a file, its whole text, or its lines."""

LONGEST = 64_000_000
"""Characters of a line; the longest honest one holds a plan."""
HASH = re.compile(r"[0-9a-f]{64}")
OPEN = frozenset({"content", "seal", "hash"})
CLOSED = frozenset({"number", "seal", "hash"})
HEADER = frozenset({"format", "group", "exported", "for", "entries", "head", "seal"})
AGAIN = "Ask for the export again, and compare the heads."
ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Fault(Problem):
    """The record does not stand: the first line at which it breaks."""

    def __init__(self, what: str, *, line: int, fix: str = AGAIN) -> None:
        super().__init__(what, where=f"line {line}", fix=fix)
        self.line = line


def walk(source: Source) -> Iterator[Header | Line]:
    """The header, then every entry, each only after its seal, hash, number and spelling hold.

    Raises Fault at the first that does not; Problem where the source cannot be read or is no
    export of a record.
    """
    texts = numbered(source)
    header = read_header(next(texts, (1, ""))[1], source)
    yield header
    previous, count = GENESIS, 0
    for number, text in texts:
        line = read_line(text, number, previous)
        if line.number != count + 1:
            raise Fault(f"entry {line.number} stands where {count + 1} should", line=number)
        previous, count = line.hash, line.number
        yield line
    if count != header.entries:
        said = f"the export announces {header.entries} entries and holds {count}"
        raise Fault(said, line=count + 1)
    if previous != header.head:
        raise Fault("the last entry's hash is not the head that line 1 names", line=count + 1)


def numbered(source: Source) -> Iterator[tuple[int, str]]:
    """Each line without its end, counted from 1."""
    if isinstance(source, Path):
        with opened(source) as file:
            yield from enumerate(from_bytes(file), 1)
    elif isinstance(source, str):
        raw = source.encode("utf-8", "surrogatepass")
        yield from enumerate(from_bytes(io.BytesIO(raw)), 1)
    else:
        for number, text in enumerate(source, 1):
            yield number, text.removesuffix("\n")


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    where = str(path)
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise Problem("no such file", where=where, fix="Check the path.") from None
    except IsADirectoryError:
        raise Problem("this is a folder", where=where, fix="Name a file in it.") from None
    except OSError as error:
        fix = "Check that you may read it."
        raise Problem(f"cannot be read ({error.strerror})", where=where, fix=fix) from None
    with file:
        yield file


def from_bytes(file: IO[bytes]) -> Iterator[str]:
    """Lines of UTF-8 that end with a line feed and nothing else."""
    number = 0
    while raw := file.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST:
            raise Fault(f"the line is longer than {LONGEST:,} bytes", line=number)
        if not raw.endswith(b"\n"):
            raise Fault("the line breaks off: it has no end", line=number)
        try:
            yield raw[:-1].decode("utf-8")
        except UnicodeDecodeError:
            raise Fault("the line is not UTF-8 text", line=number) from None


def read_header(text: str, source: Source) -> Header:
    """The first line; Problem where it is not that of a record, Fault where it is broken."""
    try:
        table = table_of(text, 1)
    except Fault as fault:
        raise no_record(source, fault.what) from None
    if table.get("format") != FORMAT:
        raise no_record(source, f'the first line does not say "{FORMAT}"')
    if set(table) != HEADER:
        raise Fault("the fields of the first line are not those of an export", line=1)
    entries, head = table["entries"], table["head"]
    if not isinstance(entries, int) or isinstance(entries, bool) or entries < 0:
        raise Fault("the number of entries is no whole number", line=1)
    check_hash(head, "head", 1)
    try:
        header = Header(
            group=table["group"], exported=table["exported"], audience=table["for"],
            entries=entries, head=head,
        )  # fmt: skip
    except Problem as problem:
        raise Fault(problem.what, line=1) from None
    if ENCODE(header.table()) != text:
        said = "the first line was changed: its seal or its spelling does not hold"
        raise Fault(said, line=1)
    return header


def no_record(source: Source, why: str) -> Problem:
    where = f"{source}, line 1" if isinstance(source, Path) else "line 1"
    return Problem(
        f"this is no export of a record: {why}", where=where, fix="Give a record's JSON lines."
    )


def read_line(text: str, number: int, previous: str) -> Line:
    """The entry of a line whose seal, hash and spelling hold after the hash ``previous``."""
    table = table_of(text, number)
    named = set(table)
    if named not in (OPEN, CLOSED):
        fix = f"An open entry has content, seal and hash; a sealed one number, seal, hash. {AGAIN}"
        raise Fault("these are not the fields of an entry", line=number, fix=fix)
    check_hash(table["seal"], "seal", number)
    check_hash(table["hash"], "hash", number)
    if named == OPEN:
        return read_open(table, text, number, previous)
    count = table["number"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise Fault("the number is no whole number from 1", line=number)
    check_spelling(ENCODE(table), text, number)
    check_link(count, previous, table, number)
    return Sealed(number=count, seal=table["seal"], hash=table["hash"])


def read_open(table: dict[str, Any], text: str, number: int, previous: str) -> Entry:
    held = table["content"]
    if not isinstance(held, dict) or set(held) != FIELDS:
        missing = sorted(FIELDS - set(held)) if isinstance(held, dict) else ["all of them"]
        said = f"the content has other fields than an act has (missing: {', '.join(missing)})"
        raise Fault(said, line=number)
    try:
        content = Content(**held)
    except Problem as problem:
        raise Fault(f"the content cannot stand: {problem.what}", line=number) from None
    spelled = ENCODE(held)
    whole = f'{{"content":{spelled},"hash":"{table["hash"]}","seal":"{table["seal"]}"}}'
    check_spelling(whole, text, number)
    if hashlib.sha256(spelled.encode()).hexdigest() != table["seal"]:
        raise Fault(
            f"entry {content.number} was changed: its seal does not fit its content", line=number
        )
    check_link(content.number, previous, table, number)
    return Entry(content=content, seal=table["seal"], previous=previous, hash=table["hash"])


def check_link(count: int, previous: str, table: dict[str, Any], number: int) -> None:
    """Fault where the hash is not that of the number, the hash before and the seal."""
    linked = f'{{"number":{count},"previous":"{previous}","seal":"{table["seal"]}"}}'
    if hashlib.sha256(linked.encode()).hexdigest() != table["hash"]:
        said = (
            f"the chain breaks at entry {count}: its hash does not follow from the entry before "
            "it, its number and its seal"
        )
        raise Fault(said, line=number)


def check_hash(value: object, name: str, number: int) -> None:
    if not isinstance(value, str) or not HASH.fullmatch(value):
        raise Fault(f"the {name} is not 64 digits, 0 to 9 and a to f", line=number)


def check_spelling(wanted: str, text: str, number: int) -> None:
    if wanted != text:
        said = "the values hold and yet the line is not spelled as a record spells it"
        fix = "Canonical JSON: sorted names, no spaces, signs not escaped without need. " + AGAIN
        raise Fault(said, line=number, fix=fix)


def table_of(text: str, number: int) -> dict[str, Any]:
    """The JSON table of a line; Fault for what is none, names that come twice, floats."""
    try:
        table = DECODE(text)
    except (ValueError, RecursionError) as error:
        raise Fault(f"not valid JSON ({error})", line=number) from None
    if not isinstance(table, dict):
        raise Fault("the line is no table", line=number)
    return table


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the name "{twice[:40]}" comes twice')
    return table


def no_float(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is not a whole number; exact numbers are kept as text")


DECODE = json.JSONDecoder(
    object_pairs_hook=once, parse_float=no_float, parse_constant=no_float
).decode
