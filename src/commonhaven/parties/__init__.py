"""Who takes part: states, groupings, naming policy; figures with unit, period and source.

What is named here is imported when it is first used, so that a program which needs one table does
not wait for the others.
"""

from importlib import import_module

TYPE_CHECKING = False  # true to a type checker; typing itself takes longer than this room
if TYPE_CHECKING:
    from commonhaven.parties.blocs import Grouping as Grouping
    from commonhaven.parties.blocs import Membership as Membership
    from commonhaven.parties.blocs import Participation as Participation
    from commonhaven.parties.blocs import grouping as grouping
    from commonhaven.parties.blocs import groupings as groupings
    from commonhaven.parties.blocs import members as members
    from commonhaven.parties.consent import Treaty as Treaty
    from commonhaven.parties.consent import TreatyStatus as TreatyStatus
    from commonhaven.parties.consent import treaties as treaties
    from commonhaven.parties.consent import treaty_status as treaty_status
    from commonhaven.parties.finding import find_state as find_state
    from commonhaven.parties.names import DISCLAIMER as DISCLAIMER
    from commonhaven.parties.names import LANGUAGES as LANGUAGES
    from commonhaven.parties.names import name as name
    from commonhaven.parties.names import short_name as short_name
    from commonhaven.parties.register import Provenance as Provenance
    from commonhaven.parties.register import State as State
    from commonhaven.parties.register import UnknownState as UnknownState
    from commonhaven.parties.register import provenance as provenance
    from commonhaven.parties.register import state as state
    from commonhaven.parties.register import states as states
    from commonhaven.parties.register import unhcr_state as unhcr_state

_HOMES = {
    "DISCLAIMER": "names",
    "LANGUAGES": "names",
    "Grouping": "blocs",
    "Membership": "blocs",
    "Participation": "blocs",
    "Provenance": "register",
    "State": "register",
    "Treaty": "consent",
    "TreatyStatus": "consent",
    "UnknownState": "register",
    "find_state": "finding",
    "grouping": "blocs",
    "groupings": "blocs",
    "members": "blocs",
    "name": "names",
    "provenance": "register",
    "short_name": "names",
    "state": "register",
    "states": "register",
    "treaties": "consent",
    "treaty_status": "consent",
    "unhcr_state": "register",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the one list of what this room offers


def __getattr__(wanted: str) -> object:
    if wanted not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {wanted!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES[wanted]}"), wanted)
    globals()[wanted] = found
    return found
