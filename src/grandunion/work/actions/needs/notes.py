"""Says something about a need: among the desk, to the applicant, from outside by mail; mends it, takes it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from grandunion.adapters import files as stored
from grandunion.records.documents import Document
from grandunion.records.needs import Need, Note
from grandunion.records.parties import User
from grandunion.terms.needs import NeedState, NoteKind
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.roles import Part
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs import filing
from grandunion.work.actions.needs.unsent import forget
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries.journal import submitted
from grandunion.work.queries.needs import notes as queries
from grandunion.work.queries.parties import reader_of

LONGEST = 20_000
FILED = {False: "need.mail_filed", True: "need.mail_held"}  # whether it is held
VERBS = {
    NoteKind.INTERNAL: "need.noted",
    NoteKind.TO_APPLICANT: "need.written_to",
    NoteKind.FROM_APPLICANT: "need.applicant_wrote",
    NoteKind.FROM_ANSWERER: "need.answerer_wrote",
}


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody writes: `named` are accounts besides those the text names with @; files are (stream, name)."""

    kind: NoteKind
    text: str
    named: Sequence[int] = ()
    files: Sequence[tuple[object, str]] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A letter that came in; `is_held`: a machine wrote it, or somebody else than its address was given to."""

    sender: str
    text: str
    attachments: Iterable[filing.Attachment] = ()
    message_id: str = ""
    is_held: bool = False
    is_automatic: bool = False


def add_note(need: Need, new: Writing, *, by: Reader, at: datetime, key: str = "", submission: str = "") -> Note:
    """Say something about a need; `key` is that of an applicant without an account.

    Whoever is named must be able to read it, or the note is refused with the sentence who may not. The files are
    kept before the transaction opens: a slow upload must not hold the database.
    """
    require(permissions.may_write(by, need, new.kind, key), Forbidden)
    if (pk := submitted(submission, Note.kind)) is not None:
        return queries.note(need, pk, by, permissions.hears(by, need, key))
    kept = filing.keep_all(new.files)
    written = sound("text", new.text.strip().replace("\r\n", "\n"), LONGEST)
    if not written and not kept:
        raise invalid("text", "Write something, or attach a file.", "请填写内容或附上文件。")
    whom = _named(need, written, new.named, new.kind, at)
    note = Note(need=need, note_kind=new.kind.value, text=written or filing.ONLY_FILES, author_id=by.user_id,
                mentioned=whom, at=at)  # fmt: skip
    return _added(note, kept, by=by, submission=submission)


@atomic
def _added(note: Note, kept: Sequence[filing.KeptFile], *, by: Reader, submission: str) -> Note:
    note.save(force_insert=True)
    need, at, kind = note.need, note.at, NoteKind(note.note_kind)
    filing.put(note, kept, by=by, at=at)
    journal.keep_submission(submission, note, at)
    told = {"note": (None, note.pk)}
    if note.mentioned:
        journal.note("need.mentioned", need, by=by, at=at, changes={**told, "mentioned": (None, note.mentioned)})
    if kind != NoteKind.INTERNAL or not note.mentioned:
        journal.note(VERBS[kind], need, by=by, at=at, changes=told)
    forget(need, f"note-{kind.value}", by=by)
    return note


def _named(need: Need, text: str, named: Sequence[int], kind: NoteKind, at: datetime) -> list[int]:
    """The accounts named, by id, each of whom may read what is said; of several with one name, those who may."""
    found = {name: users for name, users in queries.named_in(text).items()}
    for user in User.objects.filter(pk__in=named, is_active=True):
        found[f"#{user.pk}"] = [user]
    whom, problems = [], []
    for users in found.values():
        verdicts = [(user, permissions.may_name(reader_of(user, at), need, kind)) for user in users]
        whom += [user.pk for user, verdict in verdicts if verdict]
        if not any(verdict for _, verdict in verdicts):
            problems.append(Problem("text", verdicts[0][1].reason))
    if problems:
        raise Invalid(*problems)
    return sorted(set(whom))


@atomic
def edit_note(note: Note, text: str, *, by: Reader, at: datetime, version: int | None = None) -> Note:
    """Mend what was written, within a quarter of an hour; who is newly named in it is told."""
    require(permissions.may_change_note(by, note), Forbidden)
    written = sound("text", text.strip().replace("\r\n", "\n"), LONGEST)
    if not written:
        raise invalid("text", "Write something, or withdraw the note.", "请填写内容，或撤回该条。")
    whom = _named(note.need, written, (), NoteKind(note.note_kind), at)
    fresh = sorted({*whom} - {*note.mentioned})
    base.change(note, at=at, version=version, text=written, edited_at=at, mentioned=sorted({*note.mentioned, *whom}))
    told = {"note": (None, note.pk)}
    if fresh:
        journal.note("need.mentioned", note.need, by=by, at=at, changes={**told, "mentioned": (None, fresh)})
    journal.note("need.note_edited", note.need, by=by, at=at, changes=told)
    return note


@atomic
def withdraw_note(note: Note, *, by: Reader, at: datetime, version: int | None = None) -> Note:
    """Take a note back: its words and files are gone, that and when it stood here remains."""
    require(permissions.may_withdraw(by, note.need, note), Forbidden)
    base.change(note, at=at, version=version, text="", withdrawn_at=at, left_out=[])
    for document in queries.files_of([note.pk]).get(note.pk, ()):
        base.change(document, at=at, removed_at=at)
    journal.note("need.note_withdrawn", note.need, by=by, at=at, changes={"note": (None, note.pk)})
    return note


def open_note_file(document: Document) -> BinaryIO:
    """A file of a note that the reader hears, open for reading."""
    return stored.opened(document.fingerprint)


def file_mail(need: Need, letter: Incoming, *, by: Reader, at: datetime) -> Note:
    """File a letter on a need, once: as from the applicant, from who answers, or among the desk, by who wrote it.

    `by` is whom the letter's address was given to; somebody without an account is the need's contact (the door has
    checked that). A letter that is held is kept apart, for the desk to look at; of a machine's nobody is told.
    Attachments that cannot be taken are left out and named on the note with the reason; a letter that holds what the
    hub never keeps (a citizen's number) is refused whole.
    """
    if need.state == NeedState.SPAM:
        raise Refused(Text("Nothing is taken about this need any more.", "该需求已不再接收来信。"))
    if (before := queries.filed_before(need, letter.message_id)) is not None:
        return before
    kind = NoteKind.HELD if letter.is_held else _letter_kind(need, by)
    written = sound("text", letter.text.strip().replace("\r\n", "\n"))[:LONGEST]
    kept, left_out = filing.keep_what_can_be(letter.attachments)
    if not written and not kept and not left_out:
        raise Refused(Text("The letter is empty.", "来信没有内容。"))
    return _filed(
        need, kept, note_kind=kind.value, text=written or filing.ONLY_FILES, left_out=left_out,
        sender=letter.sender[:254], message_id=letter.message_id[:250], by=by, at=at,
        is_by_another=letter.is_held and not letter.is_automatic,
    )  # fmt: skip


def _letter_kind(need: Need, by: Reader) -> NoteKind:
    """As what a letter is filed: an answer by mail to a word of the desk stays among the desk."""
    if not by.is_signed_in:
        return NoteKind.FROM_APPLICANT
    mine = permissions.parts_of(by, need)
    if mine & (permissions.DESK | {Part.PLANNER}):
        return NoteKind.INTERNAL
    if Part.OWNER in mine:
        return NoteKind.FROM_APPLICANT
    if Part.ASSIGNEE in mine:
        return NoteKind.FROM_ANSWERER
    raise Absent


@atomic
def _filed(
    need: Need, kept: Sequence[filing.KeptFile], *, is_by_another: bool, by: Reader, at: datetime, **values: object
) -> Note:  # fmt: skip
    note = Note.objects.create(need=need, author_id=by.user_id, at=at, **values)
    filing.put(note, kept, by=by, at=at)
    told = {"note": (None, note.pk), "note_kind": (None, note.note_kind)}
    if is_by_another:
        told["is_by_another"] = (None, True)
    journal.note(FILED[note.note_kind == NoteKind.HELD], need, by=by, at=at, changes=told)
    return note


@atomic
def release_letter(note: Note, *, by: Reader, at: datetime) -> Note:
    """Take a held letter as one that a person wrote: it stands among the letters, and those at work are told."""
    require(permissions.may_release(by, note.need, note), Forbidden)
    writer = reader_of(note.author, at) if note.author_id else visitor(at)
    try:
        kind = _letter_kind(note.need, writer)
    except Absent:  # whoever wrote takes no part any more
        kind = NoteKind.INTERNAL
    base.change(note, at=at, note_kind=kind.value)
    told = {"note": (None, note.pk), "note_kind": (NoteKind.HELD.value, kind.value)}
    journal.note(FILED[False], note.need, by=by, at=at, changes=told)
    return note
