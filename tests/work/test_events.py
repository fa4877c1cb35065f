"""Events: planned, opened, held; who gets a place, who waits, what the door takes, what is forgotten."""

from datetime import date, timedelta

import pytest

from grandunion.records.events import CalendarKey
from grandunion.records.journal import Entry
from grandunion.records.lists import Setting, Term
from grandunion.records.parties import Access
from grandunion.terms.events import EventState, RegistrationState
from grandunion.terms.readers import house, visitor
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused
from grandunion.work.actions import events as actions
from grandunion.work.actions.events.due import run_due
from grandunion.work.queries import events
from grandunion.work.queries.events import tickets
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db

S, RS = EventState, RegistrationState
SOON = NOON + timedelta(days=7)
EVENING = SOON + timedelta(hours=2)
VALUES = {"title_zh": "座谈会", "title_en": "A meeting", "place_zh": "创谷", "starts_at": SOON, "ends_at": EVENING}


def planned(ada, **values):
    return actions.plan({**VALUES, **values}, by=ada, at=NOON)


def opened(ada, level=Level.MEMBERS, **values):
    return actions.open_registration(planned(ada, **values), level=level, by=ada, at=NOON)


def guest(event, by, name, at=NOON, **values):
    return actions.register(event, {"name_en": name, **values}, by=by, at=at)


def states(event):
    return [row.state for row in events.registrations(event)]


def later(user, at):
    return reader_of(user, at)


def test_an_officer_plans_an_event_that_only_the_desk_sees(ada, bo, dee):
    event = planned(ada)
    assert (event.number, event.state, event.level) == ("EVT-2026-0001", S.PLANNED, Level.ORGANISATION)
    assert event.retain_until == date(2027, 11, 25)
    assert list(events.visible_to(ada)) == [event]
    assert not events.visible_to(bo).exists()
    assert not events.visible_to(visitor(NOON)).exists()


def test_only_officers_plan(bo):
    with pytest.raises(Forbidden, match="officers"):
        planned(bo)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title_zh": "", "title_en": ""}, "title_zh"),
        ({"ends_at": SOON - timedelta(hours=1)}, "ends_at"),
        ({"registers_until": SOON + timedelta(hours=1)}, "registers_until"),
        ({"retain_until": "2026-11-01"}, "retain_until"),
        ({"event_kind": "party"}, "event_kind"),
        ({"capacity": "-3"}, "capacity"),
        ({"capacity": "0"}, "capacity"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"owner": "ORG-1999-0001"}, "owner"),
        ({"state": "done"}, "state"),
        ({"text_zh": "身份证 11010519491231002X"}, "text_zh"),
    ],
)
def test_a_field_that_does_not_fit_is_named(ada, values, field):
    with pytest.raises(Invalid) as refused:
        planned(ada, **values)
    assert refused.value.problems[0].field == field


def test_an_event_without_a_place_is_not_opened(ada):
    with pytest.raises(Refused, match="place"):
        opened(ada, place_zh="")


def test_members_see_an_opened_event_and_everybody_a_public_one(ada, dee):
    event = opened(ada)
    assert events.get(event.number, dee) == event
    assert not events.PUBLIC_EVENTS.rows(visitor(NOON)).exists()
    public = opened(ada, level=Level.PUBLIC)
    told = events.public_event(public.number, NOON)
    assert (told.is_open, told.left) == (True, None)
    with pytest.raises(Absent):
        events.public_event(event.number, NOON)


def test_a_planned_event_is_not_public_even_when_its_level_is(ada):
    event = planned(ada)
    type(event)._base_manager.filter(pk=event.pk).update(level=Level.PUBLIC)
    with pytest.raises(Absent):
        events.public_event(event.number, NOON)


def test_a_member_registers_with_what_the_account_says(ada, bo, bo_company):
    row = actions.register(opened(ada), {}, by=bo, at=NOON)
    assert (row.state, row.user_id, row.organisation, row.email) == (RS.COMPLETE, bo.user_id, bo_company, bo.email)
    assert row.came_by == "account"


