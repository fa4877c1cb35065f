"""Sends letters to people, after the deed is kept; a letter that cannot be sent never undoes the deed."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address, in the reader's language; without confidential content."""

    to: str
    language: str
    subject: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Post:
    """A letter as it goes out: one address, one Message-ID however often it is tried, and further headers."""

    to: str
    subject: str
    body: str
    message_id: str
    headers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, bytes, str], ...] = ()  # name, content, kind of content


def posted(letter: Letter, message_id: str) -> Post:
    """The letter in its reader's language, as it goes out."""
    language = letter.language or "zh"
    return Post(letter.to, letter.subject.in_(language), letter.body.in_(language), message_id)


def new_message_id() -> str:
    """A Message-ID of the hub's own; it is kept with the letter and never made twice."""
    return f"<{secrets.token_hex(12)}@{settings.MAIL_DOMAIN}>"


def masked(address: str) -> str:
    """An address as the journal keeps it: b…@company.example."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a try: sent, or why not and whether trying again is in vain."""

    is_sent: bool
    problem: str = ""
    is_final: bool = False


def is_set_up() -> bool:
    """Whether letters go anywhere; printed on the console they reach nobody."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


@contextmanager
def line() -> Iterator[BaseEmailBackend]:
    """One connection for several letters; it opens with the first of them."""
    connection = get_connection()
    try:
        yield connection
    finally:
        with suppress(OSError):
            connection.close()


def post(letter: Post, connection: BaseEmailBackend) -> Outcome:
    """Try to send one letter."""
    message = EmailMessage(
        subject=" ".join(letter.subject.split()), body=letter.body, to=[letter.to],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated", **letter.headers},
        connection=connection, attachments=list(letter.files),
    )  # fmt: skip
    try:
        return Outcome(bool(message.send()))
    except (OSError, ValueError) as error:  # every error of smtplib is an OSError; a broken header is a ValueError
        with suppress(OSError):
            connection.close()
        return Outcome(False, str(error)[:300] or type(error).__name__, _is_final(error))


def _is_final(error: Exception) -> bool:
    """Whether the other side has said no for good (5xx), or the letter cannot be written at all."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return 500 <= error.smtp_code < 600 and error.smtp_code not in (530, 534, 535)  # our own log-in is mended
    return isinstance(error, ValueError)
