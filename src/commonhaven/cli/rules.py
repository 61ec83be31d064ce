"""``rules``: what each rule holds, judges, cites and gets wrong."""

import json
from fractions import Fraction

import click

from commonhaven.allocation import Parameter, Rule
from commonhaven.allocation.registry import rules as responsibility_rules
from commonhaven.cli.tables import paragraph
from commonhaven.costs.registry import scales
from commonhaven.reading import Problem, closest, decimal_text

KINDS = {
    "placement": "Rules that place cohorts",
    "key": "Keys: a share of people for every state",
    "scale": "Scales: a share of money for every state",
    "scenario": "Scenarios: to compare, never to choose",
}
PRESET = (
    "A preset sets these parameters at once; any that is named beside it counts instead. Use it "
    "with `key RULE STATES.csv --param preset=NAME`, or in a charter's parameters."
)


@click.command("rules")
@click.argument("rule", required=False)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(rule: str | None, form: str) -> None:
    """List the rules, or tell everything about RULE.

    \b
    Example:
      commonhaven rules
      commonhaven rules eu-2015
    """
    known = [*responsibility_rules().values(), *scales().values()]
    chosen = known if rule is None else [each for each in known if each.id == rule]
    if not chosen:
        raise Problem(f"no rule {rule}", where="rules", fix=closest(str(rule), ids(known)))
    if form == "json":
        click.echo(json.dumps([as_json(each) for each in chosen], indent=1, ensure_ascii=False))
    elif rule is None:
        show_list(chosen)
    else:
        for number, each in enumerate(chosen):
            click.echo("" if number == 0 else f"\n{'=' * 80}\n", nl=number > 0)
            show_one(each)


def ids(known: list[Rule]) -> list[str]:
    return [each.id for each in known]


def show_list(known: list[Rule]) -> None:
    for kind, title in KINDS.items():
        of_kind = sorted((rule for rule in known if rule.kind == kind), key=lambda r: r.id)
        if not of_kind:
            continue
        click.echo(title)
        for each in of_kind:
            click.echo(f"  {each.id:<22} {each.title}")
        click.echo()
    click.echo("commonhaven rules RULE tells the principle, the source and the weaknesses.")


def show_one(rule: Rule) -> None:
    click.echo(f"{rule.id}: {rule.title}")
    click.echo(f"{KINDS[rule.kind].split(':')[0]}. Standing: {rule.standing}.\n")
    if rule.warning:
        click.echo(paragraph(f"Warning: {rule.warning}") + "\n")
    for name, text in (
        ("Principle", rule.principle),
        ("Value judgement", rule.value_judgement),
        ("Source", rule.source),
    ):
        click.echo(f"{name}\n{paragraph(text, '  ')}\n")
    needs = ", ".join(rule.indicators) or "nothing"
    also = f"; can use {', '.join(rule.optional_indicators)}" if rule.optional_indicators else ""
    click.echo(f"Needs for every state\n{paragraph(needs + also, '  ')}\n")
    show_parameters(rule)
    for title, texts in (("Known weaknesses", rule.weaknesses), ("Promises", rule.promises)):
        if texts:
            click.echo(title)
            for text in texts:
                click.echo(paragraph(f"- {text}", "  "))
            click.echo()
    click.echo(f"Rounding unless told otherwise: {rule.rounding}")


def show_parameters(rule: Rule) -> None:
    if not rule.parameters:
        return
    click.echo("Parameters")
    for each in rule.parameters:
        source = each.source
        click.echo(f"  {each.name} = {source.value}   ({allowed(each)})")
        cited = "; ".join(part for part in (source.standing, source.article, source.source) if part)
        click.echo(paragraph(f"{each.meaning} [{cited}]", "      "))
    for name, values in rule.presets.items():
        pairs = ", ".join(f"{key}={value}" for key, value in values.items())
        click.echo(paragraph(f"preset {name}: {pairs}", "  "))
    if rule.presets:
        click.echo(paragraph(PRESET, "      "))
    click.echo()


def allowed(parameter: Parameter) -> str:
    if parameter.kind == "choice":
        return " | ".join(parameter.choices)
    if parameter.kind == "yes or no":
        return "yes | no"
    low = "" if parameter.low is None else f"from {decimal_text(Fraction(parameter.low))} "
    high = "" if parameter.high is None else f"to {decimal_text(Fraction(parameter.high))}"
    return f"{low}{high}".strip()


def as_json(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title,
        "kind": rule.kind,
        "principle": rule.principle,
        "value_judgement": rule.value_judgement,
        "source": rule.source,
        "standing": rule.standing,
        "warning": rule.warning,
        "indicators": list(rule.indicators),
        "optional_indicators": list(rule.optional_indicators),
        "parameters": [
            {
                "name": each.name,
                "default": each.source.value,
                "allowed": allowed(each),
                "meaning": each.meaning,
                "source": f"{each.source.article} {each.source.source}".strip(),
                "standing": each.source.standing,
            }
            for each in rule.parameters
        ],
        "presets": {name: dict(values) for name, values in rule.presets.items()},
        "weaknesses": list(rule.weaknesses),
        "promises": list(rule.promises),
        "rounding": rule.rounding,
    }