def test_a_member_registers_a_colleague_but_nobody_of_another_organisation(ada, bo, bo_company, university):
    event = opened(ada)
    row = guest(event, bo, "Eva", organisation=bo_company.number)
    assert (row.user, row.organisation) == (None, bo_company)
    with pytest.raises(Forbidden, match="own organisation"):
        guest(event, bo, "Fay", organisation=university.number)
    told = guest(event, bo, "Gus", organisation="Test University")
    assert (told.organisation, told.organisation_en) == (None, "Test University")


def test_a_visitor_registers_for_a_public_event_and_follows_it_by_a_key(ada):
    event, key = opened(ada, level=Level.PUBLIC), actions.new_key()
    with pytest.raises(Invalid, match="telephone"):
        actions.register(event, {"name_zh": "李明"}, by=visitor(NOON), at=NOON, key=key)
    values = {"name_zh": "李明", "email": "Li@Team.example", "organisation": "李明团队"}
    row = actions.register(event, values, by=visitor(NOON), at=NOON, key=key)
    assert (row.email, row.organisation_zh, row.came_by) == ("li@team.example", "李明团队", "portal")
    assert events.ticket(key, NOON).row == row
    with pytest.raises(Absent):
        events.ticket("another", NOON)
    with pytest.raises(Refused, match="Only these"):
        actions.withdraw(row, by=visitor(NOON), at=NOON, key="another")
    assert actions.withdraw(row, by=visitor(NOON), at=NOON, key=key).state == RS.WITHDRAWN


def test_nobody_is_registered_twice(ada, bo):
    event = opened(ada)
    actions.register(event, {}, by=bo, at=NOON)
    with pytest.raises(Refused, match="already"):
        actions.register(event, {}, by=bo, at=NOON)
    guest(event, ada, "Eva", email="eva@x.example")
    with pytest.raises(Refused, match="already"):
        guest(event, ada, "Eva", email="EVA@x.example")


def test_the_same_form_sent_twice_registers_once(ada, bo):
    event = opened(ada)
    first = actions.register(event, {}, by=bo, at=NOON, submission="key")
    assert actions.register(event, {}, by=bo, at=NOON, submission="key") == first


def test_when_every_place_is_taken_people_wait_and_move_up_in_order(ada):
    event = opened(ada, capacity=2)
    rows = [guest(event, ada, name) for name in ("A", "B", "C", "D")]
    assert states(event) == [RS.COMPLETE, RS.COMPLETE, RS.WAITLISTED, RS.WAITLISTED]
    actions.withdraw(events.registration(event, rows[0].pk), by=ada, at=NOON)
    assert states(event) == [RS.WITHDRAWN, RS.COMPLETE, RS.COMPLETE, RS.WAITLISTED]
    assert Entry.objects.filter(verb="event.promoted").count() == 1
    actions.edit(event, {"capacity": 3}, by=ada, at=NOON)
    assert states(event)[3] == RS.COMPLETE


def test_an_approved_place_is_given_only_while_there_is_one(ada, bo, dee):
    event = opened(ada, needs_approval=True, capacity=1)
    rows = [actions.register(event, {}, by=one, at=NOON) for one in (bo, dee)]
    assert states(event) == [RS.PENDING, RS.PENDING]
    with pytest.raises(Refused, match="Only these"):
        actions.approve(rows[0], by=bo, at=NOON)
    actions.approve(rows[0], by=ada, at=NOON)
    with pytest.raises(Refused, match="place is taken"):
        actions.approve(rows[1], by=ada, at=NOON)
    actions.reject(rows[1], reason="Full", by=ada, at=NOON)
    assert events.registration(event, rows[1].pk).reason == "Full"


