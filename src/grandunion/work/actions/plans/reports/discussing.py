"""Comments on the sentences of a report, until each is settled."""

from datetime import datetime

from grandunion.records.parties import User
from grandunion.records.plans import ReportComment, WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.sound import sound
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.base import one
from grandunion.work.queries.plans import reports


@atomic
def comment(report: WorkReport, pk: int, text: str, *, by: Reader, at: datetime) -> ReportComment:
    """Say something about a sentence."""
    require(permissions.may_comment(by, report), Forbidden)
    sentence = reports.sentence(report, pk)
    said = sound("text", text.strip(), 2000)
    if not said:
        raise invalid("text", "Write the comment.", "请填写批注内容。")
    made = ReportComment.objects.create(
        sentence=sentence, text=said, by=User.objects.filter(pk=by.user_id).first(), at=at
    )
    journal.note("work_report.commented", report, by=by, at=at, changes={"comment": (None, made.pk)})
    return made


@atomic
def resolve(report: WorkReport, pk: int, *, by: Reader, at: datetime) -> ReportComment:
    """Say that a comment is settled."""
    row = _open(report, pk, by)
    if row.resolved_at is not None:
        raise Refused(Text("It is settled already.", "该批注已处理。"))
    row.resolved_at, row.resolved_by = at, User.objects.filter(pk=by.user_id).first()
    row.save(update_fields=["resolved_at", "resolved_by"])
    journal.note("work_report.comment_settled", report, by=by, at=at, changes={"comment": (None, row.pk)})
    return row


@atomic
def reopen(report: WorkReport, pk: int, *, by: Reader, at: datetime) -> ReportComment:
    """Take a settled comment up again."""
    row = _open(report, pk, by)
    if row.resolved_at is None:
        raise Refused(Text("It is open still.", "该批注尚未处理。"))
    row.resolved_at = row.resolved_by = None
    row.save(update_fields=["resolved_at", "resolved_by"])
    journal.note("work_report.comment_reopened", report, by=by, at=at, changes={"comment": (None, row.pk)})
    return row


def _open(report: WorkReport, pk: int, by: Reader) -> ReportComment:
    require(permissions.may_comment(by, report), Forbidden)
    return one(reports.comments(report), pk=pk)
