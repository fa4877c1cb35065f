"""Rows read by the thousand are what the query's own values are, moments as days of the hub."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from grandunion.adapters.reading import Turned, read_rows
from grandunion.adapters.rows import insert_columns
from grandunion.records.lists import NumberSeries
from grandunion.records.projects import Project
from tests.cast import NOON

SHANGHAI = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # in the hub
pytestmark = pytest.mark.django_db


def test_values_are_the_querys_own_and_moments_are_days_of_the_zone() -> None:
    born = [MIDNIGHT - timedelta(microseconds=1), MIDNIGHT, MIDNIGHT + timedelta(microseconds=1)]
    given = {"number": ["PRJ-1", "PRJ-2", "PRJ-3"], "title_en": ["One"] * 3, "state": ["lead"] * 3,
             "phase": ["discovery"] * 3, "state_at": [NOON] * 3, "created_at": born, "updated_at": [NOON] * 3,
             "next_step_on": [None, NOON.date(), None],
             "first_funding": [None, Decimal("12.30"), Decimal("5.00")]}  # fmt: skip
    insert_columns(Project, 3, given)
    rows = Project.objects.unscoped("the test looks at the table").order_by("-pk")
    names = ("pk", "number", "next_step_on", "first_funding", "area_id", "area__code")
    assert read_rows(rows.values_list(*names), SHANGHAI) == list(rows.values_list(*names))
    days = [(date(2026, 3, 2),), (date(2026, 3, 2),), (date(2026, 3, 1),)]
    assert read_rows(rows.values_list("created_at"), SHANGHAI) == days


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham"])
def test_each_moment_lies_on_its_own_day_however_its_hour_is_cut(zone: str) -> None:
    """Of 2006: in St John's the clock was then turned back one minute after midnight."""
    turn = datetime(2006, 10, 29, 2, 30, tzinfo=UTC)
    born = [turn + timedelta(minutes=minute) for minute in range(-90, 90)]
    born += [MIDNIGHT + timedelta(minutes=11 * step, microseconds=step % 2) for step in range(200)]
    numbers = [f"PRJ-{place}" for place in range(len(born))]
    given = {"number": numbers, "title_en": numbers, "state": ["lead"] * len(born), "phase": ["discovery"] * len(born),
             "state_at": born, "created_at": born, "updated_at": born}  # fmt: skip
    insert_columns(Project, len(born), given)
    rows = Project.objects.unscoped("the test looks at the table").order_by("pk").values_list("created_at")
    there = ZoneInfo(zone)
    assert read_rows(rows, there) == [(moment.astimezone(there).date(),) for moment in born]


def test_of_nothing_come_no_rows() -> None:
    rows = Project.objects.unscoped("the test looks at the table").values_list("pk", "created_at")
    assert read_rows(rows, SHANGHAI) == read_rows(rows.filter(pk__in=[]), SHANGHAI) == []


@pytest.mark.parametrize("count", [1, 2, 449, 1000, 2701])
def test_many_rows_are_all_there_once_however_many_go_in_together(count: int) -> None:
    prefixes = [f"T{place}" for place in range(count)]
    ids = insert_columns(NumberSeries, count, {"prefix": prefixes, "last": [7] * count})
    found = NumberSeries.objects.filter(prefix__startswith="T").order_by("pk")
    assert list(found.values_list("pk", "prefix", "last")) == [
        (pk, prefix, 7) for pk, prefix in zip(ids, prefixes, strict=True)
    ]


def test_what_is_made_of_a_value_is_made_once() -> None:
    asked: list[int] = []
    doubled = Turned(lambda one: asked.append(one) or one * 2)
    assert doubled.all([1, 2, 1]) == [2, 4, 2]
    assert asked == [1, 2]
