"""The truth behind the index of meaning: what waits to be read, what was read, and the vectors of its passages.

Plain SQL of both databases; `adapters/vectors/tables.py` is the only one to ask these tables.
"""

from django.db import migrations

STATEMENTS = (
    "CREATE TABLE meaning_state (id integer PRIMARY KEY CHECK (id = 1), generation text NOT NULL, "
    "sequence bigint NOT NULL, model text NOT NULL, fit text NOT NULL)",
    "INSERT INTO meaning_state VALUES (1, '', 0, '', '')",
    "CREATE TABLE meaning_fit (version text PRIMARY KEY, fitted {blob} NOT NULL)",
    "CREATE TABLE meaning_pending (kind text NOT NULL, subject_id bigint NOT NULL, zh text NOT NULL, en text NOT NULL, "
    "digest text NOT NULL, PRIMARY KEY (kind, subject_id))",
    "CREATE TABLE meaning_subject (kind text NOT NULL, subject_id bigint NOT NULL, sequence bigint NOT NULL, "
    "digest text NOT NULL, PRIMARY KEY (kind, subject_id))",
    "CREATE INDEX meaning_subject_sequence ON meaning_subject (kind, sequence)",
    "CREATE TABLE meaning_vector (kind text NOT NULL, subject_id bigint NOT NULL, place integer NOT NULL, "
    "language text NOT NULL, model text NOT NULL, digest text NOT NULL, passage text NOT NULL, vector {blob} NOT NULL, "
    "PRIMARY KEY (kind, subject_id, place))",
    "CREATE INDEX meaning_vector_digest ON meaning_vector (digest)",
    "CREATE INDEX meaning_vector_model ON meaning_vector (model, kind, language)",
)


def make(apps, schema_editor):
    """Create the tables."""
    blob = "blob" if schema_editor.connection.vendor == "sqlite" else "bytea"
    for statement in STATEMENTS:
        schema_editor.execute(statement.format(blob=blob))


class Migration(migrations.Migration):
    dependencies = [("records", "0002_text_index")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
