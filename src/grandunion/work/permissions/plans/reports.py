"""Who writes, reviews, signs and corrects work reports, and who is given their evidence."""

from grandunion.engines.flows import WORK_REPORT_FLOW, Move
from grandunion.records.plans import WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.terms.work_reports import SEALED_STATES, WorkReportState
from grandunion.work.permissions.base import Standing, clearance, parts
from grandunion.work.queries.plans import reports

Offers = tuple[tuple[Move, Verdict], ...]
PLANNERS_ONLY = no(
    "The hub's planning officers write work reports. Leave a comment, or ask them.",
    "工作报告由规划专员编写，您可以留下批注或联系规划专员。",
)


def standing(reader: Reader, report: WorkReport, body: reports.Body | None = None, **given: object) -> Standing:
    """The facts of the report (`body`, where it is read already) with what a form brought, and the reader's parts."""
    facts = (body or reports.body(report, reader.at)).facts()
    own = {
        "is_second_person": reader.is_house or not reports.wrote(report, reader.user_id),
        "is_signer": report.signer_id is not None and (reader.is_house or report.signer_id == reader.user_id),
    }
    return Standing({**facts, **own, **given}, _parts(reader, report))


def _parts(reader: Reader, report: WorkReport) -> frozenset[Part]:
    """Whoever is a planning officer is one, whatever else they are; that a report is one's own gives no part."""
    mine = parts(reader, report) - {Part.PLANNER, Part.IN_CHARGE}
    return mine | {Part.PLANNER} if _plans(reader) else mine


def _plans(reader: Reader) -> bool:
    return reader.is_house or reader.has(Role.PLANNER)


def offers(reader: Reader, report: WorkReport, body: reports.Body | None = None) -> Offers:
    """The moves the flow offers the reader on this report; signing only to whoever is named to sign."""
    stand = standing(reader, report, body)
    found = WORK_REPORT_FLOW.offers(report.state, stand.facts, stand.parts)
    return tuple(
        (move, verdict) for move, verdict in found if move.code != "sign" or Part.PLANNER in stand.parts or verdict
    )


def may_draft(reader: Reader) -> Verdict:
    """Planning officers begin reports."""
    return YES if _plans(reader) else PLANNERS_ONLY


def may_style(reader: Reader) -> Verdict:
    """Planning officers keep the Word files in whose styles reports are written."""
    return YES if _plans(reader) else PLANNERS_ONLY


def may_edit(reader: Reader, report: WorkReport) -> Verdict:
    """Planning officers change a draft; what was checked is sent back first."""
    if not _plans(reader):
        return PLANNERS_ONLY
    if report.state != WorkReportState.DRAFTED:
        return no("Send the report back to the draft first.", "请先将报告退回起草状态。")
    return YES


def may_name_signer(reader: Reader, report: WorkReport) -> Verdict:
    """Planning officers name who signs, until it is signed."""
    if not _plans(reader):
        return PLANNERS_ONLY
    if report.state in SEALED_STATES:
        return no("The report is signed already.", "报告已签发。")
    return YES


def may_comment(reader: Reader, report: WorkReport) -> Verdict:
    """Whoever works on a report comments on it until it is signed."""
    if report.state in SEALED_STATES or report.state == WorkReportState.DROPPED:
        return no("The report is closed to comments.", "报告已不再接受批注。")
    if reader.reads_rows or reader.user_id == report.signer_id or Part.GRANTEE in parts(reader, report):
        return YES
    return no("Only those who work on the report comment on it.", "仅参与编写的人员可以批注。")


def may_correct(reader: Reader, report: WorkReport) -> Verdict:
    """Planning officers add errata to a signed report."""
    if not _plans(reader):
        return PLANNERS_ONLY
    if report.state not in SEALED_STATES:
        return no("It is not signed yet: change the text itself.", "报告尚未签发，请直接修改正文。")
    return YES


def reads_draft(reader: Reader, report: WorkReport) -> bool:
    """Whether the reader works with the sentences, and not only with what is published."""
    return reader.reads_rows or reader.user_id == report.signer_id or Part.GRANTEE in parts(reader, report)


def may_read_evidence(reader: Reader, report: WorkReport) -> Verdict:
    """The evidence is for those who work on the report and for auditors it was opened to by name."""
    if reads_draft(reader, report):
        return YES
    return no(
        "The evidence is for auditors: ask a planning officer to open the report to you by name.",
        "证据文件供审计使用：请联系规划专员对您指名授权。",
    )


def reads_all_records(reader: Reader, report: WorkReport) -> bool:
    """Whether the evidence lists every record counted: for planning officers, and for an auditor's deep grant."""
    is_granted = Part.GRANTEE in parts(reader, report) and clearance(reader, report) >= Secrecy.S3
    return _plans(reader) or is_granted
