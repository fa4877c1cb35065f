"""Django's SQLite wrapper without the JSON_VALID check, which `trusted_schema=OFF` forbids in a table's definition."""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """The same wrapper; Django itself writes the JSON, so the check adds nothing."""

    data_type_check_constraints = {
        kind: check for kind, check in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }
