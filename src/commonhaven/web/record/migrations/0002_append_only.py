"""The database itself refuses to change or delete an entry of the record."""

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER record_entry_no_update BEFORE UPDATE ON record_entry
    BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END""",
    """CREATE TRIGGER record_entry_no_delete BEFORE DELETE ON record_entry
    BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END""",
)
POSTGRES = (
    """CREATE FUNCTION record_append_only() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'the record is append-only'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER record_entry_append_only BEFORE UPDATE OR DELETE ON record_entry
    FOR EACH ROW EXECUTE FUNCTION record_append_only()""",
    """CREATE TRIGGER record_entry_no_truncate BEFORE TRUNCATE ON record_entry
    FOR EACH STATEMENT EXECUTE FUNCTION record_append_only()""",
)
UNDO = {
    "sqlite": ("DROP TRIGGER record_entry_no_update", "DROP TRIGGER record_entry_no_delete"),
    "postgresql": (
        "DROP TRIGGER record_entry_append_only ON record_entry",
        "DROP TRIGGER record_entry_no_truncate ON record_entry",
        "DROP FUNCTION record_append_only()",
    ),
}


def guard(apps, schema_editor):
    statements = POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
