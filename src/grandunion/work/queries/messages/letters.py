"""Writes letters: what may still be said at this moment, in the reader's language, with the way out of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet

from grandunion.adapters import files
from grandunion.adapters.mail import Post
from grandunion.records.documents import Document
from grandunion.records.events import Registration
from grandunion.records.messages import Mail, Message
from grandunion.records.parties import User
from grandunion.terms.messages import MailState, MessageKind
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.secrecy import Level
from grandunion.terms.text import NOTHING, Text
from grandunion.work.queries.lists import hub
from grandunion.work.queries.messages import alerts, replies, unfinished
from grandunion.work.queries.messages.happenings import has_policy, rows_of, seen_by, titles_of
from grandunion.work.queries.messages.places import outside, place
from grandunion.work.queries.messages.words import carries, files_of, words_of
from grandunion.work.queries.parties import reader_of

SALT = "grandunion.messages.stop"
ADDRESSES = ("contact_email", "email")  # where a record keeps somebody it writes to
MOST_IN_DIGEST = 100
MOST_ATTACHED = 8 * 1024 * 1024  # bytes: with more, many mail servers refuse the letter; what is left out is named


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told in a letter."""

    message: Message
    title: Text
    words: str = ""  # the desk's own, to the applicant
    is_public: bool = False  # so that its page in the portal can be named
    files: tuple[Document, ...] = ()  # that go with the words


def waiting() -> QuerySet[Mail]:
    """The letters that are still to be sent."""
    return letters().filter(state=MailState.WAITING)


def letters() -> QuerySet[Mail]:
    """All letters, for the worker that sends them and the administrators who see to it."""
    return Mail.objects.unscoped("the worker sends every letter; administrators see to whom, never what")


def composed(letter: Mail, at: datetime) -> Post | None:
    """The letter as it may be sent now; None when nothing of it may be said any more, or its reader is gone."""
    if letter.alert_id:
        return alerts.composed(letter, at)
    if letter.draft_id:
        return unfinished.composed(letter)
    rows = Message.objects.unscoped("what a letter tells, read once more before it is sent")
    messages = list(rows.filter(mail=letter).order_by("pk")[:MOST_IN_DIGEST])
    told = _for_account(letter.user, messages, at) if letter.user_id else _for_address(letter.address, messages, at)
    if not told:
        return None
    language = (letter.user.language if letter.user_id else told[0].message.language) or "zh"
    to = letter.user.email if letter.user_id else letter.address
    kinds = {line.message.message_kind for line in told}
    kind = MessageKind(told[0].message.message_kind) if len(kinds) == 1 else None
    stop = f"{settings.ADDRESS}/messages/stop/{stopping(letter, kind)}/"
    body = _body(letter, told, stop)
    return Post(to, _subject(letter, told).in_(language), body.in_(language), letter.message_id,
                _headers(letter, told, stop), _attached(told))  # fmt: skip


def _fitting(told: Sequence[Line]) -> list[Document]:
    """The files that go with a letter, as many as a mail server takes."""
    room, fitting = MOST_ATTACHED, []
    for one in (file for line in told for file in line.files):
        if one.size <= room:
            room -= one.size
            fitting.append(one)
    return fitting


def _attached(told: Sequence[Line]) -> tuple[tuple[str, bytes, str], ...]:
    found = []
    for one in _fitting(told):
        with files.opened(one.fingerprint) as stream:
            found.append((one.file_name, stream.read(), one.media_type))
    return tuple(found)


def _for_account(user: User, messages: Sequence[Message], at: datetime) -> list[Line]:
    if not user.is_active:
        return []
    reader = reader_of(user, at)
    seen = seen_by(reader, {(one.subject_kind, one.subject_id) for one in messages})
    known, words, kept = _titles(messages, reader), words_of(messages, reader), files_of(messages, reader)
    return [Line(one, known.get((one.subject_kind, one.subject_id), NOTHING), words.get(one.pk, ""),
                 files=kept.get(one.pk, ()))
            for one in messages
            if (one.subject_kind, one.subject_id) in seen and (one.pk in words or not carries(one))]  # fmt: skip


