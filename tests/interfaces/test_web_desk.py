"""The desk's pages around the clock: whom to ask and why, the applicant's turn, common problems, offices watched."""

import pytest

from grandunion.records.needs import Issue, Need, Question
from grandunion.terms.needs import AssignmentState, CallbackResult, NeedState, Outcome
from grandunion.terms.roles import Role
from grandunion.work.actions import needs as actions
from grandunion.work.actions.lists import put_setting
from grandunion.work.queries import needs
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db

TYPED = {"contact_name": "Bo", "category": "park_facilities", "title_en": "Ten flats", "text_en": "For ten people."}


@pytest.fixture
def ada_browser(ada_user, sign_in):
    return sign_in(ada_user)


@pytest.fixture
def park(db):
    return make_organisation("Park Services", name_zh="园区服务公司")


@pytest.fixture
def rules(park):
    put_setting("levels", [{"level": n, "name_zh": f"第{n}级", "name_en": f"level {n}"} for n in range(2)])
    put_setting("desk", {"first_call_days": 10, "second_call_months": 5, "watch": {
        "days": 90, "published_on": "2026-11-01",
        "thresholds": [{"code": "late", "measure": "late", "value": "0.3", "minimum": 1}]}})  # fmt: skip
    put_setting("routes", [
        {"institution_zh": "园区", "institution_en": "Park", "code": "park", "organisation": park.number, "email": "",
         "level": 0, "capacity": 1, "is_automatic": False, "conditions": [{"categories": ["park_facilities"]}]},
        {"institution_zh": "银行", "institution_en": "Bank", "code": "bank", "organisation": park.number, "email": "",
         "level": 0, "capacity": 1, "is_automatic": False, "conditions": [{"categories": ["financing"]}]},
    ])  # fmt: skip


@pytest.fixture
def need(rules, bo):
    return actions.register(TYPED, by=bo, at=NOON)


def again(need):
    return Need.objects.unscoped("tests look at what was made").get(pk=need.pk)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", [
    "needs/watch/", "needs/archive/", "needs/?whose=paused", "needs/?whose=to_call", "needs/?whose=basket", "problems/",
    "problems/new/", "problems/{p}/", "problems/{p}/edit/", "problems/{p}/moves/answer/", "needs/{n}/",
    "needs/{n}/ask/", "needs/{n}/link/", "needs/{n}/archive/", "needs/{n}/moves/dispatch/",
])  # fmt: skip
def test_every_page_opens_in_both_languages(ada_browser, need, ada, address, language):
    issue = actions.collect({"title_zh": "公寓不足"}, by=ada, at=NOON)
    actions.link(need, to=issue.number, by=ada, at=NOON)
    ada_browser.cookies["language"] = language
    answer = ada_browser.get("/w/" + address.format(n=need.number, p=issue.number))
    assert answer.status_code == 200
    assert answer.headers["Content-Language"].startswith(language)


def test_the_desk_dispatches_to_whom_the_rules_name_and_reads_why(ada_browser, need, park):
    ada_browser.cookies["language"] = "en"
    page = ada_browser.get(f"/w/needs/{need.number}/moves/dispatch/").content.decode()
    assert "answers “Park facilities”" in page
    sent = {"category": "park_facilities", "routed": [park.number], "others": "", "question": ""}
    ada_browser.post(f"/w/needs/{need.number}/moves/dispatch/", sent)
    (row,) = needs.assignments(again(need))
    assert (row.organisation, row.route) == (park, "park")
    assert "answers “Park facilities”" in ada_browser.get(f"/w/needs/{need.number}/").content.decode()


def test_the_answerer_and_the_applicant_do_not_read_why_somebody_was_chosen(need, ada, park, bo_user, sign_in):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    helper = make_user("eve@park.example", Role.ENTERPRISE, park)
    for user in (bo_user, helper):
        page = sign_in(user).get(f"/w/needs/{need.number}/").content.decode()
        assert "answers “Park facilities”" not in page
        assert "受理“园区配套”" not in page


