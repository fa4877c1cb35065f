"""How the values of a field go to the database."""

from collections.abc import Callable, Sequence

from django.db import connection, connections, models

PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
Prepare = Callable[[object], object]


def prepare(field: models.Field) -> Prepare | None:
    """What makes of a value that is not None what the driver takes; None where it takes the value itself."""
    if isinstance(field, PLAIN):
        return None
    if isinstance(field, models.JSONField):
        adapt, encoder = connection.ops.adapt_json_value, field.encoder
        return lambda value: adapt(value, encoder)
    database = connections[connection.alias]  # itself, which is asked more quickly than through `connection`
    return lambda value: field.get_db_prep_save(value, database)


def is_one(column: Sequence[object]) -> bool:
    """Whether one value stands in all rows; most columns show at their ends that it does not."""
    return column[0] == column[-1] and column.count(column[0]) == len(column)
