"""``picture``: a chart or map of a plan, as SVG or as the spec behind it."""

from collections.abc import Callable

import click

from commonhaven.cli.drawing import Wish, drawing, put
from commonhaven.cli.inputs import plan_of, read_inputs, source
from commonhaven.cli.options import on_day, read_day, stored
from commonhaven.figures import (
    Picture,
    hosts_map,
    money_flow,
    payers_map,
    people_flow,
    rule_dots,
)
from commonhaven.reading import Problem, closest
from commonhaven.regime import compare

OF_PLAN: dict[str, Callable[..., Picture]] = {
    "hosts": hosts_map,
    "payers": payers_map,
    "people": people_flow,
    "money": money_flow,
}
KINDS = (*OF_PLAN, "rules")


@click.command("picture")
@click.argument("kind")
@click.argument("charter")
@click.argument("situation")
@drawing
@click.option("--rules", "names", metavar="A,B,C", help="For KIND rules: only these.")
@on_day
@stored
def command(
    kind: str,
    charter: str,
    situation: str,
    wish: Wish,
    names: str | None,
    day: str | None,
    store: str | None,
) -> None:
    """Draw a picture of SITUATION under CHARTER.

    \b
    KIND:
      hosts   map: who protects whom
      payers  map: who pays, who receives
      people  flows: from where people are to who protects them
      money   flows: from those who pay to those who host
      rules   every rule side by side

    \b
    Example:
      commonhaven picture hosts west-africa liberia-1990 --out hosts.svg
      commonhaven picture rules eu ukraine-2022 --language fr --spec
    """
    if kind not in KINDS:
        raise Problem(f"no picture {kind}", fix=closest(kind, KINDS))
    if names is not None and kind != "rules":
        fix = "Leave it out, or ask for the picture rules."
        raise Problem(f"the picture {kind} shows one rule", where="--rules", fix=fix)
    picture = (
        of_rules(charter, situation, names, day, store, language=wish.language)
        if kind == "rules"
        else OF_PLAN[kind](
            plan_of(charter, situation, day, store),
            language=wish.language,
            names=(charter, situation),
        )
    )
    put(picture, wish)


def of_rules(
    charter: str,
    situation: str,
    names: str | None,
    day: str | None,
    store: str | None,
    *,
    language: str,
) -> Picture:
    agreed, crisis = read_inputs(charter, situation)
    wanted = [name.strip() for name in names.split(",")] if names is not None else []
    found = compare(agreed, crisis, source(store), on=read_day(day), names=wanted)
    called = crisis.called(language)
    return rule_dots(found, language=language, names=(charter, situation), situation=called)
