"""Keeps the files that come with a note, each looked at by its bytes; of a letter, what cannot be taken is left out."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Protocol

from django.conf import settings

from grandunion.adapters import files, sniffing
from grandunion.records.documents import Document
from grandunion.records.needs import Note
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Refused, invalid
from grandunion.work.actions import lists
from grandunion.work.actions.documents import proper_name

MOST_FILES = 20
ONLY_FILES = "（仅附件 / files only）"
MOST_BYTES = 4  # times the limit of one file, for all files of one note together


class Attachment(Protocol):
    """A file that came with a letter."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """Bytes that are kept already: what the row of their document says of them."""

    file_name: str
    media_type: str
    size: int
    fingerprint: str


def keep_all(given: Iterable[tuple[files.Stream, str]]) -> list[KeptFile]:
    """Keep the files somebody chose; the first that cannot be taken is refused, and none is attached."""
    given = list(given)
    if len(given) > MOST_FILES:
        raise invalid("files", f"At most {MOST_FILES} files go with a note.", f"一条备注最多附 {MOST_FILES} 个文件。")
    return [_kept(stream, name) for stream, name in given]


def keep_what_can_be(given: Iterable[Attachment]) -> tuple[list[KeptFile], list[list[str]]]:
    """Keep what a letter brought; what cannot be taken is left out, by name and with the reason in both languages."""
    kept, left, room = [], [], settings.UPLOAD_LIMIT * MOST_BYTES
    for number, one in enumerate(given):
        try:
            if number >= MOST_FILES or (room := room - len(one.content)) < 0:
                raise invalid("file", "There are too many files in one letter.", "单封邮件附件过多。")
            kept.append(_kept(io.BytesIO(one.content), one.name))
        except Refused as refused:
            left.append([one.name[:200], refused.reason.zh, refused.reason.en])
    return kept, left


def _kept(stream: files.Stream, name: str) -> KeptFile:
    shown = proper_name(name)
    with files.taking(stream, settings.UPLOAD_LIMIT) as taken:
        media_type = sniffing.media_type(taken.path, shown)
        files.keep(taken)
    return KeptFile(shown, media_type, taken.size, taken.fingerprint)


def put(note: Note, kept: Iterable[KeptFile], *, by: Reader, at: datetime) -> list[Document]:
    """The rows of kept files at their note; the same bytes twice are one file."""
    rows = list({one.fingerprint: one for one in kept}.values())
    numbers = lists.next_numbers("DOC", at.year, len(rows)) if rows else ()
    return [
        Document.objects.create(
            number=number, level=Level.NAMED, created_at=at, updated_at=at, subject_kind=Note.kind, subject_id=note.pk,
            title=PurePath(one.file_name).stem, secrecy_class=int(Secrecy.S2), uploaded_by_id=by.user_id,
            file_name=one.file_name, media_type=one.media_type, size=one.size, fingerprint=one.fingerprint,
        )
        for number, one in zip(numbers, rows, strict=True)
    ]  # fmt: skip
