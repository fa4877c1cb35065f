"""Who attaches, reads and removes files."""

from grandunion.records.documents import Document
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import clearance, may_see, parts

ONLY_READING = frozenset({Part.GRANTEE, Part.PLANNER, Part.REVIEWER})


def may_attach(reader: Reader, subject: object, mine: frozenset[Part] | None = None) -> Verdict:
    """Whoever has a part in the case attaches files to it; a person, to their own record.

    `mine` is what the reader is to the case, where that is known already.
    """
    is_self = subject.kind == "person" and reader.person_id is not None and reader.person_id == subject.pk
    if is_self or (parts(reader, subject) if mine is None else mine) - ONLY_READING:
        return YES
    return no(
        "Only the officer in charge and those who take part in this case attach files to it.",
        "仅经办人和参与本事项的各方可以上传文件。",
    )


def may_read(reader: Reader, document: Document, subject: object) -> Verdict:
    """Whoever sees the record reads its files, up to their own class."""
    if may_see(reader, subject) and Secrecy(document.secrecy_class) <= clearance(reader, subject):
        return YES
    return no("This file is not open to you.", "您无权查阅该文件。")


def may_remove(reader: Reader, document: Document, subject: object) -> Verdict:
    """Who uploaded a file takes it away, and so do the officer in charge and the owner."""
    if document.uploaded_by_id is not None and document.uploaded_by_id == reader.user_id:
        return YES
    return may_tidy(reader, subject)


def may_tidy(reader: Reader, subject: object, mine: frozenset[Part] | None = None) -> Verdict:
    """Whether the reader may take away anybody's files of the record; `mine` as in `may_attach`."""
    if (parts(reader, subject) if mine is None else mine) & {Part.IN_CHARGE, Part.OFFICER, Part.OWNER}:
        return YES
    return no(
        "Only who uploaded it, the owner and the officer in charge take a file away.",
        "仅上传人、权利单位和经办人可以移除文件。",
    )


def is_journaled(document: Document) -> bool:
    """Whether opening the file is written into the journal."""
    return document.secrecy_class >= Secrecy.S3
