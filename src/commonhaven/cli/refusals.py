"""Acts that a book or a fund refuses, told a line each."""

from collections.abc import Iterable

import click

from commonhaven.cli.tables import one_line
from commonhaven.commitments import Refusal
from commonhaven.commitments.fund import FundRefusal


def tell_refused(refused: Iterable[Refusal | FundRefusal]) -> None:
    """Name every act that was refused, why, and what to do."""
    for one in refused:
        said = f"Act {one.act.id} is refused: {one.why}. {one.fix}"
        click.echo(one_line(said), err=True)
