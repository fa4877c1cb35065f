"""Writes and changes rows of a table, one or many, some ten times as fast as row objects do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER

from django.db import connection, models

from grandunion.adapters.copying import Writer, copy_in
from grandunion.adapters.reading import Turned
from grandunion.adapters.values import PLAIN, is_one, prepare

Row = Mapping[str, object]
Statement = tuple[str, Sequence[object]]  # SQL, and its values
VALUES = 5000  # in one statement, or as many as this SQLite takes


def together(statements: Sequence[Statement]) -> list[list[tuple]]:
    """Carry out statements in their order, and answer the rows each of them gives.

    PostgreSQL takes them all on one way to the server and back; SQLite, which is no way off, one after the other.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return [cursor.execute(sql, values).fetchall() for sql, values in statements]
        sql = "; ".join(sql for sql, _ in statements)
        cursor.execute(sql, [value for _, values in statements for value in values])
        found = []
        for _ in statements:
            found.append(cursor.fetchall() if cursor.description else [])
            cursor.nextset()
        return found


def inserting(row: models.Model) -> Statement:
    """What inserts a new row whose id is known (`next_id`); its SQL is written once for each table."""
    table = type(row)
    given = [getattr(row, field.attname) for field in table._meta.concrete_fields]
    sql, prepared = _inserting(table, connection.vendor)
    return sql, [prepare(value) for prepare, value in zip(prepared, given, strict=True)]


