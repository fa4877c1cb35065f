"""Everything that can be done to a file, and to a form that is not handed in yet."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO

from grandunion.adapters import files, sniffing
from grandunion.records.documents import Document, Draft
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, invalid, no, require
from grandunion.work.actions import journal, lists
from grandunion.work.actions.base import atomic, change, lock
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import documents as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import documents
from grandunion.work.queries.parties import user_by_id


def attach(
    subject: object,
    file: files.Stream,
    name: str,
    *,
    secrecy: Secrecy = Secrecy.S2,
    limit: int,
    by: Reader,
    at: datetime,
) -> Document:
    """Keep a file (its stream and its name) at a record, up to `limit` bytes; the class says who reads it.

    The bytes are written before the transaction opens: a slow upload must not hold the database.
    """
    require(permissions.may_attach(by, subject), Forbidden)
    if Secrecy(secrecy) > clearance(by, subject):
        raise invalid("secrecy", "You cannot set a class deeper than you read.", "不能设置高于本人查阅权限的密级。")
    shown = proper_name(name)
    with files.taking(file, limit) as taken:
        media_type = sniffing.media_type(taken.path, shown)
        files.keep(taken)
    facts = {"file_name": shown, "media_type": media_type, "size": taken.size, "fingerprint": taken.fingerprint}
    return _recorded(subject, {**facts, "secrecy_class": int(secrecy)}, by=by, at=at)


@atomic
def _recorded(subject: object, facts: Mapping[str, object], *, by: Reader, at: datetime) -> Document:
    """The row of a kept file; the same bytes in the same class at the same record are one file."""
    for row in documents.on(subject, Secrecy(facts["secrecy_class"])):
        if (row.fingerprint, row.secrecy_class) == (facts["fingerprint"], facts["secrecy_class"]):
            return row
    document = Document.objects.create(
        number=lists.next_numbers("DOC", at.year)[0], level=Level.NAMED, created_at=at, updated_at=at,
        subject_kind=subject.kind, subject_id=subject.pk, title=PurePath(facts["file_name"]).stem,
        uploaded_by=user_by_id(by.user_id) if by.user_id else None, **facts,
    )  # fmt: skip
    journal.note("document.attached", subject, by=by, at=at, changes={"document": (None, document.number)})
    return document


def proper_name(name: str) -> str:
    """The file's own name without folders, short enough to keep."""
    shown = sound("file", name.replace("\\", "/").rsplit("/", 1)[-1].strip())
    shown = "".join(sign for sign in shown if sign.isprintable())
    stem, ending = PurePath(shown).stem, PurePath(shown).suffix
    if not stem or not ending:
        raise invalid("file", "The file has no name with an ending such as .pdf.", "文件名缺少扩展名，例如 .pdf。")
    return stem[: 200 - len(ending)] + ending


def open_file(document: Document, subject: object, *, by: Reader, at: datetime) -> BinaryIO:
    """The file, open for reading; opening one of class S3 or S4 is written into the journal."""
    if not permissions.may_read(by, document, subject):
        raise Absent
    if permissions.is_journaled(document) and not by.is_house:
        _note_opening(document, subject, by=by, at=at)
    return files.opened(document.fingerprint)


@atomic
def _note_opening(document: Document, subject: object, *, by: Reader, at: datetime) -> None:
    journal.note("document.opened", subject, by=by, at=at, changes={"document": (None, document.number)})


@atomic
def remove(document: Document, subject: object, *, by: Reader, at: datetime) -> None:
    """Take a file off its record; its bytes and the journal stay until they are erased by upkeep."""
    require(permissions.may_remove(by, document, subject), Forbidden)
    change(document, at=at, removed_at=at)
    journal.note("document.removed", subject, by=by, at=at, changes={"document": (document.number, None)})


@atomic
def begin_draft(form: str, step: str, answers: Mapping[str, object], *, key: str, by: Reader, at: datetime) -> Draft:
    """Keep the first step of a form under a key, of which only the fingerprint stays; forgotten forms are erased."""
    forgotten = Draft.objects.unscoped("forms nobody came back to are erased with what was written in them")
    forgotten.filter(became="", saved_at__lt=at - documents.KEPT_FOR).delete()
    return Draft.objects.create(
        key=documents.key_print(key), form=form, user_id=by.user_id, step=step, answers={step: dict(answers)},
        created_at=at, saved_at=at,
    )  # fmt: skip


@atomic
def keep_answers(draft: Draft, step: str, answers: Mapping[str, object], *, at: datetime, done: str = "") -> Draft:
    """Keep what was written at one step; `done` names the step once it is complete."""
    draft = held(draft)
    draft.answers, draft.saved_at, draft.step = {**draft.answers, step: dict(answers)}, at, done or draft.step
    draft.save(update_fields=["answers", "saved_at", "step"])
    return draft


def held(draft: Draft) -> Draft:
    """The form, held until the deed is done; refused once it was handed in."""
    draft = lock(draft)
    if draft.became:
        require(no(f"This form was handed in as {draft.became}.", f"该表单已提交，编号为 {draft.became}。"))
    return draft


@atomic
def end_draft(draft: Draft, number: str, *, at: datetime) -> None:
    """Note what the form became, and erase what was written in it: the record has it now."""
    draft.answers, draft.became, draft.saved_at = {}, number, at
    draft.save(update_fields=["answers", "became", "saved_at"])
