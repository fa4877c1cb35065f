"""Reads the journal after a mark and writes, in one transaction with the mark, who is told and what goes out."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from grandunion.adapters import mail
from grandunion.records.messages import Chore, Delivery, Mail, Message
from grandunion.records.parties import User
from grandunion.terms.messages import Way
from grandunion.work.queries.messages import hooks
from grandunion.work.queries.messages.happenings import Happening, happenings
from grandunion.work.queries.messages.telling import UNREAD_FOR, Telling, tellings

JOURNAL = "journal"
AT_ONCE = 100  # entries read in one go


def read_journal(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Make the messages and deliveries of the next entries of the journal; answers how many entries were read.

    Who is told is worked out before anything is locked. Then, in one transaction: if the mark still stands where it
    stood, the rows are written and the mark moves on. A process that dies in between has written nothing, and of two
    that read the same entries the second writes nothing.
    """
    chore, _ = Chore.objects.get_or_create(code=JOURNAL)
    found = happenings(chore.position, limit)
    if not found:
        return 0
    told = tellings(found, at, is_mailed=mail.is_set_up())
    called = hooks.deliveries(found, at)
    with transaction.atomic():
        held = Chore.objects.select_for_update().get(pk=chore.pk)
        if held.position != chore.position:
            return 0
        _write(told, at)
        Delivery.objects.bulk_create(called)
        held.position, held.ran_at, held.count = found[-1].seq, at, held.count + len(found)
        held.save(update_fields=["position", "ran_at", "count"])
    return len(found)


def _write(told: Sequence[Telling], at: datetime) -> None:
    """The messages, the letters of those who want one at once, and how many each has not read."""
    letters = [_letter(one, at) if one.way is Way.AT_ONCE else None for one in told]
    Mail.objects.bulk_create([letter for letter in letters if letter])
    Message.objects.bulk_create([_message(one, letter, at) for one, letter in zip(told, letters, strict=True)])
    fresh: dict[int, int] = {}
    for one in told:
        if one.told.user_id and one.is_shown and _is_new(one.what, at):
            fresh[one.told.user_id] = fresh.get(one.told.user_id, 0) + 1
    for user_id, count in sorted(fresh.items()):
        User.objects.filter(pk=user_id).update(unread=F("unread") + count)


def _letter(one: Telling, at: datetime) -> Mail:
    whom = one.told.user_id or one.told.address
    return Mail(
        key=f"{one.what.seq}:{whom}"[:100], message_id=mail.new_message_id(), user_id=one.told.user_id,
        address=one.told.address, made_at=at, due_at=at,
    )  # fmt: skip


def _message(one: Telling, letter: Mail | None, at: datetime) -> Message:
    what = one.what
    return Message(
        seq=what.seq, user_id=one.told.user_id, address=one.told.address, language=one.told.language,
        message_kind=one.kind, verb=what.verb, text_en=one.text.en, text_zh=one.text.zh, subject_kind=what.kind,
        subject_id=what.pk, subject_number=what.number, at=what.at, way=one.way, mail=letter, is_shown=one.is_shown,
        read_at=None if _is_new(what, at) else at,
    )  # fmt: skip


def _is_new(what: Happening, at: datetime) -> bool:
    return what.at > at - UNREAD_FOR
