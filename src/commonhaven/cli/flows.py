"""``platform import``: a published file of flows into a group, of any size."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commonhaven.cli.installation import installation, opened
from commonhaven.reading import Problem

if TYPE_CHECKING:
    from commonhaven.web.groups.models import Group
    from commonhaven.web.kit.audience import Seat, Viewer

AUDIENCES = ("members", "consultative", "public")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--group", "slug", required=True, help="Short name of the group.")
@click.option("--by", "email", required=True, help="Address of the person who takes it in.")
@click.option("--title", default="", help="What it is called. Left out: the name of the file.")
@click.option("--source", default="", help="Who published it, and where.")
@click.option(
    "--audience", type=click.Choice(AUDIENCES), default="members", show_default=True,
    help="For whom it is.",
)  # fmt: skip
@installation
def import_(
    file: Path,
    slug: str,
    email: str,
    title: str,
    source: str,
    audience: str,
    config: Path | None,
    data: Path | None,
) -> int:
    """Take FILE, flows of money as IATI, FTS or CSV, into a group: all of it, or nothing.

    It is read in batches. Broken off, the same command goes on where it stopped; nobody sees any
    of it until all is there. Where anything in FILE is wrong, all mistakes are told, a line each,
    and nothing is kept: exit code 2. The person named has the treasurer's, the secretariat's or
    UNHCR's seat.

    \b
    Example:
      commonhaven platform import flows.csv --group west-africa --by treasury@example.org \\
        --source "UNHCR, IATI registry" --config platform.toml
    """
    opened(config, data)
    from commonhaven.cli.exchange import progress
    from commonhaven.exchange import BadFile
    from commonhaven.web.flows import actions, staging
    from commonhaven.web.flows.queries import files_for
    from commonhaven.web.kit import clock
    from commonhaven.web.operation.database import require_current
    from commonhaven.web.record.actions import Placing

    require_current()
    group, viewer, seat = taker(slug, email)
    placing = Placing(audience=audience)
    try:
        with progress(str(file)) as told:
            load = staging.stage(
                file, file.name, group=group, person=seat.user, progress=told,
                among=files_for(viewer, group),
            )  # fmt: skip
    except BadFile as bad:
        click.echo(bad.lines(), err=True)
        click.echo(f"{file}: {len(bad.mistakes)} to mend; nothing was kept.", err=True)
        return 2
    row = actions.take_in(
        load=load, title=title or file.name, source=source or file.name, by=seat,
        at=clock.now(), placing=placing,
    )  # fmt: skip
    click.echo(f"Taken in: {row.flows:,} flows, {row.get_absolute_url()}")
    return 0


@click.command("forget-import")
@click.option("--group", "slug", required=True, help="Short name of the group.")
@click.option("--by", "email", required=True, help="Address of the person who takes it in.")
@installation
def forget_import(slug: str, email: str, config: Path | None, data: Path | None) -> None:
    """Forget the file that a person's import was broken off in, so that another can be taken in.

    \b
    Example:
      commonhaven platform forget-import --group west-africa --by treasury@example.org --data .
    """
    opened(config, data)
    from commonhaven.web.flows import staging
    from commonhaven.web.operation.database import require_current

    require_current()
    group, _, seat = taker(slug, email)
    found = staging.reading_of(group, seat.user).first()
    if found is None:
        click.echo("Nothing was broken off.")
        return
    staging.drop(found)
    click.echo(f"Forgotten: {found.name}, {found.position:,} flows.")


def taker(slug: str, email: str) -> "tuple[Group, Viewer, Seat]":
    """The group, and the person who takes a file in, in a seat that may."""
    from commonhaven.web.accounts.models import User
    from commonhaven.web.accounts.queries import viewer_of
    from commonhaven.web.flows import policy
    from commonhaven.web.groups.models import Group
    from commonhaven.web.kit import clock

    group = Group.objects.filter(slug=slug).first()
    if group is None:
        fix = "Write the short name that stands in the addresses of its pages."
        raise Problem(f'there is no group "{slug[:60]}"', where="--group", fix=fix)
    user = User.objects.filter(email__iexact=email).first()
    viewer = viewer_of(user, clock.now()) if user else None
    seats = viewer.seats_in(group.pk) if viewer else ()
    if viewer is None or not seats:
        fix = "Name a person with the treasurer's, the secretariat's or UNHCR's seat."
        raise Problem(f"{email[:80]} has no seat in the group", where="--by", fix=fix)
    seat = next((one for one in seats if policy.takes(one)), seats[0])
    policy.may_take(seat)
    return group, viewer, seat
