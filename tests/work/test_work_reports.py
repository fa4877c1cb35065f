"""A work report is written with bound numbers, reviewed by a second person, signed under a hash, corrected openly."""

import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grandunion.records.journal import Entry
from grandunion.records.messages import Message
from grandunion.records.plans import Claim, Plan, ReportTemplate, SourceDocument, Target, WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.terms.work_reports import BoundChange, Check, Fault, WorkReportState
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.actions.plans import reports as deeds
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries import journal
from grandunion.work.queries.messages.places import place
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.plans import reports
from tests.cast import NOON, make_organisation, make_user
from tests.figures import make_indicator, recounted
from tests.watching import reading
from tests.work.test_plans import make_project

LATER = NOON + timedelta(hours=1)
BODY = [
    {"code": "review", "zh": "回顾", "en": "Review", "sentences": [
        {"zh": "新入驻企业{claimed}，落地项目{counted}。",
         "en": "{claimed} companies came and {counted} projects landed.",
         "numbers": [
             {"name": "claimed", "claim": "claim-1", "figure": "", "target": "", "area": "", "as_of": None,
              "qualifier": "exactly", "measure_zh": "家", "measure_en": ""},
             {"name": "counted", "claim": "", "figure": "projects_landed", "target": "", "area": "", "as_of": None,
              "qualifier": "exactly", "measure_zh": "个", "measure_en": ""}]},
        {"zh": "规划全面完成。", "en": "The planning was completed.", "numbers": []}]},
    {"code": "plan", "zh": "安排", "en": "Plan", "sentences": [
        {"zh": "新增单元{units}。", "en": "The hub will add {units} units.", "numbers": [
            {"name": "units", "claim": "", "figure": "", "target": "target-1", "area": "", "as_of": None,
             "qualifier": "exactly", "measure_zh": "个", "measure_en": ""}]}]},
]  # fmt: skip


@pytest.fixture
def template(db: None, operator: Reader) -> ReportTemplate:
    """A template over one claim, one counted figure (two projects landed in 2026) and one target."""
    source = SourceDocument.objects.create(code="Z0", title_en="Article", title_zh="报道")
    counted = make_indicator("projects_landed")
    for number, title in enumerate(("One", "Two")):
        make_project(title, company=make_organisation(title), landed_on=date(2026, 3, 5 + number))
    recounted()
    Claim.objects.create(
        code="claim-1", indicator=counted, source=source, level="province", qualifier="exactly", value=846,
        period="2026", unit_en="companies", unit_zh="家",
    )  # fmt: skip
    plan = Plan.objects.create(code="plan", name_zh="规划", name_en="Plan", source=source)
    Target.objects.create(
        code="target-1", indicator=counted, plan=plan, scope="hub", operator=">", value=60,
        unit_en=counted.unit_en, unit_zh=counted.unit_zh,
    )  # fmt: skip
    return ReportTemplate.objects.create(
        code="test", name_zh="年度报告", name_en="Report", scope="hub", year=None, body=BODY
    )


@pytest.fixture
def planner(db: None) -> Reader:
    return reader_of(make_user("paula@hub.example", Role.PLANNER), NOON)


@pytest.fixture
def colleague(db: None) -> Reader:
    return reader_of(make_user("pete@hub.example", Role.PLANNER), NOON)


@pytest.fixture
def report(template: ReportTemplate, planner: Reader) -> WorkReport:
    return deeds.draft(template, year=2026, by=planner, at=NOON)


@pytest.fixture
def signed(report: WorkReport, planner: Reader, colleague: Reader) -> WorkReport:
    return _signed(report, planner, colleague)


def _signed(report: WorkReport, planner: Reader, colleague: Reader) -> WorkReport:
    deeds.name_signer(report, colleague.email, by=planner, at=NOON)
    deeds.move(report, "check", by=planner, at=NOON)
    deeds.move(report, "review", by=colleague, at=NOON)
    return deeds.sign(report, by=colleague, at=NOON)


def lines(report: WorkReport, at: datetime = NOON) -> tuple[reports.Line, ...]:
    return reports.body(report, at).lines


def test_every_number_stands_in_the_text_as_its_language_says_it(report: WorkReport) -> None:
    assert [(line.text.zh, line.text.en) for line in lines(report)] == [
        ("新入驻企业846家，落地项目2个。", "846 companies came and two projects landed."),
        ("规划全面完成。", "The planning was completed."),
        ("新增单元超过60个。", "The hub will add over 60 units."),
    ]


