"""Sends letters to people, after the deed is kept; a letter that cannot be sent never undoes the deed."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection

from grandunion.terms.text import Text

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address, in the reader's language; without confidential content."""

    to: str
    language: str
    subject: Text
    body: Text


def send(letters: Iterable[Letter]) -> int:
    """Send the letters over one connection; answers how many went, and logs what could not go."""
    messages = [
        EmailMessage(
            subject=" ".join(letter.subject.in_(letter.language or "zh").split()),
            body=letter.body.in_(letter.language or "zh"),
            to=[letter.to],
        )
        for letter in letters
    ]
    try:
        return get_connection().send_messages(messages) or 0 if messages else 0
    except OSError as error:
        log.warning("%d letters could not be sent: %s", len(messages), error)
        return 0