def test_registration_ends_at_its_hour(ada, bo_user):
    event = opened(ada, registers_until=NOON + timedelta(days=1))
    late = NOON + timedelta(days=2)
    with pytest.raises(Forbidden, match="not open"):
        actions.register(event, {}, by=later(bo_user, late), at=late)


def test_the_invited_see_a_closed_event_and_say_who_comes(ada, bo, bo_company, dee):
    event = actions.move(planned(ada), "close_list", by=ada, at=NOON)
    row = actions.invite(event, {"organisation": bo_company.number, "attends_as": "enterprise"}, by=ada, at=NOON)
    assert row.state == RS.INVITED
    assert events.get(event.number, bo) == event
    with pytest.raises(Absent):
        events.get(event.number, dee)
    with pytest.raises(Refused, match="name"):
        actions.accept(row, {}, by=bo, at=NOON)
    with pytest.raises(Refused):
        actions.accept(row, {"name_en": "Dee"}, by=dee, at=NOON)
    assert actions.accept(row, {"name_en": "Eva", "phone": "1"}, by=bo, at=NOON).state == RS.COMPLETE
    with pytest.raises(Refused, match="already"):
        actions.invite(event, {"organisation": bo_company.number}, by=ada, at=NOON)


def test_a_person_is_invited_by_number_and_opens_the_event_by_their_account(ada, chen, chen_person):
    event = actions.move(planned(ada), "close_list", by=ada, at=NOON)
    row = actions.invite(event, {"person": chen_person.number}, by=ada, at=NOON)
    assert (row.user_id, row.name_zh) == (chen.user_id, "陈佳")
    assert Access.objects.unscoped("a test counts").filter(subject_kind="event", user=chen.user_id).count() == 1
    assert actions.withdraw(row, by=chen, at=NOON).state == RS.WITHDRAWN


def test_the_door_takes_the_code_of_this_event_and_no_other(ada, ada_user, bo):
    event, other = opened(ada), opened(ada)
    row, elsewhere = actions.register(event, {}, by=bo, at=NOON), actions.register(other, {}, by=bo, at=NOON)
    at = later(ada_user, SOON)
    with pytest.raises(Refused, match="not there"):
        actions.check_in_by_code(event, tickets.code_of(row), by=ada, at=NOON)
    with pytest.raises(Refused, match="not a ticket"):
        actions.check_in_by_code(event, tickets.code_of(elsewhere), by=at, at=SOON)
    with pytest.raises(Refused, match="not a ticket"):
        actions.check_in_by_code(event, f"{event.pk}.{row.pk}:forged", by=at, at=SOON)
    address = f"https://hub.example/w/events/{event.number}/door/?code={tickets.code_of(row)}"
    assert actions.check_in_by_code(event, address, by=at, at=SOON).state == RS.ATTENDED
    with pytest.raises(Refused, match="already"):
        actions.check_in_by_code(event, tickets.code_of(row), by=at, at=SOON)
    with pytest.raises(Forbidden):
        actions.check_in_by_code(event, tickets.code_of(row), by=bo, at=SOON)
    assert actions.undo_check_in(events.registration(event, row.pk), by=at, at=SOON).state == RS.COMPLETE


def test_the_ticket_is_drawn_as_svg_without_a_style(ada, bo):
    row = actions.register(opened(ada), {}, by=bo, at=NOON)
    drawn = tickets.drawn(row, "https://hub.example/w/events/EVT-2026-0001/door/")
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "<script" not in drawn


def test_who_was_not_checked_in_did_not_come(ada, ada_user, bo):
    event = opened(ada)
    row, _ = actions.register(event, {}, by=bo, at=NOON), guest(event, ada, "Absent")
    desk = later(ada_user, SOON)
    actions.check_in(row, by=desk, at=SOON)
    walked = actions.walk_in(event, {"name_en": "Unannounced"}, by=desk, at=SOON)
    assert walked.state == RS.ATTENDED
    actions.hold(event, by=desk, at=SOON)
    assert states(event) == [RS.ATTENDED, RS.NO_SHOW, RS.ATTENDED]
    late = next(one for one in events.registrations(event) if one.state == RS.NO_SHOW)
    late.event = event
    assert actions.check_in(late, by=desk, at=SOON).state == RS.ATTENDED