def test_only_planning_officers_write(template: ReportTemplate, report: WorkReport, ada: Reader, dee: Reader) -> None:
    first = lines(report)[0].sentence.pk
    for reader in (ada, dee):
        with pytest.raises(Forbidden):
            deeds.draft(template, year=2026, by=reader, at=NOON)
        with pytest.raises(Forbidden):
            deeds.reword(report, first, Text("x", "x"), by=reader, at=NOON)


def test_a_form_sent_twice_begins_one_report(template: ReportTemplate, planner: Reader) -> None:
    one = deeds.draft(template, year=2026, by=planner, at=NOON, submission="k")
    assert deeds.draft(template, year=2026, by=planner, at=NOON, submission="k").pk == one.pk


def test_a_template_for_every_year_asks_which(template: ReportTemplate, planner: Reader) -> None:
    with pytest.raises(Invalid):
        deeds.draft(template, by=planner, at=NOON)


def test_a_number_typed_by_hand_is_marked_and_stops_the_check_until_answered_for(
    report: WorkReport, planner: Reader
) -> None:
    pk = lines(report)[1].sentence.pk
    said = Text("The planning of 14 parks was completed.", "14 个园区规划完成。")
    deeds.reword(report, pk, said, by=planner, at=NOON)
    line = lines(report)[1]
    assert line.faults == (Fault.TYPED,)
    assert [piece.text for piece in line.pieces("zh") if piece.is_typed] == ["14"]
    with pytest.raises(Refused, match="typed by hand"):
        deeds.move(report, "check", by=planner, at=NOON)
    with pytest.raises(Invalid):
        deeds.justify(report, pk, "99", "why", by=planner, at=NOON)
    deeds.justify(report, pk, "14", "From the district's own letter", by=planner, at=NOON)
    assert lines(report)[1].faults == ()
    assert deeds.move(report, "check", by=planner, at=NOON).state == WorkReportState.NUMBERS_CHECKED


def test_a_changed_value_marks_its_sentence_until_taken_or_kept(report: WorkReport, planner: Reader) -> None:
    first = lines(report)[0].sentence.pk
    Claim.objects.filter(code="claim-1").update(value=850)
    line = lines(report)[0]
    assert (line.faults, line.chips[0].change) == ((Fault.STALE,), BoundChange.CHANGED)
    assert line.text.zh.startswith("新入驻企业846家")
    assert line.chips[0].said_now.zh == "850家"
    with pytest.raises(Refused, match="have changed"):
        deeds.move(report, "check", by=planner, at=NOON)
    with pytest.raises(Invalid):
        deeds.keep(report, first, "claimed", " ", by=planner, at=NOON)
    deeds.keep(report, first, "claimed", "The report was printed", by=planner, at=NOON)
    assert lines(report)[0].chips[0].change is BoundChange.KEPT
    assert lines(report)[0].faults == ()
    Claim.objects.filter(code="claim-1").update(value=851)
    assert lines(report)[0].chips[0].change is BoundChange.CHANGED, "kept against one value, not for ever"
    assert deeds.take_all(report, by=planner, at=NOON) == 1
    assert lines(report)[0].text.zh.startswith("新入驻企业851家")


def test_a_counted_figure_follows_the_records_of_its_day(report: WorkReport, planner: Reader, operator: Reader) -> None:
    make_project("Late", company=make_organisation("Late"), landed_on=date(2026, 3, 9))
    recounted()
    chip = lines(report)[0].chips[1]
    assert (chip.change, chip.number.bound.value, chip.now.value) == (BoundChange.CHANGED, 2, 3)


def test_a_missing_language_or_other_numbers_is_a_gap(report: WorkReport, planner: Reader) -> None:
    first, second = (line.sentence.pk for line in lines(report)[:2])
    deeds.reword(report, second, Text("", "规划完成。"), by=planner, at=NOON)
    deeds.reword(report, first, Text("{claimed} companies and {counted}.", "企业{claimed}。"), by=planner, at=NOON)
    assert [line.faults for line in lines(report)[:2]] == [(Fault.GAP,), (Fault.GAP,)]
    with pytest.raises(Invalid):
        deeds.reword(report, first, Text("{nothing}", "{nothing}"), by=planner, at=NOON)


