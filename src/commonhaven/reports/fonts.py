"""The fonts of printed reports: FiraGO (SIL Open Font License), the same on every machine.

It has Latin, Cyrillic, Greek, Arabic, Hebrew, Thai, Georgian and Devanagari letters. The package
``pymupdf-fonts`` carries it; fonts of the machine are never used. For other letters, such as those
of Chinese, a folder of fonts can be added.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from commonhaven.reading import Problem

FAMILY = "FiraGO"
FACES = ("figo", "figbo", "figit", "figbi")
"""Regular, bold, italic and both, as the package calls them."""
INSTALL = 'Install it: pip install "commonhaven[reports]". HTML (--format html) needs none of it.'


@dataclass(frozen=True)
class Fonts:
    """The fonts of a run: as the compiler takes them, by family, and the signs that they have."""

    folder: TemporaryDirectory[str]
    found: Any
    families: tuple[str, ...]
    signs: frozenset[int]


@lru_cache(maxsize=4)
def fonts(added: Path | None = None) -> Fonts:
    """Our fonts, and those of a folder after them."""
    try:
        import typst  # noqa: PLC0415 - large, and needed only for PDF
        from pymupdf_fonts import fontbuffers  # noqa: PLC0415 - large, and needed only for PDF
    except ImportError as error:
        said = f"printing needs the package {error.name}, which is not installed"
        raise Problem(said, fix=INSTALL) from error
    if added is not None and not added.is_dir():
        raise Problem(
            "no such folder", where=str(added), fix="Name a folder of fonts (.ttf, .otf)."
        )
    kept = TemporaryDirectory(prefix="commonhaven-fonts-")
    for face in FACES:
        (Path(kept.name) / f"{face}.ttf").write_bytes(fontbuffers[face]())
    folders = [kept.name, *([str(added)] if added else [])]
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
    )
    files = [path for folder in folders for path in sorted(Path(folder).rglob("*"))
             if path.suffix.lower() in {".ttf", ".otf", ".ttc"}]  # fmt: skip
    rest = tuple(sorted(set(found.families()) - {FAMILY}))
    signs = frozenset(sign for path in files for sign in signs_of(path.read_bytes()))
    return Fonts(folder=kept, found=found, families=(FAMILY, *rest), signs=signs)


def signs_of(font: bytes) -> Iterator[int]:
    """The code points that a font has signs for: formats 4 and 12 of its table cmap."""
    start = struct.unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", font, start + 4)[0]
    for place in range(start + 12, start + 12 + 16 * tables, 16):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, place)
        if name == b"cmap":
            yield from _cmap(font, offset)


def _cmap(font: bytes, cmap: int) -> Iterator[int]:
    for index in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        offset = struct.unpack_from(">I", font, cmap + 8 + 8 * index)[0] + cmap
        form = struct.unpack_from(">H", font, offset)[0]
        if form == 4:
            half = struct.unpack_from(">H", font, offset + 6)[0] // 2
            ends = struct.unpack_from(f">{half}H", font, offset + 14)
            starts = struct.unpack_from(f">{half}H", font, offset + 16 + 2 * half)
            for first, last in zip(starts, ends, strict=True):
                yield from range(first, last + (last < 0xFFFF))
        elif form == 12:
            for group in range(struct.unpack_from(">I", font, offset + 12)[0]):
                first, last, _ = struct.unpack_from(">III", font, offset + 16 + 12 * group)
                yield from range(first, last + 1)