def test_where_nobody_was_checked_in_nobody_is_said_to_have_missed_it(ada, ada_user, bo):
    event = opened(ada)
    actions.register(event, {}, by=bo, at=NOON)
    actions.hold(event, by=later(ada_user, SOON), at=SOON)
    assert states(event) == [RS.COMPLETE]


def test_an_event_is_not_held_before_it_begins(ada):
    with pytest.raises(Refused, match="not begun"):
        actions.hold(opened(ada), by=ada, at=NOON)


def test_the_clock_closes_reminds_and_forgets_in_order_and_only_once(ada, bo):
    event = opened(ada, registers_until=SOON - timedelta(days=2), retain_until=EVENING.date() + timedelta(days=3))
    actions.register(event, {"phone": "13800000000", "note": "lift"}, by=bo, at=NOON)
    guest(event, ada, "Eva", email="eva@x.example", organisation="Somebody Ltd")
    moments = [SOON - timedelta(days=2), SOON - timedelta(hours=20), EVENING + timedelta(days=9)]
    for at in moments:
        assert run_due(by=house(at), at=at) >= 1
        assert run_due(by=house(at), at=at) == 0
    event = events.get(event.number, ada)
    assert event.state == S.CLOSED
    verbs = list(Entry.objects.filter(verb__startswith="event.").order_by("seq").values_list("verb", flat=True))
    assert [one for one in verbs if one in ("event.closed", "event.reminded", "event.purged")] == [
        "event.closed", "event.reminded", "event.purged",
    ]  # fmt: skip
    for row in events.registrations(event):
        assert not any((row.name_zh, row.name_en, row.email, row.phone, row.note, row.user_id, row.tracking))
    assert event.counts == {
        "states": {"complete": 2}, "attends_as": {"guest": 2}, "came_by": {"account": 1, "desk": 1},
        "organisations": 1,
    }  # fmt: skip
    assert events.counted(event)[RS.COMPLETE] == 2


def test_a_worker_that_was_down_catches_up_in_order(ada):
    opened(ada)
    at = SOON + timedelta(days=800)
    assert run_due(by=house(at), at=at, limit=1) == 1
    assert run_due(by=house(at), at=at) == 1
    verbs = list(Entry.objects.order_by("-seq").values_list("verb", flat=True)[:2])
    assert verbs == ["event.purged", "event.closed"]


def test_after_the_names_are_forgotten_nobody_is_entered_and_no_invitation_is_left(ada, ada_user, chen_person, chen):
    event = actions.move(planned(ada), "close_list", by=ada, at=NOON)
    actions.invite(event, {"person": chen_person.number}, by=ada, at=NOON)
    at = SOON + timedelta(days=900)
    run_due(by=house(at), at=at)
    event.refresh_from_db()
    assert not Access.objects.unscoped("a test counts").filter(subject_kind="event").exists()
    with pytest.raises(Refused, match="forgotten"):
        guest(event, later(ada_user, at), "Eva", at=at)


def test_nobody_but_the_house_runs_what_is_due(ada):
    with pytest.raises(Forbidden, match="house"):
        run_due(by=ada, at=NOON)


def test_no_name_of_a_registration_stands_in_the_journal(ada, bo):
    event = opened(ada)
    guest(event, ada, "Verysecretname", email="verysecret@x.example", phone="13912345678")
    written = str(list(Entry.objects.values_list("values", flat=True)))
    assert "ecret" not in written
    assert "139123" not in written


