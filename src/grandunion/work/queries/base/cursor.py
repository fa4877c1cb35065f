"""Cursor pages: the next page starts after the last row seen, however the list has changed meanwhile."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter

from django.db.models import Model, Q

from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, invalid
from grandunion.work.queries.base.listing import Column, Listing, Question, asked, chosen, ordered, posed
from grandunion.work.queries.base.posed import Passing
from grandunion.work.queries.base.rows import BIGGEST

KEPT = (str, int, float, bool, type(None))


def after(
    listing: Listing, reader: Reader, question: Question, cursor: str
) -> tuple[tuple[Column, ...], list[tuple[str, list]], str]:
    """The columns, the rows after the cursor, and the cursor of the next page (empty at the end)."""
    columns = chosen(listing, reader, question.columns)
    order = ordered(listing, reader, question.order)
    rows = posed(listing, reader, question)
    if cursor:
        beyond = _beyond(order, _opened(cursor, listing.record, order))
        rows = Passing(asked(listing, reader, question).filter(beyond))
    paths = list(dict.fromkeys(["number", *(p for column in columns for p in column.paths), *map(_path, order)]))
    got = rows.page(tuple(paths), tuple(order), slice(0, question.size + 1))
    place = {path: index for index, path in enumerate(paths)}
    reads = [_reader(column, [place[path] for path in column.paths]) for column in columns]
    found = [(raw[0], [read(raw) for read in reads]) for raw in got]
    if len(got) <= question.size:
        return columns, found, ""
    last = got[question.size - 1]
    return columns, found[: question.size], _closed([last[place[_path(one)]] for one in order])


def _reader(column: Column, places: Sequence[int]) -> Callable[[tuple], object]:
    """How a column's value is read out of a row: words stay codes, so most columns are one look-up."""
    if type(column) is not Column:
        return lambda raw: column.value(tuple(raw[place] for place in places))
    if column.kind not in ("title", "term"):
        return itemgetter(places[0])
    zh, en = places
    return lambda raw: Text(raw[en] or raw[zh], raw[zh] or raw[en]) if raw[zh] or raw[en] else None


def _path(order: str) -> str:
    return order.lstrip("-")


def _beyond(order: Sequence[str], values: Sequence[object]) -> Q:
    """Rows that stand after these values: the first differs, or it is equal and the rest stands after."""
    first, rest = order[0], order[1:]
    path, value = _path(first), values[0]
    further = Q(**{f"{path}__{'lt' if first.startswith('-') else 'gt'}": value})
    if not rest:
        return further
    # The plain bound beside the alternatives lets the database start its index scan at the right place.
    bound = Q(**{f"{path}__{'lte' if first.startswith('-') else 'gte'}": value})
    return bound & (further | (Q(**{path: value}) & _beyond(rest, values[1:])))


def _closed(values: Sequence[object]) -> str:
    plain = [value if isinstance(value, KEPT) else value.isoformat() if hasattr(value, "isoformat") else str(value)
             for value in values]  # fmt: skip
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _opened(cursor: str, record: type[Model], order: Sequence[str]) -> list[object]:
    """The values in a cursor, each as its column takes it; a cursor somebody made up is refused."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(order):
            raise _not_ours()
        return [_taken(record, _path(one), value) for one, value in zip(order, values, strict=True)]
    except (ValueError, TypeError, AttributeError, ArithmeticError, binascii.Error, RecursionError) as error:
        raise _not_ours() from error


def _taken(record: type[Model], path: str, value: object) -> object:
    """One value as its column compares it; what no row of ours could have said is a ValueError."""
    kind = "AutoField" if path == "pk" else record._meta.get_field(path).get_internal_type()
    return READERS.get(kind, _text if isinstance(value, str) else _whole)(value)


def _text(value: str) -> str:
    value.encode()  # half a character is a UnicodeEncodeError, which is a ValueError
    if "\x00" in value:
        raise ValueError("a NUL byte")
    return value


def _whole(value: int) -> int:
    if not isinstance(value, int) or abs(value) > BIGGEST:
        raise ValueError("not a number of ours")
    return value


def _moment(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None or not 1900 <= at.year <= 2999:
        raise ValueError("not a moment of ours")
    return at


def _amount(value: str) -> Decimal:
    amount = Decimal(value)
    if not amount.is_finite() or abs(amount) > BIGGEST:
        raise ValueError("not an amount of ours")
    return amount


READERS: dict[str, Callable] = {
    "AutoField": _whole,
    "CharField": _text,
    "TextField": _text,
    "DateTimeField": _moment,
    "DateField": date.fromisoformat,
    "DecimalField": _amount,
}


def _not_ours() -> Invalid:
    return invalid(
        "cursor",
        "This is not a cursor of this list. Leave it out to start from the beginning.",
        "这不是本列表的游标，请去掉该参数从头开始。",
    )


def is_steady(record: type[Model], order: Sequence[str]) -> bool:
    """Whether a cursor can follow this order: all its columns are the record's own and never empty."""
    names = {field.name: field for field in record._meta.concrete_fields}
    return all(_path(one) == "pk" or (_path(one) in names and not names[_path(one)].null) for one in order)
