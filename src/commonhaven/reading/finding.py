"""What a check has to say: an error to mend, or advice to weigh."""

from dataclasses import dataclass, replace
from typing import Literal

from commonhaven.reading.problem import Problem

Severity = Literal["error", "advice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark: what is the matter, where, and what to do about it.

    An error stops the work; advice does not.
    """

    severity: Severity
    what: str
    where: str
    fix: str = ""

    def __str__(self) -> str:
        return str(self.problem())

    def within(self, file: str) -> "Finding":
        """The same remark with the file's name in front of the place."""
        return replace(self, where=f"{file}, {self.where}" if file else self.where)

    def problem(self) -> Problem:
        """The same remark as an error to raise."""
        return Problem(self.what, where=self.where, fix=self.fix)


def error(what: str, where: str, fix: str = "") -> Finding:
    """A remark that stops the work."""
    return Finding(severity="error", what=what, where=where, fix=fix)


def advice(what: str, where: str, fix: str = "") -> Finding:
    """A remark to weigh."""
    return Finding(severity="advice", what=what, where=where, fix=fix)
