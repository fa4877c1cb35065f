"""What every column does through the API: lists, records, edits, moves, time lines, and who is let in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grandunion.records.lists import Term
from grandunion.records.parties import Membership, Organisation, Person, User
from grandunion.records.plans import Indicator
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions.parties.accounts import revoke_token
from grandunion.work.queries.parties import reader_of
from tests.calling import Caller
from tests.cast import make_organisation, make_person, make_user
from tests.figures import make_indicator

pytestmark = pytest.mark.django_db
COLUMNS = ("organisations", "persons", "achievements", "needs", "offers", "matches", "rounds", "projects")
NEED = {
    "contact_name": "Bo", "contact_email": "bo@company.example", "category": "technology",
    "title_en": "A quiet pump", "text_en": "Our pump is too loud for a hospital.",
}  # fmt: skip


@pytest.fixture
def area(db: None) -> Term:
    """The Core Area."""
    return Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")


@pytest.fixture
def ada_calls(ada_user: User) -> Caller:
    return Caller(ada_user)


@pytest.fixture
def bo_calls(bo_user: User) -> Caller:
    return Caller(bo_user)


@pytest.fixture
def dee_calls(dee_user: User) -> Caller:
    return Caller(dee_user)


def problem_of(answer: object, status: int) -> dict:
    """The problem an answer tells, which must be a whole one that nobody keeps."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


def test_without_a_token_nobody_is_let_in(client, db):
    answer = client.get("/api/v1/projects", headers={"Accept-Language": "en"})
    assert "token" in problem_of(answer, 401)["detail"]
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer gu_made_up", "Basic YTpi", "Bearer \u4e2d", "nothing"])
def test_a_made_up_token_is_refused(client, db, given):
    answer = client.get("/api/v1/projects", headers={"Authorization": given.encode().decode("latin-1")})
    problem_of(answer, 401)


def test_a_revoked_token_is_refused_at_the_next_call(ada_user, ada_calls):
    assert ada_calls.get("projects").status_code == 200
    revoke_token(ada_calls.token, by=reader_of(ada_user, timezone.now()), at=timezone.now())
    problem_of(ada_calls.get("projects"), 401)


def test_an_expired_token_is_refused(ada_user):
    old = Caller(ada_user, at=timezone.now() - timedelta(days=31), days=30)
    problem_of(old.get("projects"), 401)


def test_a_closed_account_has_no_tokens(ada_user, ada_calls):
    User.objects.filter(pk=ada_user.pk).update(is_active=False)
    problem_of(ada_calls.get("projects"), 401)


def test_a_reading_token_does_not_write_and_a_writing_one_does_not_read(ada_user):
    told = problem_of(Caller(ada_user, "read").post("needs", NEED), 403)
    assert "write" in told["detail"]
    told = problem_of(Caller(ada_user, "write").get("needs"), 403)
    assert "read" in told["detail"]


def test_a_right_taken_away_is_gone_at_the_next_call(bo_user, bo_calls, bo_company):
    Organisation.objects.unscoped("tests close a record").filter(pk=bo_company.pk).update(level=Level.ORGANISATION)
    assert bo_calls.get(f"organisations/{bo_company.number}").status_code == 200
    Membership.objects.unscoped("tests end a role").filter(user=bo_user).delete()
    problem_of(bo_calls.get(f"organisations/{bo_company.number}"), 404)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_list_answers_in_four_questions_and_its_records_in_five(column, ada_calls, queries, reading, full):
    with queries(at_most=4), reading():
        answer = ada_calls.get(column)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    number = answer.json()["items"][0]["number"]
    with queries(at_most=5), reading():
        record = ada_calls.get(f"{column}/{number}")
    assert record.json()["number"] == number
    assert record["ETag"]


@pytest.fixture
def full(ada_calls: Caller, bo_company: Organisation, university: Organisation, area: Term) -> None:
    """A hub with a record of every column, made through the API itself."""
    ada_calls.made("persons", {"name_en": "Chen Jia", "name_zh": "陈佳"})
    need = ada_calls.made("needs", {**NEED, "organisation": bo_company.number})
    achievement = ada_calls.made("achievements", {"title_en": "A magnetic bearing", "owner": university.number})
    ada_calls.made("projects", {"title_en": "Quiet pumps", "area": "core"})
    ada_calls.made("matches", {"need": need["number"], "organisation": university.number, "note": "They know pumps."})
    ada_calls.made("offers", {"offer_kind": "product", "title_en": "Bearings", "owner": university.number})
    ada_calls.made("rounds", {"market": "technology", "title_en": "Pumps meet bearings", "needing_max": 3})
    assert achievement["state"] == "draft"


