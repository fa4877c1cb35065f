"""Messages and webhooks through the API: everybody their own, webhooks for administrators alone."""

from datetime import timedelta

import pytest

from grandunion.records.messages import Preference
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.work.actions import needs
from grandunion.work.actions.messages.deliveries import deliver
from grandunion.work.actions.messages.reading import read_journal
from tests.calling import Caller
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=3)
MAGNET = {"contact_name": "Bo", "contact_phone": "0551-1234567", "category": "technology",
          "title_zh": "高温超导线圈绕制", "title_en": "Winding of coils", "text_zh": "需要绕制线圈。"}  # fmt: skip


@pytest.fixture
def need(bo, ada_user):
    made = needs.register(MAGNET, by=bo, at=NOON)
    read_journal(at=LATER)
    return made


def test_somebody_reads_their_own_messages_and_nobody_else_does(need, ada_user, dee_user):
    adas, dees = Caller(ada_user), Caller(dee_user)
    told = adas.get("messages").json()
    (one,) = told["items"]
    assert (one["number"], one["kind"], one["is_read"]) == (need.number, "need", False)
    assert (one["title"]["en"], one["url"]) == ("Winding of coils", f"/w/needs/{need.number}/")
    assert told["unread"] == {"need": 1}
    assert dees.get("messages").json()["items"] == []
    assert dees.post(f"messages/{one['id']}/read").status_code == 404
    assert adas.post(f"messages/{one['id']}/read").json() == {"unread": {}}
    assert adas.get("messages").json()["items"] == []
    assert len(adas.get("messages?all=1&kind=need").json()["items"]) == 1
    assert len(adas.get(f"messages?all=1&before={one['id']}").json()["items"]) == 0
    assert adas.post("messages/read").json() == {"unread": {}}


@pytest.mark.parametrize("asked", ["kind=magic", "before=x", "colour=red", "before=9999999999999999999"])
def test_a_question_the_list_of_messages_does_not_know_is_refused(ada_user, asked):
    assert Caller(ada_user).get(f"messages?{asked}").status_code == 422


def test_everybody_chooses_how_they_are_told(ada_user):
    adas = Caller(ada_user)
    answer = adas.put("messages/choices/need", {"way": "digest", "is_shown": False}).json()
    assert {"kind": "need", "way": "digest", "is_shown": False} in answer["items"]
    assert Preference._base_manager.get().way == "digest"
    assert adas.put("messages/choices/need", {"way": "pigeon"}).status_code == 422
    assert adas.put("messages/choices/weather", {"way": "digest"}).status_code == 422
    assert "hub" not in {one["kind"] for one in adas.get("messages/choices").json()["items"]}


def test_a_record_is_watched_by_who_may_see_it(need, ada_user, dee_user):
    adas, dees = Caller(ada_user), Caller(dee_user)
    place = f"messages/watching/{need.number}"
    assert adas.put(place).json() == {"number": need.number, "is_watched": True}
    assert adas.get(place).json()["is_watched"] is True
    assert adas.delete(place).json()["is_watched"] is False
    assert dees.put(place).status_code == 404
    assert adas.put("messages/watching/ABC-2026-0001").status_code == 404


def test_an_administrator_looks_after_webhooks_and_nobody_else(listener, need, ada_user):
    roots, adas = Caller(make_user("root@hub.example", Role.ADMINISTRATOR)), Caller(ada_user)
    body = {"name": "Planning", "url": listener.url, "account": "ada@hub.example", "verbs": ["need.*"]}
    made = roots.made("webhooks", body)
    place = f"webhooks/{made['id']}"
    assert "secret" not in made
    assert roots.get(place).json()["secret"].startswith("whsec_")
    for answer in (adas.get("webhooks"), adas.get(place), adas.post("webhooks", body), adas.delete(place)):
        assert answer.status_code == 403
    assert roots.post(f"{place}/try").status_code == 200
    deliver(by=house(LATER), at=LATER.replace(year=2100))
    (told,) = roots.get(f"{place}/deliveries").json()["items"]
    assert (told["type"], told["state"], told["status"]) == ("hub.trial", "delivered", 204)
    assert roots.post(f"{place}/deliveries/{told['id']}/send").json()["items"][0]["state"] == "waiting"
    assert roots.post(f"{place}/deliveries/99/send").status_code == 404
    assert roots.put(place, {**body, "url": "https://127.0.0.1/"}).status_code == 422
    assert roots.put(place, {**body, "name": "Other"}).json()["name"] == "Other"
    assert roots.post(f"{place}/rotate").status_code == 200
    assert roots.post(f"{place}/pause").json()["state"] == "paused"
    assert roots.post(f"{place}/resume").json()["state"] == "active"
    assert roots.delete(place).status_code == 204
    assert roots.get(place).status_code == 404
