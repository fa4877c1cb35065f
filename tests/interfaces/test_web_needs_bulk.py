"""Many needs at once and prepared replies by clicks: a preview that is true, a result that says why not."""

import pytest

from grandunion.records.needs import Macro, Need, Note
from grandunion.records.parties import Watch
from grandunion.terms.needs import NeedState
from grandunion.terms.roles import Role
from grandunion.work.actions import needs as actions
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db
REPLY = {"code": "hello", "name_zh": "问候", "name_en": "Hello", "note_kind": "to_applicant",
         "text_zh": "{contact}您好。", "text_en": "Dear {contact}."}  # fmt: skip


@pytest.fixture
def browser(ada_user, sign_in):
    return sign_in(ada_user)


@pytest.fixture
def planner(sign_in):
    return sign_in(make_user("pia@hub.example", Role.PLANNER))


@pytest.fixture
def picked(ada):
    given = {"contact_name": "Bo", "contact_email": "bo@x.example", "category": "other", "text_en": "x"}
    return [actions.register({**given, "title_en": f"Need {n}"}, by=ada, at=NOON) for n in range(2)]


@pytest.fixture
def reply(as_reader):
    return actions.save_macro(REPLY, by=as_reader(make_user("al@hub.example", Role.ADMINISTRATOR)), at=NOON)


def rows():
    return list(Need.objects.unscoped("tests look at what was made").order_by("pk"))


def send(browser, picked, deed, **more):
    sent = {"deed": deed, "pick": [one.number for one in picked], **more}
    return browser.post("/w/needs/bulk/", sent)


def test_the_list_offers_what_is_done_to_many_only_to_the_desk(browser, planner, picked, reply):
    page = browser.get("/w/needs/").content.decode()
    assert f'name="pick" value="{picked[0].number}" form="bulk"' in page
    assert 'value="macro-hello"' in page
    assert 'name="pick"' not in planner.get("/w/needs/").content.decode()
    assert send(planner, picked, "spam", is_sure="1").status_code == 403


def test_a_deed_is_asked_shown_and_done(browser, picked, ada):
    office = make_organisation("Park Services", name_zh="园区服务公司")
    actions.move(picked[1], "mark_as_spam", by=ada, at=NOON)
    asks = send(browser, picked, "ask").content.decode()
    assert 'name="to"' in asks
    assert send(browser, picked, "ask", is_asked="1", to="Nobody at all").status_code == 422
    shown = send(browser, picked, "ask", is_asked="1", to=office.number).content.decode()
    assert 'name="is_sure"' in shown
    assert rows()[0].state == NeedState.RECEIVED
    done = send(browser, picked, "ask", is_asked="1", is_sure="1", to=office.number).content.decode()
    assert [row.state for row in rows()] == [NeedState.DISPATCHED, NeedState.SPAM]
    assert done.count("badge-warn") == 1


def test_needs_are_watched_and_answered_with_a_prepared_reply_in_bulk(browser, picked, reply, ada_user):
    assert 'name="is_sure"' in send(browser, picked, "watch").content.decode()
    send(browser, picked, "watch", is_asked="1", is_sure="1")
    assert Watch.objects.unscoped("tests look").filter(user=ada_user).count() == 2
    send(browser, picked, "macro-hello", is_asked="1", is_sure="1")
    assert Note.objects.unscoped("tests look").count() == 2


@pytest.mark.parametrize("sent", [{"deed": "spam"}, {"pick": ["NED-2026-0001"]}, {}])
def test_nothing_picked_or_nothing_chosen_leads_back_with_a_word(browser, sent):
    assert browser.post("/w/needs/bulk/", sent).status_code == 302
    assert browser.get("/w/needs/bulk/").status_code == 302


def test_a_strange_deed_is_not_found(browser, picked):
    assert send(browser, picked, "strange").status_code == 404
    assert send(browser, picked, "macro-nothing").status_code == 404


def test_a_prepared_reply_is_used_on_the_page_with_its_words_changed(browser, picked, reply):
    url = f"/w/needs/{picked[0].number}/"
    assert f"{url}macros/hello/" in browser.get(url).content.decode()
    assert "Dear Bo." in browser.get(f"{url}macros/hello/").content.decode()
    browser.post(f"{url}macros/hello/", {"text": "Dear Bo, good day."})
    assert [note.text for note in Note.objects.unscoped("tests look")] == ["Dear Bo, good day."]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_replies_are_written_copied_changed_and_retired_by_a_planner(planner, browser, reply, language):
    planner.cookies["language"] = language
    sent = {
        "code": "second",
        "name_zh": "二",
        "name_en": "Two",
        "urgency": "high",
        "take": "on",
        "move": "begin_triage",
    }
    assert planner.get("/w/needs/macros/new/?copy=hello").status_code == 200
    assert planner.post("/w/needs/macros/new/", sent).status_code == 303
    made = Macro.objects.get(code="second")
    assert (made.sets, made.move) == ({"urgency": "high", "take": True}, "begin_triage")
    assert planner.post("/w/needs/macros/new/", {**sent, "code": "third", "name_en": ""}).status_code == 422
    changed = {**sent, "name_en": "Second", "version": made.version}
    assert planner.post("/w/needs/macros/second/edit/", changed).status_code == 303
    assert planner.post("/w/needs/macros/second/edit/", changed).status_code == 409
    assert planner.post("/w/needs/macros/second/retire/").status_code == 303
    assert "Second" in planner.get("/w/needs/macros/").content.decode() or language == "zh"
    assert browser.get("/w/needs/macros/").status_code == 200
    assert browser.get("/w/needs/macros/new/").status_code == 403
    assert browser.post("/w/needs/macros/second/retire/").status_code == 403


def test_a_member_sees_no_prepared_replies(sign_in, bo_user):
    assert sign_in(bo_user).get("/w/needs/macros/").status_code == 403
