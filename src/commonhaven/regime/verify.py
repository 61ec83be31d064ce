"""Compute a plan again from what it holds, and name the first difference."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from commonhaven import __version__
from commonhaven.charter import load as load_charter
from commonhaven.charter import read as read_charter
from commonhaven.charter import shipped as shipped_charters
from commonhaven.parties.figures import Figure, Figures, reference
from commonhaven.reading import Problem, build, decimal_text, digest, dump
from commonhaven.reading.toml import read_text
from commonhaven.regime.compute import compute
from commonhaven.regime.plan import FORMAT
from commonhaven.situations import load as load_situation
from commonhaven.situations import read as read_situation
from commonhaven.situations import shipped as shipped_situations

PARTS = ("format", "manifest", "inputs", "result", "trace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether a plan stands, in sentences."""

    same: bool
    plan: str
    sentences: tuple[str, ...]


def verify(path: Path) -> Finding:
    """Recompute the plan in a file and compare every part of it.

    Raises Problem where the file is no plan or its inputs cannot be read.
    """
    held = read_plan(path)
    again = recompute(held, str(path))
    name = str(held["manifest"].get("plan", ""))
    engine = held["manifest"].get("engine")
    sentences = changed_inputs(held)
    for part in ("inputs", "result", "trace", "manifest"):
        if found := difference(held[part], again[part], part):
            sentences.append(f"Not the same. First difference: {found}")
            break
    if sentences and engine != __version__:
        sentences.append(
            f"The plan was computed by version {engine}; this is version {__version__}. "
            f"A difference may come from that: install commonhaven {engine} to settle it."
        )
    if sentences:
        sentences.extend((*against_shipped(held["inputs"]), *against_reference(held["inputs"])))
    if not sentences:
        return Finding(
            same=True,
            plan=name,
            sentences=(
                f"The plan {name[:16]} stands: computed again by version {__version__}, every "
                "number, every line of the trace and every hash is the same.",
            ),
        )
    return Finding(same=False, plan=name, sentences=tuple(sentences))


def changed_inputs(held: dict[str, Any]) -> list[str]:
    """The inputs whose hash is not the one that the manifest gives."""
    inputs = held["inputs"]
    hashes = {
        "charter": digest(inputs.get("charter")),
        "situation": digest(inputs.get("situation")),
        "figures": digest([inputs.get("figures"), inputs.get("missing", [])]),
    }
    return [
        f"The plan's {name} changed after it was computed: the hash differs from the manifest's."
        for name, value in hashes.items()
        if held["manifest"].get(name) != value
    ]


def read_plan(path: Path) -> dict[str, Any]:
    """The plain values of a plan file; Problem where it is not one."""
    where = str(path)
    try:
        held = json.loads(read_text(path, where))
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        fix = "Give the plan.json that `share --out` wrote."
        raise Problem(f"not valid JSON ({error})", where=where, fix=fix) from None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        fix = "Give the plan.json that `share --out` wrote."
        raise Problem(f'this is not a "{FORMAT}"', where=where, fix=fix)
    for part in PARTS:
        if part not in held:
            raise Problem(f"the plan has no {part}", where=where, fix="The file is not whole.")
    if not isinstance(held["manifest"], dict) or not isinstance(held["inputs"], dict):
        raise Problem("the plan's manifest or inputs are no tables", where=where)
    return held


