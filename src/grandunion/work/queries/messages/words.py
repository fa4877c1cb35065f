"""What a letter carries beside its sentence: the desk's words to an applicant, or the figures of a view.

It is read when the letter is written, and gone once it is taken back.
"""

from collections.abc import Mapping, Sequence

from grandunion.records.documents import Document
from grandunion.records.journal import Entry
from grandunion.records.messages import Message
from grandunion.records.needs import Need, Note
from grandunion.terms.messages import MessageKind
from grandunion.terms.needs import NoteKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.work.queries.base import held
from grandunion.work.queries.messages import weekly
from grandunion.work.queries.needs.notes import files_of as files_of_notes

WRITTEN = "need.written_to"


def carries(message: Message) -> bool:
    """Whether a message is to bring words or figures; a colleague who watches is only told that there are some."""
    return message.verb == weekly.VERB or (message.verb == WRITTEN and message.message_kind == MessageKind.NEED)


def words_of(messages: Sequence[Message], reader: Reader | None) -> Mapping[int, str]:
    """What the desk wrote or a view shows, by the message that brings it; nothing for what is taken back or closed.

    `reader` is the account the letter goes to; None for the contact's own address, which the letter is checked for.
    """
    return weekly.figures_of(messages, reader) | {pk: note.text for pk, note in _notes(messages, reader).items()}


def files_of(messages: Sequence[Message], reader: Reader | None) -> Mapping[int, tuple[Document, ...]]:
    """The files that go with the desk's words, by the message that brings them."""
    notes = _notes(messages, reader)
    kept = files_of_notes([note.pk for note in notes.values()])
    return {pk: tuple(kept.get(note.pk, ())) for pk, note in notes.items()}


def _notes(messages: Sequence[Message], reader: Reader | None) -> dict[int, Note]:
    """What the desk wrote to the applicant, by the message that tells of it."""
    wanted = {message.seq: message for message in messages if message.verb == WRITTEN and carries(message)}
    if not wanted:
        return {}
    entries = Entry.objects.filter(seq__in=wanted).values_list("seq", "values")
    ids = {seq: (values.get("note") or (None, None))[1] for seq, values in entries}
    rows = Note.objects.unscoped("the words of the desk to an applicant, for the letter to that applicant")
    notes = (
        rows.filter(note_kind=NoteKind.TO_APPLICANT, withdrawn_at=None)
        .select_related("need")
        .in_bulk([pk for pk in ids.values() if pk])
    )
    return {
        wanted[seq].pk: notes[pk] for seq, pk in ids.items()
        if pk in notes and (reader is None or _is_applicant(reader, notes[pk].need))
    }  # fmt: skip


def _is_applicant(reader: Reader, need: Need) -> bool:
    """Whether the account is still who asked: for the owner, by name, or as the contact."""
    if need.owner_id and need.owner_id in reader.organisation_ids:
        return True
    if reader.email and reader.email.lower() == need.contact_email.lower():
        return True
    is_contact = need.contact_person_id is not None and need.contact_person_id == reader.person_id
    return is_contact or any(row.part == Part.OWNER for row in held(reader, need.kind, need.pk))
