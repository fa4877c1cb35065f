"""The pages of upkeep: look at a file, then write it; what is not yours is not there."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from grandunion.adapters import uploads
from grandunion.records.parties import Organisation
from grandunion.records.upkeep import ImportBatch
from grandunion.terms.roles import Role
from tests.cast import make_user

CSV = "source_ref,name_zh,city\n1,博机器人有限公司,合肥\n"


@pytest.fixture(autouse=True)
def _own_room(settings, tmp_path, contexts):
    settings.HOME = tmp_path


def send(client, content: bytes, name: str = "list.csv", choice: str = "organisations:template"):
    return client.post("/w/upkeep/", {"choice": choice, "file": SimpleUploadedFile(name, content)})


def count() -> int:
    return Organisation.objects.unscoped("a test looks at what was kept").count()


@pytest.mark.django_db
def test_an_officer_looks_at_a_file_and_writes_it(sign_in, ada_user):
    ada = sign_in(ada_user)
    sent = send(ada, CSV.encode("gb18030"))
    assert sent.status_code == 303
    shown = ada.get(sent["Location"])
    assert (shown.status_code, count()) == (200, 0)
    assert shown.context["found"].new == 1
    written = ada.post(f"{sent['Location']}write/")
    assert (written.status_code, written["Location"], count()) == (303, "/w/upkeep/", 1)
    assert "list.csv" in ada.get("/w/upkeep/").content.decode()
    assert ada.get(sent["Location"]).status_code == 404  # the file is thrown away


@pytest.mark.django_db
def test_an_import_is_taken_back_from_its_line_by_who_may_import(sign_in, ada_user):
    ada = sign_in(ada_user)
    ada.post(f"{send(ada, CSV.encode())['Location']}write/")
    place = f"/w/upkeep/batches/{ImportBatch.objects.get().pk}/take-back/"
    planner = sign_in(make_user("planner@hub.example", Role.PLANNER))
    assert place not in planner.get("/w/upkeep/").content.decode()
    assert (planner.post(place).status_code, count()) == (403, 1)
    assert place in ada.get("/w/upkeep/").content.decode()
    assert (ada.post(place).status_code, count()) == (303, 0)
    shown = ada.get("/w/upkeep/").content.decode()
    assert place not in shown
    assert "已撤销" in shown
    assert (ada.post(place).status_code, ada.post("/w/upkeep/batches/99999/take-back/").status_code) == (409, 404)


@pytest.mark.django_db
def test_a_file_with_bad_rows_offers_no_button_and_is_not_written(sign_in, ada_user):
    ada = sign_in(ada_user)
    place = send(ada, "source_ref,name_zh,credit_code\n1,博,123\n".encode())["Location"]
    shown = ada.get(place).content.decode()
    assert "统一社会信用代码" in shown
    assert f"{place}write/" not in shown
    assert ada.post(f"{place}write/").status_code == 409
    assert count() == 0


@pytest.mark.django_db
def test_a_file_with_a_header_alone_says_that_it_has_no_rows(sign_in, ada_user):
    ada = sign_in(ada_user)
    shown = ada.get(send(ada, b"source_ref,name_zh,city\n")["Location"]).content.decode()
    assert "文件只有表头，没有数据行。请在表头下逐行填写后重新上传。" in shown
    assert "无需写入" not in shown
    ada.post(f"{send(ada, CSV.encode())['Location']}write/")
    assert "文件内容均已在平台中，无需写入。" in ada.get(send(ada, CSV.encode())["Location"]).content.decode()


@pytest.mark.django_db
def test_a_template_of_an_unknown_kind_is_not_found(sign_in, ada_user):
    ada = sign_in(ada_user)
    assert ada.get("/w/upkeep/templates/spaceships.xlsx").status_code == 404
    assert ada.get("/w/upkeep/templates/needs.xlsx").status_code == 200


@pytest.mark.django_db
def test_a_file_that_cannot_be_taken_comes_back_on_the_form(sign_in, ada_user):
    ada = sign_in(ada_user)
    for content, name in ((b"%PDF", "a.pdf"), (b"", "a.csv")):
        assert send(ada, content, name).status_code == 422
    assert send(ada, CSV.encode(), choice="organisations:nowhere").status_code == 422


@pytest.mark.django_db
def test_a_citizen_number_stops_the_file_on_its_page(sign_in, ada_user):
    ada = sign_in(ada_user)
    place = send(ada, "source_ref,name_zh,id\n1,博,11010519491231002X\n".encode())["Location"]
    shown = ada.get(place)
    assert shown.status_code == 409
    assert "11010519491231002X" not in shown.content.decode()


@pytest.mark.django_db
def test_only_the_sender_finds_the_file(sign_in, ada_user):
    place = send(sign_in(ada_user), CSV.encode())["Location"]
    other = sign_in(make_user("ann@hub.example", Role.OFFICER))
    assert other.get(place).status_code == 404
    assert other.post(f"{place}write/").status_code == 404
    assert other.post(f"{place}discard/").status_code == 404
    assert count() == 0


@pytest.mark.django_db
def test_a_file_is_gone_after_a_day_or_when_it_is_thrown_away(sign_in, ada_user, monkeypatch):
    ada = sign_in(ada_user)
    place = send(ada, CSV.encode())["Location"]
    assert ada.post(f"{place}discard/").status_code == 303
    assert ada.get(place).status_code == 404
    late = send(ada, CSV.encode())["Location"]
    monkeypatch.setattr(uploads, "KEPT_FOR", -uploads.KEPT_FOR)
    assert ada.get(late).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "opens", "imports"), [
    (Role.PLANNER, 200, 403), (Role.ADMINISTRATOR, 200, 403), (Role.BUREAU, 403, 403),
])  # fmt: skip
def test_staff_look_and_only_officers_import(sign_in, role, opens, imports):
    client = sign_in(make_user("somebody@hub.example", role))
    assert client.get("/w/upkeep/").status_code == opens
    assert client.get("/w/upkeep/templates/needs.xlsx").status_code == opens
    send(client, CSV.encode())
    assert client.get("/w/upkeep/import/aaaaaaaaaaaaaaaaaaaaaaaa/").status_code == imports
    assert not list((uploads._room()).iterdir())


@pytest.mark.django_db
def test_outsiders_and_members_stay_out(sign_in, client, bo_user):
    assert client.get("/w/upkeep/").status_code == 302
    assert sign_in(bo_user).get("/w/upkeep/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["organisations", "persons", "achievements", "needs", "projects"])
def test_a_template_filled_in_is_read_by_its_mapping(sign_in, ada_user, kind):
    ada = sign_in(ada_user)
    answer = ada.get(f"/w/upkeep/templates/{kind}.xlsx")
    head = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()[0]
    line = ",".join("" if "公开范围" in name else "测试" if "中文" in name else "" for name in head)
    place = send(ada, f"{','.join(head)}\n{line}\n".encode(), choice=f"{kind}:template")["Location"]
    found = ada.get(place).context["found"]
    assert (found.new, found.bad, found.absent_columns) == (1, 0, ())


@pytest.mark.django_db
def test_the_page_asks_little_and_proves_the_journal_when_asked(sign_in, ada_user, queries):
    ada = sign_in(ada_user)
    with queries(at_most=14):
        assert ada.get("/w/upkeep/").status_code == 200
    assert ada.get("/w/upkeep/?prove=1").context["broken"] is None
