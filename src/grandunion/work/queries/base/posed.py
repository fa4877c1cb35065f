"""What a list asks the database, twice for each page: the rows of a stretch, and how many there are."""

import json
from collections.abc import Callable, Hashable, Sequence
from copy import deepcopy
from functools import cached_property
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, models
from django.db.models import QuerySet

from grandunion.records.base import Guarded
from grandunion.terms.readers import Reader
from grandunion.work.queries.base.kept import POLICY, AnyPolicy, Kept, keep, policy_of

Paths = tuple[str, ...]
WHOLE = (frozenset(), True)  # what Django calls a query of which no field is left out


class Lasting(NamedTuple):
    """A question in which nothing changes with the reader but the policy: its SQL is kept whole.

    `name` tells it from all others, its filters' values among it; `narrow` takes the visible rows to those asked for.
    """

    record: type[models.Model]
    reader: Reader
    name: Hashable
    narrow: Callable[[QuerySet], QuerySet]

    def page(self, paths: Paths, order: Paths, span: slice) -> list[Sequence]:
        """The values under these paths of a stretch of rows in this order: as `values_list(*paths)[span]`."""
        kept = self._kept((paths, order), lambda rows: rows.order_by(*order).values_list(*paths))
        sql, values = self._told(kept)
        return list(kept.rows(sql + _stretch(span), values))

    def number(self, cap: int) -> int:
        """How many rows there are, up to one more than the cap."""
        return _number(*self._told(self._kept((), lambda rows: rows.order_by().values_list("pk"))), cap)

    def _kept(self, part: tuple, build: Callable[[QuerySet], QuerySet]) -> Kept:
        key = (self.record, self.name, part, connection.vendor)
        return keep(key, lambda: build(self.narrow(self.record.objects.scoped(AnyPolicy()))))

    def _told(self, kept: Kept) -> tuple[str, list]:
        policy, values = policy_of(self.record, self.reader)
        return kept.sql.replace(POLICY, policy), [*values, *kept.values]


class Passing:
    """A question of the moment: what is selected and how it is sorted is kept, the condition is written anew."""

    def __init__(self, rows: QuerySet) -> None:
        self.rows = rows

    def page(self, paths: Paths, order: Paths, span: slice) -> list[Sequence]:
        """As `Lasting.page`."""
        if self._condition is None:
            return list(self.rows.order_by(*order).values_list(*paths)[span])
        record, (condition, values) = self.rows.model, self._condition
        kept = keep(
            (record, paths, order, connection.vendor),
            lambda: record.objects.scoped(AnyPolicy()).order_by(*order).values_list(*paths),
        )
        return list(kept.rows(kept.sql.replace(POLICY, condition) + _stretch(span), values))

    def number(self, cap: int) -> int:
        """As `Lasting.number`."""
        if self._condition is None:
            return self.rows.order_by()[: cap + 1].count()
        condition, values = self._condition
        table = connection.ops.quote_name(self.rows.model._meta.db_table)
        return _number(f"SELECT 1 FROM {table} WHERE {condition}", values, cap)  # noqa: S608 - written by Django

    def first(self, most: int, start: int = 0) -> list[models.Model]:
        """Records themselves, with their relations and in their order: as `list(rows[start : start + most])`."""
        query, record = self.rows.query, self.rows.model
        if not self._is_plain or self._condition is None:
            return list(self.rows[start : start + most])

        def rows() -> QuerySet:
            found = record.objects.scoped(AnyPolicy()).order_by(*query.order_by)
            found.query.select_related = deepcopy(query.select_related)
            return found

        condition, values = self._condition
        along = json.dumps(query.select_related)
        kept = keep((record, "first", along, query.order_by, connection.vendor), rows)
        return kept.ask(
            kept.sql.replace(POLICY, condition) + _stretch(slice(start, start + most)), [*values, *kept.values]
        )

    @property
    def _is_plain(self) -> bool:
        """Whether whole records of a guarded kind are asked for, in an order of names."""
        query = self.rows.query
        is_whole = query.default_cols and query.deferred_loading == WHOLE and query.standard_ordering
        is_named = all(isinstance(one, str) for one in query.order_by)
        return is_whole and is_named and isinstance(self.rows.model._default_manager, Guarded)

    @cached_property
    def _condition(self) -> tuple[str, list] | None:
        """The condition over the record's own table; nothing if the rows reach beyond it, or do more."""
        query, model = self.rows.query, self.rows.model
        if query.annotations or query.distinct or query.combinator or query.is_sliced or query.extra_tables:
            return None
        alias = query.get_initial_alias()
        if alias != model._meta.db_table or any(query.alias_refcount[one] for one in query.alias_map if one != alias):
            return None
        compiler = query.get_compiler(connection.alias)
        try:
            sql, values = compiler.compile(query.where)
        except FullResultSet:
            return "1 = 1", []
        except EmptyResultSet:
            return "1 = 0", []
        return sql, list(values)


def _stretch(span: slice) -> str:
    return f" LIMIT {span.stop - span.start} OFFSET {span.start}"


def _number(sql: str, values: list, cap: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql} LIMIT {cap + 1}) AS counted", values)  # noqa: S608 - written above
        return cursor.fetchone()[0]
