"""The library, for everyone: rules, procedures, charters and situations that ship; trying out."""

import json
from typing import Any

from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.charter import load as load_charter
from commonhaven.charter import shipped as shipped_charters
from commonhaven.procedures import procedures
from commonhaven.reading import dump
from commonhaven.situations import load as load_situation
from commonhaven.situations import shipped as shipped_situations
from commonhaven.web.api.asking import Toml, Word, read
from commonhaven.web.api.errors import answers
from commonhaven.web.api.middleware import Asked
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.library.shelf import every_rule
from commonhaven.web.sandbox.actions import try_out
from commonhaven.web.sandbox.asked import charter_of, situation_of
from commonhaven.web.sandbox.bounds import count_trial

router = Router(tags=["library"])


class ParameterShown(Schema):
    """A parameter of a rule."""

    name: str
    meaning: str
    kind: str


class RuleShown(Schema):
    """A rule: what it holds to be fair, and where it stands."""

    name: str
    title: str
    kind: str
    principle: str
    value_judgement: str
    source: str
    weaknesses: list[str]
    parameters: list[ParameterShown]


class ProcedureShown(Schema):
    """A procedure in short."""

    name: str
    title: str
    principle: str
    starts: str
    silence: str
    source: str
    standing: str


class Shipped(Schema):
    """A charter or situation that ships."""

    name: str
    called: dict[str, str] = Field(description="Language to name")
    value: dict[str, Any]


class Trial(Schema):
    """What to try: each by the name of one that ships, or written out as TOML."""

    charter: Word = ""
    charter_toml: Toml | None = None
    situation: Word = ""
    situation_toml: Toml | None = None


class Tried(Schema):
    """A plan computed without an account."""

    hash: str = Field(description="Hash of its manifest")
    url: str = Field(description="Where it is shown, to share, until the link expires")
    plan: dict[str, Any] = Field(description="plan.json, for `commonhaven verify`")


@read(router, "/library/rules", list[RuleShown])
def list_rules(request: Asked) -> Any:  # noqa: ARG001
    """Every rule that shares people or money."""
    return [
        {"name": name, "title": rule.title, "kind": rule.kind, "principle": rule.principle,
         "value_judgement": rule.value_judgement, "source": rule.source,
         "weaknesses": list(rule.weaknesses),
         "parameters": [{"name": p.name, "meaning": p.meaning, "kind": p.kind}
                        for p in rule.parameters]}
        for name, rule in sorted(every_rule().items())
    ]  # fmt: skip


@read(router, "/library/procedures", list[ProcedureShown])
def list_procedures(request: Asked) -> Any:  # noqa: ARG001
    """Every procedure by which a group can meet and decide."""
    return [
        {"name": name, "title": one.title, "principle": one.principle, "starts": one.starts,
         "silence": one.silence, "source": one.source, "standing": one.standing}
        for name, one in procedures().items()
    ]  # fmt: skip


def _named(name: str, known: Any) -> str:
    if name not in known:
        raise Unknown("there is nothing of that name", fix="See the list.")
    return name


@read(router, "/library/charters", list[str])
def list_shipped_charters(request: Asked) -> Any:  # noqa: ARG001
    """The names of the charters that ship."""
    return sorted(shipped_charters())


@read(router, "/library/charters/{name}", Shipped)
def show_shipped_charter(request: Asked, name: str) -> Any:  # noqa: ARG001
    """A charter that ships."""
    charter = load_charter(_named(name, shipped_charters()))
    return {"name": name, "called": dict(charter.group.name), "value": dump(charter)}


@read(router, "/library/situations", list[str])
def list_shipped_situations(request: Asked) -> Any:  # noqa: ARG001
    """The names of the situations that ship."""
    return sorted(shipped_situations())


@read(router, "/library/situations/{name}", Shipped)
def show_shipped_situation(request: Asked, name: str) -> Any:  # noqa: ARG001
    """A situation that ships."""
    found = load_situation(_named(name, shipped_situations()))
    return {"name": name, "called": dict(found.name), "value": dump(found)}


@router.post("/try", response=answers(Tried, status=201), openapi_extra={"security": [{}]})
def try_a_charter(request: Asked, body: Trial) -> Any:
    """Compute a plan without an account; nothing of it enters any group."""
    charter = charter_of(body.charter, body.charter_toml or "")
    situation = situation_of(body.situation, body.situation_toml or "")
    count_trial(request)
    trial = try_out(charter=charter, situation=situation, asked={}, at=request.now)
    return Status(201, _tried(trial))


def _tried(trial: Any) -> dict[str, Any]:
    return {
        "hash": trial.computed.name, "url": reverse("sandbox:show", args=[trial.token]),
        "plan": json.loads(trial.computed.text),
    }  # fmt: skip
