"""How to get a picture's numbers and the picture itself again."""

import shlex
from dataclasses import dataclass

from commonhaven.charter import load, shipped
from commonhaven.regime import Plan

Pairs = tuple[tuple[str, str], ...]
Names = tuple[str, str]

COMMAND, PYTHON = "command line", "Python"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The words with which the command line and Python call for one kind of picture."""

    kind: str
    function: str


def of_plan(way: Way, plan: Plan, names: Names | None, language: str) -> Pairs:
    """Lines for a picture of a plan; under another rule than the charter's, Python alone draws it.

    They use the figures that ship. A plan made from other figures is computed again by ``verify``.
    """
    charter, situation = names or shipped_as(plan)
    inputs = plan.inputs
    on = f" --on {inputs.asked_for.isoformat()}" if inputs.asked_for else ""
    both = f"{shlex.quote(charter)} {shlex.quote(situation)}{on}"
    spoken = "" if language == "en" else f" --language {language}"
    own = inputs.rule == inputs.charter.responsibility.rule
    numbers = (
        f"commonhaven share {both} --format json"
        if own
        else f"commonhaven compare {both} --rules {inputs.rule} --format json"
    )
    drawn = f"commonhaven picture {way.kind} {both}{spoken} --out {way.kind}.svg"
    lines = [(COMMAND, numbers), *([(COMMAND, drawn)] if own else [])]
    rule = "" if own else f", rule={inputs.rule!r}"
    asked = inputs.asked_for
    day = f", on=date({asked.year}, {asked.month}, {asked.day})" if asked else ""
    lines.append((PYTHON, python(way, (charter, situation), f"{day}{rule}", language)))
    return tuple(lines)


def shipped_as(plan: Plan) -> Names:
    """The names under which charter and situation ship; for others, their ids."""
    group, situation = plan.inputs.charter.group.id, plan.inputs.situation.id
    named = (name for name in shipped() if load(name).group.id == group)
    return next(named, group), situation


def python(way: Way, names: Names, rest: str, language: str) -> str:
    """A program that writes the picture."""
    computed = "compare" if way.kind == "rules" else "compute"
    spoken = "" if language == "en" else f", language={language!r}"
    named = f", names={names!r}"
    if way.kind == "rules":
        named += f", situation=crisis.called({language!r})"
    return "\n".join(
        (
            *(["from datetime import date"] if "date(" in rest else []),
            "from pathlib import Path",
            "",
            "from commonhaven import charter, situations",
            f"from commonhaven.figures import {way.function}, svg",
            "from commonhaven.parties.figures import reference",
            f"from commonhaven.regime import WithFacts, {computed}",
            "",
            f"agreed = charter.load({names[0]!r})",
            f"crisis = situations.load({names[1]!r})",
            f"result = {computed}(agreed, crisis, WithFacts(reference()){rest})",
            f"picture = {way.function}(result{named}{spoken})",
            f"Path({way.kind + '.svg'!r}).write_text(svg(picture), encoding='utf-8')",
        )
    )


def of_comparison(way: Way, rules: tuple[str, ...], names: Names | None, language: str) -> Pairs:
    """Lines for a picture of a comparison, of exactly these rules beside the charter's."""
    if names is None:
        return ()
    both = " ".join(shlex.quote(name) for name in names)
    spoken = "" if language == "en" else f" --language {language}"
    chosen = ",".join(rules)
    picked = f" --rules {chosen}" if chosen else ""
    return (
        (COMMAND, f"commonhaven compare {both}{picked} --format json"),
        (COMMAND, f"commonhaven picture rules {both}{picked}{spoken} --out rules.svg"),
        (PYTHON, python(way, names, f", names={rules!r}" if rules else "", language)),
    )
