"""The report's way to its readers: checked, reviewed, signed and sealed, published; what is corrected afterwards."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows import WORK_REPORT_FLOW
from grandunion.engines.reporting import digest
from grandunion.records.parties import User
from grandunion.records.plans import Erratum, WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.sound import sound
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.plans import reports

DONE: Mapping[str, str] = {
    "check": "checked", "review": "reviewed", "sign": "signed", "publish": "published", "send_back": "sent_back",
    "drop": "dropped", "take_up": "taken_up",
}  # fmt: skip


@atomic
def move(report: WorkReport, code: str, *, by: Reader, at: datetime, reason: str = "", **values: object) -> WorkReport:
    """Make a move of the flow; publishing opens the report to everybody."""
    if code == "sign":
        return sign(report, by=by, at=at, **values)
    said = sound("reason", reason.strip(), 300)
    if code == "review":
        values["reviewed_by"] = User.objects.filter(pk=by.user_id).first()
    if code in ("send_back", "drop"):
        values["reviewed_by"] = None
    if code == "publish":
        values["level"] = Level.PUBLIC.value
    stand = permissions.standing(by, report)
    changes = base.move(report, WORK_REPORT_FLOW, code, stand, by=by, at=at, reason=said, **values)
    changes.pop("reviewed_by", None)
    journal.note(f"work_report.{DONE[code]}", report, by=by, at=at, changes=changes)
    return report


@atomic
def sign(report: WorkReport, *, by: Reader, at: datetime, version: int | None = None) -> WorkReport:
    """Sign the report: every value, every sentence and the records counted are frozen under one hash."""
    base.lock(report)
    frozen = reports.composed(report, reports.body(report, at))
    values = {
        "frozen": frozen, "proofs": reports.proofs_of(frozen, at), "digest": digest(frozen), "signed_at": at,
        "version": version,
    }  # fmt: skip
    stand = permissions.standing(by, report)
    base.move(report, WORK_REPORT_FLOW, "sign", stand, by=by, at=at, **values)
    journal.note("work_report.signed", report, by=by, at=at, changes={
        "state": (None, report.state), "digest": (None, report.digest),
    })  # fmt: skip
    return report


@atomic
def correct(report: WorkReport, figure: str, values: Mapping[str, object], *, by: Reader, at: datetime) -> Erratum:
    """Add an erratum: which figure (its key), what is right (`now_zh`, `now_en`), why (`reason_zh`, `reason_en`)."""
    require(permissions.may_correct(by, report), Forbidden)
    known = {one["key"]: one for one in report.frozen["figures"]}
    if figure not in known:
        raise invalid("figure", "Choose a figure of the report.", "请选择报告中的数据。")
    given = {
        name: sound(name, str(values.get(name) or "").strip(), longest)
        for name, longest in (("now_zh", 200), ("now_en", 200), ("reason_zh", 500), ("reason_en", 500))
    }
    _complete(given)
    said = known[figure]["said"]
    made = Erratum.objects.create(
        report=report, figure=figure, was_zh=said["zh"][:200], was_en=said["en"][:200], at=at,
        by=User.objects.filter(pk=by.user_id).first(), **given,
    )  # fmt: skip
    base.change(report, at=at)
    journal.note("work_report.corrected", report, by=by, at=at, changes={
        "figure": (None, figure), "value": (said["en"], given["now_en"]),
    })  # fmt: skip
    return made


def _complete(given: Mapping[str, str]) -> None:
    problems = [
        Problem(name, Text("Write what is right, in both languages.", "请用中英文填写正确内容。"))
        for name in ("now_zh", "now_en") if not given[name]
    ]  # fmt: skip
    if not given["reason_zh"] and not given["reason_en"]:
        problems.append(Problem("reason_zh", Text("Say why it is corrected.", "请说明更正原因。")))
    if problems:
        raise Invalid(*problems)


@atomic
def open_evidence(report: WorkReport, email: str, reason: str, *, by: Reader, at: datetime) -> User:
    """Open the report with its whole evidence to an auditor by name."""
    require(permissions.may_draft(by), Forbidden)
    user = User.objects.filter(email__iexact=sound("email", email.strip(), 254), is_active=True).first()
    said = sound("reason", reason.strip(), 300)
    if user is None:
        raise invalid("email", "Nobody here has this address.", "没有使用该邮箱的账户。")
    if not said:
        raise invalid("reason", "Say what the evidence is read for.", "请说明查阅用途。")
    let_in(report, user, Part.GRANTEE, by=by, at=at, reason=said, secrecy=Secrecy.S3)
    return user


@atomic
def hand_out(report: WorkReport, *, by: Reader, at: datetime) -> dict[str, object]:
    """The evidence of the report for whoever may read it, as deep as they may; that it was taken is journaled."""
    require(permissions.may_read_evidence(by, report), Forbidden)
    is_whole = permissions.reads_all_records(by, report)
    journal.note("work_report.evidence", report, by=by, at=at, changes={"is_whole": (None, is_whole)})
    return reports.evidence(report, by, is_whole=is_whole)
