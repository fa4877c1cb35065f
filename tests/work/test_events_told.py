"""Who hears what of meetings, out of what the journal says of them."""

from datetime import timedelta

import pytest

from grandunion.records.messages import Message
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import events as actions
from grandunion.work.actions.events.due import run_due
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(days=7)


@pytest.fixture
def event(ada):
    """An event of one place, open to members."""
    values = {"title_en": "A meeting", "place_en": "Hall", "starts_at": SOON, "ends_at": SOON + timedelta(hours=1),
              "capacity": 1}  # fmt: skip
    return actions.open_registration(actions.plan(values, by=ada, at=NOON), level=Level.MEMBERS, by=ada, at=NOON)


def heard(user, at=NOON):
    """What has been said to somebody so far, oldest first."""
    read_journal(at=at)
    rows = Message.objects.unscoped("a test reads what was said").filter(user=user).order_by("pk")
    return [row.text.en for row in rows]


def test_whoever_registers_hears_how_it_stands_and_when_they_move_up(ada_user, bo, bo_user, dee, dee_user, event):
    number = event.number
    first = actions.register(event, {}, by=bo, at=NOON)
    actions.register(event, {}, by=dee, at=NOON)
    assert f"Somebody registered for {number}." in heard(ada_user)
    actions.withdraw(first, by=bo, at=NOON)
    assert heard(dee_user) == [f"A place has become free: you are registered for {number}."]


def test_those_who_come_hear_of_another_hour_of_the_day_before_and_that_it_is_off(ada, bo, bo_user, event):
    number = event.number
    actions.register(event, {}, by=bo, at=NOON)
    actions.edit(event, {"text_en": "More words"}, by=ada, at=NOON)
    assert heard(bo_user) == []
    actions.edit(event, {"starts_at": SOON + timedelta(minutes=30)}, by=ada, at=NOON)
    assert heard(bo_user) == [f"Time or place of {number} has changed."]
    at = SOON - timedelta(hours=20)
    run_due(by=house(at), at=at)
    assert heard(bo_user, at)[1:] == [f"{number} is soon."]


def test_a_second_officer_hears_of_drafted_minutes_and_who_promised_of_the_day(
    ada, ada_user, bo_user, bo_company, event
):
    ben = make_user("ben@hub.example", Role.OFFICER)
    at = SOON + timedelta(hours=2)
    desk = reader_of(ada_user, at)
    actions.hold(event, by=desk, at=at)
    said = {"statement_kind": "commitment", "text_en": "We will", "organisation": bo_company.number}
    row = actions.state(event, said, by=desk, at=at)
    event.refresh_from_db()
    row.event = event
    action = actions.take_up(row, by=desk, at=at)
    later = at + timedelta(days=40)
    run_due(by=house(later), at=later)
    assert any("second person" in one for one in heard(ben, later))
    mine = heard(bo_user, later)
    assert f"Something was promised that is yours to do: {action.number}." in mine
    assert f"{action.number} is overdue." in mine
