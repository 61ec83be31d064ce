"""The full-text index of the database itself, over the folded columns.

SQLite: an FTS5 table over the entries' own columns, kept by triggers. PostgreSQL: a generated
column of words with an index. A later migration that makes Django build search_entry anew on
SQLite has to lay these triggers again.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE search_text USING fts5(folded_title, folded, content='search_entry',
    content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_text(rowid, folded_title, folded)
    VALUES (new.id, new.folded_title, new.folded); END""",
    """CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_text(search_text, rowid, folded_title, folded)
    VALUES ('delete', old.id, old.folded_title, old.folded); END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
    INSERT INTO search_text(search_text, rowid, folded_title, folded)
    VALUES ('delete', old.id, old.folded_title, old.folded);
    INSERT INTO search_text(rowid, folded_title, folded)
    VALUES (new.id, new.folded_title, new.folded); END""",
)
POSTGRES = (
    """ALTER TABLE search_entry ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple'::regconfig, folded_title), 'A') ||
    setweight(to_tsvector('simple'::regconfig, folded), 'D')) STORED""",
    "CREATE INDEX search_entry_words ON search_entry USING gin(words)",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER search_entry_added",
        "DROP TRIGGER search_entry_gone",
        "DROP TRIGGER search_entry_changed",
        "DROP TABLE search_text",
    ),
    "postgresql": ("ALTER TABLE search_entry DROP COLUMN words",),
}


def lay(apps, schema_editor):
    statements = POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
