"""What a token opens: reading and acting, in all of the person's groups or in some."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from commonhaven.reading import Problem
from commonhaven.web.kit.audience import Viewer

READ, ACT, ADMINISTER = "read", "act", "administer"
KINDS = (READ, ACT, ADMINISTER)


def checked(scopes: Iterable[str], groups: Iterable[str]) -> list[str]:
    """The scopes in order; Problem for an unknown kind or a group that the person has no seat in.

    Acting includes reading: who may not read a thing cannot act on it.
    """
    own, found = set(groups), set(scopes)
    for scope in found:
        kind, _, group = scope.partition(":")
        if kind not in KINDS or (kind == ADMINISTER and group):
            fix = "Write read, act, administer, or read:GROUP, act:GROUP."
            raise Problem(f'"{scope[:60]}" is no scope', where="scopes", fix=fix)
        if group and group not in own:
            fix = "Name a group in which you have a seat."
            raise Problem(f"you have no seat in {group[:60]}", where="scopes", fix=fix)
    if not found:
        raise Problem("the token would open nothing", where="scopes", fix="Name one, such as read.")
    return sorted(found)


def opens(scopes: Sequence[str], kind: str, group: str) -> bool:
    """Whether the scopes open a group for reading or acting."""
    kinds = (READ, ACT) if kind == READ else (kind,)
    return any(one in scopes or f"{one}:{group}" in scopes for one in kinds)


def narrowed(viewer: Viewer, scopes: Sequence[str], slugs: dict[int, str]) -> Viewer:
    """The viewer that a token lets a person be: without the seats of groups it does not open.

    So a token's narrowness goes through the same policy as everything else.
    """
    kept = tuple(s for s in viewer.seats if opens(scopes, READ, slugs.get(s.group, "")))
    groups = {seat.group for seat in kept}
    return replace(
        viewer,
        seats=kept,
        caucuses={group: ids for group, ids in viewer.caucuses.items() if group in groups},
        administrator=viewer.administrator and ADMINISTER in scopes,
    )
