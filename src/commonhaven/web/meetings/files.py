"""Files of documents: kept once by their hash, never under the name they came with."""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from commonhaven.reading import Problem

LIMIT = 5_000_000
"""Bytes that a file may have."""
KINDS = frozenset({
    ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".txt", ".md", ".csv",
    ".json", ".toml", ".png", ".jpg", ".jpeg",
})  # fmt: skip
PIECE = 64 * 1024


def kept(hash_of_it: str) -> Path:
    """Where a file lies."""
    return Path(settings.MEDIA_ROOT) / hash_of_it[:2] / hash_of_it


def keep(source: BinaryIO, name: str) -> tuple[str, str, int]:
    """Keep a file; its hash, the name by which it is offered, and its size.

    It is written beside its place and moved there whole, so that no half file is ever served.
    """
    shown = clean(name)
    taken, size, digest = b"", 0, hashlib.sha256()
    pieces = []
    while piece := source.read(PIECE):
        size += len(piece)
        if size > LIMIT:
            fix = f"Hand in one of at most {LIMIT // 1_000_000} million bytes, or put the text in."
            raise Problem("the file is too large", where=shown, fix=fix)
        digest.update(piece)
        pieces.append(piece)
    if not size:
        raise Problem("the file is empty", where=shown, fix="Choose another one.")
    taken = b"".join(pieces)
    path = kept(digest.hexdigest())
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(taken)
        Path(beside).replace(path)
    return digest.hexdigest(), shown, size


def clean(name: str) -> str:
    """The name without folders and odd signs; Problem where its kind is not taken."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    bare = re.sub(r"[^\w.\- ]", "_", last).strip(" .")
    kind = Path(bare).suffix.lower()
    if kind not in KINDS:
        fix = f"Taken are: {', '.join(sorted(KINDS))}."
        raise Problem(f'files of the kind "{kind[:12]}" are not taken', where=bare[:60], fix=fix)
    return f"{Path(bare).stem[:100]}{kind}"
