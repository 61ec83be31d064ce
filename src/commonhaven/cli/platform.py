"""``platform``: run an installation of the platform."""

from pathlib import Path

import click

from commonhaven.cli.flows import forget_import, import_
from commonhaven.cli.installation import installation, opened
from commonhaven.cli.tables import paragraph


@click.group("platform")
def command() -> None:
    """Run an installation of the platform: upgrade, back up, restore, check.

    \b
    Example:
      commonhaven platform settings
    """


@command.command("settings")
def show_settings() -> None:
    """Every setting of platform.toml, its meaning and its default.

    \b
    Example:
      commonhaven platform settings
    """
    from commonhaven.web.config import described_settings

    for name, meaning, default in described_settings():
        click.echo(paragraph(f"{name}: {meaning}. Left out: {default}.", "  ").strip())


@command.command("upgrade")
@installation
def upgrade_tables(config: Path | None, data: Path | None) -> None:
    """Bring the database to this version of the program. Make a backup before.

    \b
    Example:
      commonhaven platform upgrade --config platform.toml
    """
    opened(config, data)
    from commonhaven.web.operation.database import upgrade

    done = upgrade()
    click.echo(f"{len(done)} changes made." if done else "The database is up to date.")


@command.command("administrator")
@click.argument("email")
@installation
def administrator(email: str, config: Path | None, data: Path | None) -> None:
    """Make the first administrator, and print the link by which to set a password.

    \b
    Example:
      commonhaven platform administrator office@example.org --config platform.toml
    """
    opened(config, data)
    from commonhaven.web.accounts.actions import first_administrator
    from commonhaven.web.kit import clock

    click.echo(first_administrator(email=email, at=clock.now()))


@command.command("password")
@click.argument("email")
@installation
def password(email: str, config: Path | None, data: Path | None) -> None:
    """Print a link by which the person with this address sets a new password.

    \b
    Example:
      commonhaven platform password office@example.org --config platform.toml
    """
    opened(config, data)
    from commonhaven.web.accounts.actions import password_link

    click.echo(password_link(email=email))


@command.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@installation
def backup(file: Path, config: Path | None, data: Path | None) -> None:
    """Write everything into FILE, while the platform runs.

    \b
    Example:
      commonhaven platform backup backup.tar.gz --config platform.toml
    """
    opened(config, data)
    from commonhaven.web.kit import clock
    from commonhaven.web.operation.backup import back_up
    from commonhaven.web.operation.database import require_current

    require_current()
    manifest = back_up(file, clock.now())
    rows = sum(manifest["rows"].values())
    click.echo(f"{file}: {rows:,} rows, {len(manifest['heads'])} records.")


@command.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@installation
def restore_backup(file: Path, config: Path | None, data: Path | None) -> None:
    """Put the backup in FILE into a new, empty installation, and check it.

    \b
    Example:
      commonhaven platform restore backup.tar.gz --data new
    """
    opened(config, data)
    from commonhaven.web.operation.restore import restore

    manifest = restore(file)
    rows = sum(manifest["rows"].values())
    click.echo(f"Restored and checked: {rows:,} rows, {len(manifest['heads'])} records stand.")


@command.command("check")
@installation
def check(config: Path | None, data: Path | None) -> int:
    """Whether the installation is in order: tables, records, secret, exposure.

    Exit code 1 where something has to be mended.

    \b
    Example:
      commonhaven platform check --config platform.toml
    """
    path = opened(config, data)
    from commonhaven.web.operation.checks import findings

    found = findings(path)
    for finding in found:
        click.echo(paragraph(f"{finding.severity}: {finding}"))
    if not found:
        click.echo("In order.")
    return 1 if any(finding.severity == "error" for finding in found) else 0


@command.command("remind")
@click.option("--every", default=0, type=click.IntRange(0), help="Again every so many seconds.")
@installation
def remind_people(every: int, config: Path | None, data: Path | None) -> None:
    """Send the reminders that are due; `serve` does it every minute by itself.

    \b
    Example:
      commonhaven platform remind --config platform.toml
    """
    opened(config, data)
    from commonhaven.web.operation.serve import remind

    remind(every)


@command.command("reindex")
@installation
def reindex_all(config: Path | None, data: Path | None) -> None:
    """Build the index of the search anew.

    \b
    Example:
      commonhaven platform reindex --config platform.toml
    """
    opened(config, data)
    from commonhaven.web.search.actions import reindex

    click.echo(f"{reindex():,} items can be found.")


command.add_command(import_)
command.add_command(forget_import)
