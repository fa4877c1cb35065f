"""Behind every kind of figure, for every role: neither what counts nor what does not shows more than may be read."""

import pytest
from django.utils import timezone

from grandunion.terms.readers import visitor
from grandunion.terms.roles import Role
from grandunion.work.actions.parties.accounts import issue_token
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.plans.fields import SOURCES
from tests.asking import Asker
from tests.cast import NOON
from tests.figures import make_indicators, rows
from tests.interfaces.test_sweep import MARKER, _leaks, _people, world
from tests.lasting import lasting

__all__ = ["world"]
pytestmark = pytest.mark.django_db
DAY = f"as_of={NOON.date()}"
# One figure of each kind of record, the first of the pack: it asks least of its records.
COUNTED = [(row["counts"]["record"], code) for code, row in rows().items() if "record" in row.get("counts", {})]
CODES = dict(reversed(COUNTED))


def test_there_is_a_figure_of_every_kind_of_record_but_recognitions():
    assert set(SOURCES) - set(CODES) == {"recognition"}  # which are opened as organisations are


@pytest.fixture(scope="module")
def counted(world, django_db_blocker):
    """The world of the sweep with a figure of each kind of its records."""
    with lasting(django_db_blocker, lambda: make_indicators(CODES.values())):
        yield world


@pytest.mark.parametrize("role", ["visitor", *Role.codes()])
def test_nobody_opens_more_behind_a_figure_than_they_may_read(counted, role):
    planted, mine = counted
    user = _people(mine)[role]
    client, headers = Asker(), {}
    if user is not None:
        client.force_login(user)
        now = timezone.now()
        _, token = issue_token(user, "sweep", ["read"], 30, by=reader_of(user, now), at=now)
        headers = {"Authorization": f"Bearer {token}"}
    reader = visitor(NOON) if user is None else reader_of(user, NOON)
    leaks, shown = {}, 0
    for code in CODES.values():
        for address in (
            f"/w/indicators/{code}/?as_of=2026-11-01&by=university",  # with what was entered since
            f"/w/indicators/{code}/records/?{DAY}&format=csv", f"/w/indicators/{code}/uncounted/?{DAY}&format=csv",
            f"/api/v1/indicators/{code}/uncounted?{DAY}",
        ):  # fmt: skip
            answer = client.get(address, headers=headers if address.startswith("/api/") else {})
            assert answer.status_code in ((200, 302, 401) if user is None else (200,)), (address, answer.status_code)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = body.decode("utf-8", "replace")
            shown += bool(MARKER.search(text))
            if found := _leaks(text, reader, planted):
                leaks[address] = sorted(found)
    assert not leaks, "\n".join(f"{address}: {found}" for address, found in sorted(leaks.items())[:20])
    if role in ("officer", "planner"):
        assert shown > 15, "the sweep must see something, or it proves nothing"
