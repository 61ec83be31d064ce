"""Print the licence of every package that we pin; fail where one does not fit ours.

Copyleft over the whole work (GPL, AGPL) fits nowhere; LGPL and unknown licences do not fit what
every user installs. The platform may stand on an LGPL library that is installed beside it
unchanged (psycopg, the driver of PostgreSQL). Exit code 1 names each package that does not fit.
"""

import re
import sys
from collections.abc import Iterable
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("runtime", "web", "dev", "bench")
SHIPPED = ("runtime", "web")
Kind = Literal["permissive", "weak copyleft", "lesser copyleft", "copyleft", "unknown"]
ORDER: tuple[Kind, ...] = ("permissive", "weak copyleft", "lesser copyleft", "unknown", "copyleft")
"""From what fits everywhere to what fits nowhere."""

KINDS: dict[Kind, tuple[str, ...]] = {
    "copyleft": ("AGPL", "GPL", "GNU GENERAL PUBLIC", "GNU AFFERO", "SSPL", "EUPL"),
    "lesser copyleft": ("LGPL", "GNU LESSER", "GNU LIBRARY"),
    "weak copyleft": ("MPL", "MOZILLA PUBLIC", "EPL-", "CDDL"),
    "permissive": (
        "MIT", "BSD", "0BSD", "APACHE", "ISC", "ZLIB", "PSF", "PYTHON-2.0", "PYTHON SOFTWARE",
        "CC0", "UNLICENSE", "PUBLIC DOMAIN", "ZPL", "HPND", "BSL-1.0", "BLUEOAK", "OFL",
    ),
}  # fmt: skip


def kind_of_name(name: str) -> Kind:
    """The kind of one licence by its SPDX id or its usual name."""
    bare = name.strip().upper()
    for kind in ("lesser copyleft", "copyleft", "weak copyleft", "permissive"):
        if any(re.search(rf"(?<![A-Z]){re.escape(word)}", bare) for word in KINDS[kind]):
            return kind
    return "unknown"


def kind_of_expression(expression: str) -> Kind:
    """The kind of an SPDX expression: AND binds to the strictest part, OR lets us choose.

    An exception (WITH) of the GNU compiler's run-time library frees those who link with it.
    """
    tokens = re.findall(r"\(|\)|[^\s()]+", expression)
    kind, rest = _alternatives(tokens)
    return kind if not rest else "unknown"


def _alternatives(tokens: list[str]) -> tuple[Kind, list[str]]:
    kind, rest = _parts(tokens)
    while rest and rest[0].upper() == "OR":
        other, rest = _parts(rest[1:])
        kind = min(kind, other, key=ORDER.index)
    return kind, rest


def _parts(tokens: list[str]) -> tuple[Kind, list[str]]:
    kind, rest = _one(tokens)
    while rest and rest[0].upper() == "AND":
        other, rest = _one(rest[1:])
        kind = max(kind, other, key=ORDER.index)
    return kind, rest


def _one(tokens: list[str]) -> tuple[Kind, list[str]]:
    if not tokens:
        return "unknown", []
    if tokens[0] == "(":
        kind, rest = _alternatives(tokens[1:])
        return (kind, rest[1:]) if rest and rest[0] == ")" else ("unknown", rest)
    kind, rest = kind_of_name(tokens[0]), tokens[1:]
    if len(rest) >= 2 and rest[0].upper() == "WITH":
        frees = rest[1].upper().startswith(("GCC-EXCEPTION", "LLVM-EXCEPTION"))
        return ("permissive" if frees else kind), rest[2:]
    return kind, rest


def licence_of(described: Message) -> tuple[str, Kind]:
    """What a package says of its licence, and the kind: expression, else classifiers, else text."""
    if expression := described.get("License-Expression"):
        return expression, kind_of_expression(expression)
    classifiers = [
        line.rsplit(" :: ", 1)[1]
        for line in described.get_all("Classifier") or []
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    if classifiers:
        kinds = [kind_of_name(name) for name in classifiers]
        return "; ".join(classifiers), min(kinds, key=ORDER.index)
    first = next(iter((described.get("License") or "").strip().splitlines()), "")
    plain = kind_of_expression(first)
    return (first[:60] or "not declared"), plain if plain != "unknown" else kind_of_name(first)


def pinned(group: str) -> list[str]:
    """The packages that requirements/GROUP.txt pins for this Python and system."""
    text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    lines = (line.rstrip("\\ ") for line in text.splitlines())
    wanted = [Requirement(line) for line in lines if line[:1].isalnum()]
    return sorted({need.name for need in wanted if need.marker is None or need.marker.evaluate()})


def fits(kind: Kind, group: str) -> bool:
    if group == "runtime":
        return kind in ("permissive", "weak copyleft")
    if group == "web":
        return kind in ("permissive", "weak copyleft", "lesser copyleft")
    return kind != "copyleft"


def report(group: str, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """A line for every package of the group, and the names of those that do not fit."""
    lines, wrong = [], []
    for name in names:
        try:
            described = metadata(name)
        except PackageNotFoundError:
            lines.append(f"{name:28} not installed here")
            if group in SHIPPED:
                wrong.append(name)
            continue
        licence, kind = licence_of(described)
        lines.append(f"{name:28} {described['Version']:16} {licence} ({kind})")
        if not fits(kind, group):
            wrong.append(name)
    return lines, wrong


def main() -> int:
    failed = []
    for group in GROUPS:
        lines, wrong = report(group, pinned(group))
        sys.stdout.write(f"{group}\n" + "".join(f"  {line}\n" for line in lines))
        failed += [f"{name} ({group})" for name in wrong]
    if failed:
        sys.stdout.write(f"These do not fit our licence: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
