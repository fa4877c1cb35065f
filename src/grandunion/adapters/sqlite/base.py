"""Django's SQLite wrapper without the JSON_VALID check, which `trusted_schema=OFF` forbids in a table's definition.

The same statements are asked at every page, so their marks (`%s` to `?`) are rewritten once.
"""

from functools import lru_cache
from threading import local
from typing import ClassVar

from django.db import connections
from django.db.backends.sqlite3 import base, operations

MOST = 2_000  # statements whose rewriting is kept, those asked last
LONG = 20_000  # characters: a statement with thousands of values is not kept

# Each thread its own connection, as before; Django's keeping asks at every use whether an event loop runs, and raises
# and catches an error to learn that none does. The hub's doors know no event loop.
connections._connections = local()


@lru_cache(maxsize=MOST)
def _with_places(statement: str) -> str:
    return _rewritten(statement)


def _rewritten(statement: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", statement).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor, which remembers how it rewrote a statement."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is not None:
            return super().convert_query(query, param_names=param_names)
        return (_with_places if len(query) <= LONG else _rewritten)(query)


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, with our compilers and what they know of fields."""

    compiler_module = "grandunion.adapters.sqlite.compiler"

    def __init__(self, connection: object) -> None:
        super().__init__(connection)
        self.converters: dict[object, list] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """The same wrapper; Django itself writes the JSON, so the check adds nothing."""

    data_type_check_constraints: ClassVar = {
        kind: check for kind, check in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }

    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Cursor:
        return self.connection.cursor(factory=Cursor)
