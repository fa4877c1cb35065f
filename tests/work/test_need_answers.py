"""Answers to a subject's questions: asked at every door, by sheet in and out, read by whom they concern."""

import json

import pytest

from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.terms.needs import DraftStep
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Invalid, Refused
from grandunion.work.actions import needs as actions
from grandunion.work.actions.needs.desk import archive
from grandunion.work.actions.upkeep import undoing
from grandunion.work.permissions.base import clearance
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.needs import ANSWERED, answered_to, visible_to
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.upkeep import exports
from tests.cast import NOON, make_user
from tests.interfaces.test_subjects import QUESTIONS
from tests.work.test_upkeep import bring, file_of, look

pytestmark = pytest.mark.django_db
HEADS = ["title_zh", "category", "subject", "details", "contact_name"]
SAID = {"contact_name": "Bo", "title_en": "A loan", "text_en": "Money.", "category": "financing", "subject": "loan"}


@pytest.fixture(autouse=True)
def loan(db):
    above = Term.objects.create(list="need_subjects", code="financing", name_zh="融资", name_en="Financing")
    return Term.objects.create(
        list="need_subjects",
        code="loan",
        parent=above,
        name_zh="贷款",
        name_en="Loans",
        details={"questions": QUESTIONS},
    )


def every_need():
    return list(Need.objects.unscoped("a test looks at what was kept").order_by("pk"))


@pytest.mark.parametrize("details", [None, {}, {"has_loan": "1"}])
def test_nothing_is_taken_down_without_what_its_subject_must_know(bo, ada, details):
    given = SAID if details is None else {**SAID, "details": details}
    for reader in (bo, ada):
        with pytest.raises(Invalid, match="Term in months"):
            actions.register(given, by=reader, at=NOON)
    assert actions.register({**SAID, "details": {"term_months": 24}}, by=bo, at=NOON).details == {"term_months": "24"}


def test_a_draft_may_wait_for_its_answers_and_is_not_handed_in_without_them(bo):
    draft = actions.begin({"contact_name": "Bo"}, by=bo, at=NOON)
    told = {name: value for name, value in SAID.items() if name != "contact_name"}
    actions.save_step(draft, DraftStep.DESCRIPTION, told, by=bo, at=NOON)
    with pytest.raises(Invalid) as refused:
        actions.submit(draft, by=bo, at=NOON)
    assert [one.field for one in refused.value.problems] == ["details.term_months"]
    actions.save_step(draft, DraftStep.DESCRIPTION, {"details": {"term_months": "12"}}, by=bo, at=NOON)
    assert actions.submit(draft, by=bo, at=NOON).state == "received"


@pytest.mark.parametrize("cell", [
    "term_months: 24; has_loan: no; security: none; starts_on: 2027-01-02",
    "贷款期限（月）：24；目前是否有在贷：否；增信：无；开始：2027-01-02",
    "Term in months: 24\nIs a loan running now?: no\nSecurity: None\nStart: 2027-01-02",
])  # fmt: skip
def test_a_sheet_brings_answers_by_code_or_by_the_words_of_the_question(tmp_path, cell):
    bring(file_of(tmp_path, HEADS, ["贷款", "financing", "loan", cell, "张三"]), "needs")
    (need,) = every_need()
    assert need.details == {"term_months": "24", "has_loan": False, "security": "none", "starts_on": "2027-01-02"}


def test_each_wrong_answer_of_a_sheet_is_named_and_a_row_counts_once(tmp_path):
    rows = [
        ["甲", "financing", "loan", "term_months: soon; has_loan: perhaps", "张三"],
        ["乙", "financing", "loan", "", "张三"],
        ["丙", "financing", "loan", "colour: red", "张三"],
        ["丁", "talent", "", "", "张三"],
        ["戊", "financing", "loan", "term_months: 6", "张三"],
    ]
    found = look(file_of(tmp_path, HEADS, *rows), "needs")
    assert (found.bad, found.new) == (3, 2)
    named = {(one.row, one.field) for one in found.problems}
    assert named >= {(2, "details.term_months"), (2, "details.has_loan"), (3, "details.term_months")}
    assert (4, "details.colour: red") in named


def test_what_was_closed_elsewhere_is_not_asked_any_more(tmp_path):
    row = ["旧", "financing", "loan", "", "张三", "closed_solved"]
    assert look(file_of(tmp_path, [*HEADS, "state"], row), "needs").is_sound


def test_json_lines_bring_answers_as_an_object_and_an_import_of_them_is_taken_back(tmp_path, operator):
    path = tmp_path / "needs.jsonl"

    def sent(term):
        row = {"title_zh": "贷款", "subject": "loan", "details": {"term_months": term, "has_loan": True},
               "source_ref": "7"}  # fmt: skip
        path.write_text(json.dumps(row) + "\n", "utf-8")
        return bring(path, "needs")

    sent(24)
    assert every_need()[0].details == {"term_months": "24", "has_loan": True}
    second = sent(36)
    assert every_need()[0].details["term_months"] == "36"
    undoing.take_back(second, by=operator, at=NOON)
    assert every_need()[0].details == {"term_months": "24", "has_loan": True}


def test_the_list_of_answers_can_be_sent_in_again(tmp_path, ada, bo):
    kept = {"term_months": "24", "has_loan": False, "security": "none", "starts_on": "2027-01-02"}
    actions.register({**SAID, "details": kept}, by=bo, at=NOON)
    columns, rows = listing.everything(ANSWERED, ada, Question(columns=("number", "details")))
    ((_, (_, said)),) = rows
    assert [column.code for column in columns] == ["number", "details"]
    assert "贷款期限（月）：24; 目前是否有在贷：否" in said.zh
    for cell in (said.zh, said.en):
        found = look(file_of(tmp_path, HEADS, ["贷款", "financing", "loan", cell, "张三"]), "needs")
        assert found.is_sound
        assert next(found.chunks())[0].values["details"]["term_months"] == "24"


def test_answers_are_listed_for_whom_reads_them_on_the_record_and_for_nobody_else(
    bo, bo_user, ada_user, chen_user, loan
):
    need = actions.register({**SAID, "details": {"term_months": "24"}}, by=bo, at=NOON)
    planner = make_user("planner@hub.example", Role.PLANNER)
    for level in Level:
        Need.objects.unscoped("a test opens the need step by step").filter(pk=need.pk).update(level=level.value)
        for user in (bo_user, ada_user, chen_user, planner):
            reader = reader_of(user, NOON)
            seen = visible_to(reader).filter(pk=need.pk).first()
            is_read = seen is not None and clearance(reader, seen) >= Secrecy.S2
            assert answered_to(reader).filter(pk=need.pk).exists() == is_read, (level, user.email)


def test_an_export_leaves_the_archive_out_unless_it_is_asked_for(tmp_path, ada, bo):
    need = actions.register({**SAID, "details": {"term_months": "24"}}, by=bo, at=NOON)
    actions.move(need, "cancel", by=ada, at=NOON, reason="done elsewhere")
    archive(need, by=ada, at=NOON)
    to = tmp_path / "needs.csv"
    assert exports.export("needs", to, ada, "en") == 0
    assert exports.export("needs", to, ada, "en", is_whole=True) == 1
    assert exports.export("need_answers", to, ada, "en") == 1
    assert "Term in months: 24" in to.read_text("utf-8-sig")
    with pytest.raises(Refused, match="Nothing is archived"):
        exports.export("persons", to, ada, "en", is_whole=True)
