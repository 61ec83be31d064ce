"""Compute a plan again from what it holds, and name the first difference."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from commonhaven import __version__
from commonhaven.charter import Responsibility
from commonhaven.charter import load as load_charter
from commonhaven.charter import read as read_charter
from commonhaven.charter import shipped as shipped_charters
from commonhaven.parties.figures import Figure, Figures, reference
from commonhaven.reading import Problem, build, decimal_text, digest, dump
from commonhaven.reading.toml import read_text
from commonhaven.regime.compute import compute
from commonhaven.regime.evidence import WithFacts
from commonhaven.regime.plan import FORMAT, Plan
from commonhaven.regime.write import plan_text
from commonhaven.situations import load as load_situation
from commonhaven.situations import read as read_situation
from commonhaven.situations import shipped as shipped_situations

PARTS = {"manifest": dict, "inputs": dict, "result": dict, "trace": list}
INPUTS = {"charter": dict, "situation": dict, "rule": str, "figures": list, "missing": list}
OPTIONAL = frozenset({"missing"})
GIVE = "Give the plan.json that `share --out` wrote."
DEFAULT_RULE = Responsibility().rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether a plan stands, in sentences."""

    same: bool
    plan: str
    sentences: tuple[str, ...]


def verify(path: Path) -> Finding:
    """Recompute the plan in a file and compare every part of it, and every byte.

    Raises Problem where the file is no plan or its inputs cannot be read.
    """
    text, held = read_plan(path)
    return verify_values(held, str(path), text)


def verify_values(held: dict[str, Any], where: str, text: str = "") -> Finding:
    """The same for the plain values of a plan; its spelling only where its ``text`` is given."""
    check_form(held, where)
    name = str(held["manifest"].get("plan", ""))
    sentences = [*changed_inputs(held), *other_engine(held)]
    try:
        plan = recompute(held, where)
    except Problem as problem:
        if not sentences:
            raise
        told = f"It cannot be computed again from what the file holds: {problem}"
        return Finding(same=False, plan=name, sentences=(*sentences, told))
    found = first_difference(held, plan) or (another_spelling(text, plan) if text else "")
    if found or sentences:
        sentences += [found] if found else []
        sentences += [*against_shipped(held["inputs"]), *against_reference(held["inputs"])]
        return Finding(same=False, plan=name, sentences=tuple(sentences))
    return Finding(same=True, plan=name, sentences=tuple(standing(held, name, text)))


def standing_plan(path: Path) -> Plan:
    """The plan in a file, computed again; Problem where it is not what the file says."""
    text, held = read_plan(path)
    check_form(held, str(path))
    plan = recompute(held, str(path))
    if said := first_difference(held, plan) or another_spelling(text, plan):
        fix = f"Nothing may rest on it. See `commonhaven verify {path.name}`."
        raise Problem(f"the plan does not stand. {said}", where=str(path), fix=fix)
    return plan


def first_difference(held: dict[str, Any], plan: Plan) -> str:
    """The first value that differs from the plan computed again, in words; empty where none."""
    again = dump(plan)
    assert isinstance(again, dict)  # noqa: S101 - a plan is a table
    for part in ("inputs", "result", "trace", "manifest"):
        if found := difference(held[part], again[part], part):
            return f"Not the same. First difference: {found}"
    return ""


def another_spelling(text: str, plan: Plan) -> str:
    """Where the file is not written as the program writes it, though every value is the same."""
    wanted = plan_text(plan)
    if text == wanted:
        return ""
    pairs = zip_longest(text.splitlines(), wanted.splitlines())
    line = next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 1)
    return (
        "Every value is the same, and yet the file is not the one that the program writes: line "
        f"{line} is written otherwise. Compute the plan again rather than mend the file."
    )


def standing(held: dict[str, Any], name: str, text: str) -> Iterator[str]:
    """What a plan that stands proves, and what it does not."""
    same = "every line of the trace and every byte" if text else "and every line of the trace"
    yield (
        f"The plan {name[:16]} stands: computed again by version {__version__}, every number, "
        f"{same} is the same."
    )
    own = held["inputs"]["charter"].get("responsibility", {}).get("rule", DEFAULT_RULE)
    if held["inputs"]["rule"] != own:
        yield f"It was computed by {held['inputs']['rule']}, not by the charter's rule, {own}."
    others = [*against_shipped(held["inputs"]), *against_reference(held["inputs"])]
    yield from others or (
        "Its charter, situation and figures, where they ship, are those that ship.",
    )


def other_engine(held: dict[str, Any]) -> list[str]:
    """A sentence where another version computed the plan."""
    engine = held["manifest"].get("engine")
    if engine == __version__:
        return []
    return [
        f"The plan was computed by version {engine}; this is version {__version__}. A difference "
        f"may come from that: install commonhaven {engine} to settle it."
    ]


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


def read_plan(path: Path) -> tuple[str, dict[str, Any]]:
    """The text and the plain values of a plan file; Problem where it is not one."""
    where = str(path)
    text = read_text(path, where)
    try:
        held = json.loads(text, object_pairs_hook=once)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise Problem(f"not valid JSON ({error})", where=where, fix=GIVE) from None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise Problem(f'this is not a "{FORMAT}"', where=where, fix=GIVE)
    return text, held


def check_form(held: dict[str, Any], where: str) -> None:
    """Problem where a part is absent or of the wrong form; what is inside is checked later."""
    for name, kind in PARTS.items():
        require(held, name, kind, where)
    for name, kind in INPUTS.items():
        require(held["inputs"], name, kind, f"{where}, inputs")


def require(table: dict[str, Any], name: str, kind: type, where: str) -> None:
    if name not in table and name in OPTIONAL:
        return
    if not isinstance(table.get(name), kind):
        raise Problem(f"there is no {name} as a plan has it", where=where, fix=GIVE)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A table from its pairs; ValueError where a name comes twice."""
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the name "{twice[:40]}" comes twice in one table')
    return table


def recompute(held: dict[str, Any], where: str) -> Plan:
    """The plan computed again from the inputs that a plan file holds."""
    inputs = held["inputs"]
    charter = read_charter(inputs["charter"], f"{where}, charter")
    situation = read_situation(inputs["situation"], f"{where}, situation")
    figures = Figures.of(
        [build(Figure, one, f"{where}, figure {i}") for i, one in enumerate(inputs["figures"], 1)],
        missing=[_pair(name, where) for name in inputs.get("missing", [])],
    )
    day = asked_day(inputs.get("asked_for"), where)
    return compute(charter, situation, figures, on=day, rule=str(inputs["rule"]))


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
    """How many figures differ from those that ship, and the first: value or fact of law."""
    source = WithFacts(reference())
    day = date.fromisoformat(inputs["situation"]["on"])
    differing: list[str] = []
    for number, held in enumerate(inputs["figures"], 1):
        figure = build(Figure, held, f"figure {number}")
        known = source.at(figure.state, figure.indicator, day)
        if known is None or (known.period, known.value) != (figure.period, figure.value):
            ships = "nothing" if known is None else told(known)
            differing.append(f"{figure.cite} is {told(figure)}; what ships gives {ships}")
    if not differing:
        return []
    return [
        f"Of the {len(inputs['figures'])} figures in the plan, {len(differing)} are not those "
        f"that ship. The first: {differing[0]}."
    ]


def told(figure: Figure) -> str:
    """A figure's value, period and edition."""
    return " ".join(
        part
        for part in (
            decimal_text(figure.value),
            f"of {figure.period}" if figure.period else "",
            f"(edition {figure.revision})" if figure.revision else "",
        )
        if part
    )
