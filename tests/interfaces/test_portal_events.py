"""The public events: found by anybody, registered for without an account, followed by a secret address."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from grandunion.interfaces.portal import guarding
from grandunion.terms.events import RegistrationState
from grandunion.terms.secrecy import Level
from grandunion.work.actions import events as actions
from grandunion.work.queries import events
from tests.cast import NOON

pytestmark = pytest.mark.django_db
RS = RegistrationState
GUEST = {"name": "李明", "organisation": "星火团队", "phone": "13800000000", "is_agreed": "on"}


@pytest.fixture(autouse=True)
def _nobody_came_before(db):
    cache.clear()


@pytest.fixture
def event(ada):
    """A public event in ten years, with two places."""
    starts = NOON + timedelta(days=3650)
    values = {"title_zh": "公开路演", "title_en": "Open roadshow", "place_en": "Hall", "starts_at": starts,
              "ends_at": starts + timedelta(hours=2), "capacity": 1}  # fmt: skip
    return actions.open_registration(actions.plan(values, by=ada, at=NOON), level=Level.PUBLIC, by=ada, at=NOON)


def sent(**changes):
    return {**GUEST, "opened": guarding.stamp(timezone.now() - timedelta(minutes=1)), **changes}


def test_a_public_event_is_listed_shown_and_kept_in_a_calendar_but_never_who_comes(client, ada, event):
    actions.register(event, {"name_en": "Secretname", "email": "secret@x.example"}, by=ada, at=NOON)
    for path in ("/events/", f"/events/{event.number}/", f"/events/{event.number}/event.ics", "/events/?q=roadshow"):
        answer = client.get(path, headers={"accept-language": "en"})
        assert "Open roadshow" in answer.content.decode(), path
        assert "ecretname" not in answer.content.decode()
    assert f"/events/{event.number}/" in client.get("/sitemap.xml").content.decode()
    page = client.get(f"/events/{event.number}/").content.decode()
    assert 'itemtype="https://schema.org/Event"' in page


def test_an_event_that_is_not_public_is_not_there(client, ada, event):
    hidden = actions.plan({"title_en": "Hidden", "starts_at": NOON + timedelta(days=9)}, by=ada, at=NOON)
    for path in ("", "event.ics", "register/"):
        assert client.get(f"/events/{hidden.number}/{path}").status_code == 404


def test_a_visitor_registers_follows_the_ticket_and_gives_the_place_back(client, ada, event):
    answer = client.post(f"/events/{event.number}/register/", sent())
    assert answer.status_code == 303
    address = answer["Location"]
    ticket = client.get(address)
    assert "ticket-code" in ticket.content.decode()
    assert ticket["Cache-Control"] == "no-store"
    assert ticket["X-Robots-Tag"].startswith("noindex")
    second = client.post(f"/events/{event.number}/register/", sent(name="王芳", phone="139"))["Location"]
    assert "ticket-code" not in client.get(second).content.decode()
    assert client.get(f"{address}withdraw/").status_code == 405
    assert client.post(f"{address}withdraw/").status_code == 303
    assert "ticket-code" in client.get(second).content.decode()
    assert [row.state for row in events.registrations(event)] == [RS.WITHDRAWN, RS.COMPLETE]
    assert client.get("/events/ticket/unknown/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"website": "http://spam"}, 409),
        ({"opened": "forged"}, 409),
        ({"opened": guarding.stamp(timezone.now())}, 409),
        ({"is_agreed": ""}, 422),
        ({"phone": "", "email": ""}, 422),
        ({"email": "nowhere"}, 422),
        ({"name": ""}, 422),
        ({"name": "\x00"}, 422),
        ({"name": "李" * 200}, 422),
        ({"note": "11010519491231002X"}, 422),
    ],
)
def test_what_no_guest_sends_is_held_back_with_a_sentence(client, event, changes, status):
    if changes.get("opened", "").count(":") and changes.keys() == {"opened"}:
        changes = {"opened": guarding.stamp(timezone.now())}
    answer = client.post(f"/events/{event.number}/register/", sent(**changes))
    assert answer.status_code == status
    assert not events.registrations(event).exists()
    assert re.search(r'class="(notice|field-error)', answer.content.decode())


def test_a_visitor_cannot_register_somebody_for_an_organisation_of_the_hub(client, event, bo_company):
    type(bo_company)._base_manager.filter(pk=bo_company.pk).update(level=Level.PUBLIC)
    assert client.post(f"/events/{event.number}/register/", sent(organisation="Bo Robotics")).status_code == 303
    row = events.registrations(event).get()
    assert (row.organisation, row.organisation_en) == (None, "Bo Robotics")
    number = sent(organisation=bo_company.number, name="王")
    assert client.post(f"/events/{event.number}/register/", number).status_code == 403


def test_one_address_does_not_fill_an_event(client, event, monkeypatch):
    monkeypatch.setitem(guarding.LIMITS, "register", 1)
    assert client.post(f"/events/{event.number}/register/", sent()).status_code == 303
    assert client.post(f"/events/{event.number}/register/", sent(name="王芳")).status_code == 429
