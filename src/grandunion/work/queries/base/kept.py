"""Questions asked at every page, whose SQL is written once: Django takes longer to build a query than to ask it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import local
from typing import TypeVar

from django.db import connection, models
from django.db.models import BooleanField, Expression, QuerySet
from django.db.models.query import ModelIterable, RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from grandunion.terms.readers import Reader
from grandunion.work.queries.base.policy import Rule, marks

Row = TypeVar("Row", bound=models.Model)
SAMPLE = 4_611_686_018_427_387_847  # an id no row has: where it stands in the SQL's values, the id asked for goes
ASKER = SAMPLE - 1  # the same for the id of whoever asks, which is 0 for those without an account
MOST = 500  # questions kept by a thread, those asked last
CODE = "a code that no row has"  # the same for a code
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
    added: tuple[tuple[str, int], ...] = ()  # what was annotated, and where it stands in a row

    def ask(self, sql: str, values: list) -> list[models.Model]:
        """The records the question finds."""
        return [self._read(row) for row in self.rows(sql, values)]

    def found(self, sql: str, values: list) -> list:
        """The records the question finds, or their values where it asks for values."""
        return self.ask(sql, values) if self.names else list(self.rows(sql, values))

    def filled(self, pk: int) -> list:
        """The question's values with the record asked for in its place."""
        return [pk if value == SAMPLE else value for value in self.values]

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
        for name, place in self.added:
            setattr(made, name, row[place])
        return made


class _Keeping(local):
    """What a thread has kept: a compiled query belongs to the thread's connection."""

    def __init__(self) -> None:
        self.questions: OrderedDict[object, Kept] = OrderedDict()


KEEPING = _Keeping()


class AnyPolicy(Expression):
    """The place in the SQL where the reader's policy goes."""

    conditional = True

    def __init__(self) -> None:
        super().__init__(output_field=BooleanField())

    def as_sql(self, compiler: SQLCompiler, connection: object) -> tuple[str, list]:
        return POLICY, []


def _all(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows


def of(rows: Callable[..., QuerySet[Row]], ids: list[int], *given: Hashable) -> list[Row]:
    """The rows that `rows` builds for some records: as `list(rows(ids, *given))`, but for one record its SQL is kept.

    Records, or values where `rows` ends in `values_list`.
    """
    if len(ids) != 1:
        return list(rows(ids, *given))
    kept = keep((rows, given, connection.vendor), lambda: rows([SAMPLE], *given))
    return kept.found(kept.sql, kept.filled(ids[0]))


def asked(
    rows: Callable[..., QuerySet[Row]], given: tuple[Hashable, ...], meant: Mapping[int, int | None]
) -> list[Row]:
    """The rows that `rows(*given)` builds, where some of what is given only stands in for the values meant.

    A `stand_in` is given in place of what differs from one time to the next: the asker's own ids, for one.
    """
    kept = keep((rows, given, connection.vendor), lambda: rows(*given))
    return kept.found(kept.sql, [meant.get(value, value) for value in kept.values])


def by_code(rows: Callable[..., QuerySet[Row]], code: str, *given: Hashable) -> Row | None:
    """The first of the rows that `rows(code, *given)` builds, None where there is none; its SQL is that of any code."""
    kept = keep((rows, given, connection.vendor), lambda: rows(CODE, *given)[:1])
    found = kept.ask(kept.sql, [code if value == CODE else value for value in kept.values])
    return found[0] if found else None


def stand_in(place: int) -> int:
    """An id that no row has, another one for each place; never SAMPLE itself, nor ASKER."""
    return ASKER - 1 - place


def seen(
    record: type[Row], rows: Callable[[QuerySet[Row], list[int]], QuerySet[Row]], pk: int, reader: Reader
) -> list[Row]:
    """The rows of a guarded record that have to do with one opened record, as far as the reader may see them now.

    `rows` builds them out of those the reader may see: as `list(rows(visible(record, reader), [pk]))`.
    """
    kept = keep((record, rows, connection.vendor), lambda: rows(record.objects.scoped(AnyPolicy()), [SAMPLE]))
    policy, values = policy_of(record, reader)
    return kept.found(kept.sql.replace(POLICY, policy), [*values, *kept.filled(pk)])


def known(asked: Mapping[type[models.Model], Iterable[int | None]], reader: Reader) -> dict[type, frozenset[int]]:
    """Which of these records of each kind the reader may open now, in one question."""
    parts, values = [], []
    for place, (record, ids) in enumerate(asked.items()):
        wanted = sorted({pk for pk in ids if pk is not None})
        if wanted:
            policy, own = policy_of(record, reader)
            table = connection.ops.quote_name(record._meta.db_table)
            parts.append(f"SELECT {place}, id FROM {table} WHERE id IN ({marks(wanted)}) AND {policy}")  # noqa: S608
            values += [*wanted, *own]
    if not parts:
        return {record: frozenset() for record in asked}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found = cursor.fetchall()
    return {record: frozenset(pk for at, pk in found if at == place) for place, record in enumerate(asked)}


def policy_of(record: type[models.Model], reader: Reader) -> tuple[str, list]:
    """The reader's policy over the record's table, written for every request anew: no right is ever kept."""
    return ("1 = 1", []) if reader.is_house else Rule(record, reader).written(connection)


def opened(
    record: type[Row],
    reader: Reader,
    along: tuple[str, ...],
    by: Mapping[str, str | int],
    within: Callable[..., QuerySet[Row]] = _all,
    given: tuple[Hashable, ...] = (),
) -> Row | None:
    """The one row with these values that the reader may see now, with the relations named in `along`.

    `within` takes the visible rows to those meant, with what is `given`; in it ASKER stands for the reader's own id.
    """

    def rows() -> QuerySet[Row]:
        found = within(record.objects.scoped(AnyPolicy()), *given).filter(**by).order_by()[:1]
        return found.select_related(*along) if along else found  # without names Django would take all there are

    kept = keep((record, along, tuple(by), within, given, connection.vendor), rows)
    policy, values = policy_of(record, reader)
    own = [(reader.user_id or 0) if value == ASKER else value for value in kept.values[: -len(by)]]
    # Conditions stand in the order in which Django sorts the names they are given by.
    found = kept.ask(kept.sql.replace(POLICY, policy), [*values, *own, *(by[name] for name in sorted(by))])
    return found[0] if found else None


def keep(key: object, build: Callable[[], QuerySet]) -> Kept:
    """The question under this key; built and compiled when the thread asks it for the first time."""
    questions = KEEPING.questions
    if key in questions:
        questions.move_to_end(key)
    else:
        questions[key] = _compiled(build())
        if len(questions) > MOST:  # somebody tries every choice of columns and filters
            questions.popitem(last=False)
    return questions[key]


def _compiled(rows: QuerySet) -> Kept:
    compiler = rows.query.get_compiler(connection.alias)
    sql, values = compiler.as_sql()
    select, info = compiler.select, compiler.klass_info
    converters = compiler.get_converters([one for one, _, _ in select])
    if info is None or rows._iterable_class is not ModelIterable:
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
        added=tuple(compiler.annotation_col_map.items()),
    )
