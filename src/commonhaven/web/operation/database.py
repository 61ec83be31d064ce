"""The state of the database's tables against what this version of the program expects."""

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from commonhaven.reading import Problem


def pending() -> tuple[str, ...]:
    """Changes of the tables that this version brings and the database does not have yet.

    Raises Problem where the database cannot be reached.
    """
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise _unreachable(error) from None
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label} {migration.name}" for migration, _ in plan)


def upgrade() -> tuple[str, ...]:
    """Bring the tables up to this version; what was done. Nothing is done twice."""
    waiting = pending()
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    return waiting


def require_current() -> None:
    """Problem where the tables are not those of this version."""
    waiting = pending()
    if waiting:
        raise Problem(
            f"the database is not up to date ({len(waiting)} changes wait)",
            fix="Make a backup, then run `commonhaven platform upgrade` with the same --config.",
        )


def _unreachable(error: DatabaseError) -> Problem:
    told = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return Problem(
        f"the database cannot be used ({told})", where="settings, database",
        fix="Is the server running, and are its name and password right?",
    )  # fmt: skip
