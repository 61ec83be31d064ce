"""Everything that is wrong in a file, told at once: as lines to read and as a table."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from commonhaven.reading import Problem

MOST = 1000
"""More mistakes than anybody mends in one go: then the file is not what it is taken for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing to mend: in which file or sheet, row and column, what, and what to do."""

    file: str
    row: int | None
    column: str
    what: str
    fix: str

    def __str__(self) -> str:
        row = "" if self.row is None else f"row {self.row}"
        column = f"column {self.column}" if self.column else ""
        where = ", ".join(part for part in (self.file, row, column) if part)
        return str(Problem(self.what, where=where, fix=self.fix))


class BadFile(Problem):
    """A file from which nothing is taken, with all its mistakes."""

    def __init__(self, mistakes: tuple[Mistake, ...], *, where: str) -> None:
        first = str(mistakes[0])
        more = len(mistakes) - 1
        what = first if not more else f"{first} And {more} more mistake{'s' if more > 1 else ''}."
        super().__init__(what, where="", fix=f"Nothing was taken from {where}.")
        self.mistakes = mistakes

    def lines(self) -> str:
        """One mistake a line."""
        return "\n".join(str(mistake) for mistake in self.mistakes)

    def table(self) -> str:
        """The mistakes as CSV: file, row, column, what, fix."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("file", "row", "column", "what", "fix"))
        for one in self.mistakes:
            row = "" if one.row is None else one.row
            writer.writerow((one.file, row, one.column, one.what, one.fix))
        return out.getvalue()


@dataclass(slots=True, kw_only=True)
class Report:
    """The mistakes of one file while it is read."""

    where: str
    mistakes: list[Mistake] = field(default_factory=list)

    def add(
        self, what: str, *, file: str, row: int | None, column: str = "", fix: str = ""
    ) -> None:
        """Note one mistake. BadFile where there are too many to go on."""
        self.mistakes.append(Mistake(file=file, row=row, column=column, what=what, fix=fix))
        if len(self.mistakes) >= MOST:
            self.settle()

    @contextmanager
    def noting(self, *, file: str, row: int | None, column: str = "") -> Iterator[None]:
        """Note a Problem that is raised inside, and go on after it."""
        try:
            yield
        except BadFile:
            raise
        except Problem as problem:
            at = problem.where if problem.where.startswith(file) else file
            self.add(problem.what, file=at, row=row, column=column, fix=problem.fix)

    def settle(self) -> None:
        """BadFile where anything was noted."""
        if self.mistakes:
            raise BadFile(tuple(self.mistakes), where=self.where)