def _for_address(address: str, messages: Sequence[Message], at: datetime) -> list[Line]:
    """Somebody without an account is told of what still names this very address; titles are for what is public."""
    found, words, kept = [], words_of(messages, None), files_of(messages, None)
    seen = seen_by(visitor(at), {(one.subject_kind, one.subject_id) for one in messages})
    known = titles_of(seen, visitor(at))
    for one in messages:
        subject = (one.subject_kind, one.subject_id)
        if _names(one, address) and (one.pk in words or not carries(one)):
            found.append(
                Line(one, known.get(subject, NOTHING), words.get(one.pk, ""), subject in seen, kept.get(one.pk, ()))
            )
    return found


def _names(one: Message, address: str) -> bool:
    """Whether the record, or a registration for it, has this address."""
    if one.subject_kind == "event":
        rows = Registration.objects.unscoped("whether somebody without an account is registered still")
        return rows.filter(event=one.subject_id, email__iexact=address).exists()
    record = rows_of(one.subject_kind, {one.subject_id}).get(one.subject_id)
    return address.lower() in {str(getattr(record, name, "")).lower() for name in ADDRESSES}


def _titles(messages: Sequence[Message], reader: Reader) -> Mapping[tuple[str, int], Text]:
    """The titles of what messages are about; of what is open by name alone no letter says one."""
    subjects = {(one.subject_kind, one.subject_id) for one in messages}
    closed = {(kind, pk) for kind, pk in subjects if has_policy(kind)
              and getattr(rows_of(kind, {pk}).get(pk), "level", Level.NAMED) == Level.NAMED}  # fmt: skip
    return titles_of(subjects - closed, reader)


def _subject(letter: Mail, told: Sequence[Line]) -> Text:
    if not letter.is_digest:
        return told[0].message.text
    return Text("{count} messages from {hub}", "来自{hub}的 {count} 条消息").fill(count=len(told), hub=hub().name)


def _body(letter: Mail, told: Sequence[Line], stop: str) -> Text:
    said = "\n\n".join(_said(line, bool(letter.user_id)).en for line in told)
    zh = "\n\n".join(_said(line, bool(letter.user_id)).zh for line in told)
    foot = Text(
        f"—\n{hub().name.en}\nYou get this because it has to do with you.\nHow you are told: "
        f"{settings.ADDRESS}/w/account/messages/\nNo more of these: {stop}\n",
        f"—\n{hub().name.zh}\n您收到此邮件，因为相关事项与您有关。\n调整提醒方式：{settings.ADDRESS}/w/account/messages/\n"
        f"不再接收此类邮件：{stop}\n",
    )  # fmt: skip
    return Text(f"{said}\n\n{foot.en}", f"{zh}\n\n{foot.zh}")


def _said(line: Line, has_account: bool) -> Text:
    one, title = line.message, line.title
    path = outside(one.subject_kind, one.subject_number) if line.is_public else "/"
    where = settings.ADDRESS + (place(one.subject_kind, one.subject_number, one.message_kind) if has_account else path)
    words = f"\n{line.words}\n" if line.words else ""
    names = ", ".join(file.file_name for file in line.files)
    files_en, files_zh = (f"Files: {names}", f"附件：{names}") if names else ("", "")
    return Text(
        "\n".join(filter(None, (one.text_en, title.en, words, files_en, where))),
        "\n".join(filter(None, (one.text_zh, title.zh, words, files_zh, where))),
    )


def _headers(letter: Mail, told: Sequence[Line], stop: str) -> dict[str, str]:
    """The way out of these letters with one click (RFC 8058), and the address a reply is filed by."""
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    first = told[0].message
    if settings.MAIL_LISTEN and not letter.is_digest and first.subject_kind == replies.KIND:
        headers["Reply-To"] = replies.address(first.subject_id, letter.user_id, letter.address)
    return headers


def stopping(letter: Mail, kind: MessageKind | None) -> str:
    """The signed word that ends letters of a kind (of every kind, for a digest of several) to this one reader."""
    whom = {"user": letter.user_id} if letter.user_id else {"address": letter.address}
    return signing.dumps({**whom, "kind": kind.value if kind else ""}, salt=SALT)


def stopped(word: str) -> dict[str, object] | None:
    """Whom a signed word names, and the kind; None for a word the hub has not written."""
    try:
        return signing.loads(word, salt=SALT)
    except signing.BadSignature:
        return None
