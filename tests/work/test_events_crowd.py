"""Many at once want the last places: each is given once, and each that comes back goes to one."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from grandunion.terms.events import RegistrationState
from grandunion.terms.readers import house
from grandunion.terms.secrecy import Level
from grandunion.work.actions import events as actions
from grandunion.work.queries import events, journal
from tests.cast import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
RS = RegistrationState
CROWD, PLACES = 12, 3


def at_once(deed: Callable[[int], object]) -> None:
    """The deed by everybody, each over a connection of their own."""

    def alone(number: int) -> None:
        try:
            deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(alone, range(CROWD)))


def test_a_crowd_gets_no_more_places_than_there_are_and_no_place_is_lost(db):
    by, starts = house(NOON), NOON + timedelta(days=7)
    values = {"title_en": "Crowded", "place_en": "Hall", "starts_at": starts, "capacity": PLACES}
    event = actions.open_registration(actions.plan(values, by=by, at=NOON), level=Level.MEMBERS, by=by, at=NOON)
    at_once(lambda number: actions.register(event, {"name_en": f"Guest {number}"}, by=by, at=NOON))
    assert events.counted(event) == Counter({RS.COMPLETE: PLACES, RS.WAITLISTED: CROWD - PLACES})
    seated = [row.pk for row in events.registrations(event).filter(state=RS.COMPLETE)]
    leaving = dict(enumerate(seated))

    def leave(number: int) -> None:
        if number in leaving:
            actions.withdraw(events.registration(event, leaving[number]), by=by, at=NOON)

    at_once(leave)
    assert events.counted(event) == Counter(
        {RS.COMPLETE: PLACES, RS.WITHDRAWN: PLACES, RS.WAITLISTED: CROWD - 2 * PLACES}
    )
    assert journal.first_broken() is None