def test_a_number_is_bound_into_both_languages_and_goes_with_its_last_use(report: WorkReport, planner: Reader) -> None:
    pk = lines(report)[1].sentence.pk
    made = deeds.bind(report, pk, {"rests_on": "figure:projects_landed", "measure_zh": "个"}, by=planner, at=NOON)
    line = lines(report)[1]
    assert (line.text.zh, line.text.en) == ("规划全面完成2个。", "The planning was completed two.")
    assert (made.name, made.as_of) == ("n1", date(2026, 11, 18))
    deeds.reword(report, pk, Text("Completed.", "完成。"), by=planner, at=NOON)
    assert lines(report)[1].chips == ()
    for given in ({"rests_on": "figure:nothing"}, {"rests_on": ""}, {"rests_on": "claim:claim-1:x"}):
        with pytest.raises(Invalid):
            deeds.bind(report, pk, given, by=planner, at=NOON)


def test_the_writer_does_not_review_and_only_the_named_signer_signs(
    report: WorkReport, planner: Reader, colleague: Reader
) -> None:
    deeds.move(report, "check", by=planner, at=NOON)
    with pytest.raises(Refused, match="second person"):
        deeds.move(report, "review", by=planner, at=NOON)
    deeds.move(report, "review", by=colleague, at=NOON)
    with pytest.raises(Refused, match="named signer"):
        deeds.sign(report, by=colleague, at=NOON)
    deeds.name_signer(report, planner.email, by=planner, at=NOON)
    with pytest.raises(Refused, match="named signer"):
        deeds.sign(report, by=colleague, at=NOON)
    assert deeds.sign(report, by=planner, at=NOON).state == WorkReportState.SIGNED


def test_whoever_wrote_a_word_does_not_review_either(report: WorkReport, planner: Reader, colleague: Reader) -> None:
    pk = lines(report)[1].sentence.pk
    deeds.reword(report, pk, Text("Completed.", "完成。"), by=colleague, at=NOON)
    deeds.move(report, "check", by=planner, at=NOON)
    with pytest.raises(Refused, match="second person"):
        deeds.move(report, "review", by=colleague, at=NOON)


def test_the_signer_the_reviewer_and_the_writer_are_told(
    signed: WorkReport, planner: Reader, colleague: Reader
) -> None:
    while read_journal(at=LATER):
        pass
    told = {(row.user_id, row.verb) for row in Message._base_manager.filter(subject_kind="work_report")}
    assert {(colleague.user_id, "work_report.signer"), (colleague.user_id, "work_report.checked"),
            (planner.user_id, "work_report.reviewed"), (planner.user_id, "work_report.signed")} <= told  # fmt: skip
    assert place("work_report", signed.number) == f"/w/work-reports/{signed.number}/"


def test_an_open_comment_stops_the_review(report: WorkReport, planner: Reader, colleague: Reader, ada: Reader) -> None:
    pk = lines(report)[0].sentence.pk
    said = deeds.comment(report, pk, "Is that with branches?", by=ada, at=NOON)
    deeds.move(report, "check", by=planner, at=NOON)
    with pytest.raises(Refused, match="comment"):
        deeds.move(report, "review", by=colleague, at=NOON)
    deeds.resolve(report, said.pk, by=planner, at=NOON)
    assert deeds.move(report, "review", by=colleague, at=NOON).state == WorkReportState.REVIEWED


def test_signing_freezes_every_value_under_a_hash(signed: WorkReport, operator: Reader) -> None:
    assert len(signed.digest) == 64
    assert reports.is_sound(signed)
    Claim.objects.filter(code="claim-1").update(value=900)
    said = reports.content(signed, LATER)
    assert said["sections"][0]["sentences"][0]["text"]["zh"] == "新入驻企业846家，落地项目2个。"
    entry = journal.timeline(signed, permissions.clearance(operator, signed), 5)[0]
    assert ("digest", None, signed.digest) in entry.changes
    signed.frozen["sections"][0]["sentences"][0]["text"]["zh"] = "新入驻企业900家。"
    assert not reports.is_sound(signed)


def test_a_signed_report_is_not_changed_but_corrected(signed: WorkReport, planner: Reader) -> None:
    pk = reports.rows.sentences(signed)[0].pk
    with pytest.raises(Forbidden):
        deeds.reword(signed, pk, Text("x", "x"), by=planner, at=LATER)
    right = {"now_zh": "850家", "now_en": "850", "reason_zh": "原报道有误"}
    with pytest.raises(Invalid):
        deeds.correct(signed, "1.1.claimed", {**right, "reason_zh": ""}, by=planner, at=LATER)
    with pytest.raises(Invalid):
        deeds.correct(signed, "9.9.x", right, by=planner, at=LATER)
    row = deeds.correct(signed, "1.1.claimed", right, by=planner, at=LATER)
    assert (row.was.zh, row.now.en) == ("846家", "850")
    printed = reports.paper(signed, planner, "zh")
    assert any("850家" in cell for block in printed.blocks for line in getattr(block, "rows", ()) for cell in line)


