"""Every act of every slice has an operation of the API, or a reason why it has none."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType

from commonhaven import web
from commonhaven.web.api.api import api

KEYS = "makes or ends a secret of one's own: by oneself, signed in, never by another secret"
PERSON = "how the pages and mails speak to one person; nobody else sees it"
WITHIN = "part of other acts, which have operations"
ELSEWHERE = {
    "accounts.actions.accept_invitation": "opens an account and signs in: browser only",
    "accounts.actions.set_preferences": PERSON,
    "api.actions.make_token": KEYS,
    "api.actions.withdraw_token": KEYS,
    "api.actions.withdraw_tokens": KEYS,
    "home.actions.take_note": PERSON,
    "notices.actions.make_feed": KEYS,
    "notices.actions.withdraw_feed": KEYS,
    "accounts.actions.invite_secretariat": WITHIN,
    "meetings.actions.convening.act": WITHIN,
    "meetings.actions.convening.convene": WITHIN,
    "meetings.actions.room.note": WITHIN,
    "record.actions.write": WITHIN,
}
"""Acts that have no operation of their own, and why."""
Act = Callable[..., object]


def modules() -> Iterator[ModuleType]:
    """The modules of all slices; settings and programs to start from are none."""
    for found in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
        parts = found.name.split(".")[2:]
        if len(parts) > 1 and "migrations" not in parts:
            yield importlib.import_module(found.name)


def acts() -> dict[str, Act]:
    """Public functions with a seat or a person that acts: ``by``, or ``user`` of one's own."""
    return {
        f"{module.__name__.removeprefix('commonhaven.web.')}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, FunctionType)
        and value.__module__ == module.__name__
        and not name.startswith("_")
        and any(
            one.kind is one.KEYWORD_ONLY and one.name in {"by", "user"}
            for one in inspect.signature(value).parameters.values()
        )
    }


def operations() -> set[Act]:
    """The functions of all operations."""
    return {
        inspect.unwrap(operation.view_func)
        for _, router in api._routers
        for path in router.path_operations.values()
        for operation in path.operations
    }


def named_in(function: Act) -> Iterator[object]:
    """What a function's own lines name: its module's functions, and parts of modules."""
    known = inspect.unwrap(function).__globals__  # type: ignore[attr-defined]
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Name):
            yield known.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield getattr(known.get(node.value.id), node.attr, None)


def reached() -> set[object]:
    """Every function that an operation names, itself or through functions of the API."""
    waiting, found = list(operations()), set[object]()
    while waiting:
        for value in named_in(waiting.pop()):
            if isinstance(value, FunctionType) and value not in found:
                found.add(value)
                if value.__module__.startswith("commonhaven.web.api."):
                    waiting.append(value)
    return found


def test_every_act_has_an_operation_or_a_reason() -> None:
    known = reached()
    missing = {name for name, act in acts().items() if act not in known}
    assert missing == set(ELSEWHERE)


def test_acts_of_every_slice_are_found() -> None:
    slices = {name.partition(".")[0] for name in acts()}
    assert slices == {
        "accounts", "api", "commitments", "decisions", "exchange", "flows", "funds", "good_faith",
        "groups", "home", "meetings", "notices", "plans", "record", "situations",
    }  # fmt: skip
