"""Public notice of a rights case: given, objected to, settled, ended."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from grandunion.records.achievements import Achievement, Objection, PublicNotice, RightsCase
from grandunion.terms.periods import Period
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, invalid, no, require
from grandunion.work.actions import journal
from grandunion.work.actions.achievements.moving import moved
from grandunion.work.actions.achievements.rights import case_moved
from grandunion.work.actions.base import atomic
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries


@atomic
def give_notice(
    record: Achievement,
    case: RightsCase,
    *,
    text: Text,
    objections_to: str,
    by: Reader,
    at: datetime,
    period: Period | None = None,
) -> PublicNotice:
    """Announce name and price for at least the hub's number of days; both case and achievement stand in notice."""
    today = timezone.localtime(at).date()
    stands = period or Period(today, today + timedelta(days=queries.notice_rule().days))
    _check(text, objections_to, stands, today)
    case_moved(record, case, "give_notice", by=by, at=at)
    moved(record, "give_notice", by=by, at=at)
    notice = PublicNotice.objects.create(
        achievement=record, rights_case=case, text_zh=text.zh.strip(), text_en=text.en.strip(),
        starts_on=stands.starts_on, ends_on=stands.ends_on, objections_to=objections_to.strip(),
    )  # fmt: skip
    said = f"{notice.starts_on} – {notice.last_day}"
    journal.note("achievement.notice_given", record, by=by, at=at, changes={"notice": (None, said)})
    return notice


def _check(text: Text, objections_to: str, stands: Period, today: date) -> None:
    least = queries.notice_rule().days
    problems = []
    if not text.zh.strip() or not text.en.strip():
        problems.append(Problem("text_zh", Text("Write the notice in both languages.", "请填写中英文公示内容。")))
    if not objections_to.strip():
        problems.append(Problem("objections_to", Text("Say where objections go.", "请填写异议受理方式。")))
    if stands.starts_on < today:
        problems.append(Problem("starts_on", Text("A notice does not begin in the past.", "公示起始日不能早于今天。")))
    if stands.ends_on is None or (stands.ends_on - stands.starts_on).days < least:
        too_short = Text(f"A notice stands for at least {least} days.", f"公示期不少于 {least} 日。")
        problems.append(Problem("days", too_short))
    if problems:
        raise Invalid(*problems)


@atomic
def object_to(
    notice: PublicNotice, *, raised_by: str, text: str, by: Reader, at: datetime, contact: str = ""
) -> Objection:
    """Object to a standing notice: anybody may, signed in or not; it blocks until it is settled."""
    standing = queries.notice(notice.pk, at)
    problems = []
    if not raised_by.strip():
        problems.append(Problem("raised_by", Text("Write your name.", "请填写异议人姓名或单位。")))
    if not text.strip():
        problems.append(Problem("text", Text("Write what you object to and why.", "请填写异议内容和理由。")))
    if problems:
        raise Invalid(*problems)
    objection = Objection.objects.create(
        notice=standing, raised_by=raised_by.strip()[:200], contact=contact.strip()[:200], text=text.strip(),
        received_at=at,
    )  # fmt: skip
    journal.note(
        "achievement.objected", standing.achievement, by=by, at=at, changes={"objection": (None, objection.pk)}
    )
    return objection


@atomic
def settle(
    record: Achievement, objection: Objection, *, is_upheld: bool, settlement: str, by: Reader, at: datetime
) -> Objection:
    """Settle an objection; if it is upheld, the case is rejected and the achievement goes back to review."""
    require(permissions.may_run_rights(by, record), Forbidden)
    if objection.settled_at is not None:
        require(no("This objection is settled already.", "该异议已处理。"))
    if not settlement.strip():
        raise invalid("settlement", "Write how it was settled and why.", "请填写处理结果及理由。")
    objection.settled_at, objection.is_upheld, objection.settlement = at, is_upheld, settlement.strip()
    objection.save(update_fields=["settled_at", "is_upheld", "settlement"])
    journal.note("achievement.objection_settled", record, by=by, at=at, changes={
        "objection": (objection.pk, "upheld" if is_upheld else "not upheld")})  # fmt: skip
    case = queries.open_case(record)
    if is_upheld and case is not None and record.state == "public_notice":
        case_moved(record, case, "reject", by=by, at=at, reason=settlement)
        moved(record, "return_to_review", by=by, at=at, reason=settlement)
    return objection


@atomic
def approve(record: Achievement, case: RightsCase, *, by: Reader, at: datetime, reason: str = "") -> RightsCase:
    """End the notice and approve the case: the achievement is free to transfer."""
    case_moved(record, case, "approve", by=by, at=at, reason=reason)
    moved(record, "end_notice", by=by, at=at, reason=reason)
    return case
