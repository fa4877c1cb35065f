"""Reads a letter that came in: who sent it, what is new in it, what is attached; whatever it holds, it is only read."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from html.parser import HTMLParser

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused

MOST_TEXT = 20_000  # characters; what follows is cut, and said to be
MOST_PARTS, MOST_FILES = 200, 20
LONGEST_HEADER = 2000  # characters: reading one takes time by the square of its length
# What email's own parser fails with on a header somebody has made to be no header.
UNREADABLE = (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError)
CUT = "\n[…]"
BLOCKS = frozenset("p div br tr li h1 h2 h3 h4 blockquote table ul ol hr".split())  # noqa: SIM905 - a table
SILENT = frozenset({"script", "style", "head", "title", "template"})
# Where a quoted letter begins, as mail programmes write it in either language.
QUOTED = re.compile(
    r"^(?:-{2,}\s*(?:original message|forwarded message|原始邮件|转发邮件|回复的原邮件)\s*-{2,}"
    r"|_{10,}\s*"
    r"|on .{4,200} wrote\s*:"
    r"|在\s*.{4,120}(?:写道|寫道)\s*[:：]"
    r"|.{4,120}(?:于|於).{4,60}(?:写道|寫道)\s*[:：]"
    r"|(?:from|发件人)\s*[:：].{1,200})\s*$",
    re.IGNORECASE,
)
ANSWERED_BY_ITSELF = re.compile(r"auto(?:matic)?[-_ ]?(?:reply|response|replied)|自动回复|自動回覆|out of office", re.I)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a letter; its name is the sender's word, its content unproved."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that came in: `text` is what the sender wrote anew, without the letter it answers."""

    sender: str
    name: str
    subject: str
    message_id: str
    text: str
    files: tuple[Attached, ...]
    is_automatic: bool  # by a machine: out of office, a bounce, a list; nobody answers it


class _Bounded(EmailPolicy):
    """The policy of mail of today; of a header that is longer than any letter's, only the beginning."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


def read(raw: bytes) -> Letter:
    """The letter in these bytes; what is broken in it is left out, and never more than the limits is kept.

    Raises Refused for what is made so that it cannot be taken apart, like parts within parts without end.
    """
    try:
        message = message_from_bytes(raw, policy=_Bounded())
    except UNREADABLE as error:
        raise Refused(Text("The letter cannot be read.", "邮件无法读取。")) from error
    name, sender = parseaddr(_header(message, "From"))
    texts, pages, files = [], [], []
    for part in _parts(message):
        kind, file_name = _kind(part), _file_name(part)
        if file_name or not kind.startswith("text/"):
            content = _content(part)
            if content and len(files) < MOST_FILES:
                files.append(Attached(file_name or f"{kind.replace('/', '.')}", content))
        elif kind == "text/plain":
            texts.append(_decoded(part))
        elif kind == "text/html":
            pages.append(_plain(_decoded(part)))
    written = "\n".join(texts).strip() or "\n".join(pages)
    return Letter(
        sender.lower()[:254], name[:100], _header(message, "Subject")[:300], _header(message, "Message-ID")[:250],
        fresh(written), tuple(files), _is_automatic(message),
    )  # fmt: skip


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name, ""))
    except UNREADABLE:
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """What is no container, in order, up to a limit; a letter within the letter is not opened."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if _kind(part) == "message/rfc822" or not part.is_multipart():
            yield part
        else:
            waiting = [one for one in part.get_payload() if isinstance(one, EmailMessage)] + waiting


def _kind(part: EmailMessage) -> str:
    try:
        return part.get_content_type()
    except UNREADABLE:
        return "application/octet-stream"


def _coding(part: EmailMessage) -> str:
    try:
        return part.get_content_charset() or "utf-8"
    except UNREADABLE:
        return "utf-8"


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except UNREADABLE:
        return ""
    return "".join(sign for sign in str(name) if sign.isprintable())[:200]


def _content(part: EmailMessage) -> bytes:
    """The bytes of an attachment; of a letter within the letter, none."""
    if part.is_multipart():
        return b""
    try:
        return part.get_payload(decode=True) or b""
    except (ValueError, LookupError, TypeError):
        return b""


def _decoded(part: EmailMessage) -> str:
    """The text of a part in the coding it names, or in one of those common here."""
    content = _content(part)
    for coding in (_coding(part), "utf-8", "gb18030"):
        try:
            return content.decode(coding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


class _Words(HTMLParser):
    """The words of a page, without what a browser would not show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(" ".join(data.split()) + " " if data.strip() else " ")


def _plain(page: str) -> str:
    reader = _Words()
    with suppress(AssertionError):  # what comes after a mark that the parser does not know is left out
        reader.feed(page[: MOST_TEXT * 20])
    lines = ("".join(reader.words)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def fresh(text: str) -> str:
    """What was written anew: without the quoted letter, the signature and what no screen shows; cut at the limit."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n")[: MOST_TEXT * 4].split("\n"):
        bare = line.strip()
        if line.rstrip() == "--" or (bare and QUOTED.match(bare[:400]) and any(one.strip() for one in kept)):
            break
        if not bare.startswith(">"):
            kept.append("".join(sign for sign in line.rstrip() if sign.isprintable() or sign == "\t"))
    written = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return written if len(written) <= MOST_TEXT else written[: MOST_TEXT - len(CUT)] + CUT


def _is_automatic(message: EmailMessage) -> bool:
    """Whether a machine wrote it (RFC 3834): what answers such a letter begins a loop."""
    submitted = _header(message, "Auto-Submitted").lower()
    marked = any(_header(message, name) for name in ("X-Autoreply", "X-Autorespond"))
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or marked
        or _header(message, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply")
        or _kind(message) == "multipart/report"
        or _header(message, "Return-Path") == "<>"
        or bool(ANSWERED_BY_ITSELF.match(_header(message, "Subject")))
    )
