"""Where an ordeal happens: a new SQLite file, or a new database beside the tests' own on PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.db import connection


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """The address of a new database for as long as it is wanted; empty where the home's file will do."""
    url = os.environ.get("GRANDUNION_DATABASE_URL", "")
    if not url:
        yield ""
        return
    name = f"ordeal_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
