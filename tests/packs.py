"""The pack of Hefei, read once by each worker, and loaded once for the tests of a file that all begin with it."""

import pickle
from collections.abc import Iterator
from functools import cache, lru_cache

import pytest
from pytest_django import DjangoDbBlocker

from grandunion.adapters.packs import Demo, Pack, find_pack, read_demo, read_pack, sheets
from grandunion.terms.readers import house
from grandunion.work.actions.upkeep.packs import load_pack
from tests.cast import NOON
from tests.lasting import lasting


def pytest_collection_finish() -> None:
    """A text of YAML is read by the house's own reader once: what it read as is the same, and nobody changes it."""
    sheets.read_yaml = lru_cache(maxsize=500)(sheets.read_yaml)


@cache
def _written(read: object) -> bytes:
    return pickle.dumps(read(find_pack("hefei")))


def hefei_pack() -> Pack:
    """The pack as it is read, each time another one: what a test does to it is its own affair."""
    return pickle.loads(_written(read_pack))  # noqa: S301 - written by ourselves, just above


def hefei_demo() -> Demo:
    """Its demonstration, likewise."""
    return pickle.loads(_written(read_demo))  # noqa: S301 - written by ourselves, just above


@pytest.fixture(scope="module")
def hefei(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:
    """A hub into which the pack has been loaded at noon, for all tests of a file: each undoes what it did itself."""
    with lasting(django_db_blocker, lambda: load_pack(hefei_pack(), by=house(NOON), at=NOON)):
        yield hefei_pack()
