"""``verify``: compute a plan again and name the first difference."""

from pathlib import Path

import click

from commonhaven.cli.tables import paragraph


@click.command("verify")
@click.argument("plan", metavar="PLAN.json", type=click.Path(path_type=Path))
def command(plan: Path) -> int:
    """Compute PLAN.json again from the charter, situation and figures it holds.

    Exit code 0: the same, byte for byte. Exit code 1: different; the first difference is named.

    \b
    Example:
      commonhaven share west-africa liberia-1990 --out plan
      commonhaven verify plan/plan.json
    """
    from commonhaven.regime.verify import verify

    finding = verify(plan)
    for sentence in finding.sentences:
        click.echo(paragraph(sentence))
    return 0 if finding.same else 1