def recompute(held: dict[str, Any], where: str) -> dict[str, Any]:
    """The plan computed again from the inputs that a plan file holds, as plain values."""
    inputs = held["inputs"]
    for name in ("charter", "situation", "rule", "figures"):
        if name not in inputs:
            raise Problem(f"the plan's inputs have no {name}", where=where)
    charter = read_charter(inputs["charter"], f"{where}, charter")
    situation = read_situation(inputs["situation"], f"{where}, situation")
    if not isinstance(inputs["figures"], list) or not isinstance(inputs.get("missing", []), list):
        raise Problem("the plan's figures are no list", where=where)
    figures = Figures.of(
        [build(Figure, one, f"{where}, figure {i}") for i, one in enumerate(inputs["figures"], 1)],
        missing=[_pair(name, where) for name in inputs.get("missing", [])],
    )
    day = asked_day(inputs.get("asked_for"), where)
    plan = compute(charter, situation, figures, on=day, rule=str(inputs["rule"]))
    again = dump(plan)
    assert isinstance(again, dict)  # noqa: S101 - a plan is a table
    return again


def asked_day(text: object, where: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Problem(f'"{text}" is not a date', where=f"{where}, asked_for") from None


def _pair(name: object, where: str) -> tuple[str, str]:
    state, slash, indicator = str(name).partition("/")
    if not slash:
        raise Problem(f'"{name}" is not STATE/indicator', where=f"{where}, missing")
    return state, indicator


def difference(held: object, again: object, path: str) -> str:
    """The first place where two plain values differ, in words; empty where they do not."""
    if isinstance(held, dict) and isinstance(again, dict):
        return in_tables(held, again, path)
    if isinstance(held, list) and isinstance(again, list):
        return in_lists(held, again, path)
    if held != again or type(held) is not type(again):
        return f"{path} is {short(held)}; computed again it is {short(again)}."
    return ""


def in_tables(held: dict[str, Any], again: dict[str, Any], path: str) -> str:
    for key in [*again, *(key for key in held if key not in again)]:
        if key not in held:
            return f"{path}.{key} is missing; computed again it is {short(again[key])}."
        if key not in again:
            return f"{path}.{key} is {short(held[key])}; computed again it is not there."
        if found := difference(held[key], again[key], f"{path}.{key}"):
            return found
    return ""


def in_lists(held: list[Any], again: list[Any], path: str) -> str:
    for i, (one, other) in enumerate(zip(held, again, strict=False)):
        if found := difference(one, other, f"{path}[{label(other, i)}]"):
            return found
    if len(held) != len(again):
        return f"{path} has {len(held)} entries; computed again it has {len(again)}."
    return ""


def label(value: object, position: int) -> str:
    """What a list's entry is called: its state, id or place."""
    if isinstance(value, dict):
        if "indicator" in value and "state" in value:
            return f"{value['state']}/{value['indicator']}"
        for name in ("state", "id"):
            if isinstance(value.get(name), str):
                return str(value[name])
    return str(position + 1)


def short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."


def against_shipped(inputs: dict[str, Any]) -> list[str]:
    """Where the inputs differ from the charter or situation of the same name that ships."""
    sentences = []
    for kind, shipped, load in (
        ("charter", shipped_charters(), load_charter),
        ("situation", shipped_situations(), load_situation),
    ):
        table = inputs[kind]
        name = table.get("id") or table.get("group", {}).get("id")
        match = [key for key in shipped if name in {key, f"example-{key}"}]
        if match:
            found = difference(table, dump(load(match[0])), kind)
            if found:
                found = found.replace("computed again it", f"the {match[0]} that ships")
                sentences.append(f"Against the {kind} that ships: {found}")
    return sentences


def against_reference(inputs: dict[str, Any]) -> list[str]:
    """The first figure of the plan that differs from the same edition in the reference table."""
    table = reference()
    shipped = {each.id: each.edition for each in table.indicators()}
    for number, held in enumerate(inputs["figures"], 1):
        figure = build(Figure, held, f"figure {number}")
        if shipped.get(figure.indicator) != figure.revision:
            continue
        known = table.series(figure.state, figure.indicator).get(figure.period)
        if known is not None and known.value != figure.value:
            return [
                f"Against the figures that ship: {figure.cite} of {figure.period} is "
                f"{decimal_text(figure.value)}; edition {figure.revision} gives "
                f"{decimal_text(known.value)}."
            ]
    return []
