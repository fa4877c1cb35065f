"""All figures are counted anew while others work: what they write is not lost, and hardly anybody waits."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from grandunion.adapters import filling
from grandunion.records.plans import Counted
from grandunion.records.projects import Project
from grandunion.terms.readers import house
from grandunion.work.actions import base, journal
from grandunion.work.actions.plans import ledger
from grandunion.work.queries.plans import evaluating
from tests.cast import NOON
from tests.figures import make_indicators

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
LATER = NOON + timedelta(hours=1)
SOON = 10  # seconds: a recount of three projects waits for nobody


@pytest.fixture
def projects(db: None) -> list[Project]:
    """Three projects, in a ledger that has not counted them yet."""
    made = [_made(f"No. {place}") for place in range(3)]
    make_indicators(["projects_in_hand", "projects_lost"])
    Counted.objects.all().delete()
    return made


@pytest.fixture
def beside() -> Iterator[Callable[[Callable], object]]:
    """Does a deed on a connection of its own, and answers what it gives."""
    with ThreadPoolExecutor(1) as pool:

        def alone(deed: Callable[[], object]) -> object:
            try:
                return deed()
            finally:
                connection.close()

        yield lambda deed: pool.submit(alone, deed)


def _made(title: str) -> Project:
    with transaction.atomic():
        given = {"title_en": title, "state": "lead", "state_at": NOON}
        made = base.added(Project, "PRJ", given, verb="project.made", by=house(NOON), at=NOON)
        journal.step("project", made, source="", target="lead", by=house(NOON), at=NOON)
    return made


def _lost(one: Project, at: object) -> None:
    with transaction.atomic():
        changes = base.change(one, at=at, state="lost")
        journal.step("project", one, source="lead", target="lost", by=house(NOON), at=at)
        journal.note("project.lose", one, by=house(NOON), at=at, changes=changes)


def _is_true() -> bool:
    return evaluating.drift() == ()


@pytest.mark.parametrize("is_empty", [True, False])
def test_what_is_written_while_figures_are_counted_is_followed_afterwards(
    projects, beside, monkeypatch, is_empty: bool
) -> None:
    if not is_empty:
        ledger.recount(at=NOON)
    evaluate, told = ledger.evaluated_rows, []

    def then_written(record: str, *given: object) -> list:
        found = evaluate(record, *given)
        if record == "project" and not told:
            told.append(beside(lambda: _lost(projects[0], LATER)).result(SOON))  # it waits for nobody
            told.append(beside(Counted.objects.count).result(SOON))  # nor does a reader
        return found

    monkeypatch.setattr(ledger, "evaluated_rows", then_written)
    ledger.recount(at=LATER)
    assert told == [None, 0 if is_empty else 3]
    assert not _is_true()
    assert ledger.keep_up(at=LATER).followed
    assert _is_true()


def test_who_reads_on_for_long_stops_no_recount(projects, beside, monkeypatch) -> None:
    monkeypatch.setattr(filling, "WAIT", 100)
    begun, is_over = Event(), Event()

    def reads() -> int:
        with transaction.atomic():
            found = Counted.objects.count()
            begun.set()
            assert is_over.wait(SOON)
            return found

    reading = beside(reads)
    assert begun.wait(SOON)
    assert ledger.recount(at=LATER)[1] == 3
    is_over.set()
    assert reading.result(SOON) == 0
    assert _is_true()


def test_who_begins_to_read_while_rows_come_in_waits_until_they_are_there(projects, beside, monkeypatch) -> None:
    copied, waiting = filling.copy_in, []

    def then_read(*given: object) -> None:
        copied(*given)
        waiting.append(beside(Counted.objects.count))
        time.sleep(0.2)
        assert not waiting[0].done()

    monkeypatch.setattr(filling, "copy_in", then_read)
    ledger.recount(at=LATER)
    assert waiting[0].result(SOON) == 3
