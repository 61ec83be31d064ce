"""Whether an installation is in order, and what to mend."""

import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import connection

from commonhaven.reading.finding import Finding, advice, error
from commonhaven.web.accounts.models import User
from commonhaven.web.config import SECRET_NAME
from commonhaven.web.groups.models import Group
from commonhaven.web.operation.chains import broken_chains
from commonhaven.web.operation.database import pending

LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def findings(config: Path) -> tuple[Finding, ...]:
    """Everything to mend (errors) or to weigh (advice)."""
    found = [*_program(), *_tables(), *_secret(), *_exposure(str(config))]
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def _program() -> Iterator[Finding]:
    for message in run_checks():
        if message.level >= WARNING:
            fix = message.hint or "Install the program anew."
            yield error(f"the program is not set up ({message.msg})", "settings", fix)


def _tables() -> Iterator[Finding]:
    waiting = pending()
    if waiting:
        said = f"{len(waiting)} changes of the tables wait, the first {waiting[0]}"
        yield error(said, "database", "Run `commonhaven platform upgrade` after a backup.")
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            told = str(cursor.fetchone()[0])
        if told != "ok":
            yield error(f"the file is damaged ({told[:100]})", "database", "Restore a backup.")
    _, broken = broken_chains()
    for slug in broken:
        fix = "Somebody changed the database. Restore a backup, or ask members for their exports."
        yield error(f"the record of {slug} does not stand", "record", fix)
    if not (Group.objects.exists() or User.objects.exists()):
        fix = "Restore a backup, or set up the first group and its people."
        yield advice("there is nothing here, no group and no person", "database", fix)


def _secret() -> Iterator[Finding]:
    path = settings.DATA / SECRET_NAME
    named = settings.PLATFORM.secret_file
    path = Path(named) if named else path
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield error("others may read the secret", str(path), f"Run chmod 600 {path}.")


def _exposure(where: str) -> Iterator[Finding]:
    platform = settings.PLATFORM
    reached = set(platform.hosts) - LOCAL
    if platform.demonstration and reached:
        said = f"anyone who reaches {', '.join(sorted(reached))} may act in any role"
        yield error(said, f"{where}, demonstration", "Write demonstration = false for real work.")
    if reached and not platform.https:
        said = "sessions travel unprotected where HTTPS is not demanded"
        yield advice(said, f"{where}, https", "Put a proxy with TLS before it; write https = true.")
    if reached and platform.mail is None:
        said = "no mail is sent: invitations and reminders reach people in the page only"
        yield advice(said, f"{where}, mail", "Add a table [mail].")
