"""Letters nobody can choose not to get (a link to sign in, an access that was given): sent once, and journaled."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import DatabaseError

from grandunion.adapters import mail
from grandunion.terms.readers import Reader
from grandunion.work.actions import journal
from grandunion.work.actions.base import after_commit, atomic

log = logging.getLogger(__name__)


def send_once(letters: Sequence[mail.Letter], about: object, *, by: Reader, at: datetime) -> None:
    """Send the letters once the deed is kept; what became of each stands in the journal of what it is about.

    Each has a Message-ID of its own. The words are kept nowhere: a link that opens an account belongs to its letter.
    """
    after_commit(lambda: [_send(letter, about, by=by, at=at) for letter in letters])


def _send(letter: mail.Letter, about: object, *, by: Reader, at: datetime) -> None:
    message_id = mail.new_message_id()
    with mail.line() as line:
        outcome = mail.post(mail.posted(letter, message_id), line)
    if not outcome.is_sent:
        log.warning("a letter could not be sent: %s", outcome.problem)
    try:
        note_letter(about, letter.to, message_id, is_sent=outcome.is_sent, by=by, at=at)
    except DatabaseError:  # it has gone out all the same: the deed must not seem to have failed
        log.exception("a letter went out and could not be journaled")


@atomic
def note_letter(
    about: object, to: str, message_id: str = "", *, is_sent: bool, by: Reader, at: datetime, told: str = ""
) -> None:
    """Keep in the journal that a letter went out, or did not; the address in part, for it is kept for ever."""
    found = {"to": (None, mail.masked(to)), "message_id": (None, message_id), "told": (None, told)}
    changes = {name: pair for name, pair in found.items() if pair[1]}
    journal.note("letter.sent" if is_sent else "letter.failed", about, by=by, at=at, changes=changes)
