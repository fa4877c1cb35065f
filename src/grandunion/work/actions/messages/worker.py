"""What the worker does, in its order: deeds by the clock, the journal, letters, the day's letters, webhooks."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F

from grandunion.adapters import locks
from grandunion.records.messages import Chore
from grandunion.terms.readers import house
from grandunion.work.actions.messages import alerts, unfinished
from grandunion.work.actions.messages.deliveries import deliver
from grandunion.work.actions.messages.digests import make_digests
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.actions.messages.tidying import forget

log = logging.getLogger(__name__)
# A column that has deeds on a clock has a room `due` with `run_due(by, at, limit) -> int`: oldest first, each in its
# own transaction, and done once however often it is called.
COLUMNS = ("achievements", "needs", "scenarios", "matches", "projects", "events", "plans")
BEAT = timedelta(minutes=1)  # between two looks at the clocks; and between two signs of life
Step = Callable[[datetime], int]


def steps() -> Iterator[tuple[str, Step, bool]]:
    """Every step as (code, deed, whether it is looked at only once a minute)."""
    for column, room in _rooms():
        yield f"{column}.due", _due(room), True
    yield "journal", lambda at: read_journal(at=at), False
    yield "alerts", lambda at: alerts.run_due(house(at), at), True
    yield "forms", lambda at: unfinished.remind(at=at), True
    yield "digests", lambda at: make_digests(at=at), True
    yield "mails", lambda at: send_mails(by=house(at), at=at), False
    yield "webhooks", lambda at: deliver(by=house(at), at=at), False
    yield "forgetting", lambda at: forget(at=at), True


@lru_cache(maxsize=1)
def _rooms() -> tuple[tuple[str, str], ...]:
    """The columns that have deeds on a clock, with their rooms."""
    found = ((column, f"grandunion.work.actions.{column}.due") for column in COLUMNS)
    return tuple((column, room) for column, room in found if find_spec(room))


def _due(room: str) -> Step:
    run = import_module(room).run_due
    return lambda at: run(by=house(at), at=at)


def alone() -> AbstractContextManager[bool]:
    """Whether this process is the worker of this machine, for as long as that lasts."""
    return locks.alone(settings.HOME / "worker.lock")


def work(at: datetime, busy: set[str]) -> int:
    """One round through all steps; answers how much was done. A step that fails is noted and holds up no other.

    `busy` is the worker's own memory: the steps that had something to do the last time, and are asked again at once.
    """
    done, known = 0, {row.code: row for row in Chore.objects.all()}
    for code, step, is_seldom in steps():
        chore = known.get(code) or Chore(code=code)
        if is_seldom and code not in busy and chore.ran_at and at - chore.ran_at < BEAT:
            continue
        count = _run(chore, step, at)
        (busy.add if count else busy.discard)(code)
        done += count
    return done


def _run(chore: Chore, step: Step, at: datetime) -> int:
    try:
        count = step(at)
    except DatabaseError as error:  # a full disk, a database that restarts: the next round tries again
        connection.close()
        log.warning("%s waits: %s", chore.code, error)
        with suppress(DatabaseError):
            _keep(chore, at, 0, f"{type(error).__name__}: {error}"[:500])
        return 0
    except Exception as error:  # whatever one step meets, the others go on; administrators see it
        log.exception("%s failed", chore.code)
        _keep(chore, at, 0, f"{type(error).__name__}: {error}"[:500])
        return 0
    _keep(chore, at, count, "")
    return count


def _keep(chore: Chore, at: datetime, count: int, problem: str) -> None:
    """A sign of life, at most once a minute where nothing else is to be said."""
    is_same = problem == chore.problem and not count and chore.ran_at and chore.ran_at > at - BEAT
    if is_same:
        return
    Chore.objects.get_or_create(code=chore.code)
    fresh = {"ran_at": at, "problem": problem, "failing_since": (chore.failing_since or at) if problem else None}
    rows = Chore.objects.filter(code=chore.code)
    rows.update(**fresh)
    if count and chore.code != "journal":  # which keeps its own count, with its mark
        rows.update(count=F("count") + count)