def test_a_secret_calendar_address_shows_what_concerns_its_owner_until_it_is_renewed(ada, bo, bo_user, dee):
    mine, other = opened(ada), opened(ada, title_en="Another")
    actions.register(mine, {}, by=bo, at=NOON)
    key = actions.open_calendar(by=bo, at=NOON)
    ics = events.feed(key, "en", NOON, lambda one: f"https://hub.example/w/events/{one.number}/").decode()
    assert f"UID:{mine.number}@grandunion" in ics
    assert other.number not in ics
    assert "DTSTART:20261125T040000Z" in ics
    assert "SUMMARY:A meeting" in ics
    again = actions.open_calendar(by=bo, at=NOON)
    assert again != key
    with pytest.raises(Absent):
        events.feed(key, "en", NOON, lambda one: "")
    actions.close_calendar(by=bo, at=NOON)
    with pytest.raises(Absent):
        events.feed(again, "en", NOON, lambda one: "")
    kept = str(list(CalendarKey.objects.unscoped("a test reads what is kept").values()))
    assert key not in kept


def test_an_event_no_longer_visible_leaves_the_calendar(ada, bo, bo_company):
    event = actions.move(planned(ada), "close_list", by=ada, at=NOON)
    actions.invite(event, {"organisation": bo_company.number}, by=ada, at=NOON)
    assert events.events_of(bo) == [event]
    Access.objects.unscoped("a test ends an access").all().delete()
    assert events.events_of(bo) == []


def test_an_officer_of_another_area_does_not_run_the_event(ada, university):
    areas = [Term.objects.create(list="areas", code=code, name_zh=code, name_en=code) for code in ("core", "east")]
    event = planned(ada, area="core")
    east = reader_of(make_user("east@hub.example", Role.OFFICER, area=areas[1]), NOON)
    core = reader_of(make_user("core@hub.example", Role.OFFICER, area=areas[0]), NOON)
    assert list(events.visible_to(core)) == [event]
    assert not events.visible_to(east).exists()
    with pytest.raises(Forbidden):
        actions.edit(event, {"title_en": "Mine"}, by=east, at=NOON)


def test_called_off_and_planned_anew(ada, dee):
    event = opened(ada, level=Level.PUBLIC)
    actions.move(event, "cancel", by=ada, at=NOON, reason="Typhoon")
    with pytest.raises(Absent):
        events.public_event(event.number, NOON)
    assert events.get(event.number, dee).state == S.CANCELLED
    actions.move(event, "plan_anew", by=ada, at=NOON, reason="It has passed")
    assert (event.state, event.level) == (S.PLANNED, Level.ORGANISATION)


def test_the_agenda_is_kept_in_its_order(ada, bo):
    event = planned(ada)
    rows = [{"topic_en": "Welcome", "speaker_en": "Ada", "starts_at": SOON}, {"topic_zh": "讨论"}]
    actions.set_agenda(event, rows, by=ada, at=NOON)
    actions.set_agenda(event, rows[::-1], by=ada, at=NOON)
    assert [one.topic.en for one in events.agenda(event)] == ["讨论", "Welcome"]
    with pytest.raises(Invalid, match="Point 1"):
        actions.set_agenda(event, [{"speaker_en": "Ada"}], by=ada, at=NOON)


def test_the_month_shows_each_event_on_its_day(ada, bo, reading, queries):
    event = opened(ada)
    with reading(), queries(at_most=2):
        found = events.month(events.month_of("2026-11", NOON), bo)
    day = next(one for week in found.weeks for one in week if one.events)
    assert (day.on, day.events) == (date(2026, 11, 25), (event,))
    assert (found.before, found.after) == (date(2026, 10, 1), date(2026, 12, 1))
    with pytest.raises(Invalid, match="month"):
        events.month_of("2026-13", NOON)


def test_a_pack_says_how_long_names_are_kept(ada):
    Setting.objects.create(key="event_retention_days", value=30)
    assert planned(ada).retain_until == date(2026, 12, 25)
