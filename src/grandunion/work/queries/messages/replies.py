"""Addresses to which somebody's reply about a need can be sent: nobody guesses one, and each names one reader."""

import base64
import hmac
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from grandunion.work.queries.messages.telling import fingerprint

KIND = "need"
SIGNED = 24  # characters of base32: 120 bits


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address says: the need, and the account or the fingerprint of the address that it was given to."""

    need_id: int
    user_id: int | None
    mark: str = ""


def address(need_id: int, user_id: int | None, mail: str) -> str:
    """The address for the replies of one reader about one need."""
    whom = f"u{user_id}" if user_id else f"a{fingerprint(mail)[:16]}"
    plain = f"{need_id}-{whom}"
    return f"{settings.MAIL_BOX}+{plain}-{_signed(plain)}@{settings.MAIL_DOMAIN}"


def read(mail: str) -> Reply | None:
    """What a reply address says; None for one that the hub has not given out."""
    box, _, domain = mail.strip().lower().partition("@")
    name, _, word = box.partition("+")
    plain, _, signed = word.rpartition("-")
    if name != settings.MAIL_BOX.lower() or domain != settings.MAIL_DOMAIN.lower():
        return None
    if not plain.isascii() or not hmac.compare_digest(signed.encode(), _signed(plain).encode()):
        return None
    need_id, _, whom = plain.partition("-")
    return Reply(int(need_id), int(whom[1:]), "") if whom[:1] == "u" else Reply(int(need_id), None, whom[1:])


def _signed(plain: str) -> str:
    key = sha256(b"grandunion.replies" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.new(key, plain.encode(), sha256).digest()
    return base64.b32encode(digest).decode().lower()[:SIGNED]