@pytest.mark.parametrize("column", COLUMNS)
def test_every_record_has_a_time_line_its_moves_and_its_parts(column, ada_calls, full, queries, reading):
    number = ada_calls.get(column).json()["items"][0]["number"]
    for part in ("timeline", "parts", *(("moves",) if column != "persons" else ())):
        with queries(at_most=30), reading():
            answer = ada_calls.get(f"{column}/{number}/{part}")
        assert answer.status_code == 200, answer.content.decode()
    assert ada_calls.get(f"{column}/{number}/timeline").json()["items"] or column in ("organisations", "persons")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_hidden_record_is_refused_exactly_as_an_absent_one(column, ada_calls, full, dee_calls):
    number = ada_calls.get(column).json()["items"][0]["number"]
    if column in ("organisations", "persons"):
        record = Organisation if column == "organisations" else Person
        record.objects.unscoped("tests close a record").filter(number=number).update(level=Level.NAMED)
    absent = f"{number[:-4]}9999"
    for part in ("", "/timeline", "/parts"):
        hidden, none = (dee_calls.get(f"{column}/{one}{part}") for one in (number, absent))
        assert problem_of(hidden, 404) == problem_of(none, 404)
        assert dict(hidden.headers) == dict(none.headers)
    hidden, none = (dee_calls.patch(f"{column}/{one}", {}, If_Match='"x"') for one in (number, absent))
    assert hidden.status_code in (404, 405)
    assert hidden.content == none.content


def test_a_list_is_read_page_by_page_without_loss(ada_calls):
    made = {make_organisation(f"Firm {n:02d}").number for n in range(7)}
    seen, cursor = [], ""
    while cursor is not None:
        page = ada_calls.get(f"organisations?limit=3&order=-name&cursor={cursor}").json()
        seen += [item["number"] for item in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(made)
    assert len(seen) == 7


def test_a_list_is_filtered_searched_and_cut_to_columns(ada_calls, area):
    make_organisation("Alpha Pumps", area=area)
    make_organisation("Beta University", OrganisationKind.UNIVERSITY)
    page = ada_calls.get("organisations?area=core&columns=name,kind,area").json()
    assert [list(item) for item in page["items"]] == [["number", "name", "kind", "area"]]
    assert page["items"][0]["name"] == {"en": "Alpha Pumps", "zh": "Alpha Pumps"}
    assert page["items"][0]["kind"] == "enterprise"
    assert page["items"][0]["area"] == {"en": "Core Area", "zh": "核心区"}
    kinds = ada_calls.get("organisations?kind=enterprise&kind=university").json()["items"]
    assert len(kinds) == 2


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("limit=%D9%A1", "limit"),
        ("order=secret", "order"),
        ("order=next_step_on", "order"),
        ("columns=market_note", "columns"),
        ("colour=blue", "colour"),
        ("phase=flying", "phase"),
        ("cursor=bm9uc2Vuc2U", "cursor"),
        ("owner=%00", "owner"),
    ],
)
def test_a_question_the_list_does_not_know_is_refused_by_name(ada_calls, asked, field):
    told = problem_of(ada_calls.get(f"projects?{asked}"), 422)
    assert told["errors"][0]["field"] == field


def test_an_organisation_is_created_edited_and_kept_from_overwriting(ada_calls, area):
    body = {"organisation_kind": "enterprise", "name_en": "Gamma Sensors", "area": "core", "staff_count": 12}
    answer = ada_calls.post("organisations", body)
    assert answer.status_code == 201
    made = answer.json()
    assert answer["Location"] == f"/api/v1/organisations/{made['number']}"
    assert (made["area"], made["staff_count"], made["version"]) == ("core", 12, 1)
    here = f"organisations/{made['number']}"
    problem_of(ada_calls.patch(here, {"city": "Hefei"}), 428)
    edited = ada_calls.patch(here, {"city": "Hefei"}, If_Match=answer["ETag"])
    assert edited.json()["city"] == "Hefei"
    assert edited.json()["staff_count"] == 12
    stale = problem_of(ada_calls.patch(here, {"city": "Wuhu"}, If_Match=answer["ETag"]), 412)
    assert stale["differences"] == [{"field": "city", "theirs": "Hefei", "yours": "Wuhu"}]
    assert ada_calls.get(here).json()["city"] == "Hefei"


