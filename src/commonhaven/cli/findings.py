"""What a check found, told a line each, and the exit code that follows."""

from collections.abc import Sequence

import click

from commonhaven.cli.tables import one_line
from commonhaven.reading.finding import Finding


def tell(name: str, findings: Sequence[Finding]) -> int:
    """Print every finding and their number; 2 where there is an error, else 0."""
    for finding in findings:
        click.echo(one_line(f"{finding.severity}: {finding}"))
    errors = sum(finding.severity == "error" for finding in findings)
    click.echo(f"{name}: {errors} to mend, {len(findings) - errors} to consider.")
    return 2 if errors else 0
