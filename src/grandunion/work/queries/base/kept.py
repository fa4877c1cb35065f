"""Questions asked at every page, whose SQL is written once: Django takes longer to build a query than to ask it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import local
from typing import TypeVar

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, models
from django.db.models import BooleanField, Expression, QuerySet
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from grandunion.terms.readers import Reader
from grandunion.work.queries.base.policy import Allowed

Row = TypeVar("Row", bound=models.Model)
SAMPLE = 4_611_686_018_427_387_847  # an id no row has: where it stands in the SQL's values, the id asked for goes
MOST = 500  # questions kept by a thread
POLICY = "1 = 1 /* policy */"


@dataclass(frozen=True)
class Kept:
    """SQL with its values, and how a row of it becomes a record with what it refers to."""

    sql: str
    values: tuple
    compiler: SQLCompiler
    converters: dict
    record: type[models.Model] | None = None
    span: slice | None = None
    names: tuple[str, ...] = ()
    related: Sequence[RelatedPopulator] = ()

    def ask(self, sql: str, values: list) -> list[models.Model]:
        """The records the question finds."""
        return [self._read(row) for row in self.rows(sql, values)]

    def rows(self, sql: str, values: list) -> Iterator[list]:
        """The rows the question finds, their values as the fields have them."""
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            found = cursor.fetchall()
        return self.compiler.apply_converters(found, self.converters) if self.converters else iter(found)

    def _read(self, row: list) -> models.Model:
        made = self.record.from_db(connection.alias, self.names, row[self.span])
        for one in self.related:
            one.populate(row, made)
        return made


class _Keeping(local):
    """What a thread has kept: a compiled query belongs to the thread's connection."""

    def __init__(self) -> None:
        self.questions: dict[object, Kept] = {}


KEEPING = _Keeping()


class _Policy(Expression):
    """The place in the SQL where the reader's policy goes."""

    conditional = True

    def __init__(self) -> None:
        super().__init__(output_field=BooleanField())

    def as_sql(self, compiler: SQLCompiler, connection: object) -> tuple[str, list]:
        return POLICY, []


def of(rows: Callable[[list[int]], QuerySet[Row]], ids: list[int]) -> list[Row]:
    """The rows that `rows` builds for some records: as `list(rows(ids))`, but for one record its SQL is kept."""
    if len(ids) != 1:
        return list(rows(ids))
    kept = _kept((rows, connection.vendor), lambda: rows([SAMPLE]))
    return kept.ask(kept.sql, [ids[0] if value == SAMPLE else value for value in kept.values])


def opened(record: type[Row], reader: Reader, along: tuple[str, ...], by: Mapping[str, str | int]) -> Row | None:
    """The one row with these values that the reader may see now, with the relations named in `along`."""
    asked = sorted(by.items())
    kept = _kept(
        (record, along, tuple(by), connection.vendor),
        lambda: record.objects.scoped(_Policy()).filter(**by).select_related(*along)[:1],
    )
    policy, values = ("1 = 1", []) if reader.is_house else Allowed(record, reader).written(connection)
    found = kept.ask(kept.sql.replace(POLICY, policy), [*values, *(value for _, value in asked)])
    return found[0] if found else None


def page(rows: QuerySet, paths: tuple[str, ...], order: tuple[str, ...], span: slice) -> list[Sequence]:
    """The values under these paths of a stretch of rows in this order: as `values_list(*paths)[span]`.

    What is selected and how it is sorted is kept; only the condition is written anew.
    """
    found = _condition(rows)
    if found is None:
        return list(rows.order_by(*order).values_list(*paths)[span])
    record, (condition, values) = rows.model, found
    kept = _kept(
        (record, paths, order, connection.vendor),
        lambda: record.objects.scoped(_Policy()).order_by(*order).values_list(*paths),
    )
    stretch = f" LIMIT {span.stop - span.start} OFFSET {span.start}"
    return list(kept.rows(kept.sql.replace(POLICY, condition) + stretch, values))


def counted(rows: QuerySet, cap: int) -> int:
    """How many rows there are, up to one more than the cap."""
    found = _condition(rows)
    if found is None:
        return rows.order_by()[: cap + 1].count()
    condition, values = found
    table = connection.ops.quote_name(rows.model._meta.db_table)
    sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT {cap + 1}) AS counted"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def _condition(rows: QuerySet) -> tuple[str, list] | None:
    """The condition of a queryset over its record's own table; nothing if it reaches beyond, or does more."""
    query = rows.query
    if query.annotations or query.distinct or query.combinator or query.is_sliced or query.extra_tables:
        return None
    alias = query.get_initial_alias()
    if alias != rows.model._meta.db_table or any(query.alias_refcount[one] for one in query.alias_map if one != alias):
        return None
    compiler = query.get_compiler(connection.alias)
    try:
        sql, values = compiler.compile(query.where)
    except FullResultSet:
        return "1 = 1", []
    except EmptyResultSet:
        return "1 = 0", []
    return sql, list(values)


def _kept(key: object, build: Callable[[], QuerySet]) -> Kept:
    """The question under this key; built and compiled when the thread asks it for the first time."""
    if key not in KEEPING.questions:
        if len(KEEPING.questions) >= MOST:  # somebody tries every choice of columns
            KEEPING.questions.clear()
        KEEPING.questions[key] = _compiled(build().query)
    return KEEPING.questions[key]


def _compiled(query: models.sql.Query) -> Kept:
    compiler = query.get_compiler(connection.alias)
    sql, values = compiler.as_sql()
    select, info = compiler.select, compiler.klass_info
    converters = compiler.get_converters([one for one, _, _ in select])
    if info is None:
        return Kept(sql, tuple(values), compiler, converters)
    span = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
    return Kept(
        sql=sql,
        values=tuple(values),
        compiler=compiler,
        converters=converters,
        record=info["model"],
        span=span,
        names=tuple(one.target.attname for one, _, _ in select[span]),
        related=get_related_populators(info, select, connection.alias),
    )
