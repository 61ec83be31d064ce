"""What a check of a charter found: an error that stops it, or advice that does not."""

from dataclasses import dataclass, replace
from typing import Literal

from commonhaven.reading import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to put right (error) or to consider (advice): what, where in the charter, how."""

    severity: Literal["error", "advice"]
    what: str
    where: str
    fix: str = ""

    def within(self, file: str) -> "Finding":
        """The same finding with the file's name in front of the place."""
        place = f"{file}, {self.where}" if file else self.where
        return replace(self, where=place)

    def __str__(self) -> str:
        return str(Problem(self.what, where=self.where, fix=self.fix))


class CharterProblem(Problem):
    """A charter that cannot be used as it stands."""


def error(where: str, what: str, fix: str = "") -> Finding:
    return Finding(severity="error", what=what, where=where, fix=fix)


def advice(where: str, what: str, fix: str = "") -> Finding:
    return Finding(severity="advice", what=what, where=where, fix=fix)
