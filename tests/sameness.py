"""Which refusals need not be asked for: those made of the same answers of the tables as one that was met before."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from django.db import connection
from django.test import RequestFactory
from django.urls import resolve

from tests.planting import Planted
from tests.watching import is_write

Statement = tuple[str, tuple]


class Refusals:
    """The refusals that one reader has met, each with what its view asked the tables.

    A refusal is made of the address and of what the tables answered. Where another number, put into every statement
    that named the first one, brings the very same rows, its refusal would say the same word for word but for the
    number; where a single row differs, the house is asked. So no level and no record is passed over: what is hidden
    is asked of the tables in the view's own words, and what is shown is asked of the house.
    """

    def __init__(self) -> None:
        self.met: dict[str, list[tuple[str, list[Statement]]]] = defaultdict(list)

    @contextmanager
    def listening(self, address: str, one: Planted) -> Iterator[Callable[[int], None]]:
        """Around a question about a record; what this gives is told the answer's status."""
        asked: list[Statement] = []

        def heard(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
            asked.append((sql, tuple(params or ())))
            return execute(sql, params, many, context)

        def told(status: int) -> None:
            if status >= 300 and not any(is_write(sql) for sql, _ in asked):
                named = [(sql, params) for sql, params in asked if any(_names(value, one.called) for value in params)]
                self.met[_shape(address, one)].append((one.called, named))

        with connection.execute_wrapper(heard):
            yield told

    def would_be_met(self, address: str, one: Planted) -> bool:
        """Whether the tables answer about this record as about one that was refused at the same address."""
        return any(
            all(_rows(sql, params) == _rows(sql, _renamed(params, other, one.called)) for sql, params in named)
            for other, named in self.met[_shape(address, one)]
        )


def _shape(address: str, one: Planted) -> str:
    """The address but for the number, of which a view can read no more than the kind without asking the tables."""
    return address.replace(one.called, f"<{one.record._meta.model_name}>")


def _names(value: object, number: str) -> bool:
    return isinstance(value, str) and number.lower() in value.lower()


def _renamed(params: tuple, number: str, other: str) -> list:
    named = re.compile(re.escape(number), re.I)
    return [named.sub(other, value) if isinstance(value, str) else value for value in params]


def _rows(sql: str, params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def turns_everybody_away(address: str) -> bool:
    """Whether what stands there takes no GET at all: told only that somebody has signed in, and not who, it says so."""
    found = resolve(address.partition("?")[0])
    request = RequestFactory().get(address)
    request.reader = SimpleNamespace(is_signed_in=True)
    try:
        return found.func(request, *found.args, **found.kwargs).status_code == 405
    except AttributeError:  # it looks who is there
        return False
