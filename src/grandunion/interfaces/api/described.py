"""What the API says of its own answers: schemas out of the lists' columns and the records' fields."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from django.db import models
from ninja import Schema
from pydantic import Field, create_model

from grandunion.interfaces.api.answers import LIMIT, MOST
from grandunion.interfaces.api.problems import TITLES
from grandunion.terms.text import Text
from grandunion.work.queries.base import Column, Filter, Listing
from grandunion.work.queries.base.plain import HIDDEN

TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
READ_ERRORS = (400, 401, 403, 404, 422)
WRITE_ERRORS = (*READ_ERRORS, 409, 412, 413, 415)
EDIT_ERRORS = (*WRITE_ERRORS, 428)
TYPES: dict[type[models.Field], type] = {
    models.BooleanField: bool, models.IntegerField: int, models.DecimalField: str, models.DateTimeField: datetime,
    models.DateField: date, models.JSONField: object,
}  # fmt: skip


class Bilingual(Schema):
    """A name or sentence in both languages."""

    en: str
    zh: str


class Change(Schema):
    """One field a deed changed."""

    field: str
    before: object = None
    after: object = None


class Happening(Schema):
    """One line of a record's time line."""

    seq: int
    at: datetime
    who: str
    verb: str
    changes: list[Change]


class Timeline(Schema):
    """What happened to a record, newest first; values only as deep as the reader reads."""

    items: list[Happening]


class MoveOffer(Schema):
    """A move the flow knows from here, and what still stops it."""

    code: str
    label: str
    is_allowed: bool
    reason: str
    fields: list[str]
    url: str


class Offers(Schema):
    """The moves the flow offers the reader now."""

    state: str
    items: list[MoveOffer]


def pascal(code: str) -> str:
    """A code as the name of a schema."""
    return code.replace("_", " ").replace("-", " ").title().replace(" ", "")


def page_of(listing: Listing) -> type[Schema]:
    """The schema of a cursor page of a list."""
    columns = {column.code: (_type_of(column) | None, Field(None, description=both(column.label)))
               for column in listing.columns}  # fmt: skip
    name = pascal(listing.code)
    row = create_model(f"{name}Row", __base__=Schema, __doc__=f"A row of {listing.name.en.lower()}.",
                       **{**columns, "number": (str, ...)})  # fmt: skip
    return create_model(f"{name}Page", __base__=Schema, __doc__="A cursor page.",
                        items=(list[row], ...), next=(str | None, None))  # fmt: skip


def _type_of(column: Column) -> type:
    kinds = {"day": date, "moment": datetime, "count": int, "title": Bilingual, "term": Bilingual}
    return column.words if column.words else kinds.get(column.kind, str)


def record_of(listing: Listing, words: Mapping[str, type[Enum]]) -> type[Schema]:
    """The schema of one record; what the reader may not read is not there at all."""
    record = listing.record
    shown = {
        field.name: (_kind(field, words) | None, Field(None, description=f"class S{int(record.secrecy[field.name])}"))
        for field in record._meta.concrete_fields
        if field.name not in HIDDEN
    }
    return create_model(pascal(record.kind), __base__=Schema, __doc__=listing.name.en + ", one of them.",
                        **{**shown, "number": (str, ...), "version": (int, ...)})  # fmt: skip


def _kind(field: models.Field, words: Mapping[str, type[Enum]]) -> type:
    if field.is_relation:
        return Bilingual if field.related_model.__name__ == "User" else str
    if field.name in words:
        return words[field.name]
    return next((kind for known, kind in TYPES.items() if isinstance(field, known)), str)


def beside(errors: tuple[int, ...], *parameters: dict) -> dict:
    """What the description says of an operation beside its answer: parameters, and every problem it may answer."""
    told = {status: {"$ref": f"#/components/responses/Problem{status}"} for status in errors}
    return {"parameters": list(parameters), "responses": told}


def problem_responses() -> dict[str, dict]:
    """The problems, once each, for operations to point at."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {f"Problem{status}": {"description": TITLES[status].en, "content": content} for status in EDIT_ERRORS}


def parameters(listing: Listing, orders: tuple[str, ...]) -> list[dict]:
    """The query parameters of a list, out of its filters, columns and orders."""
    columns, sorts = ", ".join(column.code for column in listing.columns), ", ".join(orders)
    common = [
        parameter("q", Text("Words in Chinese or English; each item holds all of them.", "中英文关键词，须全部命中。")),
        parameter("order", Text(f"A column, with a minus for descending: {sorts}.", f"排序列，降序加负号：{sorts}。")),
        parameter("columns", Text(f"Columns to answer, by commas: {columns}.", f"返回的列，以逗号分隔：{columns}。")),
    ]  # fmt: skip
    return [*common, *paging(), *(_filter(one) for one in listing.filters)]


def paging() -> list[dict]:
    """The parameters of a cursor page alone."""
    whole = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
    return [
        parameter("cursor", Text("“next” of the page before.", "上一页的 next。")),
        parameter("limit", Text(f"Items on a page, up to {MOST}.", f"每页条数，最多 {MOST}。"), whole),
    ]


def _filter(one: Filter) -> dict:
    label, kind = one.label, DAY if one.kind in ("since", "until") else TEXT
    if one.words is not None:
        codes = ", ".join(one.words.codes())
        return parameter(one.code, Text(f"{label.en}: one or several of {codes}.", f"{label.zh}，可多选：{codes}。"))
    if one.list_code:
        address = f"GET /lists/{one.list_code}"
        return parameter(one.code, Text(f"{label.en}: codes of {address}.", f"{label.zh}：{address} 中的代码。"))
    return parameter(one.code, Text(f"{label.en}.", f"{label.zh}。"), kind)


def parameter(name: str, said: Text, schema: dict = TEXT) -> dict:
    """A query parameter an operation reads."""
    return {"in": "query", "name": name, "required": False, "description": both(said), "schema": schema}


def header(name: str, said: Text, *, is_wanted: bool = False) -> dict:
    """A header an operation reads."""
    return {"in": "header", "name": name, "required": is_wanted, "description": both(said), "schema": TEXT}


def both(text: Text) -> str:
    """A saying in both languages on one line."""
    return text.en if text.en == text.zh else f"{text.en} · {text.zh}"
