"""Kinds of notices: what each says, whom it is for, of whom it asks something."""

from dataclasses import dataclass
from typing import Any

ALL = frozenset({"all"})
"""Everybody who may see the act."""
MEMBERS = frozenset({"members"})
"""People who speak for member states."""
RUN = frozenset({"run"})
"""The chair and the secretariat."""
KEEP = frozenset({"keep"})
"""Those who keep the group's books."""
UNHCR = frozenset({"unhcr"})
NAMED = frozenset({"named"})
"""People of the parties that the act names."""
SELF = frozenset({"self"})
"""The person whose seat it is about; it is told to nobody else."""
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of notice.

    ``do``: for whom of those told it asks for something; the others only learn of it.
    ``recorded``: what the record says, where that is not the same.
    """

    says: Any
    to: frozenset[str] = NOBODY
    do: frozenset[str] = NOBODY
    recorded: Any = ""
