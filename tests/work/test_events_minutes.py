"""What is said at a meeting becomes minutes, needs and promises; the meeting of 1 February 2024 is followed up."""

import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.journal import Entry
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.terms.events import ActionState, Attendance, EventState, RegistrationState, StatementKind
from grandunion.terms.needs import NeedState
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import Forbidden, Invalid, Refused
from grandunion.work.actions import events as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.actions.events.due import run_due
from grandunion.work.actions.upkeep.demo.diary import Diary
from grandunion.work.actions.upkeep.demo.events import Way
from grandunion.work.actions.upkeep.demo.stage import Stage
from grandunion.work.actions.upkeep.packs import load_pack
from grandunion.work.queries import events, needs
from grandunion.work.queries.events import papers
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user
from tests.packs import hefei_demo, hefei_pack

pytestmark = pytest.mark.django_db

S, K = EventState, StatementKind
LATER = NOON + timedelta(days=30)


@pytest.fixture
def ben_user(db):
    return make_user("ben@hub.example", Role.OFFICER)


@pytest.fixture
def ben(ben_user):
    """Ben, a second officer."""
    return reader_of(ben_user, NOON)


@pytest.fixture
def topics(db):
    for code in ("talent", "financing", "supply_chain", "operation"):
        Term.objects.create(list="event_topics", code=code, name_zh=code, name_en=code)


@pytest.fixture
def meeting(ada, topics):
    """A meeting that began three hours ago and was held."""
    starts = NOON - timedelta(hours=3)
    values = {"title_en": "A meeting", "place_en": "Hall", "starts_at": starts, "ends_at": NOON - timedelta(hours=1)}
    event = actions.plan(values, by=ada, at=NOON)
    actions.move(event, "close_list", by=ada, at=NOON)
    return actions.hold(event, by=ada, at=NOON)


def say(event, by, kind, text="We cannot find engineers. Twelve are missing.", **values):
    given = {"statement_kind": kind, "text_en": text, **values}
    row = actions.state(event, given, by=by, at=by.at)
    event.refresh_from_db()
    row.event = event
    return row


def test_the_first_statement_begins_the_draft_and_names_its_writer(ada, meeting):
    say(meeting, ada, K.PROGRESS)
    assert (meeting.state, meeting.minutes_by_id) == (S.MINUTES_DRAFT, ada.user_id)


def test_whoever_wrote_the_minutes_does_not_confirm_them(ada, ben, meeting):
    say(meeting, ada, K.SUGGESTION)
    with pytest.raises(Refused, match="second person"):
        actions.move(meeting, "confirm", by=ada, at=NOON)
    actions.move(meeting, "confirm", by=ben, at=NOON)
    assert (meeting.state, meeting.confirmed_by_id) == (S.MINUTES_CONFIRMED, ben.user_id)
    with pytest.raises(Forbidden, match="Correct the minutes"):
        say(meeting, ben, K.PROGRESS)
    actions.move(meeting, "correct", reason="A name is wrong", by=ben, at=NOON)
    row = events.statement(meeting, events.statements(meeting)[0].pk)
    actions.correct_statement(row, {"speaker_en": "Bo"}, by=ben, at=NOON)
    meeting.refresh_from_db()
    assert meeting.minutes_by_id == ben.user_id


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text_en": ""}, "text_zh"),
        ({"statement_kind": ""}, "statement_kind"),
        ({"statement_kind": "wish"}, "statement_kind"),
        ({"topic": "weather"}, "topic"),
        ({"organisation": "ORG-1999-0009"}, "organisation"),
        ({"need": "NED-2026-0001"}, "need"),
        ({"text_en": "11010519491231002X"}, "text_en"),
    ],
)
def test_a_statement_that_does_not_fit_is_refused_at_its_field(ada, meeting, values, field):
    given = {"statement_kind": K.DIFFICULTY, "text_en": "Hard", **values}
    with pytest.raises(Invalid) as refused:
        actions.state(meeting, given, by=ada, at=NOON)
    assert field in {problem.field for problem in refused.value.problems}


def test_nobody_but_the_desk_writes_or_reads_minutes_whole(ada, ben, bo, bo_company, dee, meeting):
    with pytest.raises(Forbidden):
        say(meeting, bo, K.PROGRESS)
    say(meeting, ada, K.DIFFICULTY, organisation=bo_company.number)
    say(meeting, ada, K.DIFFICULTY, "Another's trouble", organisation="Somebody Ltd")
    type(meeting)._base_manager.filter(pk=meeting.pk).update(level="members")
    meeting.refresh_from_db()
    assert events.page(meeting, bo, 1, is_desk=False).statements == ()
    actions.move(meeting, "confirm", by=ben, at=NOON)
    assert [row.organisation for row in events.page(meeting, bo, 1, is_desk=False).statements] == [bo_company]
    assert events.page(meeting, dee, 1, is_desk=False).statements == ()