def test_a_published_report_is_read_by_everybody_a_draft_only_by_those_who_work_on_it(
    signed: WorkReport, planner: Reader, dee: Reader, ada: Reader
) -> None:
    assert reports.get(signed.number, ada) == signed
    with pytest.raises(Absent):
        reports.get(signed.number, dee)
    deeds.move(signed, "publish", by=planner, at=LATER)
    assert reports.get(signed.number, dee).level == Level.PUBLIC


def test_the_evidence_alone_proves_every_figure_and_shows_every_forgery(signed: WorkReport, planner: Reader) -> None:
    made = json.loads(json.dumps(reports.evidence(signed, planner, is_whole=True)))
    alone, here = reports.verify(made, LATER)
    assert {one.check for one in (*alone, *here)} == {Check.HOLDS}
    assert [one.about for one in alone] == ["seal", "1.1.claimed", "1.1.counted", "2.1.units"]
    fewer = json.loads(json.dumps(made))
    del fewer["proofs"]["1.1.counted"]["records"][0]
    assert [one.about for one in reports.verify(fewer, LATER)[0] if one.check is Check.DIFFERS] == ["1.1.counted"]
    forged = json.loads(json.dumps(made))
    forged["report"]["sections"][0]["sentences"][0]["text"]["en"] = "900 companies came."
    assert {one.about for one in reports.verify(forged, LATER)[0] if one.check is Check.DIFFERS} == {"seal", "1.1"}


def test_the_hub_says_where_it_has_moved_on_since(signed: WorkReport, planner: Reader, operator: Reader) -> None:
    made = reports.evidence(signed, planner, is_whole=True)
    Claim.objects.filter(code="claim-1").update(value=900)
    make_project("Late", company=make_organisation("Late"), landed_on=date(2026, 3, 9))
    recounted()
    alone, here = reports.verify(made, LATER)
    assert {one.check for one in alone} == {Check.HOLDS}, "what was signed still proves itself"
    assert {one.about for one in here if one.check is Check.DIFFERS} == {"1.1.claimed", "1.1.counted"}


@pytest.mark.parametrize("broken", [{}, {"form": "x"}, {"form": "grandunion-evidence/1", "report": {}}, []])
def test_what_is_no_evidence_is_refused(db: None, broken: object) -> None:
    with pytest.raises(Refused):
        reports.verify(broken, NOON)


def test_an_auditor_reads_every_record_by_grant_only(
    signed: WorkReport, planner: Reader, dee: Reader, as_reader: Callable, dee_user: object
) -> None:
    deeds.open_evidence(signed, "dee@elsewhere.example", "Audit of 2026", by=planner, at=NOON)
    auditor = as_reader(dee_user)
    assert permissions.may_read_evidence(auditor, signed)
    assert permissions.reads_all_records(auditor, signed)
    few = reports.evidence(signed, auditor, is_whole=False)
    proof = few["proofs"]["1.1.counted"]
    assert (proof["records"], proof["hidden"]) == ([], 2)
    assert Check.UNKNOWN in {one.check for one in reports.verify(few, NOON)[0]}


def test_last_years_report_stands_beside(template: ReportTemplate, planner: Reader, report: WorkReport) -> None:
    assert reports.compared(report, planner) is None
    deeds.draft(template, year=2025, by=planner, at=NOON)
    beside = reports.compared(report, planner)
    assert beside.before.year == 2025
    assert [pair[0].en for pair in beside.pairs] == ["Review", "Plan"]
    landed = next(one for one in beside.figures if one.was.zh == "0个")
    assert (landed.now.zh, landed.growth) == ("2个", None)


