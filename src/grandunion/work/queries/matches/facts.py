"""What is compared of offers, read as plain values: hundreds are compared, only the twenty shown are whole records."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import Query

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Offer
from grandunion.records.parties import Person
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


def facts_of(rows: QuerySet, ids: Collection[int]) -> list[Work | Written | Expert]:
    """What is compared of some of the rows, in one question."""
    if not ids:
        return []
    made = FACTS[rows.model.kind]
    wanted = rows.order_by().select_related(None).filter(Among(ids)).values_list(*made._fields)
    return list(map(made._make, _read(wanted.query)))


def _read(query: Query) -> Iterable[tuple]:
    """The rows as Django would read them, each value that comes again (an empty list) converted once."""
    compiler = query.get_compiler(connection.alias)
    sql, given = compiler.as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        columns = list(zip(*cursor.fetchall(), strict=True))
    for place, (converters, expression) in compiler.get_converters([one for one, *_ in compiler.select]).items():
        if columns:
            columns[place] = _converted(columns[place], converters, expression)
    return zip(*columns, strict=True)


def _converted(values: tuple, converters: list[Callable], expression: object) -> list:
    known: dict[object, object] = {}
    for value in set(values):
        found = value
        for convert in converters:
            found = convert(found, expression, connection)
        known[value] = found
    return [known[value] for value in values]
