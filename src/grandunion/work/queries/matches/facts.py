"""What is compared of offers, read as plain values: hundreds are compared, only the twenty shown are whole records."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import DateTimeField, Model, QuerySet

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Offer
from grandunion.records.parties import Person
from grandunion.terms.readers import Reader
from grandunion.work.queries.base import kept
from grandunion.work.queries.matches.sight import Among


class Work(NamedTuple):
    """What is compared of an achievement."""

    pk: int
    number: str
    owner_id: int | None
    area_id: int | None
    field_id: int | None
    industry_id: int | None
    level: str
    updated_at: datetime
    title_zh: str
    title_en: str
    keywords: str
    abstract_public_zh: str
    abstract_public_en: str
    trl: int | None
    price_min: Decimal | None
    price_max: Decimal | None
    modes_wanted: list
    partners_excluded: str
    confidentiality: str


class Written(NamedTuple):
    """What is compared of a written offer."""

    pk: int
    number: str
    offer_kind: str
    owner_id: int | None
    person_id: int | None
    area_id: int | None
    field_id: int | None
    industry_id: int | None
    level: str
    updated_at: datetime
    title_zh: str
    title_en: str
    keywords: str
    text_zh: str
    text_en: str
    trl_min: int | None
    trl_max: int | None
    amount_min: Decimal | None
    amount_max: Decimal | None
    currency: str
    stages: list
    instruments: list
    licence_kinds: list
    regions: list
    quota: int | None
    partners_excluded: str


class Expert(NamedTuple):
    """What is compared of an expert."""

    pk: int
    number: str
    updated_at: datetime
    expertise: str
    title_zh: str
    title_en: str


Work.kind, Written.kind, Expert.kind = Achievement.kind, Offer.kind, Person.kind
FACTS = {one.kind: one for one in (Work, Written, Expert)}


def facts_of(record: type[Model], reader: Reader, ids: Iterable[int]) -> list[Work | Written | Expert]:
    """What is compared of the records with these ids that the reader may see now, in one question; its SQL is kept."""
    listed = ", ".join(str(int(pk)) for pk in ids)
    if not listed:
        return []
    made = FACTS[record.kind]
    question = kept.keep((made, connection.vendor), lambda: _rows(record, made))
    policy, values = kept.policy_of(record, reader)
    sql = question.sql.replace(kept.POLICY, policy).replace(str(kept.SAMPLE), listed)
    return list(map(made._make, _read(question, sql, [*values, *question.values])))


def _rows(record: type[Model], made: type[NamedTuple]) -> QuerySet:
    rows = record.objects.scoped(kept.AnyPolicy()).filter(Among([kept.SAMPLE]))
    return rows.order_by().select_related(None).values_list(*made._fields)


def _read(question: kept.Kept, sql: str, values: list) -> Iterable[tuple]:
    """The rows as Django would read them, each value that comes again (an empty list) converted once."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        columns = list(zip(*cursor.fetchall(), strict=True))
    for place, (converters, expression) in question.converters.items():
        if columns:
            columns[place] = _converted(columns[place], converters, expression)
    return zip(*columns, strict=True)


def _converted(values: tuple, converters: list[Callable], expression: object) -> list:
    if connection.vendor == "sqlite" and isinstance(expression.output_field, DateTimeField):
        zone = connection.timezone  # as Django's converter, which looks at each moment several times
        return [value if value is None or value.tzinfo else value.replace(tzinfo=zone) for value in values]
    known: dict[object, object] = {}
    for value in set(values):
        found = value
        for convert in converters:
            found = convert(found, expression, connection)
        known[value] = found
    return [known[value] for value in values]
