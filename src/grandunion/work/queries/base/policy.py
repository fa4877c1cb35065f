"""The policy of visibility in SQL, written out: Django would build and compile it anew for every list."""

from functools import cache

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Model
from django.db.models.sql.compiler import SQLCompiler

from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level

ACCESS = (
    "{pk} IN (SELECT subject_id FROM records_access WHERE subject_kind = %s "
    "AND (expires_at IS NULL OR expires_at > %s) AND (user_id = %s{organisations}))"
)


class Allowed(Expression):
    """True of the rows the reader may see: level, then relation, and conflict of interest beats every allow.

    The same policy stands in plain Python in `work/permissions/base.may_see`; a property test holds the two equal.
    """

    conditional = True

    def __init__(self, record: type[Model], reader: Reader) -> None:
        super().__init__(output_field=BooleanField())
        self.rule = Rule(record, reader)
        self.columns = [F(name) for name in self.rule.names]

    def get_source_expressions(self) -> list:
        return self.columns

    def set_source_expressions(self, columns: list) -> None:
        self.columns = columns

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list]:
        """The condition with its values; only column names are written into it, every value is a parameter."""
        columns = zip(self.rule.names, self.columns, strict=True)
        return self.rule.told({name: compiler.compile(column)[0] for name, column in columns}, connection)


class Rule:
    """What one reader may see of one kind of record, written over columns that are told."""

    def __init__(self, record: type[Model], reader: Reader) -> None:
        self.record, self.reader, self.names = record, reader, columns_of(record)

    def written(self, connection: BaseDatabaseWrapper) -> tuple[str, list]:
        """The condition over the record's own table, without a query around it."""
        return self.told(places_of(self.record, connection.vendor), connection)

    def told(self, told: dict[str, str], connection: BaseDatabaseWrapper) -> tuple[str, list]:
        sql, values = self._allowed(connection)
        if self.reader.conflicts and self.record.kind != "person":
            conflict = sorted(self.reader.conflicts)
            owner = "owner" if "owner" in self.names else "pk"
            sql = f"({sql}) AND ({{{owner}}} IS NULL OR {{{owner}}} NOT IN ({marks(conflict)}) OR {{level}} = %s)"
            values += [*conflict, Level.PUBLIC.value]
        return f"({sql.format(**told)})", values

    def _allowed(self, connection: BaseDatabaseWrapper) -> tuple[str, list]:
        """Any of these allows."""
        parts = [self._public(), self._by_level(), self._in_area()]
        if self.reader.is_signed_in:
            parts += [*self._related(), self._named(connection)]
        found = [part for part in parts if part is not None]
        return " OR ".join(sql for sql, _ in found), [value for _, values in found for value in values]

    def _public(self) -> tuple[str, list]:
        """Public rows; of a case only in the states that are published."""
        states = [str(state) for state in getattr(self.record, "public_states", ())]
        if not states:
            return "{level} = %s", [Level.PUBLIC.value]
        return f"({{level}} = %s AND {{state}} IN ({marks(states)}))", [Level.PUBLIC.value, *states]

    def _by_level(self) -> tuple[str, list] | None:
        reader = self.reader
        levels = [Level.PUBLIC.value, Level.MEMBERS.value] if reader.is_member else []
        if reader.reads_rows and reader.areas is None:
            levels.append(Level.ORGANISATION.value)
        return (f"{{level}} IN ({marks(levels)})", levels) if levels else None

    def _in_area(self) -> tuple[str, list] | None:
        reader = self.reader
        if not reader.reads_rows or reader.areas is None or "area" not in self.names:
            return None
        areas = sorted(reader.areas)
        inside = f" OR {{area}} IN ({marks(areas)})" if areas else ""
        return f"({{level}} = %s AND ({{area}} IS NULL{inside}))", [Level.ORGANISATION.value, *areas]

    def _related(self) -> list[tuple[str, list]]:
        """Rows the reader has to do with as owner, as officer in charge, or as the person meant."""
        reader, found = self.reader, []
        own = "owner" if "owner" in self.names else "pk" if self.record.kind == "organisation" else ""
        if reader.organisation_ids and own:
            ids = sorted(reader.organisation_ids)
            found.append((f"({{{own}}} IN ({marks(ids)}) AND {{level}} <> %s)", [*ids, Level.NAMED.value]))
        if "in_charge" in self.names:
            found.append(("{in_charge} = %s", [reader.user_id]))
        if self.record.kind == "person" and reader.person_id:
            found.append(("{pk} = %s", [reader.person_id]))
        return found

    def _named(self, connection: BaseDatabaseWrapper) -> tuple[str, list]:
        """Rows that are open by name, to the reader or to an organisation whose affairs the reader manages."""
        ids = sorted(self.reader.organisation_ids)
        organisations = f" OR organisation_id IN ({marks(ids)})" if ids else ""
        at = connection.ops.adapt_datetimefield_value(self.reader.at)
        sql = ACCESS.replace("{organisations}", organisations)
        return sql, [self.record.kind, at, self.reader.user_id, *ids]


def marks(values: list) -> str:
    """As many placeholders as there are values."""
    return ", ".join(["%s"] * len(values))


@cache
def columns_of(record: type[Model]) -> tuple[str, ...]:
    """Those columns of the record that the policy asks for."""
    own = {field.name for field in record._meta.concrete_fields}
    return tuple(name for name in ("level", "pk", "owner", "in_charge", "area", "state") if name == "pk" or name in own)


@cache
def places_of(record: type[Model], vendor: str) -> dict[str, str]:
    """These columns as the database calls them; they hang on the table alone, and never on who asks."""
    name, table = connection.ops.quote_name, record._meta
    fields = {one: table.pk if one == "pk" else table.get_field(one) for one in columns_of(record)}
    return {one: f"{name(table.db_table)}.{name(field.column)}" for one, field in fields.items()}
