"""Watches the database: `reading()` fails on a write, `queries()` on more questions than agreed."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

WRITE_WORDS = "INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY"
WRITES = re.compile(rf"\s*(?:/\*.*?\*/\s*|--[^\n]*\n\s*)*(?:{WRITE_WORDS})\b", re.I | re.S)
WRITES_WITH = re.compile(r"\s*WITH\b.*\b(?:INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET)\b", re.I | re.S)


class WroteWhileReading(AssertionError):
    """A read wrote."""


def is_write(sql: str) -> bool:
    """Whether the statement changes anything; savepoints and locks do not."""
    return bool(WRITES.match(sql) or WRITES_WITH.match(sql))


@contextmanager
def reading() -> Iterator[None]:
    """Inside, every statement that writes fails before it reaches the database."""

    def refuse(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        if is_write(sql):
            raise WroteWhileReading(f"a read wrote: {sql[:300]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def queries(at_most: int) -> Iterator[CaptureQueriesContext]:
    """Inside, at most so many statements reach the database; the failure lists them."""
    with CaptureQueriesContext(connection) as seen:
        yield seen
    asked = "\n".join(f"{number}. {query['sql'][:300]}" for number, query in enumerate(seen.captured_queries, 1))
    assert len(seen) <= at_most, f"{len(seen)} queries, {at_most} agreed:\n{asked}"


@pytest.fixture(name="reading")
def _reading() -> Callable[[], AbstractContextManager[None]]:
    """`with reading():` around a read."""
    return reading


@pytest.fixture(name="queries")
def _queries() -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """`with queries(at_most=9):` around a page."""
    return queries
