"""A need from its first word to its closure, and who may do what to it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from grandunion.records.lists import Setting, Term
from grandunion.records.needs import Assignment, Need
from grandunion.terms.needs import AssignmentState, CallbackResult, Category, DraftStep, NeedState, Outcome, Urgency
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import base as policy
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import journal, needs
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db

HEFEI = ZoneInfo("Asia/Shanghai")
MAGNET = {
    "contact_name": "Bo",
    "contact_phone": "0551-1234567",
    "category": Category.TECHNOLOGY.value,
    "title_zh": "寻找高场超导磁体线圈绕制技术",
    "text_zh": "我们需要为聚变装置绕制高温超导线圈，要求临界电流不低于 500 A。",
}


@pytest.fixture
def helper(db):
    return make_organisation("Cryogenics Institute", OrganisationKind.INSTITUTE, name_zh="低温研究所")


@pytest.fixture
def helper_user(helper):
    return make_user("eve@institute.example", Role.UNIVERSITY, helper)


@pytest.fixture
def eve(helper_user, as_reader):
    """Eve, who answers for an institute."""
    return as_reader(helper_user)


@pytest.fixture
def need(bo):
    """A need Bo's company has handed in."""
    return actions.register(MAGNET, by=bo, at=NOON)


@pytest.fixture
def asked(need, ada, helper):
    """The need, dispatched to the institute."""
    return actions.dispatch(need, to=[helper], by=ada, at=NOON, question="Can you wind it?")


def only(need):
    return needs.assignment(need, needs.assignments(need)[0].pk)


def test_an_officer_handles_a_need_from_the_phone_call_to_its_closure(ada, eve, bo_company, helper, reading):
    need = actions.register({**MAGNET, "organisation": bo_company.number}, by=ada, at=NOON)
    assert (need.state, need.owner, need.received_at) == (NeedState.RECEIVED, bo_company, NOON)
    actions.dispatch(need, to=[helper], by=ada, at=NOON)
    assert (need.state, need.in_charge_id) == (NeedState.DISPATCHED, ada.user_id)
    actions.handle(only(needs.get(need.number, eve)), "help", answer="我们可以绕制。", by=eve, at=NOON)
    need = needs.get(need.number, ada)
    assert need.state == NeedState.ANSWERED
    actions.call_back(need, result=CallbackResult.SATISFIED, by=ada, at=NOON, note="happy")
    actions.close(need, "close_solved", outcome=Outcome.SUPPORT_FOUND, by=ada, at=NOON)
    assert (need.state, need.closed_at, need.due_at) == (NeedState.CLOSED_SOLVED, NOON, None)
    with reading():
        passed = [step.target for step in journal.steps("need", need.pk)]
    assert passed == ["draft", "received", "dispatched", "answered", "called_back", "closed_solved"]


def test_a_need_is_stated_in_three_saved_steps_by_somebody_without_an_account(ada):
    key, who = actions.new_key(), visitor(NOON)
    need = actions.begin({"contact_name": "Team leader"}, by=who, at=NOON, key=key)
    assert (need.level, need.step) == (Level.NAMED, DraftStep.CONTACT)
    with pytest.raises(Absent):
        needs.get(need.number, ada)  # a draft is its author's alone
    with pytest.raises(Forbidden):
        actions.save_step(need, DraftStep.COMPANY, {}, by=who, at=NOON, key="another key")
    need = needs.followed(key)
    actions.save_step(need, DraftStep.COMPANY, {"organisation": "量子芯片团队"}, by=who, at=NOON, key=key)
    actions.save_step(
        need, DraftStep.DESCRIPTION, {"title_zh": "实验室", "text_zh": "需要洁净间"}, by=who, at=NOON, key=key
    )
    actions.submit(need, by=who, at=NOON, key=key)
    need = needs.get(need.number, ada)
    assert (need.state, need.applicant_name, need.tracking) == ("received", "量子芯片团队", needs.fingerprint(key))
    assert key not in str(need.__dict__)


def test_a_draft_is_not_handed_in_before_it_says_what_is_needed(bo):
    need = actions.begin({"contact_name": "Bo"}, by=bo, at=NOON)
    with pytest.raises(Invalid) as refused:
        actions.submit(need, by=bo, at=NOON)
    assert {problem.field for problem in refused.value.problems} == {"title_zh", "text_zh"}


def test_the_second_sending_of_a_form_answers_the_first_need(bo):
    first = actions.register(MAGNET, by=bo, at=NOON, submission="k")
    assert actions.register(MAGNET, by=bo, at=NOON, submission="k").pk == first.pk
    assert needs.visible_to(bo).count() == 1