def test_a_difficulty_becomes_a_need_with_everything_filled(ada, bo, bo_company, meeting):
    guest = {"organisation": bo_company.number, "name_en": "Bo", "phone": "13800000000", "email": "bo@company.example"}
    actions.register(meeting, guest, by=ada, at=NOON)
    row = say(meeting, ada, K.DIFFICULTY, topic="talent", organisation=bo_company.number, speaker_en="Bo")
    need = actions.raise_need(row, by=ada, at=NOON)
    need = needs.get(need.number, ada)
    assert (need.owner, need.category, need.state, need.raised_at) == (
        bo_company, "talent", NeedState.RECEIVED, meeting.number,
    )  # fmt: skip
    assert (need.title_en, need.text_en) == ("We cannot find engineers", row.text_en)
    assert (need.contact_name, need.contact_phone, need.contact_email) == ("Bo", "13800000000", "bo@company.example")
    assert needs.visible_to(bo).filter(pk=need.pk).exists()
    assert actions.raise_need(events.statement(meeting, row.pk), by=ada, at=NOON).pk == need.pk
    assert Entry.objects.filter(verb="need.raised", subject_number=need.number).count() == 1


def test_a_commitment_becomes_an_action_with_owner_and_day(ada, ben, bo, bo_company, dee, meeting):
    row = say(meeting, ada, K.COMMITMENT, "We will open the line. Soon.", organisation=bo_company.number)
    with pytest.raises(Refused, match="not a need"):
        actions.raise_need(row, by=ada, at=NOON)
    action = actions.take_up(row, by=ada, at=NOON)
    assert (action.number, action.owner, action.due_on) == ("ACT-2026-0001", bo_company, date(2026, 12, 18))
    assert (action.title_en, action.in_charge_id) == ("We will open the line", ada.user_id)
    assert events.get_action(action.number, bo) == action
    assert not events.actions_visible_to(dee).exists()
    assert actions.take_up(row, by=ada, at=NOON).pk == action.pk
    with pytest.raises(Forbidden):
        actions.change_action(action, {"due_on": "2027-01-01"}, by=bo, at=NOON)
    actions.change_action(action, {"due_on": "2026-11-20"}, by=ben, at=NOON)
    with pytest.raises(Refused, match="result"):
        actions.finish_action(action, result=" ", by=bo, at=NOON)
    assert actions.finish_action(action, result="Open since Monday", by=bo, at=NOON).state == ActionState.DONE
    with pytest.raises(Refused, match="Only these"):
        actions.move_action(action, "take_up", reason="No", by=bo, at=NOON)
    assert actions.move_action(action, "take_up", reason="It stopped", by=ada, at=NOON).done_at is None


def test_a_day_before_the_meeting_is_no_due_day(ada, meeting):
    row = say(meeting, ada, K.COMMITMENT)
    with pytest.raises(Invalid, match="after the event"):
        actions.take_up(row, {"due_on": "2020-01-01"}, by=ada, at=NOON)


def test_progress_leads_to_nothing(ada, meeting):
    row = say(meeting, ada, K.PROGRESS)
    for deed in (actions.raise_need, actions.take_up):
        with pytest.raises(Refused, match="Progress"):
            deed(row, by=ada, at=NOON)


def test_an_event_is_tracked_only_when_nothing_is_loose_and_done_when_all_is_settled(ada, ben, meeting):
    rows = [say(meeting, ada, kind, f"{kind} {n}") for n, kind in enumerate((K.DIFFICULTY, K.DIFFICULTY, K.COMMITMENT))]
    actions.move(meeting, "confirm", by=ben, at=NOON)
    with pytest.raises(Refused) as refused:
        actions.move(meeting, "track", by=ada, at=NOON)
    assert "each difficulty" in refused.value.reason.en
    assert "each commitment" in refused.value.reason.en
    for row in rows:
        row.event = meeting
    actions.settle(rows[0], note="Solved in the room", by=ada, at=NOON)
    with pytest.raises(Invalid, match="why"):
        actions.settle(rows[1], note=" ", by=ada, at=NOON)
    raised, promised = actions.follow_everything(events_of(meeting), by=ada, at=NOON)
    assert (len(raised), len(promised)) == (1, 1)
    actions.move(meeting, "track", by=ada, at=NOON)
    with pytest.raises(Refused, match="still open"):
        actions.move(meeting, "finish", by=ada, at=NOON)
    actions.finish_action(promised[0], result="Done", by=ada, at=NOON)
    need_actions.move(raised[0], "cancel", reason="Withdrawn", by=ada, at=NOON)
    assert actions.move(meeting, "finish", by=ada, at=NOON).state == S.DONE


