"""Notes, prepared replies and many needs at once through the API, and what it tells nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grandunion.records.journal import Entry
from grandunion.terms.roles import Role
from tests.calling import Caller
from tests.cast import make_organisation, make_user

pytestmark = pytest.mark.django_db
NEED = {"contact_name": "Bo", "contact_email": "bo@company.example", "title_en": "Ten flats", "text_en": "For ten.",
        "category": "other"}  # fmt: skip
SECRET = "MARK-among-the-desk"  # noqa: S105 - a marker that must not be seen
REPLY = {
    "code": "hello",
    "name_zh": "问候",
    "name_en": "Hello",
    "note_kind": "to_applicant",
    "text_en": "Dear {contact}.",
}


@pytest.fixture
def ada(ada_user):
    return Caller(ada_user)


@pytest.fixture
def bo(bo_user, bo_company):
    return Caller(bo_user)


@pytest.fixture
def admin(db):
    return Caller(make_user("al@hub.example", Role.ADMINISTRATOR))


@pytest.fixture
def here(bo):
    return f"needs/{bo.made('needs', NEED)['number']}"


def texts(caller, here):
    return [one["text"] for one in caller.get(f"{here}/notes").json()["items"]]


def test_each_side_writes_and_reads_its_own(ada, bo, here):
    inner = ada.post(f"{here}/notes", {"kind": "internal", "text": SECRET}).json()
    ada.post(f"{here}/notes", {"kind": "to_applicant", "text": "Please send the plan."})
    assert bo.post(f"{here}/notes", {"kind": "from_applicant", "text": "Here."}).status_code == 200
    assert bo.post(f"{here}/notes", {"kind": "internal", "text": "x"}).status_code == 403
    assert [one["text"] for one in ada.get(f"{here}/notes").json()["items"]] == [
        "Here.",
        "Please send the plan.",
        SECRET,
    ]
    assert [one["text"] for one in bo.get(f"{here}/notes").json()["items"]] == ["Here.", "Please send the plan."]
    for method in ("PUT", "DELETE"):
        assert (
            bo.call(method, f"{here}/notes/{inner['id']}", {"text": "x"} if method == "PUT" else None).status_code
            == 404
        )
    for path in (here, f"{here}/timeline", f"{here}/parts", f"{here}/moves", "needs?q=among"):
        told = bo.get(path).content.decode()
        assert SECRET not in told
        assert "need.noted" not in told
    assert "need.noted" in ada.get(f"{here}/timeline").content.decode()


def test_a_key_writes_once_and_a_note_is_mended_and_withdrawn(ada, here):
    body = {"kind": "internal", "text": "Once."}
    first = ada.post(f"{here}/notes", body, Idempotency_Key="k-1").json()
    assert ada.post(f"{here}/notes", body, Idempotency_Key="k-1").json()["id"] == first["id"]
    changed = ada.call("PUT", f"{here}/notes/{first['id']}", {"text": "Better."}).json()
    assert (changed["text"], changed["edited_at"] is None) == ("Better.", False)
    gone = ada.call("DELETE", f"{here}/notes/{first['id']}").json()
    assert (gone["text"], gone["withdrawn_at"] is None) == ("", False)
    assert Entry.objects.filter(verb="need.noted").count() == 1


def test_who_is_mentioned_must_be_able_to_read(ada, bo, here, bo_user):
    make_user("lin@hub.example", Role.OFFICER)
    assert (
        ada.post(f"{here}/notes", {"kind": "internal", "text": "Look", "mentions": ["lin@hub.example"]}).status_code
        == 200
    )
    for address in (bo_user.email, "nobody@x.example"):
        answer = ada.post(f"{here}/notes", {"kind": "internal", "text": "Look", "mentions": [address]})
        assert answer.status_code == 422


@pytest.mark.parametrize("text", ["x" * 100_000, "", "\x00"])
def test_a_text_that_cannot_be_kept_is_a_problem(ada, here, text):
    assert ada.post(f"{here}/notes", {"kind": "internal", "text": text}).status_code == 422


def test_replies_are_written_by_administrators_and_used_by_the_desk(ada, bo, admin, here):
    assert ada.post("desk/macros", REPLY).status_code == 403
    made = admin.post("desk/macros", REPLY)
    assert (made.status_code, made.json()["does"]["en"]) == (201, "writes to the applicant")
    assert admin.call("PUT", "desk/macros/hello", {**REPLY, "name_en": "Good day"}).json()["name"]["en"] == "Good day"
    assert admin.post("desk/macros", {**REPLY, "code": "x1", "text_en": "{strange}"}).status_code == 422
    assert bo.get("desk/macros").status_code == 403
    assert [one["code"] for one in ada.get("desk/macros").json()["items"]] == ["hello"]
    assert ada.post(f"{here}/macros/hello").status_code == 200
    assert bo.get(f"{here}/notes").json()["items"][0]["text"] == "Dear Bo."
    assert bo.post(f"{here}/macros/hello").status_code == 403
    assert admin.post("desk/macros/hello/retire").json()["is_retired"] is True
    assert ada.post(f"{here}/macros/hello").status_code == 409


def test_one_deed_on_many_is_tried_and_done(ada, bo, here):
    office = make_organisation("Park Services")
    number = here.removeprefix("needs/")
    body = {"numbers": [number, "NED-2020-0001"], "deed": "ask", "to": office.number}
    tried = ada.post("desk/many", {**body, "is_trial": True}).json()["items"]
    assert ada.get(here).json()["state"] == "received"
    done = ada.post("desk/many", body).json()["items"]
    assert tried == done
    assert [one["is_done"] for one in done] == [True, False]
    assert ada.get(here).json()["state"] == "dispatched"
    assert ada.post("desk/many", {"numbers": [number], "deed": "watch"}).json()["items"][0]["is_done"]
    assert bo.post("desk/many", {"numbers": [number], "deed": "spam"}).status_code == 403
    assert ada.post("desk/many", {"numbers": [number], "deed": "hand-over", "to": "no@x.example"}).status_code == 422


@pytest.fixture
def kept(settings, tmp_path):
    settings.FILES = tmp_path


def with_files(caller, here, files, **fields):
    headers = {"Authorization": f"Bearer {caller.key}", "Accept-Language": "en"}
    headers |= {"Idempotency-Key": fields.pop("key")} if "key" in fields else {}
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return caller.client.post(f"/api/v1/{here}/notes/with-files", {**fields, "files": sent}, headers=headers)


def test_files_come_with_a_note_and_are_read_by_whom_the_note_is_for(ada, bo, here, kept):
    plan = ("plan.pdf", b"%PDF-1.7 flats")
    made = with_files(bo, here, [plan], kind="from_applicant", text="The plan.", key="once").json()
    assert [(one["file_name"], one["media_type"]) for one in made["files"]] == [("plan.pdf", "application/pdf")]
    again = with_files(bo, here, [plan], kind="from_applicant", text="The plan.", key="once").json()
    assert again["id"] == made["id"]
    address = f"{here}/notes/{made['id']}/files/{made['files'][0]['number']}"
    for caller in (ada, bo):
        answer = caller.get(address)
        assert b"".join(answer.streaming_content) == plan[1]
    inner = with_files(ada, here, [plan], kind="internal").json()  # a file alone says enough
    assert bo.get(f"{here}/notes/{inner['id']}/files/{inner['files'][0]['number']}").status_code == 404


def test_what_lies_about_what_it_is_is_refused_and_nothing_is_kept(bo, here, kept):
    answer = with_files(bo, here, [("plan.pdf", b"MZ\x90 not a plan")], kind="from_applicant", text="The plan.")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert texts(bo, here) == []
    assert with_files(bo, here, [("a.pdf", b"%PDF-1.7")] * 21, kind="from_applicant").status_code == 422
    assert with_files(bo, here, [("a.pdf", b"%PDF-1.7")], kind="internal", text="x").status_code == 403
    assert with_files(bo, here, [("a.pdf", b"%PDF-1.7")], kind="nothing", text="x").status_code == 422
    assert with_files(bo, here, [("a.pdf", b"%PDF-1.7")], kind="from_applicant", colour="red").status_code == 422