def test_a_report_is_read_in_a_bounded_number_of_queries(report: WorkReport, planner: Reader) -> None:
    with reading(), CaptureQueriesContext(connection) as few:
        reports.body(report, NOON)
    for count in range(10):
        made = deeds.add(report, 1, Text(f"Line {'x' * count}.", "语句。"), by=planner, at=NOON)
        deeds.bind(report, made.pk, {"rests_on": "claim:claim-1"}, by=planner, at=NOON)
    with reading(), CaptureQueriesContext(connection) as many:
        assert len(reports.body(report, NOON).lines) == 13
    assert len(many) == len(few) <= 7


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_papers_are_real(signed: WorkReport, planner: Reader, language: str) -> None:
    printed = reports.report_file(signed, planner, language, "pdf")
    assert printed.content.startswith(b"%PDF-1.7")
    written = docx.Document(BytesIO(reports.report_file(signed, planner, language, "docx").content))
    text = "\n".join(one.text for one in written.paragraphs)
    assert ("新入驻企业846家" if language == "zh" else "846 companies came") in text


def test_the_word_file_takes_the_staffs_own_styles_and_refuses_what_is_none(
    signed: WorkReport, planner: Reader
) -> None:
    mould = docx.Document()
    mould.styles["Heading 1"].font.name = "SimHei"
    mould.add_paragraph("An old text that must go.")
    mould.sections[0].header.paragraphs[0].text = "合肥市人民政府"
    kept = BytesIO()
    mould.save(kept)
    made = reports.report_file(signed, planner, "zh", "docx", styles=kept.getvalue())
    written = docx.Document(BytesIO(made.content))
    assert written.styles["Heading 1"].font.name == "SimHei"
    assert written.sections[0].header.paragraphs[0].text == "合肥市人民政府"
    assert "old text" not in "\n".join(one.text for one in written.paragraphs)
    for broken in (b"", b"PK\x03\x04nonsense", b"%PDF-1.7"):
        with pytest.raises(Invalid):
            reports.report_file(signed, planner, "zh", "docx", styles=broken)


def moulded(heading: str) -> BytesIO:
    """A Word file of the staff's own, with a font of its own for headings."""
    mould = docx.Document()
    mould.styles["Heading 1"].font.name = heading
    kept = BytesIO()
    mould.save(kept)
    kept.seek(0)
    return kept


def heading_of(made: reports.File) -> str | None:
    return docx.Document(BytesIO(made.content)).styles["Heading 1"].font.name


def test_a_kept_word_file_is_taken_for_its_level_until_it_is_replaced_or_taken_away(
    signed: WorkReport, planner: Reader
) -> None:
    plain = heading_of(reports.report_file(signed, planner, "zh", "docx"))
    level, template = (reports.place(code) for code in ("hub", "test"))
    deeds.keep_style(level, moulded("SimHei"), "红头.docx", by=planner, at=NOON)
    assert heading_of(reports.report_file(signed, planner, "zh", "docx")) == "SimHei"
    own = deeds.keep_style(template, moulded("FangSong"), "own.docx", by=planner, at=NOON)
    assert heading_of(reports.report_file(signed, planner, "zh", "docx")) == "FangSong"
    once = moulded("KaiTi").getvalue()
    assert heading_of(reports.report_file(signed, planner, "zh", "docx", styles=once)) == "KaiTi"
    again = deeds.keep_style(template, moulded("Songti"), "other.docx", by=planner, at=NOON, version=own.version)
    assert (again.pk, again.file_name) == (own.pk, "other.docx")
    with pytest.raises(Stale):
        deeds.keep_style(template, moulded("X"), "late.docx", by=planner, at=NOON, version=own.version)
    for code in ("test", "hub"):
        deeds.drop_style(reports.place(code).style, by=planner, at=NOON)
    assert heading_of(reports.report_file(signed, planner, "zh", "docx")) == plain
    told = Entry.objects.filter(subject_kind="report_style").order_by("seq").values_list("verb", flat=True)
    assert [verb.split(".")[1] for verb in told] == ["kept", "kept", "replaced", "dropped", "dropped"]


def test_only_planners_keep_word_files_and_only_whole_ones_without_macros(
    signed: WorkReport, planner: Reader, ada: Reader
) -> None:
    level = reports.place("hub")
    with pytest.raises(Forbidden):
        deeds.keep_style(level, moulded("X"), "a.docx", by=ada, at=NOON)
    armed = moulded("X")
    with zipfile.ZipFile(armed, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"macro")
    armed.seek(0)
    broken = {"a.docm": moulded("X"), "a.docx": armed, "b.docx": BytesIO(b"PK no"), "c.docx": BytesIO(b""),
              "d.docx": BytesIO(b"x" * 5_000_001)}  # fmt: skip
    for name, file in broken.items():
        with pytest.raises(Invalid):
            deeds.keep_style(level, file, name, by=planner, at=NOON)
    assert reports.place("hub").style is None
    with pytest.raises(Absent):
        reports.place("no-such")