def events_of(event):
    rows = events.statements(event)
    for row in rows:
        row.event = event
    return rows


def test_what_has_led_to_something_is_not_struck_out(ada, meeting):
    row, other = say(meeting, ada, K.DIFFICULTY), say(meeting, ada, K.PROGRESS)
    actions.raise_need(row, by=ada, at=NOON)
    with pytest.raises(Refused, match="stays in the minutes"):
        actions.strike(events.statement(meeting, row.pk), by=ada, at=NOON)
    with pytest.raises(Refused, match="stays a difficulty"):
        actions.correct_statement(events.statement(meeting, row.pk), {"statement_kind": "progress"}, by=ada, at=NOON)
    actions.strike(events.statement(meeting, other.pk), by=ada, at=NOON)
    assert len(events.statements(meeting)) == 1


def test_the_clock_reminds_of_promises_once_before_and_once_after_their_day(ada, meeting):
    action = actions.take_up(say(meeting, ada, K.COMMITMENT), by=ada, at=NOON)
    for days in (26, 28, 28, 31, 31):
        at = NOON + timedelta(days=days)
        run_due(by=house(at), at=at)
    verbs = list(Entry.objects.filter(subject_number=action.number).values_list("verb", flat=True).order_by("seq"))
    assert verbs == ["action.opened", "action.reminded", "action.overdue"]


def test_the_next_meeting_opens_with_what_the_last_one_set_going_overdue_first(ada, ada_user, ben, meeting, queries):
    say(meeting, ada, K.DIFFICULTY, topic="financing", organisation="Somebody Ltd")
    late, done = say(meeting, ada, K.COMMITMENT, "Late"), say(meeting, ada, K.COMMITMENT, "Kept")
    actions.take_up(late, {"due_on": "2026-11-25"}, by=ada, at=NOON)
    kept = actions.take_up(done, by=ada, at=NOON)
    actions.finish_action(kept, result="Kept", by=ada, at=NOON)
    actions.raise_need(events_of(meeting)[0], by=ada, at=NOON)
    values = {"title_en": "The next", "starts_at": LATER, "ends_at": LATER + timedelta(hours=1)}
    following = actions.plan({**values, "follows": meeting.number}, by=ada, at=NOON)
    desk = reader_of(ada_user, LATER)
    with queries(at_most=14):
        found = events.page(events.get(following.number, desk), desk, 2, is_desk=True)
    told = [(one.text.en, one.state.en, one.days_over) for one in found.before.threads]
    assert [days > 0 for _, _, days in told] == [True, True, False]
    assert told[1] == ("Late", "Open", 23)
    assert told[-1][:2] == ("Kept", "Done")
    assert found.before.is_complete
    assert events.page(events.get(meeting.number, desk), desk, 2, is_desk=True).next == following


@pytest.mark.parametrize("language", ["zh", "en"])
def test_minutes_print_as_word_and_pdf(ada, ben, bo_company, meeting, language):
    actions.walk_in(meeting, {"organisation": bo_company.number, "name_zh": "王博"}, by=ada, at=NOON)
    row = say(meeting, ada, K.DIFFICULTY, text_zh="招聘困难", organisation=bo_company.number, topic="talent")
    actions.raise_need(row, by=ada, at=NOON)
    word = papers.minutes_file(meeting, ada, language, "docx")
    inside = zipfile.ZipFile(BytesIO(word.content)).read("word/document.xml").decode()
    wanted = {
        "zh": ("会议纪要", "招聘困难", "博机器人有限公司", "困难"),
        "en": ("Minutes", "engineers", "Bo Robotics", "Difficulty"),
    }
    for words in wanted[language]:
        assert words in inside
    assert "NED-2026-0001" in inside
    pdf = papers.minutes_file(meeting, ada, language, "pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf.content


def test_printed_minutes_of_a_purged_event_name_nobody(ada, bo_company, meeting):
    actions.walk_in(meeting, {"organisation": bo_company.number, "name_en": "Secretname"}, by=ada, at=NOON)
    say(meeting, ada, K.PROGRESS)
    at = NOON + timedelta(days=900)
    run_due(by=house(at), at=at)
    meeting.refresh_from_db()
    paper = papers.minutes_paper(meeting, ada, "en")
    assert "1 people attended" in str(paper)
    assert "Secretname" not in str(paper)


ROWS = [
    (2, {"单位": "博机器人有限公司", "姓名": "王博", "身份": "企业代表", "已签到": "是", "电话": "138"}),
    (3, {"organisation": "Somebody Ltd", "name": "Eva", "as": "investor", "attended": "no"}),
]


def test_people_come_in_by_a_table_in_either_language(ada, bo_company, meeting):
    assert actions.import_people(meeting, ROWS, by=ada, at=NOON) == 2
    rows = list(events.registrations(meeting))
    assert [(row.state, row.attends_as) for row in rows] == [("attended", "enterprise"), ("complete", "investor")]
    assert rows[0].organisation == bo_company


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"name": "Eva", "colour": "red"}, "no column"),
        ({"phone": "1"}, "name"),
        ({"name": "Eva", "attended": "perhaps"}, "neither"),
        ({"name": "Eva", "email": "nowhere"}, "e-mail"),
        ({"name": "=1+1", "email": "a@b.c\x00"}, "broken"),
        ({"name": "x" * 400}, "100"),
    ],
)
def test_one_wrong_row_keeps_the_whole_table_out_and_is_named(ada, meeting, row, said):
    with pytest.raises(Invalid) as refused:
        actions.import_people(meeting, [*ROWS, (4, row)], by=ada, at=NOON)
    assert said in refused.value.reason.en
    assert "4" in refused.value.reason.en
    assert not events.registrations(meeting).exists()