def test_creating_answers_just_what_the_record_s_address_answers(ada_calls, area, queries):
    body = {"organisation_kind": "enterprise", "name_zh": "合肥星火科技有限公司", "area": "core", "level": "public",
            "registered_capital": "1200000.5", "founded_on": "2019-05-06", "size": "small"}  # fmt: skip
    with queries(at_most=13):
        answer = ada_calls.post("organisations", body)
    read = ada_calls.get(f"organisations/{answer.json()['number']}")
    assert (answer.json(), answer["ETag"]) == (read.json(), read["ETag"])
    keyed = ada_calls.post("organisations", {**body, "name_zh": "芜湖磁浮技术有限公司"}, Idempotency_Key="one")
    again = ada_calls.post("organisations", {**body, "name_zh": "芜湖磁浮技术有限公司"}, Idempotency_Key="one")
    assert (keyed.status_code, keyed.json()) == (again.status_code, again.json())


def test_a_creation_is_answered_as_deep_as_its_maker_reads_it_and_not_at_all_where_it_is_closed(office_user):
    team = {"organisation_kind": "team", "name_en": "Deep team", "staff_count": 9, "incorporated_on": "2026-01-02"}
    office = Caller(office_user)
    assert office.post("organisations", team).status_code == 204
    made = office.post("organisations", {**team, "name_en": "Open team", "level": "members"}).json()
    assert made == office.get(f"organisations/{made['number']}").json()
    assert ("incorporated_on" in made, "staff_count" in made) == (True, False)


