"""A record as plain values with official codes, up to a class of fields, for the API and exports."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Model

from grandunion.terms.secrecy import Secrecy

HIDDEN = frozenset({"id", "sort_key", "core_zh", "core_en", "tracking"})


def as_plain(record: Model, depth: Secrecy) -> dict[str, object]:
    """Field names to JSON values: terms as their code, records as their number, people as their name.

    Fields deeper than `depth` are not there at all. Amounts are exact decimals in text.
    """
    shown = {}
    for field in record._meta.concrete_fields:
        if field.name in HIDDEN or record.secrecy[field.name] > depth:
            continue
        shown[field.name] = _plain(getattr(record, field.name))
    return shown


def _plain(value: object) -> object:
    if isinstance(value, Model):
        return getattr(value, "number", None) or getattr(value, "code", None) or _named(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _named(value: Model) -> dict[str, str] | int:
    name = getattr(value, "name", None)
    return {"zh": name.zh, "en": name.en} if name is not None else value.pk


def with_codes(record: type[Model]) -> tuple[str, ...]:
    """The relations to read along, so that `as_plain` asks nothing more."""
    return tuple(field.name for field in record._meta.concrete_fields if field.is_relation)
