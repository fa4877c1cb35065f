"""What somebody does with their messages: read them, choose how to be told, watch a record, end letters."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from grandunion.records.messages import Message, Preference, Silence
from grandunion.records.parties import User, Watch
from grandunion.terms.messages import USUAL_WAY, MessageKind, Way
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Absent, Forbidden, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions import messages as permissions
from grandunion.work.permissions.base import may_see
from grandunion.work.queries.messages import inbox
from grandunion.work.queries.messages.telling import fingerprint

MOST = 500  # records somebody watches


@atomic
def read(message: Message, *, by: Reader, at: datetime) -> None:
    """Mark one of the reader's own messages as read."""
    _read(inbox.mine(by).filter(pk=message.pk), by, at)


@atomic
def read_all(*, by: Reader, at: datetime, kind: str = "", until: int | None = None) -> int:
    """Mark everything (of a kind; up to the newest that was shown) as read; answers how many there were."""
    rows = inbox.mine(by)
    rows = rows.filter(message_kind=kind) if MessageKind.has(kind) else rows
    return _read(rows if until is None else rows.filter(pk__lte=until), by, at)


def _read(rows: QuerySet[Message], by: Reader, at: datetime) -> int:
    count = rows.filter(read_at=None).update(read_at=at)
    recount(by.user_id)
    return count


def recount(user_id: int | None) -> None:
    """Keep how many messages an account has not read, as every page shows it."""
    rows = Message.objects.unscoped("how many messages an account has not read")
    waiting = rows.filter(user=OuterRef("pk"), read_at=None, is_shown=True).order_by().values("user")
    counted = Subquery(waiting.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    User.objects.filter(pk=user_id).update(unread=Coalesce(counted, 0))


@atomic
def choose(wishes: Mapping[MessageKind, tuple[Way, bool]], *, by: Reader, at: datetime) -> None:
    """Keep how the reader wants to be told of each of these kinds: the way by mail, and whether in the list."""
    require(permissions.may_choose(by), Forbidden)
    before = {one.kind: (one.way, one.is_shown) for one in inbox.choices(by)}
    changed = {kind: wish for kind, wish in wishes.items() if before.get(kind, (USUAL_WAY[kind], True)) != wish}
    rows = Preference.objects.unscoped("a person's own choice of how to be told")
    for kind, (way, is_shown) in changed.items():
        rows.update_or_create(user_id=by.user_id, message_kind=kind, defaults={"way": way, "is_shown": is_shown})
    if changed:
        told = {
            kind.value: (None, f"{way.value}{'' if shown else ' hidden'}") for kind, (way, shown) in changed.items()
        }
        journal.note("account.messages_chosen", User.objects.get(pk=by.user_id), by=by, at=at, changes=told)


@atomic
def stop(whom: Mapping[str, object], *, by: Reader, at: datetime) -> None:
    """End letters of a kind (or of every kind) to whom a signed word names; said twice it is the same."""
    kinds = [MessageKind(whom["kind"])] if whom.get("kind") else list(MessageKind)
    if whom.get("user"):
        _stop_account(int(str(whom["user"])), kinds, by, at)
        return
    mark = fingerprint(str(whom["address"]))
    rows = Silence.objects.unscoped("an address that wants no more letters")
    for kind in kinds:
        rows.get_or_create(fingerprint=mark, message_kind=kind, defaults={"at": at})


def _stop_account(user_id: int, kinds: list[MessageKind], by: Reader, at: datetime) -> None:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Absent
    rows = Preference.objects.unscoped("the choice of whoever holds a signed word of a letter")
    for kind in kinds:
        rows.update_or_create(user=user, message_kind=kind, defaults={"way": Way.NEVER})
    told = {kind.value: (None, Way.NEVER.value) for kind in kinds}
    journal.note("account.messages_chosen", user, by=by, at=at, changes=told)


@atomic
def watch(record: object, *, by: Reader, at: datetime) -> None:
    """Be told from now on what happens to a record the reader may see."""
    require(permissions.may_choose(by), Forbidden)
    if not may_see(by, record):
        raise Absent
    rows = Watch.objects.unscoped("a person's own watching of a record the person has opened")
    if rows.filter(user=by.user_id).count() >= MOST:
        raise invalid("record", f"Nobody watches more than {MOST} records: stop watching some.",
                      f"最多关注 {MOST} 条记录，请先取消部分关注。")  # fmt: skip
    rows.get_or_create(user_id=by.user_id, subject_kind=record.kind, subject_id=record.pk, defaults={"at": at})


@atomic
def unwatch(record: object, *, by: Reader, at: datetime) -> None:
    """No longer be told what happens to a record."""
    rows = Watch.objects.unscoped("a person's own watching of a record")
    rows.filter(user=by.user_id, subject_kind=record.kind, subject_id=record.pk).delete()
