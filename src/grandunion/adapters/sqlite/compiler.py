"""Django's SQL compilers with short cuts on what is asked most: plain columns and values, and orders given by name.

Django compares every selected column with every order, for orders that are expressions; where all of them are names
only what is selected under one of these names can be meant. The SQL is the same, written in half the time.
"""

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


class SQLCompiler(Shortened, compiler.SQLCompiler):
    """Reads."""


class SQLInsertCompiler(Shortened, compiler.SQLInsertCompiler):
    """Inserts; most values of a row are as they are written."""

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
