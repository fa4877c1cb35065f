"""The full-text index over the kept words: FTS5 on SQLite, a tsvector column on PostgreSQL."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE records_searchindex USING fts5(words, content='records_searchtext', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 0\")",
    "CREATE TRIGGER searchtext_added AFTER INSERT ON records_searchtext BEGIN "
    "INSERT INTO records_searchindex(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER searchtext_gone AFTER DELETE ON records_searchtext BEGIN "
    "INSERT INTO records_searchindex(records_searchindex, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER searchtext_changed AFTER UPDATE ON records_searchtext BEGIN "
    "INSERT INTO records_searchindex(records_searchindex, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO records_searchindex(rowid, words) VALUES (new.id, new.words); END",
)
POSTGRESQL = (
    "ALTER TABLE records_searchtext ADD COLUMN vector tsvector",
    "CREATE INDEX searchtext_vector ON records_searchtext USING gin (vector)",
)


def make(apps, schema_editor):
    """Create the index the database at hand understands."""
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
