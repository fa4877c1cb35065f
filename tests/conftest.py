"""What every test finds laid out: the cast, the watchers, the browser, and cheap password hashes."""

from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

pytest_plugins = ["tests.watching", "tests.browsing"]
if Path(__file__).with_name("cast.py").exists():
    pytest_plugins.append("tests.cast")


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> None:
    """The real hasher at its smallest cost: tests sign in hundreds of times."""
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


@pytest.fixture(autouse=True)
def _only_where_it_says_something(request: pytest.FixtureRequest) -> None:
    """A test marked postgresql runs in the round on PostgreSQL."""
    if request.node.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        pytest.skip("says something only PostgreSQL can say; `make test` runs it there")
