"""The clock over projects: a step or a visit that falls due is told to the officer in charge, once."""

from datetime import date, timedelta

import pytest

from grandunion.records.journal import Entry
from grandunion.records.messages import Message
from grandunion.records.projects import Project, Visit
from grandunion.terms.readers import house
from grandunion.terms.secrecy import Level
from grandunion.work.actions.base import change
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.actions.projects.due import run_due
from tests.cast import NOON

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


def project(number, user, **values):
    given = {"state": "matching", "phase": "matching", "level": Level.ORGANISATION, "title_en": "Sensor",
             "next_step": "Call", "state_at": NOON, "created_at": NOON, "updated_at": NOON}  # fmt: skip
    return Project.objects.create(number=f"PRJ-2026-{number:04d}", in_charge=user, **{**given, **values})


def noted():
    return list(Entry.objects.order_by("seq").values_list("verb", "subject_number"))


def run(days=0, **more):
    at = NOON + timedelta(days=days)
    return run_due(house(at), at, **more)


def test_what_falls_due_is_noted_once_the_oldest_first_and_the_officer_told(ada_user):
    late = project(1, ada_user, next_step_on=TODAY - timedelta(days=3))
    later = project(2, ada_user, next_step_on=TODAY - timedelta(days=9))
    project(3, ada_user, next_step_on=TODAY + timedelta(days=1))
    project(4, ada_user, next_step_on=TODAY, state="on_hold")
    assert (run(limit=1), run(), run()) == (1, 1, 0)
    assert noted() == [("project.next_step_due", later.number), ("project.next_step_due", late.number)]
    read_journal(at=NOON)
    assert Message._base_manager.filter(user=ada_user, message_kind="reminder").count() == 2


def test_a_step_that_was_put_off_falls_due_anew(ada_user):
    one = project(1, ada_user, next_step_on=TODAY)
    assert (run(), run(1)) == (1, 0)
    change(one, at=NOON, next_step_on=TODAY + timedelta(days=5))
    assert (run(4), run(5), run(6)) == (0, 1, 0)


def test_visits_fall_due_until_they_are_made(ada_user):
    one = project(1, ada_user, state="landed")
    made = Visit.objects.create(project=one, label="month_3", due_on=TODAY - timedelta(days=1), visited_on=TODAY)
    Visit.objects.create(project=one, label="month_6", due_on=TODAY + timedelta(days=2))
    assert made.visited_on
    assert (run(), run(2), run(3)) == (0, 1, 0)
    assert noted() == [("project.visit_due", one.number)]