def test_statements_come_in_by_a_table(ada, meeting):
    rows = [
        (2, {"类别": "困难", "议题": "talent", "中文内容": "缺人", "单位": "某公司"}),
        (3, {"Kind": "Progress", "English": "Well"}),
    ]
    assert actions.import_statements(meeting, rows, by=ada, at=NOON) == 2
    assert [row.statement_kind for row in events.statements(meeting)] == ["difficulty", "progress"]
    with pytest.raises(Invalid, match="Row 2"):
        actions.import_statements(meeting, [(2, {"Kind": "wish", "English": "x"})], by=ada, at=NOON)


# The meeting of 1 February 2024, as its report tells it; Hefei's own pack and rows, through the same actions.
HELD = datetime(2024, 2, 1, 4, tzinfo=UTC)
MARCH = datetime(2024, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def founding(ben_user, ada_user):
    """The meeting entered from the set's own row on the days after it, by the house."""
    load_pack(hefei_pack(), by=house(HELD), at=HELD)
    demo = hefei_demo()
    row = next(one for one in demo.events if one.held_on == date(2024, 2, 1))
    stage = Stage(demo, Diary(HELD + timedelta(days=4)))
    Way(stage, row).write()
    stage.diary.live(lambda done: None)
    return stage.get("event", row.code)


def test_the_meeting_of_february_2024_becomes_tracked_needs_and_a_whole_follow_up(founding, ada_user, ben_user):
    at = HELD + timedelta(days=4)
    ada = reader_of(ada_user, at)
    there = list(events.registrations(founding))
    assert sum(row.attends_as == Attendance.ENTERPRISE for row in there) == 14
    assert {row.name_en for row in there if row.attends_as == Attendance.OFFICIAL} == {
        "Lyu Bo", "Song Daojun", "Zhang Liye",
    }  # fmt: skip
    assert {row.state for row in there} == {RegistrationState.ATTENDED}
    assert {"Huacai New Energy Technology Co Ltd", "HeChen Bioworkx"} < {row.body.en for row in there}
    said = events_of(founding)
    difficulties = [row for row in said if row.statement_kind == K.DIFFICULTY]
    assert [row.topic.code for row in difficulties] == ["talent", "financing", "supply_chain"]

    raised, promised = actions.follow_everything(said, by=ada, at=at)
    assert (len(raised), promised) == (3, [])
    assert [need.category for need in raised] == ["talent", "financing", "supply_chain"]
    assert {need.raised_at for need in raised} == {founding.number} == {"EVT-2024-0001"}
    actions.move(founding, "track", by=ada, at=at)
    _work_on(raised, ada, at)

    desk = reader_of(ada_user, MARCH)
    found = events.follow_up(events.get(founding.number, desk), desk)
    assert found.is_complete
    states = {one.number: one.state.en for one in found.needs}
    assert len(states) == 3
    assert set(states.values()) <= {state.public_name.en for state in NEED_FLOW.states}
    assert all(one.is_open_to_reader for one in found.needs)
    assert found.settled == 1
    assert len(found.actions) == 0
    paper = str(papers.minutes_paper(events.get(founding.number, desk), desk, "en"))
    for words in ("Lyu Bo", "HeChen Bioworkx", "does not name × 12", "industrial chain coordination", *states):
        assert words in paper


def _work_on(raised, ada, at):
    """One is cancelled by its applicants, one is in triage, one waits."""
    need_actions.move(raised[0], "cancel", reason="Taken back", by=ada, at=at)
    need_actions.move(Need._base_manager.get(pk=raised[1].pk), "begin_triage", by=ada, at=at)
