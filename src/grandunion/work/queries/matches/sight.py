"""Asks of what was found whether the reader may see it, instead of first reading all that the reader may see."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from grandunion.terms.readers import Reader
from grandunion.work.queries.base import kept, visible

Row = TypeVar("Row", bound=Model)


TELLING, MOST_TIMES = 100, 8  # ids asked of from which on they tell of others, and how much more is asked at most


class Among(Expression):
    """True of the rows with these ids in a column, written out: Django would look at each of hundreds several times."""

    conditional = True

    def __init__(self, ids: Iterable[int], column: str = "pk") -> None:
        super().__init__(output_field=BooleanField())
        self.column, self.ids = F(column), ", ".join(str(int(pk)) for pk in ids)

    def get_source_expressions(self) -> list:
        return [self.column]

    def set_source_expressions(self, expressions: list) -> None:
        (self.column,) = expressions

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list]:
        column, _ = compiler.compile(self.column)
        return (f"{column} IN ({self.ids})", []) if self.ids else ("1 = 0", [])


def drawn(record: type[Row], reader: Reader, along: tuple[str, ...], ids: Iterable[int]) -> list[Row]:
    """The whole records with these ids that the reader may see now, with the relations named; its SQL is kept."""
    listed = ", ".join(str(int(pk)) for pk in ids)
    if not listed:
        return []
    build = record.objects.scoped(kept.AnyPolicy()).filter(Among([kept.SAMPLE])).order_by().select_related
    question = kept.keep((drawn, record, along, connection.vendor), lambda: build(*along))
    policy, values = kept.policy_of(record, reader)
    sql = question.sql.replace(kept.POLICY, policy).replace(str(kept.SAMPLE), listed)
    return question.ask(sql, [*values, *question.values])


def values_of(rows: Callable[..., QuerySet], *lists: Iterable[int], given: tuple[Hashable, ...] = ()) -> list[tuple]:
    """The values that `rows` asks for of some ids, as `list(rows(*lists, *given))` with the SQL kept.

    `rows` names the ids by `Among` and ends in `values_list`; nothing is asked where every list is empty.
    """
    listed = [", ".join(str(int(pk)) for pk in ids) for ids in lists]
    if lists and not any(listed):
        return []
    marks = [kept.SAMPLE - place for place in range(len(lists))]
    question = kept.keep((rows, given, connection.vendor), lambda: rows(*([mark] for mark in marks), *given))
    sql = question.sql
    for mark, ids in zip(marks, listed, strict=True):
        sql = sql.replace(str(mark), ids or "NULL")
    return list(question.rows(sql, list(question.values)))


@dataclass(frozen=True, slots=True)
class Pool:
    """The rows of a guarded record that a reader may see, narrowed to those that are meant; its SQL is kept."""

    model: type[Model]
    reader: Reader
    narrowed: Callable[..., QuerySet]
    given: tuple[Hashable, ...] = ()

    def rows(self) -> QuerySet:
        """The rows themselves."""
        return self.narrowed(visible(self.model, self.reader), *self.given)

    def written(self) -> tuple[str, list]:
        """The question for their ids, with its values."""
        question = kept.keep((Pool, self.model, self.narrowed, self.given, connection.vendor), self._ids)
        sql, values = _for(question, self.model, self.reader)
        return _along_index(sql, self.model), values

    def _ids(self) -> QuerySet:
        rows = self.narrowed(self.model.objects.scoped(kept.AnyPolicy()), *self.given)
        return rows.order_by().values_list("pk")


def _along_index(sql: str, record: type[Model]) -> str:
    """The question asked of the record's index that begins with its id, where there is one, and not of the wide rows.

    SQLite looks for an id in the table itself unless it is told otherwise; PostgreSQL chooses by itself.
    """
    name = next((one.name for one in record._meta.indexes if one.fields[0] == "id"), None)
    if name is None or connection.vendor != "sqlite":
        return sql
    table = f'FROM "{record._meta.db_table}"'
    return sql.replace(table, f'{table} INDEXED BY "{name}"', 1)


def values_seen(
    record: type[Model], reader: Reader, rows: Callable[..., QuerySet], given: tuple[Hashable, ...], pk: int
) -> list[tuple]:
    """As `list(rows(visible(record, reader), *given))` with the SQL kept; `rows` ends in `values_list`.

    In it SAMPLE stands for the id, and ASKER for the reader's own.
    """
    question = kept.keep(
        (rows, record, given, connection.vendor), lambda: rows(record.objects.scoped(kept.AnyPolicy()), *given)
    )
    meant = {kept.SAMPLE: pk, kept.ASKER: reader.user_id or 0}
    sql, values = _for(question, record, reader)
    return list(question.rows(sql, [meant.get(value, value) for value in values]))


def _for(question: kept.Kept, record: type[Model], reader: Reader) -> tuple[str, list]:
    """A kept question for a reader: the policy is written anew, its values come first."""
    policy, values = kept.policy_of(record, reader)
    return question.sql.replace(kept.POLICY, policy), [*values, *question.values]


class Sight:
    """Which of the rows that a reader may see are among some ids; each id is asked of the database once."""

    def __init__(self, rows: QuerySet | Pool) -> None:
        self._sql, self._given = rows.written() if isinstance(rows, Pool) else _written(rows)
        self._known: set[int] = set()
        self._seen: set[int] = set()
        self._has_all = False

    def among(self, ids: Iterable[int]) -> set[int]:
        """Those of the ids that are the reader's to see."""
        ids = set(ids)
        if not self._has_all and (new := ids - self._known):
            self._seen.update(self._read(*self._of(sorted(new))))
            self._known |= new
        return ids & self._seen

    @property
    def is_telling(self) -> bool:
        """Whether enough ids were asked of to tell of others."""
        return len(self._known) >= TELLING

    def likely(self, enough: int) -> int:
        """Among how many ids there should be so many of the reader's, if they are as many as among those asked of."""
        mine = len(self._seen)
        return min(enough * len(self._known) // mine, enough * MOST_TIMES) if self.is_telling and mine else enough

    def every(self) -> set[int]:
        """All ids the reader may see: where most of what was found is not theirs."""
        if not self._has_all:
            self._seen, self._has_all = set(self._read(self._sql, self._given)), True
        return self._seen

    def _of(self, ids: list[int]) -> tuple[str, list]:
        """The question of these ids. They go as one value, so that it stays the same and is not read anew each time."""
        if connection.vendor == "sqlite":
            each = "json_each(%s) AS asked CROSS JOIN"
            return f"SELECT pk FROM {each} ({self._sql}) AS mine ON pk = asked.value", [str(ids), *self._given]  # noqa: S608
        return f"SELECT pk FROM ({self._sql}) AS mine WHERE pk = ANY(%s)", [*self._given, ids]  # noqa: S608

    def _read(self, sql: str, given: Sequence[object]) -> list[int]:
        if not self._sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return [row[0] for row in cursor.fetchall()]


def _written(rows: QuerySet) -> tuple[str, tuple]:
    """The question for the ids of the rows, written once; empty where no row can answer it."""
    try:
        return rows.order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return "", ()
