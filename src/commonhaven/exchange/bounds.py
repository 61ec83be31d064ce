"""How much of a packed book is read: more is no book, or a bomb."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from commonhaven.reading import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The most bytes of a file's parts together, and the most rows of all its tables."""

    unpacked: int = 200_000_000
    rows: int | None = None

    def hold(self, rows: Iterable[int], where: str) -> None:
        """Problem for more rows than are read."""
        if self.rows is not None and sum(rows) > self.rows:
            raise Problem(
                f"the tables have more than {self.rows:,} rows together", where=where,
                fix="Make several files of them, each with what belongs together.",
            )  # fmt: skip


def unpacked(packed: zipfile.ZipFile, where: str, bounds: Bounds) -> None:
    """Problem for a file that is far too large when unpacked."""
    if sum(part.file_size for part in packed.infolist()) > bounds.unpacked:
        said = f"the file unpacks to more than {bounds.unpacked:,} bytes"
        raise Problem(said, where=where, fix="Is it the right file?")
