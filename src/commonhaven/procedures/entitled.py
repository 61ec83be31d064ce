"""Who may act: roles of a procedure as the parties that hold them in a group.

Roles: ``member``, ``other member`` (than the one that began), ``convenor``, ``chair``,
``secretariat``, ``origin`` (the state that people flee from), ``initiator``, ``addressed``,
``voter``, ``taking part``, ``not taking part``, ``gone`` (took part and left), ``anyone``; and
``=NAME`` for a party that the text itself names, such as ``=Council``.
"""

from collections.abc import Callable, Iterable, Mapping

from commonhaven.procedures.decisions import recused
from commonhaven.procedures.run import Run

ANYONE = "anyone"


def holders(run: Run, roles: Iterable[str]) -> tuple[str, ...]:
    """The parties that hold any of the roles, each once; nobody named where anyone may act."""
    names = tuple(roles)
    if ANYONE in names:
        return ()
    found = [party for role in names for party in _of(run, role)]
    return tuple(dict.fromkeys(found))


def _of(run: Run, role: str) -> tuple[str, ...]:
    if role.startswith("="):
        return (role[1:],)
    return HOLDERS[role](run)


def _others(run: Run) -> tuple[str, ...]:
    return tuple(party for party in run.setting.members if party != run.initiator)


def _not_here(run: Run) -> tuple[str, ...]:
    return tuple(party for party in run.setting.members if party not in run.here)


HOLDERS: Mapping[str, Callable[[Run], tuple[str, ...]]] = {
    "member": lambda run: run.setting.members,
    "other member": _others,
    "convenor": lambda run: run.setting.convenors,
    "chair": lambda run: (run.setting.chair or "chair",),
    "secretariat": lambda run: run.setting.secretariat or ("secretariat",),
    "origin": lambda run: (run.setting.origin,) if run.setting.origin else (),
    "initiator": lambda run: (run.initiator,) if run.initiator else (),
    "addressed": lambda run: run.addressed,
    "voter": lambda run: run.voters,
    "taking part": lambda run: run.present,
    "not taking part": _not_here,
    "gone": lambda run: run.gone,
}
ROLES = (*HOLDERS, ANYONE)


def why_not(run: Run, party: str, roles: tuple[str, ...]) -> tuple[str, str]:
    """Why the party may not act, and what to do; two empty texts where it may."""
    may = holders(run, roles)
    if ANYONE in roles or party in may:
        return "", ""
    named = f"It is for: {', '.join(may[:12])}{' and others' if len(may) > 12 else ''}."
    if not party:
        return "no party is named", f"Say who acts. {named}" if may else "Say who acts."
    if "voter" in roles and party in recused(run.setting, run.setting.members):
        said = f"{party} is the state of origin and takes no part in the decision"
        return said, "The group has agreed so in its option recuse_origin."
    if "voter" in roles and party in run.setting.members:
        if party in run.gone:
            return f"{party} has left the meeting", "Record its return first."
        return f"{party} has not been recorded as present", "Record its attendance first."
    return f"{party} is not entitled to do this", named if may else "Nobody can do it now."
