"""Check every link of our Markdown pages: files and headings exist, addresses are well formed.

Prints file:line for each that does not and exits with code 1. Nothing is fetched.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
INLINE = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]*)>?(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s+\"[^\"]*\")?\s*$")
USED = re.compile(r"\[[^\]]+\]\[([^\]]+)\]")
ANGLE = re.compile(r"<(https?:[^>\s]*|mailto:[^>\s]*)>")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*\s*$")
ANCHOR = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"")
FENCE = re.compile(r"^\s*(```+|~~~+)")


def pages(root: Path) -> list[Path]:
    top = [root / name for name in ("README.md", "CHANGELOG.md", "requirements/README.md")]
    return [*(page for page in top if page.exists()), *sorted((root / "docs").rglob("*.md"))]


def prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines outside fenced blocks, without code spans, by number."""
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
        elif not fence:
            yield number, re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", line)


def slug(heading: str) -> str:
    """The anchor of a heading as GitHub makes it."""
    bare = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    kept = re.sub(r"[^\w\- ]", "", bare.replace("`", "").strip().lower())
    return kept.replace(" ", "-")


def anchors(text: str) -> set[str]:
    """Every anchor of a page; a repeated heading gets -1, -2, ..."""
    found: set[str] = set()
    fence = False
    for line in text.splitlines():
        if FENCE.match(line):
            fence = not fence
        if fence:
            continue
        found.update(ANCHOR.findall(line))
        if heading := HEADING.match(line):
            first = name = slug(heading[1])
            again = 0
            while name in found:
                again += 1
                name = f"{first}-{again}"
            found.add(name)
    return found


def targets(text: str) -> Iterator[tuple[int, str]]:
    """Line and target of every link and image; a reference without definition is its own target."""
    defined = {
        match[0].strip().split("]")[0][1:].casefold()
        for _, line in prose(text)
        if (match := REFERENCE.match(line))
    }
    for number, line in prose(text):
        if match := REFERENCE.match(line):
            yield number, match[1]
            continue
        yield from ((number, target) for target in INLINE.findall(line))
        yield from ((number, target) for target in ANGLE.findall(line))
        yield from ((number, f"[{n}]") for n in USED.findall(line) if n.casefold() not in defined)


def wrong_address(target: str) -> str:
    """What is wrong with an address outside, or nothing."""
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
    except ValueError:
        return "is not an address"
    if parts.scheme == "mailto":
        return "" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", parts.path) else "is no mail address"
    if parts.scheme not in ("http", "https"):
        return f"has the scheme {parts.scheme}"
    return "" if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) else "has no host"


def wrong(page: Path, target: str, root: Path) -> str:
    """What is wrong with a link of a page, or nothing."""
    if target.startswith("["):
        return "is not defined"
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", target):
        return wrong_address(target)
    path, _, anchor = target.partition("#")
    if path.startswith("/"):
        return "starts at the root of the machine"
    file = (page.parent / unquote(path)).resolve() if path else page
    if not file.is_relative_to(root):
        return "leads out of the project"
    if not file.exists():
        return "leads to no file"
    if anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
        return f"has no heading #{anchor}"
    return "" if path or anchor else "is empty"


def broken(root: Path) -> list[str]:
    """A line for every broken link of the project."""
    found = []
    for page in pages(root):
        for number, target in targets(page.read_text(encoding="utf-8")):
            if reason := wrong(page, target, root):
                found.append(f"{page.relative_to(root)}:{number}: {target} {reason}")
    return found


def main() -> int:
    found = broken(ROOT)
    checked = len(pages(ROOT))
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(f"{checked} pages, {len(found)} broken links\n")
    return 1 if found or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
