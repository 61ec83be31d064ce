"""``picture``: a chart or map of a plan, as SVG or as the spec behind it."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from commonhaven.cli.inputs import plan_of, read_inputs, source
from commonhaven.cli.options import on_day, read_day, stored
from commonhaven.figures import (
    Picture,
    direction,
    hosts_map,
    money_flow,
    payers_map,
    people_flow,
    rule_dots,
    svg,
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
@click.option("--out", metavar="FILE", help="Write there, not to standard output.")
@click.option("--language", default="en", show_default=True, help="ar, zh, en, fr, ru or es.")
@click.option("--width", type=int, default=720, show_default=True, help="In pixels.")
@click.option("--theme", default="light", show_default=True, help="light or dark.")
@click.option("--spec", is_flag=True, help="The Vega or Vega-Lite spec as JSON, not drawn.")
@click.option("--rules", "names", metavar="A,B,C", help="For KIND rules: only these.")
@on_day
@stored
def command(  # noqa: PLR0913 - one argument an option
    kind: str,
    charter: str,
    situation: str,
    out: str | None,
    language: str,
    width: int,
    theme: str,
    spec: bool,
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
        of_rules(charter, situation, names, day, store, language=language)
        if kind == "rules"
        else OF_PLAN[kind](
            plan_of(charter, situation, day, store), language=language, names=(charter, situation)
        )
    )
    text = (
        json.dumps(picture.spec, ensure_ascii=False, indent=1)
        if spec
        else drawn(picture, width, theme, language)
    )
    if out is None:
        click.echo(text)
    else:
        keep(text, out)


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


def drawn(picture: Picture, width: int, theme: str, language: str) -> str:
    return svg(
        picture,
        width=width,
        theme=theme,
        language=language,
        direction=direction(language),
        caption=True,
    )


def keep(text: str, out: str) -> None:
    """Write the file; an earlier picture is replaced, anything else is left alone."""
    if not out.strip():
        raise Problem("no file is named", where="--out", fix="Write --out hosts.svg.")
    path = Path(out)
    if path.is_file() and not path.read_bytes()[:4].startswith((b"<svg", b"{\n")):
        raise Problem("there is a file that is no picture", where=out, fix="Choose another name.")
    path.write_text(f"{text}\n", encoding="utf-8")
    click.echo(f"Written: {path}")