@lru_cache
def _inserting(table: type[models.Model], vendor: str) -> tuple[str, list[Callable[[object], object]]]:
    fields = table._meta.concrete_fields
    names, marks = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quoted(table._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of the model
    return sql, [_plain if isinstance(field, PLAIN) else _saved(field) for field in fields]


def _plain(value: object) -> object:
    return value


def _saved(field: models.Field) -> Callable[[object], object]:
    return lambda value: None if value is None else field.get_db_prep_save(value, connection)


def next_id(table: type[models.Model]) -> Statement:
    """What answers the id of a table's next row; to be asked inside a transaction, as `insert_many` is."""
    name = table._meta.db_table
    if connection.vendor == "sqlite":
        return "SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = %s", [name]
    return "SELECT nextval(pg_get_serial_sequence(%s, %s))", [name, table._meta.pk.column]


def insert_many(model: type[models.Model], rows: Sequence[Row], ids: list[int] | None = None) -> list[int]:
    """Insert rows given as {column: value}; what a row leaves out has the column's default. Answers their ids.

    To be called inside a transaction: on SQLite new ids are counted on from the last one while it holds the
    database's only write lock.
    """
    if not rows:
        return []
    given = {name: _given(model._meta.get_field(name), rows) for name in set().union(*rows)}
    return insert_columns(model, len(rows), given, ids)


def insert_columns(
    model: type[models.Model], count: int, given: Mapping[str, Sequence], ids: list[int] | None = None
) -> list[int]:
    """The same with so many rows given as {column: their values}; a column that is left out has its default."""
    return Pouring(model).pour(count, given, ids)


class Pouring:
    """Pours rows into a table, again and again: what was made of a value stays at hand."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model, self.fields = model, fields_of(model)
        self.is_together = connection.vendor == "sqlite"
        self.turns = [_turn(field) for field in self.fields] if self.is_together else []

    def pour(self, count: int, given: Mapping[str, Sequence], ids: list[int] | None = None) -> list[int]:
        """Insert so many rows, on PostgreSQL by COPY. Answers their ids."""
        ids, table = new_ids(self.model, count) if ids is None else ids, self.model._meta.db_table
        columns, fields = columns_of(self.fields, count, given), [self.model._meta.pk, *self.fields]
        if self.is_together:
            prepared = map(_prepared, self.turns, columns)
            _pour_together(table, [field.column for field in fields], [ids, *prepared])
        else:
            copy_in(table, fields, [Writer(fields).written([ids, *columns])])
        return ids


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """The fields of a table but for its id."""
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def columns_of(fields: Iterable[models.Field], count: int, given: Mapping[str, Sequence]) -> list[Sequence]:
    """The column of each field, with its default where it is not given."""
    return [given[field.attname] if field.attname in given else [field.get_default()] * count for field in fields]


def _pour_together(table: str, names: Sequence[str], columns: Sequence[Sequence]) -> None:
    """Whole thousands of rows in one statement each; the others by one prepared statement, which few rows repay."""
    same = [place for place, column in enumerate(columns) if place and is_one(column)]
    own = [place for place in range(len(columns)) if place not in same]
    with connection.cursor() as cursor:
        most = min(VALUES, connection.connection.getlimit(SQLITE_LIMIT_VARIABLE_NUMBER))
        size = max(1, (most - len(same)) // len(own))
        whole = len(columns[0]) // size * size
        if whole:
            shared, rows = [columns[place][0] for place in same], _rows([columns[place] for place in own])
            portions = (rows[start : start + size] for start in range(0, whole, size))
            cursor.executemany(
                _inserting_many(table, [names[place] for place in (*same, *own)], len(same), size),
                [[*shared, *chain.from_iterable(portion)] for portion in portions],
            )
        if rest := _rows(column[whole:] for column in columns):
            listed, marks = ", ".join(map(quoted, names)), _marks(len(names))
            cursor.executemany(f"INSERT INTO {quoted(table)} ({listed}) VALUES {marks}", rest)  # noqa: S608


def _inserting_many(table: str, names: Sequence[str], same: int, many: int) -> str:
    """What inserts so many rows; the first values stand in all of them and are given once."""
    listed, own = ", ".join(map(quoted, names)), _marks(len(names) - same)
    return (
        f"INSERT INTO {quoted(table)} ({listed}) "  # noqa: S608 - names of the model
        f"SELECT {'%s, ' * same}* FROM (VALUES {', '.join([own] * many)})"
    )


def _marks(count: int) -> str:
    return f"({', '.join(['%s'] * count)})"


def _rows(columns: Iterable[Sequence]) -> list[tuple]:
    return list(zip(*columns, strict=True))


def update_many(model: type[models.Model], names: Sequence[str], rows: Sequence[tuple]) -> int:
    """Set the columns of rows given as (values…, id, version) whose version is still that; answers how many were.

    The version of each goes up by one.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    prepared = [_turn(fields[name]) for name in names]
    sets = ", ".join(f"{quoted(fields[name].column)} = %s" for name in names)
    plain = [
        (*(prepare(value) for prepare, value in zip(prepared, row, strict=False)), *row[len(names) :]) for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(model._meta.db_table)} SET {sets}, version = version + 1 "  # noqa: S608 - as above
            f"WHERE {quoted(model._meta.pk.column)} = %s AND version = %s",
            plain,
        )
        return cursor.rowcount


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids for so many new rows."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            return list(range(last + 1, last + 1 + count))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, model._meta.pk.column, count],
        )
        return [row[0] for row in cursor.fetchall()]


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _given(field: models.Field, rows: Sequence[Row]) -> list[object]:
    """One column of all rows."""
    name, default = field.attname, field.get_default()
    return [row.get(name, default) for row in rows]


def _prepared(turn: Callable[[object], object], values: Sequence[object]) -> Sequence[object]:
    """One column as the database takes it."""
    if turn is _plain:
        return values
    return [turn(values[0])] * len(values) if is_one(values) else list(map(turn, values))


def _turn(field: models.Field) -> Callable[[object], object]:
    """How a value of the field goes to the database; moments, days and amounts repeat, so each is prepared once."""
    prepared = prepare(field)
    if prepared is None:
        return _plain

    def turn(value: object) -> object:
        return None if value is None else prepared(value)

    return Turned(turn).__getitem__ if isinstance(field, models.DateField | models.DecimalField) else turn
