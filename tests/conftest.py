"""What every test finds laid out: the cast, the watchers, the browser, and cheap password hashes."""

import gc
import logging
import os
import random
import re
import sys
from collections.abc import Generator
from functools import cache
from itertools import cycle

import pytest
from _pytest import fixtures
from django.conf import settings as hub_settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.middleware import csrf
from django.template import Template
from django.test.client import ClientHandler
from django.test.utils import _TestState, instrumented_test_render
from django.urls import get_resolver
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from hypothesis.internal.conjecture import providers
from pytest_django.plugin import blocking_manager_key

from grandunion.adapters import index
from tests.tables import begin_with_kept_tables

pytest_plugins = ["tests.cast", "tests.watching", "tests.browsing", "tests.posting", "tests.sharing_out",
                  "tests.inviting", "tests.packs"]  # fmt: skip

# Made-up examples are judged by what comes out, never by the clock: a busy machine is no fault of the house.
drawing.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("house")

# Examples also try the numbers and words that the code itself names; those of the floors whose functions are tried with
# examples: to look through every page and list for them as well takes each worker seconds.
providers.is_local_module_file = re.compile(r"/grandunion/(adapters|engines|terms)/").search

# One thread in each process for the arithmetic of vectors and texts, here and in the programs that tests start:
# as many threads as processors, twice, would spend most of their time waiting for each other at full speed.
for library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# What is compiled is kept, here and in those programs: to compile the house and its tests anew takes half a minute.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

LONGEST = ("test_sweep", "test_upkeep_demo", "test_forms", "test_sweep_posts", "test_sweep_figures", "test_durability",
           "test_worker_killed", "test_files", "test_sweep_dashboards")  # fmt: skip

# What pytest-django does around every test for marks, sites and classes of unittest, none of which are used here.
UNUSED = ("_django_set_urlconf", "_django_isolate_apps", "_django_clear_site_cache", "_django_setup_unittest",
          "_template_string_if_invalid_marker")  # fmt: skip

# Nothing that is loaded while tests are collected is rubbish; `_sweep_seldom` takes up the sweeping.
gc.disable()


def _nothing() -> None:
    """Stands once for the whole run where something unused would be set up and torn down at each test."""


addresses, apps, sites, classes, templates = (pytest.fixture(scope="session", name=one)(_nothing) for one in UNUSED)


@pytest.fixture(scope="session", autouse=True)
def _agreed_for_all(django_test_environment: None) -> None:
    """What holds in every test, by one fixture: pytest asks for each of them anew at each of thousands of tests."""
    laid_out = (_hash_cheaply, _mask_cheaply, _leave_refusals_unwritten, _draw_as_served, _enter_by_one_door)
    for agree in (*laid_out, _compare_words_alone, _ask_nothing_for_requests, _sweep_seldom):
        agree()


def _hash_cheaply() -> None:
    """The real hasher at its smallest cost: tests sign in hundreds of times."""
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


def _mask_cheaply() -> None:
    """Nobody guesses the tokens of forms here: chance need not come from the kernel, nor the masks sign by sign."""
    signs, draw = csrf.CSRF_ALLOWED_CHARS, random.Random().choices  # noqa: S311
    csrf._get_new_csrf_string = lambda: "".join(draw(signs, k=csrf.CSRF_SECRET_LENGTH))
    turned = [
        (sign * csrf.CSRF_SECRET_LENGTH, str.maketrans(signs, signs[by:] + signs[:by])) for by, sign in enumerate(signs)
    ]
    masks = cycle(turned)  # no two pages that follow each other have the same token

    def mask(secret: str) -> str:
        told, turn = next(masks)
        return told + secret.translate(turn)

    csrf._mask_cipher_secret = mask


def _leave_refusals_unwritten() -> None:
    """Tests are refused ten thousand pages on purpose: a line in a log for each is time for nobody."""
    for name in ("django.request", "django.security.csrf"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _draw_as_served() -> None:
    """Templates draw as they do for people: Django's tests copy what each of a page's eighty templates knows."""
    Template._render = _TestState.saved_data.template_render


def _enter_by_one_door() -> None:
    """Clients share one chain of middleware, as served people do: each would look through the static files anew."""
    load = ClientHandler.load_middleware

    @cache
    def chain() -> dict[str, object]:
        load(door := ClientHandler())
        return {name: part for name, part in vars(door).items() if name.startswith("_")}

    ClientHandler.load_middleware = lambda self: vars(self).update(chain())
    addresses = get_resolver()
    addresses.resolve = cache(addresses.resolve)  # the sweeps ask each address as eleven people


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers tell what their templates knew (`answer.context`)."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


def _compare_words_alone() -> None:
    """No sentence model where a test does not ask for it: one text costs as much as ten tests."""
    hub_settings.MEANING = os.environ["GRANDUNION_MEANING"] = "off"  # the latter for the servers tests start


def _ask_nothing_for_requests() -> None:
    """The fixture `request` depends on nothing: pytest inspects that anew, twice for each of thousands of tests."""
    names_in = fixtures.getfuncargnames
    fixtures.getfuncargnames = lambda made, *, name="", **more: (
        () if name == "request" else names_in(made, name=name, **more)
    )


def _sweep_seldom() -> None:
    """The house once loaded is not looked through for rubbish again, and what tests make only now and then.

    A full collection walks everything that is loaded: a tenth of the time of a sweep of all pages.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests come first: whoever runs short of tests at the end takes over small ones from the other."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """Each worker its own database; on SQLite that is the memory of its own process.

    pytest-django knows only Django's own engine as one that can live in memory, and ours is derived from it.
    """
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    names = connection.settings_dict["TEST"]
    if worker and (connection.vendor != "sqlite" or names["NAME"]):
        names["NAME"] = f"{names['NAME'] or 'test_grandunion'}_{worker}"
    if connection.vendor == "sqlite":
        begin_with_kept_tables()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A report goes without the names a test can be chosen by: nobody reads them, and they are half of what is sent."""
    report = yield
    report.keywords = {}
    return report


def pytest_sessionfinish() -> None:
    """What is left at the end goes with its process; pytest would look through all of it for rubbish first."""
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked postgresql runs in the round on PostgreSQL."""
    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        pytest.skip("says something only PostgreSQL can say; `make test` runs it there")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """What a test really keeps is emptied after it by Django, but for the index, which Django does not know."""
    if item.funcargs and _keeps_rows(item):  # one that was skipped was given nothing
        with item.config.stash[blocking_manager_key].unblock():
            for kind in index.KINDS:
                index.drop_many(kind, index.kept_ids(kind))


def _keeps_rows(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_marked = bool(marker and marker.kwargs.get("transaction"))
    return is_marked or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)
