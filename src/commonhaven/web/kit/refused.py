"""Acts that are not done, and why."""

from collections.abc import Callable

from commonhaven.reading import Problem


class Refused(Problem):
    """The person may not do this: who may, is said in ``fix``."""


class Conflict(Problem):
    """It cannot be done now: the state of things does not allow it, or changed meanwhile."""


class TooMany(Conflict):
    """It cannot be done now: the person, or the address, has asked for much in a short time."""


class Unknown(Problem):
    """There is no such thing, or the person may not see it: the two are never told apart."""


def may(check: Callable[..., None], *given: object) -> bool:
    """Whether a check of policy lets pass."""
    try:
        check(*given)
    except Problem:
        return False
    return True