def test_the_applicant_is_asked_and_answers_with_a_click_each(ada_browser, need, bo_user, sign_in):
    ada_browser.post(f"/w/needs/{need.number}/ask/", {"text": "几室几厅？", "version": need.version})
    assert again(need).paused_at
    browser = sign_in(bo_user)
    assert "几室几厅？" in browser.get(f"/w/needs/{need.number}/").content.decode()
    answer = browser.post(f"/w/needs/{need.number}/reply/", {"text": "两室一厅。"})
    assert (answer.status_code, again(need).paused_at) == (303, None)
    assert Question.objects.unscoped("tests look").get().answer == "两室一厅。"


def test_nobody_else_sees_the_question(ada_browser, need, chen_user, sign_in):
    ada_browser.post(f"/w/needs/{need.number}/ask/", {"text": "几室几厅？", "version": need.version})
    assert sign_in(chen_user).get(f"/w/needs/{need.number}/").status_code == 404


def test_who_passes_it_on_may_say_whose_it_is(ada_browser, need, ada, park):
    other = make_organisation("Housing Office")
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    row = needs.assignments(need)[0]
    sent = {"reason": "not ours", "suggest": other.number}
    ada_browser.post(f"/w/needs/{need.number}/assignments/{row.pk}/moves/pass_on/", sent)
    row = needs.assignments(again(need))[0]
    assert (row.state, row.suggested) == (AssignmentState.NOT_FOR_ME, other)
    assert "Housing Office" in ada_browser.get(f"/w/needs/{need.number}/").content.decode()


def test_a_closed_need_is_called_again_and_archived(ada_browser, need, ada):
    actions.answer(need, text="done", by=ada, at=NOON)
    actions.call_back(need, result=CallbackResult.SATISFIED, by=ada, at=NOON)
    actions.close(need, "close_solved", outcome=Outcome.SUPPORT_FOUND, by=ada, at=NOON)
    sent = {"callback_result": "partly_satisfied", "note": "", "version": need.version}
    ada_browser.post(f"/w/needs/{need.number}/follow-up/", sent)
    assert again(need).call_due_at.month == 4
    ada_browser.post(f"/w/needs/{need.number}/archive/", {})
    assert again(need).archived_at
    assert need.number not in ada_browser.get("/w/needs/").content.decode()
    assert need.number in ada_browser.get("/w/needs/archive/").content.decode()
    ada_browser.post(f"/w/needs/{need.number}/bring-back/", {})
    assert again(need).archived_at is None


def test_a_common_problem_is_collected_linked_and_answered_by_clicks(ada_browser, need):
    sent = {"title_en": "Too few flats", "category": "park_facilities", "level": "organisation", "submission": "k"}
    for _ in range(2):
        answer = ada_browser.post("/w/problems/new/", sent)
    issue = Issue.objects.unscoped("tests look").get()
    assert answer["Location"] == f"/w/problems/{issue.number}/"
    ada_browser.post(f"/w/needs/{need.number}/link/", {"issue": issue.number, "version": need.version})
    ada_browser.post(f"/w/problems/{issue.number}/moves/answer/", {"answer": "Three hundred next year."})
    assert again(need).state == NeedState.ANSWERED
    page = ada_browser.get(f"/w/problems/{issue.number}/").content.decode()
    assert need.number in page
    assert "Three hundred next year." in page
    assert ada_browser.get("/w/problems/?format=csv").status_code == 200


def test_a_common_problem_is_read_in_few_queries(ada_browser, need, ada, queries):
    issue = actions.collect({"title_en": "Too few flats"}, by=ada, at=NOON)
    actions.link(need, to=issue.number, by=ada, at=NOON)
    with queries(at_most=20):
        ada_browser.get(f"/w/problems/{issue.number}/")


def test_a_member_collects_nothing_and_sees_no_other_office(bo_user, sign_in, need, ada, park):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    browser = sign_in(bo_user)
    assert browser.get("/w/problems/new/").status_code == 403
    page = browser.get("/w/needs/watch/").content.decode()
    assert "Park Services" not in page
    assert "园区服务公司" not in page


def test_the_watch_list_is_read_in_few_queries(ada_browser, need, ada, park, queries):
    actions.dispatch(need, to=[park], by=ada, at=NOON)
    with queries(at_most=20):
        page = ada_browser.get("/w/needs/watch/").content.decode()
    assert park.number in page
    sheet = ada_browser.get("/w/needs/watch/?format=csv").content.decode("utf-8-sig").splitlines()
    assert sheet[1].startswith(f"{park.number},")