def test_a_record_the_caller_has_is_not_sent_again(ada_calls, bo_company):
    first = ada_calls.get(f"organisations/{bo_company.number}")
    again = ada_calls.get(f"organisations/{bo_company.number}", If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    other = ada_calls.get(f"organisations/{bo_company.number}", If_None_Match='"something-else"')
    assert other.status_code == 200


def test_the_same_creation_sent_twice_makes_one_record(ada_calls, bo_calls):
    first = ada_calls.made("needs", NEED, Idempotency_Key="form-7")
    again = ada_calls.made("needs", NEED, Idempotency_Key="form-7")
    assert first["number"] == again["number"]
    other = bo_calls.made("needs", NEED, Idempotency_Key="form-7")
    assert other["number"] != first["number"], "a key is the caller's own"


def test_fields_deeper_than_the_readers_class_are_not_there(ada_calls, dee_calls, bo_company):
    inner = ada_calls.get(f"organisations/{bo_company.number}").json()
    outer = dee_calls.get(f"organisations/{bo_company.number}").json()
    assert "contact_phone" in inner
    assert "contact_phone" not in outer
    assert "core_en" not in inner


def test_what_the_action_refuses_is_said_with_its_sentence_in_both_languages(dee_calls):
    body = {"organisation_kind": "enterprise", "name_en": "Mine"}
    told = problem_of(dee_calls.post("organisations", body), 403)
    assert told["detail"].startswith("Only the hub's officers")
    told = problem_of(dee_calls.post("organisations", body, Accept_Language="zh-CN"), 403)
    assert "服务专员" in told["detail"]


def test_an_unknown_code_is_said_at_its_field(ada_calls):
    told = problem_of(ada_calls.post("needs", {**NEED, "field": "alchemy"}), 422)
    assert told["errors"][0]["field"] == "field"
    told = problem_of(ada_calls.post("achievements", {"title_en": "X", "owner": "ORG-2026-9999"}), 422)
    assert told["errors"][0]["field"] == "owner"


def test_a_need_goes_through_the_desk_by_its_moves(ada_calls, bo_calls, bo_company):
    need = bo_calls.made("needs", {**NEED, "organisation": bo_company.number})
    here = f"needs/{need['number']}"
    offered = {one["code"]: one for one in ada_calls.get(f"{here}/moves").json()["items"]}
    assert offered["dispatch"]["is_allowed"]
    assert offered["dispatch"]["fields"] == ["to", "question", "category"]
    told = problem_of(ada_calls.post(f"{here}/moves/call_back", {"result": "satisfied"}), 409)
    assert "Call back" in told["detail"]
    ada_calls.made(f"{here}/moves/answer", {"answer": "See the pump of ORG-2026-0002."})
    ada_calls.made(f"{here}/moves/call_back", {"result": "satisfied", "note": "All is well."})
    closed = ada_calls.made(f"{here}/moves/close_solved", {"outcome": "support_found"})
    assert closed["state"] == "closed_solved"
    verbs = [line["verb"] for line in ada_calls.get(f"{here}/timeline").json()["items"]]
    assert verbs[0] == "need.closed"
    assert ada_calls.get(f"{here}/parts").json()["call_backs"][0]["note"] == "All is well."


def test_a_need_of_money_says_round_and_form(ada_calls):
    wanted = {"category": "financing", "finance_round": "pre_a", "instruments_wanted": ["equity", "convertible"]}
    made = ada_calls.made("needs", {**NEED, **wanted})
    assert {name: made[name] for name in wanted} == wanted
    assert made["modes_wanted"] == []
    problem_of(ada_calls.post("needs", {**NEED, "finance_round": "z"}), 422)


def test_a_move_with_a_stale_version_is_refused(ada_calls):
    need = ada_calls.made("needs", NEED)
    here = f"needs/{need['number']}"
    seen = ada_calls.get(here)["ETag"]
    ada_calls.made(f"{here}/moves/begin_triage")
    problem_of(ada_calls.post(f"{here}/moves/escalate", {"reason": "urgent"}, If_Match=seen), 412)
    problem_of(ada_calls.post(f"{here}/take", {}, If_Match=seen), 412)


def test_a_move_the_flow_does_not_know_is_no_address(ada_calls):
    need = ada_calls.made("needs", NEED)
    problem_of(ada_calls.post(f"needs/{need['number']}/moves/fly", {}), 404)


def test_an_achievement_is_disclosed_and_its_confidential_part_opened_by_a_deed(
    ada_calls, office_user, university, chen_person
):
    office = Caller(office_user)
    body = {"title_en": "A magnetic bearing", "owner": university.number, "abstract_confidential": "The coil's shape.",
            "prior_publication": "none"}  # fmt: skip
    made = office.made("achievements", body)
    here = f"achievements/{made['number']}"
    assert made["abstract_confidential"] == "The coil's shape."
    named = {"inventors": [{"person": chen_person.number, "percent": "100"}]}
    assert office.put(f"{here}/inventors", named).status_code == 200
    office.made(f"{here}/inventors/{chen_person.number}/confirm-on-paper", {"reason": "Signed on 18 November."})
    assert office.made(f"{here}/moves/submit")["state"] == "submitted"
    screened = ada_calls.made(f"{here}/moves/screen")
    assert "abstract_confidential" not in screened, "reading it is a deed of its own"
    opened = ada_calls.made(f"{here}/open-confidential")
    assert opened["abstract_confidential"] == "The coil's shape."
    parts = ada_calls.get(f"{here}/parts").json()
    assert parts["inventors"][0]["share_percent"] == "100.00"


def test_a_project_moves_and_carries_what_belongs_to_it(ada_calls, area, bo_company, university):
    project = ada_calls.made("projects", {"title_en": "Quiet pumps", "area": "core"}, Idempotency_Key="p1")
    here = f"projects/{project['number']}"
    assert ada_calls.made(f"{here}/moves/contact")["state"] == "contacted"
    ada_calls.made(f"{here}/milestones", {"name": "Prototype", "due_on": "2027-03-01"})
    ada_calls.made(f"{here}/interactions", {"on": "2026-11-18", "interaction_kind": "call", "note": "They agree.",
                                            "next_step": "Visit", "next_step_on": "2026-12-01"})  # fmt: skip
    contract = {
        "contract_kind": "licence", "title": "Licence", "seller": university.number, "buyer": bo_company.number,
        "value_total": "500000.00", "deductions": [{"what": "equipment", "amount": "20000.00"}],
    }  # fmt: skip
    drafted = ada_calls.made(f"{here}/contracts", contract, Idempotency_Key="c1")
    assert drafted["value_technical"] == "480000.00"
    again = ada_calls.made(f"{here}/contracts", contract, Idempotency_Key="c1")
    assert again["number"] == drafted["number"]
    signed = ada_calls.made(f"{here}/contracts/{drafted['number']}/moves/sign", {"signed_on": "2026-11-18"})
    assert signed["state"] == "signed"
    parts = ada_calls.get(f"{here}/parts").json()
    assert [one["name"] for one in parts["milestones"]] == ["Prototype"]
    assert parts["contracts"][0]["seller"] == university.number
    assert ada_calls.get(here).json()["next_step"] == "Visit"


def test_contacts_of_a_match_are_told_only_after_both_consent(ada_calls, bo_calls, bo_company, university, office_user):
    need = bo_calls.made("needs", {**NEED, "organisation": bo_company.number, "contact_phone": "0551-1"})
    match = ada_calls.made("matches", {"need": need["number"], "organisation": university.number})
    here, office = f"matches/{match['number']}", Caller(office_user)
    problem_of(office.get(here), 404)
    ada_calls.made(f"{here}/moves/send")
    assert "offering_accepted_by" not in office.get(here).json()
    before = office.get(f"{here}/parts").json()["contacts"]
    assert [one["side"] for one in before] == ["offering"]
    office.made(f"{here}/moves/accept", {"side": "offering"})
    assert all(line["who"] != "Office" for line in bo_calls.get(f"{here}/timeline").json()["items"])
    bo_calls.made(f"{here}/moves/accept", {"side": "needing"})
    ada_calls.made(f"{here}/moves/introduce")
    after = office.get(f"{here}/parts").json()["contacts"]
    assert {one["side"]: one["phone"] for one in after}["needing"] == "0551-1"


def test_candidates_come_with_reasons_to_those_who_may_look(ada_calls, dee_calls, bo_company, full):
    number = ada_calls.get("needs").json()["items"][0]["number"]
    found = ada_calls.get(f"needs/{number}/candidates").json()
    assert set(found) >= {"items", "excluded", "compared", "weights", "notes"}
    problem_of(dee_calls.get(f"needs/{number}/candidates"), 404)


def test_lists_and_words_are_read_by_code(bo_calls, area):
    items = bo_calls.get("lists/areas").json()["items"]
    assert items == [{"code": "core", "en": "Core Area", "zh": "核心区", "parent": None, "retired_on": None}]
    problem_of(bo_calls.get("lists/nothing"), 404)
    assert "Phase" in bo_calls.get("words").json()["items"]
    assert bo_calls.get("words/Phase").json()["items"][0]["code"] == "discovery"
    problem_of(bo_calls.get("words/Nothing"), 404)


def test_a_person_without_any_role_reads_nothing_of_members(db):
    nobody = Caller(make_user("nobody@nowhere.example", None))
    make_person("Chen Jia")
    assert nobody.get("persons").json()["items"] == []
    assert nobody.get("organisations").json()["items"] == []


def test_a_bureau_reads_figures_and_public_rows_only(ada_calls, full):
    bureau = Caller(make_user("bureau@city.example", Role.BUREAU))
    for column in ("achievements", "needs", "offers", "matches", "rounds", "projects"):
        assert bureau.get(column).json()["items"] == []
    assert bureau.get("indicators").status_code == 200


@pytest.fixture
def received(db: None) -> Indicator:
    """The indicator “needs received”, by the year."""
    return make_indicator("needs_received", unit_en="needs", unit_zh="项")


def test_a_figure_is_counted_as_of_a_day_and_opens_to_its_records(ada_calls, received, area):
    assert ada_calls.get("indicators/needs_received").json()["value"] == "0"
    need = ada_calls.made("needs", {**NEED, "area": "core"})
    ada_calls.made("needs", NEED)
    told = ada_calls.get("indicators").json()["items"][0]
    assert (told["value"], told["records"], told["unit"]["en"]) == ("2", 2, "needs")
    assert ada_calls.get("indicators/needs_received?area=core").json()["value"] == "1"
    assert ada_calls.get("indicators/needs_received?as_of=2020-01-01").json()["value"] == "0"
    opened = ada_calls.get("indicators/needs_received/records?area=core").json()
    assert [row["number"] for row in opened["items"]] == [need["number"]]
    assert opened["hidden"] == 0
    first = ada_calls.get("indicators/needs_received/records?limit=1").json()
    second = ada_calls.get(f"indicators/needs_received/records?limit=1&cursor={first['next']}").json()
    assert {first["items"][0]["number"]} != {second["items"][0]["number"]}
    months = ada_calls.get("indicators/needs_received/history").json()["months"]
    assert (len(months), months[-1]["value"]) == (12, "2")


def test_a_small_figure_is_not_told_to_who_reads_aggregates_only(ada_calls, received):
    ada_calls.made("needs", NEED)
    bureau = Caller(make_user("bureau@city.example", Role.BUREAU))
    told = bureau.get("indicators/needs_received").json()
    assert (told["value"], told["is_hidden"], told["records"]) == (None, True, None)
    opened = bureau.get("indicators/needs_received/records").json()
    assert (opened["items"], opened["hidden"]) == ([], None)


@pytest.mark.parametrize("asked", ["colour=blue", "q=pump", "order=title", "as_of=yesterday", "area=moon"])
def test_a_figure_refuses_what_it_does_not_know(ada_calls, received, asked):
    problem_of(ada_calls.get(f"indicators/needs_received/records?{asked}"), 422)