def test_a_member_states_needs_for_the_own_organisation_only(bo, helper):
    with pytest.raises(Forbidden):
        actions.register({**MAGNET, "organisation": helper.number}, by=bo, at=NOON)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", "magic"), ("trl_wanted", 12), ("budget", "-1"), ("currency", "QQQ"), ("contact_email", "not one"),
        ("title_zh", "x" * 301), ("text_zh", "a\x00b"), ("organisation", "ORG-2026-9999"), ("field", "nothing"),
        ("wanted_by", "tomorrow"), ("urgency", "now"), ("number", "NED-1"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_at_its_field(ada, field, value):
    with pytest.raises(Invalid) as refused:
        actions.register({**MAGNET, field: value}, by=ada, at=NOON)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_stale_edit_overwrites_nothing(need, ada, bo):
    theirs, mine = needs.get(need.number, ada), needs.get(need.number, bo)
    actions.edit(theirs, {"title_zh": "改过的标题"}, by=ada, at=NOON, version=theirs.version)
    with pytest.raises(Stale) as stale:
        actions.edit(mine, {"title_zh": "我的标题"}, by=bo, at=NOON, version=mine.version)
    assert stale.value.differences == (("title_zh", "改过的标题", "我的标题"),)


def test_dispatching_lets_the_answerer_read_the_contact_and_passing_on_ends_it(asked, eve, dee):
    need = needs.get(asked.number, eve)
    assert policy.clearance(eve, need) == 2
    with pytest.raises(Absent):
        needs.get(asked.number, dee)
    actions.handle(only(need), "pass_on", reason="no cryostat", by=eve, at=NOON)
    with pytest.raises(Absent):
        needs.get(asked.number, eve)


def test_a_need_that_everybody_passes_on_comes_back_to_the_desk(asked, eve, ada):
    actions.handle(only(needs.get(asked.number, eve)), "pass_on", reason="not ours", by=eve, at=NOON)
    assert needs.get(asked.number, ada).state == NeedState.TRIAGE


def test_of_two_who_answer_at_once_the_later_one_sees_that_the_other_has(asked, university, office, eve, ada):
    actions.ask_also(needs.get(asked.number, ada), to=[university], by=ada, at=NOON)
    mine, theirs = needs.assignments(needs.get(asked.number, ada))
    mine.need, theirs.need = needs.get(asked.number, ada), needs.get(asked.number, ada)  # each read before the other
    actions.handle(mine, "find_no_help", answer="no cryostat", by=eve, at=NOON)
    actions.edit(needs.get(asked.number, ada), {"urgency": "high"}, by=ada, at=NOON)
    actions.handle(theirs, "find_no_help", answer="no capacity", by=office, at=NOON)
    assert needs.get(asked.number, ada).state == NeedState.ANSWERED


def test_the_first_who_helps_answers_for_the_need(asked, ada, eve, university, office):
    actions.ask_also(needs.get(asked.number, ada), to=[university], by=ada, at=NOON)
    need = needs.get(asked.number, eve)
    actions.handle(only(need), "find_no_help", answer="no capacity", by=eve, at=NOON)
    assert needs.get(asked.number, ada).state == NeedState.DISPATCHED
    theirs = needs.assignment(need, needs.assignments(need)[1].pk)
    actions.handle(theirs, "help", answer="come and see us", by=office, at=NOON)
    assert needs.get(asked.number, ada).state == NeedState.ANSWERED


def test_an_assignee_answers_for_itself_only(asked, ada, eve, university):
    actions.ask_also(needs.get(asked.number, ada), to=[university], by=ada, at=NOON)
    need = needs.get(asked.number, eve)
    other = needs.assignment(need, needs.assignments(need)[1].pk)
    with pytest.raises(Refused):
        actions.handle(other, "help", answer="for them", by=eve, at=NOON)
    assert Assignment.objects.unscoped("a test looks").get(pk=other.pk).state == AssignmentState.WAITING


@pytest.fixture
def answered(need, ada):
    return actions.answer(need, text="这里可以做", by=ada, at=NOON)


def test_solved_needs_the_applicants_word(answered, ada, bo):
    actions.rate(needs.get(answered.number, bo), actions.Rating(2, True, False, "slow"), by=bo, at=NOON)
    need = needs.get(answered.number, ada)
    with pytest.raises(Refused, match="applicant has not said"):
        actions.close(need, "close_solved", outcome=Outcome.MONEY, by=ada, at=NOON)
    actions.close(need, "close_explained", note="outside the law", by=ada, at=NOON)
    assert need.outcome_note == "outside the law"


def test_an_unsatisfied_applicant_reopens_and_the_desk_escalates(answered, ada, bo):
    actions.rate(needs.get(answered.number, bo), actions.Rating(1), by=bo, at=NOON)
    need = needs.get(answered.number, bo)
    actions.reopen(need, reason="nothing happened", by=bo, at=NOON)
    need = needs.get(answered.number, ada)
    actions.escalate(need, reason="second time", by=ada, at=NOON)
    assert (need.state, need.escalations, need.closed_at) == (NeedState.ESCALATED, 1, None)


def test_an_old_call_back_says_nothing_about_a_new_round(answered, ada, bo, helper):
    actions.call_back(answered, result=CallbackResult.SATISFIED, by=ada, at=NOON)
    actions.reopen(answered, reason="broke again", score=1, by=ada, at=NOON)
    actions.answer(answered, text="again", by=ada, at=NOON)
    actions.rate(answered, actions.Rating(1), by=ada, at=NOON)
    with pytest.raises(Refused):
        actions.close(answered, "close_solved", outcome=Outcome.MONEY, by=ada, at=NOON)


def test_a_call_in_vain_leaves_the_need_where_it_is(answered, ada):
    actions.call_back(answered, result=CallbackResult.NOT_REACHED, by=ada, at=NOON)
    assert answered.state == NeedState.ANSWERED
    assert [call.result for call in needs.callbacks(answered)] == ["not_reached"]


def test_two_needs_are_handled_together_and_separated_again(need, ada, bo):
    twin = actions.register(MAGNET, by=bo, at=NOON)
    actions.merge(twin, into=need.number, by=ada, at=NOON)
    assert (twin.state, twin.merged_into) == (NeedState.MERGED, need)
    with pytest.raises(Invalid):
        actions.merge(need, into=need.number, by=ada, at=NOON)
    actions.move(twin, "separate", reason="two machines", by=ada, at=NOON)
    assert (twin.state, twin.merged_into) == (NeedState.TRIAGE, None)


def test_a_second_person_publishes(ada, ada_user, bo, as_reader):
    own = actions.register(MAGNET, by=ada, at=NOON)
    with pytest.raises(Forbidden, match="second person"):
        actions.open_to(own, Level.PUBLIC, by=ada, at=NOON)
    colleague = as_reader(make_user("ann@hub.example", Role.OFFICER))
    actions.open_to(own, Level.PUBLIC, by=colleague, at=NOON)
    assert needs.visible_to(visitor(NOON)).get() == own


# Who is offered which moves: role × state, as the page shows them.
OFFERED = {
    ("ada", "received"): {"begin_triage", "dispatch", "answer", "escalate", "merge", "mark_as_spam", "cancel"},
    ("bo", "received"): {"cancel"},
    ("dee", "received"): set(),
    ("ada", "dispatched"): {"take_back", "answer", "escalate", "merge", "cancel"},
    ("eve", "dispatched"): set(),
    ("bo", "answered"): {"rate", "cancel"},
    ("ada", "answered"): {"rate", "call_back", "cancel"},
}  # fmt: skip


@pytest.mark.parametrize(("who", "state"), OFFERED)
def test_everybody_is_offered_just_their_moves(request, need, who, state, ada, helper):
    if state != "received":
        actions.dispatch(need, to=[helper], by=ada, at=NOON)
    if state == "answered":
        actions.answer(need, text="done", by=ada, at=NOON)
    reader = request.getfixturevalue(who)
    assert {move.code for move, _ in permissions.offers(reader, need)} == OFFERED[who, state]


@pytest.mark.parametrize(
    ("limits", "due"),
    [
        ([], "2026-11-19 18:00"),  # the house's own: one working day
        ([{"step": "dispatch", "within": 24, "unit": "hours"}], "2026-11-19 12:00"),
        ([{"step": "contact", "within": 60, "unit": "minutes"}], "2026-11-18 13:00"),
        ([{"step": "verify", "within": 3, "unit": "working_days"}], "2026-11-23 18:00"),
    ],
)
def test_a_need_falls_due_by_the_service_level_in_working_time(bo, limits, due):
    Setting.objects.create(key="sla", value={"limits": limits})
    need = actions.register(MAGNET, by=bo, at=NOON)
    assert f"{need.due_at.astimezone(HEFEI):%Y-%m-%d %H:%M}" == due


def test_a_holiday_does_not_count(bo):
    Setting.objects.create(
        key="calendar", value={"opens": "08:30:00", "closes": "18:00:00", "weekdays": [1, 2, 3, 4, 5],
                               "holidays": [{"starts_on": "2026-11-19", "ends_on": "2026-11-22"}],
                               "working_weekends": [{"on": "2026-11-22"}], "zone": "Asia/Shanghai"},
    )  # fmt: skip
    need = actions.register(MAGNET, by=bo, at=NOON)
    assert f"{need.due_at.astimezone(HEFEI):%Y-%m-%d %H:%M}" == "2026-11-22 18:00"


def test_one_limit_over_two_states_goes_on(bo, ada):
    Setting.objects.create(key="sla", value={"limits": [{"step": "dispatch", "within": 24, "unit": "hours"}]})
    need = actions.register(MAGNET, by=bo, at=NOON)
    actions.move(need, "begin_triage", by=ada, at=NOON + timedelta(hours=5))
    assert need.due_at == NOON + timedelta(hours=24)


@pytest.mark.parametrize(
    ("hours", "en", "zh"),
    [
        (2, "due today 14:00", "今天 14:00 前办理"), (24, "due tomorrow 12:00", "明天 12:00 前办理"),
        (122, "due Mon 14:00", "周一 14:00 前办理"), (24 * 30, "due 18 Dec 12:00", "12 月 18 日 12:00 前办理"),
        (-1, "overdue by 1 hour", "已超期 1 小时"), (-49, "overdue by 2 days", "已超期 2 天"),
        (-0.5, "overdue by less than an hour", "已超期 不到 1 小时"),
    ],
)  # fmt: skip
def test_a_deadline_is_said_as_people_say_it(hours, en, zh):
    said = needs.said(NOON + timedelta(hours=hours), NOON)
    assert (said.en, said.zh) == (en, zh)


def test_the_desk_has_each_need_once_and_reads_in_few_queries(need, asked, ada, bo, reading, queries):
    for _ in range(3):
        actions.register(MAGNET, by=bo, at=NOON - timedelta(days=9))
    with reading(), queries(12):
        piles = needs.desk(ada)
    numbers = [task.number for pile in piles for task in pile.tasks]
    assert len(numbers) == len(set(numbers)) == 4
    assert [pile.total for pile in piles if pile.code == "overdue"] == [3]


def test_a_page_is_read_in_few_queries(asked, ada, reading, queries):
    need = needs.get(asked.number, ada)
    with reading(), queries(6):
        found = needs.page(need, ada, policy.clearance(ada, need))
    assert [one.name.en for one in found.answerers] == ["Cryogenics Institute"]


@pytest.mark.parametrize(("who", "sees"), [("ada", True), ("bo", True), ("eve", True), ("dee", False)])
def test_the_contact_is_for_the_desk_the_applicant_and_who_answers(request, asked, who, sees):
    reader = request.getfixturevalue(who)
    need = Need.objects.unscoped("a test looks at every depth").get(pk=asked.pk)
    shown = needs.page(need, reader, policy.clearance(reader, need)).fields
    assert ("contact_phone" in shown) == sees


def test_needs_alike_are_found_only_among_those_the_reader_may_see(need, bo, dee, ada):
    text = "高场超导磁体线圈绕制"
    assert needs.similar(text, ada) == [need]
    assert needs.similar(text, dee) == []
    assert needs.similar("食堂", ada) == []


def test_who_usually_answers_a_category_comes_first(asked, eve, ada):
    actions.handle(only(needs.get(asked.number, eve)), "help", answer="yes", by=eve, at=NOON)
    assert [one.name.en for one in needs.usual_answerers("technology", ada)] == ["Cryogenics Institute"]


def test_an_officer_of_another_area_neither_sees_nor_handles(need, as_reader):
    areas = [Term.objects.create(list="areas", code=code, name_zh=code, name_en=code) for code in ("core", "east")]
    Need.objects.unscoped("a test moves it").filter(pk=need.pk).update(area=areas[0])
    elsewhere = as_reader(make_user("el@hub.example", Role.OFFICER, area=areas[1]))
    with pytest.raises(Absent):
        needs.get(need.number, elsewhere)


@pytest.mark.parametrize("written", ["nobody at all", "ORG-2026-9999", "no@where.example"])
def test_an_answerer_who_is_not_here_is_named_in_the_refusal(need, ada, written):
    with pytest.raises(Invalid, match=written):
        actions.answerers(f"Cryogenics Institute，{written}", ada)


def test_answerers_are_found_by_number_name_and_address(need, ada, ada_user, helper):
    assert actions.answerers(f"{helper.number}、ada@hub.example", ada) == [helper, ada_user]


def test_whoever_states_a_need_reads_it_whatever_their_role(chen):
    need = actions.register({**MAGNET, "urgency": Urgency.HIGH.value}, by=chen, at=NOON)
    assert needs.get(need.number, chen).pk == need.pk
    assert permissions.parts_of(chen, need) == {Part.OWNER}
