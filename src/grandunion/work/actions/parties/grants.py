"""Access by name and with a reason, for at most 180 days; the owner is told, and the journal keeps it."""

from datetime import datetime, timedelta

from grandunion.adapters import mail
from grandunion.records.parties import Access, User
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.letters import send_once
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries.parties import readers

LONGEST = timedelta(days=180)


@atomic
def grant(
    record: object,
    user: User,
    reason: str,
    secrecy: Secrecy = Secrecy.S1,
    *,
    expires_at: datetime,
    by: Reader,
    at: datetime,
) -> Access:
    """Let a user read one record up to a class of fields until a moment at most 180 days away."""
    require(permissions.may_grant(by, record, Secrecy(secrecy)), Forbidden)
    written = sound("reason", reason.strip(), 300)
    if not written:
        raise invalid("reason", "Say why this person has to read the record.", "请说明授权查阅的理由。")
    if not at < expires_at <= at + LONGEST:
        raise invalid("expires_at", "A grant lasts at most 180 days.", "授权期限最长为 180 天，且须晚于当前时间。")
    rows = Access.objects.unscoped("one grant for each person and record")
    access, _ = rows.update_or_create(
        subject_kind=record.kind, subject_id=record.pk, part=Part.GRANTEE, user=user,
        defaults={"secrecy": int(secrecy), "reason": written, "granted_by": by.name, "granted_at": at,
                  "expires_at": expires_at},
    )  # fmt: skip
    journal.note("access.granted", record, by=by, at=at, changes={
        "reader": (None, user.email), "secrecy": (None, int(secrecy)), "expires_at": (None, expires_at),
    })  # fmt: skip
    _tell_owners(record, user, access, by, at)
    return access


def _tell_owners(record: object, user: User, access: Access, by: Reader, at: datetime) -> None:
    until = access.expires_at.date().isoformat()
    subject = Text(f"Access to {record.number} was given", f"{record.number} 已授权他人查阅")
    body = Text(
        f"{by.name} let {user.name.en} read {record.number} until {until}.\nReason: {access.reason}\n"
        "If that is not right, open the record and take the access back.",
        f"{by.name}已授权{user.name.zh or user.email}查阅 {record.number}，有效期至 {until}。\n理由：{access.reason}\n"
        "如有异议，请打开该记录撤回授权。",
    )
    letters = [mail.Letter(owner.email, owner.language, subject, body) for owner in readers.owners_of(record, at)]
    send_once(letters, record, by=by, at=at)


@atomic
def withdraw(record: object, access: Access, *, by: Reader, at: datetime) -> None:
    """Take a grant back, at once."""
    require(permissions.may_withdraw(by, record, access), Forbidden)
    access.delete()
    journal.note("access.withdrawn", record, by=by, at=at, changes={"reader": (access.user.email, None)})
