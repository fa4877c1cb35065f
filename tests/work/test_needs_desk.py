"""The desk by the clock: who is asked and why, what stops a deadline, what happens when nobody acts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from grandunion.records.lists import Setting, Term
from grandunion.records.needs import Assignment, Need
from grandunion.terms.needs import AssignmentState, CallbackResult, Category, NeedState, Outcome
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house
from grandunion.terms.verdicts import Forbidden, Invalid, Refused
from grandunion.work.actions import needs as actions
from grandunion.work.actions.lists import put_setting
from grandunion.work.actions.needs.due import run_due
from grandunion.work.actions.upkeep.packs import load_pack
from grandunion.work.queries import journal, needs, search
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.needs import clocks
from tests.cast import NOON, make_organisation
from tests.packs import hefei_pack

pytestmark = pytest.mark.django_db

HEFEI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
FLATS = {
    "contact_name": "Bo",
    "category": Category.PARK_FACILITIES.value,
    "title_zh": "需要十套人才公寓",
    "text_zh": "新入职博士十人，希望在核心区租住人才公寓。",
}


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=HEFEI)


@pytest.fixture
def park(db):
    return make_organisation("Park Services", OrganisationKind.SERVICE, name_zh="园区服务公司")


@pytest.fixture
def zone(db):
    return make_organisation("Zone Committee", OrganisationKind.BUREAU, name_zh="园区管委会")


def row(code, organisation, *conditions, **more):
    return {
        "institution_zh": organisation.name_zh, "institution_en": organisation.name_en, "code": code,
        "organisation": organisation.number, "email": "", "level": 0, "capacity": 2, "is_automatic": True,
        "conditions": list(conditions), **more,
    }  # fmt: skip


def limit(step, within, unit="working_days", **more):
    return {"step": step, "within": within, "unit": unit, **more}


@pytest.fixture
def rules(park, zone):
    """A hub with two offices, two levels and the usual cadence."""
    level = {"limits": [limit("dispatch", 24, "hours"), limit("answer", 3), limit("solve", 15)]}
    cadence = [limit("poke", 9, "days"), limit("last_chance", 21, "days"), limit("abandon", 45, "days")]
    put_setting("sla", {**level, "reminders": cadence})
    put_setting("service_levels", [{"code": "slow", "limits": [limit("dispatch", 5), limit("solve", 30)]}])
    put_setting("levels", [{"level": n, "name_zh": f"第{n}级", "name_en": f"level {n}"} for n in range(2)])
    put_setting("desk", {
        "is_automatic": True, "escalate_after": limit("escalate", 1), "first_call_days": 10, "second_call_months": 5,
        "archive_after_days": 365, "remind_draft_after_days": 3,
        "services": [{"category": "policy", "service_level": "slow"}],
        "watch": {"days": 90, "thresholds": [{"code": "late", "measure": "late", "value": "0.3", "minimum": 2}]},
    })  # fmt: skip
    put_setting("routes", [
        row("park", park, {"categories": ["park_facilities"]}),
        row("zone", zone, {"categories": ["park_facilities"]}, level=1, is_automatic=False),
    ])  # fmt: skip


@pytest.fixture
def need(rules, bo):
    return actions.register(FLATS, by=bo, at=NOON)


def again(need):
    return Need.objects.unscoped("a test looks again").select_related("owner").get(pk=need.pk)


def told(need):
    return [line.verb for line in reversed(journal.timeline(need, 4, limit=200))]


def run(at):
    """The house does what is due until nothing is left."""
    total = 0
    while count := run_due(house(at), at):
        total += count
    return total


def row_of(need, place=0):
    return needs.assignment(need, needs.assignments(need)[place].pk)


def test_the_house_passes_a_simple_need_on_and_says_why(need, park, ada):
    assert run(NOON) == 1
    found = again(need)
    assert (found.state, found.in_charge) == (NeedState.DISPATCHED, None)
    asked = needs.assignments(found)[0]
    assert (asked.organisation, asked.route, asked.why_en) == (park, "park", "answers “Park facilities”")
    assert "need.passed_on_by_rule" in told(found)
    assert run(NOON) == 0


@pytest.mark.parametrize(
    "changed", [{"category": "talent"}, {"urgency": "critical"}, {"level": "unsure"}, {"switch": "off"}]
)
def test_an_officer_decides_where_the_data_do_not_suffice(rules, bo, park, changed):
    if "level" in changed:
        put_setting("routes", [row("park", park, {"categories": ["park_facilities"], "areas": ["core"]})])
    if "switch" in changed:
        put_setting("desk", {**Setting.objects.get(key="desk").value, "is_automatic": False})
    values = {name: value for name, value in changed.items() if name in ("category", "urgency")}
    need = actions.register({**FLATS, **values}, by=bo, at=NOON)
    assert run(NOON) == 0
    assert again(need).state == NeedState.RECEIVED


def test_a_call_that_an_import_brought_is_not_passed_on_by_itself(need):
    Need.objects.unscoped("a test makes it an imported one").filter(pk=need.pk).update(
        source_kind="eu", owner=None, contact_name=""
    )
    assert run(NOON) == 0
    assert again(need).state == NeedState.RECEIVED


def test_an_overloaded_office_gets_none_until_it_has_room(rules, bo, park, as_reader, operator):
    found = [actions.register(FLATS, by=bo, at=NOON) for _ in range(3)]
    run(NOON)
    assert [again(one).state for one in found] == ["dispatched", "dispatched", "received"]
    assert again(found[2]).basket_at == NOON
    (basket, _), waiting = needs.baskets(operator)
    assert (basket.load, basket.capacity, basket.is_full, waiting) == (2, 2, True, 1)
    assert run(NOON + timedelta(hours=1)) == 0  # it is told once that it waits
    actions.handle(row_of(again(found[0])), "help", answer="十套可租。", by=operator, at=NOON)
    run(NOON + timedelta(hours=2))
    assert (again(found[2]).state, again(found[2]).basket_at) == (NeedState.DISPATCHED, None)


def test_whoever_passes_it_on_says_whose_it_is_and_is_not_asked_again(need, park, zone, ada, operator):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    actions.pass_on(row_of(need), reason="不归我们管", suggest=zone.name_zh, by=operator, at=NOON)
    need = needs.get(need.number, ada)
    assert need.state == NeedState.TRIAGE
    put_setting("routes", [
        row("park", park, {"categories": ["park_facilities"]}), row("zone", zone, {"categories": ["park_facilities"]}),
        row("anybody", make_organisation("Anybody")),
    ])  # fmt: skip
    found = needs.answerers_for(need, ada, needs.assignments(need))
    assert [one.route.rule.code for one in found.able] == ["zone", "anybody"]
    assert found.able[0].why.en.startswith("suggested by Park Services")
    assert [(one.route.rule.code, one.why.en) for one in found.unable] == [("park", "has passed it on already")]


def test_nobody_is_suggested_who_is_not_here(need, park, ada, operator):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    with pytest.raises(Invalid):
        actions.pass_on(row_of(need), reason="no", suggest="谁也不是", by=operator, at=NOON)
    with pytest.raises(Invalid):
        actions.pass_on(row_of(need), reason="no", suggest=park.number, by=operator, at=NOON)


def test_a_question_to_the_applicant_stops_all_clocks_and_the_answer_starts_them(need, park, ada, bo):
    actions.dispatch(need, to=[park], by=ada, at=NOON)  # Wednesday noon: 3 working days for the office, 15 for all
    asked, whole = row_of(need).due_at, need.due_at
    assert (asked, whole) == (local("2026-11-23T18:00"), local("2026-12-09T18:00"))
    actions.ask_applicant(need, "几室几厅？", by=ada, at=local("2026-11-19T10:00"))
    assert (need.due_at, need.paused_at, row_of(need).due_at) == (None, local("2026-11-19T10:00"), None)
    assert run(local("2027-06-01T10:00")) == 0  # nothing falls due while the applicant owes an answer
    with pytest.raises(Forbidden):
        actions.ask_applicant(need, "还有呢？", by=ada, at=local("2026-11-20T10:00"))
    actions.reply(needs.get(need.number, bo), "两室。", by=bo, at=local("2026-11-23T10:00"))
    need = again(need)
    # Thursday and Friday do not count: each deadline moves by two working days.
    assert (row_of(need).due_at, need.due_at) == (local("2026-11-25T18:00"), local("2026-12-11T18:00"))
    known = needs.deadlines()
    assert clocks.due_as_of(need, local("2026-11-18T18:00"), known) == whole
    assert clocks.due_as_of(need, local("2026-11-20T18:00"), known) is None
    assert clocks.due_as_of(need, local("2026-11-24T18:00"), known) == need.due_at
    assert [one.answer for one in clocks.questions(need)] == ["两室。"]


def test_a_limit_that_starts_anew_gives_the_whole_time_again(rules, bo, ada, park):
    put_setting("sla", {"limits": [limit("solve", 5, on_correction="reset")]})
    need = actions.register(FLATS, by=bo, at=NOON)
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    actions.ask_applicant(need, "几人？", by=ada, at=local("2026-11-24T10:00"))
    actions.reply(need, "十人。", by=bo, at=local("2026-11-24T11:00"))
    assert again(need).due_at == local("2026-12-01T18:00")


def test_a_question_answered_by_nobody_ends_when_the_need_is_answered(need, ada):
    actions.ask_applicant(need, "几人？", by=ada, at=NOON)
    actions.answer(need, text="已安排", by=ada, at=NOON + DAY)
    assert (need.paused_at, need.state) == (None, NeedState.ANSWERED)
    with pytest.raises(Refused):
        actions.reply(need, "十人", by=ada, at=NOON + DAY)


def test_only_the_desk_and_who_answers_ask_and_only_the_applicant_answers(need, dee, ada, chen):
    with pytest.raises(Forbidden):
        actions.ask_applicant(need, "?", by=dee, at=NOON)
    actions.ask_applicant(need, "几人？", by=ada, at=NOON)
    with pytest.raises(Forbidden):
        actions.reply(need, "十人", by=chen, at=NOON)


def test_each_category_has_its_service_level(rules, bo, ada):
    need = actions.register({**FLATS, "category": "policy"}, by=bo, at=NOON)
    assert need.due_at == local("2026-11-25T18:00")
    actions.edit(need, {"category": "talent"}, by=ada, at=NOON + timedelta(hours=3))
    assert again(need).due_at == NOON + DAY
    assert clocks.due_as_of(again(need), NOON + timedelta(hours=1), needs.deadlines()) == local("2026-11-25T18:00")


def test_what_is_overdue_is_told_once_and_raised_one_level_and_no_further(need, ada):
    actions.move(need, "begin_triage", by=ada, at=NOON)
    assert run(NOON + DAY - timedelta(minutes=1)) == 0
    assert run(NOON + DAY) == 1
    assert told(need)[-1] == "need.overdue"
    assert run(local("2026-11-20T17:59")) == 0
    run(local("2026-11-20T18:00"))  # one working day after it was due
    found = again(need)
    assert (found.state, found.escalations) == (NeedState.ESCALATED, 1)
    assert found.due_at == local("2026-11-21T18:00")
    run(local("2026-12-20T18:00"))
    assert again(need).escalations == 1
    with pytest.raises(Refused, match="highest level"):
        actions.escalate(again(need), reason="again", by=ada, at=NOON)


def test_a_raised_need_is_offered_to_the_level_above(need, ada, zone):
    actions.move(need, "begin_triage", by=ada, at=NOON)
    actions.escalate(need, reason="跨部门", by=ada, at=NOON)
    found = needs.answerers_for(need, ada, [])
    assert [one.who for one in found.able] == [zone]
    assert found.choice is None


def test_nobody_takes_it_poke_last_chance_and_word_to_the_enterprise(need, park, ada):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    put_setting("desk", {**Setting.objects.get(key="desk").value, "escalate_after": None})
    said = []
    for days in range(1, 60):
        before = len(told(need))
        run(NOON + days * DAY)
        said += [(days, verb) for verb in told(need)[before:] if verb != "need.overdue"]
    assert said[:2] == [(9, "need.poked"), (21, "need.last_chance")]
    assert {verb for days, verb in said if days == 45} >= {"need.expired", "need.abandoned"}
    assert row_of(again(need)).state == AssignmentState.EXPIRED
    assert again(need).state == NeedState.TRIAGE


def test_a_worker_that_was_down_says_the_last_word_that_is_due_and_not_every_word(need, park, ada):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    put_setting("desk", {**Setting.objects.get(key="desk").value, "escalate_after": None})
    run(NOON + 30 * DAY)
    assert [verb for verb in told(need) if verb in ("need.poked", "need.last_chance")] == ["need.last_chance"]
    run(NOON + 90 * DAY)
    assert "need.abandoned" in told(need)


def test_after_a_reopening_the_old_answer_is_no_answer(need, park, zone, ada, operator):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    actions.handle(row_of(need), "help", answer="有十套。", by=operator, at=NOON)
    need = again(need)
    actions.rate(need, actions.Rating(1), by=ada, at=NOON)
    actions.reopen(need, reason="没有交付", by=ada, at=NOON + DAY)
    actions.dispatch(need, to=[zone], by=ada, at=NOON + DAY)
    actions.handle(row_of(need, 1), "take", by=operator, at=NOON + 2 * DAY)
    assert again(need).state == NeedState.DISPATCHED
    actions.handle(row_of(again(need), 1), "pass_on", reason="不是我们", by=operator, at=NOON + 2 * DAY)
    assert again(need).state == NeedState.TRIAGE


def test_one_who_took_it_is_not_poked(need, park, ada, operator):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    actions.handle(row_of(need), "take", by=operator, at=NOON)
    run(NOON + 10 * DAY)
    assert "need.poked" not in told(need)
    assert row_of(need).taken_at == NOON


@pytest.fixture
def closed(need, ada):
    actions.answer(need, text="已安排十套。", by=ada, at=NOON)
    actions.call_back(need, result=CallbackResult.SATISFIED, by=ada, at=NOON)
    return actions.close(need, "close_solved", outcome=Outcome.SUPPORT_FOUND, by=ada, at=NOON)


def test_the_applicant_is_called_ten_days_and_five_months_after_the_closing(closed, ada, as_reader, ada_user):
    assert closed.call_due_at == NOON + 10 * DAY
    assert run(NOON + 10 * DAY) == 1
    assert run(NOON + 11 * DAY) == 0
    assert told(closed)[-1] == "need.call_due"
    actions.follow_up(closed, result=CallbackResult.SATISFIED, by=ada, at=NOON + 11 * DAY)
    assert closed.call_due_at == NOON.replace(year=2027, month=4)
    actions.follow_up(closed, result=CallbackResult.PARTLY_SATISFIED, by=ada, at=NOON.replace(year=2027, month=4))
    assert closed.call_due_at is None
    assert [call.round for call in needs.callbacks(closed)] == [2, 1, 0]


def test_three_calls_in_vain_end_the_round(closed, ada):
    for _ in range(3):
        at = closed.call_due_at
        actions.follow_up(closed, result=CallbackResult.NOT_REACHED, by=ada, at=at)
    assert closed.call_due_at == NOON.replace(year=2027, month=4)


def test_the_unsatisfied_get_their_need_reopened_one_level_up(closed, ada):
    actions.follow_up(closed, result=CallbackResult.UNSATISFIED, by=ada, at=NOON + 10 * DAY, note="公寓没有交付")
    assert (closed.state, closed.escalations, closed.call_due_at) == (NeedState.ESCALATED, 1, None)
    assert closed.due_at > NOON + 10 * DAY


def test_only_closed_needs_are_followed_up(need, ada):
    with pytest.raises(Refused):
        actions.follow_up(need, result=CallbackResult.SATISFIED, by=ada, at=NOON)


def test_after_a_year_a_need_leaves_the_lists_but_not_the_search(closed, ada, as_reader, ada_user):
    run(NOON + 364 * DAY)
    assert again(closed).archived_at is None
    run(NOON + 365 * DAY)
    assert again(closed).archived_at == NOON + 365 * DAY
    assert closed.number not in numbers(ada)
    assert closed.number in numbers(ada, needs.ARCHIVE)
    assert needs.get(closed.number, ada).pk == closed.pk
    actions.bring_back(again(closed), by=ada, at=NOON)
    assert closed.number in numbers(ada)


def numbers(reader, of=needs.LISTING):
    return [number for number, _ in listing.page(of, reader, Question()).rows]


def test_an_open_need_is_not_archived(need, ada):
    with pytest.raises(Refused):
        actions.archive(need, by=ada, at=NOON)


def test_an_unfinished_need_is_reminded_once(rules, bo):
    need = actions.begin({"contact_name": "Bo"}, by=bo, at=NOON)
    version = again(need).version
    assert [run(NOON + days * DAY) for days in (2, 3, 4)] == [0, 1, 0]
    assert again(need).version == version  # the form somebody has open is not made stale


def test_offices_are_watched_from_the_published_threshold_on(rules, park, zone, ada, bo, as_reader):
    for place in range(4):
        need = actions.register(FLATS, by=bo, at=NOON - 30 * DAY)
        actions.dispatch(need, to=[park, zone] if place == 0 else [park], by=ada, at=NOON - 30 * DAY)
    found = needs.watch_list(ada)
    watched, too_few = found.offices
    assert (watched.number, watched.is_watched) == (park.number, True)
    assert watched.reasons[0].en == "Share late: 100% (threshold 30%, 4 cases)"
    assert (too_few.number, too_few.is_watched, too_few.crossings[0].is_crossed) == (zone.number, False, None)
    assert needs.watch_list(bo).offices == ()


def test_a_common_problem_is_answered_once_for_all_its_needs(rules, ada, bo, park):
    found = [actions.register({**FLATS, "title_zh": f"公寓 {n}"}, by=bo, at=NOON) for n in range(3)]
    issue = actions.collect({"title_zh": "人才公寓供给不足", "category": "park_facilities"}, by=ada, at=NOON)
    assert issue.number.startswith("CMI-2026-")
    for need in found[:2]:
        actions.link(need, to=issue.number, by=ada, at=NOON)
    actions.dispatch(found[1], to=[park], by=ada, at=NOON)
    actions.move_issue(issue, "start", by=ada, at=NOON)
    actions.answer_issue(issue, text="明年交付三百套。", by=ada, at=NOON + DAY)
    states = [again(need).state for need in found]
    assert states == [NeedState.ANSWERED, NeedState.ANSWERED, NeedState.RECEIVED]
    assert needs.facts(again(found[0]))["answer"] == "明年交付三百套。"
    actions.link(found[2], to=issue.number, by=ada, at=NOON + 2 * DAY)  # a late one is answered in the same breath
    assert again(found[2]).state == NeedState.ANSWERED
    page = needs.issue_page(issue, ada)
    assert (len(page.needs), page.others, page.waiting) == (3, 0, 0)
    assert needs.get_issue(issue.number, ada).answered_at == NOON + DAY


def test_common_problems_are_collected_by_officers_alone(rules, bo, dee, ada):
    with pytest.raises(Forbidden):
        actions.collect({"title_zh": "难"}, by=bo, at=NOON)
    with pytest.raises(Invalid):
        actions.collect({"text_zh": "没有标题"}, by=ada, at=NOON)
    issue = actions.collect({"title_zh": "难"}, by=ada, at=NOON)
    with pytest.raises(Refused):
        actions.answer_issue(issue, text="好", by=dee, at=NOON)


QUESTIONS = [
    {"code": "flats", "name_zh": "套数", "name_en": "How many", "kind": "number", "is_required": True, "choices": []},
    {"code": "size", "name_zh": "户型", "name_en": "Size", "kind": "choice", "is_required": False,
     "choices": [{"code": "two", "name_zh": "两室", "name_en": "Two rooms"}]},
    {"code": "soon", "name_zh": "是否急需", "name_en": "Urgent?", "kind": "yes_no", "is_required": False},
    {"code": "on", "name_zh": "入住", "name_en": "From", "kind": "day", "is_required": False},
]  # fmt: skip


@pytest.fixture
def flats(db):
    return Term.objects.create(
        list="need_subjects",
        code="facilities_flats",
        name_zh="人才公寓",
        name_en="Flats",
        details={"questions": QUESTIONS},
    )


def test_a_subject_asks_its_own_questions_and_keeps_the_answers_in_their_kinds(rules, flats, bo):
    given = {"flats": "10", "size": "two", "soon": "1", "on": "2027-01-05"}
    need = actions.register({**FLATS, "subject": flats.code, "details": given}, by=bo, at=NOON)
    assert need.details == {"flats": "10", "size": "two", "soon": True, "on": "2027-01-05"}
    said = needs.details_said(need.category, need.subject, need.details)
    assert [(name.en, value.en) for name, value in said] == [
        ("How many", "10"), ("Size", "Two rooms"), ("Urgent?", "Yes"), ("From", "5 Jan 2027"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "details.flats"), ({"flats": "ten"}, "details.flats"), ({"flats": "NaN"}, "details.flats"),
        ({"flats": 1, "size": "three"}, "details.size"), ({"flats": 1, "soon": "perhaps"}, "details.soon"),
        ({"flats": 1, "on": "tomorrow"}, "details.on"), ({"flats": 1, "colour": "red"}, "details.colour"),
        ({"flats": 10**20}, "details.flats"), ("text", "details"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_refused_at_its_question(rules, flats, bo, given, field):
    with pytest.raises(Invalid) as refused:
        actions.register({**FLATS, "subject": flats.code, "details": given}, by=bo, at=NOON)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_the_pack_of_hefei_routes_a_registration_by_itself_and_asks_an_officer_for_technology(operator, bo):
    load_pack(hefei_pack(), by=operator, at=NOON)
    simple = actions.register(
        {**FLATS, "category": "policy", "subject": "policy_registration", "details": {"matter": "moving"}},
        by=bo,
        at=NOON,
    )
    hard = actions.register({**FLATS, "category": "technology"}, by=bo, at=NOON)
    run(NOON)
    asked = needs.assignments(again(simple))[0]
    assert (asked.organisation.name_en[:11], asked.route) == ("Grand Union", "operator_registration")
    assert again(hard).state == NeedState.RECEIVED
    assert Assignment.objects.unscoped("a test counts").count() == 1


def test_a_common_problem_is_found_by_its_words_and_where_there_are_several_they_are_named(rules, ada, bo, park):
    parking = actions.collect(
        {"title_en": "No parking in the core area", "category": "park_facilities"}, by=ada, at=NOON
    )
    canteen = actions.collect(
        {"title_en": "No canteen in the core area", "category": "park_facilities"}, by=ada, at=NOON
    )
    need = actions.register(FLATS, by=bo, at=NOON)
    actions.link(need, to="parking", by=ada, at=NOON)
    assert need.issue == parking
    actions.unlink(need, by=ada, at=NOON)
    with pytest.raises(Invalid) as refused:
        actions.link(need, to="core area", by=ada, at=NOON)
    said = refused.value.problems[0].text
    assert parking.number in said.en
    assert canteen.number in said.zh
    with pytest.raises(Invalid, match="There are"):
        actions.link(need, to="helicopters", by=ada, at=NOON)
    actions.link(need, to="no canteen in the CORE area", by=ada, at=NOON)
    assert need.issue == canteen
    groups = {group.kind: [hit.number for hit in group.hits] for group in search.everywhere("parking", ada)}
    assert groups["issue"] == [parking.number]
