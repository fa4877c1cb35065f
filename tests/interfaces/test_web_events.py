"""The pages of events: the desk's, a member's, and what an outsider meets."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grandunion.terms.events import EventState, RegistrationState
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import events as actions
from grandunion.work.queries import events
from grandunion.work.queries.events import tickets
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db

S, RS = EventState, RegistrationState


@pytest.fixture
def desk(sign_in, ada_user):
    return sign_in(ada_user)


def planned(ada, hours=-2, **values):
    starts = NOON + timedelta(hours=hours)
    given = {"title_zh": "座谈会", "title_en": "Meeting", "place_zh": "创谷", "starts_at": starts,
             "ends_at": starts + timedelta(hours=2), **values}  # fmt: skip
    return actions.plan(given, by=ada, at=NOON)


def opened(ada, level=Level.MEMBERS, hours=24 * 3650, **values):
    return actions.open_registration(planned(ada, hours, **values), level=level, by=ada, at=NOON)


def held(ada):
    event = actions.move(planned(ada), "close_list", by=ada, at=NOON)
    return actions.hold(event, by=ada, at=NOON)


def again(event):
    event.refresh_from_db()
    return event


def test_the_desk_plans_opens_and_changes_an_event(desk, ada):
    values = {"title_zh": "座谈会", "event_kind": "meeting", "starts_at": "2036-12-01T14:00", "place_zh": "创谷"}
    response = desk.post("/w/events/new/", {**values, "submission": "once"})
    assert response.status_code == 303
    address = response["Location"]
    event = events.visible_to(ada).get()
    assert (event.title_zh, event.ends_at - event.starts_at) == ("座谈会", timedelta(hours=2))
    assert desk.post("/w/events/new/", {**values, "submission": "once"})["Location"] == address
    assert desk.post(f"{address}edit/", {**values, "capacity": "2", "version": event.version}).status_code == 303
    assert again(event).capacity == 2
    assert event.retain_until is not None
    assert desk.post(f"{address}edit/", {**values, "capacity": "0", "version": event.version}).status_code == 422
    assert desk.post(f"{address}moves/open/", {"level": "members"}).status_code == 303
    assert again(event).state == S.REGISTRATION_OPEN
    page = desk.get(address).content.decode()
    assert "报名中" in page


def test_the_agenda_is_written_in_rows(desk, ada):
    event = planned(ada)
    sent = {"at_1": "14:00", "topic_zh_1": "开场", "speaker_1": "Ada", "topic_en_3": "Talk", "at_2": "15:00"}
    assert desk.post(f"/w/events/{event.number}/agenda/", sent).status_code == 303
    assert [(one.topic.zh, one.speaker_en) for one in events.agenda(event)] == [("开场", "Ada"), ("Talk", "")]
    assert desk.post(f"/w/events/{event.number}/agenda/", {"at_1": "soon", "topic_zh_1": "开场"}).status_code == 422
    assert "开场" in desk.get(f"/w/events/{event.number}/agenda/").content.decode()


def test_a_member_registers_in_one_click_shows_the_ticket_and_withdraws(sign_in, ada, bo_user, dee_user):
    event, member = opened(ada), sign_in(bo_user)
    address = f"/w/events/{event.number}/"
    assert member.post(f"{address}register/").status_code == 303
    row = events.registrations(event).get()
    assert (row.user_id, row.state) == (bo_user.pk, RS.COMPLETE)
    ticket = member.get(f"{address}people/{row.pk}/ticket/").content.decode()
    assert "<svg" in ticket
    stranger = sign_in(dee_user)
    assert stranger.get(f"{address}people/{row.pk}/ticket/").status_code == 404
    assert stranger.post(f"{address}people/{row.pk}/withdraw/").status_code == 404
    assert stranger.get(f"{address}people/").status_code == 403
    assert member.post(f"{address}people/{row.pk}/withdraw/").status_code == 303
    assert events.registrations(event).get().state == RS.WITHDRAWN


def test_the_desk_invites_in_lines_and_every_wrong_line_is_named(desk, sign_in, ada, bo_user, bo_company, chen_person):
    event = planned(ada, 24 * 3650)
    address = f"/w/events/{event.number}/"
    wrong = desk.post(f"{address}invite/", {"who": "ORG-1999-0001\nPER-1999-0001", "attends_as": "enterprise"})
    assert wrong.status_code == 422
    assert "ORG-1999-0001" in wrong.content.decode()
    assert "PER-1999-0001" in wrong.content.decode()
    sent = {"who": f"{bo_company.number}\n{chen_person.number}\n某公司", "attends_as": "enterprise"}
    assert desk.post(f"{address}invite/", sent).status_code == 303
    assert [row.state for row in events.registrations(event)] == [RS.INVITED] * 3
    member, mine = sign_in(bo_user), events.registrations(event).get(organisation=bo_company)
    assert "accept" in member.get(address).content.decode()
    assert member.post(f"{address}people/{mine.pk}/accept/", {"name": "王博"}).status_code == 303
    assert events.registrations(event).get(pk=mine.pk).name_zh == "王博"


def test_the_door_takes_a_scanned_code_a_name_and_a_walk_in(desk, ada, bo, bo_company):
    event = actions.open_registration(planned(ada, 0.5), by=ada, at=NOON)
    first = actions.register(event, {}, by=bo, at=NOON)
    second = actions.register(event, {"name_en": "Eva", "organisation": "Somebody"}, by=ada, at=NOON)
    door = f"/w/events/{event.number}/door/"
    shown = desk.get(door, {"code": tickets.code_of(first)}).content.decode()
    assert "博机器人有限公司" in shown
    assert events.registrations(event).get(pk=first.pk).state == RS.COMPLETE
    assert desk.post(door, {"code": tickets.code_of(first)}).status_code == 303
    assert events.registrations(event).get(pk=first.pk).state == RS.ATTENDED
    forged = desk.post(door, {"code": "x"}, follow=True, headers={"accept-language": "en"})
    assert "not a ticket" in forged.content.decode()
    found = desk.get(door, {"q": "eva"}).content.decode()
    assert "Eva" in found
    assert "Bo Robotics" not in found
    assert desk.post(f"/w/events/{event.number}/people/{second.pk}/attend/", {"then": "door"})["Location"] == door
    assert desk.post(f"{door}new/", {"name": "Fay", "attends_as": "guest"}).status_code == 303
    assert events.counted(event)[RS.ATTENDED] == 3


def test_the_minutes_are_entered_by_lines_and_each_line_leads_on(desk, sign_in, ada, bo_company):
    event = held(ada)
    minutes = f"/w/events/{event.number}/minutes/"
    line = {"statement_kind": "difficulty", "organisation": bo_company.number, "text": "Engineers are missing"}
    assert desk.post(minutes, line).status_code == 303
    assert desk.post(minutes, {**line, "text": ""}).status_code == 422
    assert desk.post(minutes, {"statement_kind": "commitment", "text": "我们来办。"}).status_code == 303
    said = events.statements(event)
    assert [(row.text_en, row.text_zh) for row in said] == [("Engineers are missing", ""), ("", "我们来办。")]
    page = desk.get(minutes).content.decode()
    assert 'data-key="n"' in page
    assert 'data-key="a"' in page
    assert desk.post(f"{minutes}{said[0].pk}/need/").status_code == 303
    assert desk.post(f"{minutes}{said[1].pk}/action/").status_code == 303
    assert desk.post(f"{minutes}{said[0].pk}/", {"statement_kind": "difficulty", "text_zh": "缺人"}).status_code == 303
    assert events.statement(event, said[0].pk).need.number == "NED-2026-0001"
    assert desk.post(f"/w/events/{event.number}/moves/confirm/").status_code == 409
    second = sign_in(make_user("ben@hub.example", Role.OFFICER))
    assert second.post(f"/w/events/{event.number}/moves/confirm/").status_code == 303
    follow = second.get(f"/w/events/{event.number}/follow-up/").content.decode()
    assert "NED-2026-0001" in follow
    assert "ACT-2026-0001" in follow
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        file = second.get(f"{minutes}file/", {"format": kind, "language": "en"})
        assert file.content.startswith(start)
    assert second.get(f"{minutes}file/", {"format": "exe"}).status_code == 404
    table = second.get(minutes, {"format": "csv"}).content.decode()
    assert "commitment,我们来办。," in table


def test_a_member_reads_neither_minutes_nor_follow_up(sign_in, ada, bo_user):
    event = opened(ada)
    member = sign_in(bo_user)
    for path in ("minutes/", "minutes/file/", "minutes/summary/", "follow-up/", "people/", "door/", "edit/", "invite/"):
        assert member.get(f"/w/events/{event.number}/{path}").status_code == 403, path


def test_an_action_is_read_finished_and_taken_up_again(desk, sign_in, ada, bo_user, bo_company, dee_user):
    event = held(ada)
    row = actions.state(event, {"statement_kind": "commitment", "text_en": "We will do it",
                                "organisation": bo_company.number}, by=ada, at=NOON)  # fmt: skip
    row.event = again(event)
    action = actions.take_up(row, by=ada, at=NOON)
    address = f"/w/actions/{action.number}/"
    owner = sign_in(bo_user)
    assert "We will do it" in owner.get(address, headers={"accept-language": "en"}).content.decode()
    assert sign_in(dee_user).get(address).status_code == 404
    assert owner.post(f"{address}moves/finish/", {"result": ""}).status_code == 422
    assert owner.post(f"{address}moves/finish/", {"result": "Done"}).status_code == 303
    assert desk.post(f"{address}moves/take_up/", {"reason": "Not really"}).status_code == 303
    assert desk.post(f"{address}edit/", {"title_en": "Do it", "due_on": "2027-01-01"}).status_code == 303
    assert "ACT-2026-0001" in desk.get("/w/actions/").content.decode()


def test_the_calendar_address_is_shown_once_and_can_be_ended(sign_in, ada, bo_user, client):
    event, member = opened(ada, hours=240), sign_in(bo_user)
    member.post(f"/w/events/{event.number}/register/")
    shown = member.post("/w/events/feed/").content.decode()
    address = re.search(r"/calendar/[\w-]+\.ics", shown)[0]
    assert address not in member.get("/w/events/feed/").content.decode()
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    assert member.post("/w/events/feed/", {"end": "1"}).status_code == 303
    assert client.get(address).status_code == 404


def test_the_month_and_the_ics_of_one_event(desk, ada):
    event = opened(ada, hours=24)
    assert event.number in desk.get("/w/events/calendar/?month=2026-11").content.decode()
    assert desk.get("/w/events/calendar/?month=soon").status_code == 422
    assert b"BEGIN:VEVENT" in desk.get(f"/w/events/{event.number}/event.ics").content


def test_a_table_of_people_is_taken_in_whole_or_not_at_all(desk, ada):
    event = opened(ada)
    address = f"/w/events/{event.number}/people/import/"

    def send(text, name="people.csv"):
        return desk.post(address, {"file": SimpleUploadedFile(name, text.encode())})

    assert send("姓名,邮箱\n王,nowhere\n").status_code == 422
    assert send("姓名,邮箱\n王,a@b.example\n", "people.exe").status_code == 422
    assert send("姓名,邮箱\n王,a@b.example\n").status_code == 303
    people = desk.get(f"/w/events/{event.number}/people/?format=csv")
    assert "a@b.example" in people.content.decode()


def test_the_record_asks_a_bounded_number_of_questions(desk, ada, ada_user, queries):
    before = held(ada)
    rows = [actions.state(before, {"statement_kind": "difficulty", "text_en": f"Hard {n}"}, by=ada, at=NOON)
            for n in range(5)]  # fmt: skip
    for row in rows:
        row.event = again(before)
        actions.raise_need(row, by=ada, at=NOON)
    event = planned(ada, follows=before.number)
    desk.get(f"/w/events/{event.number}/")
    with queries(at_most=36):
        desk.get(f"/w/events/{event.number}/")
