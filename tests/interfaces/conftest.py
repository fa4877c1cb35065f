"""Doors in tests: officers come in without a second factor, which has tests of its own."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    """The gate of the second factor stands open."""
    settings.SECOND_FACTOR_REQUIRED = False
