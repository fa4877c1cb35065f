"""The full-text index, a table for each kind of record: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

No triggers keep it: with `trusted_schema=OFF` SQLite lets none write to FTS5; `adapters/index.py` does.
"""

from django.db import migrations

KINDS = (
    "organisation", "person", "achievement", "need", "project", "offer", "opportunity", "capability", "challenge",
    "event", "issue", "return", "work_report",
)  # fmt: skip
SQLITE = ("CREATE VIRTUAL TABLE search_{kind} USING fts5(words, tokenize=\"unicode61 remove_diacritics 0\")",)
POSTGRESQL = (
    "CREATE TABLE search_{kind} (subject_id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    "CREATE INDEX search_{kind}_vector ON search_{kind} USING gin (vector)",
)


def make(apps, schema_editor):
    """Create the index the database at hand understands."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        for kind in KINDS:
            schema_editor.execute(statement.format(kind=kind))


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
