"""Who may open one record: let in by name, with a reason, and shut out again."""

from datetime import datetime, timedelta

from grandunion.records.parties import Access, Organisation, User
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic

LASTING = {Part.REVIEWER: timedelta(days=30)}  # the other parts last as long as the case


@atomic
def let_in(
    record: object,
    who: User | Organisation,
    part: Part,
    *,
    by: Reader,
    at: datetime,
    reason: str,
    secrecy: Secrecy = Secrecy.S1,
) -> Access:
    """Let a user or an organisation open the record in a part, up to a class of fields; the deed is journaled.

    Called by the action whose rule allows it (an inventor named, a reviewer assigned, a match sent): that
    action has judged it.
    """
    to = {"user": who} if isinstance(who, User) else {"organisation": who}
    access, _ = Access.objects.unscoped("one access row for each person and part").update_or_create(
        subject_kind=record.kind, subject_id=record.pk, part=part, **to,
        defaults={"secrecy": int(secrecy), "reason": reason, "granted_by": by.name, "granted_at": at,
                  "expires_at": at + LASTING[part] if part in LASTING else None},
    )  # fmt: skip
    journal.note("access.given", record, by=by, at=at, changes={"part": (None, part.value)})
    return access


@atomic
def shut_out(record: object, part: Part, *, by: Reader, at: datetime, user: User | None = None) -> None:
    """End the access that rests on a part, of one user or of all."""
    rows = Access.objects.unscoped("access rows of a record the action has judged").filter(
        subject_kind=record.kind, subject_id=record.pk, part=part
    )
    (rows.filter(user=user) if user else rows).delete()
    journal.note("access.ended", record, by=by, at=at, changes={"part": (part.value, None)})
