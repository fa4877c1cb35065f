"""Django's SQLite wrapper without the JSON_VALID check, which `trusted_schema=OFF` forbids in a table's definition.

The same statements are asked at every page, so their marks (`%s` to `?`) are rewritten once, and a question goes to
SQLite without what Django does around it for doors and listeners the hub does not have.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from threading import get_ident, local
from typing import ClassVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3 import base, operations
from django.db.backends.utils import CursorWrapper

MOST = 2_000  # statements whose rewriting is kept, those asked last
LONG = 20_000  # characters: a statement with thousands of values is not kept

# Each thread its own connection, as before; Django's keeping asks at every use whether an event loop runs, and raises
# and catches an error to learn that none does. The hub's doors know no event loop.
connections._connections = local()
for name in ("ensure_connection", "savepoint", "savepoint_commit", "savepoint_rollback"):
    asked = getattr(BaseDatabaseWrapper, name)  # a guard that a test has put before it stays
    setattr(BaseDatabaseWrapper, name, getattr(asked, "__wrapped__", asked))


@lru_cache(maxsize=MOST)
def _with_places(statement: str) -> str:
    return _rewritten(statement)


def _rewritten(statement: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", statement).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor, which remembers how it rewrote a statement."""

    def execute(self, query: str, params: Sequence | None = None) -> "Cursor":
        if isinstance(params, list | tuple):
            return base.Database.Cursor.execute(self, self.convert_query(query), params)
        return super().execute(query, params)

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is not None:
            return super().convert_query(query, param_names=param_names)
        return (_with_places if len(query) <= LONG else _rewritten)(query)


def _fetching(name: str) -> Callable[..., object]:
    """The cursor's way to read rows, of which SQLite may tell only now that something is wrong."""

    def fetch(asking: "Asking", *size: int) -> object:
        try:
            return getattr(asking.cursor, name)(*size)
        except base.Database.Error:
            with asking.db.wrap_database_errors:
                raise

    return fetch


class Asking(CursorWrapper):
    """Django's way round a cursor; SQLite is asked at once where nobody listens, and its errors become Django's."""

    def execute(self, sql: str, params: Sequence | None = None) -> object:
        return super().execute(sql, params) if self.db.execute_wrappers else self._execute(sql, params)

    def _execute(self, sql: str, params: Sequence | None, *_: object) -> object:
        if self.db.needs_rollback:
            self.db.validate_no_broken_transaction()
        try:
            return self.cursor.execute(sql, params)
        except base.Database.Error:
            with self.db.wrap_database_errors:
                raise

    def __exit__(self, *_: object) -> None:
        with suppress(base.Database.Error):
            self.cursor.close()

    fetchall, fetchmany, fetchone = map(_fetching, ("fetchall", "fetchmany", "fetchone"))


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

    def cursor(self) -> CursorWrapper:
        """A cursor of the open connection; whatever else there is to see to, Django sees to."""
        self.ensure_connection()
        if self.queries_logged or self.health_check_enabled or self._thread_ident != get_ident():
            return super().cursor()
        return Asking(self.create_cursor(), self)

    def create_cursor(self, name: str | None = None) -> Cursor:
        return self.connection.cursor(factory=Cursor)
