"""Sends the letters that are due: asked once more whether they may be sent, tried with growing waits, journaled."""

from datetime import datetime

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from grandunion.adapters import mail
from grandunion.records.messages import Mail, Message
from grandunion.terms.messages import MAIL_WAITS, MailState, next_try
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.messages.tries import mark, take
from grandunion.work.permissions import messages as permissions
from grandunion.work.queries.messages import letters

AT_ONCE = 20


def send_mails(*, by: Reader, at: datetime, limit: int = AT_ONCE) -> int:
    """Send what is due, over one connection; answers how many letters were tried.

    A letter that the other side has taken, while this process died before it could keep that, is sent once more
    under the same Message-ID: by that, mail programmes and servers know it for the same.
    """
    if not mail.is_set_up():
        return 0
    taken = take(letters.waiting().select_related("user", "alert", "draft"), at, limit)
    with mail.line() as line:
        for letter in taken:
            _send(letter, line, by=by, at=at)
    return len(taken)


def _send(letter: Mail, line: BaseEmailBackend, *, by: Reader, at: datetime) -> None:
    post = letters.composed(letter, at)
    if post is None:
        mark(letter, state=MailState.DROPPED, problem="", due_at=at)
        return
    outcome = mail.post(post, line)
    later = None if outcome.is_final else next_try(letter.attempts, at, MAIL_WAITS, letter.message_id)
    with transaction.atomic():
        if outcome.is_sent:
            mark(letter, state=MailState.SENT, sent_at=at, due_at=at, problem="")
            journal.note("mail.sent", letter, by=by, at=at, changes=_journaled(letter, post))
        elif later:
            mark(letter, due_at=later, problem=outcome.problem)
        else:
            mark(letter, state=MailState.GIVEN_UP, due_at=at, problem=outcome.problem)
            journal.note("mail.given_up", letter, by=by, at=at, changes=_journaled(letter, post))


def _journaled(letter: Mail, post: mail.Post) -> dict[str, tuple[None, object]]:
    """What the journal keeps of a letter: to whom (hidden in part, for it is kept for ever), and about what."""
    rows = Message.objects.unscoped("the journal keeps what a letter was about, by number")
    numbers = list(rows.filter(mail=letter).order_by("pk").values_list("subject_number", flat=True)[:100])
    return {"to": (None, mail.masked(post.to)), "message_id": (None, post.message_id), "about": (None, numbers)}


@atomic
def send_again(letter: Mail, *, by: Reader, at: datetime) -> None:
    """Take up a letter that was given up; its Message-ID stays."""
    require(permissions.may_run(by), Forbidden)
    if letter.state != MailState.GIVEN_UP:
        raise Refused(Text("Only a letter that was given up is sent again.", "仅已放弃的邮件可以重新发送。"))
    mark(letter, state=MailState.WAITING, due_at=at, attempts=0)
    journal.note("mail.taken_up", letter, by=by, at=at)
