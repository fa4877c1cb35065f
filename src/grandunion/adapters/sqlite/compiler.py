"""Django's SQL compilers with short cuts on what is asked most: plain columns and values, and orders given by name.

Django compares every selected column with every order, for orders that are expressions; where all of them are names
only what is selected under one of these names can be meant. The columns of a record that is read whole, with nothing
beside it, are always the same. The SQL is the same, written in half the time.
"""

from functools import lru_cache

from django.db import models
from django.db.models.expressions import Col
from django.db.models.sql import compiler

PLAIN = {
    models.CharField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveBigIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.ForeignKey: int,
    models.BigAutoField: int,
    models.BooleanField: bool,
    **dict.fromkeys((models.DateField, models.DateTimeField, models.DecimalField, models.FloatField), ()),
}  # what values of these fields go to SQLite as they are
VALUES = frozenset({str, int, float, bool, bytes, type(None)})
NOTHING = (None, None, None)  # a selected column that no order names
NO_CONVERTERS = ([], None)
MOST = 500  # records whose columns are kept: those of the house, and those a migration knows for a while
WHOLE = (frozenset(), True)  # what Django calls a query of which no field is left out


@lru_cache(maxsize=MOST)
def _columns(record: type[models.Model]) -> tuple[tuple, ...]:
    """All columns of a record's own table, as Django selects them."""
    table = record._meta.db_table
    cols = [field.get_col(table) for field in record._meta.concrete_fields]
    return tuple((col, (f'"{table}"."{col.target.column}"', ()), None) for col in cols)


@lru_cache(maxsize=MOST)
def _is_its_own(record: type[models.Model]) -> bool:
    """Whether a record stands in one table alone, and its columns are selected by their names."""
    fields = record._meta.concrete_fields
    is_plain = all(type(field).select_format is models.Field.select_format for field in fields)
    return is_plain and not record._meta.parents and not record._meta.proxy


class Shortened:
    """What all compilers share: it writes what Django's own would."""

    def compile(self, node: object) -> tuple[str, list | tuple]:
        """A plain column needs no dispatch: its table and its name."""
        if type(node) is Col and node.alias:
            known, table, column = self.quote_cache, node.alias, node.target.column
            if table not in known or column not in known:
                self.quote_name_unless_alias(table), self.quote_name_unless_alias(column)
            return f"{known[table]}.{known[column]}", []
        return super().compile(node)

    def get_select(self, with_col_aliases: bool = False) -> tuple[list, dict | None, dict]:
        """The selected columns; those of a record alone are known."""
        if with_col_aliases or not self._is_whole:
            return super().get_select(with_col_aliases)
        self.query.get_initial_alias()  # counted as used, as Django does
        known = _columns(self.query.model)
        return [*known], {"model": self.query.model, "select_fields": [*range(len(known))]}, {}

    @property
    def _is_whole(self) -> bool:
        """Whether all of a record is asked for, and nothing beside it."""
        query = self.query
        is_more = query.select_related or query.annotations or query.extra or query.selected is not None
        if is_more or not query.default_cols or query.deferred_loading != WHOLE or not _is_its_own(query.model):
            return False
        return query.base_table == query.model._meta.db_table

    def get_converters(self, expressions: list) -> dict:
        """What makes Python's values of a row's; for a plain column it is known to the connection by its field."""
        found, known = {}, self.connection.ops.converters
        for place, one in enumerate(expressions):
            if type(one) is not Col or one.output_field is not one.target:
                return super().get_converters(expressions)
            field = one.target
            if field not in known:
                known[field] = super().get_converters([one]).get(0, NO_CONVERTERS)[0]
            if known[field]:
                found[place] = known[field], one
        return found

    def get_order_by(self) -> list:
        """The orders; those by name are looked up among what has a name."""
        query, whole = self.query, self.select
        ordering = query.order_by
        if not whole or not ordering or query.combinator or query.extra_order_by:
            return super().get_order_by()
        if not all(isinstance(one, str) for one in ordering):
            return super().get_order_by()
        names = {one.lstrip("-+") for one in ordering}
        is_named = any(alias in names for *_, alias in whole)
        self.select = [one if one[2] in names else NOTHING for one in whole] if is_named else []
        try:
            return super().get_order_by()
        finally:
            self.select = whole


@lru_cache(maxsize=MOST)
def _kept_inserts(record: type[models.Model]) -> dict[tuple[int, bool], tuple]:
    """The inserts of a record's rows as Django writes them, by how many fields they have and whether they answer."""
    return {}


class SQLCompiler(Shortened, compiler.SQLCompiler):
    """Reads."""


class SQLInsertCompiler(Shortened, compiler.SQLInsertCompiler):
    """Inserts; most values of a row are as they are written, and so is the SQL that inserts one."""

    def as_sql(self) -> list[tuple[str, tuple]]:
        """One row of the same fields as one before needs the same SQL."""
        query, fields, answered = self.query, self.query.fields, self.returning_fields
        if len(query.objs) != 1 or query.on_conflict or any(hasattr(field, "get_placeholder") for field in fields):
            return super().as_sql()
        values = tuple([self.prepare_value(field, self.pre_save_val(field, query.objs[0])) for field in fields])
        if any(type(value) not in VALUES and hasattr(value, "as_sql") for value in values):
            return super().as_sql()
        known, key = _kept_inserts(query.model), (len(fields), bool(answered))
        if key not in known or known[key][:2] != (fields, answered):
            ((sql, _),) = super().as_sql()
            known[key] = [*fields], answered, sql, self.returning_params
        *_, sql, self.returning_params = known[key]
        return [(sql, values)]

    def prepare_value(self, field: models.Field, value: object) -> object:
        """A text, a whole number and nothing at all need no preparing."""
        plain = PLAIN.get(type(field))
        if plain is not None and (value is None or isinstance(value, plain)):
            return value
        return super().prepare_value(field, value)

    def assemble_as_sql(self, fields: list, value_rows: list[list]) -> tuple[list, list]:
        """Where every value is one, each has a mark of its own."""
        if not value_rows or any(hasattr(field, "get_placeholder") or field is None for field in fields):
            return super().assemble_as_sql(fields, value_rows)
        if any(type(value) not in VALUES and hasattr(value, "as_sql") for row in value_rows for value in row):
            return super().assemble_as_sql(fields, value_rows)
        return [("%s",) * len(fields)] * len(value_rows), value_rows


class SQLDeleteCompiler(Shortened, compiler.SQLDeleteCompiler):
    """Deletes."""


class SQLUpdateCompiler(Shortened, compiler.SQLUpdateCompiler):
    """Updates."""


class SQLAggregateCompiler(Shortened, compiler.SQLAggregateCompiler):
    """Counts and sums."""
