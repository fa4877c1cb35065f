"""What is said about a need: notes and letters with their files, as deep as a reader hears, and who is named there."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from grandunion.records.documents import Document
from grandunion.records.needs import Need, Note
from grandunion.records.parties import Membership, User
from grandunion.terms.needs import NoteKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.work.queries import journal
from grandunion.work.queries.base import along, one
from grandunion.work.queries.journal import Line

NAMED = re.compile(r"(?<![A-Za-z0-9._-])@\s?(\S[^@\n]{0,40})")  # not the middle of an address
# Deeds that tell of themselves as what was said; whoever does not work at the desk learns nothing of them otherwise.
NOTE_VERBS = frozenset(
    {
        "need.noted", "need.mentioned", "need.written_to", "need.applicant_wrote", "need.answerer_wrote",
        "need.mail_filed", "need.mail_held", "need.notes_brought", "need.note_edited", "need.note_withdrawn",
        "need.macro_used",
    }
)  # fmt: skip
HALF = re.compile(r"[A-Za-z0-9]{2}")
MOST = 200  # notes a page shows at once
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Said:
    """One note with what belongs to it; `need_number` is another one's where it was said about a need joined here."""

    note: Note
    who: Text | str
    kind: Text
    files: tuple[Document, ...] = ()
    need_number: str = ""


def notes_of(need: Need, reader: Reader, kinds: Collection[NoteKind]) -> QuerySet[Note]:
    """The notes of a need that the reader hears, oldest first; the desk's with those of the needs joined to it."""
    rows = Note.objects.unscoped("notes of a need the reader has opened, of the kinds the reader hears")
    if set(kinds) == set(NoteKind):
        return rows.filter(Q(need=need) | Q(need__merged_into=need)).order_by("at", "pk")
    theirs = Q(author__in=_colleagues(reader)) | Q(author=reader.user_id, author__isnull=False)
    heard = Q(note_kind__in=[*kinds])
    if NoteKind.FROM_ANSWERER in kinds:
        heard = Q(note_kind__in=[*set(kinds) - {NoteKind.FROM_ANSWERER}]) | (
            Q(note_kind=NoteKind.FROM_ANSWERER) & theirs
        )
    return rows.filter(heard, need=need).order_by("at", "pk")


def _colleagues(reader: Reader) -> QuerySet:
    """The accounts that act for an organisation the reader acts for."""
    held = Membership.objects.unscoped("who acts for the reader's own organisations")
    return held.filter(organisation__in=reader.organisation_ids).values("user")


def said_about(need: Need, reader: Reader, kinds: Collection[NoteKind], limit: int = MOST) -> list[Said]:
    """The newest notes the reader hears, newest first, with their authors and files: two questions in all."""
    if not kinds:
        return []
    rows = along(notes_of(need, reader, kinds), author=("name_zh", "name_en", "email"), need=("number",))
    found = list(rows.order_by("-at", "-pk")[:limit])
    kept = files_of([note.pk for note in found if note.withdrawn_at is None])
    return [_said(note, need, tuple(kept.get(note.pk, ()))) for note in found]


def _said(note: Note, need: Need, files: tuple[Document, ...]) -> Said:
    who = _who(note)
    other = note.need.number if note.need_id != need.pk else ""
    return Said(note, who, NoteKind(note.note_kind).text, files, other)


def _who(note: Note) -> Text | str:
    """Who said it; of a letter from another address than the account's own, from which."""
    if note.author is None:
        return note.sender
    if not note.sender or note.sender.lower() == note.author.email.lower():
        return note.author.name
    return Text("{who} (from {address})", "{who}（来自 {address}）").fill(who=note.author.name, address=note.sender)


def history(need: Need, depth: Secrecy, kinds: Collection[NoteKind], limit: int = MOST) -> list[Line]:
    """The journal of a need; whoever does not hear everything learns nothing of what was said by way of it."""
    lines = journal.timeline(need, depth, limit)
    if set(kinds) == set(NoteKind):
        return lines
    return [line for line in lines if line.verb not in NOTE_VERBS]


def files_of(notes: Collection[int]) -> Mapping[int, list[Document]]:
    """The files of notes that the reader hears, by note."""
    found: dict[int, list[Document]] = defaultdict(list)
    if notes:
        rows = Document.objects.unscoped("files of notes the reader hears")
        for row in rows.filter(subject_kind=Note.kind, subject_id__in=notes, removed_at=None).order_by("pk"):
            found[row.subject_id].append(row)
    return found


def note(need: Need, pk: int, reader: Reader, kinds: Collection[NoteKind]) -> Note:
    """One note of a need the reader has opened, if the reader hears it; raises Absent."""
    found = one(notes_of(need, reader, kinds).select_related("author"), pk=pk)
    if found.need_id == need.pk:
        found.need = need
    return found


def file_of(note: Note, number: str) -> Document:
    """One file of a note the reader hears; raises Absent."""
    rows = Document.objects.unscoped("a file of a note the reader hears")
    return one(rows, subject_kind=Note.kind, subject_id=note.pk, removed_at=None, number=number)


def filed_before(need: Need, message_id: str) -> Note | None:
    """The note a letter with this Message-ID was kept as."""
    rows = Note.objects.unscoped("whether a letter was filed on a need before")
    return rows.filter(need=need, message_id=message_id).first() if message_id else None


def named_in(text: str) -> dict[str, list[User]]:
    """The accounts a text names with @: by each name as written, all who are called so (the longest name counts)."""
    found: dict[str, list[User]] = {}
    starts = [match.group(1) for match in NAMED.finditer(text)][:MOST_NAMED]
    wanted = {begun for start in starts for begun in _beginnings(start)}
    if not wanted:
        return found
    people = User.objects.filter(Q(name_zh__in=wanted) | Q(name_en__in=wanted), is_active=True).order_by("pk")
    by_name: dict[str, list[User]] = defaultdict(list)
    for user in people:
        for name in {user.name_zh, user.name_en} - {""}:
            by_name[name].append(user)
    for start in starts:
        name = next((begun for begun in _beginnings(start) if begun in by_name), None)
        if name:
            found[name] = by_name[name]
    return found


def _beginnings(start: str) -> list[str]:
    """Everything a name could be at the beginning of a text, the longest first; never half a word in Latin letters."""
    ends = [
        length for length in range(min(len(start), 40), 0, -1) if not HALF.fullmatch(start[length - 1 : length + 1])
    ]
    return [begun for length in ends if (begun := start[:length]).strip() == begun]


def staff(reader: Reader) -> list[User]:
    """The hub's officers and planners, whom somebody at the desk may want to name."""
    on = timezone.localtime(reader.at).date()
    held = Membership.objects.unscoped("the names of the hub's staff are known to everybody who works at the desk")
    held = held.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, role__in=(Role.OFFICER, Role.PLANNER))
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name_en", "pk")[:100])
