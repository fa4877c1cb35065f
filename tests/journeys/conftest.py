"""The ground of every story: an open second-factor gate, a clock at the doors, and a loaded hub."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from grandunion.interfaces.kit import middleware
from tests.journeys import ground


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    """Officers come in with their password only; the second factor has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False


class Clock:
    """The time at the doors; everything below them is told the time and has none of its own."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return timezone.now() + self.ahead

    def pass_days(self, days: int) -> None:
        """Let so many days go by."""
        self.ahead += timedelta(days=days)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The doors read this clock."""
    made = Clock()
    monkeypatch.setattr(middleware, "timezone", made)
    return made


@pytest.fixture
def loaded(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    django_capture_on_commit_callbacks: Callable,
    db: None,
) -> dict[str, int]:
    """The pack and the outside world's files through the command; answers how many rows each kind has.

    What a command leaves until its deed is kept (the figures follow) is done as soon as the command is.
    """
    found, absence = ground.sources(tmp_path)
    if absence:
        _say(request, absence)
    with django_capture_on_commit_callbacks(execute=True):
        ground.command("pack", "load", str(ground.ROOT / "packs" / "hefei"))
    for source in found:
        with django_capture_on_commit_callbacks(execute=True):
            ground.command(*source.words())
    return {source.kind: source.rows for source in found}


def _say(request: pytest.FixtureRequest, sentence: str) -> None:
    with request.config.pluginmanager.get_plugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{sentence}", file=sys.stderr)  # noqa: T201 - what is missing is said where it is seen
